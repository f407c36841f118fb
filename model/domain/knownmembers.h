#pragma once

#include "schema/schema.h"

#include <QStringList>

#include <vector>

namespace eventloupe {

/// The members that values of a schema have.
class KnownMembers {
public:
    KnownMembers() = default; ///< Nothing is known, and any may be.
    explicit KnownMembers(const Schema& schema);

    [[nodiscard]] const QStringList& names() const { return m_names; }
    /// Whether there can be no others.
    [[nodiscard]] bool isClosed() const { return m_isClosed; }
    /// Of the object that a member is.
    [[nodiscard]] KnownMembers of(const QString& name) const;

private:
    KnownMembers(Schema whole, const std::vector<JsonValue>& schemas);
    bool take(const JsonValue& schema, int depth);

    Schema m_whole;
    std::vector<JsonValue::Member> m_properties; ///< A name as often as it is described.
    QStringList m_names;
    bool m_isClosed = false;
};

} // namespace eventloupe
