#pragma once

#include "domain/evolver.h"
#include "domain/workspace.h"
#include "value/event.h"
#include "value/jsonvalue.h"

#include <QList>

#include <memory>
#include <variant>

namespace eventloupe {

/// What is fixed once a command, so that a preview and what is appended agree, and so that issuing
/// it again with the same context gives the same events with the same ids.
struct CommandContext {
    Timestamp now;
    QString commandId; ///< Causation id of its events.
    QString actor; ///< May be empty.
    QString uuidSeed; ///< uuid() number n of a command is derived from it.
    /// Of its events; empty: the command's id, which begins a new correlation.
    QString correlationId {};
    static CommandContext make(const QString& actor = {});
};

/// The command gives these events for its stream.
struct Accepted {
    QString stream;
    QList<NewEvent> events;
};

/// The command is refused: by its schema (violations) or by a guard (message).
struct Rejected {
    QString message;
    QList<SchemaViolation> violations;
};

using Decision = std::variant<Accepted, Rejected>;

/// decide(command, state): guards and emitted events by a workspace's definitions.
/// Immutable and thread-safe.
class Decider {
public:
    explicit Decider(std::shared_ptr<const Workspace> workspace);

    /// The data with the defaults of the command's schema where members are missing.
    [[nodiscard]] static JsonValue completed(
        const CommandDefinition& command, const JsonValue& data);
    /// The stream that a command with this data is for. Fails when the data lacks what it needs.
    [[nodiscard]] static Result<QString> streamOf(
        const CommandDefinition& command, const JsonValue& data);
    /// Completes the data and checks it against the schema, then the guards in order, of which
    /// the first that is false rejects, then evaluates what is emitted. Events carry the
    /// correlationId, causationId, actor and command in their metadata. An Error is a fault of the
    /// definition (an expression that fails, data that does not fit the event's schema), not a
    /// rejection.
    [[nodiscard]] Result<Decision> decide(const CommandDefinition& command, const JsonValue& data,
        const AggregateState& state, const CommandContext& context) const;

private:
    std::shared_ptr<const Workspace> m_workspace;
};

} // namespace eventloupe
