#include "time/replayer.h"

#include <openssl/evp.h>

#include <QElapsedTimer>
#include <QHash>
#include <QtEndian>

#include <vector>

namespace eventloupe {

namespace {

constexpr qint64 progressInterval = 10'000;

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

/// Every stream's state, at the index of its id: ids are dense in order of birth.
class AllStates {
public:
    explicit AllStates(const Evolver& evolver)
        : m_evolver(evolver)
    {
    }

    void fold(const EventView& event)
    {
        const auto index = static_cast<std::size_t>(event.streamId - 1);
        if (index >= m_states.size()) {
            m_states.resize(index + 1);
            m_names.resize(index + 1);
        }
        AggregateState& state = m_states[index];
        if (event.version == 1) {
            m_names[index] = toBytes(event.stream);
            state = initialStateOf(event.stream);
        }
        if (!m_evolver.evolve(state, event))
            ++m_failures;
        ++m_events;
    }

    [[nodiscard]] ReplaySummary summary() const
    {
        ReplaySummary summary;
        summary.events = m_events;
        summary.failures = m_failures;
        summary.streams = static_cast<qint64>(m_states.size());
        Digest digest;
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            const AggregateState& state = m_states[i];
            summary.existing += state.exists ? 1 : 0;
            digest.add(m_names[i]);
            digest.add(state.version);
            digest.add(state.exists ? 1 : 0);
            digest.add(state.value.toJson());
        }
        summary.digest = digest.toHex();
        return summary;
    }

private:
    const AggregateState& initialStateOf(std::string_view stream)
    {
        const std::string_view name = stream.substr(0, stream.find('-'));
        const auto key = QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size()));
        const auto known = m_initialStates.constFind(key);
        if (known != m_initialStates.cend())
            return *known;
        const QByteArray category = toBytes(name);
        return *m_initialStates.insert(
            category, m_evolver.initialState(QString::fromUtf8(category)));
    }

    const Evolver& m_evolver;
    std::vector<AggregateState> m_states;
    std::vector<QByteArray> m_names;
    QHash<QByteArray, AggregateState> m_initialStates;
    qint64 m_events = 0;
    qint64 m_failures = 0;
};

} // namespace

Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver, Position to,
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    QElapsedTimer timer;
    timer.start();
    AllStates states(evolver);
    const auto visit = [&](const EventView& event) {
        states.fold(event);
        if (progress && event.position % progressInterval == 0)
            progress(event.position);
        return true;
    };
    const auto scanned
        = store.scanLog(1, to, foldColumns(evolver) | ScanColumn::Stream, cancel, visit);
    if (!scanned)
        return scanned.error();
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled, QStringLiteral("replay was cancelled") };
    ReplaySummary summary = states.summary();
    summary.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return summary;
}

} // namespace eventloupe
