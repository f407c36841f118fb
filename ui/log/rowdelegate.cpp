#include "ui/log/rowdelegate.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int gap = 4; ///< Between a cell's sign and its text, in pixels.

/// Laid out in one line, with its width.
struct Line {
    explicit Line(const QString& text, const QStyleOptionViewItem& option, QPaintDevice* device)
        : layout(text, option.font, device)
    {
        QTextOption oneLine;
        oneLine.setWrapMode(QTextOption::NoWrap);
        oneLine.setTextDirection(option.direction);
        layout.setTextOption(oneLine);
        layout.beginLayout();
        line = layout.createLine();
        line.setLineWidth(QWIDGETSIZE_MAX);
        layout.endLayout();
    }

    QTextLayout layout;
    QTextLine line;
};

/// So many characters of this width, in pixels, fill the room.
qsizetype charactersThatFit(int room, int width)
{
    return room / std::max(1, width) + 2;
}

void draw(QPainter& painter, const QStyleOptionViewItem& option, const QRect& room, Line& text)
{
    const QSizeF size(text.line.naturalTextWidth(), text.line.height());
    const auto place
        = QStyle::alignedRect(option.direction, option.displayAlignment, size.toSize(), room);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    text.line.setPosition({ isMirrored ? size.width() - QWIDGETSIZE_MAX : 0.0, 0.0 });
    text.layout.draw(&painter, place.topLeft());
}

/// Draws the text up to its `most`th character where it fits, or else where it can be cut right
/// here; false where neither holds. Shaping is what a row costs, so that the pass that finds the
/// width finds the cut as well.
bool drawBeginning(
    QPainter& painter, const QStyleOptionViewItem& option, const QRect& room, qsizetype most)
{
    const bool isWhole = option.text.size() <= most;
    Line text(isWhole ? option.text : option.text.left(most), option, painter.device());
    if (text.line.naturalTextWidth() <= room.width()) {
        if (isWhole)
            draw(painter, option, room, text);
        return isWhole;
    }
    if (option.textElideMode != Qt::ElideRight || option.direction == Qt::RightToLeft
        || text.layout.text().isRightToLeft())
        return false;
    const QString ellipsis(u'…');
    const int left = room.width() - option.fontMetrics.horizontalAdvance(ellipsis);
    const int end = text.line.xToCursor(std::max(left, 0), QTextLine::CursorOnCharacter);
    Line beginning(text.layout.text().left(end) + ellipsis, option, painter.device());
    draw(painter, option, room, beginning);
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
    const auto& metrics = option.fontMetrics;
    const auto usual = charactersThatFit(room.width(), metrics.averageCharWidth());
    const auto most = charactersThatFit(room.width(), metrics.horizontalAdvance(u'i'));
    const bool isDrawn = drawBeginning(*painter, option, room, usual)
        || (option.text.size() > usual && drawBeginning(*painter, option, room, most));
    if (isDrawn)
        return;
    const bool isCut = option.text.size() > most && option.textElideMode == Qt::ElideRight;
    painter->drawText(room, static_cast<int>(option.displayAlignment) | Qt::TextSingleLine,
        metrics.elidedText(isCut ? option.text.left(most) + u'…' : option.text,
            option.textElideMode, room.width()));
}

} // namespace eventloupe
