#include "support/modelpicture.h"

#include <algorithm>

namespace eventloupe {

namespace {

const QString separator = QStringLiteral(" | ");

void drawRow(QStringList& lines, const QAbstractItemModel& model, const QModelIndex& parent,
    int row, int depth, const QList<int>& columns, int role)
{
    QStringList texts;
    if (columns.isEmpty()) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            texts.append(model.index(row, column, parent).data(role).toString());
    }
    for (const int column : columns)
        texts.append(model.index(row, column, parent).data(role).toString());
    lines.append(QString(depth * 2, u' ') + texts.join(separator));

    const QModelIndex below = model.index(row, 0, parent);
    for (int child = 0; child < model.rowCount(below); ++child)
        drawRow(lines, model, below, child, depth + 1, columns, role);
}

} // namespace

QStringList pictureOf(const QAbstractItemModel& model, const QList<int>& columns, int role)
{
    return pictureOfRows(model, 0, model.rowCount() - 1, columns, role);
}

QStringList pictureOfRows(
    const QAbstractItemModel& model, int first, int last, const QList<int>& columns, int role)
{
    QStringList lines;
    for (int row = std::max(first, 0); row <= std::min(last, model.rowCount() - 1); ++row)
        drawRow(lines, model, {}, row, 0, columns, role);
    return lines;
}

QString headerPictureOf(const QAbstractItemModel& model)
{
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    return titles.join(separator);
}

} // namespace eventloupe
