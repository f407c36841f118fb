#include "store/storeclient.h"

#include "store/storeworker.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
// Growth by another process is to be seen within 500 ms.
constexpr auto pollInterval = 200ms;
// A cancelled job is to end within 100 ms.
constexpr auto watchInterval = 25ms;

} // namespace

StoreClient::StoreClient(QObject* parent)
    : QObject(parent)
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

std::unique_ptr<StoreWorker>& StoreClient::worker(Lane lane)
{
    return m_workers[lane == Lane::Interactive ? 0 : 1];
}

void StoreClient::open(const QString& location, OpenMode mode)
{
    close();
    m_location = location;
    m_mode = mode;
    start(Lane::Interactive, mode);
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
    m_location.clear();
    if (std::exchange(m_isOpen, false))
        emit closed();
}

void StoreClient::start(Lane lane, OpenMode mode)
{
    auto& created = worker(lane);
    created = std::make_unique<StoreWorker>(
        m_location, mode, lane == Lane::Interactive ? pollInterval : 0ms);
    // Signals of a worker that was retired meanwhile may still be under way.
    const auto isCurrent = [this, generation = m_generation] { return generation == m_generation; };
    connect(created.get(), &StoreWorker::opened, this,
        [=, this](const QString& readOnlyReason, const QString& openingFault, Position head) {
            if (isCurrent())
                noteOpened(lane, readOnlyReason, openingFault, head);
        });
    connect(created.get(), &StoreWorker::failed, this, [=, this](const Error& error) {
        if (isCurrent())
            noteFailure(lane, error);
    });
    connect(created.get(), &StoreWorker::grew, this, [=, this] {
        if (isCurrent())
            noteGrowth(lane);
    });
    connect(created.get(), &StoreWorker::answered, this,
        [this](quint64 number, const std::any& result) { answer(number, result); });
    created->start();
}

void StoreClient::noteOpened(
    Lane lane, const QString& readOnlyReason, const QString& openingFault, Position head)
{
    if (lane == Lane::Background)
        return;
    m_isOpen = true;
    m_readOnlyReason = readOnlyReason;
    m_openingFault = openingFault;
    m_head = head;
    // The file is there now, whoever made it.
    start(Lane::Background, m_mode == OpenMode::ReadOnly ? m_mode : OpenMode::ReadWrite);
    emit opened(m_location);
}

void StoreClient::noteFailure(Lane lane, const Error& error)
{
    // A worker that could not open its store has ended. Without either lane the store is of no use.
    const bool isLost = worker(lane) == nullptr || worker(lane)->hasNoStore();
    if (isLost)
        close();
    emit failed(error);
}

void StoreClient::noteGrowth(Lane lane)
{
    const Position head = worker(lane)->takeHead();
    if (head <= m_head)
        return;
    m_head = head;
    emit headChanged(head);
}

void StoreClient::checkForGrowth()
{
    if (m_isOpen)
        worker(Lane::Interactive)->checkForGrowth();
}

CancelToken StoreClient::post(Lane lane, QObject* context, AnyJob job, AnyAnswer done)
{
    const CancelToken token;
    if (!m_isOpen)
        return token;
    const quint64 number = ++m_lastNumber;
    m_pending.emplace(number, Pending { context, context != nullptr, token, std::move(done) });
    worker(lane)->post(number, token, std::move(job));
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
