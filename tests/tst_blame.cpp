#include "blame/blamefields.h"
#include "blame/fieldhistory.h"
#include "domain/workspacetemplate.h"
#include "exchange/importer.h"
#include "support/plainblame.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"
#include "support/scratchstore.h"
#include "value/json.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace eventloupe;

/// Blame against replays that compare every pair of states, on logs of many kinds.
class BlameTest final : public QObject {
    Q_OBJECT

private slots:
    void agreesWithANaiveReplayOfTheShop();
    void agreesWithANaiveReplayOfRealLogs_data();
    void agreesWithANaiveReplayOfRealLogs();
    void followsElementsThatMove();

private:
    static void compareFields(
        EventStore& store, const std::shared_ptr<const Evolver>& evolver, int fields);
    static QList<FieldWrite> wholeHistory(EventStore& store, Replayer& replayer,
        const StreamInfo& stream, const JsonPointer& field, StreamVersion version,
        qint64 piece = 100);
};

QList<FieldWrite> BlameTest::wholeHistory(EventStore& store, Replayer& replayer,
    const StreamInfo& stream, const JsonPointer& field, StreamVersion version, qint64 piece)
{
    FieldHistory history(stream, field, version);
    QList<FieldWrite> writes;
    while (!history.isComplete()) {
        const auto found = history.next(store, replayer, piece);
        if (!found)
            qFatal("%s", qPrintable(found.error().message));
        writes += *found;
    }
    return writes;
}

/// So many random fields of random streams at random versions.
void BlameTest::compareFields(
    EventStore& store, const std::shared_ptr<const Evolver>& evolver, int fields)
{
    Replayer replayer(evolver, Replayer::maximumBytes, Replayer::Blame::With);
    QRandomGenerator random(4);
    const Position head = *store.head();
    const auto count = static_cast<int>(*store.streamCountAt(head));
    constexpr int fieldsPerStream = 10;
    for (int done = 0; done < fields;) {
        const auto stream = store.streamsAt(head, 1 + random.bounded(count), 1)->constFirst().info;
        const PlainBlame plain(store, *evolver, stream);
        for (int i = 0; i < fieldsPerStream; ++i, ++done) {
            const StreamVersion version
                = 1 + random.bounded(static_cast<int>(stream.headVersion));
            const JsonPointer field = randomField(plain.stateAt(version), random.generate());
            const auto state = replayer.stateAtVersion(store, stream, version);
            QVERIFY(state.ok());
            QVERIFY(state->value == plain.stateAt(version));
            const QByteArray where = stream.name.toUtf8() + " v" + QByteArray::number(version) + ' '
                + field.toText();
            const auto& setter = state->blame->setterOf(field.tokens());
            QVERIFY2((setter ? setter->version : 0) == plain.lastSet(field, version), where);
            const auto history = wholeHistory(store, replayer, stream, field, version);
            StreamVersion set = 0;
            StreamVersion changed = 0;
            for (auto write = history.rbegin(); write != history.rend(); ++write) {
                set = write->event ? write->event->version : 0;
                changed = write->isChanged() ? set : changed;
            }
            QVERIFY2(set == (setter ? setter->version : 0), where);
            QVERIFY2(changed == plain.lastChanged(field, version), where);
        }
    }
}

void BlameTest::agreesWithANaiveReplayOfTheShop()
{
    QTemporaryDir folder;
    QVERIFY(writeWorkspace(QStringLiteral("shop"), folder.filePath(QStringLiteral("shop"))).ok());
    const auto workspace = Workspace::load(folder.filePath(QStringLiteral("shop")));
    QVERIFY(workspace.ok());
    const ScratchStore store;
    const auto bulk = store->beginBulk();
    QRandomGenerator random(11);
    const auto number = [&](int end) { return QByteArray::number(random.bounded(end)); };
    for (int i = 0; i < 100'000; ++i) {
        const QByteArray item = "{\"sku\":\"S" + number(6) + "\",\"title\":\"T" + number(3)
            + "\",\"qty\":" + number(4) + ",\"unitPrice\":" + number(3) + '}';
        const QList<std::pair<const char*, QByteArray>> events {
            { "CART_OPENED",
                "{\"currency\":\"EUR\",\"gift\":{\"wrap\":true,\"note\":" + number(2) + "}}" },
            { "ITEM_ADDED", item },
            { "ITEM_ADDED", item },
            { "QUANTITY_CHANGED", item },
            { "QUANTITY_CHANGED", item },
            { "ITEM_REMOVED", item },
            { "CART_CHECKED_OUT", "{\"orderId\":\"" + number(9) + "\"}" },
            { "ORDER_PAID", "{}" }, // A cart does not evolve by it.
        };
        const auto& [type, data] = events.at(random.bounded(8));
        const NewEvent event { QString::fromLatin1(type), data, "{}", { i * 1'000'000LL }, {} };
        QVERIFY((*bulk)->add(QStringLiteral("cart-%1").arg(random.bounded(500)), event).ok());
    }
    QVERIFY((*bulk)->commit({}).ok());
    compareFields(*store, std::make_shared<const Evolver>(*workspace), 1000);
}

void BlameTest::agreesWithANaiveReplayOfRealLogs_data()
{
    QTest::addColumn<QByteArray>("mapping");
    QTest::newRow("reviewing.csv") << QByteArray();
    QTest::newRow("running-example.csv") << QByteArray();
    QTest::newRow("EventSauce-files.ndjson") << QByteArray();
    QTest::newRow("eventstore-files.ndjson") << QByteArray();
    QTest::newRow("flights-20k.json") << QByteArray(
        R"({"stream":{"template":"airport-{origin}"},"type":{"value":"FLIGHT"}})");
    QTest::newRow("earthquakes.json") << QByteArray(
        R"({"stream":{"template":"net-{/properties/net}"},"type":"/properties/type",)"
        R"("time":"/properties/time","records":"/features"})");
}

void BlameTest::agreesWithANaiveReplayOfRealLogs()
{
    QFETCH(QByteArray, mapping);
    ImportRequest request;
    request.file = QStringLiteral(EVENTLOUPE_SHARED "/data/")
        + QString::fromLatin1(QTest::currentDataTag());
    if (!QFile::exists(request.file))
        QSKIP("the shared data is absent");
    if (!mapping.isEmpty())
        request.mapping = *Mapping::fromJson(*parseJson(viewOf(mapping)));
    const ScratchStore store;
    const auto imported = importFile(*store, request, Progress(), CancelToken());
    QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().message));
    compareFields(*store, std::make_shared<const Evolver>(nullptr), 1000);
}

namespace {

std::shared_ptr<const Workspace> boxes()
{
    return SampleWorkspace({
        { QStringLiteral("aggregates/box.json"),
            R"-({"category": "box", "initialState": {"items": []}})-" },
        { QStringLiteral("events/PUT.json"), R"-({"evolve": {"/items": "state.items + [data]"}})-" },
        { QStringLiteral("events/PUT_FIRST.json"),
            R"-({"evolve": {"/items": "[data] + state.items"}})-" },
        { QStringLiteral("events/PUSHED.json"), R"-({"evolve": {"/items/-": "data"}})-" },
        { QStringLiteral("events/TAKEN.json"),
            R"-({"evolve": {"/items": "state.items.filter(i, i.n != data.n)"}})-" },
        { QStringLiteral("events/DROPPED.json"), R"-({"evolve": {"/items/{data.at}": null}})-" },
        { QStringLiteral("events/REVERSED.json"),
            R"-({"evolve": {"/items": "state.items.reverse()"}})-" },
        { QStringLiteral("events/CHANGED.json"),
            R"-({"evolve": {"/items/{data.at}/n": "data.n"}})-" },
    }).load();
}

} // namespace

/// Elements have an id each, so that a naive replay knows them wherever they stand.
void BlameTest::followsElementsThatMove()
{
    QRandomGenerator random(5);
    QList<SampleEvent> events;
    const QStringList types { QStringLiteral("PUT"), QStringLiteral("PUT_FIRST"),
        QStringLiteral("PUSHED"), QStringLiteral("TAKEN"), QStringLiteral("DROPPED"),
        QStringLiteral("REVERSED"), QStringLiteral("CHANGED"), QStringLiteral("CHANGED") };
    for (int i = 0; i < 600; ++i)
        events.append({ QStringLiteral("box-1"), types.at(random.bounded(8)),
            "{\"id\":" + QByteArray::number(i) + ",\"n\":" + QByteArray::number(random.bounded(9))
                + ",\"at\":\"" + QByteArray::number(random.bounded(6)) + "\"}" });
    const SampleStore sample(events);
    const auto store = openStore(sample.location(), OpenMode::ReadOnly).value();
    const auto evolver = std::make_shared<const Evolver>(boxes());
    const auto stream = **store->findStream(QStringLiteral("box-1"));
    const PlainBlame plain(*store, *evolver, stream);
    const auto elementOf = [&](qint64 id, StreamVersion version) -> const JsonValue* {
        for (const JsonValue& element : plain.stateAt(version).find("items")->elements())
            if (element.find("id") && element.find("id")->toInt() == id)
                return &element;
        return nullptr;
    };
    Replayer replayer(evolver, Replayer::maximumBytes, Replayer::Blame::With);
    int compared = 0;
    for (StreamVersion version = 1; version <= stream.headVersion; version += 7) {
        const auto state = replayer.stateAtVersion(*store, stream, version);
        const auto items = state->value.find("items")->elements();
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (!items[i].find("id"))
                continue; // CHANGED made it, one past the end.
            ++compared;
            const qint64 id = items[i].find("id")->toInt();
            const auto index = QByteArray::number(static_cast<qint64>(i));
            StreamVersion born = version;
            while (elementOf(id, born - 1))
                --born;
            QCOMPARE(state->blame->setterOf({ "items", index, "id" })->version, born);
            // What CHANGED wrote is another n, or the same: it is set either way.
            std::set<StreamVersion> changes { born };
            for (StreamVersion v = born + 1; v <= version; ++v)
                if (elementOf(id, v)->find("n")->toInt()
                    != elementOf(id, v - 1)->find("n")->toInt())
                    changes.insert(v);
            const auto history = wholeHistory(
                *store, replayer, stream, JsonPointer({ "items", index, "n" }), version, 50);
            std::set<StreamVersion> found;
            for (const FieldWrite& write : history) {
                if (write.isChanged())
                    found.insert(write.event->version);
                QVERIFY(*write.now == *elementOf(id, write.event->version)->find("n"));
            }
            QVERIFY(found == changes);
            QCOMPARE(history.constFirst().event->version,
                state->blame->setterOf({ "items", index, "n" })->version);
            QCOMPARE(history.constLast().old, std::optional<JsonValue>());
        }
    }
    QVERIFY(compared > 200);
}

QTEST_GUILESS_MAIN(BlameTest)
#include "tst_blame.moc"
