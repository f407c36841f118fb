#include "domain/evolver.h"

#include "domain/domaintext.h"
#include "domain/eventvalues.h"
#include "domain/evolvelookup.h"
#include "domain/statesize.h"
#include "domain/variables.h"
#include "value/category.h"
#include "value/json.h"
#include "value/mergepatch.h"

#include <array>
#include <vector>

namespace eventloupe {

namespace {

/// What one rule sets or, without a value, removes.
struct Change {
    JsonPointer place;
    std::optional<JsonValue> value;
    qint64 size = 0; ///< Of the value.
    bool readsState = false; ///< To make the value.
};

using Variables = std::array<Value, EvolveVariable::names.size()>;

Error inRule(const EvolveRule& rule, const Error& error)
{
    return { error.code,
        QStringLiteral("%1: %2").arg(QString::fromUtf8(rule.pointerSource), error.message) };
}

Result<JsonPointer> pointerOf(const EvolveRule& rule, const Variables& variables)
{
    if (rule.fixedPointer)
        return *rule.fixedPointer;
    QList<QByteArray> tokens;
    for (const TextTemplate& part : rule.pointer) {
        auto token = part.evaluate(variables);
        if (!token)
            return inRule(rule, token.error());
        tokens.append(std::move(token).value());
    }
    return JsonPointer(std::move(tokens));
}

Result<Change> evaluateRule(const EvolveRule& rule, const Variables& variables)
{
    auto place = pointerOf(rule, variables);
    if (!place)
        return place.error();
    Change change { std::move(place).value(), std::nullopt, 0, false };
    if (!rule.value)
        return change;
    const auto value = rule.value->evaluate(variables);
    if (!value)
        return inRule(rule, value.error());
    auto json = value->toJson();
    if (!json)
        return inRule(rule, json.error());
    change.size = jsonSize(*json, mostStateBytes);
    change.value = std::move(json).value();
    change.readsState = rule.value->uses(EvolveVariable::State);
    return change;
}

/// Whether the changes make the state too large. Those that are no longer than an event's data are
/// not looked into, so that a state of scalars costs nothing; they let it grow as the log does.
Result<void> checkSize(
    const EvolvePlan& plan, const std::vector<Change>& changes, const JsonValue& next)
{
    constexpr qint64 smallChange = 4096;
    qint64 all = 0;
    qint64 most = -1;
    qsizetype largest = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (changes[i].size > most) {
            most = changes[i].size;
            largest = static_cast<qsizetype>(i);
        }
        all += changes[i].size;
    }
    if (all <= smallChange || jsonSize(next, mostStateBytes) <= mostStateBytes)
        return {};
    return inRule(plan.definition->rules.at(largest),
        { ErrorCode::InvalidInput,
            DomainText::tr("the state gets larger than %1 MB; keep less in it, such as a count or "
                           "the last values, and no copies of what it holds already")
                .arg(mostStateBytes / (1024 * 1024)) });
}

/// Merge Patch; the data of an event that carries none changes nothing.
Result<void> mergeData(JsonValue& state, std::string_view data, WriteTrace* trace)
{
    if (data.empty())
        return {};
    auto patch = parseStoredJson(data);
    if (!patch)
        return patch.error();
    if (patch->isNull())
        return {};
    if (trace && patch->isObject())
        traceMergePatch(state, *patch, *trace);
    else if (trace)
        trace->push_back(setWrite({}, state, *patch, false));
    applyMergePatch(state, *patch);
    return {};
}

/// Makes one change; a failure leaves the state as it was.
Result<void> apply(Change& change, JsonValue& state, WriteTrace* trace)
{
    if (!change.value) {
        if (trace && change.place.resolve(state))
            trace->push_back(removeWrite(change.place, state));
        change.place.remove(state);
        return {};
    }
    if (!trace)
        return change.place.set(state, *std::move(change.value));
    trace->push_back(setWrite(change.place, state, *change.value, change.readsState));
    return change.place.set(state, *std::move(change.value));
}

Result<Variables> variablesFor(
    const EvolvePlan& plan, const JsonValue& state, const EventView& event)
{
    Variables variables;
    if (plan.uses[EvolveVariable::State])
        variables[EvolveVariable::State] = Value::fromJson(state);
    if (plan.uses[EvolveVariable::Data]) {
        auto data = jsonTextValue(event.data);
        if (!data)
            return data.error();
        variables[EvolveVariable::Data] = std::move(data).value();
    }
    if (plan.uses[EvolveVariable::Event]) {
        auto value = eventValue(event);
        if (!value)
            return value.error();
        variables[EvolveVariable::Event] = std::move(value).value();
    }
    return variables;
}

SettingEventPointer settingEvent(const EventView& event)
{
    return std::make_shared<const SettingEvent>(SettingEvent { event.version, event.position,
        event.time,
        QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size())) });
}

} // namespace

Result<void> applyEvolveRules(
    const EvolvePlan& plan, JsonValue& state, const EventView& event, WriteTrace* trace)
{
    const auto variables = variablesFor(plan, state, event);
    if (!variables)
        return variables.error();
    std::vector<Change> changes;
    changes.reserve(static_cast<std::size_t>(plan.definition->rules.size()));
    for (const EvolveRule& rule : plan.definition->rules) {
        auto change = evaluateRule(rule, *variables);
        if (!change)
            return change.error();
        changes.push_back(std::move(change).value());
    }
    JsonValue next = state;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto done = apply(changes[i], next, trace);
        if (!done)
            return inRule(plan.definition->rules.at(static_cast<qsizetype>(i)), done.error());
    }
    if (const auto fits = checkSize(plan, changes, next); !fits)
        return fits;
    state = std::move(next);
    return {};
}

Evolver::Evolver(std::shared_ptr<const Workspace> workspace)
    : m_workspace(workspace ? std::move(workspace) : Workspace::empty())
    , m_lookup(std::make_shared<const EvolveLookup>(m_workspace))
{
}

Evolver::~Evolver() = default;

bool Evolver::readsWholeEvents() const
{
    return m_lookup->readsWholeEvents();
}

AggregateState Evolver::initialState(const QString& category) const
{
    AggregateState state;
    if (const AggregateDefinition* aggregate = m_workspace->aggregate(category))
        state.value = aggregate->initialState;
    return state;
}

bool Evolver::evolvesBy(std::string_view stream, std::string_view type) const
{
    const EvolveLookup::Aggregate* aggregate = m_lookup->aggregate(categoryOf(stream));
    const Upcaster::Type* older = m_lookup->upcaster().type(type);
    return !aggregate || aggregate->evolvesBy(older ? std::string_view(older->present) : type);
}

Result<void> Evolver::evolve(
    AggregateState& state, const EventView& event, WriteTrace* trace) const
{
    state.version = event.version;
    state.position = event.position;
    WriteTrace own;
    WriteTrace* const writes = trace ? trace : state.blame ? &own : nullptr;
    if (writes)
        writes->clear();
    auto changed = change(state, event, writes);
    if (changed) {
        if (state.blame && !writes->empty())
            state.blame->apply(*writes, settingEvent(event));
        return changed;
    }
    if (writes)
        writes->clear();
    const Error error { changed.error().code,
        DomainText::tr("%1 at version %2 of %3 could not be folded: %4")
            .arg(QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size())))
            .arg(event.version)
            .arg(
                QString::fromUtf8(event.stream.data(), static_cast<qsizetype>(event.stream.size())),
                changed.error().message) };
    if (state.failedVersion == 0) {
        state.failedVersion = event.version;
        state.failedPosition = event.position;
        state.failure = error.message;
    }
    return error;
}

Result<void> Evolver::change(
    AggregateState& state, const EventView& stored, WriteTrace* trace) const
{
    const EvolveLookup::Aggregate* aggregate = m_lookup->aggregate(categoryOf(stored.stream));
    state.exists = true;
    const Upcaster::Type* older = m_lookup->upcaster().type(stored.type);
    if (aggregate && !aggregate->evolvesBy(older ? std::string_view(older->present) : stored.type))
        return {};
    EventView event = stored;
    QByteArray data;
    if (older) {
        const auto done = Upcaster::apply(*older, event, data);
        if (!done)
            return done;
    }
    const EvolvePlan* plan = m_lookup->plan(event.type);
    if (!plan || plan->definition->kind == EvolveKind::Merge)
        return mergeData(state.value, event.data, trace);
    if (plan->definition->kind == EvolveKind::Rules)
        return applyEvolveRules(*plan, state.value, event, trace);
    state.exists = false;
    state.value = aggregate ? aggregate->initialState : JsonValue::emptyObject();
    if (trace)
        trace->push_back(setWrite({}, {}, state.value, false));
    return {};
}

} // namespace eventloupe
