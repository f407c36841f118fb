#include "store/takeback.h"

#include "store/emptystore.h"
#include "store/fileplace.h"
#include "value/storelocation.h"

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

Result<TakeBack> makeForEvents(const QString& location)
{
    const QString file = filePathOf(location);
    const auto made = makeEmptyStore(file);
    if (!made)
        return made.error();
    return TakeBack([file, identity = *made] { removeEmptyStore(file, identity); });
}

Result<TakeBack> takeBackOf(const QString& location)
{
    for (const TakeBackKind& kind : takeBackKinds())
        if (kind.claims(location))
            return kind.look(location);
    if (isNoFile(location) || withoutChoice(location) != location)
        return TakeBack([] {});
    auto made = makeForEvents(location);
    if (!made && made.error().code == ErrorCode::AlreadyExists)
        return TakeBack([] {});
    return made;
}

} // namespace eventloupe
