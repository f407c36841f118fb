#pragma once

#include "branch/branch.h"
#include "store/eventstore.h"

#include <QRandomGenerator>

namespace eventloupe {

/// A branch as one would make it without thinking of time or memory: a copy of the log, in which
/// events are crossed out, rewritten and put in.
class PlainBranch {
public:
    PlainBranch(EventStore& base, Position at);

    void apply(const BranchEdit& edit);
    /// Writes what is left into an empty store.
    void writeTo(EventStore& store) const;
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }

    /// An edit that makes sense for it, most often.
    [[nodiscard]] BranchEdit randomEdit(QRandomGenerator& random) const;
    /// The streams that edits were about.
    [[nodiscard]] QStringList concerned() const { return m_concerned; }

private:
    struct Entry {
        BranchPlace place;
        BranchEvent event;
        bool isThere = true;
    };
    [[nodiscard]] qsizetype find(const BranchPlace& place) const;
    [[nodiscard]] const Entry& anyOf(QRandomGenerator& random) const;
    [[nodiscard]] BranchEvent randomEvent(QRandomGenerator& random) const;
    void put(qsizetype index, const BranchEvent& event);

    QList<Entry> m_entries;
    qint64 m_inserted = 0;
    QStringList m_concerned;
};

} // namespace eventloupe
