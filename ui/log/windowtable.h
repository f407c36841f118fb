#pragma once

#include <QIdentityProxyModel>
#include <QTableView>

#include <memory>

class QScrollBar;

namespace eventloupe {

class WindowProxy;

/// A table of any length that costs what is on the screen: a view on a WindowProxy, with a scroll
/// bar of its own that a panel puts beside it (bar()). Wheel and keys move over all rows of the
/// source. The current row is told from outside, by setCurrentRow(), so that it can follow a
/// cursor.
class WindowTable : public QTableView {
    Q_OBJECT

public:
    explicit WindowTable(QWidget* parent = nullptr);
    ~WindowTable() override;

    /// Shows the source, seen through the decoration, which is put on top of the window. Once.
    void setSource(QAbstractItemModel* source, QIdentityProxyModel* decoration);

    [[nodiscard]] QScrollBar* bar() const { return m_bar; }
    [[nodiscard]] qint64 firstRow() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] qint64 totalRows() const;
    /// The source's row at a place of the viewport; -1 where there is none.
    [[nodiscard]] qint64 rowAtPoint(const QPoint& point) const;
    [[nodiscard]] bool isRowVisible(qint64 row) const;

    /// Marks the current row; -1 is none. One that is not exact is where the keys start from, but
    /// is not shown as current (the cursor stands between two rows).
    void setCurrentRow(qint64 row, bool exact = true);
    [[nodiscard]] qint64 currentRow() const { return m_current; }
    /// Where the keys start from, while it is not the current row: a step was asked for that is not
    /// shown yet. Until the current row is set again.
    void setKeyRow(qint64 row, bool exact = true);
    /// Scrolls as little as it takes, or puts a far row in the middle.
    void reveal(qint64 row);
    /// The first row after reveal().
    [[nodiscard]] qint64 firstRowRevealing(qint64 row) const;
    /// What an empty table says in its middle.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }

    /// The column of names, which often differ at their ends: they are shortened in the middle.
    void setNameColumn(int column);

    void scrollTo(const QModelIndex& index, ScrollHint hint) override;

signals:
    /// A row was picked by mouse or keyboard; its owner decides whether it becomes current.
    void rowPicked(qint64 row);
    /// Double click or Enter.
    void rowActivated(qint64 row);
    /// firstRow() or visibleRows() changed.
    void windowChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setUpLook();
    void measureRows();
    void updateBar();
    void showCurrent();
    void pickAt(const QPoint& point);
    [[nodiscard]] qint64 rowForKey(int key) const;

    std::unique_ptr<WindowProxy> m_window;
    QScrollBar* m_bar;
    QString m_emptyText;
    int m_nameColumn = -1;
    qint64 m_current = -1;
    bool m_exact = true;
    qint64 m_keyRow = -1;
    bool m_isKeyRowExact = true;
    double m_wheelRows = 0; ///< Part of a row that the wheel has turned already.
};

} // namespace eventloupe
