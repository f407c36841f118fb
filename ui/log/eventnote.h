#pragma once

#include "value/event.h"

#include <QString>

#include <functional>

namespace eventloupe {

/// What a log row says of its event beside what is stored.
struct EventNote {
    bool isOwn = false; ///< It is on a branch alone: its row has a ground of its own.
    bool isWarning = false;
    QString text; ///< For people; empty: nothing.
};

/// The note of the event at a position; quick, since each painting asks.
using EventNotes = std::function<EventNote(Position)>;

} // namespace eventloupe
