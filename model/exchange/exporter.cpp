#include "exchange/exporter.h"

#include "domain/eventfilter.h"
#include "exchange/csvwriter.h"
#include "exchange/eventwriter.h"
#include "exchange/exchangetext.h"
#include "exchange/jsonarraywriter.h"
#include "exchange/ndjsonwriter.h"
#include "exchange/outputfile.h"

#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr qsizetype bufferBytes = qsizetype(256) * 1024;

/// What a scan hands to: filters, writes, counts.
class ExportRun {
public:
    ExportRun(OutputFile& output, EventWriter& writer, const ExportRequest& request,
        std::optional<EventFilter> filter, const Progress& progress, const CancelToken& cancel)
        : m_output(output)
        , m_writer(writer)
        , m_filter(std::move(filter))
        , m_progress(progress)
        , m_cancel(cancel)
        , m_type(request.type.toStdString())
        , m_from(request.from)
        , m_limit(request.limit)
    {
        m_writer.begin(m_buffer);
    }

    /// False ends the scan: cancelled, full, or enough.
    bool visit(const EventView& event)
    {
        if (m_cancel.isCancelled())
            return false;
        constexpr Position step = 1024;
        if (event.position % step == 0)
            m_progress.setDone(event.position - m_from + 1);
        if (event.position < m_from || (!m_type.empty() && event.type != m_type)
            || (m_filter && !m_filter->matches(event)))
            return true;
        m_writer.write(m_buffer, event);
        m_progress.setEvents(++m_events);
        if (m_buffer.size() >= bufferBytes && !flush())
            return false;
        return m_limit <= 0 || m_events < m_limit;
    }

    Result<ExportSummary> finish()
    {
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ExchangeText::tr("The export was cancelled") };
        m_writer.end(m_buffer);
        if (m_failure || !flush())
            return *m_failure;
        if (const Result<void> committed = m_output.commit(); !committed)
            return committed.error();
        m_progress.setDone(m_progress.total());
        return ExportSummary { m_events, m_output.written() };
    }

private:
    bool flush()
    {
        if (const Result<void> written = m_output.write(m_buffer); !written)
            m_failure = written.error();
        m_buffer.resize(0);
        return !m_failure;
    }

    OutputFile& m_output;
    EventWriter& m_writer;
    std::optional<EventFilter> m_filter;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    QByteArray m_buffer;
    std::string m_type;
    std::optional<Error> m_failure;
    Position m_from;
    qint64 m_limit;
    qint64 m_events = 0;
};

Result<void> scan(EventStore& store, const ExportRequest& request, Position to,
    const CancelToken& cancel, ExportRun& run)
{
    const auto visitor = [&run](const EventView& event) { return run.visit(event); };
    if (request.stream.isEmpty())
        return store.scanLog(request.from, to, allScanColumns, cancel, visitor);
    const auto stream = store.findStream(request.stream);
    if (!stream)
        return stream.error();
    if (!stream->has_value())
        return Error { ErrorCode::NotFound,
            ExchangeText::tr("There is no stream %1").arg(request.stream) };
    return store.scanStream((*stream)->id, 0, to, allScanColumns, visitor);
}

/// Refuses to write the export where the store is: it would be replaced.
Result<void> checkTarget(const EventStore& store, const QString& file)
{
    const QString target = QFileInfo(file).canonicalFilePath();
    if (target.isEmpty() || target != QFileInfo(store.location()).canonicalFilePath())
        return {};
    return Error { ErrorCode::InvalidArgument,
        ExchangeText::tr("%1 is the store itself; name another file to export to").arg(file) };
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

Result<ExportSummary> exportEvents(EventStore& store, const ExportRequest& request,
    const Progress& progress, const CancelToken& cancel)
{
    if (const Result<void> checked = checkTarget(store, request.file); !checked)
        return checked.error();
    std::optional<EventFilter> filter;
    if (request.where) {
        Result<EventFilter> compiled = EventFilter::compile(request.where->toStdString());
        if (!compiled)
            return compiled.error();
        filter = std::move(*compiled);
    }
    const Result<Position> head = store.head();
    if (!head)
        return head.error();
    const Position to = request.to > 0 ? std::min(request.to, *head) : *head;
    progress.setTotal(std::max<Position>(0, to - request.from + 1));
    const Result<std::unique_ptr<OutputFile>> output = OutputFile::open(request.file);
    if (!output)
        return output.error();
    const std::unique_ptr<EventWriter> writer = makeEventWriter(request.format);
    ExportRun run(**output, *writer, request, std::move(filter), progress, cancel);
    const Result<void> scanned = scan(store, request, to, cancel, run);
    if (!scanned && !(scanned.error().code == ErrorCode::Cancelled && cancel.isCancelled()))
        return scanned.error();
    return run.finish();
}

} // namespace eventloupe
