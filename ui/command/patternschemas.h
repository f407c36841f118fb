#pragma once

#include "schema/pattern.h"
#include "value/jsonvalue.h"

#include <QHash>
#include <QList>

#include <utility>

namespace eventloupe {

/// What "patternProperties" says of the members of an object, by their names. A form asks with each
/// key that is typed, so that an answer takes a bounded time in all, and is known from then on.
class PatternSchemas {
public:
    explicit PatternSchemas(const JsonValue& patterns);

    /// The schemas of all patterns that fit, put together; null when none does. Patterns for which
    /// no time was left count as those that do not.
    [[nodiscard]] JsonValue schemaFor(
        const QByteArray& name, std::chrono::nanoseconds time = std::chrono::milliseconds(100));

private:
    QList<std::pair<Pattern, JsonValue>> m_patterns;
    QHash<QByteArray, JsonValue> m_known; ///< By name.
};

} // namespace eventloupe
