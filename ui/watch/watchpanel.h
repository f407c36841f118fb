#pragma once

#include "plot/streamplots.h"
#include "watch/watches.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableView;

namespace eventloupe {

class FilterCompleter;
class PlainLabel;
class Subject;
class TimeCursor;
class WatchPointModel;

/// Watches: an expression and whose events, the points that it finds while it runs, what it failed
/// on, and the watches that are kept. A point moves the time cursor.
class WatchPanel final : public QWidget {
    Q_OBJECT

public:
    /// What it shows and moves.
    struct Parts {
        StoreClient& client;
        TimeCursor& cursor;
        Subject& subject;
        Watches& watches;
        StreamPlots& plots; ///< Knows the shown stream's fields.
    };
    explicit WatchPanel(const Parts& parts, QWidget* parent = nullptr);

    /// Puts an expression and a scope in the fields and runs it; only in the fields, with the
    /// keyboard there, where the expression is empty.
    void ask(const QString& expression, const WatchScope& asked);
    void focusField();
    /// Names that are offered while an expression is typed: fields of a state, types.
    void setFields(const QStringList& fields);
    void setTypes(const QStringList& types);
    /// The watch that is shown; nullptr where there is none.
    [[nodiscard]] WatchRunner* shown() const { return m_shown; }
    /// Moves the time cursor to the next or previous point of the shown watch.
    void goToNext();
    void goToPrevious();
    /// Moves it to the first event of the shown stream after which the expression holds.
    void goToFirst();

signals:
    /// Another watch is shown, or none.
    void shownChanged(eventloupe::WatchRunner* runner);
    /// Something to be told in the status bar.
    void said(const QString& message);

private:
    QWidget* makeTop();
    QWidget* makeList();
    QWidget* makeResults();
    QTableView* makeTable(WatchPointModel& model, const QString& name);
    void connectParts();
    void start();
    void keep();
    void show(WatchRunner* runner);
    void showRow(int row);
    void showAny();
    void moveToPoint(Position position);
    void showStatus();
    void showStream();
    void showFault(const QString& fault);
    void followCursor();
    void goTo(const QModelIndex& index);
    void showListMenu(const QPoint& place);
    [[nodiscard]] WatchScope scope() const;
    [[nodiscard]] QString statusText(const WatchRunner& runner) const;

    Parts m_parts;
    QLineEdit* m_edit;
    QComboBox* m_scope;
    QPushButton* m_run;
    QPushButton* m_first;
    QPushButton* m_keep;
    PlainLabel* m_status;
    QProgressBar* m_progress;
    QTableView* m_list;
    QTabWidget* m_tabs;
    WatchPointModel* m_points;
    WatchPointModel* m_failures;
    QTableView* m_table;
    PlainLabel* m_hint; ///< In place of the points where there is no watch.
    FilterCompleter* m_completer;
    QPointer<WatchRunner> m_shown;
    QString m_asked; ///< A stream or category that the scope offers since it was asked for.
};

} // namespace eventloupe
