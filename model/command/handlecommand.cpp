#include "command/handlecommand.h"

#include "command/commandmasks.h"
#include "domain/derivedid.h"
#include "mask/masked.h"
#include "store/maskedeventstore.h"

#include <QCoreApplication>

#include <limits>

namespace eventloupe {

namespace {

constexpr Position toHead = std::numeric_limits<Position>::max();

QString tr(const char* text)
{
    return QCoreApplication::translate("eventloupe::CommandHandler", text);
}

/// What was copied from where it is masked is no value.
std::optional<Rejected> refuseSign(const CommandRequest& request)
{
    if (!holdsMaskSign(viewOf(request.data.toJson())))
        return std::nullopt;
    return Rejected { tr("\"%1\" stands for a value that the workspace masks: type a value instead")
                          .arg(maskSignText()),
        {} };
}

/// What a command is decided on.
struct Target {
    const CommandDefinition* command = nullptr;
    QString stream;
    std::optional<StreamInfo> info; ///< Nothing while the stream does not exist.
    AggregateState state;
};

/// Folds up to a version, from `state` on.
Result<void> foldTo(EventStore& store, const Evolver& evolver, StreamId stream,
    StreamVersion version, AggregateState& state)
{
    if (state.version >= version)
        return {};
    return store.scanStream(
        stream, state.version, toHead, allScanColumns, [&](const EventView& event) {
            // An event that cannot be folded is marked in the state; deciding goes on without it.
            (void)evolver.evolve(state, event);
            return event.version < version;
        });
}

Result<AggregateState> stateAtHead(
    EventStore& store, const Evolver& evolver, const StreamInfo& info, CommandMemo* memo)
{
    AggregateState state
        = memo && memo->stream == info.id ? memo->state : evolver.initialState(info.category);
    const auto folded
        = foldTo(store, evolver, info.id, std::numeric_limits<StreamVersion>::max(), state);
    if (!folded)
        return folded.error();
    if (memo)
        *memo = { info.id, state };
    return state;
}

/// Either what to decide on, or that the data does not say which stream it is for.
Result<std::variant<Target, Rejected>> findTarget(
    EventStore& store, const Evolver& evolver, const CommandRequest& request, CommandMemo* memo)
{
    using Found = std::variant<Target, Rejected>;
    Target target;
    target.command = evolver.workspace()->command(request.name);
    if (!target.command)
        return Error { ErrorCode::NotFound,
            tr("there is no command '%1' in the workspace").arg(request.name) };
    const Decider decider(evolver.workspace());
    auto stream = decider.streamOf(*target.command, request.data);
    if (!stream) {
        // Most often a field is missing: the schema says so better, field by field.
        auto decision = decider.decide(*target.command, request.data, {}, request.context);
        if (decision && std::holds_alternative<Rejected>(*decision))
            return Found(std::get<Rejected>(std::move(decision).value()));
        if (stream.error().code == ErrorCode::InvalidInput)
            return Found(Rejected { stream.error().message, {} });
        return stream.error();
    }
    target.stream = std::move(stream).value();
    auto info = store.findStream(target.stream);
    if (!info)
        return info.error();
    target.info = std::move(info).value();
    if (!target.info) {
        target.state = evolver.initialState(categoryOf(target.stream));
        return Found(std::move(target));
    }
    auto state = stateAtHead(store, evolver, *target.info, memo);
    if (!state)
        return state.error();
    target.state = std::move(state).value();
    return Found(std::move(target));
}

Result<Decision> decideOn(
    const Evolver& evolver, const Target& target, const CommandRequest& request)
{
    return Decider(evolver.workspace())
        .decide(*target.command, request.data, target.state, request.context);
}

/// The version before the events that this command caused, when it was carried out earlier.
Result<std::optional<StreamVersion>> findEarlier(
    EventStore& store, const Target& target, const CommandRequest& request)
{
    std::optional<StreamVersion> before;
    if (!target.info)
        return before;
    const QByteArray id = deriveUuid(request.context, IdPurpose::Event, 0);
    const auto scanned
        = store.scanStream(target.info->id, 0, toHead, ScanColumn::Id, [&](const EventView& event) {
              if (event.id == viewOf(id))
                  before = event.version - 1;
              return !before.has_value();
          });
    if (!scanned)
        return scanned.error();
    return before;
}

Result<CommandOutcome> appendDecision(
    EventStore& store, const Evolver& evolver, const Target& target, const CommandRequest& request)
{
    auto decision = decideOn(evolver, target, request);
    if (!decision)
        return decision.error();
    if (auto* rejected = std::get_if<Rejected>(&*decision))
        return CommandOutcome(std::move(*rejected));
    auto& accepted = std::get<Accepted>(*decision);
    if (accepted.events.isEmpty()) {
        const Appended nothing { 0, 0, target.state.version, false };
        return CommandOutcome(CommandDone { nothing, std::move(accepted) });
    }
    auto outcome = store.append(
        { accepted.stream, ExpectedVersion::exactly(target.state.version), accepted.events });
    if (!outcome)
        return outcome.error();
    if (auto* conflict = std::get_if<VersionConflict>(&*outcome))
        return CommandOutcome(std::move(*conflict));
    return CommandOutcome(CommandDone { std::get<Appended>(*outcome), std::move(accepted) });
}

/// Decides on the state that an earlier issue of the same request saw; the store then finds its
/// events stored already, and acknowledges them.
Result<CommandOutcome> repeatEarlier(EventStore& store, const Evolver& evolver, Target target,
    StreamVersion before, const CommandRequest& request)
{
    target.state = evolver.initialState(target.info->category);
    const auto folded = foldTo(store, evolver, target.info->id, before, target.state);
    if (!folded)
        return folded.error();
    return appendDecision(store, evolver, target, request);
}

bool mayRetry(
    const Evolver& evolver, const CommandRequest& request, const Result<CommandOutcome>& outcome)
{
    const CommandDefinition* command = evolver.workspace()->command(request.name);
    return command && command->retriesOnConflict && !request.expected && outcome
        && std::holds_alternative<VersionConflict>(*outcome);
}

bool mayBeRepeat(const Result<CommandOutcome>& outcome)
{
    if (!outcome)
        return outcome.error().code == ErrorCode::DuplicateEvent;
    return !std::holds_alternative<CommandDone>(*outcome);
}

/// One try, and whether it was carried out before.
Result<CommandOutcome> handleOnce(
    EventStore& store, const Evolver& evolver, const CommandRequest& request, CommandMemo* memo)
{
    auto target = findTarget(store, evolver, request, memo);
    if (!target)
        return target.error();
    if (auto* rejected = std::get_if<Rejected>(&*target))
        return CommandOutcome(std::move(*rejected));
    const auto& found = std::get<Target>(*target);
    const StreamVersion version = found.state.version;
    auto outcome = request.expected && *request.expected != version
        ? Result<CommandOutcome>(CommandOutcome(
            VersionConflict { found.stream, ExpectedVersion::exactly(*request.expected), version }))
        : appendDecision(store, evolver, found, request);
    if (!mayBeRepeat(outcome))
        return outcome;
    const auto earlier = findEarlier(store, found, request);
    if (!earlier)
        return earlier.error();
    return *earlier ? repeatEarlier(store, evolver, found, **earlier, request) : outcome;
}

} // namespace

Result<CommandPreview> previewCommand(EventStore& shownStore, const Evolver& evolver,
    const CommandRequest& request, CommandMemo* memo)
{
    EventStore& store = trueStore(shownStore);
    if (auto refused = refuseSign(request))
        return CommandPreview { std::move(*refused), 0 };
    const CommandMasks masks(evolver, request);
    auto target = findTarget(store, evolver, request, memo);
    if (!target)
        return masks.shown(target.error());
    if (auto* rejected = std::get_if<Rejected>(&*target))
        return CommandPreview { masks.shown(std::move(*rejected)), 0 };
    const auto& found = std::get<Target>(*target);
    auto decision = decideOn(evolver, found, request);
    if (!decision)
        return masks.shown(decision.error());
    if (auto* rejected = std::get_if<Rejected>(&*decision))
        return CommandPreview { masks.shown(std::move(*rejected)), found.state.version };
    return CommandPreview { masks.shown(std::get<Accepted>(std::move(*decision))),
        found.state.version };
}

Result<CommandOutcome> handleCommand(EventStore& shownStore, const Evolver& evolver,
    const CommandRequest& request, CommandMemo* memo)
{
    EventStore& store = trueStore(shownStore);
    if (auto refused = refuseSign(request))
        return CommandOutcome(std::move(*refused));
    const CommandMasks masks(evolver, request);
    auto outcome = handleOnce(store, evolver, request, memo);
    for (int retry = 0; retry < mostRetries && mayRetry(evolver, request, outcome); ++retry) {
        if (memo)
            *memo = {};
        outcome = handleOnce(store, evolver, request, memo);
    }
    if (!outcome)
        return masks.shown(outcome.error());
    if (auto* rejected = std::get_if<Rejected>(&*outcome))
        return CommandOutcome(masks.shown(std::move(*rejected)));
    if (auto* done = std::get_if<CommandDone>(&*outcome))
        done->accepted = masks.shown(std::move(done->accepted));
    return outcome;
}

} // namespace eventloupe
