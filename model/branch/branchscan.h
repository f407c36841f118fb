#pragma once

#include "branch/branchoverlay.h"
#include "value/canceltoken.h"
#include "value/logselection.h"

#include <functional>

namespace eventloupe {

/// Puts a branch's own events between those of a scan of its log, in order of position, and counts
/// the log's anew.
class BranchScan final {
public:
    using Visitor = std::function<bool(const EventView&)>;

    BranchScan(const BranchOverlay& overlay, ScanColumns columns, const CancelToken& cancel,
        const Visitor& visitor)
        : m_overlay(overlay)
        , m_columns(columns)
        , m_cancel(cancel)
        , m_visitor(visitor)
    {
    }
    /// Only events that it admits are visited; what the log's scan tests by itself is not tested
    /// again, but for versions.
    void select(const LogSelection& selection) { m_selection = selection; }
    /// Positions from..to of the branch, within 1..head.
    void setRange(Position from, Position to);
    /// What the log is to be scanned for.
    [[nodiscard]] Position baseFrom() const { return m_baseFrom; }
    [[nodiscard]] Position baseTo() const { return m_baseTo; }

    /// Takes an event of the log; false to stop.
    bool takeBase(const EventView& event);
    /// After the log's: what is left of the branch's own.
    void finish();
    /// Cancelled where the token was, while the branch's own events were visited.
    [[nodiscard]] Result<void> result() const;
    [[nodiscard]] bool isStopped() const { return m_isStopped; }

    /// The event as it is on the branch; one of the log's that is left.
    static void translate(const BranchOverlay& overlay, EventView& event);
    /// One of the branch's own, with the columns asked for.
    [[nodiscard]] static EventView viewOf(
        const BranchOverlay& overlay, std::size_t insertion, ScanColumns columns);
    /// Whether a selection admits an event, of which all columns are there.
    [[nodiscard]] static bool admits(const LogSelection& selection, const EventView& event);

private:
    bool visitInserted(std::size_t insertion);

    const BranchOverlay& m_overlay;
    const ScanColumns m_columns;
    const CancelToken& m_cancel;
    const Visitor& m_visitor;
    std::optional<LogSelection> m_selection;
    Position m_baseFrom = 1;
    Position m_baseTo = 0;
    std::size_t m_nextRemoved = 0;
    std::size_t m_nextInserted = 0;
    std::size_t m_endInserted = 0;
    bool m_isStopped = false;
    bool m_isCancelled = false;
};

} // namespace eventloupe
