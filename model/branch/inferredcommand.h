#pragma once

#include "domain/decider.h"

namespace eventloupe {

/// The command that an event came from, as far as the event tells.
struct InferredCommand {
    const CommandDefinition* command = nullptr; ///< Null: it does not tell.
    /// What the command's data may have been, likeliest first: what its definition takes over into
    /// the event and the stream's name, turned round; and that with all of the event's data.
    QList<JsonValue> data;
    QString commandId; ///< Events of one command share it; may be empty.
    QString actor;
};

/// By the event's metadata, which names its command as CommandHandler writes it; else the only
/// command of the workspace that emits the type into streams of the category.
[[nodiscard]] InferredCommand inferCommand(
    const Workspace& workspace, const Event& event, const QString& category);

} // namespace eventloupe
