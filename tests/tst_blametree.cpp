#include "domain/evolver.h"
#include "support/sampleworkspace.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

namespace {

struct Given {
    const char* type;
    const char* data;
};

std::shared_ptr<const Workspace> workspace()
{
    static const auto loaded = SampleWorkspace({
        { QStringLiteral("aggregates/box.json"),
            R"-({"category": "box", "initialState": {"n": 0, "items": []}})-" },
        { QStringLiteral("events/PUT.json"), R"-({"evolve": {"/items": "state.items + [data.it]"}})-" },
        { QStringLiteral("events/PUT_FIRST.json"),
            R"-({"evolve": {"/items": "[data.it] + state.items"}})-" },
        { QStringLiteral("events/PUSHED.json"), R"-({"evolve": {"/items/-": "data.it"}})-" },
        { QStringLiteral("events/PUSHED_INSIDE.json"), R"-({"evolve": {"/items/-/x": "data.it"}})-" },
        { QStringLiteral("events/TAKEN.json"),
            R"-({"evolve": {"/items": "state.items.filter(i, i != data.it)"}})-" },
        { QStringLiteral("events/DROPPED.json"), R"-({"evolve": {"/items/{data.at}": null}})-" },
        { QStringLiteral("events/GIVEN.json"), R"-({"evolve": {"/items": "data.items"}})-" },
        { QStringLiteral("events/NESTED.json"),
            R"-({"evolve": {"/box": "{'items': state.?box.items.orValue([]) + [data.it], 'n': 1}"}})-" },
        { QStringLiteral("events/COUNTED.json"), R"-({"evolve": {"/n": "state.n"}})-" },
        { QStringLiteral("events/FAILED.json"), R"-({"evolve": {"/n": "1", "/m": "data.none + 1"}})-" },
        { QStringLiteral("events/STUCK.json"), R"-({"evolve": {"/m": "1", "/n/x": "2"}})-" },
        { QStringLiteral("events/ENDED.json"), R"-({"evolve": "delete"})-" },
        { QStringLiteral("events/RENAMED.json"),
            R"-({"was": ["TITLED"], "upcasts": [{"when": "has(data.old)", "rename": {"/old": "/name"}}]})-" },
    }).load();
    return loaded;
}

void addFields(QByteArrayList& fields, const AggregateState& state, const JsonValue& value,
    const QList<QByteArray>& tokens)
{
    const auto below = [&](const QByteArray& token, const JsonValue& child) {
        auto place = tokens;
        place.append(token);
        addFields(fields, state, child, place);
    };
    for (qsizetype i = 0; i < qsizetype(value.elements().size()); ++i)
        below(QByteArray::number(i), value.elements()[std::size_t(i)]);
    for (const auto& member : value.members())
        below(member.key, member.value);
    if (value.size() > 0)
        return;
    const auto& event = state.blame->setterOf(tokens);
    fields.append(JsonPointer(tokens).toText() + '='
        + (event ? 'v' + QByteArray::number(event->version) : QByteArray("initial")));
}

/// "/n=initial /items/0=v2": the fields and the versions that set them.
QByteArray blameOf(const QList<Given>& events)
{
    const Evolver evolver(workspace());
    AggregateState state = evolver.initialState(QStringLiteral("box"));
    state.blame.emplace();
    StreamVersion version = 0;
    for (const Given& given : events) {
        EventView event;
        event.version = ++version;
        event.position = 10 * version;
        event.stream = "box-1";
        event.type = given.type;
        event.data = given.data;
        (void)evolver.evolve(state, event);
    }
    QByteArrayList fields;
    addFields(fields, state, state.value, {});
    return fields.join(' ');
}

} // namespace

class BlameTreeTest final : public QObject {
    Q_OBJECT

private slots:
    void saysWhatSetEachField_data();
    void saysWhatSetEachField();
    void saysWhatSetContainersLast();
    void tracesNothingUnlessAsked();
    void sharesWhatACopyHas();
};

void BlameTreeTest::saysWhatSetEachField_data()
{
    QTest::addColumn<QList<Given>>("events");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QList<Given>& events, const char* expected) {
        QTest::newRow(name) << events << QByteArray(expected);
    };
    row("nothing", {}, "/n=initial /items=initial");
    row("a merge sets what it touches",
        { { "M", R"({"a":{"b":1,"c":2}})" }, { "M", R"({"a":{"c":3,"d":4},"n":0})" } },
        "/n=v2 /items=initial /a/b=v1 /a/c=v2 /a/d=v2");
    row("a merge over another kind sets all of it",
        { { "M", R"({"a":[1,2]})" }, { "M", R"({"a":{"b":{"c":1}}})" }, { "M", R"({"a":{"b":2}})" } },
        "/n=initial /items=initial /a/b=v3");
    row("a merge that removes", { { "M", R"({"a":{"b":1,"c":1}})" }, { "M", R"({"a":{"b":null}})" } },
        "/n=initial /items=initial /a/c=v1");
    row("a list in data is written as a whole",
        { { "M", R"({"a":[1,2]})" }, { "M", R"({"a":[1,2,3]})" } },
        "/n=initial /items=initial /a/0=v2 /a/1=v2 /a/2=v2");
    row("data that is no object", { { "M", "{}" }, { "M", "[1]" } }, "/0=v2");
    row("data that is missing", { { "M", "" }, { "M", "null" } }, "/n=initial /items=initial");
    row("the value that it had", { { "COUNTED", "{}" } }, "/n=v1 /items=initial");
    row("elements that are added",
        { { "PUT", R"({"it":"a"})" }, { "PUT", R"({"it":"b"})" }, { "PUT_FIRST", R"({"it":"c"})" },
            { "PUSHED", R"({"it":"d"})" } },
        "/n=initial /items/0=v3 /items/1=v1 /items/2=v2 /items/3=v4");
    row("elements that are removed by a rule",
        { { "GIVEN", R"({"items":["a","b","c"]})" }, { "PUT", R"({"it":"d"})" },
            { "TAKEN", R"({"it":"b"})" } },
        "/n=initial /items/0=v1 /items/1=v1 /items/2=v2");
    row("elements that are removed by a pointer",
        { { "PUSHED", R"({"it":"a"})" }, { "PUSHED", R"({"it":"b"})" },
            { "PUSHED_INSIDE", R"({"it":"c"})" }, { "DROPPED", R"({"at":"1"})" },
            { "PUSHED", R"({"it":"d"})" }, { "DROPPED", R"({"at":"0"})" } },
        "/n=initial /items/0/x=v3 /items/1=v5");
    row("a rule that does not read the state writes all",
        { { "GIVEN", R"({"items":["a","b"]})" }, { "GIVEN", R"({"items":["a","b"]})" } },
        "/n=initial /items/0=v2 /items/1=v2");
    row("a list inside of what a rule writes",
        { { "NESTED", R"({"it":"a"})" }, { "NESTED", R"({"it":"b"})" } },
        "/n=initial /items=initial /box/items/0=v1 /box/items/1=v2 /box/n=v2");
    row("what fails writes nothing",
        { { "M", R"({"n":1})" }, { "FAILED", "{}" }, { "STUCK", "{}" }, { "M", "{" } },
        "/n=v1 /items=initial");
    row("an end writes the initial state", { { "M", R"({"n":1})" }, { "ENDED", "{}" } },
        "/n=v2 /items=v2");
    row("after an end", { { "ENDED", "{}" }, { "PUT", R"({"it":"a"})" } }, "/n=v1 /items/0=v2");
    row("an older event", { { "TITLED", R"({"old":"a"})" } }, "/n=initial /items=initial /name=v1");
}

void BlameTreeTest::saysWhatSetEachField()
{
    QFETCH(QList<Given>, events);
    QFETCH(QByteArray, expected);
    QCOMPARE(blameOf(events), expected);
}

void BlameTreeTest::saysWhatSetContainersLast()
{
    BlameTree tree;
    const auto event = [](StreamVersion version) {
        return std::make_shared<const SettingEvent>(
            SettingEvent { version, version, Timestamp(), QString() });
    };
    const auto json = [](const char* text) { return *parseJson(text); };
    tree.apply({ setWrite(JsonPointer({ "a" }), {}, {}, false) }, event(1));
    tree.apply({ setWrite(JsonPointer({ "a", "b" }), {}, {}, false) }, event(2));
    tree.apply({ removeWrite(JsonPointer({ "a", "c" }), json(R"({"a":{"c":1}})")) }, event(3));
    QCOMPARE(tree.setterOf({})->version, 3);
    QCOMPARE(tree.setterOf({ "a" })->version, 3);
    QCOMPARE(tree.setterOf({ "a", "b" })->version, 2);
    QCOMPARE(tree.setterOf({ "a", "b", "x" })->version, 2);
    QCOMPARE(tree.setterOf({ "a", "d" })->version, 1);
    QVERIFY(!tree.setterOf({ "e" }));
}

void BlameTreeTest::tracesNothingUnlessAsked()
{
    const Evolver evolver(workspace());
    AggregateState state = evolver.initialState(QStringLiteral("box"));
    EventView event;
    event.version = 1;
    event.stream = "box-1";
    event.type = "PUT";
    event.data = R"({"it":1})";
    QVERIFY(evolver.evolve(state, event).ok());
    QVERIFY(!state.blame);
    WriteTrace trace;
    QVERIFY(evolver.evolve(state, event, &trace).ok());
    QCOMPARE(trace.size(), std::size_t(1));
    QCOMPARE(trace.front().place.toText(), QByteArray("/items"));
    event.type = "FAILED";
    QVERIFY(!evolver.evolve(state, event, &trace).ok());
    QVERIFY(trace.empty());
}

void BlameTreeTest::sharesWhatACopyHas()
{
    const auto event = std::make_shared<const SettingEvent>();
    BlameTree tree;
    for (int i = 0; i < 100; ++i)
        tree.apply({ setWrite(JsonPointer({ QByteArray::number(i), "x" }), {}, {}, false) }, event);
    const BlameTree copy = tree;
    QCOMPARE(tree.estimatedBytes(&copy), qint64(0));
    QVERIFY(tree.estimatedBytes(nullptr) > 100 * 100);
    tree.apply({ setWrite(JsonPointer({ "5", "x" }), {}, {}, false) },
        std::make_shared<const SettingEvent>());
    QVERIFY(copy.setterOf({ "5", "x" }) == event);
    QVERIFY(tree.setterOf({ "5", "x" }) != event);
}

QTEST_GUILESS_MAIN(BlameTreeTest)
#include "tst_blametree.moc"
