#pragma once

#include "store/faultranges.h"

#include <QAbstractTableModel>
#include <QList>

namespace eventloupe {

/// What a verification found, or what a repair did, by position: a row each, or one for events next
/// to each other of which the same is said, up to a number that a person reads; the rest is
/// counted.
class FaultModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { PositionColumn, MessageColumn, ColumnCount };
    enum class Kind {
        Faults,
        Notes, ///< Of a repair.
    };
    static constexpr qsizetype mostRows = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// What is listed next is of this kind: the columns are called so.
    void clear(Kind kind = Kind::Faults);
    void append(const QList<FaultRange>& faults);
    void append(const QList<RepairNote>& notes);
    /// Counts what comes without a text of its own.
    void addUnlisted(qint64 findings) { m_count += findings; }
    /// All faults, each event's for itself, or notes, with those that have no row.
    [[nodiscard]] qint64 count() const { return m_count; }
    /// Those of them that have a row.
    [[nodiscard]] qint64 listed() const { return m_listed; }
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
        qint64 count = 1; ///< So many faults.
    };
    void append(QList<Row> rows);
    void extend(const RepairNote& note);
    static QString placeOf(Position first, Position last);
    static Row rowOf(const RepairNote& note);

    Kind m_kind = Kind::Faults;
    QList<Row> m_rows;
    qint64 m_count = 0;
    qint64 m_listed = 0;
    RepairNote m_last; ///< Of the last row, where it is a note's.
};

} // namespace eventloupe
