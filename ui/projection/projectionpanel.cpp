#include "ui/projection/projectionpanel.h"

#include "domain/projection.h"
#include "projection/projectionmodel.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/log/windowtable.h"
#include "ui/projection/projectiondisplaymodel.h"
#include "ui/projection/projectionexporter.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int filterRestMilliseconds = 250;
constexpr int progressSteps = 1000;
constexpr int widestColumn = 32; ///< In characters, at first.

/// An expression that the projection's columns can answer.
QString filterHint(const ProjectionDefinition& projection)
{
    const auto& columns = projection.columns;
    const auto number = std::find_if(columns.crbegin(), columns.crend(),
        [](const auto& column) { return column.type == ProjectionColumnType::Number; });
    const auto example = number != columns.crend()
        ? number->name + QStringLiteral(" > 100")
        : columns.last().name + QStringLiteral(" == \"…\"");
    return ProjectionPanel::tr("Find, or an expression such as %1").arg(visibleText(example));
}

} // namespace

ProjectionPanel::ProjectionPanel(
    StoreClient& client, ProjectionModel& model, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_cursor(cursor)
    , m_picker(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_export(new QToolButton(this))
    , m_table(new WindowTable(this))
    , m_display(new ProjectionDisplayModel(this))
    , m_status(new PlainLabel(this))
    , m_trouble(new PlainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_exporter(new ProjectionExporter(client, model, this))
{
    setObjectName(QStringLiteral("projectionPanel"));
    auto* rows = new QHBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_table->bar());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeTop());
    layout->addLayout(rows, 1);
    layout->addWidget(makeBottom());

    m_table->setObjectName(QStringLiteral("projectionView"));
    m_table->setAccessibleName(tr("Rows of the projection"));
    m_display->setLookOf(m_table);
    m_table->setSource(&model, m_display);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_filterRest.setSingleShot(true);
    m_filterRest.setInterval(filterRestMilliseconds);
    connect(m_filter, &QLineEdit::textChanged, &m_filterRest, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, &ProjectionPanel::applyFilter);
    connect(&m_filterRest, &QTimer::timeout, this, &ProjectionPanel::applyFilter);
    connectModel();
    connectExporter();
    showProjections();
}

QWidget* ProjectionPanel::makeTop()
{
    m_picker->setObjectName(QStringLiteral("projectionPicker"));
    m_picker->setAccessibleName(tr("Projection"));
    m_picker->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_picker->setMinimumContentsLength(10);
    m_filter->setObjectName(QStringLiteral("projectionFilter"));
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Symbol::Search), QLineEdit::LeadingPosition);
    m_export->setObjectName(QStringLiteral("projectionExport"));
    m_export->setIcon(icon(Symbol::Export));
    m_export->setAutoRaise(true);
    m_export->setAccessibleName(tr("Export the table"));
    m_export->setToolTip(tr("Export the rows that are shown as CSV or JSON"));
    auto* top = new QWidget(this);
    auto* line = new QHBoxLayout;
    line->addWidget(m_picker, 1);
    line->addWidget(m_export);
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_filter);
    return top;
}

QWidget* ProjectionPanel::makeBottom()
{
    m_status->setObjectName(QStringLiteral("projectionStatus"));
    m_status->setElided(true);
    m_trouble->setObjectName(QStringLiteral("projectionTrouble"));
    m_trouble->setElided(true);
    m_progress->setObjectName(QStringLiteral("projectionProgress"));
    m_progress->setAccessibleName(tr("How far the projection is built"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 20);
    auto* bottom = new QWidget(this);
    auto* line = new QHBoxLayout;
    line->addWidget(m_status, 1);
    line->addWidget(m_progress);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(8, 0, 8, 4);
    layout->setSpacing(2);
    layout->addWidget(m_trouble);
    layout->addLayout(line);
    return bottom;
}

void ProjectionPanel::connectModel()
{
    connect(
        &m_model, &ProjectionModel::projectionsChanged, this, &ProjectionPanel::showProjections);
    connect(&m_model, &ProjectionModel::statusChanged, this, &ProjectionPanel::showStatus);
    connect(m_picker, &QComboBox::activated, this,
        [this](int index) { m_model.choose(m_picker->itemData(index).toString()); });
    connect(m_table, &WindowTable::windowChanged, this, [this] {
        m_model.setWindow(m_table->firstRow(), m_table->visibleRows());
        showStatus();
    });
    connect(m_table, &WindowTable::rowPicked, this, [this](qint64 row) {
        m_table->setCurrentRow(row);
        m_table->reveal(row);
    });
    connect(m_table, &WindowTable::rowActivated, this, &ProjectionPanel::goToRow);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProjectionPanel::showMenu);
}

void ProjectionPanel::connectExporter()
{
    connect(m_export, &QToolButton::clicked, this, [this] {
        if (m_exporter->isRunning())
            m_exporter->cancel();
        else
            m_exporter->ask();
    });
    connect(m_exporter, &ProjectionExporter::started, this, [this] {
        m_export->setIcon(icon(Symbol::Clear));
        m_export->setToolTip(tr("Cancel the export"));
    });
    connect(m_exporter, &ProjectionExporter::progressed, this, [this](qint64 done, qint64 total) {
        m_status->setText(tr("Exporting: %1 of %2").arg(countText(done), rowsText(total)));
    });
    connect(m_exporter, &ProjectionExporter::finished, this, [this](const QString& summary) {
        m_export->setIcon(icon(Symbol::Export));
        m_export->setToolTip(tr("Export the rows that are shown as CSV or JSON"));
        showStatus();
        emit said(summary);
    });
}

void ProjectionPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void ProjectionPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

void ProjectionPanel::showProjections()
{
    const QSignalBlocker blocker(m_picker);
    m_picker->clear();
    for (const auto& projection : m_model.workspace().projections()) {
        m_picker->addItem(visibleText(projection->title), projection->name);
        m_picker->setItemData(m_picker->count() - 1,
            plainToolTip(visibleText(projection->description)), Qt::ToolTipRole);
    }
    const auto& shown = m_model.projection();
    if (shown)
        m_picker->setCurrentIndex(m_picker->findData(shown->name));
    for (QWidget* widget : std::initializer_list<QWidget*> { m_picker, m_filter, m_export })
        widget->setEnabled(shown != nullptr);
    showStatus();
    if (std::exchange(m_shown, shown) == shown)
        return;
    const QSignalBlocker filterBlocker(m_filter);
    m_filter->clear();
    m_filterFault.clear();
    m_filter->setPlaceholderText(
        shown && !shown->columns.isEmpty() ? filterHint(*shown) : QString());
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setCurrentRow(-1);
    m_isSized = false;
    showStatus();
}

/// By the first rows that are shown, once a projection.
void ProjectionPanel::sizeColumns()
{
    if (m_isSized || m_model.rowCount() == 0)
        return;
    m_isSized = true;
    const int most = fontMetrics().averageCharWidth() * widestColumn;
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (m_table->columnWidth(column) > most)
            m_table->setColumnWidth(column, most);
    }
}

void ProjectionPanel::applyFilter()
{
    m_filterRest.stop();
    const auto applied = m_model.setFilter(m_filter->text());
    m_filterFault = applied ? QString() : firstLine(applied.error().message);
    showStatus();
}

void ProjectionPanel::goToRow(qint64 row)
{
    const auto position = m_model.index(static_cast<int>(row), 0).data(RowPositionRole);
    if (position.isValid())
        m_cursor.moveTo(position.toLongLong());
}

void ProjectionPanel::showMenu(const QPoint& place)
{
    const qint64 row = m_table->rowAtPoint(place);
    const int column = m_table->columnAt(place.x());
    if (row < 0 || column < 0)
        return;
    QMenu menu(this);
    const auto key = m_model.index(static_cast<int>(row), 0).data(Qt::EditRole).toString();
    emit menuOpening(menu, key, column);
    if (!menu.isEmpty())
        menu.exec(m_table->viewport()->mapToGlobal(place));
}

QString ProjectionPanel::statusText() const
{
    const auto& status = m_model.status();
    if (!m_model.projection())
        return {};
    const auto place = status.position > 0 ? tr("as of %1").arg(positionText(status.position))
                                           : tr("before the first event");
    auto text = tr("%1 %2", "rows, and where").arg(rowsText(status.existing), place);
    if (!m_model.filter().trimmed().isEmpty()) {
        const auto fit = status.isFiltering ? tr("%1 so far") : tr("%1");
        text = tr("%1 of %2 %3", "rows that fit, rows, and where")
                   .arg(fit.arg(countText(m_model.rowCount())), rowsText(status.existing), place);
    }
    if (status.builtTo < status.head && status.error.isEmpty())
        text += tr(", built: %1 %").arg(status.builtTo * 100 / status.head);
    // In a line that is there anyway: one that came and went would move the rows that it is about.
    if (const auto failed = failedRowText(); !failed.isEmpty())
        text += QStringLiteral(" · ") + failed;
    return text;
}

QString ProjectionPanel::troubleText() const
{
    const auto& status = m_model.status();
    if (!status.error.isEmpty())
        return status.error;
    if (!m_filterFault.isEmpty())
        return tr("Filter: %1").arg(m_filterFault);
    if (status.filterFailures > 0)
        return tr("The filter failed in %1: %2")
            .arg(rowsText(status.filterFailures), firstLine(status.filterReason));
    if (status.failures > 0)
        return tr("%1 came to no row; first %2: %3")
            .arg(eventsText(status.failures), positionText(status.firstFailure.position),
                firstLine(status.firstFailure.message));
    return {};
}

QString ProjectionPanel::failedRowText() const
{
    const auto last
        = std::min<qint64>(m_model.rowCount(), m_table->firstRow() + m_table->visibleRows());
    for (auto row = m_table->firstRow(); row < last; ++row) {
        const auto index = m_model.index(static_cast<int>(row), 0);
        if (const auto failure = index.data(RowFailureRole).toString(); !failure.isEmpty())
            return tr("Row %1 lacks an event: %2")
                .arg(index.data().toString(), failure.section(u'\n', 0, 0));
    }
    return {};
}

QString ProjectionPanel::emptyText() const
{
    const auto& status = m_model.status();
    if (!m_model.projection())
        return tr("This workspace has no projections.\nA file projections/NAME.json defines a "
                  "table that is folded from the events of many streams.");
    if (!m_model.filter().trimmed().isEmpty() && status.existing > 0)
        return status.isFiltering ? tr("Searching…") : tr("No row fits the filter.");
    if (status.builtTo < std::min(status.head, m_cursor.position()))
        return tr("Building…");
    return tr("No event made a row up to here.");
}

void ProjectionPanel::showStatus()
{
    const auto trouble = visibleText(troubleText());
    m_trouble->setVisible(!trouble.isEmpty());
    m_trouble->setText(trouble);
    m_trouble->setToolTip(plainToolTip(trouble));
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, coloursOf(palette).error);
    m_trouble->setPalette(palette);
    if (!m_exporter->isRunning()) {
        m_status->setText(visibleText(statusText()));
        m_status->setToolTip(plainToolTip(m_status->text()));
    }
    m_table->setEmptyText(emptyText());
    sizeColumns();
    showProgress();
}

void ProjectionPanel::showProgress()
{
    const auto& status = m_model.status();
    const bool isBuilding = status.builtTo < status.head && status.error.isEmpty();
    m_progress->setVisible(isBuilding);
    if (!isBuilding)
        return;
    const double share = static_cast<double>(status.builtTo) / static_cast<double>(status.head);
    m_progress->setValue(static_cast<int>(share * progressSteps));
    m_progress->setToolTip(plainToolTip(
        tr("Folded up to %1 of %2").arg(positionText(status.builtTo), positionText(status.head))));
}

} // namespace eventloupe
