#pragma once

#include "store/eventstore.h"

namespace eventloupe {

/// Passes every call on to another store; a test overrides what it wants to come between.
class PassingStore : public EventStore {
public:
    explicit PassingStore(EventStore& store)
        : m_store(store)
    {
    }

    QString location() const override { return m_store.location(); }
    QString readOnlyReason() const override { return m_store.readOnlyReason(); }
    QString openingFault() const override { return m_store.openingFault(); }
    Result<Position> head() override { return m_store.head(); }
    Result<std::optional<EventHash>> hashAt(Position position) override
    {
        return m_store.hashAt(position);
    }
    Result<bool> hasChanged() override { return m_store.hasChanged(); }
    Result<QList<Event>> readLog(Position from, int limit) override
    {
        return m_store.readLog(from, limit);
    }
    Result<QList<Event>> readAt(const QList<Position>& positions) override
    {
        return m_store.readAt(positions);
    }
    Result<void> scanAt(const QList<Position>& positions, ScanColumns columns,
        const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor) override
    {
        return m_store.scanAt(positions, columns, cancel, visitor);
    }
    Result<QList<Event>> readStream(
        StreamId stream, StreamVersion after, Position upTo, int limit) override
    {
        return m_store.readStream(stream, after, upTo, limit);
    }
    Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const std::function<bool(const EventView&)>& visitor) override
    {
        return m_store.scanStream(stream, after, upTo, columns, visitor);
    }
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) override
    {
        return m_store.scanLog(from, to, columns, cancel, visitor);
    }
    Result<void> scanSelected(const LogSelection& selection, Position from, Position to,
        ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) override
    {
        return m_store.scanSelected(selection, from, to, columns, cancel, visitor);
    }
    Result<std::optional<StreamInfo>> findStream(const QString& name) override
    {
        return m_store.findStream(name);
    }
    Result<qint64> streamCountAt(Position position) override
    {
        return m_store.streamCountAt(position);
    }
    Result<QList<StreamAt>> streamsAt(Position position, StreamId first, int limit) override
    {
        return m_store.streamsAt(position, first, limit);
    }
    Result<void> scanStreamNames(StreamId first, StreamId last,
        const std::function<void(StreamId, std::string_view)>& visitor) override
    {
        return m_store.scanStreamNames(first, last, visitor);
    }
    Result<qint64> categoryCountAt(Position position) override
    {
        return m_store.categoryCountAt(position);
    }
    Result<QList<CategoryAt>> categoriesAt(Position position, qint64 first, int limit) override
    {
        return m_store.categoriesAt(position, first, limit);
    }
    Result<QList<StreamAt>> streamsOfCategoryAt(
        qint64 category, Position position, qint64 skip, int limit) override
    {
        return m_store.streamsOfCategoryAt(category, position, skip, limit);
    }
    Result<QList<StreamAt>> searchStreams(const QString& text, Position position, StreamId after,
        int limit, const CancelToken& cancel) override
    {
        return m_store.searchStreams(text, position, after, limit, cancel);
    }
    Result<StreamVersion> versionAt(StreamId stream, Position position) override
    {
        return m_store.versionAt(stream, position);
    }
    Result<Position> positionOf(StreamId stream, StreamVersion version) override
    {
        return m_store.positionOf(stream, version);
    }
    Result<Position> positionAtTime(Timestamp time) override
    {
        return m_store.positionAtTime(time);
    }
    Result<QStringList> types() override { return m_store.types(); }
    Result<AppendOutcome> append(const AppendRequest& request) override
    {
        return m_store.append(request);
    }
    Result<std::unique_ptr<BulkAppend>> beginBulk() override { return m_store.beginBulk(); }
    Result<qint64> verify(const CancelToken& cancel, const std::function<void(Position)>& progress,
        const std::function<void(const StoreFault&)>& report) override
    {
        return m_store.verify(cancel, progress, report);
    }
    void interrupt() override { m_store.interrupt(); }

private:
    EventStore& m_store;
};

} // namespace eventloupe
