#include "ui/causation/causationpanel.h"

#include "causation/causationloader.h"
#include "causation/causationmodel.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/plaindelegate.h"
#include "ui/base/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QProgressBar>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int progressSteps = 1000;
/// Larger trees are opened as far as the roots' effects: laying all of them out takes long.
constexpr std::size_t mostExpanded = 2000;
constexpr int indentation = 11; ///< In pixels; causes are often deep.

} // namespace

CausationPanel::CausationPanel(CausationLoader& loader, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_loader(loader)
    , m_cursor(cursor)
    , m_model(new CausationModel(this))
    , m_summary(new PlainLabel(this))
    , m_here(new QToolButton(this))
    , m_cancel(new QToolButton(this))
    , m_progress(new QProgressBar(this))
    , m_info(new InfoBar(this))
    , m_pages(new QStackedWidget(this))
    , m_nothing(new PlainLabel(this))
    , m_view(new QTreeView(this))
{
    setObjectName(QStringLiteral("causationPanel"));
    setUpView();
    m_nothing->setObjectName(QStringLiteral("causationNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(16);
    makeFaint(*m_nothing);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_view);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeTop());
    layout->addWidget(m_info);
    layout->addWidget(m_pages, 1);
    connectLoader();
    showTree();
    showStatus();
}

QWidget* CausationPanel::makeTop()
{
    m_summary->setObjectName(QStringLiteral("causationSummary"));
    m_summary->setElided(true);
    m_here->setObjectName(QStringLiteral("causationHere"));
    m_here->setIcon(icon(Symbol::Search));
    m_here->setAutoRaise(true);
    m_here->setAccessibleName(tr("Show what the cursor's event belongs to"));
    m_here->setToolTip(plainToolTip(m_here->accessibleName()));
    m_cancel->setObjectName(QStringLiteral("causationCancel"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the search"));
    m_progress->setObjectName(QStringLiteral("causationProgress"));
    m_progress->setAccessibleName(tr("How far the log was searched"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 14);
    auto* top = new QWidget(this);
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 0);
    layout->addWidget(m_summary, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_here);
    connect(m_here, &QToolButton::clicked, this, [this] { showFor(m_cursor.position()); });
    connect(m_cancel, &QToolButton::clicked, &m_loader, &CausationLoader::cancel);
    return top;
}

void CausationPanel::setUpView()
{
    m_view->setObjectName(QStringLiteral("causationView"));
    m_view->setAccessibleName(tr("What caused what"));
    m_view->setModel(m_model);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setAlternatingRowColors(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setItemDelegate(new PlainDelegate(m_view));
    m_view->setIndentation(indentation);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(int(CausationColumn::What), QHeaderView::Stretch);
    const int letter = fontMetrics().averageCharWidth();
    header->resizeSection(int(CausationColumn::Stream), letter * 11);
    header->resizeSection(int(CausationColumn::Offset), letter * 10);
    header->resizeSection(int(CausationColumn::Place), letter * 9);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &CausationPanel::pick);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &CausationPanel::showMenu);
    connect(&m_cursor, &TimeCursor::positionChanged, this, &CausationPanel::placeCursor);
}

void CausationPanel::connectLoader()
{
    connect(&m_loader, &CausationLoader::treeChanged, this, &CausationPanel::showTree);
    connect(&m_loader, &CausationLoader::statusChanged, this, &CausationPanel::showStatus);
    connect(&m_loader, &CausationLoader::failed, this, &CausationPanel::showFailure);
}

void CausationPanel::showFor(Position position)
{
    m_info->dismiss();
    m_hasAsked = true;
    if (position > 0)
        m_loader.showEvent(position);
    else
        emit said(tr("There is no event before the first one"));
}

void CausationPanel::goToCause()
{
    const auto& tree = m_loader.tree();
    const int node = tree->nodeAt(m_cursor.position());
    if (node < 0) {
        // Found with the tree, or told when that is whole.
        m_goesToCause = true;
        showFor(m_cursor.position());
        return;
    }
    m_goesToCause = false;
    const int parent = tree->nodes()[std::size_t(node)].parent;
    const auto* cause = parent >= 0 ? tree->eventOf(parent) : nullptr;
    if (cause)
        m_cursor.moveTo(cause->position);
    else if (m_loader.status().isRunning)
        m_goesToCause = true;
    else if (parent >= 0)
        emit said(tr("#%1 was caused by %2, which is no event of this log")
                      .arg(m_cursor.position())
                      .arg(m_model->indexAt(m_cursor.position()).parent().data().toString()));
    else
        emit said(tr("Nothing is recorded that caused #%1").arg(m_cursor.position()));
}

void CausationPanel::showTree()
{
    const QScopedValueRollback guard(m_isPlacing, true);
    m_model->setTree(m_loader.tree());
    if (m_model->tree().nodes().size() <= mostExpanded)
        m_view->expandAll();
    else
        m_view->expandToDepth(0);
    placeCursor();
    // The cause may be there long before the whole log was searched.
    const int node = m_model->tree().nodeAt(m_cursor.position());
    const int parent = node < 0 ? -1 : m_model->tree().nodes()[std::size_t(node)].parent;
    if (m_goesToCause && parent >= 0 && m_model->tree().eventOf(parent))
        goToCause();
}

QString CausationPanel::summary() const
{
    const auto& tree = m_model->tree();
    const auto& status = m_loader.status();
    if (tree.events().empty())
        return status.isRunning ? tr("Searching…") : QString();
    const auto span
        = tree.events().back().time.microseconds - tree.events().front().time.microseconds;
    QString text = eventsText(qint64(tree.events().size()));
    if (tree.events().size() > 1)
        text = tr("%1 in %2, %3").arg(text, streamsText(tree.streams()), offsetText(span).mid(1));
    if (!status.correlation.isEmpty())
        text += tr(" · correlation %1").arg(QString::fromUtf8(status.correlation));
    return visibleText(text);
}

void CausationPanel::showStatus()
{
    const auto& status = m_loader.status();
    m_progress->setVisible(status.isRunning);
    m_cancel->setVisible(status.isRunning);
    if (status.total > 0)
        m_progress->setValue(int(progressSteps * status.done / status.total));
    const auto text = summary();
    m_summary->setText(text);
    m_summary->setToolTip(plainToolTip(text));
    const bool isEmpty = m_model->tree().events().empty();
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_nothing) : m_view);
    m_nothing->setText(status.isRunning
            ? tr("Searching the log…")
            : tr("Shows what an event was caused by and led to, over all streams.\n\nChoose an "
                 "event, then Inspect > Causation (Ctrl+Shift+Y)."));
    if (!status.isRunning && isEmpty) {
        m_hasAsked = false;
        m_info->dismiss();
    } else if (!status.isRunning && m_hasAsked) {
        warn();
    }
    if (std::exchange(m_goesToCause, m_goesToCause && status.isRunning) && !status.isRunning)
        goToCause();
}

void CausationPanel::warn()
{
    const auto& tree = m_model->tree();
    if (m_loader.status().isCut)
        m_info->show(InfoBar::Kind::Warning,
            tree.events().size() >= std::size_t(mostCausedEvents)
                ? tr("There are more than %1; those nearest are shown.")
                      .arg(eventsText(mostCausedEvents))
                : tr("The search was ended before the whole log was read; there may be more."));
    else if (tree.cycles() > 0)
        m_info->show(InfoBar::Kind::Warning,
            tr("Causes lead in a circle: %1 of these events name an effect of their own as their "
               "cause. The circle is cut above the earliest of them.")
                .arg(tree.cycles()));
    else if (tree.events().size() == 1 && m_loader.status().correlation.isEmpty())
        m_info->show(InfoBar::Kind::Information,
            tr("The event's metadata names no correlation and no cause that is known, and nothing "
               "in the log names it as a cause."));
}

void CausationPanel::showFailure(const Error& error)
{
    m_goesToCause = false;
    m_info->show(InfoBar::Kind::Failure, visibleText(error.message));
}

void CausationPanel::placeCursor()
{
    const QScopedValueRollback guard(m_isPlacing, true);
    const auto index = m_model->indexAt(m_cursor.position());
    if (!index.isValid()) {
        m_view->setCurrentIndex({});
        m_view->clearSelection();
        return;
    }
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void CausationPanel::pick(const QModelIndex& index)
{
    const auto position = index.data(CausationPositionRole).toLongLong();
    if (!m_isPlacing && position > 0)
        m_cursor.moveTo(position);
}

void CausationPanel::showMenu(const QPoint& place)
{
    const auto index = m_view->indexAt(place);
    QMenu menu(this);
    if (index.isValid()) {
        const auto position = index.data(CausationPositionRole).toLongLong();
        const auto id = index.data(CausationIdRole).toString();
        if (position > 0)
            menu.addAction(icon(Symbol::GoTo), tr("Go Here (%1)").arg(positionText(position)), this,
                [this, position] { m_cursor.moveTo(position); });
        menu.addAction(icon(Symbol::Copy), tr("Copy Id"), this,
            [id] { QGuiApplication::clipboard()->setText(id); });
        menu.addSeparator();
    }
    auto* filter = menu.addAction(icon(Symbol::Filter), tr("Filter the Log for This Correlation"),
        this, [this] { emit filterAsked(visibleExpression(m_loader.status().condition)); });
    filter->setEnabled(!m_loader.status().condition.isEmpty());
    menu.addAction(tr("Expand All"), m_view, &QTreeView::expandAll);
    menu.addAction(tr("Collapse All"), m_view, &QTreeView::collapseAll);
    menu.exec(m_view->viewport()->mapToGlobal(place));
}

QByteArray CausationPanel::saveLayout() const
{
    return m_view->header()->saveState();
}

void CausationPanel::restoreLayout(const QByteArray& layout)
{
    m_view->header()->restoreState(layout);
}

} // namespace eventloupe
