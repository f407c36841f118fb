#pragma once

#include "branch/branchsession.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace eventloupe {

/// What was kept of a store.
struct KeptBranch {
    std::optional<Branch> branch;
    QString trouble; ///< For people: why there is none, where there was something.
};

/// Writes the branch of a session down, beside the window's own session, so that it is there at the
/// next start; a file for each store and window that shows it. What cannot be written is tried
/// again. GUI thread; files are read and written on other ones.
class BranchKeeper final : public QObject {
    Q_OBJECT

public:
    explicit BranchKeeper(BranchSession& session, QObject* parent = nullptr);
    ~BranchKeeper() override; ///< Writes what is due, and waits for it.

    /// Reads what was kept for a store, once all was written that was due, and takes its file for
    /// this window; what could not be written is known here. Blocks on the disk: for another
    /// thread, which may outlive this.
    using Reader = std::function<KeptBranch(const QString& location)>;
    [[nodiscard]] Reader reader() const;
    /// Begins to write what is due, before another store is opened.
    void write();
    /// Keeps the file of a branch that could not be opened, but no longer for the next start.
    void setAside(const QString& location);

signals:
    /// The branch cannot be written, for people; once, until it can.
    void failed(const QString& reason);

private:
    class Files;
    void report(const Result<void>& written);

    BranchSession& m_session;
    std::shared_ptr<Files> m_files; ///< Shared with readers.
    QTimer m_due;
    std::optional<Branch> m_branch; ///< To be written.
    bool m_hasFailed = false; ///< Something waits to be written again.
};

} // namespace eventloupe
