#include "causation/causationscan.h"
#include "support/scratchstore.h"

#include <QRandomGenerator>
#include <QTest>

using namespace eventloupe;

namespace {

struct Written {
    QByteArray id;
    QByteArray metadata;
    QByteArray data = "{}";
};

void append(const ScratchStore& store, const QList<Written>& events)
{
    int number = 0;
    for (const Written& event : events) {
        const auto done = store->append({ QStringLiteral("s-%1").arg(number++ % 3),
            ExpectedVersion::any(),
            { { QStringLiteral("E"), event.data, event.metadata, { number * 1000 },
                QString::fromUtf8(event.id) } } });
        QVERIFY(done);
    }
}

QByteArray ids(const char* correlation, const char* causation)
{
    return QByteArray(R"({"correlationId":")") + correlation + R"(","causationId":")" + causation
        + R"("})";
}

/// The positions that belong to the event, by causationKeyAt(), scanCausation() and findCauses().
QList<Position> found(const ScratchStore& store, Position position)
{
    auto key = causationKeyAt(*store, position, {});
    if (!key)
        return { -1 };
    std::vector<CausedEvent> events(key->found.cbegin(), key->found.cend());
    const auto done = scanCausation(*store, *key, 1, *store->head(), {}, {},
        [&events](const QList<CausedEvent>& bundle) {
            events.insert(events.end(), bundle.cbegin(), bundle.cend());
            return true;
        });
    if (!done || !*done || !findCauses(*store, events, {}))
        return { -2 };
    QList<Position> positions;
    const auto tree = CausationTree::of(std::move(events));
    for (const auto& event : tree->events())
        positions.append(event.position);
    return positions;
}

} // namespace

class TestCausationScan final : public QObject {
    Q_OBJECT

private slots:
    void findsACorrelation();
    void findsTheEventThatACorrelationIsNamedAfter();
    void findsAnEscapedId();
    void findsIdsInData();
    void followsCausesWithoutACorrelation();
    void followsPlacesOfMessageDb();
    void looksUpCausesOfOtherCorrelations();
    void looksUpEachOfManyCauses();
    void findsWhatANaiveReadFinds();
    void namesAMissingPosition();
    void endsWhenCancelled();
};

void TestCausationScan::findsACorrelation()
{
    ScratchStore store;
    append(store, { { "a", ids("k", "k") }, { "b", ids("other", "x") }, { "c", ids("k", "a") },
                      { "d", R"({"note":"k"})" } });
    QCOMPARE(found(store, 3), (QList<Position> { 1, 3 }));
    QCOMPARE(found(store, 2), (QList<Position> { 2 }));
}

void TestCausationScan::findsTheEventThatACorrelationIsNamedAfter()
{
    ScratchStore store;
    append(store, { { "root", "{}" }, { "b", R"({"correlation_id":"root","causation_id":"root"})" },
                      { "c", R"({"correlation_id":"root","causation_id":"b"})" } });
    QCOMPARE(found(store, 3), (QList<Position> { 1, 2, 3 }));
    // The root has no correlation of its own.
    QCOMPARE(found(store, 1), (QList<Position> { 1, 2, 3 }));
}

void TestCausationScan::findsAnEscapedId()
{
    ScratchStore store;
    append(store, { { "a", R"({"correlationId":"caf\u00e9/7\/x-99"})" },
                      { "b", QByteArray("{\"correlationId\":\"caf\xc3\xa9/7/x-99\"}") } });
    QCOMPARE(found(store, 1), (QList<Position> { 1, 2 }));
}

void TestCausationScan::findsIdsInData()
{
    ScratchStore store;
    append(store, { { "a", "{}", R"({"correlation_id":"k","causation_id":null})" },
                      { "b", "{}", R"({"correlation_id":"k","causation_id":"a"})" },
                      { "c", "{}", R"({"correlation_id":"z"})" } });
    QCOMPARE(found(store, 2), (QList<Position> { 1, 2 }));
}

void TestCausationScan::followsCausesWithoutACorrelation()
{
    ScratchStore store;
    const auto cause = [](const char* id) {
        return QByteArray(R"({"causationId":")") + id + R"("})";
    };
    append(store, { { "a0", cause("command-1") }, { "a", cause("command-1") }, { "x", "{}" },
                      { "b", cause("a") }, { "c", cause("b") }, { "y", cause("x") } });
    QCOMPARE(found(store, 4), (QList<Position> { 1, 2, 4, 5 }));
    QCOMPARE(found(store, 3), (QList<Position> { 3, 6 }));
}

void TestCausationScan::followsPlacesOfMessageDb()
{
    ScratchStore store;
    const char* cause = R"({"causationMessageStreamName":"s-0","causationMessagePosition":0})";
    append(store, { { "a", "{}" }, { "b", "{}" }, { "c", cause } });
    QCOMPARE(found(store, 1), (QList<Position> { 1, 3 }));
}

void TestCausationScan::looksUpCausesOfOtherCorrelations()
{
    ScratchStore store;
    append(store, { { "a", ids("one", "k") }, { "b", ids("one", "a") }, { "c", ids("two", "b") } });
    QCOMPARE(found(store, 3), (QList<Position> { 1, 2, 3 }));
}

void TestCausationScan::looksUpEachOfManyCauses()
{
    ScratchStore store;
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    const auto add = [&bulk](const QByteArray& id, const QByteArray& metadata) {
        return (*bulk)
            ->add(QStringLiteral("s-1"),
                { QStringLiteral("E"), "{}", metadata, { 1 }, QString::fromUtf8(id) })
            .ok();
    };
    constexpr int count = 1'200; // More than one look-up asks for.
    for (int i = 0; i < count; ++i) {
        const QByteArray cause = "cause-" + QByteArray::number(i);
        QVERIFY(add(cause, ids("other", "x")));
        QVERIFY(add("effect-" + QByteArray::number(i), ids("k", cause.constData())));
    }
    QVERIFY((*bulk)->commit({}));
    QCOMPARE(found(store, 2).size(), 2 * count);
}

void TestCausationScan::findsWhatANaiveReadFinds()
{
    ScratchStore store;
    QRandomGenerator random(7);
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QList<QByteArray> correlations;
    constexpr int count = 70'000; // More than two pieces.
    for (int i = 0; i < count; ++i) {
        correlations.append("c-" + QByteArray::number(random.bounded(2000)));
        const QByteArray spelling = i % 2 == 0 ? "correlationId" : "$correlationId";
        QVERIFY((*bulk)->add(QStringLiteral("s-%1").arg(i % 50),
            { QStringLiteral("E"), "{}", "{\"" + spelling + "\":\"" + correlations.last() + "\"}",
                { i }, QStringLiteral("id-%1").arg(i) }));
    }
    QVERIFY((*bulk)->commit({}));
    for (int check = 0; check < 20; ++check) {
        const int picked = random.bounded(count);
        QList<Position> expected;
        for (int i = 0; i < count; ++i) {
            if (correlations.at(i) == correlations.at(picked))
                expected.append(i + 1);
        }
        QCOMPARE(found(store, picked + 1), expected);
    }
}

void TestCausationScan::namesAMissingPosition()
{
    ScratchStore store;
    const auto key = causationKeyAt(*store, 5, {});
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::NotFound);
    QVERIFY(key.error().message.contains(QStringLiteral("#5")));
}

void TestCausationScan::endsWhenCancelled()
{
    ScratchStore store;
    append(store, { { "a", ids("k", "k") } });
    auto key = causationKeyAt(*store, 1, {});
    const CancelToken token;
    token.cancel();
    const auto done = scanCausation(*store, *key, 1, 1, token, {},
        [](const QList<CausedEvent>&) { return true; });
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestCausationScan)
#include "tst_causationscan.moc"
