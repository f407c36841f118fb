#include "ui/log/windowtable.h"

#include "log/windowproxy.h"
#include "ui/base/plaintext.h"
#include "ui/log/rowdelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

constexpr int rowPadding = 6;
constexpr double rowsPerNotch = 3;
constexpr double notch = 120; ///< QWheelEvent: an eighth of a degree times 15 degrees.

} // namespace

WindowTable::WindowTable(QWidget* parent)
    : QTableView(parent)
    , m_window(std::make_unique<WindowProxy>())
    , m_bar(new QScrollBar(Qt::Vertical, this))
{
    setUpLook();
    m_bar->setAccessibleName(tr("Rows"));
    connect(m_bar, &QScrollBar::valueChanged, this,
        [this](int value) { m_window->setFirstRow(value); });
    connect(m_window.get(), &WindowProxy::windowChanged, this, [this] {
        updateBar();
        showCurrent();
        emit windowChanged();
    });
    connect(m_window.get(), &WindowProxy::totalRowsChanged, this, [this] {
        updateBar();
        showCurrent();
        viewport()->update();
    });
}

WindowTable::~WindowTable() = default;

void WindowTable::setUpLook()
{
    makeQuickToPaint(*this);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAutoScroll(false);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    setItemDelegate(new RowDelegate(this, m_nameColumn));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
}

void WindowTable::setSource(QAbstractItemModel* source, QIdentityProxyModel* decoration)
{
    m_window->setSourceModel(source);
    decoration->setSourceModel(m_window.get());
    setModel(decoration);
    connect(this, &QTableView::activated, this, [this](const QModelIndex& index) {
        emit rowActivated(m_window->firstRow() + index.row());
    });
    measureRows();
    updateBar();
}

qint64 WindowTable::firstRow() const
{
    return m_window->firstRow();
}

int WindowTable::visibleRows() const
{
    return m_window->visibleRows();
}

qint64 WindowTable::totalRows() const
{
    return m_window->totalRows();
}

qint64 WindowTable::rowAtPoint(const QPoint& point) const
{
    const auto place = rowAt(point.y());
    return place < 0 ? -1 : m_window->firstRow() + place;
}

bool WindowTable::isRowVisible(qint64 row) const
{
    return row >= m_window->firstRow() && row < m_window->firstRow() + m_window->visibleRows();
}

void WindowTable::setCurrentRow(qint64 row, bool exact)
{
    m_current = row;
    m_exact = exact;
    setKeyRow(row, exact);
    showCurrent();
}

void WindowTable::setKeyRow(qint64 row, bool exact)
{
    m_keyRow = row;
    m_isKeyRowExact = exact;
}

void WindowTable::reveal(qint64 row)
{
    m_window->setFirstRow(firstRowRevealing(row));
}

qint64 WindowTable::firstRowRevealing(qint64 row) const
{
    const qint64 first = m_window->firstRow();
    const qint64 visible = m_window->visibleRows();
    if (row < 0 || isRowVisible(row))
        return first;
    if (row < first && row >= first - visible / 2)
        return row;
    if (row >= first + visible && row < first + visible + visible / 2)
        return row - visible + 1;
    return std::clamp<qint64>(
        row - visible / 2, 0, std::max<qint64>(0, m_window->totalRows() - visible));
}

void WindowTable::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void WindowTable::setNameColumn(int column)
{
    m_nameColumn = column;
}

// All rows of the window are in view always, so there is nothing to scroll to.
void WindowTable::scrollTo(const QModelIndex&, ScrollHint) { }

void WindowTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    measureRows();
}

void WindowTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measureRows();
}

void WindowTable::measureRows()
{
    const int height = fontMetrics().height() + rowPadding;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    const bool wasAtCurrent = isRowVisible(m_current);
    m_window->setVisibleRows(std::max(1, viewport()->height() / height));
    if (wasAtCurrent)
        reveal(m_current);
}

void WindowTable::updateBar()
{
    const auto visible = m_window->visibleRows();
    const auto last = std::max<qint64>(0, m_window->totalRows() - visible);
    const QSignalBlocker blocker(m_bar);
    m_bar->setPageStep(visible);
    m_bar->setSingleStep(1);
    m_bar->setRange(0, static_cast<int>(last));
    m_bar->setValue(static_cast<int>(m_window->firstRow()));
    m_bar->setEnabled(last > 0);
}

void WindowTable::showCurrent()
{
    if (!selectionModel())
        return;
    const auto place = m_current - m_window->firstRow();
    if (m_exact && m_current >= 0 && place >= 0 && place < model()->rowCount())
        selectionModel()->setCurrentIndex(model()->index(static_cast<int>(place), 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        selectionModel()->clear();
}

void WindowTable::mousePressEvent(QMouseEvent* event)
{
    // Any other button leaves the selection where the current row is.
    if (event->button() != Qt::LeftButton)
        return;
    QTableView::mousePressEvent(event);
    pickAt(event->pos());
}

void WindowTable::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && rowAtPoint(event->pos()) != m_keyRow)
        pickAt(event->pos());
}

// The view's own idea of a current row does not count: it moves when rows leave the window.
void WindowTable::pickAt(const QPoint& point)
{
    const auto row = rowAtPoint(point);
    if (row >= 0)
        emit rowPicked(row);
}

void WindowTable::wheelEvent(QWheelEvent* event)
{
    const bool sideways = std::abs(event->angleDelta().x()) > std::abs(event->angleDelta().y());
    if (sideways || event->modifiers().testFlag(Qt::ShiftModifier)) {
        QTableView::wheelEvent(event);
        return;
    }
    if (!event->pixelDelta().isNull())
        m_wheelRows -= static_cast<double>(event->pixelDelta().y()) / rowHeight(0);
    else
        m_wheelRows -= event->angleDelta().y() / notch * rowsPerNotch;
    const double whole = std::trunc(m_wheelRows);
    m_wheelRows -= whole;
    m_window->setFirstRow(std::max<qint64>(0, m_window->firstRow() + static_cast<qint64>(whole)));
    event->accept();
}

qint64 WindowTable::rowForKey(int key) const
{
    const qint64 page = std::max(1, m_window->visibleRows() - 1);
    switch (key) {
    case Qt::Key_Up:
        return m_isKeyRowExact ? m_keyRow - 1 : m_keyRow;
    case Qt::Key_Down:
        return m_keyRow + 1;
    case Qt::Key_PageUp:
        return m_keyRow - page;
    case Qt::Key_PageDown:
        return m_keyRow + page;
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return m_window->totalRows() - 1;
    default:
        return -1;
    }
}

void WindowTable::keyPressEvent(QKeyEvent* event)
{
    constexpr std::array keys { Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown,
        Qt::Key_Home, Qt::Key_End };
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (plain && std::find(keys.begin(), keys.end(), event->key()) != keys.end()) {
        if (m_window->totalRows() > 0)
            emit rowPicked(
                std::clamp<qint64>(rowForKey(event->key()), 0, m_window->totalRows() - 1));
        event->accept();
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        auto* across = horizontalScrollBar();
        const int step = across->singleStep() * (event->key() == Qt::Key_Left ? -1 : 1);
        across->setValue(across->value() + step);
        event->accept();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (m_exact && m_current >= 0)
            emit rowActivated(m_current);
        event->accept();
    } else if (!event->text().isEmpty()) {
        event->ignore(); // No search by typing: letters are shortcuts of the window.
    } else {
        QTableView::keyPressEvent(event);
    }
}

void WindowTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || m_window->totalRows() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const auto area = viewport()->rect().adjusted(16, 16, -16, -16);
    painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace eventloupe
