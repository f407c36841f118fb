#include "blame/fieldhistory.h"
#include "blame/blamefields.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"

#include <QTest>

using namespace eventloupe;

namespace {

QByteArray textOf(const FieldWrite& write)
{
    const auto json = [](const std::optional<JsonValue>& value) {
        return value ? value->toJson() : QByteArray("nothing");
    };
    return (write.event ? 'v' + QByteArray::number(write.event->version) + ' '
                    + write.event->type.toUtf8()
                        : QByteArray("initial"))
        + ' ' + write.place.toText() + ' ' + json(write.old) + " -> " + json(write.now)
        + (write.isChanged() ? "" : " (same)");
}

} // namespace

class FieldHistoryTest final : public QObject {
    Q_OBJECT

private slots:
    void listsWhatSetAField();
    void tellsOfRemovalsAndTheFirstState();
    void endsWithTheAggregate();
    void comesInPieces();
    void goesThroughLongListsInSmallPieces();
    void leavesOutWhatFailed();
    void saysTheFieldsOfAState();

private:
    struct Log {
        explicit Log(const QList<SampleEvent>& events,
            std::shared_ptr<const Workspace> workspace = nullptr)
            : sample(events)
            , store(openStore(sample.location(), OpenMode::ReadOnly).value())
            , replayer(std::make_shared<const Evolver>(std::move(workspace)),
                  Replayer::maximumBytes, Replayer::Blame::With)
            , stream(**store->findStream(events.constFirst().stream))
        {
        }
        QByteArrayList history(const QByteArray& field, StreamVersion version)
        {
            FieldHistory history(stream, *JsonPointer::parse(viewOf(field)), version);
            QByteArrayList lines;
            while (!history.isComplete())
                lines += piece(history, 2);
            return lines;
        }
        QByteArrayList piece(FieldHistory& history, qint64 events)
        {
            const auto found = history.next(*store, replayer, events);
            QByteArrayList lines;
            for (const FieldWrite& write : found.value())
                lines.append(textOf(write));
            return lines;
        }
        SampleStore sample;
        std::unique_ptr<EventStore> store;
        Replayer replayer;
        StreamInfo stream;
    };
};

void FieldHistoryTest::listsWhatSetAField()
{
    const QString user = QStringLiteral("user-1");
    Log log({ { user, QStringLiteral("MADE"), R"({"name":"Ada","city":{"zip":1}})" },
        { user, QStringLiteral("NOTED"), R"({"note":1})" },
        { user, QStringLiteral("MOVED"), R"({"city":{"zip":2}})" },
        { user, QStringLiteral("NAMED"), R"({"name":"Ada"})" },
        { user, QStringLiteral("NAMED"), R"({"name":"Eve"})" } });
    QCOMPARE(log.history("/name", 5),
        QByteArrayList({ R"(v5 NAMED /name "Ada" -> "Eve")",
            R"(v4 NAMED /name "Ada" -> "Ada" (same))", R"(v1 MADE /name nothing -> "Ada")" }));
    QCOMPARE(log.history("/name", 4).size(), 2);
    QCOMPARE(log.history("/city", 5),
        QByteArrayList({ R"(v3 MOVED /city {"zip":1} -> {"zip":2})",
            R"(v1 MADE /city nothing -> {"zip":1})" }));
    QCOMPARE(log.history("/none", 5), QByteArrayList());
    QCOMPARE(log.history("/name", 0), QByteArrayList());
    QCOMPARE(log.history("", 2).size(), 3); // The initial state has one, too.
}

void FieldHistoryTest::tellsOfRemovalsAndTheFirstState()
{
    const QString counter = QStringLiteral("counter-1");
    Log log({ { counter, QStringLiteral("ADDED"), R"({"by":2})" },
                { counter, QStringLiteral("NOTED"), R"({"n":null})" },
                { counter, QStringLiteral("NOTED"), R"({"n":null})" },
                { counter, QStringLiteral("CLOSED"), "{}" } },
        SampleWorkspace::counter());
    // What was written around it is no event of its history.
    QCOMPARE(log.history("/n", 4),
        QByteArrayList({ "v2 NOTED /n 2 -> nothing",
            "v1 ADDED /n 0 -> 2", "initial /n nothing -> 0" }));
}

void FieldHistoryTest::endsWithTheAggregate()
{
    const QString counter = QStringLiteral("counter-1");
    Log log({ { counter, QStringLiteral("ADDED"), R"({"by":2})" },
                { counter, QStringLiteral("CLOSED"), "{}" },
                { counter, QStringLiteral("ADDED"), R"({"by":5})" } },
        SampleWorkspace::counter());
    QCOMPARE(log.history("/n", 3),
        QByteArrayList({ "v3 ADDED /n nothing -> 5", "v2 CLOSED /n 2 -> nothing",
            "v1 ADDED /n 0 -> 2", "initial /n nothing -> 0" }));
}

void FieldHistoryTest::comesInPieces()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 3000; ++i)
        events.append({ QStringLiteral("user-1"), QStringLiteral("NOTED"),
            i == 1 || i == 1500 || i == 2999 ? "{\"a\":" + QByteArray::number(i) + '}'
                                             : QByteArray("{\"b\":1}") });
    Log log(events);
    QVERIFY(log.replayer.stateAtVersion(*log.store, log.stream, 3000).ok());
    const qint64 folded = log.replayer.eventsFolded();
    FieldHistory history(log.stream, JsonPointer({ "a" }), 3000);
    const auto first = history.next(*log.store, log.replayer, 200);
    QCOMPARE(first->size(), 1);
    QCOMPARE(textOf(first->constFirst()), QByteArray("v2999 NOTED /a 1500 -> 2999"));
    QCOMPARE(history.reached(), 2750);
    QVERIFY(!history.isComplete());
    QCOMPARE(log.replayer.eventsFolded(), folded); // There was a mark.
    QByteArrayList more;
    while (!history.isComplete())
        more += log.piece(history, 100);
    QCOMPARE(more, QByteArrayList({ "v1500 NOTED /a 1 -> 1500", "v1 NOTED /a nothing -> 1" }));
}

/// What the events of a piece wrote is held in memory.
void FieldHistoryTest::goesThroughLongListsInSmallPieces()
{
    QList<SampleEvent> events;
    for (int i = 0; i < 1200; ++i)
        events.append({ QStringLiteral("box-1"), QStringLiteral("PUT"),
            "{\"n\":" + QByteArray::number(i) + '}' });
    const SampleWorkspace sample({ { QStringLiteral("aggregates/box.json"),
                                       R"({"category": "box", "initialState": {"items": []}})" },
        { QStringLiteral("events/PUT.json"),
            R"-({"evolve": {"/items": "[data.n] + state.items"}})-" } });
    Log log(events, sample.load());
    FieldHistory history(log.stream, JsonPointer({ "items", "1100" }), 1200);
    QByteArrayList lines;
    int pieces = 0;
    for (; !history.isComplete(); ++pieces)
        lines += log.piece(history, 1000);
    QVERIFY(pieces > 2); // Of a thousand events each, two.
    QCOMPARE(lines, QByteArrayList({ "v100 PUT /items/0 nothing -> 99" }));
}

void FieldHistoryTest::leavesOutWhatFailed()
{
    const QString counter = QStringLiteral("counter-1");
    Log log({ { counter, QStringLiteral("ADDED"), R"({"by":2})" },
                { counter, QStringLiteral("ADDED"), R"({"by":"x"})" },
                { counter, QStringLiteral("ADDED"), R"({"by":0})" } },
        SampleWorkspace::counter());
    QCOMPARE(log.history("/n", 3),
        QByteArrayList({ "v3 ADDED /n 2 -> 2 (same)", "v1 ADDED /n 0 -> 2",
            "initial /n nothing -> 0" }));
}

void FieldHistoryTest::saysTheFieldsOfAState()
{
    const QString user = QStringLiteral("user-1");
    Log log({ { user, QStringLiteral("MADE"), R"({"a":{"b":1,"c":[]}})", "2026-03-01T14:00:00Z" },
        { user, QStringLiteral("SET"), R"({"a":{"b":2}})", "2026-03-01T15:00:00Z" } });
    const auto state = log.replayer.stateAtVersion(*log.store, log.stream, 2);
    QByteArrayList lines;
    for (const BlamedField& field : blamedFields(*state, {}))
        lines.append(blameJson(field).toJson());
    QCOMPARE(lines,
        QByteArrayList({ R"({"pointer":"/a/b","value":2,"type":"SET","version":2,"position":2,)"
                         R"("time":"2026-03-01T15:00:00.000000Z"})",
            R"({"pointer":"/a/c","value":[],"type":"MADE","version":1,"position":1,)"
            R"("time":"2026-03-01T14:00:00.000000Z"})" }));
    const auto below = blamedFields(*state, JsonPointer({ "a" }));
    QCOMPARE(below.size(), 3);
    QCOMPARE(below.constFirst().pointer, QByteArray("/a"));
    QCOMPARE(below.constFirst().event->version, 2);
    QVERIFY(blamedFields(*state, JsonPointer({ "x" })).isEmpty());
}

QTEST_GUILESS_MAIN(FieldHistoryTest)
#include "tst_fieldhistory.moc"
