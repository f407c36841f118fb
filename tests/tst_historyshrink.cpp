#include "testcase/findtestcase.h"
#include "testcase/historyshrink.h"

#include "support/sampleworkspace.h"
#include "value/json.h"

#include <QRandomGenerator>
#include <QTest>

using namespace eventloupe;

namespace {

/// A box takes things (PUT, TAKE), is locked, unlocked and labelled; OPEN wants it unlocked, with
/// at least three things in it.
SampleWorkspace boxes()
{
    return SampleWorkspace({
        { QStringLiteral("aggregates/box.json"), R"({"initialState":{"n":0,"locked":false}})" },
        { QStringLiteral("events/PUT.json"), R"({"evolve":{"/n":"state.n + data.n"}})" },
        { QStringLiteral("events/TAKEN.json"), R"({"evolve":{"/n":"state.n - data.n"}})" },
        { QStringLiteral("events/LOCKED.json"), R"({"evolve":{"/locked":"true"}})" },
        { QStringLiteral("events/UNLOCKED.json"), R"({"evolve":{"/locked":"false"}})" },
        { QStringLiteral("commands/OPEN.json"),
            R"({"stream":"box-{data.id}",
                "schema":{"type":"object","properties":{"id":{"type":"string"}}},
                "require":[{"that":"!state.locked","message":"it is locked"},
                           {"that":"state.n >= 3","message":"it is too empty"}],
                "emit":[{"type":"OPENED","data":{"big":"state.n > 10"}}]})" },
    });
}

Event given(const char* type, const QByteArray& data = "{}")
{
    Event event;
    event.stream = QStringLiteral("box-1");
    event.type = QString::fromUtf8(type);
    event.data = data;
    event.metadata = "{}";
    return event;
}

/// OPEN decided on these events.
TestCase openCase(const Evolver& evolver, const std::vector<Event>& events)
{
    TestCase testCase;
    testCase.title = QStringLiteral("open");
    testCase.stream = QStringLiteral("box-1");
    testCase.given = events;
    testCase.history = events.size();
    testCase.command = QStringLiteral("OPEN");
    testCase.data.insert("id", JsonValue::fromString(QByteArray("1")));
    const auto decision = Decider(evolver.workspace())
                              .decide(*evolver.workspace()->command(testCase.command),
                                  testCase.data, foldEvents(evolver, testCase.stream, events),
                                  CommandContext::make());
    if (const auto* rejected = std::get_if<Rejected>(&*decision))
        testCase.rejection = rejected->message;
    else
        for (const NewEvent& event : std::get<Accepted>(*decision).events)
            testCase.events.append({ event.type, *parseJson(viewOf(event.data)), {}, {} });
    prove(evolver.workspace(), testCase);
    return testCase;
}

bool holds(const Evolver& evolver, TestCase testCase, std::size_t without)
{
    testCase.given.erase(testCase.given.begin() + std::ptrdiff_t(without));
    prove(evolver.workspace(), testCase);
    return testCase.isProven;
}

} // namespace

class TestHistoryShrink final : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatTheOutcomeDependsOn();
    void leavesNothingThatCouldGo();
    void keepsTheStateOfAFold();
    void refusesAnOutcomeThatReplayDoesNotGive();
    void saysWhenItEndedEarly();
    void endsWhenCancelled();
    void cutsALongHistory();
};

void TestHistoryShrink::keepsWhatTheOutcomeDependsOn()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    const auto found = openCase(evolver,
        { given("LABELLED"), given("PUT", R"({"n":1})"), given("LOCKED"),
            given("PUT", R"({"n":3})"), given("UNLOCKED"), given("LABELLED") });
    QVERIFY(found.isProven);
    const auto shorter = shrinkHistory(evolver, found, {});
    QVERIFY(shorter);
    QVERIFY(shorter->isProven);
    QVERIFY(shorter->isShortest);
    QCOMPARE(shorter->given.size(), std::size_t(1));
    QCOMPARE(shorter->given.front().data, QByteArray(R"({"n":3})"));
    QCOMPARE(shorter->history, std::size_t(6));
}

// Against a naive test of each event that is left, by the runner of examples.
void TestHistoryShrink::leavesNothingThatCouldGo()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    QRandomGenerator random(11);
    for (int round = 0; round < 60; ++round) {
        std::vector<Event> events;
        const int count = random.bounded(60);
        for (int i = 0; i < count; ++i) {
            const auto data = "{\"n\":" + QByteArray::number(random.bounded(1, 4)) + '}';
            switch (random.bounded(5)) {
            case 0:
                events.push_back(given("LOCKED"));
                break;
            case 1:
                events.push_back(given("UNLOCKED"));
                break;
            case 2:
                events.push_back(given("TAKEN", data));
                break;
            case 3:
                events.push_back(given("LABELLED"));
                break;
            default:
                events.push_back(given("PUT", data));
            }
        }
        const auto found = openCase(evolver, events);
        QVERIFY(found.isProven);
        const auto shorter = shrinkHistory(evolver, found, {});
        QVERIFY(shorter);
        QVERIFY(shorter->isProven && shorter->isShortest);
        QVERIFY(shorter->given.size() <= 12);
        for (std::size_t i = 0; i < shorter->given.size(); ++i)
            QVERIFY(!holds(evolver, *shorter, i));
    }
}

void TestHistoryShrink::keepsTheStateOfAFold()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    TestCase testCase;
    testCase.stream = QStringLiteral("box-1");
    testCase.given = { given("PUT", R"({"n":1})"), given("LOCKED"), given("LABELLED") };
    testCase.when = { given("PUT", R"({"n":2})") };
    testCase.state = { { *JsonPointer::parse("/n"), JsonValue::fromInt(3) } };
    const auto shorter = shrinkHistory(evolver, testCase, {});
    QVERIFY(shorter);
    QVERIFY(shorter->isProven);
    QCOMPARE(shorter->given.size(), std::size_t(1));
    QCOMPARE(shorter->given.front().type, QStringLiteral("PUT"));
}

void TestHistoryShrink::refusesAnOutcomeThatReplayDoesNotGive()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    auto found = openCase(evolver, { given("PUT", R"({"n":3})") });
    found.events.first().type = QStringLiteral("SHUT");
    const auto shorter = shrinkHistory(evolver, found, {});
    QVERIFY(!shorter);
    QCOMPARE(shorter.error().code, ErrorCode::Unsupported);
}

void TestHistoryShrink::saysWhenItEndedEarly()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    const std::vector<Event> events(100, given("PUT", R"({"n":1})"));
    const auto shorter = shrinkHistory(evolver, openCase(evolver, events), {}, {}, 20);
    QVERIFY(shorter);
    QVERIFY(shorter->isProven);
    QVERIFY(!shorter->isShortest);
    QVERIFY(!shorter->notes.isEmpty());
}

void TestHistoryShrink::endsWhenCancelled()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    const CancelToken token;
    token.cancel();
    const auto shorter
        = shrinkHistory(evolver, openCase(evolver, { given("PUT", R"({"n":3})") }), token);
    QVERIFY(!shorter);
    QCOMPARE(shorter.error().code, ErrorCode::Cancelled);
}

void TestHistoryShrink::cutsALongHistory()
{
    const auto files = boxes();
    const Evolver evolver(files.load());
    std::vector<Event> events(5000, given("LABELLED"));
    events[1234] = given("PUT", R"({"n":2})");
    events[4321] = given("PUT", R"({"n":2})");
    const auto shorter = shrinkHistory(evolver, openCase(evolver, events), {});
    QVERIFY(shorter);
    QVERIFY(shorter->isShortest);
    QCOMPARE(shorter->given.size(), std::size_t(2));
    QVERIFY(exampleObstacle(*shorter).isEmpty());
}

QTEST_GUILESS_MAIN(TestHistoryShrink)
#include "tst_historyshrink.moc"
