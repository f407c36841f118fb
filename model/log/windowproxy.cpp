#include "log/windowproxy.h"

#include <algorithm>

namespace eventloupe {

WindowProxy::WindowProxy(QObject* parent)
    : QAbstractProxyModel(parent)
{
}

void WindowProxy::setSourceModel(QAbstractItemModel* source)
{
    if (source == sourceModel())
        return;
    beginResetModel();
    for (const auto& connection : std::exchange(m_connections, {}))
        disconnect(connection);
    QAbstractProxyModel::setSourceModel(source);
    if (source)
        connectSource();
    const qint64 before = std::exchange(m_total, source ? source->rowCount() : 0);
    m_first = 0;
    m_rows = static_cast<int>(std::min<qint64>(m_visible, m_total));
    endResetModel();
    if (m_total != before)
        emit totalRowsChanged(m_total);
    emit windowChanged();
}

void WindowProxy::connectSource()
{
    using Model = QAbstractItemModel;
    Model* source = sourceModel();
    const auto reset = [this] { restart(); };
    const auto refresh = [this] { place(m_first, m_visible, true); };
    m_connections = {
        connect(source, &Model::dataChanged, this, &WindowProxy::sourceDataChanged),
        connect(source, &Model::headerDataChanged, this,
            [this](Qt::Orientation orientation, int first, int last) {
                if (orientation == Qt::Horizontal)
                    emit headerDataChanged(orientation, first, last);
                else if (m_rows > 0)
                    emit headerDataChanged(orientation, 0, m_rows - 1);
            }),
        connect(source, &Model::rowsInserted, this, &WindowProxy::sourceRowsInserted),
        connect(source, &Model::rowsRemoved, this, &WindowProxy::sourceRowsRemoved),
        connect(source, &Model::rowsMoved, this, refresh),
        connect(source, &Model::layoutChanged, this, refresh),
        connect(source, &Model::modelReset, this, reset),
        connect(source, &Model::columnsInserted, this, reset),
        connect(source, &Model::columnsRemoved, this, reset),
        connect(source, &Model::columnsMoved, this, reset),
        connect(source, &QObject::destroyed, this, reset),
    };
}

void WindowProxy::setFirstRow(qint64 row)
{
    place(row, m_visible, false);
}

void WindowProxy::setVisibleRows(int rows)
{
    place(m_first, std::max(rows, 0), false);
}

QModelIndex WindowProxy::index(int row, int column, const QModelIndex& parent) const
{
    if (parent.isValid() || row < 0 || row >= m_rows || column < 0 || column >= columnCount())
        return {};
    return createIndex(row, column);
}

QModelIndex WindowProxy::parent(const QModelIndex& /*child*/) const
{
    return {};
}

int WindowProxy::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int WindowProxy::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !sourceModel() ? 0 : sourceModel()->columnCount();
}

bool WindowProxy::hasChildren(const QModelIndex& parent) const
{
    return !parent.isValid() && m_rows > 0 && columnCount() > 0;
}

QModelIndex WindowProxy::mapToSource(const QModelIndex& proxyIndex) const
{
    if (!sourceModel() || !proxyIndex.isValid() || proxyIndex.model() != this)
        return {};
    return sourceModel()->index(static_cast<int>(m_first + proxyIndex.row()), proxyIndex.column());
}

QModelIndex WindowProxy::mapFromSource(const QModelIndex& sourceIndex) const
{
    if (!sourceIndex.isValid() || sourceIndex.model() != sourceModel())
        return {};
    const qint64 row = sourceIndex.row() - m_first;
    return row < 0 || row >= m_rows ? QModelIndex()
                                    : index(static_cast<int>(row), sourceIndex.column());
}

QVariant WindowProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (!sourceModel() || section < 0)
        return {};
    // Not by way of an index: an empty window has headers as well.
    if (orientation == Qt::Horizontal)
        return sourceModel()->headerData(section, orientation, role);
    return section < m_rows
        ? sourceModel()->headerData(static_cast<int>(m_first + section), orientation, role)
        : QVariant();
}

void WindowProxy::sourceDataChanged(
    const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    const qint64 top = std::max<qint64>(topLeft.row() - m_first, 0);
    const qint64 bottom = std::min<qint64>(bottomRight.row() - m_first, m_rows - 1);
    if (top > bottom || topLeft.parent().isValid())
        return;
    emit dataChanged(index(static_cast<int>(top), topLeft.column()),
        index(static_cast<int>(bottom), bottomRight.column()), roles);
}

void WindowProxy::sourceRowsInserted(const QModelIndex& parent, int first, int last)
{
    if (parent.isValid())
        return;
    // What comes in before a full window pushes it along, so that its places keep their rows.
    const bool isFull = m_rows > 0 && m_rows == m_visible;
    const bool isBefore = first < m_first || (first == m_first && (m_first > 0 || isFull));
    const bool isAfter = first >= m_first + m_rows;
    const qint64 pushed = isBefore ? last - first + 1 : 0;
    m_first += pushed;
    place(m_first, m_visible, !isBefore && !isAfter);
    if (pushed > 0)
        emit windowChanged();
}

void WindowProxy::sourceRowsRemoved(const QModelIndex& parent, int first, int last)
{
    if (parent.isValid())
        return;
    const bool isBefore = last < m_first;
    const bool isAfter = first >= m_first + m_rows;
    if (isBefore)
        m_first -= last - first + 1;
    place(m_first, m_visible, !isBefore && !isAfter);
    if (isBefore)
        emit windowChanged();
}

void WindowProxy::restart()
{
    beginResetModel();
    const QAbstractItemModel* source = sourceModel();
    const qint64 before = std::exchange(m_total, source ? source->rowCount() : 0);
    m_first = std::clamp<qint64>(m_first, 0, std::max<qint64>(m_total - m_visible, 0));
    m_rows = static_cast<int>(std::min<qint64>(m_visible, m_total));
    endResetModel();
    if (m_total != before)
        emit totalRowsChanged(m_total);
    emit windowChanged();
}

void WindowProxy::place(qint64 first, int visible, bool contentMoved)
{
    const QAbstractItemModel* source = sourceModel();
    const qint64 totalBefore = std::exchange(m_total, source ? source->rowCount() : 0);
    const int visibleBefore = std::exchange(m_visible, visible);
    const int rows = static_cast<int>(std::min<qint64>(visible, m_total));
    first = std::clamp<qint64>(first, 0, m_total - rows);

    // Rows come and go at the window's end only, and never while its places change their data.
    if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    const bool moved = std::exchange(m_first, first) != first;
    if (moved || contentMoved)
        announceRows();
    const bool grew = rows > m_rows;
    if (grew) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    if (m_total != totalBefore)
        emit totalRowsChanged(m_total);
    if (moved || contentMoved || grew || visible != visibleBefore)
        emit windowChanged();
}

void WindowProxy::announceRows()
{
    const int columns = columnCount();
    if (m_rows == 0 || columns == 0)
        return;
    emit dataChanged(index(0, 0), index(m_rows - 1, columns - 1));
    emit headerDataChanged(Qt::Vertical, 0, m_rows - 1);
}

} // namespace eventloupe
