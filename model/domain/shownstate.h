#pragma once

#include "domain/evolver.h"
#include "mask/masks.h"

#include <string_view>

namespace eventloupe {

/// A state of a category's aggregate as masks show it, with what is said of a failure.
[[nodiscard]] inline AggregateState shownState(
    AggregateState state, const Masks& masks, const QString& category)
{
    if (masks.isEmpty())
        return state;
    state.value = masks.ofState(category).shown(state.value);
    if (!state.failure.isEmpty() && masks.hidesFailuresOf(category))
        state.failure = Masks::hiddenReason();
    return state;
}

/// Whether the words of a failed upcast of such events, by their stored type, may quote what is
/// masked.
[[nodiscard]] inline bool hidesUpcastFailures(const Masks& masks, std::string_view type)
{
    return !masks.isEmpty()
        && !masks.ofEventAnywhere(QString::fromUtf8(type.data(), qsizetype(type.size()))).isEmpty();
}

} // namespace eventloupe
