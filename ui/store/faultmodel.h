#pragma once

#include "store/repairstore.h"

#include <QAbstractTableModel>
#include <QList>

namespace eventloupe {

/// What a verification found, or what a repair did, by position: a row each, up to a number that a
/// person reads; the rest is counted.
class FaultModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { PositionColumn, MessageColumn, ColumnCount };
    static constexpr qsizetype mostRows = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(const QList<StoreFault>& faults);
    void append(const QList<RepairNote>& notes);
    /// All, with those that have no row.
    [[nodiscard]] qint64 count() const { return m_count; }
    /// 0 for what concerns the store as a whole.
    [[nodiscard]] Position positionAt(int row) const { return m_rows.at(row).position; }
    /// A line a row, with tabs between the columns.
    [[nodiscard]] QString toText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        Position position = 0;
        QString place;
        QString message; ///< Visible text.
    };
    void append(QList<Row> rows);
    static Row rowOf(const RepairNote& note);

    QList<Row> m_rows;
    qint64 m_count = 0;
};

} // namespace eventloupe
