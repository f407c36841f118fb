#include "ui/store/faultmodel.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QStringList>

#include <algorithm>

namespace eventloupe {

void FaultModel::clear(Kind kind)
{
    beginResetModel();
    m_kind = kind;
    m_rows.clear();
    m_count = 0;
    m_listed = 0;
    m_last = {};
    endResetModel();
}

void FaultModel::append(const QList<FaultRange>& faults)
{
    QList<Row> rows;
    for (const FaultRange& fault : faults)
        rows.append({ fault.first, placeOf(fault.first, fault.last), visibleText(fault.text()),
            fault.count() });
    append(rows);
}

void FaultModel::append(const QList<RepairNote>& notes)
{
    QList<Row> rows;
    for (const RepairNote& note : notes) {
        if (rows.isEmpty() && m_listed == m_count && m_listed > 0 && continues(m_last, note)) {
            extend(note);
            continue;
        }
        rows.append(rowOf(note));
        m_last = note;
    }
    append(rows);
}

/// The last row goes on.
void FaultModel::extend(const RepairNote& note)
{
    m_last.last = note.last;
    m_rows.last() = rowOf(m_last);
    const int row = static_cast<int>(m_rows.size()) - 1;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

QString FaultModel::placeOf(Position first, Position last)
{
    if (first < 1)
        return tr("store");
    return last > first ? positionText(first) + QStringLiteral("–") + positionText(last)
                        : positionText(first);
}

FaultModel::Row FaultModel::rowOf(const RepairNote& note)
{
    const auto message = [&note] {
        switch (note.kind) {
        case RepairNote::Kind::LeftOut:
            return tr("Left out: %1").arg(reasonOf(note));
        case RepairNote::Kind::Unproven:
            return tr("Copied, and not proven: %1").arg(reasonOf(note));
        case RepairNote::Kind::Renumbered:
            break;
        }
        return tr("Version %1 of stream %2 is version %3 there, and those behind it follow.")
            .arg(QString::number(note.version), note.stream,
                QString::number(note.version - note.less));
    };
    return { note.position, placeOf(note.position, note.last), visibleText(message()) };
}

void FaultModel::append(QList<Row> rows)
{
    for (const Row& row : rows)
        m_count += row.count;
    rows.resize(std::min(rows.size(), mostRows - m_rows.size()));
    if (rows.isEmpty())
        return;
    for (const Row& row : rows)
        m_listed += row.count;
    const auto first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows += rows;
    endInsertRows();
}

QString FaultModel::toText() const
{
    QStringList lines;
    for (const Row& row : m_rows)
        lines.append(row.place + u'\t' + row.message);
    if (m_count > m_listed)
        lines.append(tr("and %1 more").arg(countText(m_count - m_listed)));
    return lines.join(u'\n');
}

int FaultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FaultModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FaultModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == PositionColumn ? row.place : row.message;
    case Qt::ToolTipRole:
        return plainToolTip(row.message);
    case Qt::AccessibleTextRole:
        return index.column() == PositionColumn ? row.place : row.message;
    case Qt::TextAlignmentRole:
        return index.column() == PositionColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant FaultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == PositionColumn)
        return tr("Event");
    return m_kind == Kind::Faults ? tr("What is wrong") : tr("What became of it");
}

} // namespace eventloupe
