#pragma once

#include "branch/branch.h"
#include "store/eventstore.h"

#include <QHash>
#include <QSet>

namespace eventloupe {

class BranchEventStore;

/// Events that are put at a branch's end together, as one edit. They are in memory until then, as
/// they are afterwards.
class BranchBulkAppend final : public BulkAppend {
public:
    /// `revision` is the branch's, as the store has it.
    BranchBulkAppend(BranchEventStore& store, qsizetype revision)
        : m_store(store)
        , m_revision(revision)
    {
    }
    Result<StreamVersion> add(const QString& stream, const NewEvent& event) override;
    Result<void> add(const CheckedEvents& events, std::vector<StreamVersion>& versions) override;
    [[nodiscard]] qint64 streams() const override { return m_versions.size(); }
    Result<Appended> commit(const CancelToken& cancel, const Progress& progress) override;

private:
    Result<StreamVersion> take(const BranchEvent& event);
    Error fail(const Error& error);

    BranchEventStore& m_store;
    const qsizetype m_revision; ///< The versions are counted from it.
    QList<BranchEvent> m_events;
    QHash<QString, StreamVersion> m_versions; ///< With the events that were taken.
    QSet<QString> m_ids;
    std::optional<Error> m_failure;
};

} // namespace eventloupe
