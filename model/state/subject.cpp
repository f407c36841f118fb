#include "state/subject.h"

namespace eventloupe {

Subject::Subject(StoreClient& client, TimeCursor& cursor, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
{
    connect(&cursor, &TimeCursor::positionChanged, this, &Subject::lookUp);
    connect(&client, &StoreClient::opened, this, &Subject::clear);
    connect(&client, &StoreClient::closed, this, &Subject::clear);
    // A live cursor may be told of the head before or after the store reports it.
    connect(&client, &StoreClient::headChanged, this, [this] {
        if (m_position != m_cursor.position())
            lookUp();
    });
}

void Subject::pin(const QString& stream)
{
    m_token.cancel();
    m_job.reset();
    const bool wasPinned = std::exchange(m_pinned, true);
    resolve(stream, m_cursor.position());
    if (!wasPinned)
        emit pinnedChanged(true);
}

void Subject::follow()
{
    if (!std::exchange(m_pinned, false))
        return;
    emit pinnedChanged(false);
    lookUp();
}

/// Another store: its streams are others.
void Subject::clear()
{
    m_token.cancel();
    m_job.reset();
    if (std::exchange(m_pinned, false))
        emit pinnedChanged(false);
    lookUp();
}

void Subject::lookUp()
{
    const Position position = m_cursor.position();
    if (m_pinned) {
        resolve(m_stream, position);
    } else if (!m_client.isOpen() || position == 0) {
        m_token.cancel();
        m_job.reset();
        resolve({}, position);
    } else if (m_job.request()) {
        start(position);
    }
}

void Subject::start(Position position)
{
    m_token = m_client.run<QString>(
        StoreClient::Lane::Interactive, this,
        [position](EventStore& store, const CancelToken&) -> Result<QString> {
            const auto events = store.readAt({ position });
            if (!events)
                return events.error();
            return events->isEmpty() ? QString() : events->constFirst().stream;
        },
        [this, position](const Result<QString>& answer) {
            const bool isNewerWaiting = m_job.finish();
            // What cannot be read is reported by the log and by the state's loader.
            if (answer)
                resolve(*answer, position);
            if (isNewerWaiting)
                lookUp();
        });
}

void Subject::resolve(const QString& stream, Position position)
{
    m_position = position;
    const bool isOther = stream != m_stream;
    m_stream = stream;
    if (isOther)
        emit streamChanged(stream);
    emit resolved(position);
}

} // namespace eventloupe
