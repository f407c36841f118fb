#pragma once

#include "domain/workspace.h"
#include "value/jsonpointer.h"

#include <QList>
#include <QString>

#include <utility>

namespace eventloupe {

/// The fields of a command's data that its stream's name is made of, with the texts that give this
/// stream: "user-{data.userId}" and "user-42" give /userId, "42". Empty when the name does not fit,
/// or when the template has an expression that is not a plain path below `data`.
[[nodiscard]] QList<std::pair<JsonPointer, QString>> fieldsOfStream(
    const CommandDefinition& command, const QString& stream);

/// The JSON Pointers of those fields, whatever the stream.
[[nodiscard]] QList<JsonPointer> streamFields(const CommandDefinition& command);

/// The stream that the command is about with this data; empty where the data does not say, or as
/// with streamFields().
[[nodiscard]] QString streamOf(const CommandDefinition& command, const JsonValue& data);

/// Whether one of the command's guards wants its aggregate to exist.
[[nodiscard]] bool needsStream(const CommandDefinition& command);

/// Whether one of the command's guards wants its aggregate not to exist yet. Such a command begins
/// a stream, so that no stream that is there prefills its form.
[[nodiscard]] bool beginsStream(const CommandDefinition& command);

} // namespace eventloupe
