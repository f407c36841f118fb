#pragma once

#include "domain/decider.h"
#include "store/eventstore.h"

#include <optional>
#include <variant>

namespace eventloupe {

/// A command that someone wants carried out.
struct CommandRequest {
    QString name;
    JsonValue data = JsonValue::emptyObject();
    /// Fixes time and ids: issuing the same request again does nothing further.
    CommandContext context;
    /// Set when the writer has seen the stream at a version and insists on it.
    std::optional<StreamVersion> expected;
};

/// A command as decided against the stream's present state, not yet appended.
struct CommandPreview {
    Decision decision;
    StreamVersion version = 0; ///< The stream's version that was decided on.
};

/// What became of a command. A command may be accepted without any event (no `emit` applied):
/// then nothing is appended, and first and last are 0.
struct CommandDone {
    Appended appended;
    Accepted accepted;
};
using CommandOutcome = std::variant<CommandDone, Rejected, VersionConflict>;

/// The state that was folded last for a command, so that a form that previews while one types
/// does not fold a long stream each time. Belongs to one store, and to one thread at a time.
struct CommandMemo {
    StreamId stream = 0;
    AggregateState state;
};

/// Loads the stream's state at the head, and decides. NotFound for an unknown command; any other
/// Error is a fault of the definition or the store. On a store's thread.
[[nodiscard]] Result<CommandPreview> previewCommand(EventStore& store, const Evolver& evolver,
    const CommandRequest& request, CommandMemo* memo = nullptr);

/// So often a command that "retries" on a conflict is decided again.
inline constexpr int mostRetries = 5;

/// Loads, decides, appends with the version it decided on. A VersionConflict without an expected
/// version in the request means that another writer was faster: deciding again may well succeed,
/// and is done here, with the same context, for commands whose definition says so.
/// A request that was carried out before, with the same context, is acknowledged as it was then.
/// On a store's thread.
[[nodiscard]] Result<CommandOutcome> handleCommand(EventStore& store, const Evolver& evolver,
    const CommandRequest& request, CommandMemo* memo = nullptr);

} // namespace eventloupe
