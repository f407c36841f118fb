#include "ui/log/rowdelegate.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int gap = 4; ///< Between a cell's sign and its text, in pixels.

/// More characters than this never fit, even where all are as narrow as an "i".
qsizetype charactersThatFit(int width, const QFontMetrics& metrics)
{
    const int narrowest = std::max(1, metrics.horizontalAdvance(u'i'));
    return width / narrowest + 2;
}

/// The text, cut where its end cannot be seen anyway.
QString cutText(const QStyleOptionViewItem& option, int width)
{
    const auto limit = charactersThatFit(width, option.fontMetrics);
    const bool isCut = option.text.size() > limit && option.textElideMode == Qt::ElideRight;
    return isCut ? option.text.left(limit) + u'…' : option.text;
}

/// Draws the text where it fits, in the one pass that also measures it; false where it does not.
bool drawIfFitting(
    QPainter& painter, const QStyleOptionViewItem& option, const QRect& room, const QString& text)
{
    QTextLayout layout(text, option.font, painter.device());
    QTextOption oneLine;
    oneLine.setWrapMode(QTextOption::NoWrap);
    oneLine.setTextDirection(option.direction);
    layout.setTextOption(oneLine);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(QWIDGETSIZE_MAX);
    layout.endLayout();
    const QSizeF size(line.naturalTextWidth(), line.height());
    if (size.width() > room.width())
        return false;
    const auto place
        = QStyle::alignedRect(option.direction, option.displayAlignment, size.toSize(), room);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    line.setPosition({ isMirrored ? size.width() - QWIDGETSIZE_MAX : 0.0, 0.0 });
    layout.draw(&painter, place.topLeft());
    return true;
}

} // namespace

RowDelegate::RowDelegate(QObject* parent, const int& nameColumn)
    : QStyledItemDelegate(parent)
    , m_nameColumn(nameColumn)
{
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state.setFlag(QStyle::State_HasFocus, false);
    if (index.column() == m_nameColumn)
        option->textElideMode = Qt::ElideMiddle;
}

void RowDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    auto option = given;
    initStyleOption(&option, index);
    const auto* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    const bool hasGround = option.backgroundBrush.style() != Qt::NoBrush
        || option.state.testAnyFlags(QStyle::State_Selected | QStyle::State_MouseOver);
    if (hasGround)
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);

    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
    auto room = option.rect.adjusted(margin, 0, -margin, 0);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (!option.icon.isNull()) {
        const QRect sign(room.topLeft(), QSize(option.decorationSize.width(), room.height()));
        option.icon.paint(painter, QStyle::visualRect(option.direction, option.rect, sign),
            Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
        room.setLeft(sign.right() + 1 + gap);
    }
    if (option.text.isEmpty() || room.width() <= 0)
        return;
    const auto group = !option.state.testFlag(QStyle::State_Enabled) ? QPalette::Disabled
        : option.state.testFlag(QStyle::State_Active)                ? QPalette::Active
                                                                     : QPalette::Inactive;
    painter->setFont(option.font);
    painter->setPen(
        option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text));
    room = QStyle::visualRect(option.direction, option.rect, room);
    const auto text = cutText(option, room.width());
    if (!drawIfFitting(*painter, option, room, text))
        painter->drawText(room, static_cast<int>(option.displayAlignment) | Qt::TextSingleLine,
            option.fontMetrics.elidedText(text, option.textElideMode, room.width()));
}

} // namespace eventloupe
