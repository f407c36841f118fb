#pragma once

#include "expression/expression.h"
#include "value/event.h"
#include "value/result.h"

namespace eventloupe {

/// A filter expression over single events: `type == "ORDER_PLACED" && data.total > 100`.
/// Names: position, stream, category, version, type, time, id, data, metadata. Immutable,
/// thread-safe.
class EventFilter {
public:
    /// Fails naming line and column.
    static Result<EventFilter> compile(std::string_view source);

    /// Whether the event fits. An evaluation that fails (a field that is not there) does not fit.
    [[nodiscard]] bool matches(const EventView& event) const;
    [[nodiscard]] const QByteArray& source() const { return m_expression.source(); }

private:
    explicit EventFilter(Expression expression);
    Expression m_expression;
};

} // namespace eventloupe
