// MainWindow: what set a field, its history, and states compared.

#include "branch/branchsession.h"
#include "state/branchcomparison.h"
#include "state/diffloader.h"
#include "state/fieldhistorymodel.h"
#include "state/subject.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/state/diffpage.h"
#include "ui/state/historypage.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"
#include "ui/window/mainwindow.h"
#include "ui/window/statusarea.h"
#include "ui/window/streamchoicedialog.h"
#include "ui/window/windowdocks.h"

#include <QMenu>
#include <QTabWidget>

#include <memory>
#include <utility>

namespace eventloupe {

void MainWindow::connectHistory()
{
    auto& tabs = m_state->tabs();
    auto* diff = new DiffPage(m_parts.diff, m_parts.cursor, &tabs);
    auto* history = new HistoryPage(m_parts.history, m_parts.cursor, &tabs);
    tabs.insertTab(1, diff, tr("Diff"));
    tabs.addTab(history, tr("History"));
    connect(m_state, &StatePanel::setterAsked, &m_parts.cursor, &TimeCursor::moveTo);
    connect(m_state, &StatePanel::fieldChanged, &m_parts.history, &FieldHistoryModel::setField);
    connect(diff, &DiffPage::attentionAsked, this, [this, diff] { showStateTab(diff); });
    connect(diff, &DiffPage::streamAsked, this, [this, diff] { askComparedStream(*diff); });
    keepComparison(*diff);
    addHistoryActions(*diff, *history);
    connectHistoryMenus(*diff, *history);
}

/// Brings a tab of the state panel up, from behind another dock too.
void MainWindow::showStateTab(QWidget* page)
{
    m_docks->showState();
    m_state->tabs().setCurrentWidget(page);
}

void MainWindow::goToSetter()
{
    if (!m_state->goToSetter())
        m_status->say(m_state->field().isEmpty()
                ? tr("Select a field in the state's tab first")
                : tr("No event set this field: it is as the initial state has it"));
}

void MainWindow::addHistoryActions(DiffPage& diff, HistoryPage& history)
{
    const auto add = [this](const QString& text, const QKeySequence& key, auto act) {
        m_inspect->addAction(text, key, this, act);
    };
    m_inspect->addSection(tr("State"));
    add(tr("&Go to the Event That Set the Field"), QKeySequence(Qt::Key_F12),
        [this] { goToSetter(); });
    add(tr("&History of the Field"), QKeySequence(Qt::CTRL | Qt::Key_H),
        [this, &history] { showStateTab(&history); });
    m_inspect->addSeparator();
    add(tr("&Differences"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
        [this, &diff] { showStateTab(&diff); });
    add(tr("Compare with the &Previous Event"), {},
        [&diff] { diff.compareWith(compareWithPrevious()); });
    add(tr("Compare with the H&ead"), {}, [&diff] { diff.compareWith(compareWithHead()); });
    add(tr("P&in This Point to Compare With"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
        [&diff] { diff.pinHere(); });
    add(tr("Compare with Another &Stream…"), {}, [this, &diff] { askComparedStream(diff); });
    auto* log = m_inspect->addAction(tr("Compare with the Log, with&out the Branch"), &diff,
        [&diff] { diff.compareWith(compareWithLog()); });
    const auto admit = [this, log] { log->setEnabled(m_parts.branch.isActive()); };
    connect(&m_parts.branch, &BranchSession::changed, log, admit);
    admit();
}

void MainWindow::connectHistoryMenus(DiffPage& diff, HistoryPage& history)
{
    connect(m_state, &StatePanel::menuOpening, this, [this, &history](QMenu& menu) {
        menu.addSeparator();
        menu.addAction(icon(Symbol::GoTo), tr("Go to the Event That Set This"), m_state,
            [this] { goToSetter(); });
        menu.addAction(tr("History of This Field"), this,
            [this, &history] { showStateTab(&history); });
    });
    connect(&m_log->view(), &LogView::menuOpening, this, [&diff](QMenu& menu, const Event& event) {
        menu.addSeparator();
        const auto add = [&](const QString& text, const ComparisonSourcePointer& source) {
            menu.addAction(text, &diff, [&diff, source] { diff.compareWith(source); });
        };
        add(tr("Compare the State with the One at This Event"),
            compareWithPosition(event.position));
        add(tr("Compare with %1 at This Event").arg(buttonText(event.stream)),
            compareWithStream(event.stream, event.position));
    });
    connect(m_streams, &StreamListView::menuOpening, this,
        [&diff](QMenu& menu, const QString& stream) {
            menu.addSeparator();
            menu.addAction(tr("Compare the State with This Stream's"), &diff,
                [&diff, stream] { diff.compareWith(compareWithStream(stream)); });
        });
}

/// Offers the streams of the shown one's category, the first of them; any name can be typed.
void MainWindow::askComparedStream(DiffPage& diff)
{
    constexpr int mostStreams = 200;
    const QString shown = m_parts.subject.stream();
    m_parts.client.run<QList<StreamAt>>(
        StoreClient::Lane::Interactive, this,
        [category = categoryOf(shown), at = m_parts.cursor.position()](
            EventStore& store, const CancelToken& cancel) {
            return store.searchStreams(category, at, 0, mostStreams, cancel);
        },
        [this, shown, &diff](const Result<QList<StreamAt>>& found) {
            QStringList names;
            for (const auto& each : found ? *found : QList<StreamAt>()) {
                if (each.info.name != shown)
                    names.append(each.info.name);
            }
            auto* dialog
                = new StreamChoiceDialog(tr("Compare with Another Stream"), names, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setObjectName(QStringLiteral("comparedStreamDialog"));
            connect(dialog, &StreamChoiceDialog::chosen, &diff,
                [&diff](const QString& name) { diff.compareWith(compareWithStream(name)); });
            dialog->open();
        });
}

/// A branch that is opened anew, after an edit, say, is compared with what it was.
void MainWindow::keepComparison(DiffPage& diff)
{
    struct Kept {
        QString log; ///< The one that was open last.
        ComparisonSourcePointer source;
    };
    const auto kept = std::make_shared<Kept>();
    const auto& branch = m_parts.branch;
    connect(&branch, &BranchSession::reopening, &diff, [this, kept] {
        kept->source = m_parts.diff.source();
        if (kept->source->isPrevious() || m_parts.branch.mainLocation() != kept->log)
            kept->source.reset();
    });
    connect(&branch, &BranchSession::left, &diff, [kept] {
        if (kept->source && kept->source->title() == compareWithLog()->title())
            kept->source.reset();
    });
    connect(&m_parts.client, &StoreClient::opened, &diff, [this, kept, &diff] {
        kept->log = m_parts.branch.mainLocation();
        if (const auto source = std::exchange(kept->source, nullptr))
            diff.restoreChoice(source);
    });
}

} // namespace eventloupe
