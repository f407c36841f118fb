#pragma once

#include "store/eventstore.h"

#include <functional>
#include <optional>

namespace eventloupe {

/// A part of the window that shows what is at the time cursor; see CursorFrame. It shows another
/// position in its Show functions only, so that no two parts ever show different ones.
class FramePart {
public:
    /// Shows what was read. On the GUI thread, and only while the part belongs to the frame.
    using Show = std::function<void()>;
    /// Reads what the part shows, on the store's thread. `event` is that at the position: nothing
    /// before the first and where it cannot be read. May be empty where there is nothing to read
    /// or to show. A failure is told by the Show.
    using Read = std::function<Show(EventStore& store, const std::optional<Event>& event)>;

    FramePart() = default;
    FramePart(const FramePart&) = delete;
    FramePart& operator=(const FramePart&) = delete;
    virtual ~FramePart() = default;

    /// A frame at this position begins; what the part has under way of its own gives way to it.
    /// GUI thread.
    [[nodiscard]] virtual Read prepare(Position position) = 0;
};

} // namespace eventloupe
