#include "store/storeclient.h"
#include "support/branchwindowbench.h"
#include "time/marks.h"
#include "ui/base/infobar.h"
#include "ui/branch/branchactions.h"

#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolBar>

using namespace eventloupe;

/// The whole window after a branch was left, and what goes with it.
class tst_LeftBranch final : public QObject {
    Q_OBJECT

    using Bench = BranchWindowBench;

private slots:
    void whatWasLeftIsReturnedTo()
    {
        Bench bench;
        auto* bar = bench.find<InfoBar>("leftBranchBar");
        const auto action = [&bench] {
            return bench.window().findChild<BranchActions*>()->returnAction();
        };
        QVERIFY(!action()->isEnabled());
        bench.session().skip({ 5 });
        QTRY_COMPARE(bench.head(), 11);
        bench.session().skip({ 2 });
        QTRY_COMPARE(bench.head(), 10);
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Undo on the Branch");
        QTRY_COMPARE(bench.head(), 11);
        QTRY_VERIFY(bench.isOnBranch());
        bench.cursor().moveTo(3);
        QVERIFY(!action()->isEnabled());
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QTRY_VERIFY(action()->isEnabled());
        QVERIFY2(bar->message().contains(QStringLiteral("1 event skipped")),
            qPrintable(bar->message()));
        bench.cursor().moveTo(9);
        bar->findChild<QPushButton*>()->click();
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(bench.head(), 11);
        QTRY_COMPARE(bench.cursor().position(), 3);
        QVERIFY(bar->isHidden());
        QVERIFY(!action()->isEnabled());
        QVERIFY(bench.session().branch().canRedo());
        bench.trigger("Redo on the Branch");
        QTRY_COMPARE(bench.head(), 10);
        // It is kept for the next start again.
        QTRY_VERIFY(bench.isOnBranch());
        bench.quit();
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QTRY_VERIFY(bench.isOnBranch());
        QCOMPARE(bench.head(), 10);
    }

    void whatWasLeftEndsWithAnotherBranch()
    {
        Bench bench;
        auto* bar = bench.find<InfoBar>("leftBranchBar");
        const auto leave = [&bench] {
            bench.trigger("Leave Branch");
            return QTest::qWaitFor([&bench] {
                return !bench.session().isActive() && bench.workbench().parts().client.isOpen()
                    && bench.head() == 12;
            });
        };
        // Nothing was changed on it.
        bench.session().beginAt(5);
        QTRY_VERIFY(bench.isOnBranch());
        QVERIFY(leave());
        QVERIFY(!bench.session().canReturn());
        QVERIFY(bar->isHidden());
        bench.session().skip({ 5 });
        QTRY_VERIFY(bench.isOnBranch());
        QVERIFY(leave());
        QTRY_VERIFY(!bar->isHidden());
        bench.session().beginAt(7);
        QTRY_VERIFY(bench.isOnBranch());
        QVERIFY(!bench.session().canReturn());
        QVERIFY(bar->isHidden());
        QVERIFY(leave());
        bench.session().skip({ 5 });
        QTRY_VERIFY(bench.isOnBranch());
        QVERIFY(leave());
        QVERIFY(bench.session().canReturn());
        SampleStore other(SampleStore::numbered(3));
        QVERIFY(bench.open(other.location()));
        QVERIFY(!bench.session().canReturn());
        QTRY_VERIFY(bar->isHidden());
    }

    void theBarIsNotKeptWithoutTheBranch()
    {
        Bench bench;
        bench.window().show();
        bench.session().skip({ 5 });
        QTRY_VERIFY(bench.isOnBranch());
        bench.window().keepNow();
        bench.endWithoutClosing();
        // As where it was ended before the branch was written.
        QDir(bench.configuration() + QStringLiteral("/branches")).removeRecursively();
        bench.start();
        QVERIFY(bench.open(bench.sample.location()));
        QVERIFY(!bench.session().isActive());
        QVERIFY(!bench.find<QToolBar>("branchBar")->isVisible());
    }

    void notesGoWithTheMarks()
    {
        Bench bench;
        auto* marks = bench.window().findChild<Marks*>();
        const auto notes = [marks] {
            QStringList texts;
            for (const auto& [position, mark] : marks->all())
                texts.append(QString::number(position) + mark.note);
            return texts.join(u' ');
        };
        const auto files = [&bench] {
            return QDir(bench.configuration() + QStringLiteral("/marks"))
                .entryList(QDir::Files);
        };
        QTRY_VERIFY(marks->isRead());
        marks->set(4, QStringLiteral("here"));
        bench.session().skip({ 9 });
        QTRY_VERIFY(bench.isOnBranch());
        QTRY_COMPARE(notes(), QStringLiteral("4here"));
        marks->set(5, QStringLiteral("branch"));
        QTRY_COMPARE(files().size(), 1);
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QTRY_COMPARE(notes(), QStringLiteral("4here"));
        QTRY_COMPARE(files().size(), 0);
        bench.trigger("Return to the Branch");
        QTRY_VERIFY(bench.isOnBranch());
        QTRY_COMPARE(notes(), QStringLiteral("4here 5branch"));
        // Another branch begins as the log does.
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        bench.session().skip({ 9 });
        QTRY_VERIFY(bench.isOnBranch());
        QTRY_COMPARE(notes(), QStringLiteral("4here"));
    }

    void unsavedNotesOutliveABranch()
    {
        Bench bench;
        auto* marks = bench.window().findChild<Marks*>();
        QTRY_VERIFY(marks->isRead());
        QVERIFY(QDir().mkpath(marks->file())); // So that it cannot be written.
        QSignalSpy failed(marks, &Marks::failed);
        marks->set(4, QStringLiteral("here"));
        QTRY_VERIFY(!failed.isEmpty());
        bench.session().skip({ 9 });
        QTRY_VERIFY(bench.isOnBranch());
        bench.trigger("Leave Branch");
        QTRY_COMPARE(bench.head(), 12);
        QVERIFY(marks->all().contains(4));
        QCOMPARE(marks->all().at(4).note, QStringLiteral("here"));
    }
};

QTEST_MAIN(tst_LeftBranch)
#include "tst_leftbranch.moc"
