#pragma once

#include "branch/branchsession.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace eventloupe {

/// Writes the branch of a session down, beside the window's own session, so that it is there at the
/// next start; a file for each store. GUI thread; files are written on another one, in order.
class BranchKeeper final : public QObject {
    Q_OBJECT

public:
    explicit BranchKeeper(BranchSession& session, QObject* parent = nullptr);
    ~BranchKeeper() override; ///< Writes what is due, and waits for it.

    /// What was kept for a store; nothing where nothing was, or it cannot be read. Reads a file:
    /// not for the GUI thread.
    [[nodiscard]] static std::optional<Branch> kept(const QString& location);
    /// Writes what is due, before another store is opened. What it returns waits until that is
    /// done, for a thread that reads such a file then.
    [[nodiscard]] std::function<void()> flush();
    /// Keeps the file of a branch that could not be opened, but no longer for the next start.
    void setAside(const QString& location);

private:
    static QString fileOf(const QString& location);
    void write();
    void run(const std::function<void()>& work);

    BranchSession& m_session;
    std::shared_ptr<QThreadPool> m_pool; ///< One thread.
    QTimer m_due;
    std::optional<Branch> m_branch; ///< To be written.
};

} // namespace eventloupe
