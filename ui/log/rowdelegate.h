#pragma once

#include <QStyledItemDelegate>

namespace eventloupe {

/// Draws a cell of a WindowTable in one line and one pass: the text is cut to what can fit before
/// it is shaped, since shaping a long summary for every row is most of what a step of the time
/// cursor costs. Rows are picked, not cells, so there is no frame around a cell.
class RowDelegate final : public QStyledItemDelegate {
public:
    /// `nameColumn` is elided in its middle, and is read at each painting.
    RowDelegate(QObject* parent, const int& nameColumn);

    void paint(QPainter* painter, const QStyleOptionViewItem& given,
        const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const int& m_nameColumn;
};

} // namespace eventloupe
