#include "log/eventlogmodel.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/base/theme.h"
#include "ui/log/logview.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>

using namespace eventloupe;

namespace {

void dropOn(MainWindow& window, const QString& path)
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(path) });
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QDropEvent drop(
        QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier, QEvent::Drop);
    QApplication::sendEvent(&window, &drop);
}

/// The mean lightness of a picture of the window.
int brightness(MainWindow& window)
{
    const auto image = window.grab().toImage();
    qint64 sum = 0;
    int count = 0;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4, ++count)
            sum += image.pixelColor(x, y).lightness();
    }
    return static_cast<int>(sum / count);
}

QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text)
{
    const auto path = folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void beginsWithAWelcome()
    {
        WindowBench bench;
        QVERIFY(bench.find<QWidget>("welcomePage")->isVisible());
        QVERIFY(!bench.find<QDockWidget>("streamsDock")->isVisible());
        QVERIFY(!bench.find<QWidget>("timelineBar")->isVisible());
        QCOMPARE(bench.window().windowTitle(), u"Eventloupe"_qs);
    }

    void showsAStore()
    {
        SampleStore sample(SampleStore::numbered(40));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        for (const char* name :
            { "logView", "logScrollBar", "eventDetail", "filterEdit", "streamView", "streamSearch",
                "timelineSlider", "cursorCaption", "firstButton", "previousButton", "playButton",
                "nextButton", "lastButton", "liveButton", "statusMessage", "stateTitle" })
            QVERIFY2(bench.find<QWidget>(name)->isVisible(), name);
        QVERIFY(!bench.find<QWidget>("infoBar")->isVisible());
        QTRY_COMPARE(bench.find<QLabel>("cursorCaption")->text(),
            u"event 40 of 40, CHANGED, 2026-03-01 14:00:39"_qs);
        QTRY_COMPARE(bench.find<QLabel>("stateTitle")->text(), u"State of order-1 at version 7"_qs);
        QCOMPARE(bench.find<QDockWidget>("streamsDock")->windowTitle(), u"Streams at #40"_qs);
        QTRY_VERIFY(bench.window().windowTitle().startsWith(u"sample"_qs));
    }

    void keysMoveTheCursorFromAnyFocus()
    {
        SampleStore sample(SampleStore::numbered(40));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& window = bench.window();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (const char* focus : { "logView", "filterEdit", "streamView" }) {
            bench.cursor().moveTo(20);
            bench.find<QWidget>(focus)->setFocus();
            QTest::keyClick(&window, Qt::Key_Up, Qt::ControlModifier);
            QCOMPARE(bench.cursor().position(), 19);
            QTest::keyClick(&window, Qt::Key_Down, Qt::ControlModifier);
            QCOMPARE(bench.cursor().position(), 20);
        }
        bench.find<QWidget>("logView")->setFocus();
        QTest::keyClick(&window, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(bench.cursor().position(), 1);
        QTest::keyClick(&window, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(bench.cursor().position(), 40);
        // Event 40 is order-1's; the one before in its stream is 34.
        QTRY_COMPARE(bench.workbench().parts().subject.stream(), u"order-1"_qs);
        QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(bench.cursor().position(), 34);
        QTest::keyClick(&window, Qt::Key_Period, Qt::ControlModifier);
        QTRY_COMPARE(bench.cursor().position(), 40);
    }

    void spacePlaysExceptWhereItIsTyped()
    {
        SampleStore sample(SampleStore::numbered(40));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& window = bench.window();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto& playback = bench.workbench().parts().playback;
        bench.cursor().moveTo(5);
        auto* filter = bench.find<QLineEdit>("filterEdit");
        filter->setFocus();
        QTest::keyClicks(filter, u"j k l"_qs);
        QCOMPARE(filter->text(), u"j k l"_qs);
        QVERIFY(!playback.isPlaying());
        filter->clear();
        bench.find<QWidget>("logView")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(playback.isPlaying());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_K);
        QVERIFY(!playback.isPlaying());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_J);
        QVERIFY(playback.isBackwards());
    }

    void buttonsMoveTheCursor()
    {
        SampleStore sample(SampleStore::numbered(40));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        const auto press = [&bench](const char* name) {
            QTest::mouseClick(bench.find<QToolButton>(name), Qt::LeftButton);
            return bench.cursor().position();
        };
        QCOMPARE(press("firstButton"), 1);
        QCOMPARE(press("nextButton"), 2);
        QCOMPARE(press("previousButton"), 1);
        QCOMPARE(press("previousButton"), 0);
        QTRY_COMPARE(
            bench.find<QLabel>("cursorCaption")->text(), u"before the first of 40 events"_qs);
        QVERIFY(!bench.find<QToolButton>("previousButton")->isEnabled());
        QCOMPARE(press("lastButton"), 40);
        QVERIFY(bench.cursor().isLive());
        QCOMPARE(press("liveButton"), 40);
        QVERIFY(!bench.cursor().isLive());
        QCOMPARE(press("liveButton"), 40);
        QVERIFY(bench.cursor().isLive());
    }

    void failureIsSaidAndNothingIsMade()
    {
        QTemporaryDir folder;
        const auto missing = folder.filePath(u"missing.eventlog"_qs);
        WindowBench bench;
        QVERIFY(!bench.open(missing));
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->message().contains(u"missing.eventlog"_qs), qPrintable(bar->message()));
        QVERIFY(!QFile::exists(missing));
        QVERIFY(bench.find<QWidget>("welcomePage")->isVisible());
    }

    void whatCannotBeOpenedLeavesTheStoreOpen()
    {
        SampleStore sample(SampleStore::numbered(40));
        QTemporaryDir folder;
        write(folder, u"notes.txt"_qs, "no store");
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        QVERIFY(!bench.open(folder.filePath(u"notes.txt"_qs)));
        QVERIFY(bench.find<InfoBar>("infoBar")->isVisible());
        QVERIFY(bench.workbench().parts().client.isOpen());
        QCOMPARE(bench.workbench().location(), sample.location());
        QCOMPARE(bench.cursor().head(), 40);
    }

    void storeOfAWorkspaceOpensWithIt()
    {
        QTemporaryDir folder;
        write(folder, u"workspace.json"_qs, R"({"name": "Shop", "store": "events.eventlog"})");
        const auto store = folder.filePath(u"events.eventlog"_qs);
        const auto other = folder.filePath(u"other.eventlog"_qs);
        for (const auto& file : { store, other })
            QVERIFY(openStore(file, OpenMode::Create));
        WindowBench bench;
        QVERIFY(bench.open(store));
        QCOMPARE(bench.workbench().parts().commands.workspace()->name(), u"Shop"_qs);
        QVERIFY(bench.open(other));
        QCOMPARE(bench.workbench().parts().commands.workspace()->folder(), QString());
    }

    void problemsOfAWorkspaceAreInView()
    {
        QTemporaryDir folder;
        write(folder, u"workspace.json"_qs, R"({"name": "Broken", "store": "events.eventlog"})");
        write(folder, u"commands/BAD.json"_qs, "{\n  \"title\": \n}");
        WindowBench bench;
        QVERIFY(bench.open(folder.path()));
        auto* bar = bench.find<InfoBar>("problemsBar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->message().contains(u"BAD.json:3"_qs), qPrintable(bar->message()));
        QVERIFY(QFile::exists(folder.filePath(u"events.eventlog"_qs)));
        // Also when another opening failed, so that this workspace stays open.
        QTemporaryDir none;
        QVERIFY(!bench.open(none.path()));
        QVERIFY(bar->isVisible());
        QVERIFY(bench.find<InfoBar>("infoBar")->isVisible());
    }

    void problemsAreCountedInOneLine()
    {
        QTemporaryDir folder;
        write(folder, u"workspace.json"_qs, R"({"name": "Broken", "store": "events.eventlog"})");
        write(folder, u"events/A.json"_qs,
            R"({"evolve": {"/a": "data.a = 1", "/b": "data.b = 1", "/c": "data.c = 1"}})");
        WindowBench bench;
        QVERIFY(bench.open(folder.path()));
        const auto message = bench.find<InfoBar>("problemsBar")->message();
        QVERIFY2(message.startsWith(u"3 problems in the workspace's definitions. The first: "_qs),
            qPrintable(message));
        QVERIFY2(!message.contains(u'¶') && !message.contains(u'^'), qPrintable(message));
    }

    void oneEventIsCountedAsOne()
    {
        SampleStore sample(SampleStore::numbered(1));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        const auto labels = bench.window().findChildren<QLabel*>();
        const auto says = [&](const QString& text) {
            return std::any_of(labels.cbegin(), labels.cend(),
                [&](const QLabel* label) { return label->text() == text; });
        };
        QTRY_VERIFY(says(u"1 event, 1 stream at the cursor"_qs));
    }

    void dropOpens()
    {
        SampleStore sample(SampleStore::numbered(3));
        WindowBench bench;
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        dropOn(bench.window(), sample.location());
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(bench.workbench().location(), sample.location());
    }

    void closingShowsTheWelcomeAgain()
    {
        SampleStore sample(SampleStore::numbered(3));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        emit bench.window().closeAsked();
        QTRY_VERIFY(bench.find<QWidget>("welcomePage")->isVisible());
        QVERIFY(!bench.find<QDockWidget>("stateDock")->isVisible());
        QVERIFY(bench.open(sample.location()));
        QVERIFY(bench.find<QDockWidget>("stateDock")->isVisible());
        QVERIFY(bench.find<QWidget>("timelineBar")->isVisible());
    }

    void workspaceIsMadeFromATemplate()
    {
        QTemporaryDir folder;
        WindowBench bench;
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        emit bench.window().newWorkspaceAsked(folder.filePath(u"mine"_qs), u"users"_qs);
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(bench.find<QWidget>("issueButton")->isVisible());
        QVERIFY(!bench.find<QWidget>("problemsBar")->isVisible());
        // Its forms have room.
        const auto* dock = bench.find<QDockWidget>("commandsDock");
        QTRY_VERIFY(dock->height() >= bench.window().height() * 29 / 100);
    }

    void keysOfThePanelsAreListed()
    {
        WindowBench bench;
        QStringList keys;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = bench.window().findChild<QDialog*>(u"shortcutsDialog"_qs);
            if (!dialog)
                return;
            for (const auto* item : dialog->findChild<QTreeWidget*>()->findItems(
                     u"*"_qs, Qt::MatchWildcard | Qt::MatchRecursive, 0))
                keys.append(item->text(1));
            dialog->reject();
        });
        for (auto* action : bench.window().findChildren<QAction*>()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_F1))
                action->trigger();
        }
        for (const auto& key :
            { u"Ctrl+Return"_qs, u"Ctrl+S"_qs, u"Ctrl+Space"_qs, u"Alt+Return"_qs, u"Ctrl+G"_qs })
            QVERIFY2(keys.contains(key), qPrintable(key));
    }

    void theViewMenuListsAllPanels()
    {
        WindowBench bench;
        const auto menus = bench.window().menuBar()->actions();
        const auto view = std::find_if(menus.cbegin(), menus.cend(),
            [](const QAction* menu) { return menu->text().remove(u'&') == u"View"_qs; });
        QVERIFY(view != menus.cend());
        const auto listed = (*view)->menu()->actions();
        for (const auto* dock : bench.window().findChildren<QDockWidget*>())
            QVERIFY2(listed.contains(dock->toggleViewAction()), qPrintable(dock->objectName()));
    }

    void noKeyBelongsToTwoActions()
    {
        WindowBench bench;
        QMap<QKeySequence, QString> owners;
        for (const auto* action : bench.window().findChildren<QAction*>()) {
            for (const auto& key : action->shortcuts()) {
                if (action->shortcutContext() == Qt::WidgetShortcut
                    || action->shortcutContext() == Qt::WidgetWithChildrenShortcut)
                    continue;
                const auto other = owners.value(key);
                QVERIFY2(other.isEmpty(),
                    qPrintable(u"%1: %2, %3"_qs.arg(key.toString(), other, action->text())));
                owners.insert(key, action->text());
            }
        }
        QVERIFY(owners.size() > 40);
    }

    void examplesOfTheWorkspaceAreShown()
    {
        WindowBench bench;
        auto* action = bench.find<QAction>("examplesAction");
        QVERIFY(!action->isEnabled());
        const QTemporaryDir folder;
        emit bench.window().newWorkspaceAsked(folder.filePath(u"bank"_qs), u"bank"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(action->isEnabled(), WindowBench::patience);
        action->trigger();
        auto* summary = bench.find<QLabel>("examplesSummary");
        QTRY_COMPARE_WITH_TIMEOUT(
            summary->text(), u"✓ All 35 examples hold."_qs, WindowBench::patience);
        QVERIFY(summary->window()->isVisible());
        QCOMPARE(summary->window()->isModal(), false);
    }

    void fitsTheSmallestWindow_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1024x700") << QSize(1024, 700);
        QTest::newRow("1280x800") << QSize(1280, 800);
        QTest::newRow("1600x1000") << QSize(1600, 1000);
    }
    void fitsTheSmallestWindow()
    {
        QFETCH(QSize, size);
        QTemporaryDir folder;
        WindowBench bench;
        bench.window().resize(size);
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        emit bench.window().newWorkspaceAsked(folder.filePath(u"mine"_qs), u"shop"_qs);
        QTRY_COMPARE(opened.count(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(bench.window().size(), size);
        QVERIFY(bench.find<LogView>("logView")->visibleRows() >= 4);
        QVERIFY(!bench.find<WindowTable>("streamView")->horizontalScrollBar()->isVisible());
        QVERIFY(!bench.find<QTreeView>("stateView")->horizontalScrollBar()->isVisible());
    }

    void layoutCanBeReset()
    {
        SampleStore sample(SampleStore::numbered(3));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.window().resize(1600, 900);
        auto* streams = bench.find<QDockWidget>("streamsDock");
        auto* state = bench.find<QDockWidget>("stateDock");
        state->close();
        bench.window().addDockWidget(Qt::RightDockWidgetArea, streams);
        for (auto* action : bench.window().findChildren<QAction*>()) {
            if (action->text() == u"&Reset Layout"_qs)
                action->trigger();
        }
        QVERIFY(state->isVisible());
        QCOMPARE(bench.window().dockWidgetArea(streams), Qt::LeftDockWidgetArea);
        QTRY_VERIFY(streams->width() < state->width());
    }

    void themeCanBeChosen()
    {
        SampleStore sample(SampleStore::numbered(3));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        applyTheme(ThemeMode::Dark);
        QTRY_VERIFY(isDark(bench.find<QWidget>("logView")->palette()));
        QVERIFY(brightness(bench.window()) < 100);
        applyTheme(ThemeMode::Light);
        QTRY_VERIFY(!isDark(bench.find<QWidget>("logView")->palette()));
        QVERIFY(brightness(bench.window()) > 200);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
