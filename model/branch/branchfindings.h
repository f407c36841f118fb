#pragma once

#include "branch/branchconsequences.h"
#include "branch/branchdifference.h"
#include "branch/branchsession.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace eventloupe {

/// What is known of a branch, worked out beside the window.
struct BranchFindings {
    BranchComparison comparison;
    BranchConsequences consequences;
    QList<Event> skipped; ///< Of the log, which the branch has not.
};

/// Works the findings out for the branch of a session, soon after it changed; an older answer is
/// dropped. GUI thread; the work is done on the store's background lane.
class BranchWatch final : public QObject {
    Q_OBJECT

public:
    BranchWatch(StoreClient& client, BranchSession& session, QObject* parent = nullptr);
    ~BranchWatch() override;

    /// Whose commands are decided again.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// Null where there is no branch, or it is not known yet.
    [[nodiscard]] const std::shared_ptr<const BranchFindings>& findings() const
    {
        return m_findings;
    }
    /// Why an event of the branch would have been rejected, or cannot be folded; empty where it is
    /// not known of it.
    [[nodiscard]] QString reasonAt(Position position) const;

    /// Answers with statesKnown(); a newer request drops an older one.
    void foldBoth(const QString& stream);

signals:
    void changed();
    void statesKnown(const QString& stream, const eventloupe::BothStates& states);
    void failed(const eventloupe::Error& error);

private:
    void update();

    StoreClient& m_client;
    BranchSession& m_session;
    std::shared_ptr<const Evolver> m_evolver;
    std::shared_ptr<const BranchFindings> m_findings;
    QHash<Position, QString> m_reasons;
    QTimer m_due;
    CancelToken m_token;
    CancelToken m_statesToken;
};

} // namespace eventloupe
