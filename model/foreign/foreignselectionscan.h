#pragma once

#include "foreign/foreigneventreader.h"

#include <unordered_set>

namespace eventloupe {

/// Scans what a selection admits: by the streams' positions and the id's index where they are
/// named, else row by row, of which only what is asked about is read until one is admitted.
class ForeignSelectionScan final {
public:
    ForeignSelectionScan(ForeignLog& log, ForeignEventReader& events);

    Result<void> run(const LogSelection& selection, Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const ForeignEventReader::Visitor& visitor);

private:
    /// Rows are looked at in stretches of so many.
    static constexpr Position blockSize = 4096;
    struct Plan;
    Result<void> findPositions(const LogSelection& selection, Plan& plan);
    Result<bool> scanBlock(
        const Plan& plan, Position from, Position to, const ForeignEventReader::Visitor& visitor);
    bool admits(const Plan& plan, const EventView& event);

    ForeignLog& m_log;
    ForeignEventReader& m_events;
};

} // namespace eventloupe
