#include "ui/command/flowgrid.h"

#include <QWidget>

namespace eventloupe {

namespace {

constexpr int mostColumns = 6;

bool isWide(const QLayoutItem& item)
{
    auto* widget = const_cast<QLayoutItem&>(item).widget();
    return widget != nullptr && widget->property("wide").toBool();
}

int columnsOf(const QLayoutItem& item)
{
    auto* widget = const_cast<QLayoutItem&>(item).widget();
    return widget != nullptr ? qMax(1, widget->property("columns").toInt()) : 1;
}

int heightIn(const QLayoutItem& item, int width)
{
    return item.hasHeightForWidth() ? item.heightForWidth(width) : item.sizeHint().height();
}

} // namespace

FlowGrid::FlowGrid(int columnCharacters, QWidget* parent)
    : QLayout(parent)
    , m_columnCharacters(columnCharacters)
{
    setContentsMargins({});
    setSpacing(10);
}

FlowGrid::~FlowGrid()
{
    qDeleteAll(m_items);
}

void FlowGrid::addItem(QLayoutItem* item)
{
    m_items.append(item);
}

int FlowGrid::count() const
{
    return int(m_items.size());
}

QLayoutItem* FlowGrid::itemAt(int index) const
{
    return m_items.value(index, nullptr);
}

QLayoutItem* FlowGrid::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

void FlowGrid::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, false);
}

QSize FlowGrid::sizeHint() const
{
    const int width = 2 * columnWidth() + spacing();
    return { width, heightForWidth(width) };
}

QSize FlowGrid::minimumSize() const
{
    int width = 0;
    for (const auto* item : m_items)
        width = qMax(width, item->minimumSize().width());
    const auto margins = contentsMargins();
    return { width + margins.left() + margins.right(), margins.top() + margins.bottom() };
}

int FlowGrid::heightForWidth(int width) const
{
    return arrange({ 0, 0, width, 0 }, true);
}

int FlowGrid::columnWidth() const
{
    const auto* widget = parentWidget();
    return widget != nullptr ? widget->fontMetrics().averageCharWidth() * m_columnCharacters : 200;
}

int FlowGrid::columnsIn(int width) const
{
    const int fitting = (width + spacing()) / (columnWidth() + spacing());
    return qBound(1, fitting, mostColumns);
}

int FlowGrid::arrange(const QRect& rect, bool measureOnly) const
{
    const auto area = rect.marginsRemoved(contentsMargins());
    const int columns = columnsIn(area.width());
    const int cellWidth = (area.width() - (columns - 1) * spacing()) / columns;
    int top = area.top();
    int rowHeight = 0;
    int column = 0;
    const auto endRow = [&] {
        if (column > 0)
            top += rowHeight + spacing();
        column = 0;
        rowHeight = 0;
    };
    for (auto* item : m_items) {
        if (item->isEmpty())
            continue;
        const bool wide = isWide(*item);
        const int span = qMin(columnsOf(*item), columns);
        if (wide || column + span > columns)
            endRow();
        const int width = wide ? area.width() : span * cellWidth + (span - 1) * spacing();
        const int height = heightIn(*item, width);
        if (!measureOnly)
            item->setGeometry(
                { area.left() + column * (cellWidth + spacing()), top, width, height });
        rowHeight = qMax(rowHeight, height);
        column += span;
        if (wide)
            endRow();
    }
    endRow();
    const int used = top > area.top() ? top - area.top() - spacing() : 0;
    const auto margins = contentsMargins();
    return used + margins.top() + margins.bottom();
}

} // namespace eventloupe
