#pragma once

#include "exchange/eventwriter.h"
#include "exchange/exportselection.h"
#include "store/piecescan.h"

#include <mutex>
#include <vector>

namespace eventloupe {

/// The text of some selected events, one after another.
struct ExportBatch {
    QByteArray text;
    qint64 events = 0;
    /// What came before the end of an event's text.
    struct End {
        qsizetype text = 0;
        FilterFailures failures;
    };
    std::vector<End> ends; ///< Of each event; only where a limit may cut the batch.
    FilterFailures failures; ///< Events between that the filter failed on.
    /// Of a piece: the first event that found no room; 0 where all of the piece is in.
    Position next = 0;
};

/// Buffers of written batches, for the next ones: to get so much memory anew each time costs as
/// much as to write into it. Thread-safe.
class ExportBuffers final {
public:
    [[nodiscard]] QByteArray take();
    void give(QByteArray&& buffer);

private:
    std::mutex m_mutex;
    std::vector<QByteArray> m_free;
};

/// Writes events into a batch. On one thread.
class ExportBatcher final {
public:
    ExportBatcher(const ExportRequest& request, ExportBuffers& buffers);

    /// Whether the batch stays within some megabytes with the event. One event alone may be larger.
    [[nodiscard]] bool hasRoomFor(const EventView& event) const;
    void add(const EventView& event);
    [[nodiscard]] qint64 events() const { return m_batch.events; }
    /// Of the batch, to be added to.
    [[nodiscard]] FilterFailures& failures() { return m_batch.failures; }
    /// What was written since the last call.
    ExportBatch take();

private:
    std::unique_ptr<EventWriter> m_writer;
    ExportBuffers& m_buffers;
    bool m_hasLimit;
    ExportBatch m_batch;
};

/// Writes what is selected of a piece of the log, as far as there is room. Any thread.
[[nodiscard]] Result<ExportBatch> exportPiece(EventStore& store, const LogPiece& piece,
    const ExportRequest& request, const ExportSelection& selection, ExportBuffers& buffers,
    const CancelToken& cancel);

/// How many events make a piece whose text is about a megabyte, as far as can be foreseen.
[[nodiscard]] Position exportPieceSize(const EventStore& store, Position from, Position to);

} // namespace eventloupe
