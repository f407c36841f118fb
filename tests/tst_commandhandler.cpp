#include "command/commandhandler.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"
#include "value/json.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

CommandRequest request(const QString& name, const QByteArray& data)
{
    CommandRequest request;
    request.name = name;
    request.data = *parseJson(viewOf(data));
    request.context = CommandContext::make(QStringLiteral("ada"));
    return request;
}

CommandRequest add(const QByteArray& by)
{
    return request(QStringLiteral("ADD"), "{\"id\":\"1\",\"by\":" + by + "}");
}

/// A store with a counter at 2, and its domain.
struct Bench {
    Bench()
    {
        auto opened = openStore(sample.location(), OpenMode::ReadWrite);
        if (opened)
            store = std::move(opened).value();
    }
    [[nodiscard]] CommandOutcome handle(const CommandRequest& command)
    {
        auto outcome = handleCommand(*store, evolver, command, &memo);
        return outcome ? *outcome : CommandOutcome(Rejected { outcome.error().message, {} });
    }
    [[nodiscard]] QByteArrayList events()
    {
        QByteArrayList lines;
        const auto log = store->readLog(1, 100);
        for (const Event& event : *log)
            lines.append(event.stream.toUtf8() + ' ' + QByteArray::number(event.version) + ' '
                + event.type.toUtf8() + ' ' + event.data);
        return lines;
    }

    SampleStore sample {
        { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":2}" } }
    };
    std::unique_ptr<EventStore> store;
    Evolver evolver { SampleWorkspace::counter() };
    CommandMemo memo;
};

} // namespace

class TestCommandHandler final : public QObject {
    Q_OBJECT

private slots:
    void appendsWhatIsDecided();
    void decidesOnTheStateAtTheHead();
    void previewsWithoutAppending();
    void rejectsByGuardAndBySchema();
    void rejectsWhatNamesNoStream();
    void refusesAnUnknownCommand();
    void acknowledgesARepeatedIssue();
    void acknowledgesARepeatThatWouldBeRejectedNow();
    void insistsOnAnExpectedVersion();
    void reportsARace();
    void startsAStream();
    void issuesFromTheWindow();
    void answersTheNewestPreviewOnly();
    void reportsAReadOnlyStore();
};

void TestCommandHandler::appendsWhatIsDecided()
{
    Bench bench;
    const CommandRequest command = add("5");
    const CommandOutcome outcome = bench.handle(command);
    const auto* done = std::get_if<CommandDone>(&outcome);
    QVERIFY(done);
    QCOMPARE(done->appended.first, 2);
    QCOMPARE(done->appended.version, 2);
    QVERIFY(!done->appended.wasStoredBefore);
    QCOMPARE(done->accepted.stream, QStringLiteral("counter-1"));
    QCOMPARE(bench.events(),
        QByteArrayList(
            { "counter-1 1 ADDED {\"by\":2}", "counter-1 2 ADDED {\"by\":5,\"from\":2}" }));
    const auto stored = bench.store->readLog(2, 1);
    QVERIFY(stored->constFirst().metadata.contains(command.context.commandId.toUtf8()));
    QVERIFY(stored->constFirst().metadata.contains("ada"));
    QCOMPARE(stored->constFirst().time, command.context.now);
}

void TestCommandHandler::decidesOnTheStateAtTheHead()
{
    Bench bench;
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(add("5"))));
    // By another process: the remembered state must be brought up to the head.
    bench.sample.append(
        { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":100}" } });
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(add("1"))));
    QCOMPARE(bench.events().last(), QByteArray("counter-1 4 ADDED {\"by\":1,\"from\":107}"));
}

void TestCommandHandler::previewsWithoutAppending()
{
    Bench bench;
    const auto preview = previewCommand(*bench.store, bench.evolver, add("5"));
    QVERIFY(preview);
    QCOMPARE(preview->version, 1);
    const auto* accepted = std::get_if<Accepted>(&preview->decision);
    QVERIFY(accepted);
    QCOMPARE(accepted->events.size(), 1);
    QCOMPARE(accepted->events.constFirst().data, QByteArray("{\"by\":5,\"from\":2}"));
    QCOMPARE(*bench.store->head(), 1);
}

void TestCommandHandler::rejectsByGuardAndBySchema()
{
    Bench bench;
    const CommandOutcome byGuard = bench.handle(add("0"));
    QVERIFY(std::holds_alternative<Rejected>(byGuard));
    QCOMPARE(std::get<Rejected>(byGuard).message, QStringLiteral("nothing to add"));
    QVERIFY(std::get<Rejected>(byGuard).violations.isEmpty());
    const CommandOutcome bySchema = bench.handle(add("\"five\""));
    QVERIFY(std::holds_alternative<Rejected>(bySchema));
    const auto violations = std::get<Rejected>(bySchema).violations;
    QCOMPARE(violations.size(), 1);
    QCOMPARE(violations.constFirst().place.toText(), QByteArray("/by"));
    QCOMPARE(*bench.store->head(), 1);
}

void TestCommandHandler::rejectsWhatNamesNoStream()
{
    Bench bench;
    const auto preview
        = previewCommand(*bench.store, bench.evolver, request(QStringLiteral("ADD"), "{\"by\":1}"));
    QVERIFY(preview);
    const auto* rejected = std::get_if<Rejected>(&preview->decision);
    QVERIFY(rejected);
    QCOMPARE(rejected->violations.size(), 1);
    const auto empty = previewCommand(
        *bench.store, bench.evolver, request(QStringLiteral("ADD"), "{\"by\":1,\"id\":\"\"}"));
    QVERIFY(empty);
    QVERIFY(std::holds_alternative<Rejected>(empty->decision));
    QVERIFY(!std::get<Rejected>(empty->decision).message.isEmpty());
}

void TestCommandHandler::refusesAnUnknownCommand()
{
    Bench bench;
    const auto outcome
        = handleCommand(*bench.store, bench.evolver, request(QStringLiteral("NONE"), "{}"));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::NotFound);
    QVERIFY(outcome.error().message.contains(QStringLiteral("NONE")));
}

void TestCommandHandler::acknowledgesARepeatedIssue()
{
    Bench bench;
    const CommandRequest command = add("5");
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(command)));
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(add("7"))));
    // Decided anew, its event would hold another "from".
    const CommandOutcome again = bench.handle(command);
    const auto* done = std::get_if<CommandDone>(&again);
    QVERIFY(done);
    QVERIFY(done->appended.wasStoredBefore);
    QCOMPARE(done->appended.first, 2);
    QCOMPARE(*bench.store->head(), 3);
}

void TestCommandHandler::acknowledgesARepeatThatWouldBeRejectedNow()
{
    Bench bench;
    CommandRequest close = request(QStringLiteral("CLOSE"), "{\"id\":\"1\"}");
    close.expected = 1;
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(close)));
    const CommandOutcome again = bench.handle(close);
    const auto* done = std::get_if<CommandDone>(&again);
    QVERIFY(done);
    QVERIFY(done->appended.wasStoredBefore);
    QCOMPARE(done->appended.version, 2);
    // The same by someone else is no repeat.
    const CommandOutcome other = bench.handle(request(QStringLiteral("CLOSE"), "{\"id\":\"1\"}"));
    QVERIFY(std::holds_alternative<Rejected>(other));
    QCOMPARE(std::get<Rejected>(other).message, QStringLiteral("there is no such counter"));
}

void TestCommandHandler::insistsOnAnExpectedVersion()
{
    Bench bench;
    CommandRequest command = add("5");
    command.expected = 3;
    const CommandOutcome outcome = bench.handle(command);
    const auto* conflict = std::get_if<VersionConflict>(&outcome);
    QVERIFY(conflict);
    QCOMPARE(conflict->stream, QStringLiteral("counter-1"));
    QCOMPARE(conflict->expected.version(), 3);
    QCOMPARE(conflict->actual, 1);
    QCOMPARE(*bench.store->head(), 1);
    command.expected = 1;
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(command)));
}

void TestCommandHandler::reportsARace()
{
    Bench bench;
    // Remembered at a version that the stream never had, as if it had been read before a rival's
    // append: the store has the last word.
    const auto stream = bench.store->findStream(QStringLiteral("counter-1"));
    QVERIFY(stream && *stream);
    bench.memo.stream = (*stream)->id;
    bench.memo.state.version = 5;
    bench.memo.state.exists = true;
    bench.memo.state.value = *parseJson("{\"n\":2}");
    const CommandOutcome outcome = bench.handle(add("5"));
    const auto* conflict = std::get_if<VersionConflict>(&outcome);
    QVERIFY(conflict);
    QCOMPARE(conflict->actual, 1);
    QVERIFY(conflict->toText().contains(QStringLiteral("counter-1")));
    QCOMPARE(*bench.store->head(), 1);
}

void TestCommandHandler::startsAStream()
{
    Bench bench;
    const CommandRequest first = request(QStringLiteral("ADD"), "{\"id\":\"new\",\"by\":1}");
    const CommandOutcome outcome = bench.handle(first);
    QVERIFY(std::holds_alternative<CommandDone>(outcome));
    QCOMPARE(std::get<CommandDone>(outcome).appended.version, 1);
    QCOMPARE(bench.events().last(), QByteArray("counter-new 1 ADDED {\"by\":1,\"from\":0}"));
    const CommandOutcome again = bench.handle(first);
    QVERIFY(std::get<CommandDone>(again).appended.wasStoredBefore);
}

void TestCommandHandler::issuesFromTheWindow()
{
    const Bench bench;
    StoreClient client;
    CommandHandler handler(client);
    QSignalSpy workspace(&handler, &CommandHandler::workspaceChanged);
    handler.setWorkspace(SampleWorkspace::counter());
    QCOMPARE(workspace.count(), 1);
    QVERIFY(handler.workspace()->command(QStringLiteral("ADD")));
    QVERIFY(bench.sample.openIn(client));
    QSignalSpy finished(&handler, &CommandHandler::finished);
    QSignalSpy failed(&handler, &CommandHandler::failed);
    QSignalSpy grown(&client, &StoreClient::headChanged);
    handler.issue(add("1"));
    handler.issue(add("2"));
    handler.issue(add("0"));
    handler.issue(request(QStringLiteral("NONE"), "{}"));
    QTRY_COMPARE(finished.count(), 3);
    QTRY_COMPARE(failed.count(), 1);
    const auto outcome = [&](int i) { return finished.at(i).at(1).value<CommandOutcome>(); };
    QCOMPARE(std::get<CommandDone>(outcome(0)).appended.version, 2);
    QCOMPARE(std::get<CommandDone>(outcome(1)).appended.version, 3);
    QVERIFY(std::holds_alternative<Rejected>(outcome(2)));
    QTRY_COMPARE(client.head(), 3);
    QVERIFY(grown.count() > 0);
}

void TestCommandHandler::answersTheNewestPreviewOnly()
{
    const Bench bench;
    StoreClient client;
    CommandHandler handler(client);
    handler.setWorkspace(SampleWorkspace::counter());
    QVERIFY(bench.sample.openIn(client));
    QSignalSpy previewed(&handler, &CommandHandler::previewed);
    for (int i = 1; i <= 20; ++i)
        handler.preview(add(QByteArray::number(i)));
    QTRY_COMPARE(previewed.count(), 1);
    QTest::qWait(20);
    QCOMPARE(previewed.count(), 1);
    const auto preview = previewed.first().first().value<CommandPreview>();
    QCOMPARE(std::get<Accepted>(preview.decision).events.constFirst().data,
        QByteArray("{\"by\":20,\"from\":2}"));
    QSignalSpy failed(&handler, &CommandHandler::previewFailed);
    handler.preview(request(QStringLiteral("NONE"), "{}"));
    QTRY_COMPARE(failed.count(), 1);
}

void TestCommandHandler::reportsAReadOnlyStore()
{
    const Bench bench;
    StoreClient client;
    CommandHandler handler(client);
    handler.setWorkspace(SampleWorkspace::counter());
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(bench.sample.location(), OpenMode::ReadOnly);
    QTRY_COMPARE(opened.count(), 1);
    QSignalSpy failed(&handler, &CommandHandler::failed);
    handler.issue(add("1"));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(1).value<Error>().code, ErrorCode::ReadOnly);
}

QTEST_GUILESS_MAIN(TestCommandHandler)
#include "tst_commandhandler.moc"
