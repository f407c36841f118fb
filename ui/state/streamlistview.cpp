#include "ui/state/streamlistview.h"

#include "state/statecolumns.h"
#include "state/streamlistmodel.h"
#include "state/subject.h"
#include "time/cursorframe.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/log/logview.h"
#include "ui/log/windowtable.h"
#include "ui/state/streamdisplaymodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int searchRestMilliseconds = 250;
constexpr int locateMilliseconds = 30;

} // namespace

StreamListView::StreamListView(StreamListModel& model, Subject& subject, TimeCursor& cursor,
    CursorFrame& frame, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_subject(subject)
    , m_cursor(cursor)
    , m_search(new QLineEdit(this))
    , m_table(new WindowTable(this))
    , m_display(new StreamDisplayModel(this))
{
    layOut();
    m_display->setLookOf(m_table);
    m_table->setSource(&model, m_display);
    setUpColumns();
    m_table->setNameColumn(static_cast<int>(StreamColumn::Name));
    m_searchRest.setSingleShot(true);
    m_searchRest.setInterval(searchRestMilliseconds);
    m_locate.setSingleShot(true);
    m_locate.setInterval(locateMilliseconds);

    connect(m_search, &QLineEdit::textChanged, &m_searchRest, qOverload<>(&QTimer::start));
    connect(&m_searchRest, &QTimer::timeout, this, &StreamListView::search);
    connect(m_table, &WindowTable::rowPicked, this, &StreamListView::pick);
    connect(m_table, &WindowTable::windowChanged, this, &StreamListView::prefetch);
    connect(m_table, &QWidget::customContextMenuRequested, this, &StreamListView::showMenu);
    connect(&m_locate, &QTimer::timeout, this, [this] { m_model.rowOfStream(m_subject.stream()); });
    connect(&model, &StreamListModel::streamLocated, this, [this](const QString& name, int row) {
        if (name != m_subject.stream())
            return;
        m_table->setCurrentRow(row);
        if (std::exchange(m_revealSubject, false))
            m_table->reveal(row);
    });
    connect(&model, &StreamListModel::streamCountChanged, this, [this] { sayWhyEmpty(); });
    connect(&model, &StreamListModel::searchFinished, this, &StreamListView::sayWhyEmpty);
    connect(&model, &StreamListModel::failed, this, [this](const Error& error) {
        m_isDamaged = m_isDamaged || error.code == ErrorCode::Corrupt;
        sayWhyEmpty();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_isDamaged = false; });
    const auto start = qOverload<>(&QTimer::start);
    connect(&model, &QAbstractItemModel::rowsInserted, &m_locate, start);
    connect(&model, &QAbstractItemModel::rowsRemoved, &m_locate, start);
    connect(&model, &QAbstractItemModel::modelReset, &m_locate, start);
    connect(&subject, &Subject::streamChanged, this, &StreamListView::markSubject);
    connect(&frame, &CursorFrame::shown, this, [this] { emit titleChanged(title()); });
    sayWhyEmpty();
    m_firstLayout = saveLayout();
}

void StreamListView::layOut()
{
    setObjectName(QStringLiteral("streamPanel"));
    m_search->setObjectName(QStringLiteral("streamSearch"));
    m_search->setAccessibleName(tr("Find streams"));
    m_search->setPlaceholderText(tr("Find streams"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(Symbol::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_table->setObjectName(QStringLiteral("streamView"));
    m_table->setAccessibleName(tr("Streams at the cursor"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(8, 6, 8, 0);
    top->addWidget(m_search);
    auto* rows = new QHBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_table->bar());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addLayout(rows, 1);
}

void StreamListView::setUpColumns()
{
    const auto width = [this](const char* sample) {
        return m_table->fontMetrics().horizontalAdvance(QLatin1String(sample)) + 16;
    };
    m_table->setColumnWidth(static_cast<int>(StreamColumn::Name), width("      account-12345"));
    m_table->setColumnWidth(static_cast<int>(StreamColumn::Version), width("v00,000"));
    // The last one is stretched, and never gets narrower than it was set.
    m_table->setColumnWidth(static_cast<int>(StreamColumn::Headline), width("Headline"));
    m_table->horizontalHeader()->setMinimumSectionSize(width("v1"));
    setMinimumWidth(m_table->columnWidth(static_cast<int>(StreamColumn::Name))
        + m_table->columnWidth(static_cast<int>(StreamColumn::Version)) + width("Headline")
        + m_table->bar()->sizeHint().width());
}

QByteArray StreamListView::saveLayout() const
{
    return m_table->horizontalHeader()->saveState();
}

void StreamListView::restoreLayout(const QByteArray& layout)
{
    m_table->horizontalHeader()->restoreState(layout);
}

void StreamListView::resetLayout()
{
    restoreLayout(m_firstLayout);
}

void StreamListView::pick(qint64 row)
{
    const auto index = m_model.index(static_cast<int>(row), 0);
    if (index.data(IsCategoryRole).toBool())
        m_model.toggle(static_cast<int>(row));
    else if (const auto name = index.data(StreamNameRole).toString(); !name.isEmpty())
        m_subject.pin(name);
    m_table->setCurrentRow(row);
    m_locate.start();
}

void StreamListView::search()
{
    m_searchRest.stop();
    const auto text = m_search->text().trimmed();
    m_display->setFlat(!text.isEmpty());
    m_model.setSearch(text);
    sayWhyEmpty();
}

void StreamListView::markSubject()
{
    m_revealSubject = true;
    m_locate.start();
}

void StreamListView::showMenu(const QPoint& place)
{
    const auto row = m_table->rowAtPoint(place);
    if (row < 0)
        return;
    const auto index = m_model.index(static_cast<int>(row), 0);
    QMenu menu(this);
    if (index.data(IsCategoryRole).toBool()) {
        const auto category = index.data(StreamCategoryRole).toString();
        const bool expanded = index.data(IsExpandedRole).toBool();
        menu.addAction(expanded ? tr("Collapse") : tr("Expand"), this,
            [this, row] { m_model.toggle(static_cast<int>(row)); });
        menu.addAction(icon(Symbol::Filter), tr("Filter Log for Category"), this, [this, category] {
            emit filterAsked(equalsCondition(QStringLiteral("category"), category));
        });
    } else {
        fillMenu(menu, index.data(StreamNameRole).toString());
    }
    menu.exec(m_table->viewport()->mapToGlobal(place));
}

void StreamListView::fillMenu(QMenu& menu, const QString& stream)
{
    menu.addAction(icon(Symbol::Pin), tr("Pin"), this, [this, stream] { m_subject.pin(stream); });
    menu.addAction(icon(Symbol::Copy), tr("Copy Name"), this,
        [stream] { QGuiApplication::clipboard()->setText(stream); });
    menu.addAction(icon(Symbol::Filter), tr("Filter Log for Stream"), this,
        [this, stream] { emit filterAsked(equalsCondition(QStringLiteral("stream"), stream)); });
    emit menuOpening(menu, stream);
}

void StreamListView::prefetch()
{
    m_model.prefetch(static_cast<int>(m_table->firstRow()), m_table->visibleRows());
}

QString StreamListView::title() const
{
    return tr("Streams at %1").arg(positionText(m_model.position()));
}

void StreamListView::sayWhyEmpty()
{
    if (m_model.isSearching())
        m_table->setEmptyText(tr("Searching…"));
    else if (m_isDamaged)
        m_table->setEmptyText(tr("The streams cannot be read: the file is damaged.\nVerify… in the "
                                 "File menu names what is lost."));
    else if (!m_model.search().isEmpty())
        m_table->setEmptyText(tr("No stream at the cursor has this in its name."));
    else if (m_cursor.head() > 0)
        m_table->setEmptyText(tr("No stream exists here yet.\nMove the cursor forward."));
    else
        m_table->setEmptyText(tr("No streams yet.\nA command makes the first one."));
}

bool StreamListView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            m_search->clear();
            search();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            search();
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace eventloupe
