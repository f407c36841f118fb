#pragma once

#include "ui/window/diagnostics.h"
#include "value/jsonvalue.h"

class QWidget;

namespace eventloupe {

class Session;

/// What the window holds, how fast it answers, and how it is set: figures of the program alone,
/// nothing of what is stored. GUI thread.
[[nodiscard]] JsonValue windowFigures(
    const Diagnostics& now, const Session& session, const QWidget& window);

} // namespace eventloupe
