#pragma once

#include "expression/expression.h"
#include "value/event.h"
#include "value/logselection.h"

#include <optional>
#include <string>
#include <vector>

namespace eventloupe {

/// An expression over `row`, `data` and `event` (ProjectionVariable) that is evaluated for millions
/// of events: where it reads single fields of data and event, these are looked up in the event's
/// text, and no tree of it is made. What is not that plain is evaluated over whole values, which
/// also words what fails. Immutable, thread-safe.
class FieldExpression {
public:
    explicit FieldExpression(const Expression& expression);

    /// `row` may be null where usesRow() is false.
    [[nodiscard]] Result<Value> evaluate(const EventView& event, const JsonValue* row) const;
    [[nodiscard]] bool usesRow() const;
    /// What must be read of an event.
    [[nodiscard]] ScanColumns columns() const;
    [[nodiscard]] const Expression& whole() const { return m_whole; }
    [[nodiscard]] const QByteArray& source() const { return m_whole.source(); }

private:
    struct Field {
        Expression::Field read;
        QByteArray dotted; ///< "data.address.city": its name as a variable.
    };
    [[nodiscard]] bool readFields(const EventView& event, std::vector<Value>& values) const;

    Expression m_whole;
    std::optional<Expression> m_plain; ///< Over the fields.
    std::vector<Field> m_fields;
};

/// What an expression over `row`, `data` and `event` needs of an event.
[[nodiscard]] ScanColumns eventColumnsOf(const Expression& expression);

} // namespace eventloupe
