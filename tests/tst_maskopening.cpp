#include "support/program.h"
#include "support/windowbench.h"

#include "foreign/foreignstores.h"
#include "mask/masks.h"
#include "store/openstore.h"
#include "store/storeclient.h"
#include "support/workspacefolder.h"
#include "ui/foreign/storechoicedialog.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

/// What the window opens by whatever name has its workspace's masks.
class MaskOpeningTest final : public QObject {
    Q_OBJECT

private:
    WorkspaceFolder m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Of what is open, once it is.
    static qsizetype masksOf(WindowBench& bench, const QString& location)
    {
        return bench.open(location) ? bench.workbench().parts().client.masks()->count() : -1;
    }

private slots:
    void initTestCase()
    {
        addForeignStores();
        m_folder.write(
            u"ws/workspace.json"_qs, json("{'store':'s.eventlog','masks':[{'pointers':['/a']}]}"));
        QVERIFY(openStore(path(u"ws/s.eventlog"_qs), OpenMode::Create).ok());
        QVERIFY(QFile::link(u"s.eventlog"_qs, path(u"ws/alias.eventlog"_qs)));
        m_folder.write(u"other/workspace.json"_qs, "{}");
        QVERIFY(QFile::link(u"../ws/s.eventlog"_qs, path(u"other/link.eventlog"_qs)));
        m_folder.write(u"linked/workspace.json"_qs,
            json("{'store':'named.eventlog','masks':[{'pointers':['/a']}]}"));
        QVERIFY(openStore(path(u"linked/target.eventlog"_qs), OpenMode::Create).ok());
        QVERIFY(QFile::link(u"target.eventlog"_qs, path(u"linked/named.eventlog"_qs)));
    }

    void hasMasks_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("ws/s.eventlog") << u"ws"_qs;
        QTest::newRow("ws/workspace.json") << u"ws"_qs;
        QTest::newRow("ws/alias.eventlog") << u"ws"_qs;
        QTest::newRow("other/link.eventlog") << u"ws"_qs;
        QTest::newRow("linked/target.eventlog") << u"linked"_qs;
    }

    void hasMasks()
    {
        QFETCH(QString, folder);
        WindowBench bench;
        QCOMPARE(masksOf(bench, path(QString::fromLatin1(QTest::currentDataTag()))), 1);
        QCOMPARE(bench.workbench().location(), path(folder));
    }

    /// A workspace's store that is made by its name is the workspace's.
    void hasMasksWhereItIsMade()
    {
        m_folder.write(u"new/workspace.json"_qs,
            json("{'store':'made.eventlog','masks':[{'pointers':['/a']}]}"));
        WindowBench bench;
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        bench.workbench().createStore(path(u"new/made.eventlog"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, WindowBench::patience);
        QCOMPARE(bench.workbench().parts().client.masks()->count(), 1);
        QVERIFY(QFile::exists(path(u"new/made.eventlog"_qs)));
    }

    void hasMasksWithAChosenProfile()
    {
        const QString from = QStringLiteral(EVENTLOUPE_SHARED "/stores/emmett-sqlite.db");
        m_folder.write(u"fw/workspace.json"_qs,
            json("{'store':'shop.db','masks':[{'pointers':['/a']}]}"));
        if (!QFile::copy(from, path(u"fw/shop.db"_qs)))
            QSKIP("no databases of other libraries here");
        for (const auto& name : { u"fw/shop.db#emmett-sqlite"_qs, u"fw#emmett-sqlite"_qs }) {
            WindowBench bench;
            QCOMPARE(masksOf(bench, path(name)), 1);
            // It is opened so again at the next start.
            QCOMPARE(bench.workbench().location(), path(u"fw#emmett-sqlite"_qs));
            QVERIFY(bench.workbench().parts().client.location().endsWith(u"shop.db#emmett-sqlite"));
        }
    }

    /// The answer to what a database is opens it in the workspace whose store it is, wherever it
    /// lies.
    void opensAChosenStoreInItsWorkspace()
    {
        RecognisedStores found;
        RecognisedStore store;
        store.profile.name = u"emmett-sqlite"_qs;
        store.profile.tables.resize(1);
        store.tables.resize(1);
        found.stores.push_back(store);
        WindowBench bench;
        const auto chosen = [&](const QString& workspace) {
            QSignalSpy asked(&bench.window(), &MainWindow::openAsked);
            bench.window().showChoice(u"/data/shop.db"_qs, workspace,
                std::make_shared<const RecognisedStores>(found), false);
            auto* dialog = bench.window().findChild<StoreChoiceDialog*>();
            dialog->accept();
            const QString location = asked.value(0).value(0).toString();
            delete dialog;
            return location;
        };
        QCOMPARE(chosen(u"/home/ws"_qs), u"/home/ws#emmett-sqlite"_qs);
        QCOMPARE(chosen({}), u"/data/shop.db#emmett-sqlite"_qs);
    }

    void masksLinkedStreams()
    {
        m_folder.write(u"rails/workspace.json"_qs,
            json("{'store':'shop.db','masks':[{'category':'Ordering::Order','pointers':['/"
                 "customer']}]}"));
        if (!QFile::copy(QStringLiteral(EVENTLOUPE_SHARED "/stores/rails-event-store.db"),
                path(u"rails/shop.db"_qs)))
            QSKIP("no databases of other libraries here");
        WindowBench bench;
        QCOMPARE(masksOf(bench, path(u"rails"_qs)), 1);
        const auto isMasked = [&bench] {
            return bench.workbench()
                .parts()
                .client.masks()
                ->ofState(u"$all"_qs)
                .touches({ "customer" });
        };
        QVERIFY(isMasked());
        m_folder.write(u"rails/workspace.json"_qs,
            json("{'store':'shop.db','masks':[{'category':'Ordering::Order','pointers':['/"
                 "customer']},{'pointers':['/b']}]}"));
        bench.workbench().lookForChanges();
        QTRY_COMPARE_WITH_TIMEOUT(
            bench.workbench().parts().client.masks()->count(), 2, WindowBench::patience);
        QVERIFY(isMasked());
    }
};

QTEST_MAIN(MaskOpeningTest)
#include "tst_maskopening.moc"
