#include "exchange/exporter.h"

#include "exchange/bytesource.h"
#include "exchange/csvwriter.h"
#include "exchange/exchangetext.h"
#include "exchange/exportbatch.h"
#include "exchange/jsonarraywriter.h"
#include "exchange/ndjsonwriter.h"
#include "exchange/outputfile.h"
#include "store/fileidentity.h"

#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {

/// Puts batches into the output, in order; counts, and ends at the limit.
class ExportRun {
public:
    ExportRun(EventStore& store, OutputFile& output, const ExportRequest& request,
        const ExportSelection& selection, const Progress& progress, const CancelToken& cancel)
        : m_store(store)
        , m_output(output)
        , m_request(request)
        , m_selection(selection)
        , m_progress(progress)
        , m_cancel(cancel)
        , m_writer(makeEventWriter(request.format))
        , m_batcher(request, m_buffers)
    {
    }

    Result<void> writeLog(Position to)
    {
        const auto work
            = [this](EventStore& store, const LogPiece& piece, const CancelToken& cancel) {
                  return exportPiece(store, piece, m_request, m_selection, m_buffers, cancel);
              };
        const auto take = [this](const LogPiece& piece, ExportBatch&& batch) {
            return takePiece(piece, std::move(batch));
        };
        const Position from = std::max<Position>(m_request.from, 1);
        return scanPieces<ExportBatch>(
            m_store, piecesOf(from, to, exportPieceSize(m_store, from, to)), m_cancel, work, take);
    }

    Result<void> writeStream(StreamId stream, Position to)
    {
        const auto scanned = m_store.scanStream(stream, 0, to, ExportSelection::columns(),
            [this](const EventView& event) { return visit(event); });
        return scanned ? flush() : scanned;
    }

    Result<void> begin()
    {
        QByteArray text;
        m_writer->begin(text);
        return m_output.write(text);
    }

    Result<ExportSummary> finish()
    {
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ExchangeText::tr("The export was cancelled") };
        QByteArray text;
        m_writer->end(text);
        if (const Result<void> written = m_output.write(text); !written)
            return written.error();
        if (const Result<void> committed = m_output.commit(); !committed)
            return committed.error();
        m_progress.setDone(m_progress.total());
        return ExportSummary { m_events, m_output.written(), m_failures, m_tooLarge };
    }

private:
    [[nodiscard]] bool isEnough(qint64 events) const
    {
        return m_request.limit > 0 && events >= m_request.limit;
    }

    /// False ends the scan: that is enough.
    Result<bool> takePiece(const LogPiece& piece, ExportBatch&& batch)
    {
        const Position next = batch.next;
        if (const Result<void> written = put(std::move(batch)); !written)
            return written.error();
        if (next > 0 && !isEnough(m_events)) {
            if (const Result<void> rest = writeRest(next, piece.to); !rest)
                return rest.error();
        }
        m_progress.setDone(piece.to - m_request.from + 1);
        return !isEnough(m_events);
    }

    /// The rest of a piece whose batch was full: large events pass one at a time, here.
    Result<void> writeRest(Position from, Position to)
    {
        const auto scanned = m_selection.scan(
            m_store, from, to, m_cancel, [this](const EventView& event) { return visit(event); });
        return scanned ? flush() : scanned;
    }

    /// False ends the scan: cancelled, failed, or enough.
    bool visit(const EventView& event)
    {
        if (m_cancel.isCancelled())
            return false;
        constexpr Position step = 1024;
        if (event.position % step == 0)
            m_progress.setDone(event.position - m_request.from + 1);
        if (!m_selection.admits(event, m_batcher.failures()))
            return true;
        if (!m_batcher.hasRoomFor(event) && !(m_failure = flush()))
            return false;
        m_batcher.add(event);
        return !isEnough(m_events + m_batcher.events());
    }

    Result<void> flush() { return m_failure ? put(m_batcher.take()) : m_failure; }

    Result<void> put(ExportBatch&& batch)
    {
        if (batch.events > 0 && isEnough(m_events + batch.events)) {
            batch.events = m_request.limit - m_events;
            const auto& end = batch.ends[static_cast<std::size_t>(batch.events - 1)];
            batch.text.truncate(end.text);
            batch.failures = end.failures;
        }
        m_failures.add(batch.failures);
        if (batch.events == 0)
            return {};
        QByteArray joint;
        m_writer->join(joint, m_events == 0);
        m_events += batch.events;
        m_progress.setEvents(m_events);
        // One that is as large as that has a batch of its own.
        m_tooLarge += batch.text.size() > maximumRecordBytes ? 1 : 0;
        if (const Result<void> joined = m_output.write(joint); !joined)
            return joined;
        const Result<void> written = m_output.write(batch.text);
        m_buffers.give(std::move(batch.text));
        return written;
    }

    EventStore& m_store;
    OutputFile& m_output;
    const ExportRequest& m_request;
    const ExportSelection& m_selection;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    std::unique_ptr<EventWriter> m_writer;
    ExportBuffers m_buffers;
    ExportBatcher m_batcher; ///< Of what passes one at a time.
    Result<void> m_failure;
    FilterFailures m_failures;
    qint64 m_events = 0;
    qint64 m_tooLarge = 0;
};

Result<void> scan(EventStore& store, const ExportRequest& request, Position to, ExportRun& run)
{
    if (request.stream.isEmpty())
        return run.writeLog(to);
    const auto stream = store.findStream(request.stream);
    if (!stream)
        return stream.error();
    if (!stream->has_value())
        return Error { ErrorCode::NotFound,
            ExchangeText::tr("There is no stream %1").arg(request.stream) };
    return run.writeStream((*stream)->id, to);
}

} // namespace

std::unique_ptr<EventWriter> makeEventWriter(ExchangeFormat format)
{
    switch (format) {
    case ExchangeFormat::Json:
        return std::make_unique<JsonArrayWriter>();
    case ExchangeFormat::Csv:
        return std::make_unique<CsvWriter>();
    case ExchangeFormat::Ndjson:
        break;
    }
    return std::make_unique<NdjsonWriter>();
}

QString ExportSummary::tooLargeText() const
{
    if (tooLarge == 0)
        return {};
    const qint64 most = maximumRecordBytes / 1024 / 1024;
    return tooLarge == 1
        ? ExchangeText::tr("1 event is over %1 MB, which no import takes; to have it in another "
                           "store, copy the log")
              .arg(most)
        : ExchangeText::tr("%1 events are over %2 MB, which no import takes; to have them in "
                           "another store, copy the log")
              .arg(tooLarge)
              .arg(most);
}

Result<ExportSummary> exportEvents(EventStore& store, const ExportRequest& request,
    const Progress& progress, const CancelToken& cancel)
{
    // A branch's location is no file's name, but its log has one.
    if (QFileInfo::exists(request.file) && store.identity().isKnown()
        && !isReplaced(request.file, store.identity()))
        return Error { ErrorCode::InvalidArgument,
            ExchangeText::tr("%1 is the store itself; name another file to export to")
                .arg(request.file) };
    if (const Result<void> checked = OutputFile::check(request.file, store.location()); !checked)
        return checked.error();
    const Result<ExportSelection> selection = ExportSelection::of(request);
    if (!selection)
        return selection.error();
    const Result<Position> head = store.head();
    if (!head)
        return head.error();
    const Position to = request.to > 0 ? std::min(request.to, *head) : *head;
    progress.setTotal(std::max<Position>(0, to - request.from + 1));
    const Result<std::unique_ptr<OutputFile>> output = OutputFile::open(request.file);
    if (!output)
        return output.error();
    ExportRun run(store, **output, request, *selection, progress, cancel);
    if (const Result<void> begun = run.begin(); !begun)
        return begun.error();
    const Result<void> scanned = scan(store, request, to, run);
    if (!scanned && !(scanned.error().code == ErrorCode::Cancelled && cancel.isCancelled()))
        return scanned.error();
    return run.finish();
}

} // namespace eventloupe
