#pragma once

#include "branch/branchoverlay.h"
#include "branch/openbranches.h"
#include "store/eventstore.h"

#include <functional>
#include <memory>

namespace eventloupe {

/// A branch as a store: the log below it, which it never writes to, with the branch's changes laid
/// over it. What is asked costs what it costs there, and O(log n) of the changes.
///
/// It ends where the branch does, however the log grows. Appends go to the branch's end; they are
/// as lasting as the branch, and its other connections see them. It keeps no hashes.
class BranchEventStore final : public EventStore {
public:
    /// Waits until the log is counted up to the branch's position. NotFound where the log does not
    /// reach it, or holds other events; Unsupported where its streams link to others' events.
    static Result<std::unique_ptr<EventStore>> open(std::unique_ptr<EventStore> base,
        const std::shared_ptr<SharedBranch>& branch, const QString& location);
    ~BranchEventStore() override;

    /// The changes, with what other connections appended until now.
    Result<std::shared_ptr<const BranchOverlay>> overlay() { return current(); }
    [[nodiscard]] EventStore& base() const { return *m_base; }
    [[nodiscard]] BaseLog& baseLog() { return m_log; }
    [[nodiscard]] const SharedBranch& shared() const { return *m_shared; }

    [[nodiscard]] QString location() const override { return m_location; }
    [[nodiscard]] QString readOnlyReason() const override { return {}; }
    [[nodiscard]] QString openingFault() const override { return {}; }
    [[nodiscard]] FileIdentity identity() const override { return m_base->identity(); }

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
    void interrupt() override { m_base->interrupt(); }

    /// Appends events of any streams as one edit, where nobody has appended since head() was asked;
    /// else false. For this room.
    Result<bool> appendEvents(const QList<BranchEvent>& events);
    /// The event with this id, or nothing. For this room.
    Result<std::optional<Event>> findById(const QString& id);

private:
    using OverlayPointer = std::shared_ptr<const BranchOverlay>;
    using Visitor = std::function<bool(const EventView&)>;

    BranchEventStore(std::unique_ptr<EventStore> base, std::shared_ptr<SharedBranch> branch,
        QString location, Position last);
    Result<void> catchUp();
    Result<OverlayPointer> current();

    // Of streams; position as on the branch.
    [[nodiscard]] static StreamInfo infoOf(const BranchOverlay::Touched& stream);
    Result<StreamInfo> infoOf(const BranchOverlay& overlay, const StreamInfo& base);
    Result<StreamAt> streamAt(
        const BranchOverlay& overlay, const BranchOverlay::Touched& stream, Position position);
    Result<StreamAt> streamAt(
        const BranchOverlay& overlay, const StreamAt& base, Position position);
    Result<StreamVersion> versionOf(
        const BranchOverlay& overlay, const BranchOverlay::Touched& stream, Position position);
    Result<qint64> countOf(const BranchOverlay& overlay,
        const BranchOverlay::TouchedCategory& category, Position position);
    Result<QList<StreamAt>> streamsOfTouched(const BranchOverlay& overlay,
        const BranchOverlay::TouchedCategory& category, Position position, qint64 skip, int limit);
    Result<std::optional<qint64>> baseOf(const BranchOverlay& overlay, StreamId stream);
    Result<Position> firstUse(const QString& type);
    Result<qsizetype> typesInBase(const QStringList& all);

    std::unique_ptr<EventStore> m_base;
    std::shared_ptr<SharedBranch> m_shared;
    QString m_location;
    BaseLog m_log;
    OverlayPointer m_overlay;
    qsizetype m_revision = -1; ///< Of the branch, as it is in the overlay.
    Position m_told = 0; ///< hasChanged() was asked at this head.
};

} // namespace eventloupe
