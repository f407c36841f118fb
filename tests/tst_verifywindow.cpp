#include "branch/branchsession.h"
#include "domain/workspacetemplate.h"
#include "log/logcolumns.h"
#include "store/damagenotice.h"
#include "support/storefiles.h"
#include "support/treepages.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/log/windowtable.h"
#include "ui/store/verifydialog.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <cstdio>

using namespace eventloupe;

/// Verify from the window: the menu, and what opening notices.
class VerifyWindowTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    static VerifyDialog* dialogOf(WindowBench& bench)
    {
        return bench.window().findChild<VerifyDialog*>();
    }

    /// The bar's button, where it is that.
    static QPushButton* offered(WindowBench& bench)
    {
        auto* bar = bench.find<InfoBar>("infoBar");
        for (auto* each : bar->findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Verify…") && each->isVisibleTo(&bench.window()))
                return each;
        return nullptr;
    }

private slots:
    void theMenuVerifies()
    {
        makeStoreFile(path("a.eventlog"), 30);
        QCOMPARE(tamper(path("a.eventlog"), "UPDATE event SET time = 1 WHERE position = 17"),
            QString());
        WindowBench bench;
        auto* action = bench.window().findChild<QAction*>(QStringLiteral("verifyAction"));
        QVERIFY(action && !action->isEnabled());
        QVERIFY(bench.open(path("a.eventlog")));
        QVERIFY(action->isEnabled());
        action->trigger();
        auto* dialog = dialogOf(bench);
        QVERIFY(dialog && dialog->isVisible());
        action->trigger(); // The same one.
        QCOMPARE(bench.window().findChildren<VerifyDialog*>().size(), 1);
        QTRY_VERIFY(!dialog->isRunning());
        auto* list = dialog->findChild<QTreeView*>(QStringLiteral("verifyList"));
        emit list->activated(list->model()->index(0, 0));
        QTRY_COMPARE(bench.cursor().position(), 17);
    }

    void aLostTailOffersIt()
    {
        makeStoreFile(path("b.eventlog"), 30);
        QCOMPARE(
            tamper(path("b.eventlog"), "DELETE FROM event WHERE position > 28"), QString());
        WindowBench bench;
        QVERIFY(bench.open(path("b.eventlog")));
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY(bar->message().startsWith(QStringLiteral("The end of the log was lost")));
        QCOMPARE(bench.find<QLabel>("statusMode")->text(), QStringLiteral("⚠ damaged"));
        QPushButton* button = nullptr;
        for (auto* each : bar->findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Verify…"))
                button = each;
        QVERIFY(button && button->isVisibleTo(&bench.window()));
        button->click();
        auto* dialog = dialogOf(bench);
        QVERIFY(dialog);
        QTRY_VERIFY(!dialog->isRunning());
        const auto* list = dialog->findChild<QTreeView*>(QStringLiteral("verifyList"));
        bool isNamed = false;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            isNamed = isNamed
                || list->model()->index(row, 1).data().toString().startsWith(
                    QStringLiteral("The end of the log was lost: events 29 to 30"));
        QVERIFY(isNamed);
    }

    /// As after a backup was moved to where the store is.
    void aReplacedFileIsOpenedAgain()
    {
        makeStoreFile(path("g.eventlog"), 3);
        makeStoreFile(path("h.eventlog"), 7);
        WindowBench bench;
        QVERIFY(bench.open(path("g.eventlog")));
        QCOMPARE(bench.cursor().head(), 3);
        QCOMPARE(std::rename(qPrintable(path("h.eventlog")), qPrintable(path("g.eventlog"))), 0);
        auto* bar = bench.find<InfoBar>("infoBar");
        QTRY_VERIFY(bar->message().contains(QStringLiteral("was replaced or moved")));
        QCOMPARE(bench.cursor().head(), 3);
        for (auto* each : bar->findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Open Again"))
                each->click();
        QTRY_COMPARE(bench.cursor().head(), 7);
        QVERIFY2(!bar->isVisibleTo(&bench.window()), qPrintable(bar->message()));
    }

    /// As `cp` does it: no name and no number of the file tells, and pages that are read of it
    /// contradict those that were read before.
    void anOverwrittenFileIsOpenedAgain()
    {
        const QString folder = path("over");
        QVERIFY(writeWorkspace(QStringLiteral("users"), folder).ok());
        const QString store = folder + QStringLiteral("/events.eventlog");
        makeStoreFile(store, 9500);
        {
            const auto other = openStore(path("other.eventlog"), OpenMode::Create);
            const auto bulk = (*other)->beginBulk();
            for (int i = 0; i < 9600; ++i)
                QVERIFY((*bulk)->add(QStringLiteral("o-%1").arg(i % 9),
                    { QStringLiteral("O"), "{}", "{}", { i }, QString() }));
            QVERIFY((*bulk)->commit({}));
        }
        WindowBench bench;
        QVERIFY(bench.open(folder));
        auto* field = bench.find<QLineEdit>("field:/userId");
        QTest::keyClicks(field, QStringLiteral("ada"));
        const QString typed = field->text();
        writeContent(store, contentOf(path("other.eventlog")));
        auto* bar = bench.find<InfoBar>("infoBar");
        QTRY_VERIFY(bar->message().contains(QStringLiteral("was written over")));
        QCOMPARE(bench.find<QLabel>("statusMode")->text(), QStringLiteral("⚠ replaced"));
        QVERIFY(!bench.find<QPushButton>("issueButton")->isEnabled());
        auto* mend = bench.find<InfoBar>("damageBar")->findChild<QPushButton*>();
        QCOMPARE(mend->text(), QStringLiteral("Open Again"));
        // What is met meanwhile is no damage.
        DamageNotice::instance().note(store);
        QTest::qWait(50);
        QVERIFY(bar->message().contains(QStringLiteral("was written over")));
        mend->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cursor().head(), 9600, WindowBench::patience);
        QCOMPARE(bench.find<QLineEdit>("field:/userId")->text(), typed);
    }

    /// Its end is sound, so that opening notices nothing.
    void damageThatIsReadOffersIt()
    {
        makeStoreFile(path("c.eventlog"), 9500);
        QFile file(path("c.eventlog"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto page = file.readAll().indexOf("{\"n\":4242}") / 8192 * 8192;
        QVERIFY(page > 0 && file.seek(page));
        file.write(QByteArray(8192, '\xff'));
        file.close();
        WindowBench bench;
        QVERIFY(bench.open(path("c.eventlog")));
        bench.cursor().moveTo(4242);
        auto* bar = bench.find<InfoBar>("infoBar");
        QTRY_VERIFY2(bar->message().startsWith(QStringLiteral("The file is damaged")),
            qPrintable(bar->message()));
        for (auto* each : bar->findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Verify…"))
                each->click();
        auto* dialog = dialogOf(bench);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), WindowBench::patience);
        // Another store is not.
        makeStoreFile(path("d.eventlog"), 3);
        QVERIFY(bench.open(path("d.eventlog")));
        QVERIFY2(!bar->isVisibleTo(&bench.window()), qPrintable(bar->message()));
    }

    /// Once it is known. What is read goes on, and what is typed stays.
    void aDamagedStoreTakesNoEvents()
    {
        const QString folder = path("users");
        QVERIFY(writeWorkspace(QStringLiteral("users"), folder).ok());
        const QString store = folder + QStringLiteral("/events.eventlog");
        makeStoreFile(store, 9500);
        WindowBench bench;
        QVERIFY(bench.open(folder));
        auto* mode = bench.find<QLabel>("statusMode");
        auto* issue = bench.find<QPushButton>("issueButton");
        QCOMPARE(mode->text(), QStringLiteral("writable"));
        QVERIFY(issue->isEnabled());
        auto* field = bench.find<QLineEdit>("field:/userId");
        QTest::keyClicks(field, QStringLiteral("ada"));
        const QString typed = field->text();
        const TreePages pages(contentOf(store), rootOf(store, "event"));
        erasePages(store, { pages.leaves.at(pages.leaves.size() / 2) });
        bench.cursor().moveTo(4750);
        QTRY_COMPARE(mode->text(), QStringLiteral("⚠ damaged"));
        QVERIFY2(
            mode->toolTip().contains(QStringLiteral("Repair To…")), qPrintable(mode->toolTip()));
        QVERIFY(!issue->isEnabled());
        auto* bar = bench.find<InfoBar>("damageBar");
        QVERIFY(bar->isVisibleTo(&bench.window()));
        QVERIFY(bar->message().contains(QStringLiteral("Repair To…")));
        QCOMPARE(field->text(), typed);
        QVERIFY(field->isVisibleTo(&bench.window()));
        bench.cursor().moveTo(9000);
        QTRY_COMPARE(bench.workbench().parts().frame.position(), 9000);
        bar->findChild<QPushButton*>()->click();
        auto* dialog = dialogOf(bench);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), WindowBench::patience);
        QCOMPARE(mode->text(), QStringLiteral("⚠ damaged"));
    }

    /// Nothing of it looks as if there were no events.
    void whatIsLostIsSaidInAllPanels()
    {
        const QString store = path("streamless.eventlog");
        makeStoreFile(store, 3000);
        erasePages(store, { rootOf(store, "stream") });
        WindowBench bench;
        QVERIFY(bench.open(store));
        auto* log = bench.find<QTableView>("logView");
        const auto last = [log] {
            return log->model()
                ->index(log->model()->rowCount() - 1, static_cast<int>(LogColumn::Type))
                .data()
                .toString();
        };
        QTRY_COMPARE(last(), QStringLiteral("lost"));
        const auto* streams = bench.find<WindowTable>("streamView");
        QTRY_VERIFY2(streams->emptyText().contains(QStringLiteral("cannot be read")),
            qPrintable(streams->emptyText()));
        const auto says = [&bench](const char* panel, const QString& text) {
            const auto labels = bench.find<QWidget>(panel)->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
                return label->isVisibleTo(&bench.window()) && label->text().contains(text);
            });
        };
        QTRY_VERIFY(says("statePanel", QStringLiteral("The event at the cursor is lost")));
        // Another store has its streams.
        makeStoreFile(path("streams.eventlog"), 30);
        QVERIFY(bench.open(path("streams.eventlog")));
        QTRY_VERIFY(!says("statePanel", QStringLiteral("lost")));
        QVERIFY(!streams->emptyText().contains(QStringLiteral("cannot be read")));
    }

    /// A disk that failed to give a page once: the file is whole.
    void whatIsVerifiedToBeSoundIsWritableAgain()
    {
        makeStoreFile(path("once.eventlog"), 30);
        WindowBench bench;
        QVERIFY(bench.open(path("once.eventlog")));
        auto* mode = bench.find<QLabel>("statusMode");
        DamageNotice::instance().note(path("once.eventlog"));
        QTRY_COMPARE(mode->text(), QStringLiteral("⚠ damaged"));
        auto* button = offered(bench);
        QVERIFY(button);
        button->click();
        QTRY_COMPARE(mode->text(), QStringLiteral("writable"));
        QVERIFY(!offered(bench));
    }

    void whatVerifyingFindsIsKnown()
    {
        makeStoreFile(path("altered.eventlog"), 30);
        QCOMPARE(
            tamper(path("altered.eventlog"), "UPDATE event SET data = '{}' WHERE position = 17"),
            QString());
        WindowBench bench;
        QVERIFY(bench.open(path("altered.eventlog")));
        auto* mode = bench.find<QLabel>("statusMode");
        QCOMPARE(mode->text(), QStringLiteral("writable"));
        bench.window().findChild<QAction*>(QStringLiteral("verifyAction"))->trigger();
        QTRY_COMPARE(mode->text(), QStringLiteral("⚠ damaged"));
    }

    /// What was put in a damaged file's place is not taken for damaged, in a workspace neither.
    void aFileThatWasReplacedIsSound()
    {
        const QString folder = path("shop");
        QVERIFY(QDir().mkpath(folder));
        const QString store = folder + QStringLiteral("/events.eventlog");
        QFile workspace(folder + QStringLiteral("/workspace.json"));
        QVERIFY(workspace.open(QIODevice::WriteOnly));
        workspace.write(R"({"store":"events.eventlog"})");
        workspace.close();
        makeStoreFile(store, 3);
        DamageNotice::instance().note(store);
        WindowBench bench;
        QVERIFY(bench.open(folder));
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY2(!bar->isVisibleTo(&bench.window()), qPrintable(bar->message()));
        DamageNotice::instance().note(store);
        QTRY_VERIFY(bar->message().startsWith(QStringLiteral("The file is damaged")));
        QVERIFY(bench.open(folder));
        QVERIFY2(!bar->isVisibleTo(&bench.window()), qPrintable(bar->message()));
    }

    /// The start page has what the command line has: to verify it, and to repair it to a new file.
    void aStoreThatCannotBeOpenedIsVerifiedByItsPath()
    {
        const QString broken = path("broken.eventlog");
        makeStoreFile(broken, 9500);
        erasePages(broken, { rootOf(broken, "event") });
        WindowBench bench;
        QVERIFY(!bench.open(broken));
        QVERIFY(!bench.workbench().parts().client.isOpen());
        auto* button = offered(bench);
        QVERIFY(button);
        button->click();
        button->click(); // The same one.
        QCOMPARE(bench.window().findChildren<VerifyDialog*>().size(), 1);
        auto* dialog = dialogOf(bench);
        QCOMPARE(dialog->file(), broken);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), WindowBench::patience);
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("verifyRepair"))->isEnabled());
        dialog->repairTo(path("mended.eventlog"));
        QVERIFY(dialog->isRepairing());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), WindowBench::patience);
        dialog->findChild<QPushButton*>(QStringLiteral("verifyOpen"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cursor().head(), 9500, WindowBench::patience);
        QCOMPARE(bench.find<InfoBar>("infoBar")->message(), QString());
    }

    void whatIsOpenStaysOpenBesideIt()
    {
        const QString broken = path("broken2.eventlog");
        makeStoreFile(broken, 300);
        erasePages(broken, { rootOf(broken, "event") });
        makeStoreFile(path("sound.eventlog"), 7);
        WindowBench bench;
        QVERIFY(bench.open(path("sound.eventlog")));
        QVERIFY(!bench.open(broken));
        QCOMPARE(bench.cursor().head(), 7);
        auto* button = offered(bench);
        QVERIFY(button);
        button->click();
        auto* dialog = dialogOf(bench);
        QCOMPARE(dialog->file(), broken);
        QTRY_VERIFY(!dialog->isRunning());
        // Its events are not the open store's.
        auto* list = dialog->findChild<QTreeView*>(QStringLiteral("verifyList"));
        QVERIFY(list->model()->rowCount() > 0);
        const auto before = bench.cursor().position();
        emit list->activated(list->model()->index(0, 0));
        QCOMPARE(bench.cursor().position(), before);
        // The open one is verified beside it.
        bench.window().findChild<QAction*>(QStringLiteral("verifyAction"))->trigger();
        QCOMPARE(bench.window().findChildren<VerifyDialog*>().size(), 2);
        // What the bar says next has nothing to do with that file.
        bench.window().warn(QStringLiteral("something else"));
        QVERIFY(!offered(bench));
    }

    void whatHasNoDefinitionsIsNotOffered()
    {
        const QString broken = path("broken3.eventlog");
        makeStoreFile(broken, 30);
        QByteArray content = contentOf(broken);
        content.replace(100, 8, QByteArray(8, '\0'));
        writeContent(broken, content);
        WindowBench bench;
        QVERIFY(!bench.open(broken));
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY2(bar->message().contains(QStringLiteral("Restore it from a copy")),
            qPrintable(bar->message()));
        QVERIFY(!offered(bench));
    }

    void aBranchIsNotVerified()
    {
        makeStoreFile(path("e.eventlog"), 30);
        WindowBench bench;
        QVERIFY(bench.open(path("e.eventlog")));
        bench.window().findChild<QAction*>(QStringLiteral("verifyAction"))->trigger();
        auto* dialog = dialogOf(bench);
        QVERIFY(dialog);
        QTRY_VERIFY(!dialog->isRunning());
        auto* again = dialog->findChild<QPushButton*>(QStringLiteral("verifyAgain"));
        QVERIFY(again->isEnabled());
        auto& branch = bench.workbench().parts().branch;
        branch.beginAt(20);
        QTRY_VERIFY(branch.isActive() && !again->isEnabled());
        QVERIFY(again->toolTip().contains(QStringLiteral("Leave the branch first")));
        branch.leave();
        QTRY_VERIFY(!branch.isActive() && again->isEnabled());
    }
};

QTEST_MAIN(VerifyWindowTest)
#include "tst_verifywindow.moc"
