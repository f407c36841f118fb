#include "time/marksmodel.h"

#include "time/marks.h"

#include <algorithm>

namespace eventloupe {

namespace {

QList<Position> positionsOf(const Marks& marks)
{
    QList<Position> positions;
    for (const auto& [position, mark] : marks.all())
        positions.append(position);
    return positions;
}

} // namespace

MarksModel::MarksModel(Marks& marks, QObject* parent)
    : QAbstractTableModel(parent)
    , m_marks(marks)
    , m_positions(positionsOf(marks))
{
    connect(&marks, &Marks::changed, this, &MarksModel::follow);
}

void MarksModel::follow()
{
    auto positions = positionsOf(m_marks);
    if (positions == m_positions) {
        if (!m_positions.isEmpty())
            emit dataChanged(
                index(0, 0), index(rowCount() - 1, int(MarkColumn::COUNT) - 1));
        return;
    }
    beginResetModel();
    m_positions = std::move(positions);
    endResetModel();
}

int MarksModel::rowOf(Position position) const
{
    const auto found = std::lower_bound(m_positions.cbegin(), m_positions.cend(), position);
    return found != m_positions.cend() && *found == position ? int(found - m_positions.cbegin())
                                                             : -1;
}

int MarksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_positions.size());
}

int MarksModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(MarkColumn::COUNT);
}

QVariant MarksModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_positions.size())
        return {};
    const Position position = m_positions.at(index.row());
    const auto mark = m_marks.all().find(position);
    if (mark == m_marks.all().end())
        return {};
    const bool isPlace = index.column() == int(MarkColumn::Place);
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return isPlace ? QVariant(position) : QVariant(mark->second.note);
    if (role == Qt::TextAlignmentRole && isPlace)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

bool MarksModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != int(MarkColumn::Note)
        || index.row() >= m_positions.size())
        return false;
    m_marks.set(m_positions.at(index.row()), value.toString().trimmed());
    return true;
}

Qt::ItemFlags MarksModel::flags(const QModelIndex& index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return index.column() == int(MarkColumn::Note) ? flags | Qt::ItemIsEditable : flags;
}

QVariant MarksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == int(MarkColumn::Place) ? tr("Position") : tr("Note");
}

} // namespace eventloupe
