#pragma once

#include "domain/blametree.h"
#include "domain/workspace.h"
#include "domain/writetrace.h"
#include "value/event.h"
#include "value/jsonvalue.h"

#include <memory>
#include <optional>

namespace eventloupe {

class EvolveLookup;
struct EvolvePlan;

/// An aggregate as folded so far. Copying is O(1).
struct AggregateState {
    JsonValue value = JsonValue::emptyObject();
    bool exists = false; ///< False before the first event and after a "delete".
    StreamVersion version = 0;
    Position position = 0; ///< Of the last event folded.
    /// The first event that could not be folded, and why; the fold went on without it.
    StreamVersion failedVersion = 0;
    Position failedPosition = 0;
    QString failure;
    /// Which event set what, kept by Evolver::evolve() where it is there.
    std::optional<BlameTree> blame;
};

/// Folds events into states by a workspace's rules. Immutable and thread-safe.
///
/// An event without a definition, or with "merge", patches its data into the state as RFC 7396
/// has it: data that is no object becomes the state, except that no data and null leave it as it
/// was. An event after a "delete" starts from the initial state again. An event that its
/// category's aggregate does not evolve by counts (version, position, existence) and changes
/// nothing. An event of an older type or shape is upcast first, which is a part of folding it.
class Evolver {
public:
    explicit Evolver(std::shared_ptr<const Workspace> workspace);
    ~Evolver();
    Evolver(const Evolver&) = default;
    Evolver& operator=(const Evolver&) = default;

    /// The state before a stream's first event.
    [[nodiscard]] AggregateState initialState(const QString& category) const;

    /// Folds one event into the state. On an Error the state's value is left as it was, the
    /// version moves on, and `failure` keeps the first reason. `trace`, when given, gets what the
    /// event wrote in place of what it holds; without it, and without blame in the state, nothing
    /// is traced.
    Result<void> evolve(
        AggregateState& state, const EventView& event, WriteTrace* trace = nullptr) const;

    /// Whether events of this type, as stored, are among those that the stream's aggregate evolves
    /// by; others leave its state as it is.
    [[nodiscard]] bool evolvesBy(std::string_view stream, std::string_view type) const;

    [[nodiscard]] const std::shared_ptr<const Workspace>& workspace() const { return m_workspace; }

    /// Whether a rule looks at more of an event than its stream, type and data.
    [[nodiscard]] bool readsWholeEvents() const;
    /// For this room.
    [[nodiscard]] const EvolveLookup& lookup() const { return *m_lookup; }

private:
    Result<void> change(AggregateState& state, const EventView& stored, WriteTrace* trace) const;

    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<const EvolveLookup> m_lookup;
};

/// Applies an event's rules to a state: all read the old one, and a failure leaves it as it was.
/// What was written is added to the trace, if there is one; where it failed, the trace is of no
/// account.
Result<void> applyEvolveRules(const EvolvePlan& plan, JsonValue& state, const EventView& event,
    WriteTrace* trace = nullptr);

} // namespace eventloupe
