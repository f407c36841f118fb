#pragma once

#include "value/event.h"

#include <QWidget>

class QProgressBar;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace eventloupe {

class CausationLoader;
class CausationModel;
class InfoBar;
class PlainLabel;
class TimeCursor;
struct Error;

/// What an event was caused by and led to, as a tree over all streams. The row of the cursor's
/// event is the current one; picking a row moves the cursor there. GUI thread.
class CausationPanel final : public QWidget {
    Q_OBJECT

public:
    CausationPanel(CausationLoader& loader, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Shows what an event belongs to.
    void showFor(Position position);
    /// Moves the cursor to what caused its event, where the tree has that; says so where not.
    void goToCause();
    [[nodiscard]] QTreeView& view() const { return *m_view; }

    /// Column widths, for the session.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

signals:
    /// A condition that the person asks the log's filter for.
    void filterAsked(const QString& expression);
    void said(const QString& message);

private:
    QWidget* makeTop();
    void setUpView();
    void connectLoader();
    void showTree();
    void showStatus();
    void showFailure(const Error& error);
    void warn();
    void placeCursor();
    void pick(const QModelIndex& index);
    void showMenu(const QPoint& place);
    [[nodiscard]] QString summary() const;

    CausationLoader& m_loader;
    TimeCursor& m_cursor;
    CausationModel* m_model;
    PlainLabel* m_summary;
    QToolButton* m_here;
    QToolButton* m_cancel;
    QProgressBar* m_progress;
    InfoBar* m_info;
    QStackedWidget* m_pages;
    PlainLabel* m_nothing;
    QTreeView* m_view;
    bool m_isPlacing = false; ///< The current row follows the cursor, not the other way round.
    bool m_goesToCause = false; ///< As soon as the tree has it.
    bool m_hasAsked = false; ///< Something was asked for since the store was opened.
};

} // namespace eventloupe
