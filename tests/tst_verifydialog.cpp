#include "support/storefiles.h"
#include "support/treepages.h"
#include "ui/store/faultmodel.h"
#include "ui/store/verifydialog.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace eventloupe;

/// Verifying and repairing as the window does it.
class VerifyDialogTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreClient> m_client;

    QString path(const char* name = "a.eventlog") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    void open(OpenMode mode = OpenMode::ReadWrite) const
    {
        QSignalSpy opened(m_client.get(), &StoreClient::opened);
        m_client->open(path(), mode);
        QTRY_COMPARE(opened.count(), 1);
    }
    template <class Widget> static Widget& find(const QWidget& dialog, const char* name)
    {
        auto* widget = dialog.findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return *widget;
    }
    static QString summary(const QWidget& dialog)
    {
        return find<QLabel>(dialog, "verifySummary").text();
    }
    static QStringList rows(const QWidget& dialog)
    {
        const auto& model = *find<QTreeView>(dialog, "verifyList").model();
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows.append(model.index(row, 0).data().toString() + QLatin1Char(' ')
                + model.index(row, 1).data().toString());
        return rows;
    }
    /// A dialog goes away by itself when it is closed.
    static VerifyDialog* shown(StoreClient& client)
    {
        auto* dialog = new VerifyDialog(client);
        dialog->show();
        return dialog;
    }

private slots:
    void init()
    {
        qRegisterMetaType<Error>();
        m_folder = std::make_unique<QTemporaryDir>();
        makeStoreFile(path(), 30);
        m_client = std::make_unique<StoreClient>();
    }

    void aSoundStoreHasNoFault()
    {
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QVERIFY(dialog->isRunning());
        QCOMPARE(find<QPushButton>(*dialog, "verifyAgain").text(), QStringLiteral("C&ancel"));
        QTRY_VERIFY(!dialog->isRunning());
        QCOMPARE(summary(*dialog), QStringLiteral("✓ 30 events verified, no fault."));
        QCOMPARE(rows(*dialog), QStringList());
        QVERIFY(!find<QPushButton>(*dialog, "verifyCopy").isEnabled());
        QVERIFY(find<QPushButton>(*dialog, "verifyRepair").isEnabled());
        find<QPushButton>(*dialog, "verifyAgain").click();
        QVERIFY(dialog->isRunning());
        QTRY_COMPARE(summary(*dialog), QStringLiteral("✓ 30 events verified, no fault."));
    }

    /// Without the file that remembers the last event, nobody knows what is gone behind it.
    void anEndThatNothingRemembersIsSaid()
    {
        QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QTRY_COMPARE(summary(*dialog), QStringLiteral("✓ 30 events verified, no fault."));
        const auto& note = find<QLabel>(*dialog, "verifyNote");
        QVERIFY(!note.isHidden());
        QVERIFY2(note.text().contains(path() + QStringLiteral(".head")), qPrintable(note.text()));
    }

    void aNewNameIsProposed()
    {
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY(openStore(path("a-repaired.eventlog"), OpenMode::Create));
        auto& repair = find<QPushButton>(*dialog, "verifyRepair");
        repair.click();
        repair.click();
        // The disk may take its time, and nothing waits for it.
        QCOMPARE(dialog->findChildren<QFileDialog*>().size(), 0);
        QTRY_COMPARE(dialog->findChildren<QFileDialog*>().size(), 1);
        auto* choice = dialog->findChild<QFileDialog*>();
        QCOMPARE(choice->selectedFiles(), QStringList(path("a-repaired-2.eventlog")));
        emit choice->fileSelected(path("a-repaired-2.eventlog"));
        QTRY_VERIFY(summary(*dialog).startsWith(QStringLiteral("✓ 30 events copied")));
        choice->reject();
    }

    void whatIsWrongIsListedAndGoneTo()
    {
        QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17;"
                                "DELETE FROM event WHERE position = 25"),
            QString());
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QTRY_VERIFY(!dialog->isRunning());
        const QStringList found = rows(*dialog);
        QVERIFY2(found.size() >= 2, qPrintable(summary(*dialog)));
        QVERIFY(found.at(0).startsWith(QStringLiteral("#17 Event 17 does not fit the hash chain")));
        QCOMPARE(found.at(1), QStringLiteral("#26 Event 25 is missing."));
        QVERIFY(summary(*dialog).startsWith(QStringLiteral("✗ 29 events verified. ")));
        QSignalSpy asked(dialog.get(), &VerifyDialog::positionAsked);
        auto& list = find<QTreeView>(*dialog, "verifyList");
        list.setCurrentIndex(list.model()->index(0, 0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.constFirst().constFirst().toLongLong(), 17);
        find<QPushButton>(*dialog, "verifyCopy").click();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("#17\tEvent 17")));
    }

    void aRecordBeforeTheFirstEventIsCounted()
    {
        QCOMPARE(tamper(path(), "UPDATE event SET position = -5 WHERE position = 17"), QString());
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QTRY_VERIFY(!dialog->isRunning());
        dialog->repairTo(path("b.eventlog"));
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).endsWith(
                     QStringLiteral(", 1 left out, and 1 record before the first event.")),
            qPrintable(summary(*dialog)));
    }

    void whatIsSoundIsCopied()
    {
        QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17"), QString());
        open();
        QPointer<VerifyDialog> dialog = shown(*m_client);
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY(!find<QPushButton>(*dialog, "verifyOpen").isVisible());
        const QString target = path("b.eventlog");
        dialog->repairTo(target);
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY(summary(*dialog).startsWith(QStringLiteral("⚠ 29 events copied to ")));
        QVERIFY(summary(*dialog).endsWith(QStringLiteral(", 1 left out.")));
        QVERIFY(rows(*dialog).constFirst().startsWith(QStringLiteral("#17 Left out: ")));
        const auto& list = find<QTreeView>(*dialog, "verifyList");
        QCOMPARE(list.model()->headerData(1, Qt::Horizontal).toString(),
            QStringLiteral("What became of it"));
        QCOMPARE(list.accessibleName(), QStringLiteral("What became of it"));
        QCOMPARE(*(*openStore(target, OpenMode::ReadOnly))->head(), 29);
        // A file that is there is not touched.
        dialog->repairTo(path());
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).contains(QStringLiteral("is there already")),
            qPrintable(summary(*dialog)));
        QSignalSpy asked(dialog.data(), &VerifyDialog::openAsked);
        find<QPushButton>(*dialog, "verifyOpen").click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.constFirst().constFirst().toString(), target);
        QTRY_VERIFY(!dialog);
    }

    void aCancelEndsIt()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeStoreFile(path(), 60'000);
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        find<QPushButton>(*dialog, "verifyAgain").click();
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).startsWith(QStringLiteral("Cancelled.")),
            qPrintable(summary(*dialog)));
        dialog->repairTo(path("b.eventlog"));
        find<QPushButton>(*dialog, "verifyAgain").click();
        QTRY_VERIFY(!dialog->isRunning());
        QCOMPARE(summary(*dialog), QStringLiteral("Cancelled; there is no new store."));
        QVERIFY(!QFile::exists(path("b.eventlog")));
    }

    void whatIsListedIsOfItsStoreAlone()
    {
        QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17"), QString());
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY(find<QPushButton>(*dialog, "verifyRepair").isEnabled());
        const QStringList found = rows(*dialog);
        QVERIFY(!found.isEmpty());
        open(); // Anew: it may be another one by now.
        QVERIFY(!find<QPushButton>(*dialog, "verifyRepair").isEnabled());
        QVERIFY(find<QPushButton>(*dialog, "verifyAgain").isEnabled());
        QCOMPARE(rows(*dialog), found);
        QSignalSpy asked(dialog.get(), &VerifyDialog::positionAsked);
        auto& list = find<QTreeView>(*dialog, "verifyList");
        emit list.activated(list.model()->index(0, 0));
        QCOMPARE(asked.count(), 0);
        find<QPushButton>(*dialog, "verifyAgain").click();
        QTRY_VERIFY(!dialog->isRunning());
        emit list.activated(list.model()->index(0, 0));
        QCOMPARE(asked.count(), 1);
        QVERIFY(find<QPushButton>(*dialog, "verifyRepair").isEnabled());
    }

    void aFileIsVerifiedWithoutBeingOpened()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeStoreFile(path(), 3000);
        erasePages(path(), { rootOf(path(), "event") });
        const QByteArray before = contentOf(path());
        const std::unique_ptr<VerifyDialog> dialog(new VerifyDialog(path()));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        QVERIFY(dialog->windowTitle().contains(QStringLiteral("a.eventlog")));
        QVERIFY(dialog->isRunning());
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).startsWith(QStringLiteral("✗ 0 events verified. 3,0")),
            qPrintable(summary(*dialog)));
        QVERIFY(!summary(*dialog).contains(QStringLiteral("listed")));
        QCOMPARE(rows(*dialog).constFirst(),
            QStringLiteral("#1–#3,000 Event 1 cannot be read: its page of the file is damaged. The "
                           "same holds for events 2 to 3000."));
        auto& again = find<QPushButton>(*dialog, "verifyAgain");
        again.click();
        again.click();
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).startsWith(QStringLiteral("Cancelled.")),
            qPrintable(summary(*dialog)));
        dialog->repairTo(path("b.eventlog"));
        dialog->cancel();
        QTRY_VERIFY(!dialog->isRunning());
        QCOMPARE(summary(*dialog), QStringLiteral("Cancelled; there is no new store."));
        QVERIFY(!QFile::exists(path("b.eventlog")));
        dialog->repairTo(path("b.eventlog"));
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).startsWith(QStringLiteral("✓ 3,000 events copied to ")),
            qPrintable(summary(*dialog)));
        QVERIFY(find<QPushButton>(*dialog, "verifyOpen").isVisible());
        QCOMPARE(contentOf(path()), before);
    }

    void aFileThatIsNoStoreIsSaid()
    {
        const std::unique_ptr<VerifyDialog> dialog(new VerifyDialog(path("none.eventlog")));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY(!dialog->isRunning());
        QVERIFY2(summary(*dialog).startsWith(QStringLiteral("There is no file")),
            qPrintable(summary(*dialog)));
        QVERIFY(!find<QPushButton>(*dialog, "verifyRepair").isEnabled());
        QVERIFY(find<QPushButton>(*dialog, "verifyAgain").isEnabled());
    }

    /// It may be closed at any time.
    void closingEndsIt()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeStoreFile(path(), 60'000);
        QPointer<VerifyDialog> dialog = new VerifyDialog(path());
        dialog->show();
        QVERIFY(dialog->isRunning());
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void whatIsRefusedIsSaid()
    {
        open();
        QString why;
        const std::unique_ptr<VerifyDialog> dialog(
            new VerifyDialog(*m_client, [&why] { return why; }));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY(!dialog->isRunning());
        auto& again = find<QPushButton>(*dialog, "verifyAgain");
        QVERIFY(again.isEnabled());
        why = QStringLiteral("Not <b>now</b>");
        again.click(); // It was enabled until then.
        QVERIFY(!dialog->isRunning());
        QCOMPARE(summary(*dialog), why);
        QVERIFY(!again.isEnabled());
        QVERIFY(again.toolTip().contains(QStringLiteral("now")));
        why.clear();
        open();
        QVERIFY(again.isEnabled());
        again.click();
        QTRY_COMPARE(summary(*dialog), QStringLiteral("✓ 30 events verified, no fault."));
    }

    /// However many are found between two looks.
    void whatIsNotHandedOverIsCounted()
    {
        QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position % 3 = 0"), QString());
        open();
        VerifyRun run(*m_client, nullptr, 3);
        qint64 told = 0;
        qint64 passed = 0;
        connect(&run, &VerifyRun::found, this, [&](const QList<FaultRange>& faults) {
            QVERIFY(faults.size() <= 3);
            for (const FaultRange& each : faults)
                told += each.count();
        });
        connect(&run, &VerifyRun::passed, this, [&](qint64 more) { passed += more; });
        QSignalSpy finished(&run, &VerifyRun::finished);
        run.verify();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(told >= 3);
        QVERIFY(passed > 0);
        qint64 all = 0;
        const auto store = openStore(path(), OpenMode::ReadOnly);
        QVERIFY((*store)->verify({}, {}, [&all](const StoreFault&) { ++all; }).ok());
        QCOMPARE(told + passed, all);
        QCOMPARE(run.faults(), all);
    }

    void theStoreMayBeClosedMeanwhile()
    {
        open();
        const std::unique_ptr<VerifyDialog> dialog(shown(*m_client));
        m_client->close();
        QTRY_VERIFY(!dialog->isRunning());
        QCOMPARE(summary(*dialog), QStringLiteral("The store was closed."));
        QVERIFY(!find<QPushButton>(*dialog, "verifyAgain").isEnabled());
        QVERIFY(!find<QPushButton>(*dialog, "verifyRepair").isEnabled());
    }
};

QTEST_MAIN(VerifyDialogTest)
#include "tst_verifydialog.moc"
