#pragma once

#include "store/repairstore.h"

#include <deque>

namespace eventloupe {

/// Events in a row of which a verification says the same.
struct FaultRange {
    Position first = 0; ///< 0, as `last`: it concerns the store as a whole.
    Position last = 0;
    QString message; ///< Of the first one.

    [[nodiscard]] qint64 count() const { return last - first + 1; }
    /// The message, and up to where the same holds, for people.
    [[nodiscard]] QString text() const;
};

/// Puts faults together that are the same but for their positions, which are next to each other. A
/// damaged page has a fault for each of its events, a table that is lost one for each of the log.
/// They are told in the order in which they began, each once it has ended; one event may have
/// several faults, which go on side by side. Used by one thread at a time.
class FaultRanges final {
public:
    using Tell = std::function<void(const FaultRange&)>;
    explicit FaultRanges(Tell tell);

    void add(const StoreFault& fault);
    /// Tells what is still open. Further faults may follow.
    void finish();

private:
    struct Open {
        FaultRange range;
        QString form;
        bool isEnded = false;
    };
    void endBefore(Position position);
    void tellEnded();

    Tell m_tell;
    std::deque<Open> m_open; ///< In order of their beginnings.
};

/// Whether a note says of the next events what `before` says of those before them; then that one is
/// to reach to `note.last`.
[[nodiscard]] bool continues(const RepairNote& before, const RepairNote& note);
/// A note's reason, and up to where the same holds.
[[nodiscard]] QString reasonOf(const RepairNote& note);

} // namespace eventloupe
