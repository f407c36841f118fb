#pragma once

#include "branch/branchoverlay.h"
#include "branch/openbranches.h"
#include "store/storeclient.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace eventloupe {

/// The branch that a window is on: opens the client's store as a branch of itself, as other ones
/// when edits are made, and as the log again when it is left. GUI thread; what needs the log runs
/// on the client's workers.
class BranchSession final : public QObject {
    Q_OBJECT

public:
    explicit BranchSession(StoreClient& client, QObject* parent = nullptr);

    /// Opens a store in the client, on no branch, or on one that was kept of it.
    void open(const QString& location, OpenMode mode, const std::optional<Branch>& kept = {});
    /// Closes what is open; the branch may be opened again.
    void close();
    /// Where opening a branch failed, its log is opened instead, and failed() tells why; false
    /// where it was none.
    bool fallBack(const Error& error);

    [[nodiscard]] bool isActive() const { return m_shared != nullptr; }
    /// Whether a branch with edits was left, and returnToLeft() has it back.
    [[nodiscard]] bool canReturn() const;
    /// With what commands appended; of no log where there is none.
    [[nodiscard]] Branch branch() const;
    /// What commands appended is counted: see SharedBranch::revision().
    [[nodiscard]] qsizetype revision() const { return m_shared ? m_shared->revision() : 0; }
    /// The changes, once they are known; null before that and where there is no branch.
    [[nodiscard]] std::shared_ptr<const BranchOverlay> overlay() const { return m_overlay; }
    /// The log's own location, also while a branch of it is open.
    [[nodiscard]] const QString& mainLocation() const { return m_main; }
    /// Events that the log has got since the branch began, as seen last.
    [[nodiscard]] Position mainSince() const { return m_mainSince; }
    /// Events of the log that it is a branch of.
    [[nodiscard]] Position branchedAt() const { return m_shared ? branch().at() : 0; }

public slots:
    // Edits; on no branch yet, they begin one at the head. Positions are those that the window
    // shows. Each is answered by changed() once the store is open with it, or by failed().

    /// A branch that ends at a position, of the log or of the branch that is open.
    void beginAt(eventloupe::Position at);
    void skip(const QList<eventloupe::Position>& positions);
    void skipStream(const QString& stream);
    void restore(const QList<eventloupe::BranchPlace>& places);
    void change(eventloupe::Position position, const eventloupe::BranchEvent& to);
    void insertBehind(
        eventloupe::Position position, const QList<eventloupe::BranchEvent>& events);
    void undo();
    void redo();
    /// Over the log as it is by now.
    void rebase();
    /// Back to the log. A branch that has edits can be returned to until another one is begun, or a
    /// store is opened or closed.
    void leave();
    /// Back to the log; the branch is not wanted again.
    void forget();
    /// To the branch that was left, with all edits, those that were undone too.
    void returnToLeft();

signals:
    /// The store is about to be opened anew: what is wanted again has to be kept.
    void reopening();
    /// There is a branch, another one, or none any more; or it has other events.
    void changed();
    /// The branch is about to be left, and not kept for the next start; canReturn() tells whether
    /// it is until then.
    void left();
    /// The log has got further events.
    void mainGrew();
    void failed(const eventloupe::Error& error);

private:
    using Edit = std::function<Result<Branch>(EventStore&, Branch)>;
    struct Edited {
        Branch branch;
        qsizetype revision = 0; ///< Of the branch that was edited.
    };
    void run(const Edit& edit);
    void adopt(const Branch& branch);
    void openMain();
    void readOverlay();
    void lookAtMain();

    StoreClient& m_client;
    QString m_main;
    OpenMode m_mode = OpenMode::ReadOnly;
    std::shared_ptr<SharedBranch> m_shared;
    std::shared_ptr<SharedBranch> m_left; ///< With what a command appended while it was left.
    std::shared_ptr<const BranchOverlay> m_overlay;
    std::optional<Error> m_failure; ///< Of the branch that could not be opened.
    Position m_mainSince = 0;
    bool m_isLooking = false; ///< A look for growth is under way.
    QTimer m_look; ///< For growth of the log.
};

} // namespace eventloupe
