#include "store/maskedeventstore.h"

#include "value/category.h"

#include <utility>

namespace eventloupe {

namespace {

/// Categories may be as many as streams: what is known of more types in them is found anew.
constexpr std::size_t mostKnown = 10'000;

/// What tells how an event is masked.
ScanColumns withNames(ScanColumns columns)
{
    const bool isPayload
        = columns.testFlag(ScanColumn::Data) || columns.testFlag(ScanColumn::Metadata);
    return isPayload ? columns | ScanColumn::Type | ScanColumn::Stream : columns;
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

const EventMask& EventMasker::of(std::string_view type, std::string_view category)
{
    m_key.assign(type);
    m_key.push_back('\0');
    m_key.append(category);
    const auto found = m_known.find(m_key);
    if (found != m_known.end())
        return found->second;
    if (m_known.size() >= mostKnown)
        m_known.clear();
    return m_known.emplace(m_key, m_masks->ofEvent(textOf(type), textOf(category))).first->second;
}

void EventMasker::mask(EventView& event)
{
    const EventMask& masks = of(event.type, categoryOf(event.stream));
    if (masks.data.mask(event.data, m_data))
        event.data = viewOf(m_data);
    if (masks.metadata.mask(event.metadata, m_metadata))
        event.metadata = viewOf(m_metadata);
}

void EventMasker::mask(Event& event)
{
    const QByteArray type = event.type.toUtf8();
    const QByteArray stream = event.stream.toUtf8();
    (void)of(viewOf(type), categoryOf(viewOf(stream))).mask(event.data, event.metadata);
}

MaskedEventStore::MaskedEventStore(EventStore& store, std::shared_ptr<const Masks> masks)
    : m_store(store)
    , m_masks(std::move(masks))
    , m_masker(m_masks)
{
}

MaskedEventStore::MaskedEventStore(
    std::unique_ptr<EventStore> store, std::shared_ptr<const Masks> masks)
    : m_owned(std::move(store))
    , m_store(*m_owned)
    , m_masks(std::move(masks))
    , m_masker(m_masks)
{
}

Result<QList<Event>> MaskedEventStore::masked(Result<QList<Event>> events)
{
    if (events)
        for (Event& event : *events)
            m_masker.mask(event);
    return events;
}

MaskedEventStore::Visitor MaskedEventStore::masking(ScanColumns columns, const Visitor& visitor)
{
    if (withNames(columns) == columns && !columns.testFlag(ScanColumn::Data)
        && !columns.testFlag(ScanColumn::Metadata))
        return visitor;
    return [this, &visitor](const EventView& event) {
        EventView shown = event;
        m_masker.mask(shown);
        return visitor(shown);
    };
}

Result<std::optional<EventHash>> MaskedEventStore::hashAt(Position position)
{
    return m_store.hashAt(position);
}

Result<QList<Event>> MaskedEventStore::readLog(Position from, int limit)
{
    return masked(m_store.readLog(from, limit));
}

Result<QList<Event>> MaskedEventStore::readAt(const QList<Position>& positions)
{
    return masked(m_store.readAt(positions));
}

Result<void> MaskedEventStore::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return m_store.scanAt(positions, withNames(columns), cancel, masking(columns, visitor));
}

Result<QList<Event>> MaskedEventStore::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    return masked(m_store.readStream(stream, after, upTo, limit));
}

Result<void> MaskedEventStore::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    return m_store.scanStream(stream, after, upTo, withNames(columns), masking(columns, visitor));
}

Result<void> MaskedEventStore::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    return m_store.scanLog(from, to, withNames(columns), cancel, masking(columns, visitor));
}

Result<void> MaskedEventStore::scanSelected(const LogSelection& selection, Position from,
    Position to, ScanColumns columns, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    return m_store.scanSelected(
        selection, from, to, withNames(columns), cancel, masking(columns, visitor));
}

Result<std::optional<StreamInfo>> MaskedEventStore::findStream(const QString& name)
{
    return m_store.findStream(name);
}

Result<qint64> MaskedEventStore::streamCountAt(Position position)
{
    return m_store.streamCountAt(position);
}

Result<QList<StreamAt>> MaskedEventStore::streamsAt(Position position, StreamId first, int limit)
{
    return m_store.streamsAt(position, first, limit);
}

Result<void> MaskedEventStore::scanStreamNames(StreamId first, StreamId last,
    const std::function<void(StreamId, std::string_view)>& visitor)
{
    return m_store.scanStreamNames(first, last, visitor);
}

Result<qint64> MaskedEventStore::categoryCountAt(Position position)
{
    return m_store.categoryCountAt(position);
}

Result<QList<CategoryAt>> MaskedEventStore::categoriesAt(
    Position position, qint64 first, int limit)
{
    return m_store.categoriesAt(position, first, limit);
}

Result<QList<StreamAt>> MaskedEventStore::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    return m_store.streamsOfCategoryAt(category, position, skip, limit);
}

Result<QList<StreamAt>> MaskedEventStore::searchStreams(const QString& text, Position position,
    StreamId after, int limit, const CancelToken& cancel)
{
    return m_store.searchStreams(text, position, after, limit, cancel);
}

Result<StreamVersion> MaskedEventStore::versionAt(StreamId stream, Position position)
{
    return m_store.versionAt(stream, position);
}

Result<Position> MaskedEventStore::positionOf(StreamId stream, StreamVersion version)
{
    return m_store.positionOf(stream, version);
}

Result<Position> MaskedEventStore::positionAtTime(Timestamp time)
{
    return m_store.positionAtTime(time);
}

Result<AppendOutcome> MaskedEventStore::append(const AppendRequest& request)
{
    return m_store.append(request);
}

Result<qint64> MaskedEventStore::verify(const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    return m_store.verify(cancel, progress, report);
}

EventStore& trueStore(EventStore& store)
{
    auto* masked = dynamic_cast<MaskedEventStore*>(&store);
    return masked ? masked->below() : store;
}

std::shared_ptr<const Masks> masksOf(const EventStore& store)
{
    const auto* masked = dynamic_cast<const MaskedEventStore*>(&store);
    return masked ? masked->masks() : Masks::none();
}

std::unique_ptr<EventStore> maskedStore(
    std::unique_ptr<EventStore> store, const std::shared_ptr<const Masks>& masks)
{
    if (masks->isEmpty())
        return store;
    return std::make_unique<MaskedEventStore>(std::move(store), masks);
}

} // namespace eventloupe
