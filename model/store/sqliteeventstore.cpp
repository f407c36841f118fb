#include "store/sqliteeventstore.h"

#include "store/damagenotice.h"
#include "store/filenames.h"
#include "store/losttail.h"
#include "store/sqlitebulkappend.h"
#include "store/sqliteverifier.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

SqliteEventStore::SqliteEventStore(
    StoreConnection connection, const QString& path, const FileIdentity& identity)
    : m_open(identity, connection.connection->fileName())
    , m_connection(std::move(connection.connection))
    , m_place(*m_connection, identity)
    , m_readOnlyReason(std::move(connection.readOnlyReason))
    , m_missingBytes(connection.missingBytes)
    , m_headFile(path)
    , m_events(*m_connection)
    , m_log(*m_connection, m_events, m_chain)
    , m_streams(*m_connection)
    , m_selectionScan(*m_connection, m_events, m_streams)
    , m_appender(*m_connection, m_events, m_streams, m_chain, m_headFile, m_place, m_log)
{
}

Result<std::unique_ptr<EventStore>> SqliteEventStore::open(const QString& location, OpenMode mode)
{
    const QString path = filePathOf(location);
    auto inspected = inspectStoreFile(path);
    if (!inspected && inspected.error().code == ErrorCode::NotFound && mode == OpenMode::Create) {
        if (const auto created = createStoreFile(path); !created)
            return created.error();
        inspected = inspectStoreFile(path);
    }
    if (!inspected)
        return inspected.error();
    auto connection = connectStoreFile(path, mode);
    if (!connection)
        return connection.error();
    const auto identity = identityOf(*connection->connection);
    if (!identity)
        return identity.error();
    std::unique_ptr<SqliteEventStore> store(
        new SqliteEventStore(std::move(*connection), path, *identity));
    if (!store->m_chain.isValid())
        return Error { ErrorCode::Internal,
            QCoreApplication::translate("SqliteStore", "OpenSSL has no SHA-256.") };
    if (const auto noticed = store->notice(); !noticed) {
        if (noticed.error().code == ErrorCode::Corrupt)
            store->m_connection->files().leaveLog();
        return noticed.error();
    }
    return std::unique_ptr<EventStore>(std::move(store));
}

namespace {

QString cutText(const QString& location, qint64 missing)
{
    return QCoreApplication::translate("SqliteStore",
        "%1 was cut short: %2 bytes are missing at its end. Restore it from a copy, or repair it "
        "to another file, which gets what is sound.")
        .arg(location)
        .arg(missing);
}

QString mixedText(const QString& location)
{
    return QCoreApplication::translate("SqliteStore",
        "%1 and the log beside it, %2, do not fit each other: they are of different times or of "
        "different stores, or one of them was changed.")
        .arg(location, sqliteFileOf(location) + QStringLiteral("-wal"));
}

} // namespace

/// Takes note of a lost tail and of where changes are counted from.
Result<void> SqliteEventStore::notice()
{
    const auto fault = findLostTail(m_headFile.read(), m_events);
    // What is left of a damaged store can be read, and verified.
    if (!fault && fault.error().code != ErrorCode::Corrupt)
        return fault.error();
    const bool isOneLog = m_log.learn();
    if (m_missingBytes > 0)
        m_openingFault = cutText(location(), m_missingBytes);
    else if (!fault)
        m_openingFault = fault.error().message;
    else if (*fault)
        m_openingFault = (*fault)->message;
    else if (!isOneLog)
        m_openingFault = mixedText(location());
    if (!m_openingFault.isEmpty()) {
        m_openingFault += logAdvice(location());
        m_connection->files().leaveLog(); // for who follows the advice
    }
    // An append would write another head, and with it the only trace of what is gone.
    if (!isOneLog && m_readOnlyReason.isEmpty())
        m_readOnlyReason = m_openingFault.chopped(1); // The stop, behind which it goes on.
    else if (!m_openingFault.isEmpty() && m_readOnlyReason.isEmpty())
        m_readOnlyReason = QCoreApplication::translate(
            "SqliteStore", "%1 To go on with the events that are there, delete %2")
                               .arg(m_openingFault, m_headFile.path());
    else if (m_readOnlyReason.isEmpty() && m_headFile.isTaken())
        m_readOnlyReason = QCoreApplication::translate("SqliteStore",
            "%1, where the end of the log is noted, is a link or a file of something else; move it "
            "away and open the store again")
                               .arg(m_headFile.path());
    const auto version = dataVersion();
    if (!version)
        return version.error();
    m_dataVersion = *version;
    return {};
}

QString SqliteEventStore::location() const
{
    return m_connection->location();
}

SqliteEventStore::~SqliteEventStore()
{
    m_log.prepareClose();
}

Result<Position> SqliteEventStore::head()
{
    (void)m_log.check(); // which has SQLite forget pages that are another log's
    return m_connection->prepare("SELECT position FROM event ORDER BY position DESC LIMIT 1")
        .number(0);
}

Result<Position> SqliteEventStore::lastPosition()
{
    const auto found = head();
    if (found || found.error().code != ErrorCode::Corrupt)
        return found;
    const auto known = m_headFile.read();
    Position last = known ? known->position : 0;
    // As far as they can be read.
    auto statement = m_connection->prepare("SELECT head_position FROM stream ORDER BY id");
    for (auto row = statement.step(); row && *row; row = statement.step())
        last = std::max(last, statement.integer(0));
    return last > 0 ? Result(last) : found;
}

Result<std::optional<EventHash>> SqliteEventStore::hashAt(Position position)
{
    if (position == 0)
        return std::optional(EventHash {});
    const auto hash = m_events.hashAt(position);
    return hash ? Result(std::optional(*hash)) : hash.error();
}

Result<qint64> SqliteEventStore::dataVersion()
{
    return m_connection->prepare("PRAGMA data_version").number(0);
}

Result<bool> SqliteEventStore::hasChanged()
{
    const auto version = dataVersion();
    if (!version)
        return version.error();
    const qint64 reopenings = m_connection->reopenings();
    const bool isReopened = std::exchange(m_reopenings, reopenings) != reopenings;
    return std::exchange(m_dataVersion, *version) != *version || isReopened;
}

Result<QList<Event>> SqliteEventStore::readLog(Position from, int limit)
{
    return m_events.readLog(from, limit);
}

Result<QList<Event>> SqliteEventStore::readAt(const QList<Position>& positions)
{
    return m_events.readAt(positions);
}

Result<void> SqliteEventStore::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return m_events.scanAt(positions, columns, cancel, visitor);
}

Result<QList<Event>> SqliteEventStore::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    return m_events.readStream(stream, after, upTo, limit);
}

Result<void> SqliteEventStore::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    return m_events.scanStream(stream, after, upTo, columns, visitor);
}

Result<void> SqliteEventStore::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return m_events.scanLog(from, to, columns, cancel, visitor);
}

Result<void> SqliteEventStore::scanSelected(const LogSelection& selection, Position from,
    Position to, ScanColumns columns, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    return m_selectionScan.run(selection, from, to, columns, cancel, visitor);
}

Result<std::optional<StreamInfo>> SqliteEventStore::findStream(const QString& name)
{
    return m_streams.findStream(name);
}

Result<qint64> SqliteEventStore::streamCountAt(Position position)
{
    return m_streams.streamCountAt(position);
}

Result<QList<StreamAt>> SqliteEventStore::streamsAt(Position position, StreamId first, int limit)
{
    return m_streams.streamsAt(position, first, limit);
}

Result<void> SqliteEventStore::scanStreamNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    return m_streams.scanNames(first, last, visitor);
}

Result<qint64> SqliteEventStore::categoryCountAt(Position position)
{
    return m_streams.categoryCountAt(position);
}

Result<QList<CategoryAt>> SqliteEventStore::categoriesAt(Position position, qint64 first, int limit)
{
    return m_streams.categoriesAt(position, first, limit);
}

Result<QList<StreamAt>> SqliteEventStore::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    return m_streams.streamsOfCategoryAt(category, position, skip, limit);
}

Result<QList<StreamAt>> SqliteEventStore::searchStreams(
    const QString& text, Position position, StreamId after, int limit, const CancelToken& cancel)
{
    return m_streams.searchStreams(text, position, after, limit, cancel);
}

Result<StreamVersion> SqliteEventStore::versionAt(StreamId stream, Position position)
{
    return m_streams.versionAt(stream, position);
}

Result<Position> SqliteEventStore::positionOf(StreamId stream, StreamVersion version)
{
    return m_streams.positionOf(stream, version);
}

Result<Position> SqliteEventStore::positionAtTime(Timestamp time)
{
    return m_streams.positionAtTime(time);
}

Result<QStringList> SqliteEventStore::types()
{
    return m_events.types();
}

Result<void> SqliteEventStore::checkWritable()
{
    if (!m_readOnlyReason.isEmpty())
        return Error { ErrorCode::ReadOnly,
            QCoreApplication::translate("SqliteStore", "%1 can only be read: %2.")
                .arg(location(), m_readOnlyReason) };
    if (const QString damage = damageRefusal(location()); !damage.isEmpty())
        return Error { ErrorCode::ReadOnly,
            QCoreApplication::translate("SqliteStore", "%1: nothing was stored. %2")
                .arg(location(), damage) };
    // A second name may have come later.
    if (hasOtherName(location()))
        if (const QString reason = otherNameReason(location()); !reason.isEmpty())
            return Error { ErrorCode::ReadOnly,
                QCoreApplication::translate("SqliteStore", "%1 cannot be written: %2.")
                    .arg(location(), reason) };
    // What is written to a file without a name is gone when it is closed, and what goes by pages in
    // memory that are another log's in the file would destroy that.
    const auto place = m_place.check();
    return place ? m_log.check() : place;
}

Result<AppendOutcome> SqliteEventStore::append(const AppendRequest& request)
{
    if (const auto writable = checkWritable(); !writable)
        return writable.error();
    return m_appender.append(request);
}

Result<std::unique_ptr<BulkAppend>> SqliteEventStore::beginBulk()
{
    if (const auto writable = checkWritable(); !writable)
        return writable.error();
    return SqliteBulkAppend::begin(*m_connection, m_events, m_chain, m_headFile, m_place, m_log);
}

Result<qint64> SqliteEventStore::verify(const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    return SqliteVerifier(*this, *m_connection, m_events, m_headFile, report).run(cancel, progress);
}

} // namespace eventloupe
