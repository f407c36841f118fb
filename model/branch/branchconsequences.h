#pragma once

#include "branch/brancheventstore.h"
#include "domain/evolver.h"

namespace eventloupe {

/// An event of the log that would not have come about as it did on a branch.
struct BranchConsequence {
    enum class Kind {
        Rejected, ///< Its command would have been refused.
        Unfoldable, ///< It cannot be folded into the state that is there.
    };
    Kind kind = Kind::Rejected;
    Position position = 0; ///< On the branch.
    QString stream;
    StreamVersion version = 0;
    QString type;
    QString command; ///< Of a rejected one.
    QString reason;
};

struct BranchConsequences {
    QList<BranchConsequence> found; ///< In order of position.
    qint64 checked = 0; ///< Events that were looked at.
    /// Events whose command cannot be told, or would be refused on the log as well by what can be
    /// told of its data.
    qint64 undecided = 0;
    QStringList tooLong; ///< Streams of which only the beginning was looked at.
};

/// Decides the commands of a branch's later events again, as far as events name theirs or it can be
/// told (see inferCommand()), against the state that the branch has before them; and folds them.
/// What fails in the log as well is no consequence. Looks at streams with changes alone, at so many
/// events of each; `cancel` is looked at. On a store's thread.
[[nodiscard]] Result<BranchConsequences> findConsequences(BranchEventStore& store,
    const Evolver& evolver, const CancelToken& cancel, qint64 mostOfAStream = 100'000);

} // namespace eventloupe
