#pragma once

#include <QStyledItemDelegate>

namespace eventloupe {

/// Rows of a dialog's list as high as those of the panels.
class PaddedDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        constexpr int padding = 6;
        const auto hint = QStyledItemDelegate::sizeHint(option, index);
        return { hint.width() + padding, option.fontMetrics.height() + padding };
    }
};

} // namespace eventloupe
