#pragma once

#include "foreign/foreignselectionscan.h"
#include "foreign/foreignstreamreader.h"
#include "store/piecescan.h"
#include "store/storenotices.h"

namespace eventloupe {

/// The store of another library, opened as it is and for reading only.
///
/// A position is the rank of an event in the log's order, a version its number in its stream:
/// dense, as EventStore promises, whatever gaps the library's own numbers have; those are
/// Event::origin. head() grows while the events are counted.
class ForeignEventStore final : public EventStore, public AnnouncingStore {
public:
    ForeignEventStore(QString location, std::unique_ptr<ForeignDatabase> database,
        std::shared_ptr<ForeignLog> log);

    [[nodiscard]] QString location() const override { return m_location; }
    [[nodiscard]] QString readOnlyReason() const override;
    [[nodiscard]] QString openingFault() const override { return {}; }
    [[nodiscard]] QString library() const override { return m_log->profile().title; }
    [[nodiscard]] bool hasLinkedStreams() const override { return m_log->sql().hasLinks(); }
    [[nodiscard]] Counting counting() const override { return m_log->counting(); }
    [[nodiscard]] QStringList advice() const override { return m_log->store().advice(); }
    [[nodiscard]] FileIdentity identity() const override { return m_identity; }

    void setNotices(StoreNotices notices) override;
    [[nodiscard]] bool announcesGrowth() const override { return false; }
    [[nodiscard]] bool isTroubled() const override { return m_outage.has_value(); }
    void tryNow() override;
    [[nodiscard]] StoreServer server() const override { return m_database->server(); }

    Result<Position> head() override;
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
    /// What is wrong with a piece of the log, by this store's own connection; see verify().
    Result<std::vector<StoreFault>> verifyPiece(const LogPiece& piece, const CancelToken& cancel);

private:
    template <class T> Result<T> checked(T value);
    [[nodiscard]] Error readOnly() const;
    void noteOutage();

    const QString m_location;
    const std::unique_ptr<ForeignDatabase> m_database;
    const std::shared_ptr<ForeignLog> m_log;
    const FileIdentity m_identity;
    ForeignEventReader m_events;
    ForeignStreamReader m_streams;
    ForeignSelectionScan m_selectionScan;
    Position m_seenHead = 0;
    StoreNotices m_notices;
    std::optional<ForeignOutage> m_outage; ///< As it was told last.
};

} // namespace eventloupe
