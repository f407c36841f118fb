#include "domain/maskderivation.h"

#include "domain/maskedreads.h"
#include "domain/projection.h"
#include "domain/variables.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

using Role = MaskedRole;
using Tainted = MaskedValues;

constexpr std::array<Role, 3> evolveRoles { Role::State, Role::Data, Role::Event };
constexpr std::array<Role, 3> upcastRoles { Role::Data, Role::Metadata, Role::Event };
constexpr std::array<Role, 6> commandRoles { Role::State, Role::Other, Role::Other, Role::Data,
    Role::Other, Role::Other };

/// Where a rule writes something masked; nothing where it does not.
std::optional<JsonPointer> maskedTarget(const EvolveRule& rule, const Tainted& tainted)
{
    const bool isMasked = rule.value && readsMasked(*rule.value, evolveRoles, tainted);
    if (rule.fixedPointer)
        return isMasked ? rule.fixedPointer : std::nullopt;
    QList<QByteArray> tokens;
    for (const TextTemplate& token : rule.pointer) {
        // The name itself tells the value: what has members of such names is masked.
        if (readsMasked(token, evolveRoles, tainted))
            return JsonPointer(tokens);
        tokens.append(
            token.expressions().isEmpty() ? token.literals().first() : QByteArrayLiteral("-"));
    }
    return isMasked ? std::optional(JsonPointer(tokens)) : std::nullopt;
}

/// What an upcast makes a masked field of.
void addShapeSources(const Expression& expression, EventMask& masks)
{
    const auto reads = expression.reads();
    if (!reads) {
        if (expression.uses(UpcastVariable::Data))
            masks.data.add(JsonPointer());
        if (expression.uses(UpcastVariable::Metadata) || expression.uses(UpcastVariable::Event))
            masks.metadata.add(JsonPointer());
        return;
    }
    for (const Expression::Field& field : reads->fields) {
        const QList<QByteArray> place(field.names.begin(), field.names.end());
        if (field.variable == UpcastVariable::Data)
            masks.data.add(JsonPointer(place));
        else if (field.variable == UpcastVariable::Metadata)
            masks.metadata.add(JsonPointer(place));
        else if (!place.isEmpty() && place.first() == "metadata")
            masks.metadata.add(JsonPointer(place.mid(1)));
    }
}

class Derivation {
public:
    Derivation(const Workspace& workspace, Masks& masks)
        : m_workspace(workspace)
        , m_masks(masks)
    {
    }

    void run()
    {
        for (const AggregateDefinition& aggregate : m_workspace.aggregates())
            m_categories.insert(aggregate.category);
        // Also what another workspace's rules made of its own entries.
        for (const QString& category : m_masks.categories())
            m_categories.insert(category);
        for (const QString& type : m_masks.types())
            m_types.insert(type);
        for (const EventDefinition& event : m_workspace.events()) {
            m_types.insert(event.type);
            for (const QString& older : event.was)
                m_types.insert(older);
        }
        for (const QString& category : std::as_const(m_categories))
            m_masks.nameCategory(category);
        // Each turn adds a place that some rule writes, of which there are so many.
        for (int turn = 0; turn < mostTurns && findMore(); ++turn) { }
        hideReasons();
    }

private:
    static constexpr int mostTurns = 1'000;

    bool findMore()
    {
        bool isNew = false;
        for (const EventDefinition& event : m_workspace.events())
            isNew = shapesOf(event) || isNew;
        for (const QString& category : std::as_const(m_categories))
            isNew = statesOf(category) || isNew;
        isNew = statesOf({}) || isNew;
        for (const CommandDefinition& command : m_workspace.commands())
            isNew = emissionsOf(command) || isNew;
        for (const auto& projection : m_workspace.projections())
            isNew = rowsOf(*projection) || isNew;
        return isNew;
    }

    /// A type's older names and shapes.
    bool shapesOf(const EventDefinition& event)
    {
        EventMask shared = m_masks.ofEvent(event.type, {});
        for (const QString& older : event.was)
            shared.add(m_masks.ofEvent(older, {}));
        EventMask anywhere = m_masks.ofEventAnywhere(event.type);
        anywhere.add(shared);
        const Tainted tainted { {}, anywhere.data, anywhere.metadata };
        for (const Upcast& upcast : event.upcasts) {
            for (const Upcast::Move& move : upcast.moves) {
                if (tainted.data.touches(move.from.tokens()))
                    shared.data.add(move.to);
                if (tainted.data.touches(move.to.tokens()))
                    shared.data.add(move.from);
            }
            for (const Upcast::Change& change : upcast.changes) {
                if (change.value && readsMasked(*change.value, upcastRoles, tainted))
                    shared.data.add(change.place);
                if (change.value && tainted.data.touches(change.place.tokens()))
                    addShapeSources(*change.value, shared);
            }
        }
        bool isNew = m_masks.addToType(event.type, shared);
        for (const QString& older : event.was)
            isNew = m_masks.addToType(older, shared) || isNew;
        return isNew;
    }

    /// Whether the category's states are folded by that type.
    [[nodiscard]] bool foldsBy(const QString& category, const QString& type) const
    {
        const AggregateDefinition* aggregate = m_workspace.aggregate(category);
        return !aggregate || aggregate->events.isEmpty() || aggregate->events.contains(type);
    }

    /// The category is empty for those that nothing names.
    bool addState(const QString& category, const JsonPointer& pattern)
    {
        return category.isEmpty() ? m_masks.addToOtherStates(pattern)
                                  : m_masks.addToState(category, pattern);
    }

    bool statesOf(const QString& category)
    {
        bool isNew = false;
        const EventMask ofAnyType = m_masks.ofEvent({}, category);
        for (const JsonPointer& pattern : ofAnyType.data.pointers())
            isNew = addState(category, pattern) || isNew;
        for (const QString& type : std::as_const(m_types)) {
            if (!foldsBy(category, type))
                continue;
            const EventMask masks = m_masks.ofEvent(type, category);
            const EventDefinition* event = m_workspace.event(type);
            if (!event || event->kind == EvolveKind::Merge) {
                for (const JsonPointer& pattern : masks.data.pointers())
                    isNew = addState(category, pattern) || isNew;
                continue;
            }
            const Tainted tainted { m_masks.ofState(category), masks.data, masks.metadata };
            for (const EvolveRule& rule : event->rules)
                if (const auto target = maskedTarget(rule, tainted))
                    isNew = addState(category, *target) || isNew;
        }
        return isNew;
    }

    bool emissionsOf(const CommandDefinition& command)
    {
        bool isNew = false;
        // What a masked field of one event is made of may be written into another one as well.
        const Tainted tainted { stateOf(command), m_masks.ofCommand(command.name), {} };
        for (const Emission& emission : command.emissions) {
            const MaskPatterns masked = command.category.isEmpty()
                ? m_masks.ofEventAnywhere(emission.type).data
                : m_masks.ofEvent(emission.type, command.category).data;
            EventMask written;
            for (const auto& [place, expression] : emission.dataExpressions) {
                // An event without data of its own has the command's.
                if (place.isRoot() && expression.source() == "data") {
                    written.data.add(tainted.data);
                    for (const JsonPointer& pattern : masked.pointers())
                        isNew = m_masks.addToCommand(command.name, pattern) || isNew;
                    continue;
                }
                if (readsMasked(expression, commandRoles, tainted))
                    written.data.add(place);
                if (masked.touches(place.tokens()))
                    isNew = addSources(command, expression) || isNew;
            }
            isNew = m_masks.addToType(emission.type, written) || isNew;
            m_types.insert(emission.type);
        }
        return isNew;
    }

    /// What of a command's data a masked field of its event is made of.
    bool addSources(const CommandDefinition& command, const Expression& expression)
    {
        const auto reads = expression.reads();
        if (!reads)
            return expression.uses(CommandVariable::Data)
                && m_masks.addToCommand(command.name, JsonPointer());
        bool isNew = false;
        for (const Expression::Field& field : reads->fields)
            if (field.variable == CommandVariable::Data)
                isNew = m_masks.addToCommand(command.name,
                            JsonPointer({ field.names.begin(), field.names.end() }))
                    || isNew;
        return isNew;
    }

    [[nodiscard]] MaskPatterns stateOf(const CommandDefinition& command) const
    {
        return command.category.isEmpty() ? m_masks.ofStates() : m_masks.ofState(command.category);
    }

    bool rowsOf(const ProjectionDefinition& projection)
    {
        bool isNew = false;
        const auto add = [&](const JsonPointer& place) {
            isNew = m_masks.addToRow(projection.name, place) || isNew;
        };
        for (auto listed = projection.events.cbegin(); listed != projection.events.cend();
             ++listed) {
            const EventMask masks = m_masks.ofEventAnywhere(listed.key());
            const Tainted tainted { m_masks.ofRow(projection.name), masks.data, masks.metadata };
            for (const FieldExpression& key : listed->keys.expressions)
                if (readsMasked(key.whole(), evolveRoles, tainted))
                    add(JsonPointer({ QByteArrayLiteral("key") }));
            const EventDefinition* event
                = projection.rules ? projection.rules->event(listed.key()) : nullptr;
            if (!event || event->kind == EvolveKind::Merge) {
                for (const JsonPointer& pattern : masks.data.pointers())
                    add(pattern);
                continue;
            }
            for (const EvolveRule& rule : event->rules)
                if (const auto target = maskedTarget(rule, tainted))
                    add(*target);
        }
        return isNew;
    }

    /// Words that may quote a masked value.
    void hideReasons()
    {
        const auto mayQuote = [this](const QString& category) {
            return !m_masks.ofState(category).isEmpty()
                || std::any_of(m_types.begin(), m_types.end(), [&](const QString& type) {
                       return foldsBy(category, type)
                           && !m_masks.ofEvent(type, category).isEmpty();
                   });
        };
        for (const QString& category : std::as_const(m_categories))
            if (mayQuote(category))
                m_masks.hideFailuresOf(category);
        if (mayQuote({}))
            m_masks.hideOtherFailures();
        for (const CommandDefinition& command : m_workspace.commands()) {
            const Tainted tainted { stateOf(command), {}, {} };
            for (const Guard& guard : command.guards)
                if (guard.messageText && readsMasked(*guard.messageText, commandRoles, tainted))
                    m_masks.hideMessagesOf(command.name);
        }
    }

    const Workspace& m_workspace;
    Masks& m_masks;
    QSet<QString> m_categories;
    QSet<QString> m_types;
};

} // namespace

void deriveMasks(const Workspace& workspace, Masks& masks)
{
    if (!masks.isEmpty() && !masks.isEverything())
        Derivation(workspace, masks).run();
}

} // namespace eventloupe
