#include "plot/streamplots.h"

#include "plot/plottext.h"
#include "value/workpool.h"

#include <QElapsedTimer>

#include <utility>

namespace eventloupe {

namespace {

constexpr int restMilliseconds = 60; ///< So that a cursor that flies over streams reads none.
constexpr qint64 sliceMilliseconds = 15;
constexpr qint64 showMilliseconds = 250; ///< Between two looks of what is not complete.
constexpr qint64 eventsPerPiece = 2000;

} // namespace

/// What a slice is to read, and where it goes on.
struct StreamPlots::Job {
    std::shared_ptr<const Evolver> evolver;
    QHash<QString, Columns> columns;
    QList<PlotField> fields;
    QString sparklineStream;
    bool isShowDue = true; ///< Lines are wanted, complete or not.
};

/// What a job brings.
struct StreamPlots::Slice {
    bool isComplete = false;
    bool hasLines = false;
    std::vector<PlotSeries> series;
    QHash<QByteArray, PlotSeries> sparklines;
};

StreamPlots::StreamPlots(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_evolver(std::make_shared<const Evolver>(Workspace::empty()))
{
    m_due.setSingleShot(true);
    m_due.setInterval(restMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &StreamPlots::readOn);
    connect(&client, &StoreClient::headChanged, this, [this] {
        if (!m_due.isActive())
            m_due.start();
    });
    connect(&client, &StoreClient::closed, this, [this] {
        m_fields.clear();
        forget();
    });
}

StreamPlots::~StreamPlots()
{
    m_token.cancel();
}

void StreamPlots::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_evolver = std::make_shared<const Evolver>(workspace);
    forget();
    m_due.start();
}

/// Nothing that was read holds any more.
void StreamPlots::forget()
{
    m_token.cancel();
    m_isReading = false;
    letGoAside(std::exchange(m_columns, {}));
    m_series.clear();
    m_sparklines.clear();
    emit seriesChanged();
    emit sparklinesChanged();
}

void StreamPlots::setFields(const QList<PlotField>& fields)
{
    if (fields == m_fields)
        return;
    m_fields = fields.mid(0, mostLines);
    m_series.clear();
    emit seriesChanged();
    m_due.start();
}

void StreamPlots::setSparklineStream(const QString& stream)
{
    if (stream == m_sparklineStream)
        return;
    m_sparklineStream = stream;
    m_sparklines.clear();
    emit sparklinesChanged();
    m_due.start();
}

const PlotSeries* StreamPlots::sparkline(const QByteArray& pointer) const
{
    const auto found = m_sparklines.constFind(pointer);
    return found == m_sparklines.constEnd() ? nullptr : &*found;
}

StreamPlots::Columns StreamPlots::columnsOf(const QString& stream) const
{
    return m_columns.value(stream);
}

QStringList StreamPlots::wantedStreams() const
{
    QStringList streams;
    if (!m_sparklineStream.isEmpty())
        streams.append(m_sparklineStream);
    for (const PlotField& field : m_fields) {
        if (!field.projection && !streams.contains(field.stream))
            streams.append(field.stream);
    }
    return streams;
}

void StreamPlots::readOn()
{
    if (!m_client.isOpen())
        return;
    if (m_isReading) {
        m_due.start();
        return;
    }
    QHash<QString, Columns> columns;
    for (const QString& stream : wantedStreams())
        columns.insert(stream,
            m_columns.contains(stream) ? m_columns.value(stream)
                                       : std::make_shared<std::unique_ptr<StreamColumns>>());
    m_columns = columns;
    if (columns.isEmpty() && m_fields.isEmpty())
        return;
    m_isReading = true;
    const bool isShowDue = !m_sinceShown.isValid() || m_sinceShown.hasExpired(showMilliseconds)
        || m_readFields != m_fields || m_readStream != m_sparklineStream;
    m_readFields = m_fields;
    m_readStream = m_sparklineStream;
    m_token = m_client.run<Slice>(
        StoreClient::Lane::Background, this,
        [job = Job { m_evolver, columns, m_fields, m_sparklineStream, isShowDue }](
            EventStore& store, const CancelToken& cancel) { return read(store, job, cancel); },
        [this](const Result<Slice>& slice) { take(slice); });
}

Result<StreamPlots::Slice> StreamPlots::read(
    EventStore& store, const Job& job, const CancelToken& cancel)
{
    QElapsedTimer clock;
    clock.start();
    Slice slice;
    slice.isComplete = true;
    for (auto kept = job.columns.cbegin(); kept != job.columns.cend(); ++kept) {
        std::unique_ptr<StreamColumns>& columns = **kept;
        if (!columns) {
            const auto stream = store.findStream(kept.key());
            if (!stream)
                return stream.error();
            if (!*stream)
                continue;
            columns = std::make_unique<StreamColumns>(job.evolver, **stream);
        }
        for (bool isMore = true; isMore && !cancel.isCancelled();) {
            if (clock.hasExpired(sliceMilliseconds)) {
                slice.isComplete = false;
                break;
            }
            const auto more = columns->advance(store, eventsPerPiece, cancel);
            if (!more)
                return more.error();
            isMore = *more;
        }
    }
    slice.hasLines = slice.isComplete || job.isShowDue;
    if (slice.hasLines) {
        const auto added = addLines(store, job, slice, cancel);
        if (!added)
            return added.error();
    }
    return slice;
}

Result<void> StreamPlots::addLines(
    EventStore& store, const Job& job, Slice& slice, const CancelToken& cancel)
{
    for (const PlotField& field : job.fields) {
        PlotSeries series;
        if (field.projection) {
            auto line = seriesOf(store, *field.projection, stretchesOfALine, cancel);
            if (!line)
                return line.error();
            series = std::move(*line);
        } else if (const auto& columns = *job.columns.value(field.stream)) {
            series = seriesOf(*columns, field.pointer, stretchesOfALine);
            if (columns->isTooLarge())
                series.fault = PlotText::tr("%1 has too many fields, or too long texts, to be kept")
                                   .arg(field.stream);
        } else {
            series.fault = PlotText::tr("there is no stream %1").arg(field.stream);
        }
        series.isComplete = slice.isComplete;
        slice.series.push_back(std::move(series));
    }
    const auto shown = job.columns.value(job.sparklineStream);
    if (!shown || !*shown)
        return {};
    for (const FieldColumn& column : (*shown)->columns()) {
        if (column.hasNumbers && slice.sparklines.size() < static_cast<qsizetype>(mostSparklines))
            slice.sparklines.insert(
                column.pointer, seriesOf(**shown, column.pointer, stretchesOfASparkline));
    }
    return {};
}

void StreamPlots::take(const Result<Slice>& slice)
{
    m_isReading = false;
    if (!slice)
        return; // Who reads the state says why the store cannot be read.
    if (slice->hasLines) {
        m_sinceShown.start();
        // What is wanted by now may be another thing, and is read soon.
        if (m_readFields == m_fields) {
            m_series = slice->series;
            emit seriesChanged();
        }
        if (m_readStream == m_sparklineStream) {
            m_sparklines = slice->sparklines;
            emit sparklinesChanged();
        }
    }
    if (!slice->isComplete)
        readOn();
}

} // namespace eventloupe
