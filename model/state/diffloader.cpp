#include "state/diffloader.h"

#include "mask/masks.h"
#include "state/laneturn.h"

namespace eventloupe {

namespace {

/// What a frame waits for at most.
constexpr qint64 eventsPerFrame = 500;

QString versionText(StreamVersion version)
{
    return version == 0 ? DiffLoader::tr("v0 (not there yet)") : QStringLiteral("v%1").arg(version);
}

QString nameOf(const ComparedState& state, const QString& shown)
{
    QString name = versionText(state.version);
    if (state.stream != shown)
        name = state.stream + u' ' + name;
    return state.branch.isEmpty() ? name : state.branch + QStringLiteral(": ") + name;
}

} // namespace

DiffLoader::DiffLoader(StoreClient& client, CursorFrame& frame, Subject& subject,
    StateLoader& states, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_frame(frame)
    , m_subject(subject)
    , m_states(states)
    , m_source(compareWithPrevious())
    , m_view(std::make_shared<const DiffView>())
{
    connect(&states, &StateLoader::stateChanged, this, &DiffLoader::takeState);
    connect(&client, &StoreClient::opened, this, [this] { setSource(compareWithPrevious()); });
    connect(&client, &StoreClient::headChanged, this, [this] {
        if (m_isActive && m_source->followsHead())
            m_frame.refresh();
    });
    m_frame.add(*this);
}

DiffLoader::~DiffLoader()
{
    m_token.cancel();
    m_frame.remove(*this);
}

void DiffLoader::setSource(const ComparisonSourcePointer& source)
{
    m_token.cancel();
    m_source = source;
    emit sourceChanged();
    if (m_isActive)
        m_frame.refresh();
}

void DiffLoader::setActive(bool active)
{
    if (std::exchange(m_isActive, active) == active)
        return;
    m_token.cancel();
    if (active)
        m_frame.refresh();
}

FramePart::Read DiffLoader::prepare(Position position)
{
    m_token.cancel();
    m_other.reset();
    if (!m_isActive || m_source->isPrevious())
        return {};
    return [this, position, source = m_source, choice = m_subject.choice(),
               replayer = m_states.replayer()](
               EventStore& store, const std::optional<Event>& event) -> Show {
        const auto stream = choice.streamAt(position, event);
        auto other = stream.isEmpty()
            ? Answer(std::optional(ComparedState()))
            : source->read(store, *replayer, stream, position, eventsPerFrame);
        return [this, other = std::move(other)] { takeOther(other); };
    };
}

/// Comes before takeOther() in a frame, and again while a long stream is folded.
void DiffLoader::takeState(const std::shared_ptr<const StateView>& state)
{
    if (!m_isActive)
        return;
    if (!m_source->isPrevious()) {
        // In a frame, the other state is still to come.
        if (m_other)
            takeOther(m_other);
        return;
    }
    DiffView view;
    view.state = state;
    view.before = versionText(std::max<StreamVersion>(0, state->version - 1));
    view.after = versionText(state->version);
    view.isReading = state->foldedTo.has_value();
    view.mayHide = !m_client.masks()->isEmpty();
    show(std::move(view));
}

void DiffLoader::takeOther(const Answer& other)
{
    if (!m_isActive)
        return;
    const auto& shown = m_states.view();
    DiffView view;
    view.state = shown;
    if (!other) {
        view.problem = other.error().message;
        show(std::move(view));
        return;
    }
    view.isReading = !*other || shown->foldedTo;
    if (!*other) {
        show(std::move(view));
        readOn();
        return;
    }
    m_other = **other;
    const ComparedState& compared = *m_other;
    auto state = std::make_shared<StateView>(*shown);
    const ComparedState now { shown->stream, shown->version, shown->lastPosition, shown->now, {},
        {} };
    // What comes first in time is the older one; another stream or log is what this one is not.
    const bool isNewer = compared.stream == shown->stream && compared.branch.isEmpty()
        && compared.version > shown->version;
    state->isStep = false;
    state->before = isNewer ? shown->now : compared.value;
    state->now = isNewer ? compared.value : shown->now;
    if (isNewer)
        state->blame.reset(); // It is the older state's.
    view.before = nameOf(isNewer ? now : compared, shown->stream);
    view.after = nameOf(isNewer ? compared : now, shown->stream);
    const bool isOne = compared.stream == shown->stream && compared.branch.isEmpty()
        && compared.version == shown->version;
    view.mayHide = !isOne && !m_client.masks()->isEmpty();
    view.state = std::move(state);
    show(std::move(view));
}

void DiffLoader::readOn()
{
    m_token = m_client.run<std::optional<ComparedState>>(
        StoreClient::Lane::Interactive, this,
        [source = m_source, replayer = m_states.replayer(), stream = m_states.view()->stream,
            position = m_states.view()->position](
            EventStore& store, const CancelToken& cancel) -> Answer {
            const LaneTurn turn(cancel);
            auto other = source->read(store, *replayer, stream, position, eventsPerFrame);
            while (other && !*other && !turn.isOver())
                other = source->read(store, *replayer, stream, position, eventsPerFrame);
            return other;
        },
        [this](const Answer& other) { takeOther(other); });
}

void DiffLoader::show(DiffView view)
{
    m_view = std::make_shared<const DiffView>(std::move(view));
    emit diffChanged(m_view);
}

} // namespace eventloupe
