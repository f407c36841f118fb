#include "ui/branch/branchpanel.h"

#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/branch/branchrows.h"
#include "ui/branch/branchtexts.h"
#include "ui/branch/stateside.h"

#include <QHeaderView>
#include <QMenu>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace eventloupe {

BranchPanel::BranchPanel(BranchSession& session, BranchWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_watch(watch)
    , m_text(new PlainLabel(this))
    , m_list(new QTreeWidget(this))
    , m_sides(new StateSides(this))
{
    setObjectName(QStringLiteral("branchPanel"));
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("branchText"));
    m_list->setObjectName(QStringLiteral("branchList"));
    m_list->setAccessibleName(tr("What the branch changes"));
    m_list->setHeaderLabels({ tr("Event or stream"), tr("Where, or why") });
    m_list->setUniformRowHeights(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setIndentation(m_list->fontMetrics().averageCharWidth() * 2);
    m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_list);
    splitter->addWidget(m_sides);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_text);
    layout->addWidget(splitter, 1);

    connect(&session, &BranchSession::changed, this, &BranchPanel::fill);
    connect(&session, &BranchSession::mainGrew, this, &BranchPanel::fill);
    connect(&watch, &BranchWatch::changed, this, &BranchPanel::fill);
    connect(&watch, &BranchWatch::statesKnown, m_sides, &StateSides::showStates);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &BranchPanel::showPicked);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        const auto row = branchRowOf(item);
        if (row && row->position > 0)
            emit positionAsked(row->position);
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &BranchPanel::openMenu);
    fill();
}

void BranchPanel::fill()
{
    const auto& findings = m_watch.findings();
    if (!m_session.isActive()) {
        m_text->setText(tr("No branch is open. Inspect > Branch > Branch from Here begins one: "
                           "skip events, change or add some, issue commands. The log itself stays "
                           "as it is."));
        m_sides->clear();
    } else {
        const QString since = mainSinceText(m_session.mainSince());
        m_text->setText(branchText(m_session) + (since.isEmpty() ? QString() : u' ' + since));
    }
    {
        // Nobody picked what is picked again.
        const QSignalBlocker blocker(m_list);
        fillBranchRows(*m_list, m_session, findings.get());
    }
    const auto row = branchRowOf(m_list->currentItem());
    if (findings && row && !row->stream.isEmpty())
        m_watch.foldBoth(row->stream);
    if (findings && std::exchange(m_wantsFirst, false))
        showFirstDifference();
}

void BranchPanel::showFirstDifference()
{
    for (QTreeWidgetItemIterator item(m_list); *item; ++item) {
        const auto row = branchRowOf(*item);
        if (!row || row->stream.isEmpty())
            continue;
        m_list->setCurrentItem(*item);
        m_list->scrollToItem(*item);
        m_list->setFocus();
        return;
    }
    m_wantsFirst = m_session.isActive() && !m_watch.findings();
}

void BranchPanel::showPicked()
{
    const auto row = branchRowOf(m_list->currentItem());
    if (!row || row->stream.isEmpty())
        return;
    m_watch.foldBoth(row->stream);
    emit streamAsked(row->stream);
}

void BranchPanel::openMenu(const QPoint& place)
{
    const auto row = branchRowOf(m_list->itemAt(place));
    if (!row)
        return;
    QMenu menu(this);
    if (row->position > 0)
        menu.addAction(icon(Symbol::GoTo), tr("Go Here (%1)").arg(positionText(row->position)),
            this, [this, row] { emit positionAsked(row->position); });
    if (row->isSkipped)
        menu.addAction(tr("Restore This Event"), this,
            [this, row] { m_session.restore({ row->place }); });
    else if (row->place.isInserted())
        menu.addAction(tr("Take This Event Out"), this,
            [this, row] { m_session.skip({ row->position }); });
    if (!row->stream.isEmpty())
        menu.addAction(icon(Symbol::Pin), tr("Show Its State"), this,
            [this, row] { emit streamAsked(row->stream); });
    if (!menu.isEmpty())
        menu.exec(m_list->viewport()->mapToGlobal(place));
}

} // namespace eventloupe
