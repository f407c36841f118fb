#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

#include <array>

// What the vectors of the specification leave open: limits, corners, failures and their words.

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 1> names { "data" };

const QByteArray dataText("{'price':100.10,'n':30,'whole':30.0,'tags':['b','a','b'],"
                          "'address':{'city':'Ulm'},'none':null}");

Value data()
{
    const QByteArray text = QByteArray(dataText).replace('\'', '"');
    const auto json = parseJson(viewOf(text));
    return json ? Value::fromJson(*json) : Value();
}

QString evaluated(const QByteArray& source)
{
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression)
        return expression.error().message;
    const auto value = expression->evaluate(std::array { data() });
    const auto json = value ? value->toJson() : Result<JsonValue>(value.error());
    return json ? QString::fromUtf8(json->toJson()) : json.error().message;
}

} // namespace

class TestExpressionFunctions : public QObject {
    Q_OBJECT

private slots:
    void results_data();
    void results();
    void optionalsOfVariables();
    void faultHasAPlace();
};

void TestExpressionFunctions::results_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* source, const char* result) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(result);
    };
    // Texts
    row("'abc'.charAt(3)", "\"\"");
    row("'abc'.charAt(-1)", "no character -1 in a text of 3 (column 7)");
    row("''.indexOf('')", "0");
    row("'aXbXc'.lastIndexOf('X', 2)", "1");
    row("'abc'.replace('', '-')", "\"-a-b-c-\"");
    row("'abc'.replace('', '-', 2)", "\"-a-bc\"");
    row("'aaa'.replace('a', 'b', 0)", "\"aaa\"");
    row("''.replace('', '-')", "\"-\"");
    row("'\u00e4b'.replace('', '-')", "\"-\u00e4-b-\"");
    row("''.split(',')", "[\"\"]");
    row("''.split('')", "[]");
    row("'a\u00e4b'.split('')", "[\"a\",\"\u00e4\",\"b\"]");
    row("'a,b,c'.split(',', 2)", "[\"a\",\"b,c\"]");
    row("'a,b,'.split(',')", "[\"a\",\"b\",\"\"]");
    row("'abc'.substring(2, 1)", "no character 1 in a text of 3 (column 7)");
    row("'\u2003 a b\u00a0'.trim()", "\"a b\"");
    row("' \t '.trim()", "\"\"");
    row("[1, 'a'].join()", "'join' takes strings, not int (column 10)");
    row("data.tags.join(', ')", "\"b, a, b\"");
    row("base64.decode('a*b')", "'base64.decode' cannot read 'a*b' (column 8)");
    row("(lists.range(40).map(i, 'ab').join() + 'aab').indexOf('ababababababababababaab')", "60");
    row("(lists.range(40).map(i, 'ab').join()).lastIndexOf('abababababababababab')", "60");
    // format
    row("'%d %d %s'.format([data.n, data.whole, data.price])", "\"30 30 100.10\"");
    row("'%d'.format([30.5])", "\"30.5\"");
    row("'%x %X %o %b'.format([-30, 30, 8, 5])", "\"-1e 1E 10 101\"");
    row("'%.2f'.format([1e300]).size()", "304");
    row("'%s'.format([{'b': [1], 'a': null}])", "\"{a: null, b: [1]}\"");
    row("'%.101f'.format([1.0])", "'format' cannot read '%.101' (column 10)");
    row("'%.2s'.format(['a'])", "'format' cannot read '%.2s' (column 8)");
    row("'%'.format(['a'])", "'format' cannot read '%' (column 5)");
    row("'%s %s'.format(['a'])", "no index 1 in a list of 1 (column 9)");
    row("'%d'.format(['a'])", "'%d' does not take string (column 6)");
    row("'%s'.format([optional.of(1)])", "'%s' does not take optional_type (column 6)");
    // Numbers
    row("math.greatest([])", "'math.greatest' does not take list (column 6)");
    row("math.least(1, 'a')", "'math.least' does not take string (column 6)");
    row("math.floor(1)", "'math.floor' does not take int (column 6)");
    row("math.bitShiftRight(-1, 1) == 9223372036854775807", "true");
    row("math.bitAnd(1, 1u)", "'math.bitAnd' does not take int and uint (column 6)");
    row("math.sqrt(2u) > 1.41", "true");
    // Lists
    row("data.tags.distinct().sort()", "[\"a\",\"b\"]");
    row("[3, 1.5, 2u].sort()", "[1.5,2,3]");
    row("[1, 'a'].sort()", "'sort' does not take int and string (column 10)");
    row("[0.0 / 0.0].sort()", "'sort' does not take double and double (column 13)");
    row("[[1, [2]], [3]].flatten(2)", "[1,2,3]");
    row("[].sum()", "0");
    row("[0.1, 2].sum() == 2.1", "true");
    row("[duration('1m'), duration('30s')].sum()", "\"90s\"");
    row("['a'].sum()", "'sum' does not take string (column 7)");
    row("[1, 2].slice(1, 3)", "no index 3 in a list of 2 (column 8)");
    row("[].first().hasValue() || [1].last().value() == 1", "true");
    row("[1, 2].reverse()", "[2,1]");
    row("lists.range(-1)", "[]");
    // Two names
    row("{'a': 1}.transformMapEntry(k, v, {v: k, string(v) + 'x': k})",
        "{\"1\":\"a\",\"1x\":\"a\"}");
    row("['a', 'b'].transformMapEntry(i, v, i > 0, {v: i})", "{\"b\":1}");
    row("['a', 'a'].transformMapEntry(i, v, {v: i})", "the key 'a' is there twice (column 12)");
    row("['a'].transformMapEntry(i, v, v)", "'transformMapEntry' does not take string (column 7)");
    row("[5, 6].transformMap(i, v, v * 2)", "{\"0\":10,\"1\":12}");
    // Optionals
    row("optional.of(1)",
        "JSON cannot hold an optional; take its value with .orValue(...) or .value()");
    row("{'a': 1}.?a.orValue(1 / 0)", "1");
    row("{'a': 1}.?b.orValue(1 / 0)", "division by zero (column 23)");
    row("optional.of(1).or(1 / 0).value()", "1");
    row("optional.none().or(1)", "'or' does not take int (column 17)");
    row("optional.none().value()", "'value' of an optional without a value (column 17)");
    row("optional.of(1).optFlatMap(x, x)", "'optFlatMap' does not take int (column 16)");
    row("{'a': 1}.a.orValue(1)", "'orValue' does not take int (column 12)");
    row("[?1]", "'?' does not take int (column 1)");
    row("{?'a': optional.of(1), 'b': 2, ?'c': optional.none()}", "{\"a\":1,\"b\":2}");
    row("[1][?-1].hasValue() || [1][?5].hasValue()", "false");
    row("1.?a", "no field 'a' in a value of type int (column 4)");
    row("has({'a': 1}.?a)",
        "1:1: write has(...) over a field: has(data.name)\n"
        "has({'a': 1}.?a)\n^");
    row("optional.of(optional.of(1)).value().value()", "1");
    row("optional.unwrap([1])", "'optional.unwrap' does not take list (column 10)");
    // Time zones
    row("timestamp('2026-07-01T22:30:00Z').getDate('Europe/Berlin')", "2");
    row("timestamp('2026-01-01T00:30:00Z').getFullYear('-01:00')", "2025");
    row("timestamp('2026-07-01T22:30:00Z').getHours('Mars/Olympus')",
        "'getHours' cannot read 'Mars/Olympus' (column 35)");
    row("timestamp('9999-12-31T23:59:59Z') + duration('1s')",
        "the result of '+' is out of range (column 35)");
    row("(timestamp('2026-03-01T00:00:00Z') - timestamp('2026-02-28T00:00:00Z')).getHours()", "24");
}

void TestExpressionFunctions::results()
{
    QFETCH(QByteArray, source);
    QTEST(evaluated(source), "result");
}

void TestExpressionFunctions::optionalsOfVariables()
{
    QCOMPARE(evaluated("data.?price.orValue(0)"), QStringLiteral("100.10"));
    QCOMPARE(evaluated("data.?address.?street.orValue('?')"), QStringLiteral("\"?\""));
    QCOMPARE(evaluated("data.?address.city.orValue('?')"), QStringLiteral("\"Ulm\""));
    QCOMPARE(evaluated("data.?nothing.city.orValue('?')"), QStringLiteral("\"?\""));
    QCOMPARE(evaluated("data.tags[?1].value()"), QStringLiteral("\"a\""));
    QCOMPARE(evaluated("data.?none.hasValue()"), QStringLiteral("true"));
    QCOMPARE(evaluated("{?'city': data.?address.city, ?'zip': data.?address.zip}"),
        QStringLiteral("{\"city\":\"Ulm\"}"));
}

void TestExpressionFunctions::faultHasAPlace()
{
    const QByteArray source = "true &&\n data.?n.value() / 0 > 1";
    const auto expression = Expression::compile(viewOf(source), names);
    QVERIFY(expression.ok());
    ExpressionFault fault;
    QVERIFY(!expression->evaluate(std::array { data() }, {}, &fault).ok());
    QCOMPARE(fault.toText(viewOf(source)),
        QStringLiteral("2:18: division by zero\n data.?n.value() / 0 > 1\n                 ^"));
}

QTEST_APPLESS_MAIN(TestExpressionFunctions)
#include "tst_expressionfunctions.moc"
