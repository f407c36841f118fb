#pragma once

#include "postgres/postgresappender.h"
#include "postgres/postgreslistener.h"
#include "postgres/postgresschema.h"
#include "postgres/postgresselectionscan.h"
#include "postgres/postgresstreamreader.h"
#include "store/openstore.h"
#include "store/storenotices.h"

namespace eventloupe {

/// A store in a schema of a PostgreSQL database; resources/sql/postgres.sql says what it is made
/// of. It reads on one connection, which can do no more, and appends on another, opened when it is
/// first needed: where the location names several hosts, that is to the one that takes writes.
/// Outages pass: see PostgresSession.
class PostgresEventStore final : public EventStore, public AnnouncingStore {
public:
    /// How long calls try again while the server is away, and how long a silent one is waited for.
    struct Patience {
        std::chrono::milliseconds reading { 8'000 };
        std::chrono::milliseconds appending { 60'000 };
        std::chrono::milliseconds answer { 20'000 };
    };
    static Result<std::unique_ptr<EventStore>> open(
        const QString& location, OpenMode mode, const Patience& patience);
    static Result<std::unique_ptr<EventStore>> open(const QString& location, OpenMode mode)
    {
        return open(location, mode, Patience());
    }
    /// How a store at that location is connected to, with its schema's name; InvalidArgument.
    static Result<PostgresOptions> optionsOf(const QString& location);
    ~PostgresEventStore() override;

    [[nodiscard]] QString location() const override { return m_options.address.location; }
    [[nodiscard]] QString readOnlyReason() const override { return m_readOnlyReason; }
    [[nodiscard]] QString openingFault() const override { return {}; }
    /// Of the connection that reads, as it was at open.
    [[nodiscard]] const PostgresTransport& transport() const { return m_transport; }

    void setNotices(StoreNotices notices) override;
    [[nodiscard]] bool announcesGrowth() const override;
    [[nodiscard]] bool isTroubled() const override { return m_reader.isTroubled(); }
    void tryNow() override;
    [[nodiscard]] StoreServer server() const override;

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
    void interrupt() override;

private:
    PostgresEventStore(PostgresOptions options, PostgresSchema schema, const Patience& patience);
    Result<void> findWhyReadOnly(PostgresConnection& connection, OpenMode mode);
    Result<void> prepareReader(PostgresConnection& connection);
    Result<void> prepareWriter(PostgresConnection& connection);
    [[nodiscard]] Result<void> checkSame(PostgresConnection& connection) const;
    [[nodiscard]] Result<void> checkNothingLost(PostgresConnection& connection) const;
    [[nodiscard]] Result<void> checkWritable() const;
    [[nodiscard]] PostgresOptions writerOptions() const;
    [[nodiscard]] bool isEmpty();
    void awaitReader(Position position);

    const PostgresOptions m_options;
    const PostgresSchema m_schema;
    const Patience m_patience;
    PostgresTransport m_transport;
    QString m_readOnlyReason;
    /// The farthest head that was seen, and the hash of its event.
    PostgresHead m_known;
    Position m_reported = 0; ///< By hasChanged().
    HashChain m_chain;
    PostgresSession m_reader;
    PostgresSession m_writer;
    PostgresNames m_names;
    PostgresEventReader m_events;
    PostgresStreamReader m_streams;
    PostgresSelectionScan m_selectionScan;
    PostgresAppender m_appender;
    std::unique_ptr<PostgresListener> m_listener;
};

/// Makes openStore() know PostgreSQL; see addStoreKind().
void addPostgresStores();

} // namespace eventloupe
