#include "domain/decider.h"
#include "support/workspacefolder.h"

#include <QRegularExpression>
#include <QtTest>

using namespace eventloupe;

namespace {

const CommandContext context { Timestamp { 1'772'373'802'000'001 },
    QStringLiteral("018e4c2a-7b1d-7c3e-9f00-000000000001"), QStringLiteral("ada"),
    QStringLiteral("seed") };

/// A workspace with one command, "DO".
class Commands {
public:
    explicit Commands(const QByteArray& definition)
    {
        m_folder.write(QStringLiteral("commands/DO.json"), definition);
        const QStringList problems = m_folder.problems();
        if (!problems.isEmpty())
            qFatal("%s", qPrintable(problems.join(u'\n')));
        m_workspace = m_folder.load();
    }

    [[nodiscard]] Result<Decision> decide(const QByteArray& data, const AggregateState& state = {},
        const CommandContext& with = context) const
    {
        return Decider(m_workspace).decide(command(), jsonOf(data), state, with);
    }
    [[nodiscard]] Result<QString> streamOf(const QByteArray& data) const
    {
        return Decider(m_workspace).streamOf(command(), jsonOf(data));
    }
    [[nodiscard]] const CommandDefinition& command() const
    {
        return *m_workspace->command(QStringLiteral("DO"));
    }

private:
    WorkspaceFolder m_folder;
    std::shared_ptr<const Workspace> m_workspace;
};

/// "TYPE data, ..." when accepted, "rejected: message" or "error: message" otherwise.
QString toText(const Result<Decision>& decision)
{
    if (!decision)
        return QStringLiteral("error: ") + decision.error().message;
    if (const auto* rejected = std::get_if<Rejected>(&*decision))
        return QStringLiteral("rejected: ") + rejected->message;
    QStringList texts;
    for (const NewEvent& event : std::get<Accepted>(*decision).events)
        texts.append(event.type + u' ' + QString::fromUtf8(event.data));
    return texts.join(QStringLiteral(", "));
}

AggregateState stateOf(const QByteArray& json)
{
    AggregateState state;
    state.value = jsonOf(json);
    state.exists = true;
    state.version = 3;
    return state;
}

} // namespace

class tst_Decider : public QObject {
    Q_OBJECT

private slots:
    void namesTheStream();
    void checksTheSchema();
    void fillsDefaultsFirst();
    void asksGuardsInOrder();
    void keepsAMessageThatFails();
    void emitsData_data();
    void emitsData();
    void emitsWhenItHolds();
    void reportsFaultsOfTheDefinition();
    void writesMetadata();
    void isTheSameForTheSameContext();
    void makesUuids();
    void keepsACorrelation();
    void givesSeveralEvents();
    void refusesOtherStreams();
    void checksEmittedData();
    void readsTheConflictRule();
};

void tst_Decider::namesTheStream()
{
    const Commands commands(R"({"stream":"user-{data.id}","emit":[],
        "schema":{"properties":{"id":{"default":"d"}}}})");
    QCOMPARE(*commands.streamOf(R"({"id":"42"})"), QStringLiteral("user-42"));
    QCOMPARE(*commands.streamOf(R"({"id":42})"), QStringLiteral("user-42"));
    QCOMPARE(*commands.streamOf("{}"), QStringLiteral("user-d"));
    QCOMPARE(commands.streamOf(R"({"id":""})").error().code, ErrorCode::InvalidInput);
    QCOMPARE(commands.streamOf(R"({"id":null})").error().code, ErrorCode::InvalidInput);
    QVERIFY(commands.streamOf("[]").error().message.contains(QStringLiteral("stream of DO")));
}

void tst_Decider::checksTheSchema()
{
    const Commands commands(R"({"stream":"s-{data.id}","emit":[{"type":"A"}],
        "schema":{"required":["id","qty"],"properties":{"qty":{"minimum":1}}}})");
    const auto decision = commands.decide(R"({"qty":0})");
    QCOMPARE(
        toText(decision), QStringLiteral("rejected: /id is required; /qty must be at least 1"));
    QCOMPARE(std::get<Rejected>(*decision).violations.size(), 2);
    QCOMPARE(
        toText(commands.decide(R"({"id":1,"qty":1})")), QStringLiteral(R"(A {"id":1,"qty":1})"));
}

void tst_Decider::fillsDefaultsFirst()
{
    const Commands commands(R"({"stream":"s-{data.id}","emit":[{"type":"A","data":"data"}],
        "schema":{"required":["id","currency"],
                  "properties":{"currency":{"enum":["EUR","USD"],"default":"EUR"}}}})");
    QCOMPARE(
        toText(commands.decide(R"({"id":1})")), QStringLiteral(R"(A {"id":1,"currency":"EUR"})"));
}

void tst_Decider::asksGuardsInOrder()
{
    const Commands commands(R"({"stream":"s-{data.id}","emit":[{"type":"A","data":{}}],"require":[
        {"that":"exists","message":"there is no {data.id}"},
        {"that":"version < 10"},
        {"that":"state.status == 'open'","message":"{data.id} is {state.status}"}]})");
    QCOMPARE(toText(commands.decide(R"({"id":"x"})")), QStringLiteral("rejected: there is no x"));
    QCOMPARE(toText(commands.decide(R"({"id":"x"})", stateOf(R"({"status":"shut"})"))),
        QStringLiteral("rejected: x is shut"));
    QCOMPARE(toText(commands.decide(R"({"id":"x"})", stateOf(R"({"status":"open"})"))),
        QStringLiteral("A {}"));
    AggregateState old = stateOf("{}");
    old.version = 10;
    QCOMPARE(toText(commands.decide(R"({"id":"x"})", old)),
        QStringLiteral("rejected: this must hold: version < 10"));
}

void tst_Decider::keepsAMessageThatFails()
{
    const Commands commands(R"({"stream":"s","emit":[],
        "require":[{"that":"false","message":"no {state.name}"}]})");
    QCOMPARE(toText(commands.decide("{}")), QStringLiteral("rejected: no {state.name}"));
}

void tst_Decider::emitsData_data()
{
    QTest::addColumn<QByteArray>("emission");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* emission, const char* expected) {
        QTest::newRow(name) << QByteArray(emission) << QString::fromUtf8(expected);
    };
    row("the command's data", R"({"type":"A"})", R"(A {"n":2,"s":"x"})");
    row("one expression", R"({"type":"A","data":"data"})", R"(A {"n":2,"s":"x"})");
    row("an object", R"({"type":"A","data":{"b":"data.s","a":"data.n * 2"}})",
        R"(A {"b":"x","a":4})");
    row("nested", R"({"type":"A","data":{"o":{"l":["data.s",1,true,null,["data.n"]]}}})",
        R"(A {"o":{"l":["x",1,true,null,[2]]}})");
    row("literals", R"({"type":"A","data":{"t":"'active'","n":0,"d":1.50}})",
        R"(A {"t":"active","n":0,"d":1.50})");
    row("escaped names", R"({"type":"A","data":{"a/b":{"c~d":"data.n"}}})",
        R"(A {"a/b":{"c~d":2}})");
    row("state and now", R"({"type":"A","data":{"was":"state.s","v":"version","at":"now"}})",
        R"(A {"was":"old","v":3,"at":"2026-03-01T14:03:22.000001Z"})");
    row("command", R"({"type":"A","data":{"c":"command.name","by":"command.actor"}})",
        R"(A {"c":"DO","by":"ada"})");
}

void tst_Decider::emitsData()
{
    QFETCH(QByteArray, emission);
    QFETCH(QString, expected);
    const Commands commands(R"({"stream":"s","emit":[)" + emission + "]}");
    QCOMPARE(toText(commands.decide(R"({"n":2,"s":"x"})", stateOf(R"({"s":"old"})"))), expected);
}

void tst_Decider::emitsWhenItHolds()
{
    const Commands commands(R"({"stream":"s","emit":[
        {"type":"A","data":{},"when":"data.n > 1"},{"type":"B","data":{},"when":"data.n > 2"},
        {"type":"C","data":{}}]})");
    QCOMPARE(toText(commands.decide(R"({"n":2})")), QStringLiteral("A {}, C {}"));
}

void tst_Decider::reportsFaultsOfTheDefinition()
{
    const Commands guard(R"({"stream":"s","emit":[],"require":[{"that":"data.x == 1"}]})");
    QVERIFY2(toText(guard.decide("{}"))
                 .startsWith(QStringLiteral("error: commands/DO.json, /require/0/that: ")),
        qPrintable(toText(guard.decide("{}"))));
    const Commands when(R"({"stream":"s","emit":[{"type":"A","when":"data.x"}]})");
    QVERIFY(toText(when.decide("{}")).contains(QStringLiteral("/emit/0/when: ")));
    const Commands data(R"({"stream":"s","emit":[{"type":"A","data":{"a":"data.x"}}]})");
    QVERIFY(toText(data.decide("{}")).contains(QStringLiteral("/emit/0/data: ")));
}

void tst_Decider::writesMetadata()
{
    const Commands commands(R"({"stream":"s-{data.id}","emit":[{"type":"A"}]})");
    const auto decision = commands.decide(R"({"id":1})");
    const Accepted accepted = std::get<Accepted>(*decision);
    QCOMPARE(accepted.stream, QStringLiteral("s-1"));
    const NewEvent& event = accepted.events.first();
    QCOMPARE(event.time, context.now);
    QCOMPARE(event.metadata,
        QByteArray(R"({"correlationId":"018e4c2a-7b1d-7c3e-9f00-000000000001",)"
                   R"("causationId":"018e4c2a-7b1d-7c3e-9f00-000000000001",)"
                   R"("actor":"ada","command":"DO"})"));
    CommandContext nobody = context;
    nobody.actor.clear();
    const auto anonymous = commands.decide(R"({"id":1})", {}, nobody);
    QVERIFY(!std::get<Accepted>(*anonymous).events.first().metadata.contains("actor"));
}

void tst_Decider::isTheSameForTheSameContext()
{
    const Commands commands(
        R"({"stream":"s","emit":[{"type":"A","data":{}},{"type":"B","data":{}}]})");
    const auto ids = [&commands](const CommandContext& with) {
        QStringList found;
        const auto decision = commands.decide("{}", {}, with);
        for (const NewEvent& event : std::get<Accepted>(*decision).events)
            found.append(event.id);
        return found;
    };
    const QStringList first = ids(context);
    QCOMPARE(ids(context), first);
    QVERIFY(first.first() < first.last());
    const QRegularExpression uuidV7(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    QVERIFY2(uuidV7.match(first.first()).hasMatch(), qPrintable(first.first()));
    // The time in milliseconds, in hexadecimal.
    QVERIFY2(first.first().startsWith(QStringLiteral("019ca9b5-fc10")), qPrintable(first.first()));
    CommandContext other = context;
    other.uuidSeed = QStringLiteral("another");
    QVERIFY(ids(other).first() != first.first());
    QVERIFY(ids(CommandContext::make()) != ids(CommandContext::make()));
}

void tst_Decider::makesUuids()
{
    const Commands commands(
        R"~({"stream":"s","emit":[{"type":"A","data":{"a":"uuid()","b":"uuid()"}}]})~");
    const QString text = toText(commands.decide("{}"));
    QCOMPARE(toText(commands.decide("{}")), text);
    const JsonValue data = jsonOf(text.mid(2).toUtf8());
    QCOMPARE(data.find("a")->toUtf8().size(), 36);
    QVERIFY(data.find("a")->toUtf8() != data.find("b")->toUtf8());
    CommandContext other = context;
    other.uuidSeed = QStringLiteral("another");
    QVERIFY(toText(commands.decide("{}", {}, other)) != text);
}

void tst_Decider::keepsACorrelation()
{
    const Commands commands(R"({"stream":"s","emit":[{"type":"A"},{"type":"B"}]})");
    CommandContext with = context;
    with.correlationId = QStringLiteral("order-7");
    const auto decision = commands.decide("{}", {}, with);
    for (const NewEvent& event : std::get<Accepted>(*decision).events) {
        const JsonValue metadata = jsonOf(event.metadata);
        QCOMPARE(metadata.find("correlationId")->toUtf8(), QByteArray("order-7"));
        QCOMPARE(metadata.find("causationId")->toUtf8(), context.commandId.toUtf8());
        QCOMPARE(metadata.find("actor")->toUtf8(), QByteArray("ada"));
        QCOMPARE(metadata.find("command")->toUtf8(), QByteArray("DO"));
    }
}

void tst_Decider::givesSeveralEvents()
{
    const Commands commands(R"({"stream":"s","emit":[
        {"type":"OPENED","data":{},"when":"!exists"},
        {"type":"PAID","data":{"amount":"data.amount"},"when":"data.amount > 0"},
        {"type":"CLOSED","data":{"left":"state.due - data.amount"},
         "when":"exists && data.amount >= state.due"}]})");
    QCOMPARE(toText(commands.decide(R"({"amount":0})")), QStringLiteral("OPENED {}"));
    QCOMPARE(toText(commands.decide(R"({"amount":5})")),
        QStringLiteral(R"(OPENED {}, PAID {"amount":5})"));
    const AggregateState due = stateOf(R"({"due":5})");
    QCOMPARE(toText(commands.decide(R"({"amount":5})", due)),
        QStringLiteral(R"(PAID {"amount":5}, CLOSED {"left":0})"));
    QCOMPARE(toText(commands.decide(R"({"amount":0})", due)), QString());
}

void tst_Decider::refusesOtherStreams()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("commands/DO.json"),
        R"({"stream":"a-{data.id}","emit":[{"type":"A","stream":"b-{data.id}"}]})");
    QCOMPARE(folder.problems(),
        QStringList { QStringLiteral(
            "commands/DO.json:1:54: a command's events go to its own stream, \"a-{data.id}\": "
            "leave "
            "\"stream\" out; what happens to another stream is a command of that stream") });
    folder.write(QStringLiteral("commands/DO.json"),
        R"({"stream":"a-{data.id}","emit":[{"type":"A","stream":"a-{data.id}"}]})");
    QCOMPARE(folder.problems(), QStringList());
}

void tst_Decider::checksEmittedData()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("events/A.json"),
        R"({"schema":{"required":["n"],"properties":{"n":{"type":"integer"}}}})");
    folder.write(QStringLiteral("commands/DO.json"), R"({"stream":"s","emit":[{"type":"A"}]})");
    const auto workspace = folder.load();
    const Decider decider(workspace);
    const CommandDefinition& command = *workspace->command(QStringLiteral("DO"));
    QCOMPARE(toText(decider.decide(command, jsonOf(R"({"n":1})"), {}, context)),
        QStringLiteral(R"(A {"n":1})"));
    QCOMPARE(toText(decider.decide(command, jsonOf("{}"), {}, context)),
        QStringLiteral("error: commands/DO.json, /emit/0/data: does not fit the schema of the "
                       "event A: /n is required"));
}

void tst_Decider::readsTheConflictRule()
{
    const auto rule = [](const QByteArray& text) {
        WorkspaceFolder folder;
        folder.write(QStringLiteral("commands/DO.json"),
            R"({"stream":"s","emit":[],"onConflict":)" + text + "}");
        const QStringList problems = folder.problems();
        if (!problems.isEmpty())
            return problems.join(u'\n');
        const bool retries = folder.load()->command(QStringLiteral("DO"))->retriesOnConflict;
        return retries ? QStringLiteral("retries") : QStringLiteral("asks");
    };
    QCOMPARE(rule("\"retry\""), QStringLiteral("retries"));
    QCOMPARE(rule("\"ask\""), QStringLiteral("asks"));
    QCOMPARE(rule("\"retri\""),
        QStringLiteral("commands/DO.json:1:38: must be \"retry\", which decides again on the "
                       "newest state, or \"ask\", did you mean 'retry'?"));
    QVERIFY(rule("3").startsWith(QStringLiteral("commands/DO.json:1:38: must be \"retry\"")));
    const Commands commands(R"({"stream":"s","emit":[]})");
    QVERIFY(!commands.command().retriesOnConflict);
}

QTEST_APPLESS_MAIN(tst_Decider)
#include "tst_decider.moc"
