#include "time/replayorder.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace eventloupe {

namespace {

constexpr Position positionsPerRange = 4096;
constexpr std::size_t mostBytesAhead = 32U << 20U;
/// Nobody wakes a waiting worker when the replay is cancelled.
constexpr std::chrono::milliseconds patience(20);

std::size_t bytesOf(const ReplayPiece& piece)
{
    std::size_t bytes = piece.bytes.size() + piece.names.size();
    for (const auto& rows : piece.rows)
        bytes += rows.size() * sizeof(ReplayPiece::Row);
    return bytes;
}

Error damaged(const ReplayPiece::Rise& rise)
{
    return { ErrorCode::Corrupt,
        QCoreApplication::translate("Replayer",
            "Event %1 is in stream number %2, which is not the next new one: the store is damaged. "
            "Verify it, and restore it from a copy.")
            .arg(rise.position)
            .arg(rise.stream) };
}

} // namespace

ReplayOrder::ReplayOrder(Position to, std::size_t shards, const CancelToken& cancel)
    : m_to(to)
    , m_cancel(cancel)
    , m_folded(shards)
{
}

ReplayOrder::Task ReplayOrder::next(std::size_t shard, Range* range)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_error || m_cancel.isCancelled())
            return {};
        if (m_folded[shard] < m_gone + m_ready.size())
            return { m_ready[m_folded[shard] - m_gone].get(), nullptr };
        if (m_admitted >= m_to)
            return {};
        if (range != nullptr && mayRead(*range)) {
            if (m_spare.empty())
                return { nullptr, std::make_unique<ReplayPiece>() };
            Task task { nullptr, std::move(m_spare.back()) };
            m_spare.pop_back();
            return task;
        }
        m_changed.wait_for(lock, patience);
    }
}

/// Takes a new range where there is none. The next piece in order may be read however much waits,
/// since all else waits for it.
bool ReplayOrder::mayRead(Range& range)
{
    if (range.isEmpty()) {
        if (m_given >= m_to || (m_bytes > mostBytesAhead && m_given > m_admitted))
            return false;
        range = { m_given + 1, std::min(m_to, m_given + positionsPerRange) };
        m_given = range.last;
    }
    return m_bytes <= mostBytesAhead || range.first == m_admitted + 1;
}

void ReplayOrder::finish(std::size_t shard)
{
    const std::scoped_lock lock(m_mutex);
    ++m_folded[shard];
    while (!m_ready.empty() && *std::min_element(m_folded.begin(), m_folded.end()) > m_gone) {
        m_bytes -= bytesOf(*m_ready.front());
        m_spare.push_back(std::move(m_ready.front()));
        m_ready.pop_front();
        ++m_gone;
        m_changed.notify_all();
    }
}

void ReplayOrder::publish(std::unique_ptr<ReplayPiece> piece)
{
    const std::scoped_lock lock(m_mutex);
    m_bytes += bytesOf(*piece);
    const Position first = piece->first;
    m_early.emplace(first, std::move(piece));
    for (auto next = m_early.find(m_admitted + 1); next != m_early.end() && !m_error;
         next = m_early.find(m_admitted + 1)) {
        std::unique_ptr<ReplayPiece> admitted = std::move(next->second);
        m_early.erase(next);
        admit(std::move(admitted));
    }
    m_changed.notify_all();
}

/// Looks at the piece that is next in order, and makes it ready to be folded.
void ReplayOrder::admit(std::unique_ptr<ReplayPiece> piece)
{
    for (const ReplayPiece::Rise& rise : piece->rises) {
        if (rise.stream < 1 || rise.stream > std::max(m_streams + 1, m_linkedStreams)) {
            m_error = damaged(rise);
            return;
        }
        m_streams = std::max(m_streams, rise.stream);
    }
    if (piece->error) {
        m_error = piece->error;
        return;
    }
    m_admitted = piece->last;
    m_ready.push_back(std::move(piece));
}

void ReplayOrder::fail(const Error& error)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_error)
        m_error = error;
    m_changed.notify_all();
}

} // namespace eventloupe
