#include "ui/log/logview.h"

#include "exchange/exporter.h"
#include "log/eventlogmodel.h"
#include "time/cursorframe.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/log/logdisplaymodel.h"
#include "value/aside.h"
#include "value/json.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr qsizetype longestCopiedHere = 64 * 1024; ///< Bytes.
constexpr int lettersOfASummary = 60; ///< From there on other columns get wider, too.

/// A line of the exchange format.
QByteArray exchangeLineOf(const Event& event)
{
    const auto stream = event.stream.toUtf8();
    const auto type = event.type.toUtf8();
    const auto id = event.id.toUtf8();
    QByteArray line;
    appendExchangeLine(line,
        { event.position, event.streamId, viewOf(stream), event.version, viewOf(type), event.time,
            viewOf(id), viewOf(event.data), viewOf(event.metadata),
            viewOf(event.origin) });
    return line;
}

void copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

QString equalsCondition(const QString& name, const QString& text)
{
    QByteArray literal;
    appendJsonString(literal, viewOf(text.toUtf8()));
    return name + QStringLiteral(" == ") + visibleExpression(QString::fromUtf8(literal));
}

LogView::LogView(EventLogModel& model, TimeCursor& cursor, CursorFrame& frame, QWidget* parent)
    : WindowTable(parent)
    , m_model(model)
    , m_cursor(cursor)
    , m_frame(frame)
    , m_display(new LogDisplayModel(frame, this))
{
    setObjectName(QStringLiteral("logView"));
    bar()->setObjectName(QStringLiteral("logScrollBar"));
    setAccessibleName(tr("Log"));
    m_display->setLookOf(this);
    setSource(&model, m_display);
    setUpColumns();
    setNameColumn(static_cast<int>(LogColumn::Stream));

    connect(this, &WindowTable::rowPicked, this, [this](qint64 row) {
        m_cursor.moveTo(m_model.positionOf(static_cast<int>(row)));
        placeCursor();
    });
    connect(this, &WindowTable::windowChanged, this, &LogView::prefetch);
    connect(&cursor, &TimeCursor::positionChanged, this, &LogView::placeKeys);
    connect(&frame, &CursorFrame::shown, this, &LogView::prefetch);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &LogView::followRows);
    connect(&model, &QAbstractItemModel::modelReset, this, &LogView::revealCursor);
    frame.add(*this);
    revealCursor();
}

LogView::~LogView()
{
    m_frame.remove(*this);
}

void LogView::setNotes(const EventNotes& notes)
{
    m_display->setNotes(notes);
}

void LogView::setUpColumns()
{
    // Position and stream have a decoration as well.
    constexpr std::array samples { "000,000", "2026-03-01 14:03:22", "shopping-123", "Version",
        "EMAIL_CHANGED", "" };
    for (std::size_t i = 0; i < samples.size(); ++i)
        setColumnWidth(static_cast<int>(i),
            fontMetrics().horizontalAdvance(QLatin1String(samples.at(i))) + 20);
    m_streamWidth = columnWidth(static_cast<int>(LogColumn::Stream));
    m_typeWidth = columnWidth(static_cast<int>(LogColumn::Type));
    // The last one is stretched, and never gets narrower than it was set.
    setColumnWidth(static_cast<int>(LogColumn::Summary), fontMetrics().averageCharWidth() * 8);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int section) {
        if (!m_isFitting && section != static_cast<int>(LogColumn::Summary))
            m_hasOwnWidths = true;
    });
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 4);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
}

/// A position is never cut: its column grows with the log's digits.
void LogView::fitPositions()
{
    const int sign = fontMetrics().ascent() + 20;
    const int width
        = fontMetrics().horizontalAdvance(countText(m_model.positionOf(m_model.rowCount() - 1)))
        + sign;
    constexpr auto column = static_cast<int>(LogColumn::Position);
    if (std::exchange(m_positionWidth, std::max(width, m_positionWidth)) < width
        && columnWidth(column) < width) {
        setWidth(LogColumn::Position, width);
        fitColumns();
    }
}

void LogView::setWidth(LogColumn column, int width)
{
    m_isFitting = true;
    setColumnWidth(static_cast<int>(column), width);
    m_isFitting = false;
}

void LogView::setOwnWidths(bool own)
{
    m_hasOwnWidths = own;
    fitColumns();
}

/// Stream and type share what the others leave, a summary's room apart; both are elided, and their
/// tool tips have all.
void LogView::fitColumns()
{
    if (m_hasOwnWidths)
        return;
    int room = viewport()->width();
    for (const auto column : { LogColumn::Position, LogColumn::Time, LogColumn::Version })
        room -= columnWidth(static_cast<int>(column));
    const int letter = fontMetrics().averageCharWidth();
    const int least = letter * 8;
    const int beyond = (room - m_streamWidth - m_typeWidth - letter * lettersOfASummary) / 2;
    const int further = std::clamp(beyond, 0, letter * 8);
    const int stream = std::clamp(room * 11 / 20, least, m_streamWidth + further);
    setWidth(LogColumn::Stream, stream);
    setWidth(LogColumn::Type, std::clamp(room - stream, least, m_typeWidth + further));
}

void LogView::resizeEvent(QResizeEvent* event)
{
    WindowTable::resizeEvent(event);
    fitColumns();
}

void LogView::placeCursor()
{
    const int row = m_model.rowOf(m_frame.position());
    setCurrentRow(row, row >= 0 && m_model.positionOf(row) == m_frame.position());
    placeKeys();
}

/// The keys go on from where the cursor was asked to be.
void LogView::placeKeys()
{
    const int row = m_model.rowOf(m_cursor.position());
    setKeyRow(row, row >= 0 && m_model.positionOf(row) == m_cursor.position());
}

/// A live cursor moves by itself: then the view follows only if it showed the cursor before, so
/// that someone who reads further up is left in peace.
bool LogView::mustReveal() const
{
    const bool grew = m_cursor.isLive() && m_cursor.head() > m_lastHead && m_lastHead > 0;
    const bool wasInView = currentRow() < 0 || isRowVisible(currentRow());
    return !grew || wasInView;
}

FramePart::Read LogView::prepare(Position position)
{
    const qint64 first = mustReveal() ? firstRowRevealing(m_model.rowOf(position)) : firstRow();
    return [this, read = m_model.reader(static_cast<int>(first), visibleRows())](
               EventStore& store, const std::optional<Event>&) -> Show {
        return [this, take = read ? read(store) : std::function<void()>()] {
            if (take)
                take();
            showFrame();
        };
    };
}

void LogView::showFrame()
{
    fitPositions();
    const bool reveals = mustReveal();
    m_lastHead = m_cursor.head();
    placeCursor();
    if (reveals)
        reveal(currentRow());
}

void LogView::followRows()
{
    const bool wasInView = currentRow() < 0 || isRowVisible(currentRow());
    placeCursor();
    if (wasInView)
        reveal(currentRow());
}

void LogView::revealCursor()
{
    placeCursor();
    reveal(currentRow());
    prefetch();
}

/// A frame that is under way brings the rows that will be in view.
void LogView::prefetch()
{
    if (m_frame.isBehind())
        return;
    m_model.prefetch(static_cast<int>(firstRow()), visibleRows());
}

void LogView::copyCursorEvent()
{
    if (const auto& event = m_frame.event())
        copyEvent(*event);
}

/// A long event is made to text on a worker.
void LogView::copyEvent(const Event& event)
{
    const auto text = [event] { return QString::fromUtf8(exchangeLineOf(event)); };
    if (event.data.size() + event.metadata.size() <= longestCopiedHere)
        copyText(text());
    else
        runAside(this, text, copyText);
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyCursorEvent();
    else
        WindowTable::keyPressEvent(event);
}

void LogView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto row = byKey ? currentRow() : rowAtPoint(event->pos());
    if (row < 0)
        return;
    QMenu menu(this);
    fillMenu(menu, row, byKey ? 0 : std::max(0, columnAt(event->pos().x())));
    const auto place
        = byKey ? viewport()->mapToGlobal(QPoint(20, 20)) : viewport()->mapToGlobal(event->pos());
    menu.exec(place);
}

void LogView::fillMenu(QMenu& menu, qint64 row, int column)
{
    const auto* event = m_model.eventAt(static_cast<int>(row));
    const auto position = m_model.positionOf(static_cast<int>(row));
    menu.addAction(icon(Symbol::GoTo), tr("Go Here (%1)").arg(positionText(position)), this,
        [this, position] { m_cursor.moveTo(position); });
    menu.addSeparator();
    const auto cell
        = m_model.data(m_model.index(static_cast<int>(row), column), Qt::DisplayRole).toString();
    menu.addAction(icon(Symbol::Copy), tr("Copy Cell"), this, [cell] { copyText(cell); });
    if (!event)
        return;
    menu.addAction(
        tr("Copy as JSON"), this, [this, event = *event, isWhole = m_model.hasWhole(int(row))] {
            if (isWhole)
                copyEvent(event);
            else
                m_model.readWhole(
                    event.position, this, [this](const Event& whole) { copyEvent(whole); });
        });
    addFilterActions(menu, *event);
    emit menuOpening(menu, *event);
}

void LogView::addFilterActions(QMenu& menu, const Event& event)
{
    const auto add = [this, &menu](const QString& caption, const QString& expression) {
        const auto text = fontMetrics().elidedText(visibleText(caption), Qt::ElideMiddle, 360);
        menu.addAction(icon(Symbol::Filter), buttonText(text), this,
            [this, expression] { emit filterAsked(expression); });
    };
    menu.addSeparator();
    add(tr("Filter for Type %1").arg(event.type),
        equalsCondition(QStringLiteral("type"), event.type));
    add(tr("Filter for Stream %1").arg(event.stream),
        equalsCondition(QStringLiteral("stream"), event.stream));
    const auto category = categoryOf(event.stream);
    if (category != event.stream)
        add(tr("Filter for Category %1").arg(category),
            equalsCondition(QStringLiteral("category"), category));
}

} // namespace eventloupe
