// MainWindow: marks with notes, loops between them, and the places visited.

#include "branch/branchsession.h"
#include "state/subject.h"
#include "store/storeclient.h"
#include "time/marks.h"
#include "time/places.h"
#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/time/markspanel.h"
#include "ui/time/timelinepanel.h"
#include "ui/time/timelineslider.h"
#include "ui/window/mainwindow.h"
#include "ui/window/navigationmenu.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"
#include "ui/window/viewmenu.h"
#include "ui/window/windowdocks.h"

#include <QAction>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QMenu>
#include <QScopedValueRollback>

#include <iterator>
#include <map>
#include <memory>
#include <set>

namespace eventloupe {

namespace {

std::set<Position> positionsOf(const Marks& marks)
{
    std::set<Position> positions;
    for (const auto& [position, mark] : marks.all())
        positions.insert(position);
    return positions;
}

std::map<Position, QString> notesOf(const Marks& marks)
{
    std::map<Position, QString> notes;
    for (const auto& [position, mark] : marks.all())
        notes.insert({ position, mark.note });
    return notes;
}

} // namespace

/// Positions of a branch are not those of its log, so it has marks of its own, which begin as the
/// log's; edits and the next start find them again.
struct MainWindow::BranchMarks {
    QString log; ///< That was open last, by itself.
    MarkMap first; ///< What a branch begins with.
    MarkMap left; ///< Of the branch that can be returned to.
};

void MainWindow::connectBranchMarks()
{
    m_branchMarks = std::make_shared<BranchMarks>();
    const auto& branch = m_parts.branch;
    connect(&branch, &BranchSession::reopening, this, [this] {
        const auto& session = m_parts.branch;
        BranchMarks& marks = *m_branchMarks;
        if (session.isActive())
            return; // The branch has some already.
        if (session.canReturn()) {
            marks.first = marks.left;
            return;
        }
        marks.first = marks.log == session.mainLocation() ? m_marks->all() : MarkMap();
        marks.left.clear();
    });
    connect(&branch, &BranchSession::left, this, [this] {
        const MarkMap marks = m_marks->discard();
        m_branchMarks->left = m_parts.branch.canReturn() ? marks : MarkMap();
    });
}

void MainWindow::connectMarks()
{
    auto* slider = &m_timeline->slider();
    m_marks = new Marks(this);
    m_marksPanel = new MarksPanel(*m_marks, m_parts.cursor, this);
    auto* dock = m_docks->addPanel(
        m_marksPanel, QStringLiteral("marksDock"), tr("Marks"), Qt::LeftDockWidgetArea);
    m_view->addPanel(dock->toggleViewAction());
    connect(m_marks, &Marks::changed, this, [this, slider] {
        slider->setNotes(notesOf(*m_marks));
        slider->setMarks(positionsOf(*m_marks));
    });
    connect(slider, &TimelineSlider::marksChanged, this, [this, slider] {
        // What was set on the slider; the rest is as it was.
        const auto known = positionsOf(*m_marks);
        for (const Position position : slider->marks()) {
            if (!known.contains(position))
                m_marks->set(position, {});
        }
        for (const Position position : known) {
            if (!slider->marks().contains(position))
                m_marks->remove(position);
        }
    });
    connect(m_marks, &Marks::failed, this, [this](const Error& error) {
        m_info->show(InfoBar::Kind::Warning,
            tr("Marks are not saved: %1").arg(visibleText(error.message)));
    });
    connect(&m_parts.client, &StoreClient::closed, m_marks, &Marks::close);
    const auto note = [this](qint64 position) { markWithNote(position); };
    m_navigation->menu()->addAction(icon(Symbol::Mark), tr("Mark with a &Note…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), this,
        [this, note] { note(m_parts.cursor.position()); });
    connect(slider, &TimelineSlider::menuOpening, this, [note](QMenu& at, Position position) {
        at.addAction(tr("Mark with a Note…"), [note, position] { note(position); });
    });
    connect(&m_log->view(), &LogView::menuOpening, this, [note](QMenu& at, const Event& event) {
        at.addSeparator();
        at.addAction(icon(Symbol::Mark), tr("Mark with a Note…"),
            [note, position = event.position] { note(position); });
    });
    connectPlayback();
    connectBranchMarks();
}

void MainWindow::connectPlayback()
{
    auto& playback = m_parts.playback;
    const auto pause = m_session.text(QStringLiteral("longestPause"));
    const auto pace = m_session.text(QStringLiteral("pace"));
    auto* loop = m_timeline->playbackMenu()->addAction(tr("Loop Between &Marks"));
    loop->setObjectName(QStringLiteral("loopBetweenMarks"));
    loop->setCheckable(true);
    loop->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    m_navigation->menu()->addMenu(m_timeline->playbackMenu());
    connect(loop, &QAction::triggered, this, &MainWindow::loopAround);
    connect(&playback, &Playback::settingsChanged, this, [this, loop] {
        const auto& now = m_parts.playback;
        loop->setChecked(now.loop().has_value());
        m_timeline->slider().setLoop(now.loop()
                ? std::optional(std::pair(now.loop()->first, now.loop()->last))
                : std::nullopt);
        const bool byTime = now.pace() == Playback::Pace::RecordedTime;
        m_session.setText(
            QStringLiteral("pace"), byTime ? QStringLiteral("time") : QString());
        m_session.setText(QStringLiteral("longestPause"), QString::number(now.longestPause()));
    });
    if (!pause.isEmpty())
        playback.setLongestPause(pause.toLongLong());
    if (pace == u"time")
        playback.setPace(Playback::Pace::RecordedTime);
}

void MainWindow::openMarks(const QString& location)
{
    const BranchSession& branch = m_parts.branch;
    const bool isOurs = !branch.isActive() && m_parts.client.facts().library.isEmpty()
        && m_parts.client.readOnlyReason().isEmpty();
    m_parts.playback.setLoop({});
    const QString& log = branch.mainLocation();
    const QString place = branch.isActive()
        ? QStringLiteral("branch:%1#%2")
              .arg(m_session.nameOfPlace(location))
              .arg(branch.branchedAt())
        : log;
    const QString file = marksFileOf(place, isOurs, Session::folder());
    if (branch.isActive() && !m_branchMarks->first.empty())
        m_marks->openWith(file, m_branchMarks->first);
    else
        m_marks->open(file, m_session.place(location).marks);
    if (!branch.isActive())
        m_branchMarks->log = log;
    m_places->clear();
    const auto& subject = m_parts.subject;
    m_places->note({ m_parts.cursor.position(), subject.isPinned() ? subject.stream() : QString(),
                       m_parts.cursor.isLive() },
        0);
}

void MainWindow::markWithNote(qint64 position)
{
    for (auto* parent = m_marksPanel->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto* dock = qobject_cast<QDockWidget*>(parent))
            WindowDocks::bringUp(*dock);
    }
    m_marksPanel->editNote(position);
}

/// From the mark at or before the cursor to the one after it; an end of the log where there is
/// none. On the last mark it is the stretch that ends there.
void MainWindow::loopAround(bool on)
{
    auto& playback = m_parts.playback;
    const auto& marks = m_marks->all();
    if (!on) {
        playback.setLoop({});
        return;
    }
    auto after = marks.upper_bound(m_parts.cursor.position());
    if (after == marks.end() && marks.size() > 1 && marks.contains(m_parts.cursor.position()))
        --after;
    const Position first = after == marks.begin() ? 1 : std::prev(after)->first;
    const Position last = after == marks.end() ? m_parts.cursor.head() : after->first;
    if (marks.empty())
        m_status->say(tr("Set a mark (Ctrl+M) at each end of the loop first"));
    else
        playback.setLoop(Playback::Loop { std::max<Position>(first, 1), last });
    if (playback.loop())
        m_status->say(tr("Plays in a loop from #%1 to #%2").arg(first).arg(last));
    else
        emit playback.settingsChanged(); // The action is not checked after all.
}

void MainWindow::connectPlaceHistory()
{
    m_places = new Places(this);
    auto* menu = m_navigation->menu();
    auto* before = menu->actions().value(0);
    const auto add = [this, menu, before](const QString& text, int key, auto go) {
        auto* action = new QAction(text, menu);
        action->setShortcut(QKeySequence(key));
        menu->insertAction(before, action);
        connect(action, &QAction::triggered, this, go);
        return action;
    };
    auto* back = add(tr("B&ack"), Qt::ALT | Qt::Key_Left, [this] { goTo(m_places->back()); });
    auto* forward = add(
        tr("Fo&rward"), Qt::ALT | Qt::Key_Right, [this] { goTo(m_places->forward()); });
    back->setObjectName(QStringLiteral("goBack"));
    forward->setObjectName(QStringLiteral("goForward"));
    menu->insertSeparator(before);
    connect(m_places, &Places::changed, this, [this, back, forward] {
        back->setEnabled(m_places->canGoBack());
        forward->setEnabled(m_places->canGoForward());
    });
    const auto clock = std::make_shared<QElapsedTimer>();
    clock->start();
    const auto note = [this, clock] {
        if (m_isVisiting || !m_parts.client.isOpen())
            return;
        const auto& subject = m_parts.subject;
        m_places->note({ m_parts.cursor.position(),
                           subject.isPinned() ? subject.stream() : QString(),
                           m_parts.cursor.isLive() },
            clock->elapsed(), m_parts.playback.isPlaying());
    };
    connect(&m_parts.cursor, &TimeCursor::positionChanged, this, note);
    connect(&m_parts.subject, &Subject::pinnedChanged, this, note);
    connect(&m_parts.subject, &Subject::streamChanged, this, note);
}

void MainWindow::goTo(const VisitedPlace& place)
{
    m_parts.playback.pause();
    {
        const QScopedValueRollback guard(m_isVisiting, true);
        if (place.pinned.isEmpty())
            m_parts.subject.follow();
        else
            m_parts.subject.pin(place.pinned);
        if (place.isLive)
            m_parts.cursor.moveToHead();
        else
            m_parts.cursor.moveTo(place.position);
    }
}

} // namespace eventloupe
