#include "support/windowtour.h"

#include "branch/branchsession.h"
#include "ui/log/eventdetail.h"
#include "ui/log/filterbar.h"
#include "ui/log/logview.h"
#include "ui/time/timelineslider.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QTreeView>
#include <QWheelEvent>

namespace eventloupe {

namespace {

constexpr int rest = 60; ///< Milliseconds after each step.
constexpr int longRest = 400;

} // namespace

WindowTour::WindowTour(int patience)
    : m_patience(patience)
{
    m_bench.window().resize(1280, 800);
    LoopWatch::run(200);
}

void WindowTour::step(
    const char* name, const std::function<void()>& action, const std::function<bool()>& isDone)
{
    m_watch.begin(QString::fromLatin1(name));
    LoopWatch::run(15);
    action();
    if (isDone && !LoopWatch::waitFor(isDone, m_patience))
        m_unfinished.append(QString::fromLatin1(name));
    LoopWatch::run(rest);
    m_watch.end();
}

void WindowTour::trigger(const char* text)
{
    for (auto* action : m_bench.window().findChildren<QAction*>()) {
        if (action->text().remove(u'&').remove(u'…') != QString::fromUtf8(text))
            continue;
        if (action->isEnabled())
            action->trigger();
        else
            m_unfinished.append(QStringLiteral("%1 is disabled").arg(QString::fromUtf8(text)));
        return;
    }
    qFatal("no action %s", text);
}

bool WindowTour::isShown(Position position)
{
    const auto now = parts();
    return now.cursor.position() == position && !now.frame.isBehind()
        && now.frame.position() == position && !now.state.view()->foldedTo;
}

void WindowTour::goTo(Position position)
{
    step(
        "go to a position", [&] { m_bench.cursor().moveTo(position); },
        [&] { return isShown(position); });
}

void WindowTour::open(const QString& location)
{
    bool isAnswered = false;
    auto* context = new QObject(&m_bench.window());
    QObject::connect(
        &m_bench.workbench(), &Workbench::opened, context, [&] { isAnswered = true; });
    QObject::connect(
        &m_bench.workbench(), &Workbench::failed, context, [&] { isAnswered = true; });
    step(
        "open", [&] { emit m_bench.window().openAsked(location); },
        [&] { return isAnswered; });
    delete context;
    step(
        "show what was opened", [] { }, [&] { return isShown(m_bench.cursor().position()); });
    m_watch.begin(QStringLiteral("after opening"));
    LoopWatch::run(longRest);
    m_watch.end();
}

void WindowTour::move()
{
    const Position head = m_bench.cursor().head();
    auto* log = m_bench.find<LogView>("logView");
    auto* slider = m_bench.find<TimelineSlider>("timelineSlider");
    goTo(head / 2);
    goTo(1);
    for (const auto key : { Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_End })
        step("keys in the log", [&] { QTest::keyClick(log, key); },
            [&] { return isShown(m_bench.cursor().position()); });
    step("drag the slider", [&] {
        const QPoint end = slider->pointOf(head);
        const QPoint start = slider->pointOf(1);
        QTest::mousePress(slider, Qt::LeftButton, {}, end);
        for (int x = end.x(); x > start.x(); x -= 40) {
            QTest::mouseMove(slider, QPoint(x, end.y()));
            LoopWatch::run(5);
        }
        QTest::mouseRelease(slider, Qt::LeftButton, {}, start);
    }, [&] { return isShown(m_bench.cursor().position()); });
    step("hover over the slider", [&] { QTest::mouseMove(slider, slider->rect().center()); });
    step("scroll to the beginning", [&] { log->bar()->setValue(0); });
    step("scroll to the end", [&] { log->bar()->setValue(log->bar()->maximum()); });
    step("click a row",
        [&] {
            QTest::mouseClick(log->viewport(), Qt::LeftButton, {},
                QPoint(60, log->viewport()->height() / 2));
        },
        [&] { return isShown(m_bench.cursor().position()); });
    step("copy the event", [&] { trigger("Copy Event as JSON"); });
}

void WindowTour::search(const QString& filter, const QString& stream)
{
    auto* edit = m_bench.find<QLineEdit>("filterEdit");
    step("type a filter",
        [&] {
            edit->setFocus();
            QTest::keyClicks(edit, filter);
            QTest::keyClick(edit, Qt::Key_Return);
        },
        [&] { return parts().filter.isActive() && parts().filter.isComplete(); });
    step("clear the filter", [&] { trigger("Clear Filter"); },
        [&] { return !parts().filter.isActive(); });
    auto* streams = m_bench.find<QLineEdit>("streamSearch");
    step("search a stream", [&] { QTest::keyClicks(streams, stream); });
    step("choose a stream", [&] { parts().subject.pin(stream); },
        [&] { return !parts().frame.isBehind(); });
    step("clear the search", [&] { streams->clear(); });
}

void WindowTour::showDetail(Position position)
{
    goTo(position);
    auto* pages = m_bench.find<EventDetail>("eventDetail")->findChild<QTabWidget*>();
    for (int page = 0; page < pages->count(); ++page)
        step("a page of the event", [&] { pages->setCurrentIndex(page); });
    pages->setCurrentIndex(0);
    m_watch.begin(QStringLiteral("the event's data"));
    LoopWatch::run(longRest);
    m_watch.end();
}

void WindowTour::showPanels()
{
    const auto docks = m_bench.window().findChildren<QDockWidget*>();
    for (auto* dock : docks)
        step(qPrintable(QStringLiteral("the panel ") + dock->objectName()), [&] {
            dock->show();
            dock->raise();
        });
    m_bench.find<QDockWidget>("stateDock")->raise();
    auto* tree = m_bench.find<QTreeView>("stateView");
    step("select a field", [&] {
        tree->setCurrentIndex(tree->model()->index(0, 0));
        tree->expandAll();
    });
    auto* tabs = m_bench.find<QWidget>("statePanel")->findChild<QTabWidget*>();
    for (int tab = 0; tab < tabs->count(); ++tab) {
        step(qPrintable(QStringLiteral("the tab ") + tabs->tabText(tab)),
            [&] { tabs->setCurrentIndex(tab); });
        const Position position = m_bench.cursor().position();
        goTo(position > 1 ? position - 1 : position + 1);
        goTo(position);
    }
    tabs->setCurrentIndex(0);
    step("causation", [&] { trigger("Causation"); });
    step("mark", [&] { trigger("Set or Remove Mark"); });
}

void WindowTour::watch(const QString& expression)
{
    auto* edit = m_bench.find<QWidget>("watchEdit");
    step("watch", [&] {
        trigger("Watch");
        QTest::keyClicks(edit, expression);
        m_bench.find<QPushButton>("watchRun")->click();
    });
    step("keep the watch", [&] { m_bench.find<QPushButton>("watchKeep")->click(); });
}

void WindowTour::follow(const std::function<void()>& append)
{
    step("live", [&] { m_bench.cursor().setLive(true); },
        [&] { return isShown(m_bench.cursor().head()); });
    const Position head = m_bench.cursor().head();
    append();
    step("follow what another process appends", [&] { parts().client.checkForGrowth(); },
        [&] { return m_bench.cursor().head() > head && isShown(m_bench.cursor().head()); });
}

void WindowTour::branch(Position position)
{
    goTo(position);
    step("branch", [&] { trigger("Skip This Event on a Branch"); },
        [&] {
            return parts().branch.overlay() != nullptr && parts().client.isOpen()
                && !parts().frame.isBehind();
        });
    m_watch.begin(QStringLiteral("on the branch"));
    LoopWatch::run(longRest);
    m_watch.end();
    step("leave the branch", [&] { trigger("Leave Branch"); },
        [&] { return parts().branch.overlay() == nullptr && parts().client.isOpen(); });
}

/// Closes the dialog that is about to open, once it stands.
void WindowTour::dismiss(const char* dialog)
{
    QTimer::singleShot(200, &m_bench.window(), [this, dialog] {
        for (auto* widget : QApplication::topLevelWidgets())
            if (auto* open = qobject_cast<QDialog*>(widget); open && open->isVisible())
                open->reject();
        Q_UNUSED(dialog)
    });
}

void WindowTour::showDialogs()
{
    for (const char* action :
        { "Go To", "Diagnostics", "Reference", "Export Event as a Test" })
        step(action, [&] {
            dismiss(action);
            trigger(action);
            LoopWatch::run(longRest);
        });
}

void WindowTour::closeStore()
{
    step("close", [&] { trigger("Close"); }, [&] { return !parts().client.isOpen(); });
}

QString WindowTour::figures() const
{
    QStringList told;
    for (const auto& stall : m_watch.longestOfEach().first(10))
        told.append(
            QStringLiteral("%1: %2 ms").arg(stall.during).arg(stall.milliseconds, 0, 'f', 1));
    return told.join(QStringLiteral(", "));
}

QString WindowTour::faults() const
{
    QStringList told;
    for (const auto& stall : m_watch.stalls())
        told.append(stall.toText());
    for (const QString& name : m_unfinished)
        told.append(QStringLiteral("not done: %1").arg(name));
    return told.join(u'\n');
}

} // namespace eventloupe
