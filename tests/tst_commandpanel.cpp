#include "command/commandhandler.h"
#include "store/openstore.h"
#include "time/timecursor.h"
#include "ui/command/commandpanel.h"
#include "ui/command/schemaform.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

constexpr int patience = 10000;

/// A workspace, its store and the panel over both, as the window has them.
class Bench {
public:
    Bench()
        : handler(client)
        , panel(handler, cursor)
    {
        writeWorkspace();
        QObject::connect(&client, &StoreClient::headChanged, &cursor, &TimeCursor::setHead);
        panel.resize(1000, 300);
        panel.show();
    }

    bool open()
    {
        QSignalSpy opened(&client, &StoreClient::opened);
        client.open(storeFile(), OpenMode::Create);
        if (!opened.wait(patience))
            return false;
        const auto workspace = Workspace::load(folder.path());
        if (!workspace || !(*workspace)->problems().isEmpty())
            return false;
        handler.setWorkspace(*workspace);
        panel.setStore(true, client.readOnlyReason());
        return true;
    }

    [[nodiscard]] QString storeFile() const { return folder.filePath(u"events.eventlog"_qs); }

    template <class T> T* find(const char* name)
    {
        auto* widget = panel.findChild<T*>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    void type(const char* name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    QString text(const char* name) { return find<QLineEdit>(name)->text(); }
    QString message()
    {
        auto* label = find<QLabel>("formMessage");
        return label->isVisible() ? label->text() : QString();
    }
    QString preview() { return find<QPlainTextEdit>("previewView")->toPlainText(); }
    QString offer()
    {
        auto* button = find<QPushButton>("formOffer");
        return button->isVisible() ? button->text() : QString();
    }
    void press(const char* name) { find<QPushButton>(name)->click(); }

    bool createUser(const QString& id, const QString& name)
    {
        panel.selectCommand(u"CREATE_USER"_qs);
        type("field:/userId", id);
        type("field:/name", name);
        press("issueButton");
        return QTest::qWaitFor([&] { return message().contains(u"stored as"); }, patience);
    }

    /// Appends behind the panel's back, as another process does.
    bool appendElsewhere(const QString& stream, const QByteArray& data)
    {
        auto store = openStore(storeFile(), OpenMode::ReadWrite);
        if (!store)
            return false;
        NewEvent event { u"USER_RENAMED"_qs, data, "{}", Timestamp::now(), {} };
        const auto outcome = (*store)->append({ stream, ExpectedVersion::any(), { event } });
        return outcome && std::holds_alternative<Appended>(*outcome);
    }

    QList<Event> log()
    {
        auto store = openStore(storeFile(), OpenMode::ReadOnly);
        if (!store)
            return {};
        const auto events = (*store)->readLog(1, 100);
        return events ? *events : QList<Event>();
    }

    QTemporaryDir folder;
    StoreClient client;
    TimeCursor cursor;
    CommandHandler handler;
    CommandPanel panel;

private:
    void write(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(QFileInfo(folder.filePath(name)).path());
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the workspace");
    }
    void writeWorkspace() const
    {
        write(u"workspace.json"_qs, R"({"name":"Test","store":"events.eventlog",
            "commands":["CREATE_USER","RENAME_USER","DIVIDE","STAMP","NOTE"]})");
        const QByteArray stamped
            = R"x(,"schema":{"type":"object","properties":{"by":{"type":"integer"}},
            "required":["by"]},"emit":[{"type":"STAMPED","data":{"at":"now","key":"uuid()","n":"version"}}]})x";
        write(u"commands/STAMP.json"_qs, R"({"stream":"number-1","onConflict":"retry")" + stamped);
        write(u"commands/NOTE.json"_qs, R"({"stream":"number-1")" + stamped);
        write(u"commands/DIVIDE.json"_qs, R"({"title":"Divide","stream":"number-1",
            "schema":{"type":"object","properties":{"by":{"type":"integer"}},"required":["by"]},
            "emit":[{"type":"DIVIDED","data":{"result":"1 / data.by"}}]})");
        write(u"commands/CREATE_USER.json"_qs, R"({"title":"Create user","description":"A new one",
            "stream":"user-{data.userId}","schema":{"type":"object","properties":{
              "userId":{"type":"string"},"name":{"type":"string","minLength":2},
              "age":{"type":"integer"}},
              "required":["userId","name"]},
            "require":[{"that":"!exists","message":"user {data.userId} exists already"}],
            "emit":[{"type":"USER_CREATED","data":"data"}]})");
        write(u"commands/RENAME_USER.json"_qs, R"({"title":"Rename user",
            "stream":"user-{data.userId}","schema":{"type":"object","properties":{
              "userId":{"type":"string"},"name":{"type":"string"}},
              "required":["userId","name"]},
            "require":[{"that":"exists","message":"there is no user {data.userId}"}],
            "emit":[{"type":"USER_RENAMED","data":{"name":"data.name"}}]})");
    }
};

} // namespace

class TestCommandPanel : public QObject {
    Q_OBJECT

private slots:
    void emptyStatesSayWhatToDo()
    {
        Bench bench;
        auto* empty = bench.find<QLabel>("commandEmpty");
        QVERIFY(empty->isVisible());
        QVERIFY(empty->text().contains(u"No store is open"));
        bench.panel.setStore(true);
        QVERIFY(empty->text().contains(u"workspace"));
        QVERIFY(bench.open());
        QVERIFY(!empty->isVisible());
        bench.panel.setStore(true, u"the folder cannot be written"_qs);
        QVERIFY(empty->isVisible());
        QVERIFY(empty->text().contains(u"the folder cannot be written"));
    }

    void acceptedCommandIsStoredAndTheFormIsCleared()
    {
        Bench bench;
        QVERIFY(bench.open());
        QSignalSpy issued(&bench.panel, &CommandPanel::issued);
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        QVERIFY2(bench.message().contains(u"USER_CREATED stored as #1, user-42 is at version 1"),
            qPrintable(bench.message()));
        QCOMPARE(issued.value(0).value(0).toString(), u"user-42"_qs);
        QCOMPARE(bench.text("field:/name"), QString());
        QCOMPARE(bench.log().size(), 1);
        QCOMPARE(bench.log().at(0).data, R"({"userId":"42","name":"Ada"})");
        QCOMPARE(bench.offer(), u"Use these values again"_qs);
        bench.press("formOffer");
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
    }

    void previewIsWhatIsAppended()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.type("field:/age", u"36"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.preview().startsWith(u"1 event for user-42 at version 1: USER_CREATED\n"),
            patience);
        auto shown = bench.preview().section(u'\n', 1);
        bench.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.panel));
        auto* age = bench.find<QLineEdit>("field:/age");
        age->setFocus();
        QTest::keyClick(age, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as"), patience);
        shown.remove(u' ').remove(u'\n');
        QCOMPARE(shown.toUtf8(), bench.log().at(0).data);
    }

    void invalidDataIsNotIssuedAndSaysWhy()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/name", u"A"_qs);
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"Not issued"));
        QVERIFY(bench.find<QLabel>("reason:/userId")->isVisible());
        QVERIFY(bench.find<QLabel>("reason:/name")->isVisible());
        QCOMPARE(bench.preview(), QString());
        QCOMPARE(bench.log().size(), 0);
    }

    void rejectionShowsTheGuardAndKeepsWhatWasTyped()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Bob"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.preview().contains(u"Would be rejected: user 42 exists already"), patience);
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"Rejected: user 42 exists already"), patience);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        QCOMPARE(bench.text("field:/name"), u"Bob"_qs);
        QCOMPARE(bench.log().size(), 1);
    }

    void conflictSaysWhatHappenedAndDecidesAgain()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada King"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"at version 2"), patience);
        // The poll would show the other writer's event first; it is not to be faster than we are.
        QObject::disconnect(&bench.client, &StoreClient::headChanged, &bench.cursor, nullptr);
        QVERIFY(bench.appendElsewhere(u"user-42"_qs, R"({"name":"Countess"})"));
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"user-42 is at version 2 now, this was decided on version 1"),
            patience);
        QCOMPARE(bench.offer(), u"Decide again"_qs);
        QCOMPARE(bench.text("field:/name"), u"Ada King"_qs);
        bench.press("formOffer");
        QTRY_VERIFY_WITH_TIMEOUT(
            bench.message().contains(u"USER_RENAMED stored as #3, user-42 is at version 3"),
            patience);
        QCOMPARE(bench.log().size(), 3);
    }

    void appendsWhatThePreviewShows()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"NOTE"_qs);
        bench.type("field:/by", u"1"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"STAMPED"), patience);
        const auto shown = bench.preview();
        QTest::qWait(20); // Another moment.
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #1"), patience);
        const auto stored = bench.log().first();
        const auto data = QJsonDocument::fromJson(stored.data).object();
        QVERIFY2(shown.contains(data.value(u"at").toString()), qPrintable(shown));
        QVERIFY2(shown.contains(data.value(u"key").toString()), qPrintable(shown));
        const auto metadata = QJsonDocument::fromJson(stored.metadata).object();
        QVERIFY(!metadata.value(u"actor").toString().isEmpty());
        QVERIFY(!metadata.value(u"correlationId").toString().isEmpty());
        QVERIFY(!metadata.value(u"causationId").toString().isEmpty());
    }

    void retriesWithoutAskingWhereTheCommandMay()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"STAMP"_qs);
        bench.type("field:/by", u"1"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"at version 1"), patience);
        QVERIFY(bench.appendElsewhere(u"number-1"_qs, "{}"));
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #2"), patience);
        QCOMPARE(QJsonDocument::fromJson(bench.log().last().data).object().value(u"n").toInt(), 1);
    }

    void fromThePastItAsksFirst()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"1"_qs, u"Ada"_qs));
        QVERIFY(bench.createUser(u"2"_qs, u"Bob"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(bench.cursor.head(), Position(2), patience);
        bench.cursor.moveTo(1);
        auto* notice = bench.find<QLabel>("pastNotice");
        QVERIFY(notice->isVisible());
        QVERIFY(notice->text().contains(u"The window shows #1"));
        QVERIFY(notice->text().contains(u"at the head (#2)"));
        bench.type("field:/userId", u"3"_qs);
        bench.type("field:/name", u"Cy"_qs);
        bench.press("issueButton");
        QCOMPARE(bench.offer(), u"Issue at the head"_qs);
        // One button asks for one thing.
        QVERIFY(!bench.find<QPushButton>("issueButton")->isVisible());
        QTest::qWait(100);
        QCOMPARE(bench.log().size(), 2);
        bench.press("formOffer");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as #3"), patience);
        bench.cursor.moveToHead();
        QVERIFY(!notice->isVisible());
        QVERIFY(bench.find<QPushButton>("issueButton")->isVisible());
    }

    void whatIsSaidOfFieldsGoesWithThem()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"⚠"));
        bench.panel.findChild<SchemaForm*>()->editAsJson()->trigger();
        QCOMPARE(bench.message(), QString());
        bench.press("issueButton");
        QVERIFY(bench.message().contains(u"JSON"));
    }

    void shownStreamPrefillsUnlessTyped()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.setPrefill(u"user-42"_qs);
        QCOMPARE(bench.text("field:/userId"), QString()); // CREATE_USER begins a stream.
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        bench.panel.setPrefill(u"order-7"_qs);
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        bench.panel.setPrefill(u"user-a-b"_qs);
        QCOMPARE(bench.text("field:/userId"), u"a-b"_qs);
        bench.type("field:/userId", u"9"_qs);
        bench.panel.setPrefill(u"user-43"_qs);
        QCOMPARE(bench.text("field:/userId"), u"9"_qs);
    }

    void draftComesBackForEachCommand()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/name", u"Ada"_qs);
        bench.type("field:/age", u"many"_qs);
        bench.panel.selectCommand(u"RENAME_USER"_qs);
        bench.type("field:/name", u"Bob"_qs);
        const auto draft = bench.panel.saveDraft();

        Bench next;
        next.panel.restoreDraft(draft);
        QVERIFY(next.open());
        QCOMPARE(next.find<QComboBox>("commandCombo")->currentText(), u"Rename user"_qs);
        QCOMPARE(next.text("field:/name"), u"Bob"_qs);
        next.panel.selectCommand(u"CREATE_USER"_qs);
        QCOMPARE(next.text("field:/name"), u"Ada"_qs);
        QCOMPARE(next.text("field:/age"), u"many"_qs);
        next.panel.restoreDraft("not json");
        QCOMPARE(next.text("field:/name"), u"Ada"_qs);
        // Another store, in which nothing was typed yet.
        next.panel.restoreDraft({});
        QCOMPARE(next.text("field:/name"), QString());
        next.panel.selectCommand(u"RENAME_USER"_qs);
        QCOMPARE(next.text("field:/name"), QString());
    }

    void failureIsToldAtTheForm()
    {
        Bench bench;
        QVERIFY(bench.open());
        CommandRequest request;
        request.name = u"NO_SUCH"_qs;
        QSignalSpy failed(&bench.handler, &CommandHandler::failed);
        bench.handler.issue(request);
        QVERIFY(failed.wait(patience));
        QCOMPARE(bench.message(), QString()); // Not the panel's own.
        bench.panel.selectCommand(u"DIVIDE"_qs);
        bench.type("field:/by", u"0"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.preview().contains(u"No preview"), patience);
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"Not issued"), patience);
        QCOMPARE(bench.text("field:/by"), u"0"_qs);
        QVERIFY(bench.find<QPushButton>("issueButton")->isEnabled());
    }

    void otherStoreFreesTheForm()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.type("field:/userId", u"42"_qs);
        bench.type("field:/name", u"Ada"_qs);
        bench.press("issueButton");
        bench.client.close();
        bench.panel.setStore(false);
        QVERIFY(bench.find<QLabel>("commandEmpty")->isVisible());
        QVERIFY(bench.open());
        QVERIFY(bench.find<QPushButton>("issueButton")->isEnabled());
        QCOMPARE(bench.text("field:/name"), u"Ada"_qs);
    }

    void payloadIsNeverMarkup()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"<b>x</b>"_qs, u"Ada"_qs));
        auto* label = bench.find<QLabel>("formMessage");
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(label->text().contains(u"user-<b>x</b>"));
    }
};

QTEST_MAIN(TestCommandPanel)
#include "tst_commandpanel.moc"
