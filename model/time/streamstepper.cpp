#include "time/streamstepper.h"

#include "time/timecursor.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// The position so many events of the stream away from `from`, or as far as the stream goes;
/// 0 when it has none that way. Runs on the worker.
Result<Position> lookUp(EventStore& store, const QString& name, Position from, qint64 steps)
{
    const auto stream = store.findStream(name);
    if (!stream)
        return stream.error();
    if (!stream->has_value())
        return Position { 0 };
    const StreamInfo& info = **stream;
    const auto version = store.versionAt(info.id, from);
    if (!version)
        return version.error();

    StreamVersion target = *version + steps;
    if (steps > 0) {
        if (*version >= info.headVersion)
            return Position { 0 };
    } else {
        // From between two events of the stream, one step back is the event already passed.
        const auto place = *version > 0 ? store.positionOf(info.id, *version) : Position { 0 };
        if (!place)
            return place.error();
        if (*place != from)
            ++target;
        if (*version == 0 || (*version == 1 && *place == from))
            return Position { 0 };
    }
    return store.positionOf(info.id, std::clamp<StreamVersion>(target, 1, info.headVersion));
}

} // namespace

StreamStepper::StreamStepper(StoreClient& client, TimeCursor& cursor, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
{
    const auto forget = [this] {
        m_token.cancel();
        m_looking = false;
        m_steps = 0;
    };
    connect(&m_client, &StoreClient::opened, this, forget);
    connect(&m_client, &StoreClient::closed, this, forget);
}

void StreamStepper::step(const QString& stream, int direction)
{
    if (!m_client.isOpen())
        return;
    if (stream != m_stream) {
        m_token.cancel();
        m_looking = false;
        m_steps = 0;
        m_stream = stream;
    }
    m_steps += direction;
    if (!m_looking)
        look();
}

void StreamStepper::look()
{
    if (m_steps == 0)
        return;
    const Position from = m_cursor.position();
    const qint64 steps = std::exchange(m_steps, 0);
    m_looking = true;
    m_token = m_client.run<Position>(
        StoreClient::Lane::Interactive, this,
        [name = m_stream, from, steps](
            EventStore& store, const CancelToken&) { return lookUp(store, name, from, steps); },
        [this, from](const Result<Position>& found) { arrive(from, found); });
}

void StreamStepper::arrive(Position from, const Result<Position>& found)
{
    m_looking = false;
    if (!found) {
        m_steps = 0;
        if (found.error().code != ErrorCode::Cancelled)
            emit failed(found.error());
        return;
    }
    if (*found == 0) {
        m_steps = 0;
        emit endReached(m_stream);
        return;
    }
    if (m_cursor.position() == from) {
        m_cursor.moveTo(*found);
        emit moved(*found);
    }
    if (!m_looking)
        look();
}

} // namespace eventloupe
