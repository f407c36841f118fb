#pragma once

#include "domain/evolver.h"
#include "mask/masks.h"

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

} // namespace eventloupe
