#include "domain/storeworkspace.h"
#include "domain/workspaceloader.h"
#include "mask/masks.h"
#include "support/program.h"
#include "support/workspacefolder.h"
#include "value/storelocation.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <filesystem>

using namespace eventloupe;

/// What a store is opened with, by whatever name.
class StoreWorkspaceTest final : public QObject {
    Q_OBJECT

private:
    WorkspaceFolder m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    void link(const QString& to, const QString& name) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QVERIFY(QFile::link(to, path(name)));
    }

    static QByteArray masking(const char* store)
    {
        return json("{'store':'%','masks':[{'type':'CREATED','pointers':['/email']}]}")
            .replace('%', store);
    }

private slots:
    void initTestCase()
    {
        m_folder.write(u"ws/workspace.json"_qs, masking("s.eventlog"));
        m_folder.write(u"ws/s.eventlog"_qs, "x");
        m_folder.write(u"ws/else.eventlog"_qs, "x");
        link(u"s.eventlog"_qs, u"ws/alias.eventlog"_qs);
        link(path(u"ws/s.eventlog"_qs), u"bare/link.eventlog"_qs);
        // Links in another workspace's folder, one of them over a third one.
        m_folder.write(u"other/workspace.json"_qs, json("{'store':'own.eventlog'}"));
        link(u"../ws/s.eventlog"_qs, u"other/link.eventlog"_qs);
        link(u"../other/link.eventlog"_qs, u"third/link.eventlog"_qs);
        link(path(u"ws"_qs), u"folder"_qs);
        // A link that leads somewhere from where it lies, and not from where its folder is reached.
        link(u"../../../ws/s.eventlog"_qs, u"deep/a/links/e.eventlog"_qs);
        link(path(u"deep/a/links"_qs), u"home/dl"_qs);
        std::filesystem::create_hard_link(path(u"ws/s.eventlog"_qs).toStdString(),
            path(u"ws/hard.eventlog"_qs).toStdString());
        // A store that is a link itself.
        m_folder.write(u"linked/workspace.json"_qs, masking("named.eventlog"));
        m_folder.write(u"linked/target.eventlog"_qs, "x");
        link(u"target.eventlog"_qs, u"linked/named.eventlog"_qs);
        // What is chosen of a database, by the one who opens it or by the workspace.
        m_folder.write(u"db/workspace.json"_qs, masking("shop.db"));
        m_folder.write(u"db/shop.db"_qs, "x");
        m_folder.write(u"chosen/workspace.json"_qs, masking("shop.db#emmett-sqlite"));
        m_folder.write(u"chosen/shop.db"_qs, "x");
        m_folder.write(u"chosen/a#b.eventlog"_qs, "x");
        // Nobody knows what they mask.
        m_folder.write(u"broken/workspace.json"_qs, "{");
        m_folder.write(u"broken/s.eventlog"_qs, "x");
        link(u"../ws/s.eventlog"_qs, u"broken/link.eventlog"_qs);
        m_folder.write(u"odd/workspace.json"_qs, json("{'store':7,'masks':[{'pointers':['/a']}]}"));
        m_folder.write(u"odd/other.eventlog"_qs, "x");
    }

    void isFound_data()
    {
        QTest::addColumn<QString>("location");
        QTest::addColumn<QString>("folder"); ///< Of the workspace whose store it is.
        QTest::addColumn<QString>("store");
        QTest::addColumn<QString>("masks");
        const auto row = [](const char* location, const char* folder, const char* store) {
            QTest::newRow(location)
                << QString::fromLatin1(location) << QString::fromLatin1(folder)
                << QString::fromLatin1(store) << (*folder != '\0' ? u"its own"_qs : u"none"_qs);
        };
        row("ws/s.eventlog", "ws", "ws/s.eventlog");
        row("ws/../ws/s.eventlog", "ws", "ws/s.eventlog");
        row("ws/alias.eventlog", "ws", "ws/s.eventlog");
        row("bare/link.eventlog", "ws", "ws/s.eventlog");
        row("other/link.eventlog", "ws", "ws/s.eventlog");
        row("third/link.eventlog", "ws", "ws/s.eventlog");
        row("folder/s.eventlog", "folder", "folder/s.eventlog");
        row("home/dl/e.eventlog", "ws", "ws/s.eventlog");
        row("ws/hard.eventlog", "ws", "ws/s.eventlog");
        row("ws/else.eventlog", "", "ws/else.eventlog");
        row("linked/named.eventlog", "linked", "linked/named.eventlog");
        row("linked/target.eventlog", "linked", "linked/named.eventlog");
        row("db/shop.db", "db", "db/shop.db");
        row("db/shop.db#emmett-sqlite", "db", "db/shop.db#emmett-sqlite");
        row("chosen/shop.db", "chosen", "chosen/shop.db#emmett-sqlite");
        row("chosen/shop.db#other", "chosen", "chosen/shop.db#other");
        row("chosen/a#b.eventlog", "", "chosen/a#b.eventlog");
        const auto all = [](const char* location) {
            QTest::newRow(location) << QString::fromLatin1(location) << QString()
                                    << QString::fromLatin1(location) << u"everything"_qs;
        };
        all("broken/s.eventlog");
        all("broken/link.eventlog");
        all("odd/other.eventlog");
    }

    void isFound()
    {
        QFETCH(QString, location);
        QFETCH(QString, folder);
        QFETCH(QString, store);
        QFETCH(QString, masks);
        const auto found = workspaceOfStore(path(location), &Workspace::load);
        QCOMPARE(found.folder, folder.isEmpty() ? QString() : path(folder));
        QCOMPARE(QDir::cleanPath(found.store), path(store));
        const Masks& given = *found.workspace->masks();
        QCOMPARE(given.isEverything() ? u"everything"_qs
                : given.isEmpty()     ? u"none"_qs
                                      : u"its own"_qs,
            masks);
    }

    void aChoiceIsTakenOff()
    {
        QCOMPARE(withoutChoice(path(u"db/shop.db#x"_qs)), path(u"db/shop.db"_qs));
        QCOMPARE(withoutChoice(path(u"db#x"_qs)), path(u"db"_qs));
        QCOMPARE(withoutChoice(path(u"chosen/a#b.eventlog"_qs)), path(u"chosen/a#b.eventlog"_qs));
        QCOMPARE(withoutChoice(path(u"missing#b.eventlog"_qs)), path(u"missing#b.eventlog"_qs));
        QCOMPARE(withoutChoice(u"postgresql://host/shop#x"_qs), u"postgresql://host/shop"_qs);
    }

    /// In a store whose streams show events of others, a category's masks are everybody's.
    void masksAllOfLinkedStreams()
    {
        m_folder.write(u"links/workspace.json"_qs,
            json("{'masks':[{'category':'order','pointers':['/customer'],'metadata':['/ip']}]}"));
        m_folder.write(u"links/aggregates/order.json"_qs,
            json("{'category':'order','events':['PAID']}"));
        m_folder.write(u"links/events/PLACED.json"_qs, json("{'evolve':{'/who':'data.customer'}}"));
        const auto own = Workspace::load(path(u"links"_qs));
        QVERIFY(own.ok());
        QVERIFY((*own)->masks()->ofEvent(u"PLACED"_qs, u"$all"_qs).isEmpty());
        const auto all = WorkspaceLoader::forLinkedStreams(*own);
        const Masks& masks = *all->masks();
        QVERIFY(masks.ofEvent(u"PLACED"_qs, u"$all"_qs).data.touches({ "customer" }));
        QVERIFY(masks.ofEvent(u"PLACED"_qs, u"$all"_qs).metadata.touches({ "ip" }));
        QVERIFY(masks.ofState(u"$all"_qs).touches({ "customer" }));
        // As a stream that links to it folds it.
        QVERIFY(masks.ofState(u"$all"_qs).touches({ "who" }));
        QVERIFY(masks.hidesFailuresOf(u"$all"_qs));
        QCOMPARE(masks.count(), (*own)->masks()->count());
        const auto plain = Workspace::load(path(u"ws"_qs));
        QCOMPARE(WorkspaceLoader::forLinkedStreams(*plain), *plain);
    }
};

QTEST_GUILESS_MAIN(StoreWorkspaceTest)
#include "tst_storeworkspace.moc"
