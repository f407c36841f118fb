#pragma once

#include "store/eventstore.h"
#include "value/progress.h"

#include <QString>

namespace eventloupe {

/// What repairStore() did not copy as it was, told in the order of the damaged log.
struct RepairNote {
    enum class Kind {
        LeftOut, ///< Events position..last are not in the new store.
        Unproven, ///< It is, though nothing proves it: the event before it, with its hash, is lost.
        Renumbered, ///< From this one on, its stream's versions are less by `less`.
    };
    Kind kind = Kind::LeftOut;
    Position position = 0; ///< In the damaged store.
    Position last = 0;
    QString stream; ///< Empty where it cannot be told.
    StreamVersion version = 0; ///< In the damaged store; 0 where it cannot be told.
    StreamVersion less = 0;
    QString reason;
};

struct RepairSummary {
    qint64 copied = 0;
    qint64 leftOut = 0; ///< As far as the damaged store knows how many events it had.
    /// Left out as well, but at no event's place: before the first one.
    qint64 strayRecords = 0;
    /// Why events whose pages nothing leads to were not looked for, though some may be there, for
    /// people; empty otherwise.
    QString notSought;

    [[nodiscard]] bool isWhole() const { return leftOut == 0 && strayRecords == 0; }
    /// To follow how many events were left out: ", and 1 record before the first event"; empty
    /// where there is none.
    [[nodiscard]] QString straysText() const;
};

/// Whether a store has what tells which of its events are sound: it is a file of our own.
[[nodiscard]] bool canRepair(EventStore& store);

/// Copies the events of a damaged store that are sound into a new one, `file`, which must not exist
/// (AlreadyExists). Sound is what the hash chain proves and, behind an event that is lost, what
/// nothing speaks against. Ids, types, times and payloads keep their bytes.
///
/// The new log is whole by its own rules: positions are dense and versions gapless, so that both
/// are less by what was left out before; the notes say how much, which makes every number of the
/// damaged store's one of the new store's. Nothing is written to the damaged store, which is
/// read below its masks. On a failure `file` is not there. Unsupported where the store has no hash
/// chain.
///
/// Where pages are lost that lead to others, those are looked for in a copy of the store's file,
/// which is made beside `file` and goes away with the call (mendTrees()); where that fails, what
/// they lead to is left out, and the summary says why. `progress` counts positions, after the pages
/// of that copy. On the store's thread.
[[nodiscard]] Result<RepairSummary> repairStore(EventStore& damaged, const QString& file,
    const Progress& progress, const CancelToken& cancel,
    const std::function<void(const RepairNote&)>& note);

} // namespace eventloupe
