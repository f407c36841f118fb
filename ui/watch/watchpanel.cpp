#include "ui/watch/watchpanel.h"

#include "state/subject.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaindelegate.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/log/filtercompleter.h"
#include "watch/watchpointmodel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int rowPadding = 6;

QVariant dataOf(const WatchScope& scope)
{
    return QStringList { QString::number(static_cast<int>(scope.kind)), scope.name };
}

} // namespace

WatchPanel::WatchPanel(const Parts& parts, QWidget* parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_edit(new QLineEdit(this))
    , m_scope(new QComboBox(this))
    , m_run(new QPushButton(this))
    , m_first(new QPushButton(tr("&First"), this))
    , m_keep(new QPushButton(tr("&Keep…"), this))
    , m_status(new PlainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_list(new QTableView(this))
    , m_tabs(new QTabWidget(this))
    , m_points(new WatchPointModel(WatchPointModel::Content::Points, this))
    , m_failures(new WatchPointModel(WatchPointModel::Content::Failures, this))
    , m_table(makeTable(*m_points, tr("Points of the watch")))
    , m_hint(new PlainLabel(
          tr("Type an expression above and press Watch: every event at which it becomes true, or "
             "its value changes, is listed here. Keep… lets it run on with the log, by a name."),
          this))
    , m_completer(new FilterCompleter(*m_edit))
{
    setObjectName(QStringLiteral("watchPanel"));
    auto* middle = new QSplitter(Qt::Horizontal, this);
    middle->addWidget(makeList());
    middle->addWidget(makeResults());
    middle->setStretchFactor(1, 1);
    middle->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeTop());
    layout->addWidget(middle, 1);
    connectParts();
    setFields({});
    showStream();
    show(nullptr);
}

QWidget* WatchPanel::makeTop()
{
    m_edit->setObjectName(QStringLiteral("watchEdit"));
    m_edit->setAccessibleName(tr("Watched expression"));
    m_edit->setPlaceholderText(tr("Watch: state.total > 100"));
    m_edit->setToolTip(plainToolTip(
        tr("Finds every event at which a condition becomes true, or another value changes: over "
           "state, previous (the state before the event), data and event")));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
    m_scope->setObjectName(QStringLiteral("watchScope"));
    m_scope->setAccessibleName(tr("Whose events are watched"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scope->setMinimumContentsLength(14);
    m_run->setObjectName(QStringLiteral("watchRun"));
    m_first->setObjectName(QStringLiteral("watchFirst"));
    m_first->setToolTip(
        plainToolTip(tr("Goes to the first event of the stream after which the expression holds")));
    m_keep->setObjectName(QStringLiteral("watchKeep"));
    m_keep->setToolTip(plainToolTip(
        tr("Keeps the watch by a name; it runs on with the log, and at the next start")));
    m_status->setObjectName(QStringLiteral("watchStatus"));
    m_status->setElided(true);
    m_progress->setAccessibleName(tr("Progress of the watch"));
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(80);
    m_progress->setMaximumHeight(8);
    auto* top = new QWidget(this);
    auto* fields = new QHBoxLayout;
    fields->addWidget(m_edit, 1);
    fields->addWidget(m_scope);
    fields->addWidget(m_run);
    fields->addWidget(m_first);
    fields->addWidget(m_keep);
    auto* told = new QHBoxLayout;
    told->addWidget(m_status, 1);
    told->addWidget(m_progress);
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 0);
    layout->setSpacing(4);
    layout->addLayout(fields);
    layout->addLayout(told);
    return top;
}

QTableView* WatchPanel::makeTable(WatchPointModel& model, const QString& name)
{
    auto* table = new QTableView(this);
    table->setAccessibleName(name);
    table->setModel(&model);
    table->setItemDelegate(new PlainDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setFrameShape(QFrame::NoFrame);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowPadding);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setStretchLastSection(true);
    makeQuickToPaint(*table);
    const int letter = fontMetrics().averageCharWidth();
    const QList<int> letters { 11, 18, 9, 22, 18 };
    for (int column = 0; column < std::min<int>(model.columnCount() - 1, 5); ++column)
        table->setColumnWidth(column, letter * letters[column]);
    connect(table, &QTableView::clicked, this, &WatchPanel::goTo);
    connect(table, &QTableView::activated, this, &WatchPanel::goTo);
    return table;
}

QWidget* WatchPanel::makeList()
{
    m_list->setObjectName(QStringLiteral("watchList"));
    m_list->setAccessibleName(tr("Watches"));
    m_list->setModel(&m_parts.watches);
    m_list->setItemDelegate(new PlainDelegate(m_list));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowPadding);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_list->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    return m_list;
}

QWidget* WatchPanel::makeResults()
{
    m_table->setObjectName(QStringLiteral("watchPoints"));
    auto* failures = makeTable(*m_failures, tr("Events that the watch failed on"));
    failures->setObjectName(QStringLiteral("watchFailures"));
    m_tabs->setObjectName(QStringLiteral("watchTabs"));
    m_tabs->setDocumentMode(true);
    m_hint->setObjectName(QStringLiteral("watchHint"));
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setMargin(rowPadding);
    makeFaint(*m_hint);
    auto* points = new QWidget(m_tabs);
    auto* layout = new QVBoxLayout(points);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_hint);
    layout->addWidget(m_table);
    m_tabs->addTab(points, tr("Points"));
    m_tabs->addTab(failures, tr("Failures"));
    return m_tabs;
}

void WatchPanel::setFields(const QStringList& fields)
{
    m_completer->setNames(fields
        + QStringList { QStringLiteral("data."), QStringLiteral("event.category"),
            QStringLiteral("event.metadata."), QStringLiteral("event.position"),
            QStringLiteral("event.stream"), QStringLiteral("event.time"),
            QStringLiteral("event.type"), QStringLiteral("event.version"), QStringLiteral("has("),
            QStringLiteral("previous."), QStringLiteral("size("), QStringLiteral("state.") });
}

void WatchPanel::setTypes(const QStringList& types)
{
    m_completer->setTypes(types);
}

WatchScope WatchPanel::scope() const
{
    const QStringList parts = m_scope->currentData().toStringList();
    return parts.size() < 2
        ? WatchScope {}
        : WatchScope { static_cast<WatchScope::Kind>(parts[0].toInt()), parts[1] };
}

/// Offers the shown stream and its category, what was asked for, and all streams.
void WatchPanel::showStream()
{
    const WatchScope chosen = scope();
    const QString stream = m_parts.subject.stream();
    const QSignalBlocker blocker(m_scope);
    m_scope->clear();
    const auto add = [this](const WatchScope& offered) {
        if (m_scope->findData(dataOf(offered)) < 0)
            m_scope->addItem(visibleText(scopeText(offered)), dataOf(offered));
    };
    for (const QString& name : { stream, m_asked }) {
        if (name.isEmpty())
            continue;
        add({ WatchScope::Kind::Stream, name });
        add({ WatchScope::Kind::Category, categoryOf(name) });
    }
    add({});
    // A stream that was chosen since it is shown gives way to the one that is shown now.
    const int same = m_scope->findData(dataOf(chosen));
    const bool wasStream = chosen.kind == WatchScope::Kind::Stream;
    m_scope->setCurrentIndex(same >= 0 ? same : wasStream ? 0 : m_scope->count() - 1);
    m_first->setEnabled(!stream.isEmpty());
}

void WatchPanel::ask(const QString& expression, const WatchScope& asked)
{
    if (asked.kind == WatchScope::Kind::Stream)
        m_asked = asked.name;
    showStream();
    m_scope->setCurrentIndex(std::max(m_scope->findData(dataOf(asked)), 0));
    m_edit->setText(expression);
    if (expression.isEmpty())
        focusField();
    else
        start();
}

void WatchPanel::focusField()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void WatchPanel::start()
{
    if (m_edit->text().trimmed().isEmpty()) {
        showFault(tr("Type an expression, such as state.total > 100"));
        return;
    }
    const auto row = m_parts.watches.start({ {}, m_edit->text().trimmed(), scope() });
    if (!row) {
        showFault(row.error().message);
        return;
    }
    m_list->selectRow(*row);
    show(m_parts.watches.runner(*row));
}

void WatchPanel::showFault(const QString& fault)
{
    auto colours = palette();
    if (!fault.isEmpty())
        colours.setColor(QPalette::WindowText, coloursOf(palette()).error);
    m_status->setPalette(colours);
    m_status->setText(visibleText(firstLine(fault)));
    m_status->setToolTip(plainToolTip(m_status->text()));
}

} // namespace eventloupe
