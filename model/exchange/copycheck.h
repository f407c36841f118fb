#pragma once

#include "exchange/storethread.h"
#include "value/progress.h"

namespace eventloupe {

/// What a copy asks of its two stores before and after. On the thread of `from`.
class CopyCheck final {
public:
    CopyCheck(
        EventStore& from, StoreThread& to, const Progress& progress, const CancelToken& cancel);

    /// Whether the events 1..`there` of the copy are those of the log, by the hash at the last of
    /// them where both keep one, and by samples; with `all`, by reading all of them. AlreadyExists
    /// names the first position that differs.
    Result<void> compareBeginning(Position there, bool all);
    /// Whether the events first..last were stored as they are in the log: they are read back, and
    /// their hashes compared, or they themselves. Corrupt names the first that was not.
    Result<void> verify(Position first, Position last);
    /// Whether hashes told; of the last call.
    [[nodiscard]] bool isByHash() const { return m_isByHash; }

private:
    struct Hashes {
        std::optional<EventHash> from;
        std::optional<EventHash> to;
        [[nodiscard]] bool areThere() const { return from && to; }
    };
    Result<Hashes> hashesAt(Position position);
    Result<Position> findSampleThatDiffers(Position there);
    Result<Position> findDifference(Position first, Position last);
    Result<bool> doesChainFit(Position first, Position last);
    Result<QString> differenceAt(Position position);

    EventStore& m_from;
    StoreThread& m_to;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    bool m_isByHash = false;
};

} // namespace eventloupe
