#include "causation/causationloader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <mutex>

namespace eventloupe {

namespace {
constexpr int lookMilliseconds = 50;
/// A tree is made anew each time it is handed over: seldom, where that takes long.
constexpr qint64 pauseBetweenTrees = 10;
} // namespace

/// What a job works on, and the receiver looks at meanwhile.
struct CausationWork {
    Position position = 0; ///< Whose key is to be made; 0: it is given.
    CausationKey key;
    Position from = 1;
    Position to = 0;
    std::vector<CausedEvent> events; ///< The job's.
    Progress progress;

    std::mutex mutex; ///< Guards what follows.
    std::shared_ptr<const CausationTree> tree; ///< The newest, until it is taken.
    QByteArray correlation;
    QString condition;

    void hand()
    {
        auto made = CausationTree::of(events);
        const std::scoped_lock lock(mutex);
        tree = std::move(made);
        correlation = key.correlation;
        condition = key.condition;
    }
};

namespace {

Result<bool> work(CausationWork& work, EventStore& store, const CancelToken& cancel)
{
    if (work.position > 0) {
        auto key = causationKeyAt(store, work.position, cancel);
        if (!key)
            return key.error();
        work.key = std::move(*key);
        work.events.assign(work.key.found.cbegin(), work.key.found.cend());
        work.hand();
    }
    QElapsedTimer since;
    since.start();
    qint64 pause = 0;
    const auto take = [&](const QList<CausedEvent>& found) {
        work.events.insert(work.events.end(), found.cbegin(), found.cend());
        if (since.elapsed() >= pause) {
            since.start();
            work.hand();
            pause = std::max<qint64>(lookMilliseconds, since.elapsed() * pauseBetweenTrees);
            since.start();
        }
        return qsizetype(work.events.size()) < mostCausedEvents;
    };
    auto done = scanCausation(store, work.key, work.from, work.to, cancel, work.progress, take);
    if (done || done.error().code == ErrorCode::Cancelled) {
        const auto causes = done ? findCauses(store, work.events, cancel) : Result<void>();
        if (!causes && causes.error().code != ErrorCode::Cancelled)
            return causes.error();
    }
    work.hand();
    return done;
}

} // namespace

CausationLoader::CausationLoader(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_tree(CausationTree::of({}))
{
    m_look.setInterval(lookMilliseconds);
    connect(&m_look, &QTimer::timeout, this, &CausationLoader::look);
    connect(&client, &StoreClient::opened, this, &CausationLoader::forget);
    connect(&client, &StoreClient::closed, this, &CausationLoader::forget);
    connect(&client, &StoreClient::masksChanged, this, &CausationLoader::forget);
}

CausationLoader::~CausationLoader()
{
    m_token.cancel();
}

void CausationLoader::showEvent(Position position)
{
    start(position, {});
}

void CausationLoader::showCorrelation(const QByteArray& correlation)
{
    if (!correlation.isEmpty())
        start(0, correlation);
}

void CausationLoader::start(Position position, const QByteArray& correlation)
{
    cancel();
    if (!m_client.isOpen())
        return;
    if (const auto* kept = keptFor(position, correlation)) {
        startFrom(*kept);
        return;
    }
    const auto work = std::make_shared<CausationWork>();
    work->position = position;
    if (position <= 0)
        work->key = causationKeyOf(correlation);
    work->to = m_client.head();
    m_status = { correlation, {}, true, false, 0, work->to };
    show(CausationTree::of({}));
    post(work);
}

/// Shows what is known, and reads only what was appended since.
void CausationLoader::startFrom(const Kept& kept)
{
    const auto head = m_client.head();
    m_status = { kept.key.correlation, kept.key.condition, false, kept.isCut, 0, 0 };
    const auto work = std::make_shared<CausationWork>();
    work->key = kept.key;
    work->events = kept.tree->events();
    work->from = kept.scannedTo + 1;
    work->to = head;
    show(kept.tree);
    if (!kept.isCut && work->from <= head)
        post(work);
    else
        emit statusChanged();
}

void CausationLoader::post(const std::shared_ptr<CausationWork>& work)
{
    m_work = work;
    m_token = m_client.run<bool>(
        StoreClient::Lane::Background, this,
        [work](EventStore& store, const CancelToken& cancel) {
            return eventloupe::work(*work, store, cancel);
        },
        [this, work](const Result<bool>& done) { finish(done, work); });
    m_look.start();
    tell(true);
}

void CausationLoader::cancel()
{
    if (!m_work)
        return;
    look();
    m_token.cancel();
    m_work.reset();
    m_look.stop();
    m_status.isCut = true;
    tell(false);
}

void CausationLoader::clear()
{
    cancel();
    m_status = {};
    show(CausationTree::of({}));
    emit statusChanged();
}

void CausationLoader::forget()
{
    m_kept.clear();
    clear();
}

void CausationLoader::look()
{
    std::shared_ptr<const CausationTree> tree;
    {
        const std::scoped_lock lock(m_work->mutex);
        tree = std::exchange(m_work->tree, nullptr);
        if (tree) {
            m_status.correlation = m_work->correlation;
            m_status.condition = m_work->condition;
        }
    }
    if (tree)
        show(tree);
    const qint64 done = m_work->progress.done();
    if (done == m_status.done && !tree)
        return;
    m_status.done = done;
    m_status.total = m_work->progress.total();
    emit statusChanged();
}

void CausationLoader::finish(
    const Result<bool>& done, const std::shared_ptr<CausationWork>& work)
{
    if (work != m_work)
        return;
    look();
    m_work.reset();
    m_look.stop();
    if (!done) {
        m_status.isCut = true;
        tell(false);
        if (done.error().code != ErrorCode::Cancelled)
            emit failed(done.error());
        return;
    }
    m_status.isCut = !*done;
    keep(*work, !*done);
    tell(false);
}

void CausationLoader::keep(const CausationWork& work, bool isCut)
{
    m_kept.remove_if([&work](const Kept& kept) {
        return work.key.correlation.isEmpty() ? kept.key.chain.intersects(work.key.chain)
                                              : kept.key.correlation == work.key.correlation;
    });
    m_kept.push_front({ work.key, m_tree, work.to, isCut });
    if (m_kept.size() > keptTrees)
        m_kept.pop_back();
}

CausationLoader::Kept* CausationLoader::keptFor(Position position, const QByteArray& correlation)
{
    const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept& kept) {
        if (position <= 0)
            return kept.key.correlation == correlation;
        // A cause of another correlation stands in the tree as well, without what else it caused.
        const int node = kept.tree->nodeAt(position);
        return node >= 0 && kept.tree->eventOf(node)->ids.correlation == kept.key.correlation;
    });
    if (found == m_kept.end())
        return nullptr;
    m_kept.splice(m_kept.begin(), m_kept, found);
    return &m_kept.front();
}

void CausationLoader::show(const std::shared_ptr<const CausationTree>& tree)
{
    m_tree = tree;
    emit treeChanged();
}

void CausationLoader::tell(bool isRunning)
{
    m_status.isRunning = isRunning;
    emit statusChanged();
}

} // namespace eventloupe
