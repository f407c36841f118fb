#pragma once

#include "branch/appendbranch.h"
#include "branch/branchsession.h"
#include "ui/branch/eventdialog.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace eventloupe {

class TimeCursor;

/// What can be done about branches: the menu, the entries of context menus, and the dialogs that
/// they open. GUI thread.
class BranchActions final : public QObject {
    Q_OBJECT

public:
    BranchActions(
        StoreClient& client, BranchSession& session, TimeCursor& cursor, QWidget* window);

    /// "Branch"
    [[nodiscard]] QMenu* menu() const { return m_menu; }
    /// Those that stand in the banner.
    [[nodiscard]] QList<QAction*> bannerActions() const;
    /// "Return to the Branch", which was left.
    [[nodiscard]] QAction* returnAction() const { return m_return; }
    /// Adds what can be done with an event, or with a stream.
    void fillMenu(QMenu& menu, const Event& event);
    void fillMenu(QMenu& menu, const QString& stream);
    /// What is typed in a dialog about an event, for the session; empty: nothing. restoreDraft()
    /// opens the dialog again once the event is read; while there is no such event, it waits.
    [[nodiscard]] QByteArray draft() const;
    void restoreDraft(const QByteArray& draft);
    [[nodiscard]] bool isAppending() const { return m_isAppending; }
    /// Nothing is appended where it is not too late.
    void cancelAppend() { m_cancelAppend.cancel(); }

signals:
    /// The branch is to be shown beside its log.
    void compareAsked();
    void exportAsked();
    /// In the status line.
    void said(const QString& message);
    void failed(const eventloupe::Error& error);

private:
    QAction* add(const QString& text, const QKeySequence& key, const std::function<void()>& slot);
    void addEdits();
    void addBranchActions();
    void update();
    void edit(Position position);
    EventDialog* openDialog(EventDialog::Purpose purpose, const Event& event);
    void insertBehind(Position position);
    void withEventAt(Position position, const std::function<void(const Event&)>& then);
    void askAppend();
    void showAppend(const BranchAppend& append, const BranchAppend& shown);
    void append(const BranchAppend& append);
    void returnToLeft();

    StoreClient& m_client;
    BranchSession& m_session;
    TimeCursor& m_cursor;
    QWidget* m_window;
    QMenu* m_menu;
    QPointer<EventDialog> m_dialog; ///< While it is open.
    QByteArray m_draft; ///< Waits for its event.
    QString m_refusal; ///< Why the branch cannot be appended; empty where it can.
    CancelToken m_cancelAppend;
    bool m_isAppending = false;
    QList<QAction*> m_ofEvents; ///< Which need one.
    QAction* m_begin = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_export = nullptr;
    QAction* m_append = nullptr;
    QAction* m_leave = nullptr;
    QAction* m_return = nullptr;
    Position m_leftAt = 0; ///< Where the cursor was on the branch that was left.
    bool m_leftLive = true; ///< It was at the branch's end.
    bool m_isReturning = false;
};

} // namespace eventloupe
