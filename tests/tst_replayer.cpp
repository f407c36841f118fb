#include "support/replaysamples.h"
#include "support/sampleworkspace.h"
#include "time/replayer.h"
#include "time/statecheckpoints.h"

#include <QRandomGenerator>
#include <QTest>

using namespace eventloupe;

namespace {

constexpr Position toHead = std::numeric_limits<Position>::max();

QByteArray pictureOf(const AggregateState& state)
{
    return QByteArray::number(state.version) + " at " + QByteArray::number(state.position)
        + (state.exists ? " exists " : " is gone ") + state.value.toJson() + " failed "
        + QByteArray::number(state.failedVersion) + ' ' + QByteArray::number(state.failedPosition)
        + ' ' + state.failure.toUtf8();
}

} // namespace

class TestReplayer final : public QObject {
    Q_OBJECT

private slots:
    void agreesWithANaiveFold_data();
    void agreesWithANaiveFold();
    void startsFromCheckpoints();
    void foldsInSlices();
    void givesTheStateBeforeTheLastEvent();
    void stepsBackWithoutFoldingAgain();
    void clampsVersions();
    void forgetsAtReset();
    void seesGrowth();
    void marksAhead();
    void jumpsCostTheSameWhereMarksAreBounded();
    void spacesMarksByTheirBytes();
    void dropsStreamsThatWereNotUsed();
    void countsWhatIsShared();
};

void TestReplayer::agreesWithANaiveFold_data()
{
    QTest::addColumn<bool>("withRules");
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : { 1U, 2U, 3U }) {
        QTest::addRow("merge, seed %u", seed) << false << seed;
        QTest::addRow("rules, seed %u", seed) << true << seed;
    }
}

void TestReplayer::agreesWithANaiveFold()
{
    QFETCH(bool, withRules);
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    QList<SampleEvent> events;
    for (int i = 0; i < 400; ++i)
        events.append(randomEvent(random, 6));
    const SampleStore sample(events);
    const auto store = open(sample);
    const auto evolver = std::make_shared<const Evolver>(
        withRules ? SampleWorkspace::counter() : Workspace::empty());
    Replayer replayer(evolver);
    int failures = 0;
    int ended = 0;
    for (int i = 0; i < 300; ++i) {
        const auto stream = store->findStream(events.at(random.bounded(400)).stream);
        QVERIFY(stream && *stream);
        const Position position = random.bounded(401);
        const auto version = store->versionAt((*stream)->id, position);
        const auto state = replayer.stateAt(*store, **stream, position);
        QVERIFY(version && state);
        const AggregateState expected = foldNaively(*store, *evolver, **stream, *version);
        QCOMPARE(pictureOf(*state), pictureOf(expected));
        failures += expected.failedVersion > 0 ? 1 : 0;
        ended += expected.version > 0 && !expected.exists ? 1 : 0;
    }
    // The log must hold what the test is about.
    QCOMPARE(failures > 0, withRules);
    QCOMPARE(ended > 0, withRules);
}

void TestReplayer::startsFromCheckpoints()
{
    const SampleStore sample(longStream(5000));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    QVERIFY(replayer.stateAtVersion(*store, stream, 5000));
    QCOMPARE(replayer.eventsFolded(), 5000);
    // A step forward from the last state, and a step back from the mark before.
    QVERIFY(replayer.stateAtVersion(*store, stream, 3999));
    QCOMPARE(replayer.eventsFolded(), 5249);
    QVERIFY(replayer.stateAtVersion(*store, stream, 4000));
    QCOMPARE(replayer.eventsFolded(), 5249);
    QVERIFY(replayer.stateAtVersion(*store, stream, 4001));
    QCOMPARE(replayer.eventsFolded(), 5250);
    QVERIFY(replayer.stateAtVersion(*store, stream, 4002));
    QCOMPARE(replayer.eventsFolded(), 5251);
    for (const int version : { 1, 999, 1000, 1001, 2500, 4999 }) {
        const auto state = replayer.stateAtVersion(*store, stream, version);
        QVERIFY(state);
        QCOMPARE(
            pictureOf(*state), pictureOf(foldNaively(*store, replayer.evolver(), stream, version)));
    }
}

void TestReplayer::foldsInSlices()
{
    const SampleStore sample(longStream(2500));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    int slices = 1;
    auto step = replayer.stepWithin(*store, stream, 2500, 600);
    while (step && !*step && slices < 100) {
        step = replayer.stepWithin(*store, stream, 2500, 600);
        ++slices;
    }
    QVERIFY(step && *step);
    QCOMPARE(slices, 5);
    QCOMPARE(replayer.eventsFolded(), 2500);
    QCOMPARE((*step)->now.version, 2500);
    QCOMPARE((*step)->before.version, 2499);
}

void TestReplayer::givesTheStateBeforeTheLastEvent()
{
    const SampleStore sample({ { QStringLiteral("a-1"), QStringLiteral("ONE"), "{\"a\":1}" },
        { QStringLiteral("b-1") }, { QStringLiteral("a-1"), QStringLiteral("TWO"), "{\"b\":2}" } });
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("a-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    const auto at = [&](Position position) {
        const auto step = replayer.stepWithin(*store, stream, position, 100);
        return (*step)->before.value.toJson() + " -> " + (*step)->now.value.toJson() + ' '
            + (*step)->lastType.toUtf8();
    };
    QCOMPARE(at(3), QByteArray("{\"a\":1} -> {\"a\":1,\"b\":2} TWO"));
    QCOMPARE(at(2), QByteArray("{} -> {\"a\":1} ONE"));
    QCOMPARE(at(1), QByteArray("{} -> {\"a\":1} ONE"));
    QCOMPARE(at(0), QByteArray("{} -> {} "));
    QCOMPARE(at(3), QByteArray("{\"a\":1} -> {\"a\":1,\"b\":2} TWO"));
}

void TestReplayer::stepsBackWithoutFoldingAgain()
{
    const SampleStore sample(longStream(1200));
    const auto store = open(sample);
    QVERIFY(store);
    const auto evolver = std::make_shared<Evolver>(Workspace::empty());
    const StreamInfo stream = **store->findStream(QStringLiteral("long-1"));
    Replayer plain(evolver);
    Replayer replayer(evolver);
    QVERIFY(replayer.stateAtVersion(*store, stream, 1200)); // Leaves marks.
    std::vector<QByteArray> pictures; // By version.
    for (StreamVersion version = 0; version <= 1200; ++version)
        pictures.push_back(pictureOf(**plain.stateWithin(*store, stream, version, 1)));
    const auto costOfStep = [&](StreamVersion version) {
        const qint64 before = replayer.eventsFolded();
        const auto step = replayer.stepToVersion(*store, stream, version, Replayer::unbounded);
        const auto place = static_cast<std::size_t>(version);
        const bool isRight = step && *step && pictureOf((*step)->now) == pictures[place]
            && pictureOf((*step)->before) == pictures[place - 1];
        return isRight ? replayer.eventsFolded() - before : -1;
    };
    QVERIFY(costOfStep(1130) > 100);
    for (StreamVersion version = 1129; version > 1005; --version)
        QCOMPARE(costOfStep(version), 1);
    for (StreamVersion version = 1006; version < 1200; ++version)
        QCOMPARE(costOfStep(version), 1);
    QVERIFY(costOfStep(900) > 100);
    QCOMPARE(costOfStep(899), 1);
}

void TestReplayer::clampsVersions()
{
    const SampleStore sample(longStream(3));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    QCOMPARE(replayer.stateAtVersion(*store, stream, 99)->version, 3);
    QCOMPARE(replayer.stateAtVersion(*store, stream, -1)->version, 0);
    QCOMPARE(replayer.stateAtVersion(*store, stream, 0)->value.toJson(), QByteArray("{}"));
    QCOMPARE(replayer.stateAt(*store, stream, toHead)->version, 3);
}

void TestReplayer::forgetsAtReset()
{
    const SampleStore sample(
        { { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":5}" } });
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("counter-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    QCOMPARE(replayer.stateAtVersion(*store, stream, 1)->value.toJson(), QByteArray("{\"by\":5}"));
    replayer.reset(std::make_shared<const Evolver>(SampleWorkspace::counter()));
    QCOMPARE(replayer.stateAtVersion(*store, stream, 1)->value.toJson(), QByteArray("{\"n\":5}"));
}

void TestReplayer::seesGrowth()
{
    SampleStore sample(longStream(2));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    QCOMPARE(replayer.stateAt(*store, stream, toHead)->version, 2);
    sample.append({ { QStringLiteral("long-1"), QStringLiteral("NOTED"), "{\"last\":9}" } });
    const auto state = replayer.stateAt(*store, stream, toHead);
    QCOMPARE(state->version, 3);
    QCOMPARE(state->value.find("last")->toInt(), 9);
    QCOMPARE(replayer.eventsFolded(), 3);
}

void TestReplayer::marksAhead()
{
    const SampleStore sample(longStream(2600));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()));
    QVERIFY(replayer.stateAtVersion(*store, stream, 300));
    QCOMPARE(replayer.keptUpTo(stream, 2600), 300);
    int slices = 0;
    auto isDone = replayer.markAhead(*store, stream, 600);
    for (; isDone && !*isDone && slices < 100; ++slices)
        isDone = replayer.markAhead(*store, stream, 600);
    QVERIFY(isDone && *isDone);
    QCOMPARE(slices, 4);
    QCOMPARE(replayer.eventsFolded(), 2500);
    QCOMPARE(replayer.keptUpTo(stream, 2600), 2500);
    QCOMPARE(replayer.keptUpTo(stream, 1999), 1750);
    QVERIFY(replayer.figures().count() >= 10);
    QVERIFY(replayer.figures().bytes() > 0);
    // A short stream needs none.
    const SampleStore shortSample(longStream(200));
    const auto shortStore = open(shortSample);
    const auto shortStream = **shortStore->findStream(QStringLiteral("long-1"));
    Replayer other(std::make_shared<const Evolver>(Workspace::empty()));
    QVERIFY(*other.markAhead(*shortStore, shortStream, 600));
    QCOMPARE(other.eventsFolded(), 0);
}

void TestReplayer::jumpsCostTheSameWhereMarksAreBounded()
{
    const SampleStore sample(longStream(20'000));
    const auto store = open(sample);
    const auto stream = **store->findStream(QStringLiteral("long-1"));
    // Room for a dozen states at most: the marks are far apart, but along the whole stream.
    Replayer replayer(std::make_shared<const Evolver>(Workspace::empty()), 30'000);
    QVERIFY(replayer.stateAtVersion(*store, stream, 20'000));
    QVERIFY(replayer.figures().bytes() <= 30'000);
    QVERIFY2(
        replayer.figures().count() >= 5, qPrintable(QString::number(replayer.figures().count())));
    QRandomGenerator random(5);
    qint64 most = 0;
    for (int i = 0; i < 50; ++i) {
        const StreamVersion version = 1 + random.bounded(20'000);
        const qint64 before = replayer.eventsFolded();
        const auto state = replayer.stateAtVersion(*store, stream, version);
        QVERIFY(state);
        QCOMPARE(state->value.find("last")->toInt(), version);
        most = std::max(most, replayer.eventsFolded() - before);
    }
    QVERIFY2(most <= 4000, qPrintable(QString::number(most)));
    QCOMPARE(replayer.figures().maximumBytes(), 30'000);
}

void TestReplayer::spacesMarksByTheirBytes()
{
    StateCheckpoints checkpoints(100'000);
    AggregateState state;
    for (state.version = 1; state.version <= 10'000; ++state.version) {
        if (state.version % 250 == 0)
            state.value = JsonValue::fromString(QByteArray(4000, 'x'));
        QCOMPARE(
            checkpoints.wantsMark(1, state.version), state.version % checkpoints.interval(1) == 0);
        checkpoints.keepMark(1, state);
    }
    // Half of the bound is this stream's: eleven states of 4,352 bytes; ten stand 1,000 apart.
    QCOMPARE(checkpoints.interval(1), 1000);
    QCOMPARE(checkpoints.count(), 10);
    QVERIFY(checkpoints.bytes() <= 50'000);
    QCOMPARE(checkpoints.lastMark(1), 10'000);
    for (StreamVersion version = 1000; version <= 10'000; version += 1000)
        QCOMPARE(checkpoints.nearest(1, version + 999)->version, version);
    QVERIFY(!checkpoints.nearest(1, 999));
    // One that alone is over the bound is kept: a fold stands on it.
    state.version = 11'000;
    state.value = JsonValue::fromString(QByteArray(500'000, 'x'));
    checkpoints.keepMark(2, state);
    QCOMPARE(checkpoints.nearest(2, 11'000)->version, 11'000);
    QVERIFY(!checkpoints.nearest(1, 10'000));
    checkpoints.clear();
    QCOMPARE(checkpoints.bytes(), 0);
    QCOMPARE(checkpoints.count(), 0);
    QCOMPARE(checkpoints.lastMark(1), 0);
}

void TestReplayer::dropsStreamsThatWereNotUsed()
{
    StateCheckpoints checkpoints(15'000);
    AggregateState state;
    state.value = JsonValue::fromString(QByteArray(4000, 'x'));
    for (StreamId stream = 1; stream <= 3; ++stream) {
        state.version = stream;
        checkpoints.keepLast(stream, state);
    }
    QCOMPARE(checkpoints.count(), 3);
    QCOMPARE(checkpoints.nearest(1, 100)->version, 1);
    state.version = 4;
    state.value = JsonValue::fromString(QByteArray(4000, 'x'));
    checkpoints.keepLast(4, state);
    // 1 was used just now, so that 2 goes first.
    QVERIFY(checkpoints.nearest(1, 100));
    QVERIFY(!checkpoints.nearest(2, 100));
    QVERIFY(checkpoints.nearest(3, 100));
    state.version = 5;
    checkpoints.keepLast(4, state);
    QCOMPARE(checkpoints.count(), 3);
    QVERIFY(!checkpoints.nearest(4, 4));
    QCOMPARE(checkpoints.nearest(4, 100)->version, 5);
}

void TestReplayer::countsWhatIsShared()
{
    JsonValue value
        = *parseJson(R"({"big":[1,2,3,{"text":"a text of some length, not a short one"}],"n":1})");
    const JsonValue before = value;
    QCOMPARE(estimatedBytes(value, &before), 0);
    value.insert("n", JsonValue::fromInt(2));
    QVERIFY(estimatedBytes(value) > 300);
    const qint64 own = estimatedBytes(value, &before);
    QVERIFY2(own > 0 && own <= estimatedBytes(value) / 2, qPrintable(QString::number(own)));
}

QTEST_GUILESS_MAIN(TestReplayer)
#include "tst_replayer.moc"
