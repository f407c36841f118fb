#pragma once

#include <QStyledItemDelegate>

#include <functional>

namespace eventloupe {

struct PlotSeries;

/// Draws the values of a table's or tree's column with a small line behind them: how the number
/// beside it changed over its stream's history. Where there is no room for it, the value alone.
class SparklineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// The line of a row's field; nullptr where there is none.
    using LineOf = std::function<const PlotSeries*(const QModelIndex&)>;
    SparklineDelegate(LineOf lineOf, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

private:
    LineOf m_lineOf;
};

} // namespace eventloupe
