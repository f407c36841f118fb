#include "support/samplestore.h"
#include "support/windowbench.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/plot/plotpanel.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"
#include "ui/watch/watchpanel.h"
#include "ui/watch/watchstrip.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace eventloupe;

namespace {

/// An action by its text without marks; the test program ends when there is none.
QAction* actionOf(const QObject& menu, const QString& text)
{
    for (auto* action : menu.findChildren<QAction*>()) {
        if (QString(action->text()).remove(u'&') == text)
            return action;
    }
    qFatal("no action %s", qPrintable(text));
}

QStringList textsOf(const QMenu& menu)
{
    QStringList texts;
    for (const auto* action : menu.actions()) {
        if (!action->isSeparator())
            texts.append(QString(action->text()).remove(u'&'));
    }
    return texts;
}

} // namespace

/// Watches and plots in the window: by menu, key and context menu, and at the next start.
class TestWatchWindow final : public QObject {
    Q_OBJECT

private:
    static bool isReady(WatchPanel& panel)
    {
        return QTest::qWaitFor([&] {
            return panel.shown() && panel.shown()->state() == WatchRunner::State::Following;
        });
    }

private slots:
    void watchesByMenuAndKey()
    {
        const SampleStore sample(SampleStore::numbered(60));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        auto* dock = bench.find<QDockWidget>("watchDock");
        QVERIFY(!dock->isVisible());
        auto* watch = actionOf(bench.window(), u"Watch…"_qs);
        QVERIFY(watch->isEnabled());
        QCOMPARE(watch->shortcut(), QKeySequence(u"Ctrl+Shift+W"_qs));
        watch->trigger();
        QVERIFY(dock->isVisible());
        auto* edit = bench.find<QLineEdit>("watchEdit");
        auto* scope = bench.find<QComboBox>("watchScope");
        scope->setCurrentIndex(scope->count() - 1);
        edit->setText(u"state.n % 20 == 0"_qs);
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(isReady(panel));
        QCOMPARE(panel.shown()->positions(), (std::vector<Position> { 20, 40, 60 }));
        auto* points = bench.find<QTableView>("watchPoints");
        QCOMPARE(points->model()->rowCount(), 3);

        bench.cursor().moveTo(1);
        auto* next = actionOf(bench.window(), u"Next Point"_qs);
        QCOMPARE(next->shortcut(), QKeySequence(Qt::Key_F8));
        next->trigger();
        QCOMPARE(bench.cursor().position(), 20);
        QCOMPARE(points->currentIndex().row(), 0);
        next->trigger();
        next->trigger();
        next->trigger();
        QCOMPARE(bench.cursor().position(), 60);
        actionOf(bench.window(), u"Previous Point"_qs)->trigger();
        QCOMPARE(bench.cursor().position(), 40);
        emit points->clicked(points->model()->index(0, 2));
        QCOMPARE(bench.cursor().position(), 20);
    }

    void offersNothingWithoutAStore()
    {
        WindowBench bench;
        for (const QString& text : { u"Watch…"_qs, u"Next Point"_qs, u"Plot"_qs })
            QVERIFY2(!actionOf(bench.window(), text)->isEnabled(), qPrintable(text));
    }

    void saysWhatIsWrongWithAnExpression()
    {
        const SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        panel.ask(u"stat.n > 3"_qs, {});
        auto* status = bench.find<QLabel>("watchStatus");
        QVERIFY2(status->text().contains(u"unknown name 'stat'"_qs), qPrintable(status->text()));
        QVERIFY(panel.shown() == nullptr);
        panel.ask(u"data.n + 'x' == 'y'"_qs, {});
        QVERIFY(isReady(panel));
        auto* tabs = bench.find<QTabWidget>("watchTabs");
        QTRY_COMPARE(tabs->tabText(1), u"Failures (5)"_qs);
        auto* failures = bench.find<QTableView>("watchFailures");
        QCOMPARE(failures->model()->rowCount(), 5);
        QVERIFY(!failures->model()->index(0, 4).data().toString().isEmpty());
    }

    void goesToTheFirstEventWhereItHolds()
    {
        SampleStore sample(SampleStore::numbered(60));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.workbench().parts().subject.pin(u"user-1"_qs);
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        panel.ask({}, { WatchScope::Kind::Stream, u"user-1"_qs });
        auto* edit = bench.find<QLineEdit>("watchEdit");
        // By the stream's columns, and by its events where they cannot tell.
        for (const QString& expression : { u"state.n > 20"_qs, u"data.n > 20"_qs }) {
            bench.cursor().moveTo(3);
            edit->setText(expression);
            bench.find<QPushButton>("watchFirst")->click();
            QTRY_COMPARE(bench.cursor().position(), 25);
        }
        edit->setText(u"state.n > 1000"_qs);
        bench.find<QPushButton>("watchFirst")->click();
        QTest::qWait(100);
        QCOMPARE(bench.cursor().position(), 25);
    }

    void keepsWatchesForTheNextStart()
    {
        SampleStore sample(SampleStore::numbered(60));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto* panel = bench.find<WatchPanel>("watchPanel");
        panel->ask(u"state.n > 50"_qs, {});
        QVERIFY(isReady(*panel));
        const qint64 count = panel->shown()->count();
        bench.find<QPushButton>("watchKeep")->click();
        auto* dialog = bench.find<QInputDialog>("keepWatchDialog");
        dialog->setTextValue(u"Large"_qs);
        dialog->accept();
        auto* list = bench.find<QTableView>("watchList");
        QCOMPARE(list->model()->index(0, 0).data().toString(), u"Large"_qs);
        QVERIFY(!bench.find<QPushButton>("watchKeep")->isEnabled());
        bench.quit();

        bench.start();
        QVERIFY(bench.open(sample.location()));
        list = bench.find<QTableView>("watchList");
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data().toString(), u"Large"_qs);
        QTRY_COMPARE(list->model()->index(0, 1).data().toLongLong(), count);
        sample.append({ { u"user-9"_qs, u"CHANGED"_qs, "{\"n\":99}" } });
        bench.workbench().parts().client.checkForGrowth();
        QTRY_COMPARE(list->model()->index(0, 1).data().toLongLong(), count + 1);
        panel = bench.find<WatchPanel>("watchPanel");
        QVERIFY(panel->shown() != nullptr);
        QCOMPARE(bench.find<QLineEdit>("watchEdit")->text(), u"state.n > 50"_qs);
        bench.cursor().moveTo(1);
        actionOf(bench.window(), u"Next Point"_qs)->trigger();
        QCOMPARE(bench.cursor().position(), panel->shown()->positions().front());
        panel->ask(u"state.n > 1000"_qs, {});
        QCOMPARE(list->model()->rowCount(), 2);
        emit list->clicked(list->model()->index(0, 0));
        QCOMPARE(bench.find<QLineEdit>("watchEdit")->text(), u"state.n > 50"_qs);
    }

    void anEmptyPanelSaysWhatToDo()
    {
        const SampleStore sample({ { u"a-1"_qs, u"SET"_qs, "{\"n\":1}" } });
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        auto* hint = bench.find<QLabel>("watchHint");
        auto* points = bench.find<QTableView>("watchPoints");
        QVERIFY(!hint->isHidden());
        QVERIFY(points->isHidden());
        panel.ask(u"state.n > 0"_qs, {});
        QVERIFY(isReady(panel));
        QVERIFY(hint->isHidden());
        QVERIFY(!points->isHidden());
    }

    void offersThemInContextMenus()
    {
        const SampleStore sample({ { u"a-1"_qs, u"SET"_qs, "{\"n\":1,\"b c\":[5],\"t\":\"x\"}" } });
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        auto& state = *bench.find<StatePanel>("statePanel");
        QTRY_VERIFY(bench.workbench().parts().state.view()->exists);
        QMenu field;
        emit state.menuOpening(field, "/b c/0");
        QVERIFY(textsOf(field).contains(u"Plot This Field"_qs));
        actionOf(field, u"Watch This Field"_qs)->trigger();
        QCOMPARE(bench.find<QLineEdit>("watchEdit")->text(), u"state[\"b c\"][0]"_qs);
        QVERIFY(isReady(panel));
        QCOMPARE(
            panel.shown()->setting().scope, (WatchScope { WatchScope::Kind::Stream, u"a-1"_qs }));
        QCOMPARE(panel.shown()->points().front().after, QByteArray("5"));

        QMenu text;
        emit state.menuOpening(text, "/t");
        QVERIFY(!actionOf(text, u"Plot This Field"_qs)->isEnabled());
        QMenu number;
        emit state.menuOpening(number, "/n");
        actionOf(number, u"Plot This Field"_qs)->trigger();
        auto& plot = *bench.find<PlotPanel>("plotPanel");
        QTRY_VERIFY(plot.isVisible());
        QTRY_VERIFY(plot.csv().contains("\"a-1\",\"/n\",1,1,"));

        QMenu event;
        Event of;
        of.stream = u"a-1"_qs;
        emit bench.window().findChild<LogView*>()->menuOpening(event, of);
        QVERIFY(textsOf(event).contains(u"Watch a-1…"_qs));
        QMenu stream;
        emit bench.window().findChild<StreamListView*>()->menuOpening(stream, u"a-1"_qs);
        QVERIFY(textsOf(stream).contains(u"Watch All of a…"_qs));
        QVERIFY(textsOf(stream).contains(u"Add to the Plot"_qs));
        actionOf(stream, u"Watch All of a…"_qs)->trigger();
        QCOMPARE(bench.find<QComboBox>("watchScope")->currentText(), u"category a"_qs);
    }

    void marksPointsOnTheTimeline()
    {
        const SampleStore sample(SampleStore::numbered(60));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& strip = *bench.find<WatchStrip>("watchStrip");
        const auto picture = [&] {
            QImage image(strip.size(), QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            strip.render(&image, {}, {}, {});
            return image;
        };
        const QImage empty = picture();
        auto& panel = *bench.find<WatchPanel>("watchPanel");
        panel.ask(u"state.n % 20 == 0"_qs, {});
        QVERIFY(isReady(panel));
        QVERIFY(picture() != empty);
    }
};

QTEST_MAIN(TestWatchWindow)
#include "tst_watchwindow.moc"
