#include "ui/plot/plotpanel.h"

#include "store/filetarget.h"
#include "time/cursorframe.h"
#include "time/timecursor.h"
#include "ui/base/filedialog.h"
#include "ui/base/icons.h"
#include "ui/base/lineinks.h"
#include "ui/base/plaintext.h"
#include "ui/exchange/exchangefolder.h"
#include "ui/plot/plottexts.h"
#include "value/aside.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int mostListed = 4; ///< Rows of the list of lines before it scrolls.

QIcon swatchOf(const QColor& colour)
{
    QPixmap picture(12, 12);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.fillRect(1, 4, 10, 4, colour);
    return picture;
}

} // namespace

PlotPanel::PlotPanel(StreamPlots& plots, TimeCursor& cursor, CursorFrame& frame, QWidget* parent)
    : QWidget(parent)
    , m_plots(plots)
    , m_cursor(cursor)
    , m_view(new PlotView(this))
    , m_axis(new QComboBox(this))
    , m_copy(new QToolButton(this))
    , m_save(new QToolButton(this))
    , m_clear(new QToolButton(this))
    , m_list(new QListWidget(this))
    , m_told(new PlainLabel(this))
{
    setObjectName(QStringLiteral("plotPanel"));
    m_told->setObjectName(QStringLiteral("plotTold"));
    m_told->setElided(true);
    m_told->setMargin(2);
    m_list->setObjectName(QStringLiteral("plotLines"));
    m_list->setAccessibleName(tr("Plotted lines"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* removal = new QAction(tr("&Remove Line"), m_list);
    removal->setShortcut(QKeySequence::Delete);
    removal->setShortcutContext(Qt::WidgetShortcut);
    connect(removal, &QAction::triggered, this, [this] { remove(m_list->currentRow()); });
    m_list->addAction(removal);
    m_view->setEmptyText(
        tr("Nothing is plotted. Choose “Plot This Field” in the context menu of a number of the "
           "state."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(makeTop());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_told);
    layout->addWidget(m_list);
    connect(&plots, &StreamPlots::seriesChanged, this, &PlotPanel::showSeries);
    connect(m_view, &PlotView::activated, &cursor, &TimeCursor::moveTo);
    connect(m_view, &PlotView::pickChanged, this, &PlotPanel::tell);
    connect(&frame, &CursorFrame::shown, m_view,
        [this, &frame](Position position) { m_view->setCursor(position, frame.event()); });
    showFields();
}

QWidget* PlotPanel::makeTop()
{
    m_axis->setObjectName(QStringLiteral("plotAxis"));
    m_axis->setAccessibleName(tr("Horizontal axis of the plot"));
    m_axis->addItems({ tr("Over versions"), tr("Over positions"), tr("Over time") });
    connect(m_axis, &QComboBox::currentIndexChanged, m_view,
        [this](int index) { m_view->setAxis(static_cast<PlotAxis>(index)); });
    const auto set = [](QToolButton& button, Symbol symbol, const QString& name) {
        button.setIcon(icon(symbol));
        button.setAutoRaise(true);
        button.setAccessibleName(name);
        button.setToolTip(plainToolTip(name));
    };
    set(*m_copy, Symbol::Copy, tr("Copy the plotted values as CSV"));
    set(*m_save, Symbol::Export, tr("Save the plotted values as CSV"));
    set(*m_clear, Symbol::Clear, tr("Remove all lines"));
    m_copy->setObjectName(QStringLiteral("plotCopy"));
    m_clear->setObjectName(QStringLiteral("plotClear"));
    connect(m_copy, &QToolButton::clicked, this, &PlotPanel::copy);
    connect(m_save, &QToolButton::clicked, this, &PlotPanel::save);
    connect(m_clear, &QToolButton::clicked, this, &PlotPanel::clear);
    auto* top = new QWidget(this);
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->addWidget(m_axis);
    layout->addStretch(1);
    layout->addWidget(m_copy);
    layout->addWidget(m_save);
    layout->addWidget(m_clear);
    return top;
}

void PlotPanel::add(const PlotField& field)
{
    auto fields = m_plots.fields();
    if (fields.contains(field))
        return;
    if (fields.size() >= StreamPlots::mostLines) {
        emit said(tr("A plot has at most %1 lines; remove one first").arg(StreamPlots::mostLines));
        return;
    }
    fields.append(field);
    // A projection has no versions.
    if (field.projection && m_view->axis() == PlotAxis::Versions)
        m_axis->setCurrentIndex(static_cast<int>(PlotAxis::Positions));
    m_plots.setFields(fields);
    showFields();
}

void PlotPanel::addStream(const QString& stream)
{
    const auto fields = m_plots.fields();
    for (const PlotField& field : fields) {
        if (!field.projection)
            add({ stream, field.pointer, {} });
    }
    if (fields.isEmpty())
        emit said(tr("Plot a field of one stream first; then others can be added"));
}

void PlotPanel::clear()
{
    m_plots.setFields({});
    showFields();
}

void PlotPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showFields(); // The lines have other colours.
}

void PlotPanel::remove(int row)
{
    auto fields = m_plots.fields();
    if (row < 0 || row >= fields.size())
        return;
    fields.removeAt(row);
    m_plots.setFields(fields);
    showFields();
}

void PlotPanel::showFields()
{
    m_list->clear();
    int number = 0;
    for (const PlotField& field : m_plots.fields()) {
        PlotSeries named;
        named.name = field.stream;
        named.pointer = field.pointer;
        if (field.projection) {
            const PlottedProjection& line = *field.projection;
            named.name = line.column.isEmpty() ? line.name : line.name + u' ' + line.key;
            named.pointer = line.column.isEmpty() ? tr("rows").toUtf8() : line.column.toUtf8();
        }
        auto* item = new QListWidgetItem(
            swatchOf(lineInk(number++, palette())), plotSeriesName(named), m_list);
        item->setToolTip(plainToolTip(item->text()));
    }
    const bool isAny = m_list->count() > 0;
    m_list->setVisible(isAny);
    m_list->setFixedHeight(
        std::min(m_list->count(), mostListed) * (fontMetrics().height() + 6) + 4);
    for (auto* button : { m_copy, m_save, m_clear })
        button->setEnabled(isAny);
    showSeries();
}

void PlotPanel::showSeries()
{
    if (m_list->count() != m_plots.fields().size())
        return showFields();
    m_view->setSeries(m_plots.series());
    QStringList faults;
    for (const PlotSeries& series : m_plots.series()) {
        if (!series.fault.isEmpty())
            faults.append(visibleText(series.fault));
        else if (series.points.empty() && series.isComplete)
            faults.append(tr("%1 never was a number").arg(plotSeriesName(series)));
    }
    if (m_plots.fields().isEmpty())
        m_view->setEmptyText(
            tr("Nothing is plotted. Choose “Plot This Field” in the context menu of "
               "a number of the state."));
    else
        m_view->setEmptyText(faults.isEmpty() ? tr("Reading…") : faults.join(u'\n'));
    if (!m_view->picked())
        tell();
}

/// What is pointed at, or else the lines in a word.
void PlotPanel::tell()
{
    QStringList texts;
    if (const auto& pick = m_view->picked()) {
        texts.append(m_view->textOf(*pick));
    } else {
        for (const PlotSeries& series : m_plots.series())
            texts.append(series.isComplete ? plotSeriesText(series) : tr("Reading…"));
        texts.removeDuplicates();
    }
    m_told->setText(texts.join(QStringLiteral("; ")));
    m_told->setToolTip(plainToolTip(texts.join(u'\n')));
}

QByteArray PlotPanel::csv() const
{
    return plotCsv(m_plots.series());
}

void PlotPanel::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(csv()));
    emit said(tr("Copied the plotted values"));
}

void PlotPanel::save()
{
    auto* dialog = new FileDialog(this, tr("Save the Plotted Values"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(exchangeFolder());
    dialog->setNameFilters({ tr("CSV (*.csv)") });
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("plot.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        rememberExchangeFolder(name);
        runAside(
            this, [name, bytes = csv()] { return writeTarget(name, bytes); },
            [this, name](const Result<void>& saved) {
                emit said(saved
                        ? tr("Saved the plotted values to %1").arg(QDir::toNativeSeparators(name))
                        : saved.error().message);
            });
    });
    dialog->open();
}

} // namespace eventloupe
