#include "time/replaydigest.h"

#include <openssl/evp.h>

#include <QtEndian>

#include <condition_variable>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

namespace eventloupe {

namespace {

constexpr std::size_t streamsPerPart = 2048;
constexpr std::size_t partsAhead = 16;

void append(std::string& out, qint64 number)
{
    const qint64 bytes = qToLittleEndian(number);
    out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
}

using Shards = std::vector<std::unique_ptr<ReplayShard>>;

std::size_t streamsOf(const Shards& shards)
{
    std::size_t streams = 0;
    for (const auto& shard : shards)
        streams += shard->streams();
    return streams;
}

/// Writes what is hashed, in parts of many streams, on several threads; the parts are taken in
/// order.
class DigestText {
public:
    DigestText(const Shards& shards, const CancelToken& cancel)
        : m_shards(shards)
        , m_cancel(cancel)
        , m_streams(streamsOf(shards))
    {
    }

    /// A helper: writes parts until there are no more.
    void write()
    {
        std::unique_lock lock(m_mutex);
        while (!isAtEnd()) {
            if (m_next < m_taken + partsAhead)
                writeNext(lock);
            else
                m_changed.wait(lock);
        }
    }

    /// The next part in order, or an empty one at the end; on one thread.
    std::string take()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (const auto part = m_parts.find(m_taken); part != m_parts.end()) {
                std::string text = std::move(part->second);
                m_parts.erase(part);
                ++m_taken;
                m_changed.notify_all();
                return text;
            }
            if (m_cancel.isCancelled() || m_taken * streamsPerPart >= m_streams) {
                m_changed.notify_all();
                return {};
            }
            if (isAtEnd())
                m_changed.wait(lock);
            else
                writeNext(lock);
        }
    }

private:
    [[nodiscard]] bool isAtEnd() const
    {
        return m_cancel.isCancelled() || m_next * streamsPerPart >= m_streams;
    }

    void writeNext(std::unique_lock<std::mutex>& lock)
    {
        const std::size_t part = m_next++;
        lock.unlock();
        std::string text = textOf(part);
        lock.lock();
        m_parts.emplace(part, std::move(text));
        m_changed.notify_all();
    }

    [[nodiscard]] std::string textOf(std::size_t part) const
    {
        std::string text;
        const std::size_t first = part * streamsPerPart;
        const std::size_t end = std::min(first + streamsPerPart, m_streams);
        for (std::size_t number = first; number < end; ++number) {
            const ReplayShard& shard = *m_shards[number % m_shards.size()];
            const std::size_t stream = number / m_shards.size();
            const LogState& state = shard.state(stream);
            append(text, static_cast<qint64>(shard.name(stream).size()));
            text.append(shard.name(stream));
            append(text, state.version);
            append(text, state.exists ? 1 : 0);
            const std::size_t sizeAt = text.size();
            append(text, 0);
            shard.appendJson(text, stream);
            qToLittleEndian(
                static_cast<qint64>(text.size() - sizeAt - sizeof(qint64)), text.data() + sizeAt);
        }
        return text;
    }

    const Shards& m_shards;
    const CancelToken& m_cancel;
    const std::size_t m_streams;
    std::mutex m_mutex; ///< Guards what is below.
    std::condition_variable m_changed;
    std::size_t m_next = 0;
    std::size_t m_taken = 0;
    std::map<std::size_t, std::string> m_parts;
};

QByteArray hashOf(DigestText& parts)
{
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    for (std::string text = parts.take(); !text.empty(); text = parts.take())
        EVP_DigestUpdate(context.get(), text.data(), text.size());
    QByteArray bytes(EVP_MD_size(EVP_sha256()), '\0');
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), nullptr);
    return bytes.toHex();
}

} // namespace

QByteArray replayDigest(const Shards& shards, const CancelToken& cancel)
{
    DigestText parts(shards, cancel);
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < shards.size(); ++i) {
        try {
            helpers.emplace_back([&parts] { parts.write(); });
        } catch (const std::system_error&) {
            break; // Out of threads: take() writes by itself.
        }
    }
    const QByteArray digest = hashOf(parts);
    for (std::thread& helper : helpers)
        helper.join();
    return cancel.isCancelled() ? QByteArray() : digest;
}

} // namespace eventloupe
