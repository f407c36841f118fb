#include "watch/watchrun.h"

#include "domain/maskedreads.h"
#include "watch/watchexpression.h"
#include "watch/watchtext.h"

#include <array>

namespace eventloupe {

Result<void> admitWatch(const Masks& masks, const WatchRequest& request)
{
    constexpr std::array<MaskedRole, WatchVariable::names.size()> roles { MaskedRole::State,
        MaskedRole::Data, MaskedRole::Event, MaskedRole::State };
    if (masks.isEmpty())
        return {};
    const EventMask events = masks.ofEvents();
    MaskedValues masked { masks.ofStates(), events.data, events.metadata };
    if (request.scope.kind != WatchScope::Kind::All)
        masked.state = masks.ofState(categoryOf(request.scope.name));
    const auto place = maskedRead(
        request.expression->expression(), WatchVariable::names, roles, masked);
    if (!place)
        return {};
    return Error { ErrorCode::Unsupported,
        WatchText::tr("The watch reads %1, which is masked by the workspace: when it changes, and "
                      "when a condition on it holds, would tell its value.")
            .arg(*place) };
}

} // namespace eventloupe
