#include "state/stateloader.h"

#include "state/laneturn.h"
#include "value/workpool.h"

#include <memory>

namespace eventloupe {

namespace {

constexpr int restMilliseconds = 100;

const JsonValue& shownValue(const AggregateState& state)
{
    static const JsonValue nothing = JsonValue::emptyObject();
    return state.exists ? state.value : nothing;
}

std::shared_ptr<StateView> makeView(const QString& stream, Position position, const StateStep& step)
{
    // Whoever is the last to hold it, a state of millions of members goes on another thread.
    const std::shared_ptr<StateView> view(new StateView,
        [](StateView* gone) { letGoAside(std::unique_ptr<StateView>(gone)); });
    view->stream = stream;
    view->position = position;
    view->version = step.now.version;
    view->lastPosition = step.now.position;
    view->exists = step.now.exists;
    view->now = shownValue(step.now);
    view->before = shownValue(step.before);
    view->blame = step.now.blame;
    view->lastType = step.lastType;
    view->failure = step.now.failure;
    view->failedPosition = step.now.failedPosition;
    return view;
}

} // namespace

/// What one job folded.
struct StateLoader::Slice {
    std::shared_ptr<const StateView> view; ///< Never null.
    StreamInfo stream;
    std::optional<Error> error;
};

StateLoader::StateLoader(StoreClient& client, CursorFrame& frame, Subject& subject, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_frame(frame)
    , m_subject(subject)
    , m_workspace(Workspace::empty())
    , m_view(std::make_shared<const StateView>())
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &StateLoader::markAhead);
    connect(&client, &StoreClient::opened, this, &StateLoader::restart);
    connect(&client, &StoreClient::closed, this, &StateLoader::restart);
    m_frame.add(*this);
    restart();
}

StateLoader::~StateLoader()
{
    m_token.cancel();
    m_frame.remove(*this);
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
    m_rest.stop();
    if (m_replayer)
        letGoAside(std::move(m_replayer)); // With the states that it keeps.
    m_evolver = std::make_shared<const Evolver>(m_workspace);
    m_replayer
        = std::make_shared<Replayer>(m_evolver, Replayer::maximumBytes, Replayer::Blame::With);
    if (!m_client.isOpen())
        show(std::make_shared<const StateView>());
    m_frame.refresh();
}

FramePart::Read StateLoader::prepare(Position position)
{
    m_token.cancel();
    m_rest.stop();
    return [this, position, choice = m_subject.choice(), replayer = m_replayer,
               evolver = m_evolver](
               EventStore& store, const std::optional<Event>& event) -> Show {
        auto slice
            = readSlice(store, *replayer, *evolver, choice.streamAt(position, event), position);
        return [this, slice = std::move(slice)] { take(slice); };
    };
}

StateLoader::Slice StateLoader::readSlice(EventStore& store, Replayer& replayer,
    const Evolver& evolver, const QString& stream, Position position)
{
    const auto nothing = makeView(stream, position, {});
    const auto failure = [&](const Error& error) {
        nothing->unreadable = error.message;
        return Slice { nothing, {}, error };
    };
    if (stream.isEmpty())
        return { nothing, {}, {} };
    const auto info = store.findStream(stream);
    if (!info)
        return failure(info.error());
    if (!*info)
        return { nothing, {}, {} };
    const auto version = store.versionAt((*info)->id, position);
    if (!version)
        return failure(version.error());
    const auto step = replayer.stepToVersion(store, **info, *version, eventsPerSlice);
    if (!step)
        return failure(step.error());
    if (*step) {
        auto view = makeView(stream, position, **step);
        view->isLeftOut = view->version > 0
            && !evolver.evolvesBy(stream.toStdString(), view->lastType.toStdString());
        return { std::move(view), **info, {} };
    }
    nothing->version = *version;
    nothing->foldedTo = replayer.keptUpTo(**info, *version);
    return { nothing, **info, {} };
}

void StateLoader::take(const Slice& slice)
{
    if (slice.error)
        emit failed(*slice.error);
    m_stream = slice.stream;
    show(slice.view);
    if (slice.view->foldedTo)
        foldOn();
    else if (m_stream.headVersion > eventsPerSlice)
        m_rest.start();
}

void StateLoader::foldOn()
{
    m_token = m_client.run<Slice>(
        StoreClient::Lane::Interactive, this,
        [replayer = m_replayer, evolver = m_evolver, stream = m_view->stream,
            position = m_view->position](
            EventStore& store, const CancelToken& cancel) -> Result<Slice> {
            const LaneTurn turn(cancel);
            auto slice = readSlice(store, *replayer, *evolver, stream, position);
            while (slice.view->foldedTo && !turn.isOver())
                slice = readSlice(store, *replayer, *evolver, stream, position);
            return slice;
        },
        [this](const Result<Slice>& answer) { take(*answer); });
}

void StateLoader::markAhead()
{
    m_token = m_client.run<bool>(
        StoreClient::Lane::Interactive, this,
        [replayer = m_replayer, stream = m_stream](EventStore& store, const CancelToken& cancel) {
            const LaneTurn turn(cancel);
            auto isDone = replayer->markAhead(store, stream, eventsPerSlice);
            while (isDone && !*isDone && !turn.isOver())
                isDone = replayer->markAhead(store, stream, eventsPerSlice);
            return isDone;
        },
        [this](const Result<bool>& isDone) {
            // What cannot be read is told when it is looked at.
            if (isDone && !*isDone)
                markAhead();
        });
}

void StateLoader::show(const std::shared_ptr<const StateView>& view)
{
    m_view = view;
    emit stateChanged(view);
}

} // namespace eventloupe
