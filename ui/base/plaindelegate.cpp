#include "ui/base/plaindelegate.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

namespace eventloupe {

namespace {

constexpr int rowPadding = 6;

} // namespace

QString PlainDelegate::displayText(const QVariant& value, const QLocale& /*locale*/) const
{
    return value.typeId() == QMetaType::LongLong ? countText(value.toLongLong())
                                                 : visibleText(value.toString());
}

QSize PlainDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto size = QStyledItemDelegate::sizeHint(option, index);
    return { size.width(), option.fontMetrics.height() + rowPadding };
}

bool PlainDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto tip = index.data(Qt::ToolTipRole).toString();
    QToolTip::showText(event->globalPos(), plainToolTip(tip), view);
    return true;
}

} // namespace eventloupe
