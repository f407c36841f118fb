#pragma once

#include <QWidget>

class QStackedWidget;
class QTreeView;

namespace eventloupe {

class FieldHistoryModel;
class PlainLabel;
class TimeCursor;

/// The history of one field: every event that set it, with what it was before and after. A click
/// moves the cursor to the event. Searches only while visible.
class HistoryPage final : public QWidget {
    Q_OBJECT

public:
    HistoryPage(FieldHistoryModel& model, TimeCursor& cursor, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void setUpTable();
    void showProgress();
    void goTo(const QModelIndex& index);
    [[nodiscard]] QString captionText() const;
    [[nodiscard]] QString emptyText() const;
    void showMenu(const QPoint& place);

    FieldHistoryModel& m_model;
    TimeCursor& m_cursor;
    PlainLabel* m_caption;
    PlainLabel* m_progress;
    PlainLabel* m_nothing;
    QStackedWidget* m_pages;
    QTreeView* m_table;
};

} // namespace eventloupe
