#pragma once

#include <QAbstractProxyModel>

namespace eventloupe {

/// Shows a view only the rows firstRow()..firstRow()+visibleRows()-1 of a flat source model, so
/// that the view costs what is on the screen (a QTableView keeps a record a row). The view's own
/// scroll bar is off; one over totalRows() calls setFirstRow().
///
/// A row of the proxy is a place on the screen: moving the window changes the data of the places,
/// by dataChanged, and neither resets the view nor moves its indexes. Nothing here costs more than
/// the window. GUI thread; the source must not be a tree.
class WindowProxy final : public QAbstractProxyModel {
    Q_OBJECT

public:
    explicit WindowProxy(QObject* parent = nullptr);

    void setSourceModel(QAbstractItemModel* source) override;

    [[nodiscard]] qint64 firstRow() const { return m_first; }
    /// How many rows the window was made for; rowCount() is less where the source ends.
    [[nodiscard]] int visibleRows() const { return m_visible; }
    [[nodiscard]] qint64 totalRows() const { return m_total; }

    /// Clamped so that the window is full where the source has rows enough.
    void setFirstRow(qint64 row);
    void setVisibleRows(int rows);

    [[nodiscard]] QModelIndex index(
        int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex& proxyIndex) const override;
    /// Invalid for rows outside the window.
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex& sourceIndex) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

signals:
    /// firstRow(), visibleRows() or what they show changed.
    void windowChanged();
    void totalRowsChanged(qint64 rows);

private:
    void connectSource();
    void sourceDataChanged(
        const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles);
    void sourceRowsInserted(const QModelIndex& parent, int first, int last);
    void sourceRowsRemoved(const QModelIndex& parent, int first, int last);
    void restart();
    void place(qint64 first, int visible, bool contentMoved);
    void announceRows();

    qint64 m_first = 0;
    qint64 m_total = 0;
    int m_visible = 0;
    int m_rows = 0; ///< What rowCount() says: min(visible, total - first).
    QList<QMetaObject::Connection> m_connections;
};

} // namespace eventloupe
