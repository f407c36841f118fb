#include "command/handlecommand.h"
#include "support/passingstore.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// A counter whose commands are decided again, or not, when another writer is faster.
std::shared_ptr<const Workspace> counter()
{
    const auto command = [](const QByteArray& rule) {
        return R"x({"stream": "counter-{data.id}", )x" + rule
            + R"x("require": [{"that": "state.n < 10", "message": "it is full at {state.n}"}],
               "emit": [{"type": "ADDED", "data":
                   {"by": "data.by", "from": "state.n", "at": "now", "key": "uuid()"}}]})x";
    };
    const SampleWorkspace sample({
        { QStringLiteral("aggregates/counter.json"), R"({"initialState": {"n": 0}})" },
        { QStringLiteral("events/ADDED.json"), R"({"evolve": {"/n": "state.n + data.by"}})" },
        { QStringLiteral("commands/RETRY.json"), command("\"onConflict\": \"retry\", ") },
        { QStringLiteral("commands/ASK.json"), command("\"onConflict\": \"ask\", ") },
        { QStringLiteral("commands/SILENT.json"), command({}) },
    });
    return sample.load();
}

CommandRequest request(const QString& name)
{
    CommandRequest request;
    request.name = name;
    request.data = *parseJson(R"({"id":"1","by":1})");
    request.context = CommandContext::make(QStringLiteral("ada"));
    return request;
}

/// Another writer appends to counter-1 right before each of the first so many appends.
class RivalStore final : public PassingStore {
public:
    RivalStore(EventStore& store, SampleStore& sample, int times)
        : PassingStore(store)
        , m_sample(sample)
        , m_left(times)
    {
    }
    Result<AppendOutcome> append(const AppendRequest& append) override
    {
        requests.append(append);
        if (m_left-- > 0)
            m_sample.append(
                { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), R"({"by":2})" } });
        return PassingStore::append(append);
    }
    QList<AppendRequest> requests;

private:
    SampleStore& m_sample;
    int m_left;
};

struct Bench {
    explicit Bench(int rivals)
        : store(openStore(sample.location(), OpenMode::ReadWrite).value())
        , rival(*store, sample, rivals)
    {
    }
    [[nodiscard]] CommandOutcome handle(const CommandRequest& command)
    {
        auto outcome = handleCommand(rival, evolver, command, &memo);
        return outcome ? *outcome : CommandOutcome(Rejected { outcome.error().message, {} });
    }
    [[nodiscard]] QByteArray lastData()
    {
        return (*store->readLog(*store->head(), 1)).first().data;
    }

    SampleStore sample;
    std::unique_ptr<EventStore> store;
    RivalStore rival;
    Evolver evolver { counter() };
    CommandMemo memo;
};

} // namespace

/// What becomes of a command when another writer is faster.
class TestConflicts final : public QObject {
    Q_OBJECT

private slots:
    void decidesAgainOnTheNewestState();
    void keepsTimeAndIdsOverRetries();
    void givesUpAfterFiveRetries();
    void rejectsByTheNewestState();
    void asksUnlessItMayRetry_data();
    void asksUnlessItMayRetry();
    void neverRetriesWithAnExpectedVersion();
    void appendsWhatWasPreviewed();
    void acknowledgesARepeatAfterRetries();
};

void TestConflicts::decidesAgainOnTheNewestState()
{
    Bench bench(2);
    const CommandOutcome outcome = bench.handle(request(QStringLiteral("RETRY")));
    const auto* done = std::get_if<CommandDone>(&outcome);
    QVERIFY(done);
    QCOMPARE(done->appended.version, 3);
    QCOMPARE(bench.rival.requests.size(), 3);
    QVERIFY2(bench.lastData().contains("\"from\":4"), bench.lastData());
}

void TestConflicts::keepsTimeAndIdsOverRetries()
{
    Bench bench(3);
    const CommandRequest command = request(QStringLiteral("RETRY"));
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(command)));
    QCOMPARE(bench.rival.requests.size(), 4);
    const NewEvent& first = bench.rival.requests.first().events.first();
    const NewEvent& last = bench.rival.requests.last().events.first();
    QCOMPARE(last.id, first.id);
    QCOMPARE(last.time, command.context.now);
    const auto one = parseJson(viewOf(first.data));
    const auto other = parseJson(viewOf(last.data));
    QCOMPARE(*other->find("at"), *one->find("at"));
    QCOMPARE(*other->find("key"), *one->find("key"));
    QVERIFY(*other->find("from") != *one->find("from"));
}

void TestConflicts::givesUpAfterFiveRetries()
{
    Bench lucky(mostRetries);
    lucky.evolver = Evolver(counter());
    // Five rivals leave the counter at 10, where it is full: the sixth try is decided, and refused.
    const CommandOutcome full = lucky.handle(request(QStringLiteral("RETRY")));
    QVERIFY(std::holds_alternative<Rejected>(full));
    QCOMPARE(lucky.rival.requests.size(), 5);

    Bench bench(1000);
    CommandRequest command = request(QStringLiteral("RETRY"));
    command.data = *parseJson(R"({"id":"1","by":0})");
    bench.sample.append(
        { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), R"({"by":-99})" } });
    const CommandOutcome outcome = bench.handle(command);
    const auto* conflict = std::get_if<VersionConflict>(&outcome);
    QVERIFY(conflict);
    QCOMPARE(bench.rival.requests.size(), 1 + mostRetries);
    QCOMPARE(conflict->actual, 1 + 1 + mostRetries);
    QCOMPARE(conflict->expected.version(), mostRetries + 1);
}

void TestConflicts::rejectsByTheNewestState()
{
    Bench bench(1);
    bench.sample.append(
        { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), R"({"by":9})" } });
    const CommandOutcome outcome = bench.handle(request(QStringLiteral("RETRY")));
    const auto* rejected = std::get_if<Rejected>(&outcome);
    QVERIFY(rejected);
    QCOMPARE(rejected->message, QStringLiteral("it is full at 11"));
    QCOMPARE(*bench.store->head(), 2);
}

void TestConflicts::asksUnlessItMayRetry_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("ask") << QStringLiteral("ASK");
    QTest::newRow("nothing said") << QStringLiteral("SILENT");
}

void TestConflicts::asksUnlessItMayRetry()
{
    QFETCH(QString, command);
    Bench bench(1);
    const CommandRequest asked = request(command);
    const CommandOutcome outcome = bench.handle(asked);
    const auto* conflict = std::get_if<VersionConflict>(&outcome);
    QVERIFY(conflict);
    QCOMPARE(conflict->expected.version(), 0);
    QCOMPARE(conflict->actual, 1);
    QCOMPARE(bench.rival.requests.size(), 1);
    // Asked, someone says yes.
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(asked)));
    QVERIFY(bench.lastData().contains("\"from\":2"));
}

void TestConflicts::neverRetriesWithAnExpectedVersion()
{
    Bench bench(1);
    CommandRequest command = request(QStringLiteral("RETRY"));
    command.expected = 0;
    QVERIFY(std::holds_alternative<VersionConflict>(bench.handle(command)));
    QCOMPARE(bench.rival.requests.size(), 1);
    QVERIFY(std::holds_alternative<VersionConflict>(bench.handle(command)));
    QCOMPARE(bench.rival.requests.size(), 1);
}

void TestConflicts::appendsWhatWasPreviewed()
{
    Bench bench(0);
    const CommandRequest command = request(QStringLiteral("SILENT"));
    const auto preview = previewCommand(bench.rival, bench.evolver, command, &bench.memo);
    QVERIFY(preview);
    const NewEvent shown = std::get<Accepted>(preview->decision).events.first();
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(command)));
    const Event stored = (*bench.store->readLog(1, 1)).first();
    QCOMPARE(stored.data, shown.data);
    QCOMPARE(stored.metadata, shown.metadata);
    QCOMPARE(stored.id, shown.id);
    QCOMPARE(stored.time, shown.time);
}

void TestConflicts::acknowledgesARepeatAfterRetries()
{
    Bench bench(2);
    const CommandRequest command = request(QStringLiteral("RETRY"));
    QVERIFY(std::holds_alternative<CommandDone>(bench.handle(command)));
    const CommandOutcome again = bench.handle(command);
    const auto* done = std::get_if<CommandDone>(&again);
    QVERIFY(done);
    QVERIFY(done->appended.wasStoredBefore);
    QCOMPARE(*bench.store->head(), 3);
}

QTEST_GUILESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
