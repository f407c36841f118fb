#include "exchange/exportbatch.h"

#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {
constexpr qsizetype mostBytes = qsizetype(4) * 1024 * 1024;
constexpr qint64 usualBytes = qint64(1024) * 1024;
constexpr Position leastEvents = 16;
constexpr Position mostEvents = 4096;
constexpr Position mostPieces = 100'000;
} // namespace

QByteArray ExportBuffers::take()
{
    const std::scoped_lock lock(m_mutex);
    QByteArray buffer;
    if (!m_free.empty()) {
        buffer = std::move(m_free.back());
        m_free.pop_back();
    }
    buffer.reserve(mostBytes);
    return buffer;
}

void ExportBuffers::give(QByteArray&& buffer)
{
    if (buffer.capacity() > 2 * mostBytes)
        return; // Of one large event.
    buffer.resize(0);
    const std::scoped_lock lock(m_mutex);
    m_free.push_back(std::move(buffer));
}

ExportBatcher::ExportBatcher(const ExportRequest& request, ExportBuffers& buffers)
    : m_writer(makeEventWriter(request.format))
    , m_buffers(buffers)
    , m_hasLimit(request.limit > 0)
{
}

bool ExportBatcher::hasRoomFor(const EventView& event) const
{
    const std::size_t payload = event.data.size() + event.metadata.size();
    return m_batch.text.size() + static_cast<qsizetype>(payload) <= mostBytes;
}

void ExportBatcher::add(const EventView& event)
{
    if (m_batch.events == 0)
        m_batch.text = m_buffers.take();
    else
        m_writer->join(m_batch.text, false);
    m_writer->write(m_batch.text, event);
    ++m_batch.events;
    if (m_hasLimit)
        m_batch.ends.push_back({ m_batch.text.size(), m_batch.failures });
}

ExportBatch ExportBatcher::take()
{
    return std::exchange(m_batch, {});
}

Result<ExportBatch> exportPiece(EventStore& store, const LogPiece& piece,
    const ExportRequest& request, const ExportSelection& selection, ExportBuffers& buffers,
    const CancelToken& cancel)
{
    ExportBatcher batcher(request, buffers);
    Position next = 0;
    const auto scanned
        = selection.scan(store, piece.from, piece.to, cancel, [&](const EventView& event) {
              if (!selection.admits(event, batcher.failures()))
                  return true;
              if (!batcher.hasRoomFor(event)) {
                  next = event.position;
                  return false;
              }
              batcher.add(event);
              return request.limit <= 0 || batcher.events() < request.limit;
          });
    if (!scanned)
        return scanned.error();
    ExportBatch batch = batcher.take();
    batch.next = next;
    return batch;
}

Position exportPieceSize(const EventStore& store, Position from, Position to)
{
    const qint64 stored = QFileInfo(store.location()).size(); // 0 where it is no file
    const qint64 each = std::max<qint64>(1, stored / std::max<Position>(1, to));
    // A damaged file may say that its head is anywhere.
    const Position least = (to - from) / mostPieces;
    return std::max(std::clamp<Position>(usualBytes / each, leastEvents, mostEvents), least);
}

} // namespace eventloupe
