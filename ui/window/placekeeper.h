#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

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

    /// Something else that was selected or typed and that comes back with the place: UTF-8, empty
    /// for nothing. Both are called on the GUI thread, `save` every second.
    void add(const QString& name, const std::function<QByteArray()>& save,
        const std::function<void(const QByteArray&)>& restore);
    /// The store of this location was opened, and its head is known.
    void restore(const QString& location);
    /// Before the store is left. Nothing while none is open.
    void keep();

private:
    struct Other {
        QString name;
        std::function<QByteArray()> save;
        std::function<void(const QByteArray&)> restore;
    };

    const WindowParts& m_parts;
    Session& m_session;
    FilterBar& m_filterBar;
    TimelineSlider& m_slider;
    CommandPanel& m_commands;
    std::vector<Other> m_others;
    QString m_location;
};

} // namespace eventloupe
