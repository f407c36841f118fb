#pragma once

#include "ui/command/formschema.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace eventloupe {

/// Moves `if` with `then` and `else`, `dependentSchemas` and `dependentRequired` of a schema into a
/// list of conditions, in which those of parts that are put together stand side by side.
[[nodiscard]] JsonValue withConditions(const JsonValue& schema);

/// What a flat schema asks of an object by conditions on its members.
class FormConditions {
public:
    /// The member of a flat schema that holds them.
    static constexpr std::string_view member = "$conditions";

    FormConditions() = default;
    FormConditions(Schema whole, JsonValue schema, QList<QByteArray> references);

    [[nodiscard]] bool isEmpty() const { return m_schema.find(member) == nullptr; }
    /// The schema together with the branches that hold for a value, theirs included.
    [[nodiscard]] JsonValue schemaFor(const JsonValue& value);
    /// Whether a condition looks at the member: its field stays what it is, so that what was
    /// chosen there can be chosen anew.
    [[nodiscard]] bool asksFor(const QByteArray& key) const { return m_asked.contains(key); }

private:
    /// Nothing where the condition makes no sense outside of its place.
    [[nodiscard]] std::optional<bool> holds(const JsonValue& condition, const JsonValue& value);
    void noteAsked(const JsonValue& condition);

    Schema m_whole;
    JsonValue m_schema;
    QList<QByteArray> m_references;
    QHash<QByteArray, std::optional<Schema>> m_tests; ///< By the condition's JSON.
    QSet<QByteArray> m_asked;
};

} // namespace eventloupe
