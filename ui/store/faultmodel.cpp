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
    endResetModel();
}

void FaultModel::append(const QList<StoreFault>& faults)
{
    QList<Row> rows;
    for (const StoreFault& fault : faults)
        rows.append({ fault.position,
            fault.position > 0 ? positionText(fault.position) : tr("store"),
            visibleText(fault.message) });
    append(rows);
}

void FaultModel::append(const QList<RepairNote>& notes)
{
    QList<Row> rows;
    for (const RepairNote& note : notes)
        rows.append(rowOf(note));
    append(rows);
}

FaultModel::Row FaultModel::rowOf(const RepairNote& note)
{
    QString place = note.position > 0 ? positionText(note.position) : tr("store");
    if (note.last > note.position)
        place += QStringLiteral("–") + positionText(note.last);
    const auto message = [&note] {
        switch (note.kind) {
        case RepairNote::Kind::LeftOut:
            return tr("Left out: %1").arg(note.reason);
        case RepairNote::Kind::Unproven:
            return tr("Copied, and not proven: %1").arg(note.reason);
        case RepairNote::Kind::Renumbered:
            break;
        }
        return tr("Version %1 of stream %2 is version %3 there, and those behind it follow.")
            .arg(QString::number(note.version), note.stream,
                QString::number(note.version - note.less));
    };
    return { note.position, place, visibleText(message()) };
}

void FaultModel::append(QList<Row> rows)
{
    m_count += rows.size();
    rows.resize(std::min(rows.size(), mostRows - m_rows.size()));
    if (rows.isEmpty())
        return;
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
    if (m_count > m_rows.size())
        lines.append(tr("and %1 more").arg(countText(m_count - m_rows.size())));
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
