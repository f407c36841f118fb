#include "ui/state/historypage.h"

#include "state/fieldhistorymodel.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/stillframe.h"
#include "ui/state/fieldtree.h"
#include "ui/state/historydisplaymodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace eventloupe {

HistoryPage::HistoryPage(FieldHistoryModel& model, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_cursor(cursor)
    , m_caption(new PlainLabel(this))
    , m_progress(new PlainLabel(this))
    , m_nothing(new PlainLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTreeView(this))
{
    layOut();
    setUpTable();
    connect(&model, &FieldHistoryModel::progressed, this, &HistoryPage::showProgress);
    showProgress();
}

void HistoryPage::layOut()
{
    m_caption->setObjectName(QStringLiteral("historyCaption"));
    m_caption->setElided(true, Qt::ElideMiddle);
    m_progress->setObjectName(QStringLiteral("historyProgress"));
    m_progress->setElided(true);
    makeFaint(*m_progress);
    m_nothing->setObjectName(QStringLiteral("historyNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(16);
    makeFaint(*m_nothing);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_table);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(8, 5, 6, 2);
    top->setSpacing(1);
    top->addWidget(new StillFrame(*m_caption, this));
    top->addWidget(new StillFrame(*m_progress, this));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
}

void HistoryPage::setUpTable()
{
    auto* display = new HistoryDisplayModel(this);
    display->setLookOf(m_table);
    display->setSourceModel(&m_model);
    m_table->setObjectName(QStringLiteral("historyView"));
    m_table->setAccessibleName(tr("Events that set the field"));
    m_table->setModel(display);
    makeFieldTree(*m_table);
    m_table->setRootIsDecorated(false);
    const int letter = m_table->fontMetrics().averageCharWidth();
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::Event), letter * 14);
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::Before), letter * 10);
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::After), letter * 11);
    // The last one is stretched, and never gets narrower than it was set.
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::Time), letter * 6);
    // The values are what is looked for: the time stands behind them.
    m_table->header()->moveSection(
        static_cast<int>(HistoryColumn::Time), static_cast<int>(HistoryColumn::After));
    connect(m_table, &QTreeView::clicked, this, &HistoryPage::goTo);
    connect(m_table, &QTreeView::activated, this, &HistoryPage::goTo);
    connect(m_table, &QWidget::customContextMenuRequested, this, &HistoryPage::showMenu);
}

void HistoryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void HistoryPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

void HistoryPage::goTo(const QModelIndex& index)
{
    const auto position = index.data(HistoryPositionRole);
    if (position.isValid())
        m_cursor.moveTo(position.toLongLong());
}

QString HistoryPage::captionText() const
{
    if (m_model.stream().isEmpty())
        return {};
    const auto field = QString::fromUtf8(m_model.field());
    return tr("%1 of %2").arg(field.isEmpty() ? tr("The whole state") : visibleText(field),
        visibleText(m_model.stream()));
}

QString HistoryPage::emptyText() const
{
    if (!m_model.problem().isEmpty())
        return tr("The history could not be read: %1").arg(visibleText(m_model.problem()));
    if (m_model.stream().isEmpty())
        return tr("Select a field of the state to see every event that set it.");
    return m_model.isComplete() ? tr("No event set this field up to version %1.")
                                      .arg(countText(m_model.from()))
                                : tr("Searching…");
}

void HistoryPage::showProgress()
{
    m_caption->setText(captionText());
    m_caption->setToolTip(plainToolTip(m_caption->text()));
    const auto events = eventsText(m_model.rowCount());
    const QString progress = m_model.isComplete()
        ? tr("%1 up to version %2").arg(events, countText(m_model.from()))
        : tr("%1 so far, searched back to version %2").arg(events, countText(m_model.reached()));
    m_progress->setText(m_model.stream().isEmpty() ? QString() : progress);
    m_progress->setToolTip(plainToolTip(m_progress->text()));
    if (m_model.rowCount() == 0)
        m_nothing->setText(emptyText());
    m_pages->setCurrentWidget(
        m_model.rowCount() > 0 ? static_cast<QWidget*>(m_table) : m_nothing);
}

void HistoryPage::showMenu(const QPoint& place)
{
    const auto index = m_table->indexAt(place);
    if (!index.isValid())
        return;
    QMenu menu(this);
    const auto position = index.data(HistoryPositionRole);
    if (position.isValid())
        menu.addAction(icon(Symbol::GoTo),
            tr("Go Here (%1)").arg(positionText(position.toLongLong())), this,
            [this, position] { m_cursor.moveTo(position.toLongLong()); });
    const auto cell = m_model.data(m_model.index(index.row(), index.column())).toString();
    menu.addAction(icon(Symbol::Copy), tr("Copy Cell"), this,
        [cell] { QGuiApplication::clipboard()->setText(cell); });
    menu.exec(m_table->viewport()->mapToGlobal(place));
}

} // namespace eventloupe
