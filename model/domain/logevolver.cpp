#include "domain/logevolver.h"

#include "domain/evolvelookup.h"

#include <vector>

namespace eventloupe {

namespace {

/// After so many events that were not for the flat form, a state is a tree for good: to make one
/// for each event would cost more.
constexpr quint8 mostRefusals = 4;

} // namespace

struct LogEvolver::Type {
    std::size_t number = 0;
    EvolveKind kind = EvolveKind::Merge;
    std::unique_ptr<FlatRules> rules; ///< None where they need trees.
    const Upcaster::Type* upcasts = nullptr; ///< None where events are taken as they are stored.
};

struct LogEvolver::Category {
    std::string initialBytes; ///< Of a flat object,
    std::unique_ptr<JsonValue> initialTree; ///< or this.
    const EvolveLookup::Aggregate* aggregate = nullptr;
    std::vector<bool> evolvesBy; ///< By the number of a type; empty: by all.

    void note(std::string_view type, std::size_t number)
    {
        if (!aggregate || aggregate->events.empty())
            return;
        if (evolvesBy.size() <= number)
            evolvesBy.resize(number + 1);
        evolvesBy[number] = aggregate->evolvesBy(type);
    }
};

LogEvolver::LogEvolver(const Evolver& evolver)
    : m_evolver(evolver)
    , m_reader(m_keys)
    , m_otherCategory(std::make_unique<Category>())
{
}

LogEvolver::~LogEvolver() = default;

const LogEvolver::Type& LogEvolver::type(std::string_view name)
{
    if (const auto known = m_types.find(name); known != m_types.end())
        return *known->second;
    auto type = std::make_unique<Type>();
    type->number = m_types.size();
    type->upcasts = m_evolver.lookup().upcaster().type(name);
    const std::string present = type->upcasts ? type->upcasts->present : std::string(name);
    if (const EvolvePlan* plan = m_evolver.lookup().plan(present)) {
        type->kind = plan->definition->kind;
        if (type->kind == EvolveKind::Rules)
            type->rules = FlatRules::compile(*plan, m_keys);
    }
    for (const auto& category : m_categories)
        category.second->note(present, type->number);
    return *m_types.emplace(name, std::move(type)).first->second;
}

const LogEvolver::Category& LogEvolver::category(std::string_view name)
{
    if (const auto known = m_categories.find(name); known != m_categories.end())
        return *known->second;
    const EvolveLookup::Aggregate* aggregate = m_evolver.lookup().aggregate(name);
    if (!aggregate)
        return *m_otherCategory;
    auto category = std::make_unique<Category>();
    LogState initial;
    initial.tree = std::make_unique<JsonValue>(aggregate->initialState);
    flatten(initial);
    category->initialBytes = initial.object.bytes();
    category->initialTree = std::move(initial.tree);
    initial.object.release(m_arena);
    category->aggregate = aggregate;
    for (const auto& type : m_types)
        category->note(
            type.second->upcasts ? type.second->upcasts->present : type.first, type.second->number);
    return *m_categories.emplace(name, std::move(category)).first->second;
}

void LogEvolver::begin(LogState& state, const Category& category)
{
    state.object.assign(category.initialBytes, m_arena);
    state.tree.reset();
    if (category.initialTree)
        state.tree = std::make_unique<JsonValue>(*category.initialTree);
}

void LogEvolver::begin(LogState& state, const JsonValue& value)
{
    state.tree = std::make_unique<JsonValue>(value);
    flatten(state);
    state.refusals = 0;
}

void LogEvolver::end(LogState& state)
{
    state.object.release(m_arena);
    state.tree.reset();
    state.exists = false;
}

bool LogEvolver::evolve(
    LogState& state, const Type& type, const Category& category, const EventView& event)
{
    state.version = event.version;
    state.exists = true;
    if (!category.evolvesBy.empty() && !category.evolvesBy[type.number])
        return true;
    if (!type.upcasts)
        return change(state, type, category, event, event);
    EventView present = event;
    return Upcaster::apply(*type.upcasts, present, m_upcastData).ok()
        && change(state, type, category, present, event);
}

/// By the event as it is now; the tree takes the stored one, and upcasts it itself.
inline bool LogEvolver::change(LogState& state, const Type& type, const Category& category,
    const EventView& present, const EventView& stored)
{
    if (type.kind == EvolveKind::Delete) {
        begin(state, category);
        state.exists = false;
        return true;
    }
    if (!state.tree && evolveFlat(state, type, present)) {
        if (state.object.isWide())
            makeTree(state);
        return true;
    }
    return evolveTree(state, stored);
}

bool LogEvolver::evolveFlat(LogState& state, const Type& type, const EventView& event)
{
    if (type.kind == EvolveKind::Rules)
        return type.rules && type.rules->apply(state.object, m_arena, m_reader, event);
    if (event.data.empty() || event.data == "null")
        return true;
    return m_reader.read(event.data) && state.object.merge(m_reader.members(), m_arena);
}

/// Through the tree; what was flat is so again, where that can be and is not tried in vain.
bool LogEvolver::evolveTree(LogState& state, const EventView& event)
{
    const bool wasFlat = !state.tree;
    if (wasFlat)
        makeTree(state);
    AggregateState whole;
    whole.value = std::move(*state.tree);
    whole.exists = state.exists;
    const bool isDone = m_evolver.evolve(whole, event).ok();
    *state.tree = std::move(whole.value);
    state.exists = whole.exists;
    if (wasFlat && state.refusals < mostRefusals) {
        ++state.refusals;
        flatten(state);
    }
    return isDone;
}

void LogEvolver::makeTree(LogState& state)
{
    state.tree = std::make_unique<JsonValue>(FlatObject::toTree(state.object.bytes(), m_keys));
    state.object.release(m_arena);
}

/// Makes a tree flat, where it fits.
void LogEvolver::flatten(LogState& state)
{
    const QByteArray json = state.tree->toJson();
    if (!m_reader.read(viewOf(json)))
        return;
    std::string bytes;
    FlatObject::write(bytes, m_reader.members(), 0, m_reader.members().size());
    state.object.assign(bytes, m_arena);
    state.tree.reset();
}

void LogEvolver::appendJson(std::string& out, const LogState& state) const
{
    if (state.tree)
        out.append(viewOf(state.tree->toJson()));
    else
        FlatObject::appendJson(out, state.object.bytes(), m_keys);
}

JsonValue LogEvolver::toTree(const LogState& state) const
{
    return state.tree ? *state.tree : FlatObject::toTree(state.object.bytes(), m_keys);
}

LogEvolver::Place LogEvolver::place(const JsonPointer& pointer)
{
    Place place { pointer, {}, !pointer.isRoot() };
    for (const QByteArray& token : pointer.tokens()) {
        const auto number = m_keys.numberOf(viewOf(token));
        const bool isIndex = !token.isEmpty() && token.front() >= '0' && token.front() <= '9';
        place.isPath = place.isPath && number && !isIndex;
        place.path.push_back(number.value_or(0));
    }
    return place;
}

bool LogEvolver::appendField(std::string& out, const LogState& state, const Place& place) const
{
    if (state.tree || !place.isPath) {
        const JsonValue tree = toTree(state);
        const JsonValue* found = place.pointer.resolve(tree);
        if (found != nullptr)
            out.append(viewOf(found->toJson()));
        return found != nullptr;
    }
    const auto found = state.object.find(place.path);
    if (found && found->isObject)
        FlatObject::appendJson(out, found->bytes, m_keys);
    else if (found)
        out.append(found->bytes);
    return found.has_value();
}

} // namespace eventloupe
