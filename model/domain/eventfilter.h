#pragma once

#include "domain/filterfailures.h"
#include "domain/filterselection.h"
#include "expression/expression.h"
#include "value/event.h"
#include "value/result.h"

#include <QString>

#include <optional>

namespace eventloupe {

class Masks;

/// A filter expression over single events: `type == "ORDER_PLACED" && data.total > 100`.
/// Names: position, stream, category, version, type, time, id, data, metadata. Immutable,
/// thread-safe.
///
/// For a scan: visit what selection() admits, reading columns(), and keep what matches();
/// where isSelectionWhole(), keep all. Fields are read out of the JSON text as far as they are
/// reached, so that an event costs what the expression looks at.
class EventFilter {
public:
    /// Fails naming line and column; also where the expression is never true or false.
    static Result<EventFilter> compile(std::string_view source);

    /// Whether the event fits. An evaluation that fails (a field that is not there) does not fit.
    [[nodiscard]] bool matches(const EventView& event) const
    {
        return judge(event) == Verdict::Holds;
    }
    /// The same, noting where the evaluation fails.
    [[nodiscard]] bool matches(const EventView& event, FilterFailures& failures) const;
    /// The same, telling apart why not.
    [[nodiscard]] Verdict judge(const EventView& event) const;
    /// Why judge() came to Missing or Failed, for people; empty when it did not.
    [[nodiscard]] QString failureAt(const EventView& event) const;

    /// An event outside of it does not fit.
    [[nodiscard]] const LogSelection& selection() const { return m_selection.selection; }
    /// Whether every event of the selection fits.
    [[nodiscard]] bool isSelectionWhole() const { return m_selection.isWhole; }
    /// What matches() looks at beside position, version and time; none where isSelectionWhole().
    [[nodiscard]] ScanColumns columns() const;
    /// The first masked place that the expression reads, as it names it ("data.email"): in events
    /// that are shown the sign stands there, which is what it is compared with.
    [[nodiscard]] std::optional<QString> maskedRead(const Masks& masks) const;
    [[nodiscard]] const QByteArray& source() const { return m_expression.source(); }

private:
    EventFilter(Expression expression, FilterSelection selection);

    Expression m_expression;
    FilterSelection m_selection;
};

} // namespace eventloupe
