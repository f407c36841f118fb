#include "ui/base/quickstyle.h"

#include <QPainter>
#include <QStyleOptionSlider>

namespace eventloupe {

namespace {

/// So much of the text's colour lies in the ground's, in percent.
enum Share : int {
    GrooveShare = 6,
    HairlineShare = 16,
    ThumbShare = 48, ///< Of the outline of a box to tick as well.
    HoverShare = 60,
    DownShare = 72
};

QColor mixed(const QPalette& palette, Share share)
{
    const auto ground = palette.color(QPalette::Window);
    const auto ink = palette.color(QPalette::WindowText);
    const auto part = [share](int from, int to) { return from + (to - from) * share / 100; };
    return { part(ground.red(), ink.red()), part(ground.green(), ink.green()),
        part(ground.blue(), ink.blue()) };
}

/// The colour of a part that can be pressed.
Share shareOf(const QStyleOptionSlider& bar, QStyle::SubControl part)
{
    const bool isAt = bar.activeSubControls.testFlag(part);
    if (isAt && bar.state.testFlag(QStyle::State_Sunken))
        return DownShare;
    return isAt && bar.state.testFlag(QStyle::State_MouseOver) ? HoverShare : ThumbShare;
}

void drawArrow(const QStyle& style, const QStyleOptionSlider& bar, QStyle::SubControl part,
    QPainter& painter, const QWidget* widget)
{
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const bool isBack = part == QStyle::SC_ScrollBarSubLine;
    const bool isLeft = isBack == (bar.direction == Qt::LeftToRight);
    QStyleOption arrow = bar;
    const auto place = style.subControlRect(QStyle::CC_ScrollBar, &bar, part, widget);
    const int margin = std::min(place.width(), place.height()) / 4;
    arrow.rect = place.adjusted(margin, margin, -margin, -margin);
    const auto sign = isHorizontal
        ? (isLeft ? QStyle::PE_IndicatorArrowLeft : QStyle::PE_IndicatorArrowRight)
        : (isBack ? QStyle::PE_IndicatorArrowUp : QStyle::PE_IndicatorArrowDown);
    style.drawPrimitive(sign, &arrow, &painter, widget);
}

} // namespace

QuickStyle::QuickStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
    setObjectName(QStringLiteral("fusion"));
}

void QuickStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
    QPainter* painter, const QWidget* widget) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_ScrollBar || bar == nullptr) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->fillRect(bar->rect, mixed(bar->palette, GrooveShare));
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    auto edge = bar->rect;
    if (isHorizontal)
        edge.setHeight(1);
    else
        edge.setWidth(1);
    painter->fillRect(
        visualRect(bar->direction, bar->rect, edge), mixed(bar->palette, HairlineShare));
    drawArrow(*proxy(), *bar, SC_ScrollBarSubLine, *painter, widget);
    drawArrow(*proxy(), *bar, SC_ScrollBarAddLine, *painter, widget);
    if (bar->maximum <= bar->minimum)
        return;
    const auto thumb = proxy()->subControlRect(control, bar, SC_ScrollBarSlider, widget);
    const auto inner = isHorizontal ? thumb.adjusted(1, 4, -1, -3) : thumb.adjusted(4, 1, -3, -1);
    painter->fillRect(inner, mixed(bar->palette, shareOf(*bar, SC_ScrollBarSlider)));
}

// Fusion's outline of a box is darker than the ground, which does not show on a dark one.
void QuickStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isBox = element == PE_IndicatorCheckBox;
    if ((!isBox && element != PE_IndicatorRadioButton)
        || !option->state.testFlag(QStyle::State_Enabled))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, !isBox);
    painter->setPen(mixed(option->palette, ThumbShare));
    painter->setBrush(Qt::NoBrush);
    if (isBox)
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    else
        painter->drawEllipse(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
    painter->restore();
}

} // namespace eventloupe
