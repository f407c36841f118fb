#include "foreign/foreigneventstore.h"

#include "foreign/foreigntext.h"
#include "foreign/foreignverifier.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

constexpr std::size_t positionsAtOnce = 256;

Event eventOf(const EventView& view)
{
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    Event event;
    event.position = view.position;
    event.streamId = view.streamId;
    event.stream = text(view.stream);
    event.version = view.version;
    event.type = text(view.type);
    event.time = view.time;
    event.id = text(view.id);
    event.data = toBytes(view.data);
    event.metadata = toBytes(view.metadata);
    event.origin = toBytes(view.origin);
    return event;
}

/// A list of a scan's events, or why there is none.
template <class Scan> Result<QList<Event>> collected(Scan scan)
{
    QList<Event> events;
    const auto scanned = scan([&events](const EventView& view) {
        events.append(eventOf(view));
        return true;
    });
    if (!scanned)
        return scanned.error();
    return events;
}

Result<void> withoutAnswer(const Result<bool>& read)
{
    return read ? Result<void>() : Result<void>(read.error());
}

} // namespace

ForeignEventStore::ForeignEventStore(
    QString location, std::unique_ptr<ForeignDatabase> database, std::shared_ptr<ForeignLog> log)
    : m_location(std::move(location))
    , m_database(std::move(database))
    , m_log(std::move(log))
    , m_identity(m_database->identity())
    , m_events(*m_database, *m_log)
    , m_streams(*m_log, m_events)
    , m_selectionScan(*m_log, m_events)
{
}

QString ForeignEventStore::readOnlyReason() const
{
    return ForeignText::tr("opened as it is: %1, read-only").arg(library());
}

Error ForeignEventStore::readOnly() const
{
    return { ErrorCode::ReadOnly,
        ForeignText::tr("%1 can only be read: %2.").arg(m_location, readOnlyReason()) };
}

void ForeignEventStore::interrupt()
{
    m_database->interrupt();
}

template <class T> Result<T> ForeignEventStore::checked(T value)
{
    if (const auto fits = m_events.check(); !fits)
        return fits.error();
    return value;
}

void ForeignEventStore::setNotices(StoreNotices notices)
{
    m_notices = std::move(notices);
}

void ForeignEventStore::tryNow()
{
    m_database->tryNow();
    m_log->tryNow();
}

/// Tells what the thread that follows the log found. That asks the server all the time, also while
/// nobody reads here.
void ForeignEventStore::noteOutage()
{
    const auto outage = m_log->outage();
    if (outage == m_outage)
        return;
    const bool wasTroubled = std::exchange(m_outage, outage).has_value();
    // The connection here may have been tried in vain as well, and need not wait any more.
    if (!outage)
        m_database->tryNow();
    if (!m_notices.troubled)
        return;
    if (!outage)
        return m_notices.troubled({});
    if (!wasTroubled)
        m_notices.troubled(ForeignText::tr("Reconnecting: %1").arg(outage->what));
    using std::chrono::milliseconds;
    if (m_notices.waits)
        m_notices.waits(std::max(milliseconds(0),
            std::chrono::ceil<milliseconds>(outage->nextTry - std::chrono::steady_clock::now())));
}

Result<Position> ForeignEventStore::head()
{
    noteOutage();
    const Position head = m_log->index().head();
    const Counting counting = m_log->counting();
    // Nothing of it could be read at all.
    if (head == 0 && !counting.fault.isEmpty())
        return Error { ErrorCode::Corrupt, counting.fault };
    return checked(head);
}

Result<bool> ForeignEventStore::hasChanged()
{
    m_log->wake();
    const Position head = m_log->index().head();
    return checked(std::exchange(m_seenHead, head) != head);
}

Result<QList<Event>> ForeignEventStore::readLog(Position from, int limit)
{
    if (limit <= 0)
        return QList<Event>();
    const Position first = std::max<Position>(from, 1);
    return collected([&](const auto& visitor) {
        return m_events.readRun(first, first + limit - 1, allScanColumns, {}, visitor);
    });
}

Result<QList<Event>> ForeignEventStore::readAt(const QList<Position>& positions)
{
    return collected([&](const auto& visitor) {
        return m_events.readList(
            std::span(positions.constData(), static_cast<std::size_t>(positions.size())),
            allScanColumns, {}, visitor);
    });
}

Result<void> ForeignEventStore::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return withoutAnswer(m_events.readList(
        std::span(positions.constData(), static_cast<std::size_t>(positions.size())), columns,
        cancel, visitor));
}

Result<QList<Event>> ForeignEventStore::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    if (limit <= 0)
        return QList<Event>();
    return collected([&](const auto& visitor) {
        int left = limit;
        return scanStream(stream, after, upTo, allScanColumns, [&](const EventView& event) {
            visitor(event);
            return --left > 0;
        });
    });
}

Result<void> ForeignEventStore::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    const std::string name = m_log->index().nameOf(stream);
    StreamVersion version = std::max<StreamVersion>(after, 0);
    // Short at first: who asks for a page is not to wait for the rest.
    std::size_t size = positionsAtOnce / 4;
    for (;;) {
        const auto positions = m_log->index().positionsOf(stream, version, upTo, size);
        if (positions.empty())
            return {};
        bool isEnded = false;
        const auto read = m_events.readList(positions, columns, {}, [&](const EventView& event) {
            EventView own = event;
            // An event that is linked here is of this stream, as it is seen from here.
            own.streamId = stream;
            own.version = ++version;
            if (columns.testFlag(ScanColumn::Stream))
                own.stream = name;
            isEnded = !visitor(own);
            return !isEnded;
        });
        if (!read)
            return read.error();
        if (isEnded)
            return {};
        size = positionsAtOnce;
    }
}

Result<void> ForeignEventStore::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return withoutAnswer(m_events.readRun(from, to, columns, cancel, visitor));
}

Result<void> ForeignEventStore::scanSelected(const LogSelection& selection, Position from,
    Position to, ScanColumns columns, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    return m_selectionScan.run(selection, from, to, columns, cancel, visitor);
}

Result<std::optional<StreamInfo>> ForeignEventStore::findStream(const QString& name)
{
    return checked(m_streams.findStream(name));
}

Result<qint64> ForeignEventStore::streamCountAt(Position position)
{
    return checked(m_log->index().streamCountAt(position));
}

Result<QList<StreamAt>> ForeignEventStore::streamsAt(Position position, StreamId first, int limit)
{
    return checked(m_streams.streamsAt(position, first, limit));
}

Result<void> ForeignEventStore::scanStreamNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    m_streams.scanNames(first, last, visitor);
    return m_events.check();
}

Result<qint64> ForeignEventStore::categoryCountAt(Position position)
{
    return checked(m_log->index().categoryCountAt(position));
}

Result<QList<CategoryAt>> ForeignEventStore::categoriesAt(
    Position position, qint64 first, int limit)
{
    return checked(m_streams.categoriesAt(position, first, limit));
}

Result<QList<StreamAt>> ForeignEventStore::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    return checked(m_streams.streamsOfCategoryAt(category, position, skip, limit));
}

Result<QList<StreamAt>> ForeignEventStore::searchStreams(
    const QString& text, Position position, StreamId after, int limit, const CancelToken& cancel)
{
    return m_streams.searchStreams(text, position, after, limit, cancel);
}

Result<StreamVersion> ForeignEventStore::versionAt(StreamId stream, Position position)
{
    return checked(m_log->index().versionAt(stream, position));
}

Result<Position> ForeignEventStore::positionOf(StreamId stream, StreamVersion version)
{
    const Position position = m_log->index().positionOf(stream, version);
    if (position == 0)
        return Error { ErrorCode::NotFound,
            ForeignText::tr("The stream has no version %1.").arg(version) };
    return checked(position);
}

Result<Position> ForeignEventStore::positionAtTime(Timestamp time)
{
    return m_streams.positionAtTime(time);
}

Result<QStringList> ForeignEventStore::types()
{
    return checked(m_log->index().types());
}

Result<AppendOutcome> ForeignEventStore::append(const AppendRequest&)
{
    return readOnly();
}

Result<std::unique_ptr<BulkAppend>> ForeignEventStore::beginBulk()
{
    return readOnly();
}

Result<qint64> ForeignEventStore::verify(const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    return verifyForeign(*this, *m_log, cancel, progress, report);
}

Result<std::vector<StoreFault>> ForeignEventStore::verifyPiece(
    const LogPiece& piece, const CancelToken& cancel)
{
    return verifyForeignPiece(m_events, *m_log, piece, cancel);
}

} // namespace eventloupe
