#pragma once

#include <QStyledItemDelegate>

namespace eventloupe {

/// Draws the cells of a model that knows nothing of display: texts with signs for what is not seen,
/// whole numbers with their thousands grouped, tool tips that are text and no markup; rows are as
/// high as the panels' other ones.
class PlainDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant& value, const QLocale& locale) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
};

} // namespace eventloupe
