#include "domain/definitionwriter.h"
#include "domain/workspacereloader.h"
#include "domain/workspacewatcher.h"
#include "support/workspacefolder.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

/// Definitions that are written while they are in use.
class TestWorkspaceReloader : public QObject {
    Q_OBJECT

private slots:
    void aBrokenFileKeepsItsLastGoodDefinition()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "{\"title\": \"first\"}");
        folder.write(u"events/B.json"_qs, "{\"title\": \"old\"}");
        WorkspaceReloader reloader(folder.path());
        QCOMPARE(reloader.load()->kept, QStringList());

        folder.write(u"events/A.json"_qs, "{\"title\": \"sec");
        folder.write(u"events/B.json"_qs, "{\"title\": \"new\"}");
        const auto loaded = reloader.load();
        QVERIFY(loaded.ok());
        QVERIFY(loaded->isNew);
        QCOMPARE(loaded->kept, QStringList(u"events/A.json"_qs));
        QCOMPARE(loaded->workspace->event(u"A"_qs)->title, u"first"_qs);
        QCOMPARE(loaded->workspace->event(u"B"_qs)->title, u"new"_qs);
        QCOMPARE(loaded->workspace->problems().size(), 1);
        QCOMPARE(loaded->workspace->problems().first().file, u"events/A.json"_qs);

        folder.write(u"events/A.json"_qs, "{\"title\": \"second\"}");
        QCOMPARE(reloader.load()->workspace->event(u"A"_qs)->title, u"second"_qs);
        QVERIFY(reloader.load()->workspace->problems().isEmpty());
    }

    void aFileThatIsGoneIsGone()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "{}");
        WorkspaceReloader reloader(folder.path());
        QVERIFY(reloader.load()->workspace->event(u"A"_qs));
        QVERIFY(QFile::remove(folder.filePath(u"events/A.json"_qs)));
        QVERIFY(!reloader.load()->workspace->event(u"A"_qs));
    }

    void aFileThatOthersNeedStaysWhenItIsGone_data()
    {
        QTest::addColumn<bool>("isRenamed");
        QTest::newRow("renamed") << true;
        QTest::newRow("removed") << false;
    }
    void aFileThatOthersNeedStaysWhenItIsGone()
    {
        QFETCH(bool, isRenamed);
        WorkspaceFolder folder;
        folder.write(u"events/ADDED.json"_qs, "{\"title\": \"the event\"}");
        folder.write(u"events/UNUSED.json"_qs, "{}");
        // Beside which a type that is not defined is taken for a slip.
        folder.write(u"events/ADDER.json"_qs, "{}");
        folder.write(u"aggregates/a.json"_qs, "{\"events\": [\"ADDED\"]}");
        folder.write(u"commands/DO.json"_qs,
            "{\"stream\": \"a-1\", \"schema\": {}, \"emit\": [{\"type\": \"ADDED\"}]}");
        WorkspaceReloader reloader(folder.path());
        const auto first = reloader.load();
        QVERIFY(first->workspace->problems().isEmpty());

        QVERIFY(QFile::remove(folder.filePath(u"events/UNUSED.json"_qs)));
        const QString name = folder.filePath(u"events/ADDED.json"_qs);
        QVERIFY(isRenamed ? QFile::rename(name, folder.filePath(u"events/ADDEDS.json"_qs))
                          : QFile::remove(name));
        for (int i = 0; i < 2; ++i) {
            const auto loaded = reloader.load();
            QVERIFY(loaded.ok());
            QCOMPARE(loaded->kept, QStringList(u"events/ADDED.json"_qs));
            QCOMPARE(loaded->workspace->event(u"ADDED"_qs)->title, u"the event"_qs);
            QVERIFY(loaded->workspace->command(u"DO"_qs));
            QVERIFY(loaded->workspace->aggregate(u"a"_qs));
            QVERIFY(!loaded->workspace->event(u"UNUSED"_qs));
            QCOMPARE(loaded->workspace->event(u"ADDEDS"_qs) != nullptr, isRenamed);
            // Of the files as they are.
            QCOMPARE(loaded->workspace->problems().size(), 2);
        }
        // Nothing needs it any more.
        QVERIFY(QFile::remove(folder.filePath(u"commands/DO.json"_qs)));
        QVERIFY(QFile::remove(folder.filePath(u"aggregates/a.json"_qs)));
        const auto last = reloader.load();
        QVERIFY(last->kept.isEmpty());
        QVERIFY(!last->workspace->event(u"ADDED"_qs));
    }

    void aFileThatNothingCanMendIsNotKept()
    {
        WorkspaceFolder folder;
        folder.write(u"events/a.json"_qs, "{\"type\": \"ADDED\"}");
        folder.write(u"aggregates/a.json"_qs, "{\"events\": [\"ADDED\"]}");
        WorkspaceReloader reloader(folder.path());
        QVERIFY(reloader.load()->workspace->aggregate(u"a"_qs));
        folder.write(u"events/a.json"_qs, "{\"type\": \"ADDEDS\"}");
        const auto loaded = reloader.load();
        QVERIFY(loaded->kept.isEmpty());
        QVERIFY(!loaded->workspace->aggregate(u"a"_qs));
        QCOMPARE(loaded->workspace->problems().size(), 1);
    }

    void settingsThatAreGoneKeepTheirs()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, "{\"name\": \"Shop\"}");
        WorkspaceReloader reloader(folder.path());
        QVERIFY(reloader.load().ok());
        QVERIFY(QFile::remove(folder.filePath(u"workspace.json"_qs)));
        folder.write(u"events/A.json"_qs, "{}");
        const auto loaded = reloader.load();
        QVERIFY(loaded.ok());
        QVERIFY(loaded->isNew);
        QCOMPARE(loaded->workspace->name(), u"Shop"_qs);
        QVERIFY(loaded->workspace->event(u"A"_qs));
        QCOMPARE(loaded->kept, QStringList(u"workspace.json"_qs));
        QCOMPARE(loaded->workspace->problems().first().file, u"workspace.json"_qs);
        folder.write(u"workspace.json"_qs, "{\"name\": \"New\"}");
        QCOMPARE(reloader.load()->workspace->name(), u"New"_qs);
        QVERIFY(reloader.load()->kept.isEmpty());
    }

    void brokenSettingsKeepTheirs()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, "{\"name\": \"Shop\"}");
        WorkspaceReloader reloader(folder.path());
        QCOMPARE(reloader.load()->workspace->name(), u"Shop"_qs);
        folder.write(u"workspace.json"_qs, "{\"name\": ");
        folder.write(u"events/A.json"_qs, "{}");
        const auto loaded = reloader.load();
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->workspace->name(), u"Shop"_qs);
        QVERIFY(loaded->workspace->event(u"A"_qs));
        QCOMPARE(loaded->workspace->problems().size(), 1);
        QCOMPARE(loaded->workspace->problems().first().file, u"workspace.json"_qs);
    }

    void whatWasNeverGoodIsNotKept()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "[");
        WorkspaceReloader reloader(folder.path());
        const auto loaded = reloader.load();
        QVERIFY(loaded->kept.isEmpty());
        QVERIFY(!loaded->workspace->event(u"A"_qs));
        folder.write(u"workspace.json"_qs, "[");
        QVERIFY(!WorkspaceReloader(folder.path()).load().ok());
    }

    void theSameTextsAreNotNew()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "{}");
        WorkspaceReloader reloader(folder.path());
        QVERIFY(reloader.load()->isNew);
        QVERIFY(!reloader.load()->isNew);
        folder.write(u"events/A.json"_qs, "{} ");
        QVERIFY(reloader.load()->isNew);
    }

    void unsavedTextsStandInForFiles()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "{\"title\": \"file\"}");
        DefinitionTexts texts(
            folder.path(), { { u"events/A.json"_qs, "{}" }, { u"events/B.json"_qs, "{}" } });
        QCOMPARE(
            texts.files(u"events"_qs), QStringList({ u"events/A.json"_qs, u"events/B.json"_qs }));
        QCOMPARE(*texts.read(u"events/A.json"_qs), QByteArray("{}"));
        QVERIFY(!texts.read(u"events/C.json"_qs).ok());
    }

    void aLinkedFolderIsNotFollowed()
    {
        WorkspaceFolder folder;
        QTemporaryDir elsewhere;
        QVERIFY(QFile::link(elsewhere.path(), folder.filePath(u"events"_qs)));
        const auto made = createDefinition(folder.path(), u"events/A.json"_qs, "{}");
        QVERIFY(!made.ok());
        QVERIFY(made.error().message.contains(folder.filePath(u"events"_qs) + u" is a link"_qs));
        QVERIFY(!QFile::exists(elsewhere.filePath(u"A.json"_qs)));

        QFile file(elsewhere.filePath(u"A.json"_qs));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write("{}"), 2);
        file.close();
        QVERIFY(!saveDefinition(folder.path(), u"events/A.json"_qs, "{ }", "{}").ok());
        QCOMPARE(QFileInfo(file).size(), 2);
        const auto read = DefinitionTexts(folder.path()).read(u"events/A.json"_qs);
        QVERIFY(!read.ok());
        QVERIFY(read.error().message.contains(u"the folder events is a link"_qs));
        // The folder of the workspace itself may be one.
        QTemporaryDir links;
        QVERIFY(QFile::link(folder.path(), links.filePath(u"d"_qs)));
        QVERIFY(createDefinition(links.filePath(u"d"_qs), u"commands/A.json"_qs, "{}").ok());
    }

    void filesThatAreReferredToAreWatched()
    {
        WorkspaceFolder folder;
        folder.write(u"schemas/v1/money.schema"_qs, "{\"type\": \"integer\"}");
        folder.write(u"events/A.json"_qs,
            "{\"schema\": {\"properties\": {\"sum\": {\"$ref\": "
            "\"../schemas/v1/money.schema\"}, \"tax\": {\"$ref\": \"../schemas/v1/tax\"}}}}");
        WorkspaceReloader reloader(folder.path());
        const auto loaded = reloader.load();
        QCOMPARE(loaded->referred.count(u"schemas/v1/money.schema"_qs), 1);

        WorkspaceWatcher watcher;
        QSignalSpy changed(&watcher, &WorkspaceWatcher::changed);
        watcher.watch(folder.path());
        watcher.watchReferred({ u"schemas/v1/money.schema"_qs, u"schemas/v1/tax"_qs });
        QTRY_VERIFY(changed.count() > 0);
        QTest::qWait(2 * WorkspaceWatcher::interval);
        auto count = changed.count();
        folder.write(u"schemas/v1/money.schema"_qs, "{\"type\": \"string\"}");
        QTRY_VERIFY(changed.count() > count);
        QTest::qWait(2 * WorkspaceWatcher::interval);
        count = changed.count();
        folder.write(u"schemas/v1/tax"_qs, "{}");
        QTRY_VERIFY(changed.count() > count);
    }

    void watchingTellsOfEveryKindOfChange()
    {
        WorkspaceFolder folder;
        folder.write(u"events/A.json"_qs, "{}");
        WorkspaceWatcher watcher;
        QSignalSpy changed(&watcher, &WorkspaceWatcher::changed);
        watcher.watch(folder.path());
        QTRY_COMPARE(changed.count(), 1);
        // Written in place, made, replaced by a rename, removed.
        folder.write(u"events/A.json"_qs, "{ }");
        QTRY_COMPARE(changed.count(), 2);
        folder.write(u"commands/B.json"_qs, "{}");
        QTRY_VERIFY(changed.count() > 2);
        QTest::qWait(2 * WorkspaceWatcher::interval);
        auto count = changed.count();
        folder.write(u"events/A.json.part"_qs, "{   }");
        QVERIFY(QFile::remove(folder.filePath(u"events/A.json"_qs)));
        QVERIFY(QFile::rename(
            folder.filePath(u"events/A.json.part"_qs), folder.filePath(u"events/A.json"_qs)));
        QTRY_VERIFY(changed.count() > count);
        QTest::qWait(2 * WorkspaceWatcher::interval);
        count = changed.count();
        QVERIFY(QFile::remove(folder.filePath(u"commands/B.json"_qs)));
        QTRY_VERIFY(changed.count() > count);
        watcher.watch({});
        QTest::qWait(2 * WorkspaceWatcher::interval);
        count = changed.count();
        folder.write(u"events/A.json"_qs, "{\"title\": \"x\"}");
        QTest::qWait(2 * WorkspaceWatcher::interval);
        QCOMPARE(changed.count(), count);
    }
};

QTEST_GUILESS_MAIN(TestWorkspaceReloader)
#include "tst_workspacereloader.moc"
