#include "ui/store/verifyrun.h"

#include "store/damagenotice.h"
#include "store/maskedeventstore.h"
#include "store/openstore.h"
#include "store/unprovenend.h"
#include "value/aside.h"

#include <QList>

#include <mutex>
#include <optional>
#include <utility>

namespace eventloupe {

namespace {
constexpr int pollMilliseconds = 100;
} // namespace

struct VerifyRun::Findings {
    const qsizetype most;
    explicit Findings(qsizetype limit)
        : most(limit)
        , ranges([this](const FaultRange& range) {
            if (faults.size() < most)
                faults.append(range);
            else
                passed += range.count();
        })
    {
    }

    std::mutex mutex;
    FaultRanges ranges;
    QList<FaultRange> faults;
    QList<RepairNote> notes;
    qint64 passed = 0; ///< Behind those.
    qint64 found = 0; ///< Faults, with those that were taken.

    void add(const StoreFault& fault)
    {
        const std::scoped_lock lock(mutex);
        ++found;
        ranges.add(fault);
    }
    void add(const RepairNote& note)
    {
        const std::scoped_lock lock(mutex);
        if (!notes.isEmpty() && continues(notes.constLast(), note))
            notes.last().last = note.last;
        else if (notes.size() < most)
            notes.append(note);
        else
            ++passed;
    }
    void finish()
    {
        const std::scoped_lock lock(mutex);
        ranges.finish();
    }
    qint64 count()
    {
        const std::scoped_lock lock(mutex);
        return found;
    }
    template <class T> QList<T> take(QList<T>& list)
    {
        const std::scoped_lock lock(mutex);
        return std::exchange(list, {});
    }
    qint64 takePassed()
    {
        const std::scoped_lock lock(mutex);
        return std::exchange(passed, 0);
    }
};

VerifyRun::VerifyRun(StoreClient& client, QObject* parent, qsizetype most)
    : QObject(parent)
    , m_client(&client)
    , m_most(most)
{
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &VerifyRun::tell);
    connect(m_client, &StoreClient::closed, this, &VerifyRun::abandon);
}

VerifyRun::VerifyRun(const QString& file, QObject* parent)
    : QObject(parent)
    , m_file(file)
{
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &VerifyRun::tell);
}

VerifyRun::~VerifyRun()
{
    m_cancel.cancel();
}

qint64 VerifyRun::faults() const
{
    return m_findings ? m_findings->count() : 0;
}

QString VerifyRun::library() const
{
    return m_client ? m_client->facts().library : QString();
}

// The token is our own: a job whose client token is cancelled answers nothing.
template <class T>
void VerifyRun::run(const std::function<Result<T>(EventStore&)>& job,
    const std::function<void(const Result<T>&)>& done)
{
    if (m_client) {
        m_client->run<T>(
            StoreClient::Lane::Background, this,
            [job](EventStore& store, const CancelToken&) { return job(store); }, done);
        return;
    }
    runAside(
        this,
        [file = m_file, job]() -> Result<T> {
            const auto store = openStore(file, OpenMode::ReadOnly);
            return store ? job(**store) : store.error();
        },
        done);
}

bool VerifyRun::begin()
{
    if (m_running || !hasStore())
        return false;
    m_running = true;
    m_progress = Progress();
    m_cancel = CancelToken();
    m_findings = std::make_shared<Findings>(m_most);
    m_poll.start();
    return true;
}

void VerifyRun::tell()
{
    emit progressed(m_progress.done(), m_progress.total());
    if (const auto faults = m_findings->take(m_findings->faults); !faults.isEmpty())
        emit found(faults);
    if (const auto notes = m_findings->take(m_findings->notes); !notes.isEmpty())
        emit noted(notes);
    if (const qint64 more = m_findings->takePassed(); more > 0)
        emit passed(more);
}

void VerifyRun::end()
{
    m_poll.stop();
    m_findings->finish();
    tell();
    m_running = false;
}

/// The store was closed: no answer of it comes any more.
void VerifyRun::abandon()
{
    if (!m_running)
        return;
    m_cancel.cancel();
    end();
    emit failed({ ErrorCode::Cancelled, tr("The store was closed.") });
}

void VerifyRun::cancel()
{
    m_cancel.cancel();
}

void VerifyRun::verify()
{
    if (!begin())
        return;
    run<VerifySummary>(
        [findings = m_findings, progress = m_progress, cancel = m_cancel](
            EventStore& store) -> Result<VerifySummary> {
            if (!waitUntilCounted(store, cancel))
                return Error { ErrorCode::Cancelled, tr("cancelled") };
            const auto head = store.head();
            progress.setTotal(head ? *head : 0);
            const auto events = store.verify(
                cancel, [&progress](Position position) { progress.setDone(position); },
                [&findings](const StoreFault& fault) { findings->add(fault); });
            if (!events)
                return events.error();
            // What a disk failed to give once is there.
            if (canRepair(store) && findings->count() == 0)
                DamageNotice::instance().forget(trueStore(store).location());
            return VerifySummary { *events, canRepair(store), unprovenEnd(store) };
        },
        [this](const Result<VerifySummary>& result) {
            end();
            if (result)
                emit finished(*result);
            else
                emit failed(result.error());
        });
}

void VerifyRun::repair(const QString& file)
{
    if (!begin())
        return;
    run<RepairSummary>(
        [file, findings = m_findings, progress = m_progress, cancel = m_cancel](EventStore& store) {
            return repairStore(store, file, progress, cancel,
                [&findings](const RepairNote& note) { findings->add(note); });
        },
        [this, file](const Result<RepairSummary>& result) {
            end();
            if (result)
                emit repaired(file, *result);
            else
                emit failed(result.error());
        });
}

} // namespace eventloupe
