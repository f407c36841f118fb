#include "time/replayshard.h"

#include <system_error>

namespace eventloupe {

namespace {

constexpr std::size_t eventsPerBatch = 1024;
constexpr std::size_t bytesPerBatch = 1U << 20U;
constexpr std::size_t batchesQueued = 4;

} // namespace

/// An event whose texts are in its batch's bytes, one after the other.
struct ReplayShard::PackedEvent {
    EventView event; ///< Its views hold lengths only: the bytes move while the batch grows.
    std::size_t offset = 0;

    static PackedEvent pack(const EventView& event, std::string& bytes)
    {
        const PackedEvent packed { event, bytes.size() };
        for (const auto text : { event.stream, event.type, event.id, event.data, event.metadata })
            bytes.append(text);
        return packed;
    }

    [[nodiscard]] EventView unpack(const std::string& bytes) const
    {
        EventView view = event;
        const char* at = bytes.data() + offset;
        for (std::string_view* text :
            { &view.stream, &view.type, &view.id, &view.data, &view.metadata }) {
            *text = { at, text->size() };
            at += text->size();
        }
        return view;
    }
};

ReplayShard::ReplayShard(const Evolver& evolver, qint64 shards)
    : m_evolver(evolver)
    , m_shards(shards)
{
}

ReplayShard::~ReplayShard()
{
    endThread(true);
}

void ReplayShard::startThread()
{
    try {
        m_thread = std::thread([this] { serve(); });
    } catch (const std::system_error&) {
        // Out of threads: add() folds by itself, slower and as well.
    }
}

void ReplayShard::add(const EventView& event)
{
    if (!m_thread.joinable()) {
        fold(event);
        return;
    }
    m_filling.events.push_back(PackedEvent::pack(event, m_filling.bytes));
    if (m_filling.events.size() >= eventsPerBatch || m_filling.bytes.size() >= bytesPerBatch)
        handOver();
}

void ReplayShard::finish()
{
    if (m_thread.joinable() && !m_filling.events.empty())
        handOver();
    endThread(false);
}

void ReplayShard::fold(const EventView& event)
{
    const auto index = static_cast<std::size_t>((event.streamId - 1) / m_shards);
    if (index >= m_streams.size())
        m_streams.resize(index + 1);
    Stream& stream = m_streams[index];
    if (event.version == 1)
        stream = { toBytes(event.stream), initialStateOf(event.stream) };
    if (!m_evolver.evolve(stream.state, event))
        ++m_failures;
}

void ReplayShard::handOver()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_queue.size() < batchesQueued; });
    m_queue.push_back(std::exchange(m_filling, {}));
    lock.unlock();
    m_changed.notify_one();
}

/// The thread: folds batches until the queue is closed and empty.
void ReplayShard::serve()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isClosed || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        const Batch batch = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        m_changed.notify_one();
        for (const PackedEvent& packed : batch.events)
            fold(packed.unpack(batch.bytes));
    }
}

void ReplayShard::endThread(bool isAbandoned)
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
        if (isAbandoned)
            m_queue.clear();
    }
    m_changed.notify_one();
    m_thread.join();
}

const AggregateState& ReplayShard::initialStateOf(std::string_view stream)
{
    const std::string_view name = stream.substr(0, stream.find('-'));
    const auto key = QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size()));
    const auto known = m_initialStates.constFind(key);
    if (known != m_initialStates.cend())
        return *known;
    const QByteArray category = toBytes(name);
    return *m_initialStates.insert(category, m_evolver.initialState(QString::fromUtf8(category)));
}

} // namespace eventloupe
