#pragma once

#include "branch/appendbranch.h"
#include "branch/branchsession.h"

#include <QObject>

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
    /// Adds what can be done with an event, or with a stream.
    void fillMenu(QMenu& menu, const Event& event);
    void fillMenu(QMenu& menu, const QString& stream);

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
    void insertBehind(Position position);
    void withEventAt(Position position, const std::function<void(const Event&)>& then);
    void askAppend();
    void showAppend(const BranchAppend& append);
    void append(const BranchAppend& append);

    StoreClient& m_client;
    BranchSession& m_session;
    TimeCursor& m_cursor;
    QWidget* m_window;
    QMenu* m_menu;
    QList<QAction*> m_ofEvents; ///< Which need one.
    QAction* m_begin = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_export = nullptr;
    QAction* m_append = nullptr;
    QAction* m_leave = nullptr;
};

} // namespace eventloupe
