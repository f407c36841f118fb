#include "store/storeworker.h"

#include "store/maskedeventstore.h"
#include "store/sqliteeventstore.h"
#include "store/storenotices.h"
#include "value/storelocation.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace eventloupe {

namespace {
/// Between two looks for growth where it is announced: should a word be lost.
constexpr std::chrono::milliseconds longPause { 5'000 };
/// A file that is just being written over is no store for a moment.
constexpr std::chrono::milliseconds copyingTime { 100 };
} // namespace

StoreWorker::StoreWorker(QString location, OpenMode mode, std::chrono::milliseconds pollInterval,
    const FileIdentity& first)
    : m_location(std::move(location))
    , m_mode(mode)
    , m_pollInterval(pollInterval)
    , m_first(first)
{
}

StoreWorker::~StoreWorker()
{
    // Again and again, since an interrupt that falls between two reads of a job is lost.
    do {
        stop();
    } while (!wait(QDeadlineTimer(10)));
}

void StoreWorker::post(quint64 number, const CancelToken& token, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back({ number, token, std::move(job) });
    }
    m_wake.notify_one();
}

qsizetype StoreWorker::jobCount()
{
    const std::lock_guard lock(m_mutex);
    return static_cast<qsizetype>(m_entries.size()) + (m_running ? 1 : 0);
}

void StoreWorker::tryNow()
{
    m_mustTry.store(true);
    checkForGrowth();
}

void StoreWorker::checkForGrowth()
{
    {
        const std::lock_guard lock(m_mutex);
        m_mustLook = true;
    }
    m_wake.notify_one();
}

void StoreWorker::interruptIfCancelled()
{
    // Under the lock, so that the interrupt cannot hit the job after this one.
    const std::lock_guard lock(m_mutex);
    if (m_store && m_running && m_running->isCancelled())
        m_store->interrupt();
}

void StoreWorker::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        if (m_running)
            m_running->cancel();
        if (m_store && m_running)
            m_store->interrupt();
    }
    m_wake.notify_one();
}

Position StoreWorker::takeHead()
{
    m_isGrowthTold.store(false);
    return m_head.load();
}

bool StoreWorker::hasNoStore()
{
    const std::lock_guard lock(m_mutex);
    return m_store == nullptr;
}

FileIdentity StoreWorker::identity()
{
    const std::lock_guard lock(m_mutex);
    return m_identity;
}

bool StoreWorker::isStopping()
{
    const std::lock_guard lock(m_mutex);
    return m_isStopping;
}

void StoreWorker::run()
{
    auto store = openBeside(m_location, m_first, m_mode);
    if (!store) {
        emit failed(store.error());
        return;
    }
    const auto head = (*store)->head();
    if (!head) {
        emit failed(head.error());
        return;
    }
    m_head.store(*head);
    {
        const std::lock_guard lock(m_mutex);
        m_store = store->get();
        m_identity = identityOf(**store);
    }
    (void)noteOverwritten(**store); // From here on.
    emit described(factsOf(**store));
    emit opened((*store)->readOnlyReason(), (*store)->openingFault(), *head);
    m_announcing = dynamic_cast<AnnouncingStore*>(store->get());
    if (m_announcing)
        m_announcing->setNotices(
            { m_pollInterval.count() > 0 ? [this] { checkForGrowth(); } : std::function<void()>(),
                [this](const QString& trouble) { emit troubled(trouble); },
                [this](std::chrono::milliseconds time) { emit waits(qint64(time.count())); } });
    noteStatus(**store);
    serve(**store);
    if (m_announcing)
        m_announcing->setNotices({});
    const std::lock_guard lock(m_mutex);
    m_store = nullptr;
}

void StoreWorker::serve(EventStore& store)
{
    while (!isStopping()) {
        std::optional<Entry> entry = takeEntry();
        if (entry)
            execute(store, *entry);
        else if (!isStopping())
            lookForGrowth(store);
    }
}

/// The next job, after waiting for one; nothing when it is time to look for growth or to stop.
std::optional<StoreWorker::Entry> StoreWorker::takeEntry()
{
    const auto pause = pauseBetweenLooks();
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return m_isStopping || m_mustLook || !m_entries.empty(); };
    if (pause.count() > 0)
        m_wake.wait_for(lock, pause, hasWork);
    else
        m_wake.wait(lock, hasWork);
    if (m_isStopping || m_mustLook || m_entries.empty()) {
        m_mustLook = false;
        return std::nullopt;
    }
    Entry entry = std::move(m_entries.front());
    m_entries.pop_front();
    m_running = entry.token;
    return entry;
}

std::chrono::milliseconds StoreWorker::pauseBetweenLooks() const
{
    if (m_pollInterval.count() > 0 && m_announcing && m_announcing->announcesGrowth())
        return std::max(m_pollInterval, longPause);
    return m_pollInterval;
}

void StoreWorker::execute(EventStore& store, Entry& entry)
{
    std::any answer;
    if (!entry.token.isCancelled())
        answer = entry.job(store, entry.token);
    {
        const std::lock_guard lock(m_mutex);
        m_running.reset();
    }
    // The job may have appended. Told before the answer, so that whoever gets the answer finds the
    // models grown.
    lookForGrowth(store);
    emit answered(entry.number, answer);
}

void StoreWorker::lookForGrowth(EventStore& store)
{
    if (m_mustTry.exchange(false) && m_announcing)
        m_announcing->tryNow();
    // First: what is read of a file that is another one by now tells of damage.
    if (noteMoved(store) || noteOverwritten(store))
        return;
    const auto head = store.head();
    if (!head) {
        const bool passes
            = head.error().code == ErrorCode::Busy || head.error().code == ErrorCode::Cancelled;
        // An outage that may pass is told by troubled(), and is no loss of the store.
        const bool isTold = m_announcing && m_announcing->isTroubled()
            && head.error().code == ErrorCode::InputOutput;
        if (!passes && !isTold && !std::exchange(m_isFailureTold, true))
            emit failed(head.error());
        return;
    }
    m_isFailureTold = false;
    noteStatus(store);
    if (noteShortened(store, *head))
        return;
    if (m_head.exchange(*head) != *head && !m_isGrowthTold.exchange(true))
        emit grew();
}

/// Another library's store tells by itself what becomes of its file, see EventStore::counting().
bool StoreWorker::isWatchedFile(const EventStore& store) const
{
    return m_pollInterval.count() > 0 && !isNoFile(m_location) && store.library().isEmpty();
}

/// Whether an embedded store's file is no longer the one whose events were shown.
///
/// Nothing is written then, not even what stands in its log: that lies beside the name, and whoever
/// has opened the new file meanwhile appends to it.
bool StoreWorker::noteMoved(EventStore& store)
{
    if (!isWatchedFile(store) || m_isShortened)
        return false;
    auto place = hasMoved(m_location, m_identity) ? replacedError(m_location) : Result<void>();
    const auto* const own = dynamic_cast<const SqliteEventStore*>(&trueStore(store));
    if (place && own)
        place = own->checkPlace();
    const bool hasGone = !place;
    const bool wasGone = std::exchange(m_isReplaced, hasGone);
    if (hasGone && !wasGone)
        emit replaced(place.error());
    else if (wasGone && !hasGone)
        emit isBack();
    return hasGone;
}

/// Whether another log was written over the file; told a while after the first look that says so,
/// since a copy may be under way. An empty log is not asked: a load into it may hold the file's
/// lock.
bool StoreWorker::noteOverwritten(EventStore& store)
{
    auto* const file = dynamic_cast<SqliteEventStore*>(&trueStore(store));
    if (!file || !isWatchedFile(store) || m_isShortened || m_head.load() == 0)
        return m_isShortened;
    const auto same = file->checkLog();
    if (same) {
        m_otherSince.reset();
        return false;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - m_otherSince.value_or(now) >= copyingTime) {
        m_isShortened = true;
        emit replaced(same.error());
    }
    m_otherSince = m_otherSince.value_or(now);
    return true;
}

/// Whether the log ends sooner than it did. Who appends only makes it longer: another one was
/// written over it, and will grow.
bool StoreWorker::noteShortened(const EventStore& store, Position head)
{
    if (!isWatchedFile(store) || !m_identity.isKnown())
        return false;
    if (!m_isShortened && head < m_head.load()) {
        m_isShortened = true;
        emit replaced(shortenedError(m_location, m_head.load(), head));
    }
    return m_isShortened;
}

void StoreWorker::noteStatus(const EventStore& store)
{
    if (m_pollInterval.count() == 0)
        return;
    StoreStatus now { store.counting(), {} };
    if (m_announcing)
        now.server = m_announcing->server();
    if (std::exchange(m_status, now) != now)
        emit statusChanged(now);
}

} // namespace eventloupe
