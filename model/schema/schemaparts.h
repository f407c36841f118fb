#pragma once

#include <QByteArray>

namespace eventloupe {

/// What a keyword's value holds of schemas (JSON Schema Core 2020-12, section 10).
enum class SchemaParts {
    None,
    One, ///< `items`
    List, ///< `anyOf`
    Named, ///< `properties`
};

[[nodiscard]] SchemaParts partsOf(const QByteArray& keyword);

/// Whether the keyword puts its schemas to the same value: a schema that reaches itself by these
/// alone has no end.
[[nodiscard]] bool isInPlace(const QByteArray& keyword);

} // namespace eventloupe
