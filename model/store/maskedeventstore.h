#pragma once

#include "mask/masks.h"
#include "store/eventstore.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace eventloupe {

/// Finds what is masked of one event after another. One thread.
class EventMasker {
public:
    explicit EventMasker(std::shared_ptr<const Masks> masks)
        : m_masks(std::move(masks))
    {
    }

    /// Makes the event what may be shown. The view needs its type, and its stream's name; what is
    /// masked is valid until the next call.
    void mask(EventView& event);
    void mask(Event& event);
    /// Of events in a stream of that category; valid until the next call.
    [[nodiscard]] const EventMask& of(std::string_view type, std::string_view category);

private:
    std::shared_ptr<const Masks> m_masks;
    std::unordered_map<std::string, EventMask> m_known; ///< By type and category.
    std::string m_key;
    QByteArray m_data;
    QByteArray m_metadata;
};

/// A store as it may be shown: the events that it hands out are masked, all else is that of the
/// store below it. What folds, decides, copies or verifies asks trueStore() for the events; so what
/// shows events is masked without a thought, and what is not says so.
class MaskedEventStore final : public EventStore {
public:
    /// `store` must outlive it.
    MaskedEventStore(EventStore& store, std::shared_ptr<const Masks> masks);
    MaskedEventStore(std::unique_ptr<EventStore> store, std::shared_ptr<const Masks> masks);

    [[nodiscard]] EventStore& below() const { return m_store; }
    [[nodiscard]] const std::shared_ptr<const Masks>& masks() const { return m_masks; }

    [[nodiscard]] QString location() const override { return m_store.location(); }
    [[nodiscard]] QString readOnlyReason() const override { return m_store.readOnlyReason(); }
    [[nodiscard]] QString openingFault() const override { return m_store.openingFault(); }
    [[nodiscard]] QString library() const override { return m_store.library(); }
    [[nodiscard]] bool hasLinkedStreams() const override { return m_store.hasLinkedStreams(); }
    [[nodiscard]] Counting counting() const override { return m_store.counting(); }
    [[nodiscard]] QStringList advice() const override { return m_store.advice(); }
    [[nodiscard]] FileIdentity identity() const override { return m_store.identity(); }

    Result<Position> head() override { return m_store.head(); }
    Result<std::optional<EventHash>> hashAt(Position position) override;
    Result<bool> hasChanged() override { return m_store.hasChanged(); }
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
    Result<QStringList> types() override { return m_store.types(); }
    Result<AppendOutcome> append(const AppendRequest& request) override;
    Result<std::unique_ptr<BulkAppend>> beginBulk() override { return m_store.beginBulk(); }
    Result<qint64> verify(const CancelToken& cancel, const std::function<void(Position)>& progress,
        const std::function<void(const StoreFault&)>& report) override;
    void interrupt() override { m_store.interrupt(); }

private:
    using Visitor = std::function<bool(const EventView&)>;
    [[nodiscard]] Result<QList<Event>> masked(Result<QList<Event>> events);
    /// Hands each event on, masked where its payload was asked for.
    [[nodiscard]] Visitor masking(ScanColumns columns, const Visitor& visitor);

    std::unique_ptr<EventStore> m_owned;
    EventStore& m_store;
    std::shared_ptr<const Masks> m_masks;
    EventMasker m_masker;
};

/// The store as it is, below the masks: for what folds, decides, copies or verifies.
[[nodiscard]] EventStore& trueStore(EventStore& store);
/// The masks that a store is seen through; never null.
[[nodiscard]] std::shared_ptr<const Masks> masksOf(const EventStore& store);
/// The store through the masks, or as it is where there are none.
[[nodiscard]] std::unique_ptr<EventStore> maskedStore(
    std::unique_ptr<EventStore> store, const std::shared_ptr<const Masks>& masks);

} // namespace eventloupe
