#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>
#include <QThread>

#include <array>

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 3> names { "state", "data", "version" };

JsonValue parsed(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(value.error().message);
}

const QByteArray stateText(
    R"({"balance":70.25,"items":{"a":1},"tags":["x","y"],"big":18446744073709551615,
            "exact":9007199254740993,"price":100.10,"none":null,"name":"Ada"})");

const JsonValue& state()
{
    static const JsonValue value = parsed(stateText);
    return value;
}

const QByteArray dataText(
    R"({"amount":30,"currency":"EUR","lines":[{"sku":"A","qty":2},{"sku":"B","qty":1}]})");

const JsonValue& data()
{
    static const JsonValue value = parsed(dataText);
    return value;
}

std::array<Value, 3> variables()
{
    return { Value::fromJson(state()), Value::fromJson(data()), Value::fromInt(7) };
}

/// The same variables as texts, counted.
class TextVariables final : public VariableReader {
public:
    const Value* value(std::size_t variable) override
    {
        auto& value = m_values.at(variable);
        if (!value) {
            m_trees += variable < 2 ? 1 : 0;
            value = variables().at(variable);
        }
        return &*value;
    }
    [[nodiscard]] std::string_view jsonText(std::size_t variable) const override
    {
        m_looks += variable < 2 ? 1 : 0;
        return variable == 0 ? viewOf(stateText)
            : variable == 1  ? viewOf(dataText)
                             : std::string_view();
    }
    [[nodiscard]] int looks() const { return m_looks; }
    [[nodiscard]] int trees() const { return m_trees; }

private:
    std::array<std::optional<Value>, 3> m_values;
    mutable int m_looks = 0;
    int m_trees = 0;
};

constexpr auto textSources = std::to_array<const char*>({
    "state.balance + data.amount > 100.0 && data.currency == \"EUR\"",
    "state.items.a == 1 && state.items == {'a': 1}",
    "state.items.b == 1",
    "state.none.x == 1",
    "state.tags.x == 1",
    "state.name.first == 'A'",
    "state.none == null",
    "state.tags[1] == 'y' && 'x' in state.tags && size(state.tags) == 2",
    "state.tags[2] == 'y'",
    "state.big == 18446744073709551615u && state.exact == 9007199254740993",
    "string(state.price) == '100.10' && state.price * 2.0 == 200.2",
    "state.name.startsWith('Ad') && state.name.matches('^A') && state.name + '!' == 'Ada!'",
    "state.name > 1",
    "state.name",
    "data.lines.exists(line, line.sku == 'B' && line.qty < data.amount)",
    "data.lines.map(line, line.qty) == [2, 1]",
    "has(data.amount) && !has(data.total)",
    "has(data.lines.qty)",
    "has(data.total.x)",
    "has(data.currency.x)",
    "has(state.items.a) && !has(state.items.b)",
    "[1].all(data, has(data.amount))",
    "[{'amount': 1}].all(data, has(data.amount) && data.amount == 1)",
    "type(state.price) == double && type(state.big) == uint && type(data) == map",
    "data == data && data.lines == data.lines",
    "data.total > 1 || data.amount == 30",
    "data.total > 1 || data.amount == 31",
    "data.total > 1 ? true : false",
    "dyn(data).amount == 30",
});

/// The result as JSON text, or what went wrong.
QString evaluated(const QByteArray& source)
{
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression) {
        return expression.error().message;
    }
    const auto value = expression->evaluate(variables());
    if (!value) {
        return value.error().message;
    }
    const auto json = value->toJson();
    return json ? QString::fromUtf8(json->toJson()) : json.error().message;
}

} // namespace

class TestExpression : public QObject {
    Q_OBJECT

private slots:
    void results_data();
    void results();
    void failures_data();
    void failures();
    void faultsNameThePlace_data();
    void faultsNameThePlace();
    void faultText();
    void judges();
    void textsGiveWhatTreesGive();
    void readsWhatIsReached();
    void testWantsABoolean();
    void uses();
    void reads();
    void hostFunctions();
    void numbersKeepTheirSpelling();
    void resultsOutliveTheirVariables();
    void sharedBetweenThreads();
    void deepSources_data();
    void deepSources();
    void longChains();
    void boundedWork_data();
    void boundedWork();
    void noInputCrashes();
};

void TestExpression::results_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* source, const char* result) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(result);
    };
    row("state.balance + data.amount > 100.0 && data.currency == \"EUR\"", "true");
    row("state.balance + data.amount", "100.25");
    row("data.amount - 0.5", "29.5");
    row("data.amount / 4", "7");
    row("data.amount / 4.0", "7.5");
    row("7 % 4 + 7.5 % 2", "4.5");
    row("state.big", "18446744073709551615");
    row("state.exact + 1", "9007199254740994");
    row("state.price", "100.10");
    row("state.price + 0", "100.1");
    row("'Hello ' + state.name", "\"Hello Ada\"");
    row("state.tags + ['z']", "[\"x\",\"y\",\"z\"]");
    row("state.tags[1]", "\"y\"");
    row("state['items']['a']", "1");
    row("data.lines[0].sku", "\"A\"");
    row("data.lines[1]", "{\"sku\":\"B\",\"qty\":1}");
    row("[data.lines[0]][0].qty", "2");
    row("has(state.name) && !has(state.email)", "true");
    row("has(data.lines[0].sku)", "true");
    row("'x' in state.tags", "true");
    row("'a' in state.items && !('b' in state.items)", "true");
    row("data.currency in ['EUR', 'USD']", "true");
    row("size(state.tags) + size('\u00e4\u00f6') + state.items.size()", "5");
    row("data.amount > 100 ? 'large' : data.amount > 10 ? 'middle' : 'small'", "\"middle\"");
    row("state.none == null", "true");
    row("data.amount == 30.0 && data.amount == 30u", "true");
    row("1 == '1'", "false");
    row("state.items == {'a': 1.0}", "true");
    row("state.missing == 1 || true", "true");
    row("false && state.missing == 1", "false");
    row("state.missing == 1 && false", "false");
    row("{'total': data.amount * 2, 'by': {1: true}}", "{\"total\":60,\"by\":{\"1\":true}}");
    row("data.lines.map(line, line.qty)", "[2,1]");
    row("data.lines.filter(line, line.qty > 1).map(line, line.sku)", "[\"A\"]");
    row("data.lines.exists(line, line.sku == 'B')", "true");
    row("data.lines.all(line, line.qty > 1)", "false");
    row("data.lines.exists_one(line, line.qty == 1)", "true");
    row("state.items.map(key, key + '!')", "[\"a!\"]");
    row("data.lines.map(a, data.lines.map(b, a.qty * b.qty))", "[[4,2],[2,1]]");
    row("cel.bind(total, data.amount * 2, total + total)", "120");
    row("[1, 2].map(state, state)[1] + version", "9");
    row("state.name.startsWith('A') && state.name.matches('^A.a$')", "true");
    row("timestamp('2026-03-01T14:03:22.5+01:00')", "\"2026-03-01T13:03:22.5Z\"");
    row("timestamp('2026-03-01T00:00:00Z') + duration('36h')", "\"2026-03-02T12:00:00Z\"");
    row("timestamp('2026-03-02T00:00:00Z') - timestamp('2026-03-01T00:00:00.25Z')",
        "\"86399.75s\"");
    row("b'abc'", "\"YWJj\"");
    row("type(1) == int && type(state) == map", "true");
    row("data // a comment\n .amount", "30");
    row("--version", "7");
    row("!!true", "true");
    row("-9223372036854775808", "-9223372036854775808");
    row("0x1F + 1", "32");
    row("[1, 2, ]", "[1,2]");
    row("1e3", "1000.0");
    row("\"\\u00e9\" + r'\\n' + '''a\"b'''", "\"\u00e9\\\\na\\\"b\"");
}

void TestExpression::results()
{
    QFETCH(QByteArray, source);
    QTEST(evaluated(source), "result");
}

void TestExpression::failures_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* source, const char* message) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(message);
    };
    row("data.total", "no such key 'total' (column 6)");
    row("1 +\n data.total", "no such key 'total' (line 2, column 7)");
    row("data.amount.value", "no field 'value' in a value of type int (column 13)");
    row("state.tags[2]", "no index 2 in a list of 2 (column 11)");
    row("state.tags[-1]", "no index -1 in a list of 2 (column 11)");
    row("data.amount + data.currency", "'+' does not take int and string (column 13)");
    row("data.currency > 5", "'>' does not take string and int (column 15)");
    row("-data.currency", "'-' does not take string (column 1)");
    row("!data.amount", "'!' takes true or false, and this is of type int (column 1)");
    row("data.amount && true", "'&&' takes true or false, and this is of type int (column 13)");
    row("data.amount ? 1 : 2", "'?:' takes true or false, and this is of type int (column 13)");
    row("data.total || data.sum", "no such key 'total' (column 6)");
    row("true && data.sum", "no such key 'sum' (column 14)");
    row("data.amount / 0", "division by zero (column 13)");
    row("9223372036854775807 + version", "the result of '+' is out of range (column 21)");
    row("int('12x')", "'int' cannot read '12x' (column 1)");
    row("{'a': 1, 'a': 2}", "the key 'a' is there twice (column 1)");
    row("{1.5: 1}", "1.5 cannot be a key (column 1)");
    row("'a'.matches('(')", "'matches' cannot read '(' (column 5)");
    row("data.amount.all(x, true)", "type int is neither a list nor a map (column 13)");
    row("data.lines.all(x, x.qty)",
        "'&&' takes true or false, and this is of type int (column 12)");
    row("0.0 / 0.0", "JSON has no number that is infinite or not a number");
}

void TestExpression::failures()
{
    QFETCH(QByteArray, source);
    QTEST(evaluated(source), "message");
}

void TestExpression::faultsNameThePlace_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* source, int line, int column, const char* message) {
        QTest::newRow(source) << QByteArray(source) << line << column << QString::fromUtf8(message);
    };
    row("", 1, 1, "the expression is empty");
    row("dta.amount", 1, 1, "unknown name 'dta', did you mean 'data'?");
    row("1 + stat", 1, 5, "unknown name 'stat', did you mean 'state'?");
    row("zzzzzz", 1, 1, "unknown name 'zzzzzz'");
    row("'\u00e4\u00f6' + x", 1, 8, "unknown name 'x'");
    row("data.name.startWith('a')", 1, 11,
        "unknown function 'startWith', did you mean 'startsWith'?");
    row("siez(data)", 1, 1, "unknown function 'siez', did you mean 'size'?");
    row("size()", 1, 1, "'size' does not take 0 values; it is written size(value)");
    row("data.amount = 3", 1, 13, "to compare, write '=='");
    row("true & false", 1, 6, "write '&&' for and, '||' for or");
    row("max(1, 2)", 1, 1, "unknown function 'max'; write math.greatest(a, b)");
    row("data.name.length()", 1, 11, "unknown function 'length'; write size(x)");
    row("data.name.toUpperCase()", 1, 11,
        "unknown function 'toUpperCase'; write text.upperAscii()");
    row("not(true)", 1, 1, "unknown function 'not'; write !x");
    row("not true", 1, 5, "write '!' for not");
    row("true and false", 1, 6, "write '&&' for and, '||' for or");
    row("(true or false)", 1, 7, "write '&&' for and, '||' for or");
    row("data.name ?\? 1", 1, 11,
        "there is no '?\?'; for a field that may be missing write value.?name.orValue(0)");
    row("data.lines.filter(i => i.qty > 0)", 1, 21,
        "there is no '=>'; name the element first: list.filter(i, i.qty > 0)");
    row("1 +", 1, 4, "a value is expected before the end");
    row("(1", 1, 3, "')' is expected here");
    row("[1, 2", 1, 6, "',' is expected here");
    row("1 2", 1, 3, "an operator is expected before '2'");
    row("data\n  .", 2, 4, "a name is expected after '.'");
    row("'abc", 1, 1, "the string does not end");
    row("'a\nb'", 1, 1, "the string does not end");
    row("'\\q'", 1, 2, "there is no such escape");
    row("'\\ud800'", 1, 2, "there is no such Unicode character");
    row("9223372036854775808", 1, 1,
        "'9223372036854775808' does not fit into 64 bits; write a 'u' after an unsigned number, or "
        "'.0' for a double");
    row("1 + #", 1, 5, "this character has no meaning here");
    row("while", 1, 1, "'while' is reserved and cannot be a name");
    row("has(data)", 1, 1, "write has(...) over a field: has(data.name)");
    row("data.lines.map(1, 2)", 1, 16, "a new variable's name is expected");
    row("f(1,)", 1, 5, "a value is expected before ')'");
}

void TestExpression::faultsNameThePlace()
{
    QFETCH(QByteArray, source);
    ExpressionFault fault;
    const auto expression = Expression::compile(viewOf(source), names, &fault);
    QVERIFY(!expression.ok());
    QTEST(fault.message, "message");
    QTEST(fault.line, "line");
    QTEST(fault.column, "column");
    QCOMPARE(expression.error().code, ErrorCode::InvalidInput);
    QCOMPARE(expression.error().message, fault.toText(viewOf(source)));
}

void TestExpression::faultText()
{
    ExpressionFault fault;
    const std::string_view source = "true &&\n\tdta.amount > 1";
    QVERIFY(!Expression::compile(source, names, &fault).ok());
    QCOMPARE(fault.toText(source),
        QStringLiteral("2:2: unknown name 'dta', did you mean 'data'?\n"
                       "\tdta.amount > 1\n\t^"));
    const QByteArray wide = QByteArray(300, ' ') + "x" + QByteArray(300, ' ');
    QVERIFY(!Expression::compile(viewOf(wide), names, &fault).ok());
    const auto lines = fault.toText(viewOf(wide)).split(u'\n');
    QCOMPARE(lines.size(), qsizetype(3));
    QCOMPARE(lines[2].indexOf(u'^'), lines[1].indexOf(u'x'));
    QVERIFY(lines[1].size() <= 100);
}

void TestExpression::judges()
{
    const auto judged = [](std::string_view source) {
        TextVariables texts;
        return Expression::compile(source, names)->judge(texts);
    };
    QCOMPARE(judged("data.amount > 10"), Verdict::Holds);
    QCOMPARE(judged("data.amount > 100"), Verdict::HoldsNot);
    QCOMPARE(judged("data.total > 10"), Verdict::Missing);
    QCOMPARE(judged("data.lines[2].qty > 10"), Verdict::Missing);
    QCOMPARE(judged("data.currency.code == 'EUR'"), Verdict::Missing);
    QCOMPARE(judged("data.currency > 10"), Verdict::Failed);
    QCOMPARE(judged("data.amount"), Verdict::Failed);
    QCOMPARE(judged("data.total > 10 || version == 7"), Verdict::Holds);
    QCOMPARE(judged("data.total > 10 && version == 8"), Verdict::HoldsNot);
    TextVariables texts;
    QCOMPARE(Expression().judge(texts), Verdict::Failed);
    QVERIFY(!Expression().evaluate(variables()).ok());
}

/// Fields out of the text give what fields out of the tree give, failures and their words as well.
void TestExpression::textsGiveWhatTreesGive()
{
    for (const char* source : textSources) {
        const auto expression = Expression::compile(source, names);
        QVERIFY2(expression.ok(), source);
        TextVariables texts;
        const auto fromText = expression->test(texts);
        const auto fromTree = expression->test(variables());
        QVERIFY2(fromText.ok() == fromTree.ok(), source);
        if (fromTree)
            QVERIFY2(*fromText == *fromTree, source);
        else
            QCOMPARE(fromText.error().message, fromTree.error().message);
    }
}

void TestExpression::readsWhatIsReached()
{
    const auto expression = Expression::compile("version == 8 && data.amount > 1", names);
    TextVariables texts;
    QCOMPARE(expression->judge(texts), Verdict::HoldsNot);
    QCOMPARE(texts.looks(), 0);
    // A tree is built where a text would be walked through again and again.
    const auto loop = Expression::compile(
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18].all(i, data.amount > i)", names);
    QCOMPARE(loop->judge(texts), Verdict::Holds);
    QCOMPARE(texts.trees(), 1);
}

void TestExpression::testWantsABoolean()
{
    const auto expression = Expression::compile("data.amount", names);
    QVERIFY(expression.ok());
    const auto result = expression->test(variables());
    QVERIFY(!result.ok());
    QCOMPARE(result.error().message,
        QStringLiteral("the expression gives a value of type int, not true or false"));
}

void TestExpression::uses()
{
    const auto expression = Expression::compile("[1].all(state, data.x > state)", names);
    QVERIFY(expression.ok());
    QVERIFY(!expression->uses(0));
    QVERIFY(expression->uses(1));
    QVERIFY(!expression->uses(2));
    QVERIFY(!expression->uses(3));
    QCOMPARE(expression->source(), QByteArray("[1].all(state, data.x > state)"));
}

void TestExpression::reads()
{
    const auto textOf = [](std::string_view source) {
        const auto expression = Expression::compile(source, names);
        const auto reads = expression->reads();
        QByteArray text;
        if (!reads)
            return QByteArray("all");
        for (const auto& field : reads->fields)
            text += QByteArray::number(qsizetype(field.variable)) + '.' + field.names[0]
                + (field.names.size() > 1 ? ".." : "") + ' ';
        for (const auto& test : reads->tests)
            text += "has " + QByteArray::number(qsizetype(test.variable)) + '.' + test.names[0];
        return text;
    };
    QCOMPARE(textOf("state.n + data.a.b + state.n"), QByteArray("0.n 1.a.. "));
    QCOMPARE(textOf("has(state.n) ? state.n : 1"), QByteArray("0.n has 0.n"));
    QCOMPARE(textOf("has(data.a.b)"), QByteArray("1.a "));
    QCOMPARE(textOf("data.items.all(data, data.x > 1)"), QByteArray("1.items "));
    QCOMPARE(textOf("1 + 2"), QByteArray());
    QCOMPARE(textOf("data"), QByteArray("all"));
    QCOMPARE(textOf("data['x']"), QByteArray("all"));
    QCOMPARE(textOf("size(state) + state.n"), QByteArray("all"));

    const auto operation = Expression::compile("2 - state.n", names)->operation();
    QVERIFY(operation);
    QCOMPARE(operation->symbol, '-');
    QCOMPARE(operation->constants[0].toInt(), 2);
    QCOMPARE(operation->fields[1]->names, std::vector<QByteArray>({ "n" }));
    QVERIFY(!Expression::compile("state.n / 2", names)->operation());
    QVERIFY(!Expression::compile("state.n + 1 + 1", names)->operation());
}

void TestExpression::hostFunctions()
{
    constexpr std::array<std::string_view, 2> functions { "today", "uuid" };
    const ExpressionNames known { names, functions };
    int calls = 0;
    const HostCall host = [&](std::size_t function) {
        ++calls;
        return Value::fromString(QByteArray::number(function) + '-' + QByteArray::number(calls));
    };
    const auto expression = Expression::compile("[uuid(), uuid(), today()]", known);
    QVERIFY(expression.ok());
    QVERIFY(expression->usesHost());
    const auto value = expression->evaluate(variables(), host);
    QVERIFY(value.ok());
    QCOMPARE(value->toJson()->toJson(), QByteArray(R"(["1-1","1-2","0-3"])"));
    QVERIFY(!expression->evaluate(variables()).ok());
    QVERIFY(!Expression::compile("uuid()", names).ok());
    QVERIFY(!Expression::compile("uuid(1)", known).ok());
    QVERIFY(!Expression::compile("1", known)->usesHost());
}

void TestExpression::numbersKeepTheirSpelling()
{
    QCOMPARE(evaluated("{'p': state.price}"), QStringLiteral("{\"p\":100.10}"));
    QCOMPARE(evaluated("[state.price, state.price * 1.0]"), QStringLiteral("[100.10,100.1]"));
    QCOMPARE(evaluated("string(state.price)"), QStringLiteral("\"100.10\""));
}

void TestExpression::resultsOutliveTheirVariables()
{
    Value kept;
    {
        const JsonValue tree = parsed(R"({"a":{"b":"a text that is long enough"},"c":[1.50]})");
        const std::array<Value, 1> values { Value::fromJson(tree) };
        constexpr std::array<std::string_view, 1> own { "data" };
        const auto expression = Expression::compile(
            "cel.bind(x, {'k': data.a}, [x.k.b, data.c, x.k, 'constant'].map(e, e))", own);
        QVERIFY(expression.ok());
        const auto value = expression->evaluate(values);
        QVERIFY(value.ok());
        kept = *value;
    }
    QCOMPARE(kept.toJson()->toJson(),
        QByteArray(R"(["a text that is long enough",[1.50],{"b":"a text that is long enough"},)"
                   R"("constant"])"));
}

void TestExpression::sharedBetweenThreads()
{
    const auto expression
        = Expression::compile("data.lines.exists(l, l.sku.matches('^B$')) && version == 7", names);
    QVERIFY(expression.ok());
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            const auto own = variables();
            for (int round = 0; round < 500; ++round) {
                const auto held = expression->test(own);
                right += held && *held ? 1 : 0;
            }
        }));
        threads.back()->start();
    }
    for (const auto& thread : threads) {
        QVERIFY(thread->wait());
    }
    QCOMPARE(right.load(), 2000);
}

void TestExpression::deepSources_data()
{
    QTest::addColumn<QByteArray>("source");
    constexpr int depth = 5000;
    QTest::newRow("brackets") << QByteArray(depth, '(') + "1" + QByteArray(depth, ')');
    QTest::newRow("lists") << QByteArray(depth, '[') + QByteArray(depth, ']');
    QTest::newRow("open") << QByteArray(60'000, '[');
    QTest::newRow("maps") << QByteArray("{1:").repeated(depth) + "1" + QByteArray(depth, '}');
    QTest::newRow("calls") << QByteArray("size(").repeated(depth) + "1" + QByteArray(depth, ')');
    QTest::newRow("ternaries") << QByteArray("true?1:").repeated(depth) + "1";
    QTest::newRow("indexes") << "data" + QByteArray("[0]").repeated(depth);
    QTest::newRow("fields") << "data" + QByteArray(".a").repeated(depth);
    QTest::newRow("sums") << "1" + QByteArray("+1").repeated(depth);
    QTest::newRow("too long") << QByteArray(70'000, ' ') + "1";
}

void TestExpression::deepSources()
{
    QFETCH(QByteArray, source);
    ExpressionFault fault;
    QVERIFY(!Expression::compile(viewOf(source), names, &fault).ok());
    QVERIFY(fault.message.contains(QLatin1String("nested too deeply"))
        || fault.message.contains(QLatin1String("longer than 64 KiB")));
}

void TestExpression::longChains()
{
    QCOMPARE(evaluated(QByteArray(200, '(') + "1" + QByteArray(200, ')')), QStringLiteral("1"));
    QCOMPARE(evaluated("1" + QByteArray("+1").repeated(900)), QStringLiteral("901"));
    QCOMPARE(evaluated("true" + QByteArray(" && true").repeated(7000)), QStringLiteral("true"));
    QCOMPARE(evaluated(QByteArray(60'000, '-') + "1"), QStringLiteral("1"));
    QCOMPARE(
        evaluated("[" + QByteArray("1,").repeated(20'000) + "].size()"), QStringLiteral("20000"));
    QCOMPARE(evaluated(QByteArray(400, '!') + "true"), QStringLiteral("true"));
}

void TestExpression::boundedWork_data()
{
    QTest::addColumn<QByteArray>("source");
    const auto binds = [](int depth, const QByteArray& step, const QByteArray& last) {
        QByteArray source = "cel.bind(v0, " + step + ", ";
        for (int i = 1; i < depth; ++i) {
            const QByteArray before = "v" + QByteArray::number(i - 1);
            source += "cel.bind(v" + QByteArray::number(i) + ", "
                + QByteArray(step).replace("'x'", before) + ", ";
        }
        return source + last + QByteArray(depth, ')');
    };
    QByteArray loops = "1 == 1";
    for (int i = 0; i < 30; ++i) {
        loops = "[1,2,3,4,5,6,7,8,9].all(v" + QByteArray::number(i) + ", " + loops + ")";
    }
    QTest::newRow("loops") << loops;
    QTest::newRow("growing text") << binds(60, "'x' + 'x'", "v59.size()");
    QTest::newRow("growing list") << binds(60, "['x'] + ['x']", "v59.size()");
    QTest::newRow("shared lists") << binds(60, "['x', 'x']", "v59 == v59");
    QTest::newRow("shared maps") << binds(60, "{1: 'x', 2: 'x'}", "v59");
    QTest::newRow("pattern") << QByteArray("('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')"
                                           ".matches('^(a+)+(a+)+$')");
}

void TestExpression::boundedWork()
{
    QFETCH(QByteArray, source);
    const auto message = evaluated(source);
    QVERIFY2(message.startsWith(QLatin1String("the expression takes too much time or memory")),
        qPrintable(message));
}

/// Every beginning of some sources, and each with one byte replaced: a fault or a value.
void TestExpression::noInputCrashes()
{
    const QByteArrayList sources { "data.lines.filter(l, l.qty > 1u).map(x, {x.sku: [1.5e3, -2]})",
        "has(state.a.b) ? r'\\d' + b'\\x41' : \"\\U0001f431\" in ['a', `b-c`]",
        "cel.bind(a, 0x1F, a % 2 == 0 || !(a in {1: null})) // c" };
    const QByteArray bytes("\0'\"\\([{.?u0-!\xff\xc3`", 17);
    int compiled = 0;
    for (const QByteArray& source : sources) {
        for (qsizetype i = 0; i <= source.size(); ++i) {
            compiled += evaluated(source.left(i)).isEmpty() ? 0 : 1;
            for (const char byte : bytes) {
                QByteArray changed = source;
                changed.replace(std::min(i, source.size() - 1), 1, QByteArray(1, byte));
                compiled += evaluated(changed).isEmpty() ? 0 : 1;
            }
        }
    }
    QVERIFY(compiled > 0);
}

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
