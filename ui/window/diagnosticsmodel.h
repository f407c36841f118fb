#pragma once

#include "ui/window/diagnostics.h"

#include <QAbstractTableModel>

namespace eventloupe {

/// Diagnostics as rows of words and figures.
class DiagnosticsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Figure, ColumnCount };

    explicit DiagnosticsModel(QObject* parent = nullptr);

    void show(const Diagnostics& diagnostics);
    /// One "name: figure" a line.
    [[nodiscard]] QString toText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(
        const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString name;
        QString figure;
    };
    [[nodiscard]] static QList<Row> rowsOf(const Diagnostics& now);

    QList<Row> m_rows; ///< Always as many.
};

} // namespace eventloupe
