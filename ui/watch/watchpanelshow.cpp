// WatchPanel: the watch that is shown, how far it is, and the ways from point to point.

#include "state/subject.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/watch/watchpanel.h"
#include "watch/firstwhere.h"
#include "watch/watchpointmodel.h"
#include "watch/watchrun.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>

namespace eventloupe {

using State = WatchRunner::State;

void WatchPanel::connectParts()
{
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_shown && m_shown->state() == State::Running)
            m_shown->cancel();
        else
            start();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &WatchPanel::start);
    connect(m_first, &QPushButton::clicked, this, &WatchPanel::goToFirst);
    connect(m_keep, &QPushButton::clicked, this, &WatchPanel::keep);
    connect(&m_parts.subject, &Subject::streamChanged, this, &WatchPanel::showStream);
    connect(&m_parts.cursor, &TimeCursor::positionChanged, this, &WatchPanel::followCursor);
    connect(m_list, &QWidget::customContextMenuRequested, this, &WatchPanel::showListMenu);
    connect(m_list, &QTableView::clicked, this,
        [this](const QModelIndex& index) { showRow(index.row()); });
    connect(m_list, &QTableView::activated, m_list, &QTableView::clicked);
    connect(&m_parts.watches, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int) {
            if (m_parts.watches.runner(first) == m_shown)
                show(nullptr);
        });
    connect(&m_parts.watches, &QAbstractItemModel::modelAboutToBeReset, this,
        [this] { show(nullptr); });
    // Those that were kept are back: the first of them is there to be stepped through.
    connect(&m_parts.watches, &QAbstractItemModel::modelReset, this, [this] { showRow(0); });
}

void WatchPanel::showRow(int row)
{
    WatchRunner* runner = m_parts.watches.runner(row);
    if (runner == nullptr)
        return;
    m_list->selectRow(row);
    m_edit->setText(runner->setting().expression);
    show(runner);
}

void WatchPanel::show(WatchRunner* runner)
{
    if (m_shown)
        disconnect(m_shown, nullptr, this, nullptr);
    m_shown = runner;
    m_points->setRunner(runner);
    m_failures->setRunner(runner);
    if (runner != nullptr)
        connect(runner, &WatchRunner::changed, this, &WatchPanel::showStatus);
    emit shownChanged(runner);
    showStatus();
}

void WatchPanel::showStatus()
{
    const bool isRunning = m_shown && m_shown->state() == State::Running;
    m_run->setText(isRunning ? tr("&Cancel") : tr("&Watch"));
    m_keep->setEnabled(m_shown && m_shown->setting().name.isEmpty());
    m_progress->setVisible(isRunning);
    m_hint->setVisible(!m_shown);
    m_table->setVisible(m_shown);
    const WatchFailures none;
    const WatchFailures& failures = m_shown ? m_shown->failures() : none;
    m_tabs->setTabText(
        0, m_shown ? tr("Points (%1)").arg(countText(m_shown->count())) : tr("Points"));
    const qint64 failed = failures.failed + failures.missing;
    m_tabs->setTabText(1, failed > 0 ? tr("Failures (%1)").arg(countText(failed)) : tr("Failures"));
    if (!m_shown) {
        showFault({});
        return;
    }
    const auto head = std::max<Position>(m_parts.cursor.head(), 1);
    m_progress->setValue(static_cast<int>(m_shown->doneTo() * 1000 / head));
    showFault(m_shown->state() == State::Failed ? m_shown->error() : QString());
    if (m_shown->state() != State::Failed) {
        m_status->setText(visibleText(statusText(*m_shown)));
        m_status->setToolTip(plainToolTip(m_status->text()));
    }
}

QString WatchPanel::statusText(const WatchRunner& runner) const
{
    const WatchFailures& failures = runner.failures();
    QStringList parts;
    const QString points
        = runner.count() == 1 ? tr("1 point") : tr("%1 points").arg(countText(runner.count()));
    const QString scope = scopeText(runner.setting().scope);
    if (runner.state() == State::Running)
        parts.append(
            tr("%1 in %2 so far, %3 % of the log read")
                .arg(points, scope)
                .arg(runner.doneTo() * 100 / std::max<Position>(m_parts.cursor.head(), 1)));
    else if (runner.state() == State::Cancelled)
        parts.append(
            tr("Cancelled: %1 in %2 up to %3").arg(points, scope, positionText(runner.doneTo())));
    else
        parts.append(tr("%1 in %2, %3 looked at").arg(points, scope, eventsText(runner.events())));
    if (static_cast<std::size_t>(runner.count()) > WatchRunner::mostDetailed)
        parts.append(tr("the first %1 are listed")
                         .arg(countText(static_cast<qint64>(WatchRunner::mostDetailed))));
    if (failures.missing > 0)
        parts.append(tr("%1 lack what it asks for").arg(eventsText(failures.missing)));
    if (failures.failed > 0)
        parts.append(tr("it failed on %1").arg(eventsText(failures.failed)));
    return parts.join(QStringLiteral("; "));
}

/// The row of the cursor's point, or of the last one before it.
void WatchPanel::followCursor()
{
    const int row = m_points->rowAt(m_parts.cursor.position());
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->clearSelection();
}

void WatchPanel::goTo(const QModelIndex& index)
{
    if (index.isValid())
        m_parts.cursor.moveTo(index.data(PointPositionRole).toLongLong());
}

/// The last watch of the list, where none is shown since the one that was is gone.
void WatchPanel::showAny()
{
    if (!m_shown)
        showRow(m_parts.watches.rowCount() - 1);
}

void WatchPanel::moveToPoint(Position position)
{
    m_parts.cursor.moveTo(position);
    emit said({}); // Else it still says that there was no further point.
}

void WatchPanel::goToNext()
{
    showAny();
    const Position next = m_shown ? m_shown->next(m_parts.cursor.position()) : 0;
    if (next > 0)
        moveToPoint(next);
    else if (!m_shown)
        emit said(tr("There is no watch: Inspect > Watch begins one"));
    else
        emit said(m_shown->state() == State::Running ? tr("No further point so far")
                                                     : tr("No further point of the watch"));
}

void WatchPanel::goToPrevious()
{
    showAny();
    const Position previous = m_shown ? m_shown->previous(m_parts.cursor.position()) : 0;
    if (previous > 0)
        moveToPoint(previous);
    else
        emit said(m_shown ? tr("No point of the watch before this")
                          : tr("There is no watch: Inspect > Watch begins one"));
}

/// By the columns of the stream, where they are read and can tell; else by reading its events.
void WatchPanel::goToFirst()
{
    const QString stream = m_parts.subject.stream();
    const QByteArray source = m_edit->text().trimmed().toUtf8();
    const auto expression = WatchExpression::compile(viewOf(source));
    if (!expression) {
        showFault(expression.error().message);
        return;
    }
    const auto work = [stream, expression = *expression, columns = m_parts.plots.columnsOf(stream),
                          evolver = m_parts.plots.evolver()](
                          EventStore& store, const CancelToken& cancel) -> Result<Position> {
        const auto info = store.findStream(stream);
        if (!info)
            return info.error();
        const bool isWhole
            = columns && *columns && *info && (*columns)->version() == (*info)->headVersion;
        if (const auto version = isWhole ? firstWhere(**columns, *expression) : std::nullopt)
            return *version > 0 ? (*columns)->event(*version).position : Position(0);
        Position first = 0;
        const auto summary = runWatch(store, *evolver,
            { expression, { WatchScope::Kind::Stream, stream }, 1,
                std::numeric_limits<Position>::max(), 1 },
            cancel, [&](std::vector<WatchPoint>&& points) {
                first = points.front().position;
                return false;
            });
        return summary ? Result<Position>(first) : summary.error();
    };
    m_parts.client.run<Position>(
        StoreClient::Lane::Background, this, work, [this, stream](const Result<Position>& first) {
            if (!first)
                showFault(first.error().message);
            else if (*first > 0)
                m_parts.cursor.moveTo(*first);
            else
                emit said(tr("It never holds in %1").arg(visibleText(stream)));
        });
}

void WatchPanel::keep()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("keepWatchDialog"));
    dialog->setWindowTitle(tr("Keep the Watch"));
    dialog->setLabelText(tr("&Name:"));
    dialog->setTextValue(m_edit->text().trimmed());
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (m_parts.watches.keep(name))
            showStatus();
        else
            emit said(
                tr("A watch needs a name, and no more than %1 are kept").arg(Watches::mostKept));
    });
    dialog->open();
}

void WatchPanel::showListMenu(const QPoint& place)
{
    const QModelIndex index = m_list->indexAt(place);
    if (!index.isValid())
        return;
    QMenu menu(this);
    menu.addAction(
        tr("&Remove Watch"), this, [this, row = index.row()] { m_parts.watches.remove(row); });
    menu.exec(m_list->viewport()->mapToGlobal(place));
}

} // namespace eventloupe
