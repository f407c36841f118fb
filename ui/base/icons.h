#pragma once

#include <QIcon>

namespace eventloupe {

/// The pictures that the window uses; each is resources/icons/<name>.svg.
enum class Symbol {
    First,
    Previous,
    Play,
    Pause,
    Next,
    Last,
    Live,
    Mark,
    Search,
    Filter,
    Clear,
    Open,
    New,
    Workspace,
    Import,
    Export,
    Copy,
    GoTo,
    Pin,
    Information,
    Warning,
    Failure,
    Streams,
    Command,
    Branch,
    COUNT
};

/// An icon that is drawn in the application palette's text colour each time it is painted, so it
/// follows the theme and any scale. GUI thread.
[[nodiscard]] QIcon icon(Symbol symbol);

/// The program's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace eventloupe
