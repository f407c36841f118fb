#include "state/branchcomparison.h"
#include "state/comparison.h"
#include "state/diffloader.h"
#include "store/damagenotice.h"
#include "support/branchwindowbench.h"
#include "ui/branch/appenddialog.h"
#include "ui/branch/branchactions.h"
#include "ui/branch/branchbanner.h"
#include "ui/command/commandpanel.h"
#include "ui/log/logdisplaymodel.h"
#include "ui/state/diffpage.h"
#include "ui/time/timelineslider.h"
#include "ui/watch/watchpanel.h"
#include "ui/window/streamchoicedialog.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>

using namespace eventloupe;

/// The whole window on a branch.
class tst_BranchWindow final : public QObject {
    Q_OBJECT

private:
    struct Bench : BranchWindowBench {
        QString banner() { return find<BranchBanner>("branchBanner")->text(); }
    };

private slots:
    void skipsUndoesAndLeaves()
    {
        Bench bench;
        bench.cursor().moveTo(5);
        bench.trigger("Skip This Event on a Branch");
        QTRY_VERIFY(bench.isOnBranch());
        QTRY_COMPARE(bench.head(), 11);
        QCOMPARE(bench.cursor().position(), 5);
        QVERIFY2(bench.banner().contains(QStringLiteral("1 event skipped")),
            qPrintable(bench.banner()));
        QVERIFY(bench.banner().contains(QStringLiteral("sample.eventlog")));
        QVERIFY(bench.find<BranchBanner>("branchBanner")->isVisible());
        QVERIFY(bench.window().windowTitle().contains(QStringLiteral("branch")));
        bench.trigger("Undo on the Branch");
        QTRY_COMPARE(bench.head(), 12);
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Redo on the Branch");
        QTRY_COMPARE(bench.head(), 11);
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QTRY_VERIFY(!bench.find<BranchBanner>("branchBanner")->isVisible());
        QVERIFY(!bench.window().windowTitle().contains(QStringLiteral("branch")));
        const auto main = openStore(bench.sample.location(), OpenMode::ReadOnly);
        QCOMPARE(*(*main)->head(), 12);
    }

    void ownEventsAreMarked()
    {
        Bench bench;
        bench.session().insertBehind(4,
            { { QStringLiteral("user-1"),
                { QStringLiteral("ADDED"), "{}", "{}", {}, QStringLiteral("n-1") } } });
        QTRY_VERIFY(bench.isOnBranch());
        QTRY_COMPARE(bench.head(), 13);
        auto* rows = bench.window().findChild<LogDisplayModel*>();
        const auto tipAt = [rows](Position position) {
            for (int row = 0; row < rows->rowCount(); ++row)
                if (rows->index(row, 0).data(PositionRole).toLongLong() == position)
                    return rows->index(row, int(LogColumn::Type)).data(Qt::ToolTipRole).toString();
            return QStringLiteral("no such row");
        };
        QTRY_VERIFY2(tipAt(5).contains(QStringLiteral("on this branch alone")),
            qPrintable(tipAt(5)));
        QVERIFY(!tipAt(4).contains(QStringLiteral("branch")));
    }

    void comesBackAtTheNextStart()
    {
        Bench bench;
        bench.cursor().moveTo(3);
        bench.trigger("Skip This Event on a Branch");
        QTRY_VERIFY(bench.isOnBranch());
        bench.quit();
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(bench.head(), 11);
        QVERIFY(bench.session().branch().canUndo());
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        bench.quit();
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QCOMPARE(bench.head(), 12);
        QVERIFY(!bench.session().isActive());
    }

    void whatCannotBeAppendedSaysWhy()
    {
        Bench bench;
        const auto append = [&bench] {
            const auto actions = bench.window().findChildren<QAction*>();
            return *std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
                return action->text().remove(u'&') == QStringLiteral("Append at Head…");
            });
        };
        QVERIFY(!append()->isEnabled());
        bench.session().skip({ 5 });
        QTRY_VERIFY(bench.isOnBranch());
        QVERIFY(!append()->isEnabled());
        QVERIFY2(append()->toolTip().contains(QStringLiteral("events are skipped")),
            qPrintable(append()->toolTip()));
        bench.session().undo();
        QTRY_COMPARE(bench.head(), 12);
        bench.session().insertBehind(12,
            { { QStringLiteral("user-1"),
                { QStringLiteral("ADDED"), "{}", "{}", {}, QStringLiteral("n-1") } } });
        QTRY_COMPARE(bench.head(), 13);
        QTRY_VERIFY(append()->isEnabled());
        // Nor to a file that is damaged; what is on the branch stays.
        DamageNotice::instance().note(bench.sample.location());
        QTRY_VERIFY(!append()->isEnabled());
        QVERIFY2(append()->toolTip().contains(QStringLiteral("Repair To…")),
            qPrintable(append()->toolTip()));
        QVERIFY(bench.find<QPushButton>("issueButton")->isEnabled()); // It is no part of the file.
        QCOMPARE(bench.head(), 13);
        DamageNotice::instance().forget(bench.sample.location());
        QTRY_VERIFY(append()->isEnabled());
    }

    void whatIsComparedWithOutlivesEdits()
    {
        Bench bench;
        bench.cursor().moveTo(7);
        auto* page = bench.window().findChild<DiffPage*>();
        page->compareWith(compareWithHead());
        const auto source = [&bench] { return bench.workbench().parts().diff.source()->title(); };
        const QString head = source();
        bench.session().skip({ 5 });
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(source(), head);
        bench.trigger("Compare with the Log, without the Branch");
        const QString log = source();
        QVERIFY(log != head);
        bench.session().skip({ 2 });
        QTRY_COMPARE(bench.head(), 10);
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(source(), log);
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QVERIFY(source() != log); // There is no branch to leave out.
    }

    void otherStreamsAreOffered()
    {
        Bench bench;
        bench.workbench().parts().subject.pin(QStringLiteral("user-1"));
        QTRY_COMPARE(bench.workbench().parts().subject.stream(), QStringLiteral("user-1"));
        bench.trigger("Compare with Another Stream…");
        const auto dialog = [&bench] {
            return bench.window().findChild<StreamChoiceDialog*>(
                QStringLiteral("comparedStreamDialog"));
        };
        QTRY_VERIFY(dialog());
        auto* offered = dialog()->findChild<QComboBox*>();
        QCOMPARE(offered->count(), 2);
        QCOMPARE(offered->itemText(0), QStringLiteral("user-3"));
        QCOMPARE(offered->itemText(1), QStringLiteral("user-2"));
        dialog()->accept();
        QTRY_COMPARE(bench.workbench().parts().diff.source()->title(),
            compareWithStream(QStringLiteral("user-3"))->title());
    }

    void statesAreComparedAcrossThem()
    {
        Bench bench;
        bench.cursor().moveTo(7); // user-1, {"n":7}
        bench.trigger("Skip This Event on a Branch");
        QTRY_VERIFY(bench.isOnBranch());
        bench.workbench().parts().subject.pin(QStringLiteral("user-1"));
        bench.trigger("Compare with the Log, without the Branch");
        auto* caption = bench.find<QLabel>("diffCaption");
        QTRY_COMPARE(caption->text(), QStringLiteral("from the log: v2 to v1"));
        const auto* page = bench.window().findChild<DiffPage*>();
        QCOMPARE(page->textAs(DiffPage::Format::Patch).simplified().remove(u' '),
            QStringLiteral("[{\"op\":\"replace\",\"path\":\"/n\",\"value\":1}]"));
        // Before the branch parts from the log there is nothing to tell.
        bench.cursor().moveTo(6);
        QTRY_COMPARE(caption->text(), QStringLiteral("from the log: v1 to v1"));
    }

    void comparesWithTheLog()
    {
        Bench bench;
        bench.cursor().moveTo(7); // user-1, {"n":7}
        bench.trigger("Skip This Event on a Branch");
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Compare with the Log");
        auto* list = bench.find<QTreeWidget>("branchList");
        QTRY_COMPARE(list->topLevelItemCount(), 3);
        const auto textOf = [list](int section) {
            const auto* item = list->topLevelItem(section)->child(0);
            return item ? item->text(0) + u'|' + item->text(1) : QString();
        };
        QCOMPARE(textOf(0), QStringLiteral("skipped #7 CHANGED|user-1"));
        QCOMPARE(textOf(1), QString());
        QCOMPARE(textOf(2), QStringLiteral("user-1|#7 CHANGED is not here"));
        auto* main = bench.find<QPlainTextEdit>("mainState");
        auto* branch = bench.find<QPlainTextEdit>("branchState");
        QTRY_VERIFY(main->toPlainText().contains(QStringLiteral("\"n\": 7")));
        QVERIFY(branch->toPlainText().contains(QStringLiteral("\"n\": 1")));
        QVERIFY(main->isVisible());
        QTRY_COMPARE(bench.workbench().parts().subject.stream(), QStringLiteral("user-1"));
        // What is listed anew pins no stream again.
        bench.workbench().parts().subject.pin(QStringLiteral("order-2"));
        bench.session().skip({ 2 });
        QTRY_COMPARE(list->topLevelItem(0)->childCount(), 2);
        QCOMPARE(bench.workbench().parts().subject.stream(), QStringLiteral("order-2"));
    }

    void growthOfTheLogIsTold()
    {
        Bench bench;
        bench.trigger("Branch from Here");
        QTRY_VERIFY(bench.isOnBranch());
        bench.sample.append(SampleStore::numbered(3));
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.banner().contains(QStringLiteral("The log has 3 events since")), 6000);
        QCOMPARE(bench.head(), 12);
    }

    void watchesAndMarksOutliveEdits()
    {
        Bench bench;
        bench.find<WatchPanel>("watchPanel")->ask(QStringLiteral("state.n > 5"), {});
        bench.find<QPushButton>("watchKeep")->click();
        bench.find<QInputDialog>("keepWatchDialog")->accept();
        const auto watches = [&bench] {
            return bench.find<QTableView>("watchList")->model()->rowCount();
        };
        const auto marks = [&bench] {
            return bench.window().findChild<TimelineSlider*>()->marks();
        };
        const auto skip = [&bench](Position head) {
            bench.session().skip({ 2 });
            return QTest::qWaitFor([&] { return bench.head() == head && bench.isOnBranch(); });
        };
        bench.window().findChild<TimelineSlider*>()->toggleMark(4);
        QVERIFY(skip(11));
        QTRY_COMPARE(watches(), 1);
        QTRY_COMPARE(marks(), (std::set<Position> { 4 }));
        bench.window().findChild<TimelineSlider*>()->toggleMark(9);
        QVERIFY(skip(10));
        QTRY_COMPARE(watches(), 1);
        QTRY_COMPARE(marks(), (std::set<Position> { 4, 9 }));
        bench.quit();
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QTRY_COMPARE(watches(), 1);
        QTRY_COMPARE(marks(), (std::set<Position> { 4, 9 }));
        // The log has its own marks, as it had before.
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QTRY_COMPARE(marks(), (std::set<Position> { 4 }));
        QCOMPARE(watches(), 1);
    }

    void whatCameWhileItWasAppendedStays()
    {
        Bench bench;
        const auto event = [](const char* id) {
            return NewEvent { QStringLiteral("ADDED"), "{}", "{}", {}, QString::fromUtf8(id) };
        };
        bench.session().insertBehind(12, { { QStringLiteral("user-1"), event("n-1") } });
        QTRY_COMPARE(bench.head(), 13);
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Append at Head…");
        const auto dialog = [&bench] { return bench.window().findChild<AppendDialog*>(); };
        QTRY_VERIFY(dialog() != nullptr);
        bench.workbench().parts().client.run<AppendOutcome>(
            StoreClient::Lane::Interactive, this,
            [event](EventStore& store, const CancelToken&) {
                return store.append(
                    { QStringLiteral("user-2"), ExpectedVersion::any(), { event("n-2") } });
            },
            [](const Result<AppendOutcome>&) {});
        QTRY_COMPARE(bench.head(), 14);
        QSignalSpy said(bench.window().findChild<BranchActions*>(), &BranchActions::said);
        dialog()->accept();
        QVERIFY(said.wait());
        const auto main = openStore(bench.sample.location(), OpenMode::ReadOnly);
        QCOMPARE(*(*main)->head(), 13);
        QVERIFY(bench.session().isActive());
        QCOMPARE(bench.session().branch().editCount(), 2);
    }

    void appendingIsTheLastWord()
    {
        Bench bench;
        bench.session().insertBehind(12,
            { { QStringLiteral("user-1"),
                { QStringLiteral("ADDED"), "{}", "{}", {}, QStringLiteral("n-1") } } });
        QTRY_COMPARE(bench.head(), 13);
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Append at Head…");
        QTRY_VERIFY(bench.window().findChild<AppendDialog*>() != nullptr);
        bench.window().findChild<AppendDialog*>()->accept();
        const auto* message = bench.find<QLabel>("statusMessage");
        QTRY_VERIFY(!bench.session().isActive());
        QTRY_VERIFY2(message->text().startsWith(QStringLiteral("Appended")),
            qPrintable(message->text()));
        QTest::qWait(200);
        QVERIFY2(message->text().startsWith(QStringLiteral("Appended")),
            qPrintable(message->text()));
    }

    void commandsAskForABranch()
    {
        Bench bench;
        bench.cursor().moveTo(4);
        auto* panel = bench.window().findChild<CommandPanel*>();
        emit panel->branchAsked(4);
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(bench.head(), 4);
        QTRY_COMPARE(bench.cursor().position(), 4);
        bench.cursor().moveTo(2);
        auto* past = bench.find<QLabel>("pastNotice");
        QVERIFY2(
            past->text().contains(QStringLiteral("branch's end (#4)")), qPrintable(past->text()));
        bench.cursor().moveToHead();
        // Another store is on no branch.
        SampleStore other(SampleStore::numbered(3));
        QVERIFY(bench.open(other.location()));
        QCOMPARE(bench.head(), 3);
        QVERIFY(!bench.session().isActive());
        bench.cursor().moveTo(2);
        QVERIFY2(past->text().contains(QStringLiteral("the head (#3)")), qPrintable(past->text()));
        bench.cursor().moveToHead();
        QTRY_VERIFY(!bench.find<BranchBanner>("branchBanner")->isVisible());
        // And the first one still is.
        QVERIFY(bench.open(bench.sample.location()));
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(bench.head(), 4);
    }

    void aBranchOfAnotherLogIsLeft()
    {
        Bench bench;
        bench.trigger("Branch from Here");
        QTRY_VERIFY(bench.isOnBranch());
        bench.quit();
        QVERIFY(QFile::remove(bench.sample.location()));
        QFile::remove(bench.sample.location() + QStringLiteral(".head"));
        (void)openStore(bench.sample.location(), OpenMode::Create);
        bench.sample.append(SampleStore::numbered(12));
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QTRY_COMPARE(bench.head(), 12);
        QVERIFY(!bench.session().isActive());
    }
};

QTEST_MAIN(tst_BranchWindow)
#include "tst_branchwindow.moc"
