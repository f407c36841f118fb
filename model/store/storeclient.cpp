#include "store/storeclient.h"

#include "store/maskedeventstore.h"
#include "store/storesecrets.h"
#include "store/storeworker.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
// Growth by another process is to be seen within 500 ms.
constexpr auto pollInterval = 200ms;
// A cancelled job is to end within 100 ms.
constexpr auto watchInterval = 25ms;

/// The places of the workers; those that scan follow.
enum : std::size_t { interactiveWorker, backgroundWorker, firstScanner };

} // namespace

StoreClient::StoreClient(QObject* parent)
    : QObject(parent)
    , m_masks(Masks::none())
{
    m_watch.setInterval(watchInterval);
    connect(&m_watch, &QTimer::timeout, this, [this] { watch(); });
}

StoreClient::~StoreClient()
{
    // All are told first, so that they stop side by side; their destructors join.
    for (const auto& each : m_workers)
        if (each)
            each->stop();
}

int StoreClient::scanWidth()
{
    return std::clamp(QThread::idealThreadCount(), 1, static_cast<int>(mostScanners));
}

/// Of those that scan the one with the fewest jobs.
std::size_t StoreClient::workerFor(Lane lane) const
{
    if (lane != Lane::Scan)
        return lane == Lane::Interactive ? interactiveWorker : backgroundWorker;
    std::array<int, 2 + mostScanners> jobs {};
    for (const auto& [number, pending] : m_pending)
        ++jobs.at(pending.worker);
    const auto first = jobs.begin() + firstScanner;
    const auto idlest = std::min_element(first, first + scanWidth());
    return static_cast<std::size_t>(idlest - jobs.begin());
}

qsizetype StoreClient::jobCount(Lane lane) const
{
    const std::size_t first = lane == Lane::Scan ? firstScanner : workerFor(lane);
    const std::size_t end = lane == Lane::Scan ? m_workers.size() : first + 1;
    qsizetype jobs = 0;
    for (std::size_t i = first; i < end; ++i)
        jobs += m_workers[i] ? m_workers[i]->jobCount() : 0;
    return jobs;
}

void StoreClient::open(const QString& location, OpenMode mode)
{
    close();
    m_location = admitLocation(location);
    m_mode = mode;
    start(interactiveWorker);
}

void StoreClient::setMasks(const std::shared_ptr<const Masks>& masks)
{
    const auto before = std::exchange(m_masks, masks);
    // Each reload of a workspace makes its masks anew, mostly none.
    if (before != masks && !(before->isEmpty() && masks->isEmpty()))
        emit masksChanged();
}

void StoreClient::close()
{
    ++m_generation;
    for (auto& each : m_workers)
        if (each)
            retire(std::move(each));
    // Moved away first: what an answer's function owns may call back here as it goes.
    const auto dropped = std::exchange(m_pending, {});
    m_head = 0;
    m_readOnlyReason.clear();
    m_openingFault.clear();
    m_trouble.clear();
    m_nextTry = {};
    m_facts = {};
    m_status = {};
    m_isReplaced = false;
    m_location.clear();
    if (std::exchange(m_isOpen, false))
        emit closed();
}

void StoreClient::start(std::size_t worker)
{
    auto& created = m_workers.at(worker);
    if (worker == interactiveWorker) {
        created = std::make_unique<StoreWorker>(m_location, m_mode, pollInterval);
    } else {
        // The file is there now, whoever made it; and no other one will do.
        const bool isToRead = worker >= firstScanner || m_mode == OpenMode::ReadOnly;
        created = std::make_unique<StoreWorker>(m_location,
            isToRead ? OpenMode::ReadOnly : OpenMode::ReadWrite, 0ms,
            m_workers.at(interactiveWorker)->identity());
    }
    // Signals of a worker that was retired meanwhile may still be under way.
    const auto isCurrent = [this, generation = m_generation] { return generation == m_generation; };
    if (worker == interactiveWorker) {
        connect(created.get(), &StoreWorker::described, this, [=, this](const StoreFacts& facts) {
            if (isCurrent())
                m_facts = facts;
        });
        connect(
            created.get(), &StoreWorker::statusChanged, this, [=, this](const StoreStatus& status) {
                if (!isCurrent())
                    return;
                m_status = status;
                if (m_isOpen)
                    emit statusChanged();
            });
    }
    connect(created.get(), &StoreWorker::opened, this,
        [=, this](const QString& readOnlyReason, const QString& openingFault, Position head) {
            if (isCurrent())
                noteOpened(worker, readOnlyReason, openingFault, head);
        });
    connect(created.get(), &StoreWorker::failed, this, [=, this](const Error& error) {
        if (isCurrent())
            noteFailure(worker, error);
    });
    connect(created.get(), &StoreWorker::grew, this, [=, this] {
        if (isCurrent())
            noteGrowth(worker);
    });
    if (worker == interactiveWorker)
        connect(created.get(), &StoreWorker::replaced, this, [=, this](const Error& error) {
            if (isCurrent())
                noteReplaced(error);
        });
    if (worker == interactiveWorker)
        connect(created.get(), &StoreWorker::isBack, this, [=, this] {
            if (!isCurrent())
                return;
            m_isReplaced = false;
            emit isBack();
        });
    // The interactive one looks for growth, and so knows of an outage first, and of its end.
    if (worker == interactiveWorker)
        connect(created.get(), &StoreWorker::troubled, this, [=, this](const QString& trouble) {
            if (isCurrent())
                noteTrouble(trouble);
        });
    if (worker == interactiveWorker)
        connect(created.get(), &StoreWorker::waits, this, [=, this](qint64 milliseconds) {
            if (!isCurrent())
                return;
            m_nextTry.setRemainingTime(milliseconds);
            emit statusChanged();
        });
    connect(created.get(), &StoreWorker::answered, this,
        [this](quint64 number, const std::any& result) { answer(number, result); });
    created->start();
}

void StoreClient::noteOpened(
    std::size_t worker, const QString& readOnlyReason, const QString& openingFault, Position head)
{
    if (worker != interactiveWorker)
        return;
    m_isOpen = true;
    m_readOnlyReason = readOnlyReason;
    m_openingFault = openingFault;
    m_head = head;
    start(backgroundWorker);
    emit opened(m_location);
}

void StoreClient::noteFailure(std::size_t worker, const Error& error)
{
    // A worker that could not open its store has ended.
    const bool isLost = m_workers.at(worker) == nullptr || m_workers.at(worker)->hasNoStore();
    if (isLost && worker != interactiveWorker) {
        failJobs(worker, error);
        return;
    }
    if (isLost)
        close();
    emit failed(error);
}

void StoreClient::noteReplaced(const Error& error)
{
    m_isReplaced = true;
    emit failed(error);
}

/// Answers what waits for a worker that has ended; the next job starts another one.
void StoreClient::failJobs(std::size_t worker, const Error& error)
{
    if (m_workers.at(worker))
        retire(std::move(m_workers.at(worker)));
    std::vector<quint64> numbers;
    for (const auto& [number, pending] : m_pending)
        if (pending.worker == worker)
            numbers.push_back(number);
    std::sort(numbers.begin(), numbers.end());
    for (const quint64 number : numbers) {
        // An answer may close the store, and with it drop what is left.
        if (const auto found = m_pending.find(number); found != m_pending.end())
            answer(number, found->second.failure(error));
    }
}

void StoreClient::noteGrowth(std::size_t worker)
{
    const Position head = m_workers.at(worker)->takeHead();
    if (head <= m_head)
        return;
    m_head = head;
    emit headChanged(head);
}

void StoreClient::noteTrouble(const QString& trouble)
{
    if (m_trouble == trouble)
        return;
    m_trouble = trouble;
    emit troubled(trouble);
}

void StoreClient::tryNow()
{
    if (m_isOpen)
        m_workers.at(interactiveWorker)->tryNow();
}

void StoreClient::checkForGrowth()
{
    if (m_isOpen)
        m_workers.at(interactiveWorker)->checkForGrowth();
}

CancelToken StoreClient::post(
    Lane lane, QObject* context, AnyJob job, AnyFailure failure, AnyAnswer done)
{
    const CancelToken token;
    if (!m_isOpen)
        return token;
    const std::size_t worker = workerFor(lane);
    if (!m_workers.at(worker))
        start(worker);
    const quint64 number = ++m_lastNumber;
    m_pending.emplace(number,
        Pending {
            context, context != nullptr, token, std::move(failure), std::move(done), worker });
    if (!m_masks->isEmpty())
        job = [masks = m_masks, job = std::move(job)](
                  EventStore& store, const CancelToken& cancel) {
            MaskedEventStore masked(store, masks);
            return job(masked, cancel);
        };
    m_workers.at(worker)->post(number, token, std::move(job));
    if (!m_watch.isActive())
        m_watch.start();
    return token;
}

void StoreClient::answer(quint64 number, const std::any& result)
{
    const auto found = m_pending.find(number);
    if (found == m_pending.end())
        return;
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (!result.has_value() || pending.token.isCancelled())
        return;
    if (pending.hasContext && !pending.context)
        return;
    pending.done(result);
}

void StoreClient::retire(std::unique_ptr<StoreWorker> worker)
{
    worker->stop();
    m_retired.push_back(std::move(worker));
    if (!m_watch.isActive())
        m_watch.start();
}

/// Ends jobs that were cancelled while they ran, and clears workers away that have stopped.
void StoreClient::watch()
{
    for (const auto& each : m_workers)
        if (each)
            each->interruptIfCancelled();
    for (const auto& each : m_retired)
        each->stop();
    std::erase_if(m_retired, [](const auto& each) { return each->isFinished(); });
    if (m_pending.empty() && m_retired.empty())
        m_watch.stop();
}

} // namespace eventloupe
