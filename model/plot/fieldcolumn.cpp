#include "plot/fieldcolumn.h"

#include <algorithm>
#include <bit>

namespace eventloupe {

double FieldColumn::Entry::number() const
{
    if (kind == Kind::Integer)
        return static_cast<double>(static_cast<qint64>(payload));
    return kind == Kind::Double ? std::bit_cast<double>(payload) : 0;
}

const FieldColumn::Entry* FieldColumn::at(StreamVersion version) const
{
    const auto after = std::upper_bound(entries.begin(), entries.end(), version,
        [](StreamVersion wanted, const Entry& entry) { return wanted < entry.version; });
    return after == entries.begin() ? nullptr : &*std::prev(after);
}

} // namespace eventloupe
