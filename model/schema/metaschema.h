#pragma once

#include "value/jsonvalue.h"

#include <optional>

namespace eventloupe {

/// The URI of JSON Schema 2020-12.
constexpr const char* metaschemaUri = "https://json-schema.org/draft/2020-12/schema";

/// JSON Schema's own schemas (2020-12), by URI without fragment: the whole, and each vocabulary.
/// They are in the program; nothing is fetched. Thread-safe.
[[nodiscard]] std::optional<JsonValue> findMetaschema(const QByteArray& uri);

} // namespace eventloupe
