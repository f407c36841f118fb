#include "ui/window/placekeeper.h"

#include "branch/branchsession.h"
#include "log/logfilter.h"
#include "state/subject.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/command/commandpanel.h"
#include "ui/log/filterbar.h"
#include "ui/time/timelineslider.h"
#include "ui/window/session.h"
#include "ui/window/windowparts.h"

namespace eventloupe {

PlaceKeeper::PlaceKeeper(const WindowParts& parts, Session& session, FilterBar& filterBar,
    TimelineSlider& slider, CommandPanel& commands)
    : m_parts(parts)
    , m_session(session)
    , m_filterBar(filterBar)
    , m_slider(slider)
    , m_commands(commands)
{
}

void PlaceKeeper::add(const QString& name, const std::function<QByteArray()>& save,
    const std::function<void(const QByteArray&)>& restore)
{
    m_others.push_back({ name, save, restore });
}

void PlaceKeeper::restore(const QString& location)
{
    m_location = location;
    m_session.addRecent(location);
    const auto place = m_session.place(location);
    m_slider.setMarks(place.marks);
    m_filterBar.apply(place.filter);
    if (!place.live)
        m_parts.cursor.moveTo(place.position);
    if (place.pinned.isEmpty())
        m_parts.subject.follow();
    else
        m_parts.subject.pin(place.pinned);
    m_commands.restoreDraft(place.draft);
    for (const auto& other : m_others)
        other.restore(place.others.value(other.name));
}

void PlaceKeeper::keep()
{
    // Once the store is closed its place is that of nothing.
    if (m_location.isEmpty() || !m_parts.client.isOpen())
        return;
    Session::Place place;
    place.position = m_parts.cursor.position();
    place.live = m_parts.cursor.isLive();
    place.filter = m_parts.filter.expression();
    place.pinned = m_parts.subject.isPinned() ? m_parts.subject.stream() : QString();
    // A branch has marks of its own.
    place.marks = m_parts.branch.isActive() ? m_session.place(m_location).marks : m_slider.marks();
    place.draft = m_commands.saveDraft();
    for (const auto& other : m_others) {
        if (const QByteArray kept = other.save(); !kept.isEmpty())
            place.others.insert(other.name, kept);
    }
    m_session.setPlace(m_location, place);
    m_session.save();
}

} // namespace eventloupe
