#include "state/stateloader.h"

#include "time/replayer.h"

namespace eventloupe {

namespace {

/// Events folded before others on the lane get their turn: some milliseconds.
constexpr qint64 eventsPerSlice = 10'000;

const JsonValue& shownValue(const AggregateState& state)
{
    static const JsonValue nothing = JsonValue::emptyObject();
    return state.exists ? state.value : nothing;
}

std::shared_ptr<const StateView> makeView(
    const QString& stream, Position position, const StateStep& step)
{
    auto view = std::make_shared<StateView>();
    view->stream = stream;
    view->position = position;
    view->version = step.now.version;
    view->lastPosition = step.now.position;
    view->exists = step.now.exists;
    view->now = shownValue(step.now);
    view->before = shownValue(step.before);
    view->lastType = step.lastType;
    view->failure = step.now.failure;
    view->failedPosition = step.now.failedPosition;
    return view;
}

} // namespace

/// What one job folded; no view when the stream is longer than a slice.
struct StateLoader::Slice {
    std::shared_ptr<const StateView> view;
};

StateLoader::StateLoader(StoreClient& client, TimeCursor& cursor, Subject& subject, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_subject(subject)
    , m_workspace(Workspace::empty())
    , m_view(std::make_shared<const StateView>())
{
    Q_UNUSED(cursor)
    restart();
    connect(&subject, &Subject::resolved, this, &StateLoader::load);
    connect(&client, &StoreClient::opened, this, &StateLoader::restart);
    connect(&client, &StoreClient::closed, this, &StateLoader::restart);
}

StateLoader::~StateLoader()
{
    m_token.cancel();
}

void StateLoader::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
    restart();
}

/// Other rules or another store: nothing that was folded holds. A job under way keeps its replayer.
void StateLoader::restart()
{
    m_token.cancel();
    m_job.reset();
    m_replayer = std::make_shared<Replayer>(std::make_shared<const Evolver>(m_workspace));
    load();
}

void StateLoader::load()
{
    if (!m_client.isOpen() || m_subject.stream().isEmpty()) {
        m_token.cancel();
        m_job.reset();
        auto nothing = std::make_shared<StateView>();
        nothing->position = m_subject.position();
        show(nothing);
    } else if (m_job.request()) {
        start();
    }
}

void StateLoader::start()
{
    m_token = m_client.run<Slice>(
        StoreClient::Lane::Interactive, this,
        [replayer = m_replayer, stream = m_subject.stream(), position = m_subject.position()](
            EventStore& store, const CancelToken&) {
            return readSlice(store, *replayer, stream, position);
        },
        [this](const Result<Slice>& answer) { take(answer); });
}

Result<StateLoader::Slice> StateLoader::readSlice(
    EventStore& store, Replayer& replayer, const QString& stream, Position position)
{
    const auto info = store.findStream(stream);
    if (!info)
        return info.error();
    if (!*info)
        return Slice { makeView(stream, position, {}) };
    const auto step = replayer.stepWithin(store, **info, position, eventsPerSlice);
    if (!step)
        return step.error();
    return *step ? Slice { makeView(stream, position, **step) } : Slice {};
}

void StateLoader::take(const Result<Slice>& answer)
{
    const bool isNewerWaiting = m_job.finish();
    const bool isUnfinished = answer.ok() && !answer->view;
    if (!answer)
        emit failed(answer.error());
    else if (answer->view)
        show(answer->view);
    if (isNewerWaiting || isUnfinished)
        load();
}

void StateLoader::show(const std::shared_ptr<const StateView>& view)
{
    m_view = view;
    emit stateChanged(view);
}

} // namespace eventloupe
