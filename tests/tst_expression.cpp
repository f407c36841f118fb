#include "support/expressionsample.h"

#include <QTest>

using namespace eventloupe;

class TestExpression : public QObject {
    Q_OBJECT

private slots:
    void results_data();
    void results();
    void loopsAndLiterals_data();
    void loopsAndLiterals();
    void failures_data();
    void failures();
    void faultsNameThePlace_data();
    void faultsNameThePlace();
    void faultText();
    void hostFunctions();
    void numbersKeepTheirSpelling();
    void resultsOutliveTheirVariables();
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
}

void TestExpression::loopsAndLiterals_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* source, const char* result) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(result);
    };
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

void TestExpression::loopsAndLiterals()
{
    results();
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

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
