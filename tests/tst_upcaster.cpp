#include "domain/upcaster.h"

#include "domain/evolver.h"
#include "support/workspacefolder.h"

#include <QtTest>

using namespace eventloupe;

namespace {

/// A workspace whose event "PAID" is defined so, beside an aggregate that evolves by it.
WorkspaceFolder folderWith(const QByteArray& definition)
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/account.json"), R"({"events":["PAID"]})");
    folder.write(QStringLiteral("events/PAID.json"), definition);
    return folder;
}

EventView paid(const QByteArray& data, const QByteArray& metadata = {})
{
    EventView event;
    event.position = 7;
    event.version = 3;
    event.stream = "account-1";
    event.type = "PAID";
    event.time = Timestamp { 1'772'373'802'000'001 };
    event.id = "id-1";
    event.data = viewOf(data);
    event.metadata = viewOf(metadata);
    return event;
}

/// "TYPE data", or the reason.
QByteArray upcast(const std::shared_ptr<const Workspace>& workspace, EventView event)
{
    QByteArray data;
    const Upcaster upcaster(workspace); // The event may point into it.
    const auto done = upcaster.apply(event, data);
    return done ? toBytes(event.type) + ' ' + toBytes(event.data) : done.error().message.toUtf8();
}

QByteArray upcast(
    const QByteArray& upcasts, const QByteArray& data, const QByteArray& metadata = {})
{
    const WorkspaceFolder folder = folderWith("{\"upcasts\":" + upcasts + "}");
    const QStringList problems = folder.problems();
    return problems.isEmpty() ? upcast(folder.load(), paid(data, metadata))
                              : problems.join(u'\n').toUtf8();
}

} // namespace

class tst_Upcaster : public QObject {
    Q_OBJECT

private slots:
    void bringsOldShapesToThePresentOne_data();
    void bringsOldShapesToThePresentOne();
    void leavesPresentEventsToTheByte();
    void knowsOlderTypes();
    void foldsByWhatItMade();
    void marksAnEventThatItFailsOn();
    void tellsWhatItReads();
    void refusesWrongDefinitions_data();
    void refusesWrongDefinitions();
    void refusesATypeThatIsAnothers();
};

void tst_Upcaster::bringsOldShapesToThePresentOne_data()
{
    QTest::addColumn<QByteArray>("upcasts");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* upcasts, const char* data,
                         const char* expected, const char* metadata = "") {
        QTest::newRow(name) << QByteArray(upcasts) << QByteArray(data) << QByteArray(metadata)
                            << QByteArray(expected);
    };
    row("sets", R"x([{"when":"!has(data.currency)","set":{"/currency":"'EUR'"}}])x",
        R"({"amount":1.10})", R"(PAID {"amount":1.10,"currency":"EUR"})");
    row("not for others", R"x([{"when":"!has(data.currency)","set":{"/currency":"'EUR'"}}])x",
        R"({"currency":"USD"})", R"(PAID {"currency":"USD"})");
    row("removes and nests",
        R"x([{"when":"has(data.eur)","set":{"/price/amount":"data.eur","/price/currency":"'EUR'","/eur":null}}])x",
        R"({"eur":12.50,"by":"card"})",
        R"(PAID {"by":"card","price":{"amount":12.50,"currency":"EUR"}})");
    row("renames what is there",
        R"x([{"when":"true","rename":{"/sum":"/amount","/to":"/payee"}}])x", R"({"sum":5})",
        R"(PAID {"amount":5})");
    row("reads the data before the step",
        R"x([{"when":"true","rename":{"/a":"/b"},"set":{"/b":"data.a + 1","/c":"data.b"}}])x",
        R"({"a":1,"b":2})", R"(PAID {"b":2,"c":2})");
    row("one after the other",
        R"x([{"when":"!has(data.v)","set":{"/v":"2","/n":"data.n * 10"}},
             {"when":"data.v == 2","set":{"/v":"3","/n":"data.n + 1"}}])x",
        R"({"n":4})", R"(PAID {"n":41,"v":3})");
    row("from the second on",
        R"x([{"when":"!has(data.v)","set":{"/v":"2","/n":"data.n * 10"}},
             {"when":"data.v == 2","set":{"/v":"3","/n":"data.n + 1"}}])x",
        R"({"n":4,"v":2})", R"(PAID {"n":5,"v":3})");
    row("by metadata",
        R"x([{"when":"has(metadata.schema) && metadata.schema == 1","set":{"/x":"metadata.schema"}}])x",
        "{}", R"(PAID {"x":1})", R"({"schema":1})");
    row("without metadata", R"x([{"when":"!has(metadata.schema)","set":{"/x":"0"}}])x", "{}",
        R"(PAID {"x":0})");
    row("by the event",
        R"x([{"when":"event.time < timestamp('2027-01-01T00:00:00Z') && event.version == 3",
              "set":{"/at":"event.time","/in":"event.stream"}}])x",
        "{}", R"(PAID {"at":"2026-03-01T14:03:22.000001Z","in":"account-1"})");
    row("the whole", R"x([{"when":"type(data) == int","set":{"":"{'amount': data}"}}])x", "7",
        R"(PAID {"amount":7})");
    row("no data", R"x([{"when":"data == null","set":{"":"{}","/n":"1"}}])x", "",
        R"(PAID {"n":1})");
    row("a condition that fails", R"x([{"when":"data.x > 1","set":{"/y":"1"}}])x", "{}",
        "upcast 1, when: no such key 'x' (column 6)");
    row("a value that fails",
        R"x([{"when":"true","set":{"/a":"1"}},{"when":"true","set":{"/y":"1 / 0"}}])x", "{}",
        "upcast 2, set /y: division by zero (column 3)");
    row("a place that is none", R"x([{"when":"true","set":{"/a/b":"1"}}])x", R"({"a":5})",
        "upcast 1, set /a/b: ");
}

void tst_Upcaster::bringsOldShapesToThePresentOne()
{
    QFETCH(QByteArray, upcasts);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, metadata);
    QFETCH(QByteArray, expected);
    const QByteArray came = upcast(upcasts, data, metadata);
    const bool fits = expected.startsWith("upcast") ? came.startsWith(expected) : came == expected;
    QVERIFY2(fits, came);
}

void tst_Upcaster::leavesPresentEventsToTheByte()
{
    const QByteArray stored = "{ \"amount\" : 1.10,\n\"amount\":2 }";
    QCOMPARE(upcast(R"x([{"when":"!has(data.amount)","set":{"/amount":"0"}}])x", stored),
        "PAID " + stored);
}

void tst_Upcaster::knowsOlderTypes()
{
    const WorkspaceFolder folder = folderWith(
        R"x({"was":["PAYMENT","MONEY_CAME"],
             "upcasts":[{"when":"event.type == 'MONEY_CAME'","set":{"/by":"'transfer'"}}]})x");
    QCOMPARE(folder.problems(), QStringList());
    const QByteArray nothing = "{}";
    EventView event = paid(nothing);
    QCOMPARE(upcast(folder.load(), event), QByteArray("PAID {}"));
    event.type = "PAYMENT";
    QCOMPARE(upcast(folder.load(), event), QByteArray("PAID {}"));
    event.type = "MONEY_CAME";
    QCOMPARE(upcast(folder.load(), event), QByteArray(R"(PAID {"by":"transfer"})"));
    event.type = "OTHER";
    QCOMPARE(upcast(folder.load(), event), QByteArray("OTHER {}"));
}

void tst_Upcaster::foldsByWhatItMade()
{
    const WorkspaceFolder folder = folderWith(
        R"x({"was":["PAYMENT"],"evolve":{"/sum":"data.amount","/type":"event.type"},
             "upcasts":[{"when":"!has(data.amount)","rename":{"/sum":"/amount"}}]})x");
    QCOMPARE(folder.problems(), QStringList());
    const Evolver evolver(folder.load());
    AggregateState state = evolver.initialState(QStringLiteral("account"));
    const QByteArray data = R"({"sum":5})";
    EventView event = paid(data);
    event.type = "PAYMENT";
    QVERIFY(evolver.evolve(state, event).ok());
    QCOMPARE(state.value.toJson(), QByteArray(R"({"sum":5,"type":"PAID"})"));
}

void tst_Upcaster::marksAnEventThatItFailsOn()
{
    const WorkspaceFolder folder = folderWith(
        R"x({"evolve":{"/n":"data.n"},"upcasts":[{"when":"data.v == 1","set":{"/n":"data.m"}}]})x");
    const Evolver evolver(folder.load());
    AggregateState state = evolver.initialState(QStringLiteral("account"));
    const QByteArray good = R"({"v":1,"m":4})";
    const QByteArray bad = R"({"v":1})";
    QVERIFY(evolver.evolve(state, paid(good)).ok());
    EventView event = paid(bad);
    event.version = 4;
    event.position = 9;
    QVERIFY(!evolver.evolve(state, event).ok());
    QCOMPARE(state.failedPosition, 9);
    QVERIFY2(state.failure.contains(QStringLiteral("PAID at version 4 of account-1")),
        qPrintable(state.failure));
    QVERIFY2(
        state.failure.contains(QStringLiteral("upcast 1, set /n: ")), qPrintable(state.failure));
    const QByteArray next = R"({"v":1,"m":6})";
    event.version = 5;
    event.data = viewOf(next);
    QVERIFY(evolver.evolve(state, event).ok());
    QCOMPARE(state.value.toJson(), QByteArray(R"({"n":6})"));
    QCOMPARE(state.version, 5);
}

void tst_Upcaster::tellsWhatItReads()
{
    const auto reads = [](const QByteArray& upcasts) {
        return Upcaster(folderWith("{\"upcasts\":" + upcasts + "}").load()).readsWholeEvents();
    };
    QVERIFY(!reads(R"x([{"when":"!has(data.a)","set":{"/a":"1"}}])x"));
    QVERIFY(reads(R"x([{"when":"has(metadata.a)","set":{"/a":"1"}}])x"));
    QVERIFY(reads(R"x([{"when":"!has(data.a)","set":{"/a":"event.time"}}])x"));
}

void tst_Upcaster::refusesWrongDefinitions_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* definition, const char* problem) {
        QTest::newRow(problem) << QByteArray(
            definition) << QStringLiteral("events/PAID.json:1:") + QString::fromUtf8(problem);
    };
    row(R"({"upcasts":{}})", "12: must be an array, [ ... ]");
    row(R"({"upcasts":[1]})", "13: must be an object, { ... }");
    row(R"({"upcasts":[{"set":{}}]})", "13: the member 'when' is missing");
    row(R"({"upcasts":[{"when":"true"}]})", "13: an upcast says what to do with the data");
    row(R"({"upcasts":[{"when":"true","sett":{}}]})",
        "28: unknown member 'sett', did you mean 'set'?");
    row(R"({"upcasts":[{"when":"state.x","set":{}}]})", "22: unknown name 'state'");
    row(R"({"upcasts":[{"when":"true","set":{"a":"1"}}]})",
        "35: must be a JSON Pointer into the data");
    row(R"({"upcasts":[{"when":"true","set":{"/a":1}}]})", "40: must be an expression in a text");
    row(R"({"upcasts":[{"when":"true","rename":{"/a":"b"}}]})", "43: must be a JSON Pointer");
    row(R"({"upcasts":[{"when":"true","rename":[]}]})", "37: must be an object");
    row(R"({"was":"PAYMENT"})", "8: must be an array");
    row(R"({"was":[1]})", "9: must be a text");
    row(R"({"was":["PAID"]})", "9: must be an older type of the event");
    row(R"({"was":["A","A"]})", "13: 'A' is named as an older type twice");
}

void tst_Upcaster::refusesWrongDefinitions()
{
    QFETCH(QByteArray, definition);
    QFETCH(QString, problem);
    const WorkspaceFolder folder = folderWith(definition);
    const QStringList problems = folder.problems();
    QVERIFY2(!problems.isEmpty() && problems.first().startsWith(problem),
        qPrintable(problems.join(u'\n')));
    QVERIFY(!folder.load()->event(QStringLiteral("PAID")));
}

void tst_Upcaster::refusesATypeThatIsAnothers()
{
    WorkspaceFolder folder = folderWith(R"({"was":["SENT","OLD"]})");
    folder.write(QStringLiteral("events/SENT.json"), "{}");
    folder.write(QStringLiteral("events/OTHER.json"), R"({"was":["OLD"]})");
    const QStringList problems = folder.problems();
    QCOMPARE(problems.size(), 3);
    QVERIFY(problems.at(0).startsWith(QStringLiteral("events/OTHER.json:1:9: 'OLD' is named")));
    QVERIFY(
        problems.at(1).startsWith(QStringLiteral("events/PAID.json:1:9: another file defines")));
    QVERIFY(folder.load()->event(QStringLiteral("SENT")));
}

QTEST_APPLESS_MAIN(tst_Upcaster)
#include "tst_upcaster.moc"
