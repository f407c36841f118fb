#include "domain/workspace.h"
#include "domain/workspaceloader.h"
#include "support/workspacefolder.h"

#include <QtTest>

#include <sys/stat.h>

using namespace eventloupe;

class tst_Workspace : public QObject {
    Q_OBJECT

private slots:
    void needsItsFolderAndSettings();
    void canBeCancelled();
    void namesThePlaceInBrokenSettings();
    void fillsInWhatSettingsLeaveOut();
    void takesUrisAsTheyAre();
    void refusesAPassword();
    void readsDefinitions();
    void ordersCommands();
    void disablesWhatIsBroken_data();
    void disablesWhatIsBroken();
    void keepsWhatIsGood();
    void refusesOddFiles();
    void refusesTheSameTypeTwice();
    void refusesEmissionsThatNothingEvolves();
};

void tst_Workspace::needsItsFolderAndSettings()
{
    const auto none = Workspace::load(QStringLiteral("/does/not/exist"));
    QVERIFY(!none.ok());
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    QVERIFY(none.error().message.contains(QStringLiteral("/does/not/exist")));

    QTemporaryDir empty;
    const auto plain = Workspace::load(empty.path());
    QVERIFY(!plain.ok());
    QVERIFY(plain.error().message.contains(QStringLiteral("eventloupe init")));
}

void tst_Workspace::canBeCancelled()
{
    const WorkspaceFolder folder;
    DefinitionTexts texts(folder.path());
    const CancelToken cancel;
    QVERIFY(WorkspaceLoader(texts, cancel).load().ok());
    cancel.cancel();
    QCOMPARE(WorkspaceLoader(texts, cancel).load().error().code, ErrorCode::Cancelled);
}

void tst_Workspace::namesThePlaceInBrokenSettings()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), "{\n  \"name\": \"a\",\n  \"store\" 1\n}");
    const auto workspace = Workspace::load(folder.path());
    QVERIFY(!workspace.ok());
    QVERIFY2(workspace.error().message.contains(QStringLiteral("workspace.json:3:11: is not JSON")),
        qPrintable(workspace.error().message));
}

void tst_Workspace::fillsInWhatSettingsLeaveOut()
{
    const WorkspaceFolder folder;
    const auto workspace = folder.load();
    QVERIFY(workspace);
    QCOMPARE(workspace->name(), QFileInfo(folder.path()).fileName());
    QCOMPARE(workspace->store(), folder.filePath(QStringLiteral("events.eventlog")));
    QVERIFY(workspace->problems().isEmpty());
    QVERIFY(workspace->commands().isEmpty());
    QVERIFY(!workspace->command(QStringLiteral("A")));
    QVERIFY(!workspace->event(QStringLiteral("A")));
    QVERIFY(!workspace->aggregate(QStringLiteral("a")));
}

void tst_Workspace::takesUrisAsTheyAre()
{
    WorkspaceFolder folder;
    const QString uri = QStringLiteral("postgresql://ada@db.example.org/shop");
    folder.write(QStringLiteral("workspace.json"), R"({"store":")" + uri.toUtf8() + R"("})");
    QCOMPARE(folder.load()->store(), uri);
    QCOMPARE(folder.problems(), QStringList());
}

void tst_Workspace::refusesAPassword()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), R"({"store":"postgresql://a:secret@db/x"})");
    QCOMPARE(folder.problems().size(), 1);
    QVERIFY(folder.problems().first().startsWith(QStringLiteral("workspace.json:1:10: ")));
}

void tst_Workspace::readsDefinitions()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), R"({"name":"People","store":"../x.eventlog"})");
    folder.write(QStringLiteral("aggregates/user.json"),
        R"({"title":"User","initialState":{"n":0},"headline":["/name","/a~1b"],"events":["A"]})");
    folder.write(QStringLiteral("events/A.json"),
        R"({"title":"Aa","schema":{"required":["x"]},"evolve":{"/n":"data.x","/gone":null}})");
    folder.write(QStringLiteral("events/b.json"), R"({"type":"B","evolve":"delete"})");
    folder.write(QStringLiteral("commands/DO_A.json"),
        R"({"title":"Do a","description":"Does.","stream":"user-{data.id}","schema":{"required":["id"]},
            "require":[{"that":"!exists","message":"no"}],"emit":[{"type":"A","when":"true"}]})");
    const auto workspace = folder.load();
    QCOMPARE(folder.problems(), QStringList());
    QCOMPARE(workspace->name(), QStringLiteral("People"));
    QCOMPARE(workspace->store(), QDir::cleanPath(folder.filePath(QStringLiteral("../x.eventlog"))));
    const AggregateDefinition* user = workspace->aggregate(QStringLiteral("user"));
    QVERIFY(user);
    QCOMPARE(user->initialState, jsonOf(R"({"n":0})"));
    QCOMPARE(user->headline.last().tokens(), QList<QByteArray> { "a/b" });
    const EventDefinition* a = workspace->event(QStringLiteral("A"));
    QVERIFY(a && a->schema);
    QCOMPARE(a->title, QStringLiteral("Aa"));
    QCOMPARE(a->kind, EvolveKind::Rules);
    QCOMPARE(a->rules.size(), 2);
    QVERIFY(a->rules.first().value.has_value());
    QVERIFY(!a->rules.last().value.has_value());
    QCOMPARE(workspace->event(QStringLiteral("B"))->kind, EvolveKind::Delete);
    const CommandDefinition* command = workspace->command(QStringLiteral("DO_A"));
    QVERIFY(command);
    QCOMPARE(command->category, QStringLiteral("user"));
    QCOMPARE(command->guards.first().message, QStringLiteral("no"));
    QCOMPARE(command->schema.document(), jsonOf(R"({"required":["id"]})"));
    QVERIFY(command->emissions.first().when.has_value());
}

void tst_Workspace::ordersCommands()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), R"({"commands":["C","A","X"]})");
    const auto command = [&folder](const char* name, const char* title) {
        folder.write(QStringLiteral("commands/%1.json").arg(QLatin1String(name)),
            QByteArray(R"({"stream":"s","emit":[],"title":")") + title + "\"}");
    };
    command("A", "1");
    command("B", "9");
    command("C", "5");
    command("D", "8");
    QStringList names;
    const auto workspace = folder.load();
    for (const CommandDefinition& definition : workspace->commands())
        names.append(definition.name);
    QCOMPARE(names.join(u' '), QStringLiteral("C A D B"));
    QCOMPARE(folder.problems(),
        QStringList { QStringLiteral("workspace.json:1:22: there is no commands/X.json, "
                                     "did you mean 'A'?") });
}

void tst_Workspace::disablesWhatIsBroken_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* file, const char* text, const char* place,
                         const char* message) {
        QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(text)
                            << QString::fromLatin1(place) << QString::fromUtf8(message);
    };
    row("syntax", "events/A.json", "{\n  \"type\": \"A\",\n}", "3:1", "is not JSON");
    row("empty", "events/A.json", "", "1:1", "is not JSON");
    row("no object", "events/A.json", "[]", "1:1", "a definition must be a JSON object");
    row("misspelt", "events/A.json", "{\n  \"titel\": \"A\"\n}", "2:3",
        "unknown member 'titel', did you mean 'title'?");
    row("unknown", "events/A.json", R"({"x-colour": 1})", "1:2",
        "unknown member 'x-colour'; known here: type, title, description, schema, evolve, "
        "was, upcasts");
    row("no text", "events/A.json", R"({"title": 1})", "1:11", "must be a text");
    row("evolve", "events/A.json", R"({"evolve": "merg"})", "1:12", "did you mean 'merge'?");
    row("pointer", "events/A.json", R"({"evolve": {"name": "data"}})", "1:13",
        "must be a JSON Pointer, which begins with '/'");
    row("root", "events/A.json", R"({"evolve": {"": "data"}})", "1:13", "a rule names a field");
    row("escape", "events/A.json", R"({"evolve": {"/a~2": "data"}})", "1:13", "'~0'");
    row("no expression", "events/A.json", R"({"evolve": {"/a": 1}})", "1:19",
        "must be an expression");
    row("expression", "events/A.json", "{\"evolve\": {\n  \"/a\": \"data.x + dta.y\"}}", "2:19",
        "dta");
    row("after an escape", "events/A.json", R"({"evolve": {"/a": "data[\"x\"] + dta"}})", "1:34",
        "dta");
    row("schema", "events/A.json",
        "{\"schema\": {\n \"properties\": {\n  \"a\": {\"type\": \"txt\"}}}}", "3:17",
        "/properties/a/type: must be string");
    row("category", "aggregates/a.json", R"({"category": "a-b"})", "1:14", "a category is");
    row("initial state", "aggregates/a.json", R"({"initialState": []})", "1:18",
        "must be an object");
    row("headline", "aggregates/a.json", R"({"headline": ["/a", "b"]})", "1:21",
        "must be a JSON Pointer");
    row("no stream", "commands/A.json", R"({"emit": []})", "1:1", "the member 'stream' is missing");
    row("no emit", "commands/A.json", R"({"stream": "s"})", "1:1", "the member 'emit' is missing");
    row("stream", "commands/A.json", R"({"stream": "s-{dat.x}", "emit": []})", "1:16", "dat");
    row("guard", "commands/A.json",
        "{\"stream\": \"s\", \"emit\": [], \"require\": [\n {\"that\": \"tru\"}]}", "2:12", "tru");
    row("guard's member", "commands/A.json",
        R"({"stream": "s", "emit": [], "require": [{"that": "true", "mesage": ""}]})", "1:58",
        "did you mean 'message'?");
    row("guard's message", "commands/A.json",
        R"({"stream": "s", "emit": [], "require": [{"that": "true", "message": "no {x}"}]})",
        "1:74", "unknown name 'x'");
    row("emission", "commands/A.json", R"({"stream": "s", "emit": [{"data": "data"}]})", "1:26",
        "the member 'type' is missing");
    row("emitted data", "commands/A.json",
        R"({"stream": "s", "emit": [{"type": "A", "data": {"a": [{"b": "dta"}]}}]})", "1:62",
        "dta");
    row("data's shape", "commands/A.json", R"({"stream": "s", "emit": [{"type": "A", "data": 1}]})",
        "1:48", "must be an expression");
}

void tst_Workspace::disablesWhatIsBroken()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QFETCH(QString, message);
    WorkspaceFolder folder;
    folder.write(file, text);
    const QStringList problems = folder.problems();
    QVERIFY(!problems.isEmpty());
    const QString first = problems.first();
    QVERIFY2(first.startsWith(file + u':' + place + QStringLiteral(": ")), qPrintable(first));
    QVERIFY2(first.contains(message), qPrintable(first));
    const auto workspace = folder.load();
    QVERIFY(!workspace->event(QStringLiteral("A")));
    QVERIFY(!workspace->command(QStringLiteral("A")));
    QVERIFY(!workspace->aggregate(QStringLiteral("a")));
}

void tst_Workspace::keepsWhatIsGood()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), R"({"nmae":"x"})");
    folder.write(QStringLiteral("events/A.json"), "{");
    folder.write(QStringLiteral("events/B.json"), "{}");
    folder.write(QStringLiteral("events/notes.txt"), "not a definition");
    const auto workspace = folder.load();
    QVERIFY(workspace->event(QStringLiteral("B")));
    QCOMPARE(workspace->problems().size(), 2);
}

void tst_Workspace::refusesOddFiles()
{
    WorkspaceFolder folder;
    folder.write(
        QStringLiteral("events/big.json"), "{\"title\":\"" + QByteArray(1'000'001, 'x') + "\"}");
    folder.write(QStringLiteral("elsewhere.json"), "{}");
    QFile::link(folder.filePath(QStringLiteral("elsewhere.json")),
        folder.filePath(QStringLiteral("events/link.json")));
    QFile::link(
        QStringLiteral("/does/not/exist"), folder.filePath(QStringLiteral("events/dangling.json")));
    QDir().mkpath(folder.filePath(QStringLiteral("events/folder.json")));
    QCOMPARE(
        ::mkfifo(QFile::encodeName(folder.filePath(QStringLiteral("events/pipe.json"))), 0600), 0);
    QStringList files;
    const auto workspace = folder.load();
    for (const WorkspaceProblem& problem : workspace->problems())
        files.append(problem.file);
    QCOMPARE(files.join(u' '),
        QStringLiteral("events/big.json events/dangling.json events/folder.json events/link.json "
                       "events/pipe.json"));
    QVERIFY(folder.load()->events().isEmpty());
}

void tst_Workspace::refusesTheSameTypeTwice()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("events/a.json"), R"({"type":"A","title":"first"})");
    folder.write(QStringLiteral("events/b.json"), R"({"type":"A","title":"second"})");
    QCOMPARE(folder.problems(),
        QStringList { QStringLiteral("events/b.json:1:1: another file defines the event 'A' "
                                     "already; give one of them another \"type\"") });
    QCOMPARE(folder.load()->event(QStringLiteral("A"))->title, QStringLiteral("first"));
}

void tst_Workspace::refusesEmissionsThatNothingEvolves()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"), R"({"events":["USER_CREATED"]})");
    folder.write(QStringLiteral("commands/A.json"),
        R"({"stream":"user-{data.id}","emit":[{"type":"USER_CRAETED"}]})");
    QCOMPARE(folder.problems(),
        QStringList { QStringLiteral("commands/A.json:1:44: the aggregate 'user' does not evolve "
                                     "by 'USER_CRAETED', did you mean 'USER_CREATED'?") });
}

QTEST_APPLESS_MAIN(tst_Workspace)
#include "tst_workspace.moc"
