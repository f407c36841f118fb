#include "time/replayer.h"

#include "time/replayshard.h"

#include <openssl/evp.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QtEndian>
#include <QThread>

#include <algorithm>
#include <memory>
#include <vector>

namespace eventloupe {

namespace {

constexpr qint64 progressInterval = 10'000;
constexpr Position eventsWorthThreads = 20'000;

/// SHA-256 over values in an encoding without ambiguity: each text follows its length.
class Digest {
public:
    Digest()
        : m_context(EVP_MD_CTX_new())
    {
        EVP_DigestInit_ex(m_context, EVP_sha256(), nullptr);
    }
    ~Digest() { EVP_MD_CTX_free(m_context); }
    Q_DISABLE_COPY_MOVE(Digest)

    void add(qint64 number)
    {
        const qint64 bytes = qToLittleEndian(number);
        EVP_DigestUpdate(m_context, &bytes, sizeof bytes);
    }
    void add(const QByteArray& text)
    {
        add(static_cast<qint64>(text.size()));
        EVP_DigestUpdate(m_context, text.constData(), static_cast<std::size_t>(text.size()));
    }
    [[nodiscard]] QByteArray toHex()
    {
        QByteArray bytes(EVP_MD_size(EVP_sha256()), '\0');
        EVP_DigestFinal_ex(m_context, reinterpret_cast<unsigned char*>(bytes.data()), nullptr);
        return bytes.toHex();
    }

private:
    EVP_MD_CTX* m_context;
};

/// The shards of a replay; stream `id` is in shard (id - 1) % count.
class Shards {
public:
    Shards(const Evolver& evolver, Position to)
    {
        const bool isWorthThreads = to >= eventsWorthThreads;
        const int count = isWorthThreads ? std::clamp(QThread::idealThreadCount(), 1, 8) : 1;
        for (int i = 0; i < count; ++i) {
            m_shards.push_back(std::make_unique<ReplayShard>(evolver, count));
            if (isWorthThreads)
                m_shards.back()->startThread();
        }
    }

    /// False, and nothing is folded, where the event's stream is neither known nor the next new
    /// one: a store whose numbers are damaged.
    [[nodiscard]] bool fold(const EventView& event)
    {
        if (event.streamId < 1 || event.streamId > m_streams + 1)
            return false;
        m_streams = std::max(m_streams, event.streamId);
        const auto shard = static_cast<std::size_t>(event.streamId - 1) % m_shards.size();
        m_shards[shard]->add(event);
        ++m_events;
        return true;
    }

    [[nodiscard]] ReplaySummary summary()
    {
        ReplaySummary summary;
        summary.events = m_events;
        for (const auto& shard : m_shards) {
            shard->finish();
            summary.failures += shard->failures();
            summary.streams += static_cast<qint64>(shard->streams().size());
        }
        Digest digest;
        for (qint64 i = 0; i < summary.streams; ++i) {
            const auto number = static_cast<std::size_t>(i);
            const ReplayShard::Stream& stream
                = m_shards[number % m_shards.size()]->streams()[number / m_shards.size()];
            summary.existing += stream.state.exists ? 1 : 0;
            digest.add(stream.name);
            digest.add(stream.state.version);
            digest.add(stream.state.exists ? 1 : 0);
            digest.add(stream.state.value.toJson());
        }
        summary.digest = digest.toHex();
        return summary;
    }

private:
    std::vector<std::unique_ptr<ReplayShard>> m_shards;
    qint64 m_events = 0;
    StreamId m_streams = 0;
};

Error damaged(const EventView& event)
{
    return { ErrorCode::Corrupt,
        QCoreApplication::translate("Replayer",
            "Event %1 is in stream number %2, which is not the next new one: the store is damaged. "
            "Verify it, and restore it from a copy.")
            .arg(event.position)
            .arg(event.streamId) };
}

} // namespace

Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver, Position to,
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    QElapsedTimer timer;
    timer.start();
    Shards shards(evolver, to);
    std::optional<Error> fault;
    const auto visit = [&](const EventView& event) {
        if (!shards.fold(event)) {
            fault = damaged(event);
            return false;
        }
        if (progress && event.position % progressInterval == 0)
            progress(event.position);
        return true;
    };
    const auto scanned
        = store.scanLog(1, to, foldColumns(evolver) | ScanColumn::Stream, cancel, visit);
    if (!scanned)
        return scanned.error();
    if (fault)
        return *fault;
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled,
            QCoreApplication::translate("Replayer", "The replay was cancelled.") };
    ReplaySummary summary = shards.summary();
    summary.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return summary;
}

} // namespace eventloupe
