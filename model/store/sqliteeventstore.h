#pragma once

#include "store/fileplace.h"
#include "store/logidentity.h"
#include "store/openfiles.h"
#include "store/openstore.h"
#include "store/sqliteappender.h"
#include "store/sqlitedatabasecheck.h"
#include "store/sqlitelookupcheck.h"
#include "store/sqliteselectionscan.h"
#include "store/sqlitestorefile.h"
#include "store/sqlitetreemender.h"
#include "store/sqliteverifypiece.h"

namespace eventloupe {

/// The embedded store: one SQLite file and a head file beside it. The work is done by the readers,
/// the appender, the bulk load and the verifier over one connection.
class SqliteEventStore final : public EventStore {
public:
    static Result<std::unique_ptr<EventStore>> open(const QString& location, OpenMode mode);
    ~SqliteEventStore() override;
    SqliteEventStore(const SqliteEventStore&) = delete;
    SqliteEventStore& operator=(const SqliteEventStore&) = delete;

    [[nodiscard]] QString location() const override;
    [[nodiscard]] QString readOnlyReason() const override { return m_readOnlyReason; }
    [[nodiscard]] QString openingFault() const override { return m_openingFault; }

    Result<Position> head() override;
    Result<std::optional<EventHash>> hashAt(Position position) override;
    Result<bool> hasChanged() override;
    Result<QList<Event>> readLog(Position from, int limit) override;
    Result<QList<Event>> readAt(const QList<Position>& positions) override;
    Result<void> scanAt(const QList<Position>& positions, ScanColumns columns,
        const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor) override;
    Result<QList<Event>> readStream(
        StreamId stream, StreamVersion after, Position upTo, int limit) override;
    Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const std::function<bool(const EventView&)>& visitor) override;
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) override;
    Result<void> scanSelected(const LogSelection& selection, Position from, Position to,
        ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) override;
    Result<std::optional<StreamInfo>> findStream(const QString& name) override;
    Result<qint64> streamCountAt(Position position) override;
    Result<QList<StreamAt>> streamsAt(Position position, StreamId first, int limit) override;
    Result<void> scanStreamNames(StreamId first, StreamId last,
        const std::function<void(StreamId, std::string_view)>& visitor) override;
    Result<qint64> categoryCountAt(Position position) override;
    Result<QList<CategoryAt>> categoriesAt(Position position, qint64 first, int limit) override;
    Result<QList<StreamAt>> streamsOfCategoryAt(
        qint64 category, Position position, qint64 skip, int limit) override;
    Result<QList<StreamAt>> searchStreams(const QString& text, Position position, StreamId after,
        int limit, const CancelToken& cancel) override;
    Result<StreamVersion> versionAt(StreamId stream, Position position) override;
    Result<Position> positionOf(StreamId stream, StreamVersion version) override;
    Result<Position> positionAtTime(Timestamp time) override;
    Result<QStringList> types() override;
    Result<AppendOutcome> append(const AppendRequest& request) override;
    Result<std::unique_ptr<BulkAppend>> beginBulk() override;
    Result<qint64> verify(const CancelToken& cancel, const std::function<void(Position)>& progress,
        const std::function<void(const StoreFault&)>& report) override;
    [[nodiscard]] FileIdentity identity() const override { return m_place.identity(); }
    /// Whether the file and its log still are what bears their names, see FilePlace.
    [[nodiscard]] Result<void> checkPlace() const { return m_place.check(); }
    /// Whether the file still holds this log: see LogIdentity::check().
    [[nodiscard]] Result<void> checkLog() { return m_log.check(); }
    /// head(), or where the log's last page is damaged, what else is known of its end.
    Result<Position> lastPosition();
    [[nodiscard]] std::vector<LogPiece> piecesToVerify(Position head, Position eventsInPiece)
    {
        return eventloupe::piecesToVerify(*m_connection, head, eventsInPiece);
    }
    /// A piece of verify(), on this store's own connection.
    [[nodiscard]] VerifiedPiece verifyPiece(
        const LogPiece& piece, const PieceWish& wish, const CancelToken& cancel)
    {
        return eventloupe::verifyPiece(*m_connection, m_events, piece, wish, cancel);
    }
    /// SQLite's own check, on this store's own connection: its faults, for people.
    [[nodiscard]] DatabaseFaults checkDatabase(const IndexSums::Key& key,
        const std::function<SummedEvents()>& summed, const CancelToken& cancel)
    {
        return eventloupe::checkDatabase(*m_connection, key, summed, cancel);
    }
    /// The part of verify() that seeks, on this store's own connection, what a scan of another one
    /// of the same file meets.
    [[nodiscard]] Result<void> checkLookups(SqliteConnection& scans, SqliteEventReader& events,
        Position last, const CancelToken& cancel,
        const std::function<void(const StoreFault&)>& report)
    {
        return eventloupe::checkLookups(scans, *m_connection, events, last, cancel, report);
    }
    /// See sqlitetreemender.h; on this store's own connection.
    [[nodiscard]] Result<std::unique_ptr<SqlitePageCopy>> mendTrees(Position last,
        const QString& file, const Progress& progress, const CancelToken& cancel)
    {
        return eventloupe::mendTrees(*m_connection, last, file, progress, cancel);
    }
    void interrupt() override { m_connection->interrupt(); }

private:
    SqliteEventStore(
        StoreConnection connection, const QString& path, const FileIdentity& identity);
    Result<void> notice();
    Result<qint64> dataVersion();
    [[nodiscard]] Result<void> checkWritable();

    OpenFile m_open; ///< Until the connection is gone.
    std::unique_ptr<SqliteConnection> m_connection;
    FilePlace m_place;
    QString m_readOnlyReason;
    qint64 m_missingBytes; ///< Where the file was cut.
    QString m_openingFault;
    HeadFile m_headFile;
    HashChain m_chain;
    SqliteEventReader m_events;
    LogIdentity m_log;
    SqliteStreamReader m_streams;
    SqliteSelectionScan m_selectionScan;
    SqliteAppender m_appender;
    qint64 m_dataVersion = 0; ///< Of the connection as it was opened last.
    qint64 m_reopenings = 0;
};

} // namespace eventloupe
