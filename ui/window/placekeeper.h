#pragma once

#include <QString>

namespace eventloupe {

class CommandPanel;
class FilterBar;
class Session;
class TimelineSlider;
struct WindowParts;

/// Brings back where someone was in a store, and keeps it for the next time.
class PlaceKeeper final {
public:
    PlaceKeeper(const WindowParts& parts, Session& session, FilterBar& filterBar,
        TimelineSlider& slider, CommandPanel& commands);

    /// The store of this location was opened, and its head is known.
    void restore(const QString& location);
    /// Before the store is left. Nothing while none is open.
    void keep();

private:
    const WindowParts& m_parts;
    Session& m_session;
    FilterBar& m_filterBar;
    TimelineSlider& m_slider;
    CommandPanel& m_commands;
    QString m_location;
};

} // namespace eventloupe
