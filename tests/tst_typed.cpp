#include "support/samplestore.h"
#include "support/windowbench.h"
#include "support/workspacefolder.h"
#include "time/marks.h"
#include "time/marksfile.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/branch/eventdialog.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/domainpanel.h"
#include "ui/state/statepanel.h"
#include "ui/time/markspanel.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace eventloupe;

/// What is selected and typed and nowhere else yet, and comes back however the program ended.
class TestTyped : public QObject {
    Q_OBJECT

private slots:
    void whatIsTypedComesBack()
    {
        WorkspaceFolder folder;
        folder.write(u"events/ADDED.json"_qs, "{\"evolve\": {\"/sum\": \"data.n\"}}\n");
        folder.write(u"commands/ADD.json"_qs,
            "{\"stream\": \"a-1\", \"schema\": {\"type\": \"object\", \"properties\": "
            "{\"note\": {\"type\": \"string\"}}}, \"emit\": [{\"type\": \"ADDED\"}]}");
        WindowBench bench;
        QVERIFY(bench.open(folder.path()));
        auto* panel = bench.find<DomainPanel>("domainPanel");
        panel->openFile(u"events/ADDED.json"_qs);
        const auto page = [&bench] { return bench.window().findChild<DefinitionPage*>(); };
        QTRY_VERIFY(page()->isLoaded());
        page()->editor().insertPlainText(u"// "_qs);
        QTest::keyClicks(bench.find<QLineEdit>("field:/note"), u"unsent"_qs);
        bench.find<QLineEdit>("watchEdit")->setText(u"state.sum >"_qs);
        QTest::keyClicks(bench.find<QLineEdit>("filterEdit"), u"data.n >"_qs);
        // As after a kill, which a question would keep nobody from.
        bench.window().keepNow();
        bench.endWithoutClosing();
        folder.write(u"events/ADDED.json"_qs, "{\"evolve\": {\"/sum\": \"1\"}}\n");

        bench.start();
        QVERIFY(bench.open(folder.path()));
        QCOMPARE(bench.find<QLineEdit>("field:/note")->text(), u"unsent"_qs);
        QCOMPARE(bench.find<QLineEdit>("watchEdit")->text(), u"state.sum >"_qs);
        QCOMPARE(bench.find<QLineEdit>("filterEdit")->text(), u"data.n >"_qs);
        QVERIFY(page() != nullptr);
        QVERIFY(page()->text().startsWith(u"// {"_qs));
        QVERIFY(page()->isModified());
        // The file was changed meanwhile: that is told, and not written over.
        QTRY_VERIFY(bench.find<QPushButton>("keepMine")->isVisibleTo(page()));
    }

    void theSelectedFieldComesBack()
    {
        SampleStore sample(SampleStore::numbered(20));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto* state = bench.window().findChild<StatePanel*>();
        QTRY_VERIFY(!bench.find<QLabel>("stateTitle")->text().isEmpty());
        state->selectField("/n");
        QTRY_COMPARE(state->field(), QByteArray("/n"));
        bench.quit();
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_COMPARE(bench.window().findChild<StatePanel*>()->field(), QByteArray("/n"));
    }

    void anEventThatIsTypedComesBack()
    {
        SampleStore sample(SampleStore::numbered(20));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.cursor().moveTo(7);
        const auto dialog = [&bench] { return bench.window().findChild<EventDialog*>(); };
        for (auto* action : bench.window().findChildren<QAction*>()) {
            if (action->shortcut() == QKeySequence(Qt::Key_F4))
                action->trigger();
        }
        QTRY_VERIFY(dialog());
        auto* data = dialog()->findChild<QPlainTextEdit*>(u"eventData"_qs);
        data->setPlainText(u"{\"n\": 7, half"_qs);
        bench.window().keepNow();
        bench.endWithoutClosing();
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_VERIFY(dialog());
        data = dialog()->findChild<QPlainTextEdit*>(u"eventData"_qs);
        QCOMPARE(data->toPlainText(), u"{\"n\": 7, half"_qs);
        dialog()->reject();
        QTRY_VERIFY(!dialog());
        bench.quit();
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QVERIFY(!Session().place(sample.location()).others.contains(u"event"_qs));
    }

    void aNoteThatIsWrittenComesBack()
    {
        SampleStore sample(SampleStore::numbered(20));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        const auto panel = [&bench] { return bench.window().findChild<MarksPanel*>(); };
        bench.cursor().moveTo(5);
        for (auto* action : bench.window().findChildren<QAction*>()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M))
                action->trigger();
        }
        QTRY_VERIFY(panel()->noteDraft());
        panel()->typeNote(u"half a note"_qs);
        bench.window().keepNow();
        bench.endWithoutClosing();
        // So many that the file is read long after the window asks what the session knows.
        MarkMap marks;
        for (Position position = 1; position <= Position(mostMarks); ++position)
            marks.insert({ position, Mark { {}, Timestamp::now() } });
        QVERIFY(writeMarks(sample.location() + u".marks.json"_qs, marks));
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_VERIFY(bench.window().findChild<Marks*>()->isRead());
        QTRY_VERIFY(panel()->noteDraft());
        QCOMPARE(*panel()->noteDraft(), (std::pair<Position, QString>(5, u"half a note"_qs)));
    }

    void aBrokenSessionIsToldAlsoOnceAStoreIsOpen()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        bench.quit();
        QFile file(bench.configuration() + u"/session.json"_qs);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QVERIFY(file.write("{\"format\":") > 0);
        file.close();
        bench.start();
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY2(bar->message().contains(u"session.json.broken"_qs), qPrintable(bar->message()));
        QVERIFY(bench.open(sample.location()));
        QTRY_VERIFY(bar->message().contains(u"session.json.broken"_qs));
    }

    void aBrokenBranchIsSetAside()
    {
        SampleStore sample(SampleStore::numbered(20));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.workbench().parts().branch.skip({ 5 });
        QTRY_VERIFY(bench.workbench().parts().branch.overlay());
        bench.quit();
        const QDir branches(Session::folder() + u"/branches"_qs);
        const auto file = branches.filePath(branches.entryList({ u"*.json"_qs }).value(0));
        QVERIFY(QFile::resize(file, 30));
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QCOMPARE(bench.cursor().head(), 20);
        QVERIFY(QFile::exists(file + u".broken"_qs));
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY2(bar->message().contains(u".broken"_qs), qPrintable(bar->message()));
    }

    /// It may be there another time: here a folder stands in the way.
    void aBranchThatCannotBeReadNowIsLeftAsItIs()
    {
        SampleStore sample(SampleStore::numbered(20));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.workbench().parts().branch.skip({ 5 });
        QTRY_VERIFY(bench.workbench().parts().branch.overlay());
        bench.quit();
        const QDir branches(Session::folder() + u"/branches"_qs);
        const auto file = branches.filePath(branches.entryList({ u"*.json"_qs }).value(0));
        QVERIFY(QFile::rename(file, file + u".hidden"_qs));
        QVERIFY(QDir().mkdir(file));
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QCOMPARE(bench.cursor().head(), 20);
        auto* bar = bench.find<InfoBar>("infoBar");
        QVERIFY2(bar->message().contains(u"stays as it is"_qs), qPrintable(bar->message()));
        QVERIFY(QDir().rmdir(file));
        QVERIFY(QFile::rename(file + u".hidden"_qs, file));
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QByteArray before = kept.readAll();
        // Neither another branch nor its end changes it.
        bench.workbench().parts().branch.skip({ 7 });
        QTRY_VERIFY2(bar->message().contains(u"cannot be kept"_qs), qPrintable(bar->message()));
        bench.quit();
        QVERIFY(kept.seek(0));
        QCOMPARE(kept.readAll(), before);
        QVERIFY(QFile::exists(file));
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_COMPARE(bench.cursor().head(), 19);
    }
};

QTEST_MAIN(TestTyped)
#include "tst_typed.moc"
