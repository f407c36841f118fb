#include "state/subject.h"

namespace eventloupe {

QString SubjectChoice::streamAt(Position position, const std::optional<Event>& event) const
{
    if (isPinned)
        return stream;
    if (position == 0)
        return {};
    return event ? event->stream : stream;
}

Subject::Subject(StoreClient& client, CursorFrame& frame, QObject* parent)
    : QObject(parent)
    , m_frame(frame)
{
    connect(&client, &StoreClient::opened, this, &Subject::clear);
    connect(&client, &StoreClient::closed, this, &Subject::clear);
    m_frame.add(*this);
}

Subject::~Subject()
{
    m_frame.remove(*this);
}

void Subject::pin(const QString& stream)
{
    const bool wasPinned = std::exchange(m_pinned, true);
    setStream(stream);
    if (!wasPinned)
        emit pinnedChanged(true);
    m_frame.refresh();
}

void Subject::follow()
{
    if (!std::exchange(m_pinned, false))
        return;
    emit pinnedChanged(false);
    m_frame.refresh();
}

FramePart::Read Subject::prepare(Position position)
{
    return [this, position, choice = choice()](
               EventStore&, const std::optional<Event>& event) -> Show {
        return [this, stream = choice.streamAt(position, event)] { setStream(stream); };
    };
}

/// Another store: its streams are others.
void Subject::clear()
{
    const bool wasPinned = std::exchange(m_pinned, false);
    setStream({});
    if (wasPinned)
        emit pinnedChanged(false);
    m_frame.refresh();
}

void Subject::setStream(const QString& stream)
{
    if (stream == m_stream)
        return;
    m_stream = stream;
    emit streamChanged(stream);
}

} // namespace eventloupe
