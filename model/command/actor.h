#pragma once

#include <QString>

namespace eventloupe {

/// Who issues commands by this process, for the events' metadata: EVENTLOUPE_ACTOR where that is
/// set, else the name of the user that the process belongs to.
[[nodiscard]] QString currentActor();

} // namespace eventloupe
