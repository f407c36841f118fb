#pragma once

#include <QAbstractItemModel>
#include <QStringList>

namespace eventloupe {

/// A model as text, to be compared with a literal: a line a row, its columns joined by " | ", rows
/// below a row indented by two spaces. `columns` chooses and orders; empty means all.
/// QCOMPARE(pictureOf(model), QStringList({ "1 | user-1", "2 | user-2" })) names the first
/// difference.
[[nodiscard]] QStringList pictureOf(
    const QAbstractItemModel& model, const QList<int>& columns = {}, int role = Qt::DisplayRole);

/// The same for the rows first..last of a table.
[[nodiscard]] QStringList pictureOfRows(const QAbstractItemModel& model, int first, int last,
    const QList<int>& columns = {}, int role = Qt::DisplayRole);

/// The horizontal header, joined in the same way.
[[nodiscard]] QString headerPictureOf(const QAbstractItemModel& model);

} // namespace eventloupe
