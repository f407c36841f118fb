#pragma once

#include "domain/evolver.h"
#include "expression/expression.h"
#include "value/logselection.h"
#include "watch/watchpoint.h"

#include <array>

namespace eventloupe {

/// What a watch's expression sees; the first three as an evolve rule does.
namespace WatchVariable {
enum Index : std::size_t { State, Data, Event, Previous };
inline constexpr std::array<std::string_view, 4> names { "state", "data", "event", "previous" };
} // namespace WatchVariable

/// An expression that is watched, over `state` (after the event), `previous` (the state before it,
/// which the event's rules read: the initial one at a stream's first event), `data` and `event`, as
/// evolve rules have them, upcast. After an aggregate's end the state is the initial one.
/// Immutable, thread-safe.
class WatchExpression {
public:
    /// Fails naming line and column.
    static Result<std::shared_ptr<const WatchExpression>> compile(std::string_view source);

    [[nodiscard]] const QByteArray& source() const { return m_expression.source(); }
    [[nodiscard]] const Expression& expression() const { return m_expression; }
    [[nodiscard]] bool uses(WatchVariable::Index variable) const
    {
        return m_expression.uses(variable);
    }
    /// Whether it reads nothing of an event or a state, and so never changes.
    [[nodiscard]] bool isConstant() const
    {
        return !readsStates() && !uses(WatchVariable::Data) && !uses(WatchVariable::Event);
    }
    /// Whether a state is needed at all; else nothing has to be folded.
    [[nodiscard]] bool readsStates() const
    {
        return uses(WatchVariable::State) || uses(WatchVariable::Previous);
    }
    /// What must be read of each event, beside what folding it needs.
    [[nodiscard]] ScanColumns columns() const;

    /// What is looked at, where that is single fields alone.
    [[nodiscard]] const std::optional<std::vector<Expression::Field>>& fields() const
    {
        return m_fields;
    }

    /// The outcome for an event, which is the present one (see presentEvent()).
    struct Subject {
        const JsonValue* state = nullptr; ///< Null where it is not used, as the next.
        const JsonValue* previous = nullptr;
        const EventView* event = nullptr;
    };
    [[nodiscard]] WatchOutcome evaluate(const Subject& subject) const;
    /// Why it could not be evaluated, for people; empty where it could.
    [[nodiscard]] QString failureAt(const Subject& subject) const;

private:
    explicit WatchExpression(const Expression& expression);
    [[nodiscard]] Result<Value> valueFor(const Subject& subject) const;

    Expression m_expression;
    std::optional<std::vector<Expression::Field>> m_fields;
};

/// Upcasts an event as a fold does; `data` keeps its bytes. Fails naming the upcast.
[[nodiscard]] Result<EventView> presentEvent(
    const Evolver& evolver, const EventView& stored, QByteArray& data);

/// An outcome of a value.
[[nodiscard]] WatchOutcome outcomeOf(const Value& value);
/// Of what judge() tells; nothing for Failed, which may be a value that is neither true nor false.
[[nodiscard]] std::optional<WatchOutcome::Kind> outcomeOf(Verdict verdict);

} // namespace eventloupe
