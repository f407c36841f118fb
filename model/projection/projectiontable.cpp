#include "projection/projectiontable.h"

#include <bit>

namespace eventloupe {

void ProjectionTable::apply(Position by, RowNumber row, quint64 flags, const quint64* cells)
{
    position = by;
    if (row == Change::noRow) {
        ++failures;
        return;
    }
    const std::size_t begin = row * stride;
    if (begin >= words.size()) {
        words.resize(begin + stride, Cell().bits());
        words[begin] = 0;
    }
    const bool isThere = (flags & Change::exists) != 0;
    existing += static_cast<int>(isThere) - static_cast<int>(exists(row));
    words[begin] = static_cast<quint64>(by) | (flags & ~Change::cells);
    for (quint64 rest = flags & Change::cells; rest != 0; rest &= rest - 1)
        words[begin + 1 + static_cast<std::size_t>(std::countr_zero(rest))] = *cells++;
}

void ProjectionTable::clear()
{
    words.clear();
    position = 0;
    existing = 0;
    failures = 0;
}

} // namespace eventloupe
