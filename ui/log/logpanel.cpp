#include "ui/log/logpanel.h"

#include "log/logfilter.h"
#include "time/cursorframe.h"
#include "ui/log/eventdetail.h"
#include "ui/log/logview.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIODevice>
#include <QScrollBar>
#include <QSplitter>

namespace eventloupe {

LogPanel::LogPanel(EventLogModel& model, LogFilter& filter, TimeCursor& cursor, CursorFrame& frame,
    QWidget* parent)
    : QWidget(parent)
    , m_filter(filter)
    , m_cursor(cursor)
    , m_frame(frame)
    , m_view(new LogView(model, cursor, frame, this))
    , m_detail(new EventDetail(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connect(&frame, &CursorFrame::shown, this, [this] { showCursorEvent(); });
    connect(m_view, &WindowTable::rowActivated, this, [this] { setDetailVisible(true); });
    connect(&filter, &LogFilter::matchesChanged, this, &LogPanel::sayWhyEmpty);
    connect(&filter, &LogFilter::expressionChanged, this, &LogPanel::sayWhyEmpty);
    connect(&filter, &LogFilter::finished, this, &LogPanel::sayWhyEmpty);
    connect(&cursor, &TimeCursor::headChanged, this, &LogPanel::sayWhyEmpty);
    showCursorEvent();
    sayWhyEmpty();
    m_firstLayout = saveLayout();
}

QWidget* LogPanel::makeTable()
{
    auto* pane = new QWidget(this);
    auto* layout = new QHBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_view->bar());
    // A header and five rows, each with its padding.
    pane->setMinimumHeight((m_view->fontMetrics().height() + 6) * 6);
    return pane;
}

QByteArray LogPanel::saveLayout() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << m_view->horizontalHeader()->saveState() << m_splitter->saveState()
           << isDetailVisible();
    return bytes;
}

void LogPanel::restoreLayout(const QByteArray& layout)
{
    QByteArray columns;
    QByteArray shares;
    bool detail = true;
    QDataStream stream(layout);
    stream >> columns >> shares >> detail;
    if (stream.status() != QDataStream::Ok)
        return;
    m_view->horizontalHeader()->restoreState(columns);
    m_view->setOwnWidths(true);
    m_splitter->restoreState(shares);
    setDetailVisible(detail);
}

void LogPanel::resetLayout()
{
    restoreLayout(m_firstLayout);
    m_view->setOwnWidths(false);
}

void LogPanel::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_detail->setWorkspace(workspace);
}

void LogPanel::setDetailVisible(bool visible)
{
    if (visible == isDetailVisible())
        return;
    m_detail->setVisible(visible);
    emit detailVisibleChanged(visible);
}

bool LogPanel::isDetailVisible() const
{
    return !m_detail->isHidden();
}

void LogPanel::showCursorEvent()
{
    // The detail stays where it was scrolled to.
    const auto& event = m_frame.event();
    if (!event || !m_detail->isShowing(*event))
        m_detail->setEvent(event, m_frame.position());
}

void LogPanel::sayWhyEmpty()
{
    if (m_cursor.head() == 0)
        m_view->setEmptyText(tr("The log is empty.\nIssue a command, or import a file."));
    else if (m_filter.isActive() && !m_filter.isComplete())
        m_view->setEmptyText(tr("Searching…"));
    else if (m_filter.isActive())
        m_view->setEmptyText(tr("No event fits the filter.\nEscape in the filter clears it."));
    else
        m_view->setEmptyText({});
}

} // namespace eventloupe
