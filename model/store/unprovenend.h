#pragma once

#include "store/eventstore.h"

namespace eventloupe {

/// Why a verified log may lack events at its end all the same, for people: nothing remembers its
/// last event. Empty where something does, where there are none, and for stores that are not a file
/// of ours. On a store's thread.
[[nodiscard]] QString unprovenEnd(EventStore& store);

} // namespace eventloupe
