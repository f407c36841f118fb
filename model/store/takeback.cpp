#include "store/takeback.h"

#include "store/openstore.h"
#include "value/storelocation.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

std::vector<TakeBackKind>& takeBackKinds()
{
    static std::vector<TakeBackKind> kinds;
    return kinds;
}

} // namespace

void addTakeBackKind(TakeBackKind kind)
{
    auto& kinds = takeBackKinds();
    if (std::ranges::find(kinds, kind.name, &TakeBackKind::name) == kinds.end())
        kinds.push_back(std::move(kind));
}

Result<TakeBack> takeBackOf(const QString& location)
{
    for (const TakeBackKind& kind : takeBackKinds())
        if (kind.claims(location))
            return kind.look(location);
    if (isNoFile(location) || QFileInfo::exists(location))
        return TakeBack([] {});
    return TakeBack([location] { removeEmptyStore(location); });
}

} // namespace eventloupe
