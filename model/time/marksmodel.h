#pragma once

#include "value/event.h"

#include <QAbstractTableModel>

namespace eventloupe {

class Marks;

enum class MarkColumn { Place, Note, COUNT };

/// Marks as rows, in order of position; notes can be edited. GUI thread.
class MarksModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit MarksModel(Marks& marks, QObject* parent = nullptr);

    [[nodiscard]] Position positionOf(int row) const { return m_positions.value(row); }
    /// -1 where there is no mark.
    [[nodiscard]] int rowOf(Position position) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();

    Marks& m_marks;
    QList<Position> m_positions;
};

} // namespace eventloupe
