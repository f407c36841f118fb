#pragma once

#include "domain/eventfilter.h"
#include "exchange/exporter.h"

#include <functional>
#include <optional>
#include <string>

namespace eventloupe {

/// Which events leave, and what of them is read: the one place where an export chooses both.
/// Immutable, thread-safe.
class ExportSelection final {
public:
    /// Fails where the filter expression does not compile.
    static Result<ExportSelection> of(const ExportRequest& request);

    /// Visits what may leave of from..to, by an index where there is one for the type or for what
    /// the filter names; what is visited has to be admitted yet.
    Result<void> scan(EventStore& store, Position from, Position to, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) const
    {
        return store.scanSelected(m_selection, from, to, columns(), cancel, visitor);
    }
    /// Every format writes all of an event.
    [[nodiscard]] static ScanColumns columns() { return allScanColumns; }
    /// Notes where the filter expression fails.
    [[nodiscard]] bool admits(const EventView& event, FilterFailures& failures) const
    {
        return event.position >= m_from && (m_type.empty() || event.type == m_type)
            && (!m_filter || m_filter->matches(event, failures));
    }

private:
    explicit ExportSelection(const ExportRequest& request);

    Position m_from;
    std::string m_type; ///< Empty: all.
    std::optional<EventFilter> m_filter;
    LogSelection m_selection; ///< What is not of it is not admitted.
};

} // namespace eventloupe
