#pragma once

#include "schema/schema.h"
#include "value/jsonvalue.h"
#include "value/result.h"

#include <QStringList>

namespace eventloupe::cli {

/// A command's data from --data (JSON text, may be empty) and KEY=VALUE words, which win. A value
/// is what the schema says of its member: a string member takes it as it stands, all else is read
/// as JSON. An Error's message is a reason of misuse.
[[nodiscard]] Result<JsonValue> commandData(
    const Schema& schema, const QString& json, const QStringList& words);

} // namespace eventloupe::cli
