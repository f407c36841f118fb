#include "testcase/exampletext.h"
#include "testcase/findtestcase.h"
#include "testcase/historyshrink.h"
#include "testcase/testtemplates.h"

#include "command/handlecommand.h"
#include "domain/workspacecheck.h"
#include "domain/workspacetemplate.h"
#include "support/sampleworkspace.h"
#include "support/scratchstore.h"
#include "value/json.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

namespace {

NewEvent fact(const QString& type, const QByteArray& data, const QByteArray& metadata = "{}")
{
    return { type, data, metadata, { 1'772'373'802'000'000 }, {} };
}

void append(const ScratchStore& store, const QString& stream, const QList<NewEvent>& events)
{
    QVERIFY(store->append({ stream, ExpectedVersion::any(), events }));
}

CommandRequest request(const QString& name, const QByteArray& data)
{
    CommandRequest request;
    request.name = name;
    request.data = *parseJson(viewOf(data));
    request.context = CommandContext::make(QStringLiteral("ada"));
    return request;
}

IssuedCommand issued(const CommandRequest& request)
{
    return { request.name, request.data, request.context };
}

/// What a saved example lacks; empty when `eventloupe check` finds that all hold.
QString faultsOf(const QString& folder)
{
    const auto workspace = Workspace::load(folder);
    if (!workspace)
        return workspace.error().message;
    QList<WorkspaceProblem> problems;
    QStringList faults;
    for (const Example& example : loadExamples(**workspace, problems)) {
        for (const auto& difference : runExample(*workspace, example))
            faults.append(example.file + u' ' + difference.place + u' ' + difference.expected
                + QStringLiteral(" / ") + difference.came);
    }
    for (const WorkspaceProblem& problem : std::as_const(problems))
        faults.append(problem.file + u' ' + problem.message);
    return faults.join(u'\n');
}

} // namespace

class TestTestCase final : public QObject {
    Q_OBJECT

private slots:
    void worksTheCommandOutOfItsEvent();
    void findsTheCommandThatIsNotRecorded();
    void takesTheEventItselfWithoutACommand();
    void takesAllEventsOfTheCommand();
    void keepsWhatIsKnownOfACommandJustIssued();
    void tellsARejection();
    void refusesWhatIsNoPosition();
    void readsOlderEventsOnlyWhereRulesDo();
    void makesTestsOfTheSamplesExamples_data();
    void makesTestsOfTheSamplesExamples();
    void provesRandomEventsOfAShop();
    void rendersEachFormat();
    void namesAFaultyTemplate();
    void prefersTemplatesOfTheWorkspace();
};

void TestTestCase::worksTheCommandOutOfItsEvent()
{
    ScratchStore store;
    const Evolver evolver(SampleWorkspace::counter());
    append(store, QStringLiteral("counter-7"), { fact(QStringLiteral("ADDED"), R"({"by":2})") });
    QVERIFY(handleCommand(
        *store, evolver, request(QStringLiteral("ADD"), R"({"id":"7","by":3})")));
    const auto found = testCaseAt(*store, evolver, 2, {});
    QVERIFY(found);
    QCOMPARE(found->command, QStringLiteral("ADD"));
    QCOMPARE(found->data.toJson(), QByteArray(R"({"id":"7","by":3})"));
    QCOMPARE(found->given.size(), std::size_t(1));
    QCOMPARE(found->events.size(), 1);
    QCOMPARE(found->actor, QStringLiteral("ada"));
    QVERIFY(found->isProven);
    QVERIFY(!found->keepsAll);
}

void TestTestCase::findsTheCommandThatIsNotRecorded()
{
    ScratchStore store;
    append(store, QStringLiteral("counter-7"),
        { fact(QStringLiteral("ADDED"), R"({"by":2,"from":0})") });
    const auto found = testCaseAt(*store, Evolver(SampleWorkspace::counter()), 1, {});
    QVERIFY(found);
    QCOMPARE(found->command, QStringLiteral("ADD"));
    QVERIFY(found->isProven);
    QVERIFY(found->notes.first().contains(QStringLiteral("not recorded")));
}

void TestTestCase::takesTheEventItselfWithoutACommand()
{
    ScratchStore store;
    append(store, QStringLiteral("counter-7"),
        { fact(QStringLiteral("ADDED"), R"({"by":2})"),
            fact(QStringLiteral("NOTED"), R"({"note":"x"})") });
    const auto found = testCaseAt(*store, Evolver(SampleWorkspace::counter()), 2, {});
    QVERIFY(found);
    QVERIFY(!found->hasCommand());
    QCOMPARE(found->when.size(), 1);
    QCOMPARE(found->given.size(), std::size_t(1));
    QCOMPARE(found->state.size(), 1);
    QCOMPARE(found->state.first().place.toText(), QByteArray("/note"));
    QVERIFY(found->isProven);
}

void TestTestCase::takesAllEventsOfTheCommand()
{
    const SampleWorkspace files({ { QStringLiteral("commands/TWO.json"),
        R"x({"stream":"a-{data.id}",
            "schema":{"type":"object","properties":{"id":{"type":"integer"}}},
            "emit":[{"type":"ONE","data":{"made":"uuid()"}},
                    {"type":"OTHER","data":{"n":"version"}}]})x" } });
    const Evolver evolver(files.load());
    ScratchStore store;
    QVERIFY(handleCommand(*store, evolver, request(QStringLiteral("TWO"), R"({"id":1})")));
    QVERIFY(handleCommand(*store, evolver, request(QStringLiteral("TWO"), R"({"id":1})")));
    QCOMPARE(*store->head(), 4);
    for (const Position position : { 3, 4 }) {
        const auto found = testCaseAt(*store, evolver, position, {});
        QVERIFY(found);
        QCOMPARE(found->given.size(), std::size_t(2));
        QCOMPARE(found->events.size(), 2);
        QCOMPARE(found->data.toJson(), QByteArray(R"({"id":1})"));
        // Another id each time.
        QCOMPARE(found->events.first().data.toJson(), QByteArray(R"({"made":"*"})"));
        QVERIFY2(found->isProven, qPrintable(found->notes.join(u'\n')));
    }
}

void TestTestCase::keepsWhatIsKnownOfACommandJustIssued()
{
    ScratchStore store;
    const Evolver evolver(SampleWorkspace::counter());
    append(store, QStringLiteral("counter-7"), { fact(QStringLiteral("ADDED"), R"({"by":2})") });
    const auto command = request(QStringLiteral("ADD"), R"({"id":"7","by":3})");
    QVERIFY(handleCommand(*store, evolver, command));
    append(store, QStringLiteral("counter-7"), { fact(QStringLiteral("ADDED"), R"({"by":9})") });
    const auto found = testCaseOf(*store, evolver, issued(command), 3, {});
    QVERIFY(found);
    QCOMPARE(found->given.size(), std::size_t(1));
    QCOMPARE(found->events.size(), 1);
    QVERIFY(found->isProven);
}

void TestTestCase::tellsARejection()
{
    ScratchStore store;
    const Evolver evolver(SampleWorkspace::counter());
    append(store, QStringLiteral("counter-7"), { fact(QStringLiteral("ADDED"), R"({"by":2})") });
    const auto refused = testCaseOf(
        *store, evolver, issued(request(QStringLiteral("ADD"), R"({"id":"7","by":0})")), 1, {});
    QVERIFY(refused);
    QVERIFY(refused->rejection);
    QVERIFY(refused->isProven);
    const auto shorter = shrinkHistory(evolver, *refused, {});
    QVERIFY(shorter);
    QVERIFY(shorter->given.empty());
    QVERIFY(shorter->isShortest);
    const auto unknown = testCaseOf(
        *store, evolver, issued(request(QStringLiteral("NONE"), "{}")), 1, {});
    QVERIFY(!unknown);
}

void TestTestCase::refusesWhatIsNoPosition()
{
    ScratchStore store;
    const auto found = testCaseAt(*store, Evolver(SampleWorkspace::counter()), 4, {});
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::NotFound);
}

void TestTestCase::readsOlderEventsOnlyWhereRulesDo()
{
    const SampleWorkspace files({ { QStringLiteral("events/SEEN.json"),
        R"({"evolve":{"/by":"event.metadata.actor","/n":"event.version"}})" } });
    ScratchStore store;
    append(store, QStringLiteral("a-1"),
        { fact(QStringLiteral("SEEN"), "{}", R"({"actor":"bob"})"),
            fact(QStringLiteral("SEEN"), "{}", R"({"actor":"eve"})") });
    const auto found = testCaseAt(*store, Evolver(files.load()), 2, {});
    QVERIFY(found);
    QVERIFY(found->keepsAll);
    QVERIFY(found->isProven);
    QVERIFY(exampleText(*found).contains("bob"));
}

void TestTestCase::makesTestsOfTheSamplesExamples_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "users", "shop", "bank", "library" })
        QTest::newRow(name) << QString::fromUtf8(name);
}

// Each example that gives events is played into a log, and found there again.
void TestTestCase::makesTestsOfTheSamplesExamples()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    QVERIFY(writeWorkspace(name, path));
    const auto workspace = Workspace::load(path);
    QVERIFY(workspace);
    QList<WorkspaceProblem> problems;
    const auto examples = loadExamples(**workspace, problems);
    const Evolver evolver(*workspace);
    int accepted = 0;
    int commands = 0;
    for (const Example& example : examples) {
        if (!example.events || example.events->isEmpty() || example.command.isEmpty())
            continue;
        ScratchStore store;
        CommandRequest command;
        command.name = example.command;
        command.data = example.data;
        command.context = CommandContext::make(QStringLiteral("ada"));
        command.context.now = example.now;
        const auto stream = Decider(*workspace).streamOf(
            *(*workspace)->command(example.command), example.data);
        QVERIFY(stream);
        for (const auto& given : example.given)
            append(store, *stream, { { given.type, given.data.toJson(), given.metadata.toJson(),
                                         given.time, {} } });
        const auto outcome = handleCommand(*store, evolver, command);
        QVERIFY(outcome);
        QVERIFY2(std::holds_alternative<CommandDone>(*outcome), qPrintable(example.file));
        ++accepted;
        auto found = testCaseAt(*store, evolver, *store->head(), {});
        QVERIFY2(found, qPrintable(example.file));
        QVERIFY2(found->isProven, qPrintable(example.file + found->notes.join(u'\n')));
        if (found->hasCommand())
            ++commands;
        auto shorter = shrinkHistory(evolver, *found, {});
        QVERIFY(shorter);
        QVERIFY(shorter->isProven && shorter->isShortest);
        QVERIFY(shorter->given.size() <= found->given.size());
        shorter->title = example.file;
        QVERIFY(saveExample(path, *found));
        QVERIFY(saveExample(path, *shorter));
    }
    QVERIFY(accepted > 0);
    qInfo("%d of %d commands are worked out", commands, accepted);
    // What only decides whether there is an event, or which, is in none.
    QVERIFY(commands * 10 >= accepted * 8);
    QCOMPARE(faultsOf(path), QString());
}

// Commands at random, refused ones among them, over several carts.
void TestTestCase::provesRandomEventsOfAShop()
{
    QTemporaryDir folder;
    QVERIFY(writeWorkspace(QStringLiteral("shop"), folder.filePath(QStringLiteral("shop"))));
    const auto workspace = Workspace::load(folder.filePath(QStringLiteral("shop")));
    QVERIFY(workspace);
    const Evolver evolver(*workspace);
    ScratchStore store;
    QRandomGenerator random(21);
    for (int i = 0; i < 400; ++i) {
        const QByteArray cart = R"("cartId":"018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a0)"
            + QByteArray::number(random.bounded(5)) + '"';
        const QByteArray sku = R"("sku":"T-)" + QByteArray::number(random.bounded(8)) + '"';
        const QByteArray qty = R"("qty":)" + QByteArray::number(random.bounded(1, 9));
        const QList<std::pair<QString, QByteArray>> commands {
            { QStringLiteral("OPEN_CART"), R"("currency":"EUR")" },
            { QStringLiteral("ADD_ITEM"), sku + ',' + qty + R"(,"title":"Tea","unitPrice":4.5)" },
            { QStringLiteral("CHANGE_QUANTITY"), sku + ',' + qty },
            { QStringLiteral("REMOVE_ITEM"), sku },
        };
        const auto& [name, data] = commands.at(std::min(i < 20 ? 0 : 3, random.bounded(1, 4)));
        QVERIFY(handleCommand(*store, evolver, request(name, '{' + cart + ',' + data + '}')));
    }
    const Position head = *store->head();
    QVERIFY(head > 100);
    for (int check = 0; check < 60; ++check) {
        const Position position = random.bounded(int(head)) + 1;
        const auto found = testCaseAt(*store, evolver, position, {});
        QVERIFY(found);
        QVERIFY2(found->hasCommand() && found->isProven, qPrintable(found->notes.join(u' ')));
        const auto shorter = shrinkHistory(evolver, *found, {});
        QVERIFY(shorter);
        QVERIFY(shorter->isProven && shorter->isShortest);
        for (std::size_t i = 0; i < shorter->given.size(); ++i) {
            auto fewer = *shorter;
            fewer.given.erase(fewer.given.begin() + std::ptrdiff_t(i));
            prove(*workspace, fewer);
            QVERIFY(!fewer.isProven);
        }
    }
}

void TestTestCase::rendersEachFormat()
{
    ScratchStore store;
    const Evolver evolver(SampleWorkspace::counter());
    append(store, QStringLiteral("counter-7"),
        { fact(QStringLiteral("ADDED"), R"({"by":2})"),
            fact(QStringLiteral("NOTED"), R"({"x":null})") });
    const auto accepted = testCaseAt(*store, evolver, 1, {});
    const auto folded = testCaseAt(*store, evolver, 2, {});
    const auto refused = testCaseOf(
        *store, evolver, issued(request(QStringLiteral("ADD"), R"({"id":"7","by":0})")), 2, {});
    QVERIFY(accepted && folded && refused);
    QStringList faults;
    const auto formats = testFormats({}, faults);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QCOMPARE(formats.size(), 6);
    for (const TestFormat& format : formats) {
        for (const auto& testCase : { *accepted, *folded, *refused }) {
            const auto text = testText(format, testCase, QStringLiteral("w"));
            QVERIFY2(text, qPrintable(format.name + (text ? QString() : text.error().message)));
            QVERIFY2(!text->contains(QStringLiteral("{{")) || format.name == u"example",
                qPrintable(*text));
            QVERIFY(text->contains(QStringLiteral("ADDED"))
                || text->contains(QStringLiteral("Added")) || text->contains(u"refused"_qs));
        }
        // A format of a library names where that is documented.
        QVERIFY(!format.text || format.source.startsWith(QStringLiteral("https://")));
    }
}

void TestTestCase::namesAFaultyTemplate()
{
    QVERIFY(readTemplate(QStringLiteral("x"), "no head").error().message.contains(u"---"_qs));
    QVERIFY(readTemplate(QStringLiteral("x"), "{\"language\":\"cobol\"}\n---\n")
                .error()
                .message.contains(u"typescript"_qs));
    const auto broken
        = readTemplate(QStringLiteral("x"), "{\"language\":\"java\"}\n---\na\n{{title}}\n");
    QVERIFY(!broken);
    QVERIFY2(broken.error().message.contains(u"line 2"_qs), qPrintable(broken.error().message));
}

void TestTestCase::prefersTemplatesOfTheWorkspace()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("templates")));
    const auto write = [&folder](const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(QStringLiteral("templates/") + name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    write(QStringLiteral("emmett.tmpl"),
        "{\"language\":\"typescript\",\"title\":\"Ours\",\"suffix\":\"ts\"}\n---\n"
        "{{title|string}}\n");
    write(QStringLiteral("bad.tmpl"), "{}\n---\n");
    QStringList faults;
    const auto formats = testFormats(templateFolders(folder.path(), {}), faults);
    QCOMPARE(faults.size(), 1);
    QVERIFY(faults.first().contains(QStringLiteral("bad.tmpl")));
    QCOMPARE(formats.at(1).title, QStringLiteral("Ours"));
    QCOMPARE(formats.size(), 6);
    TestCase testCase;
    testCase.title = QStringLiteral("a \"b\"");
    QCOMPARE(*testText(formats.at(1), testCase, {}), QStringLiteral("\"a \\\"b\\\"\"\n"));
    QCOMPARE(testFileName(formats.at(1), testCase), QStringLiteral("a-b.ts"));
}

QTEST_GUILESS_MAIN(TestTestCase)
#include "tst_testcase.moc"
