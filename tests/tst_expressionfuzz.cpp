#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

#include <array>
#include <random>
#include <span>

// Forty thousand generated expressions, the same ones each time: what fails here fails again.

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 2> names { "data", "text" };

/// Some records, and a text that is long enough to be costly.
const std::array<Value, 2>& variables()
{
    static const std::array<Value, 2> values = [] {
        QByteArray text = "{'rows':[";
        for (int i = 0; i < 200; ++i)
            text += "{'n':" + QByteArray::number(i) + ",'s':'row','x':[1.50,null,{'a':[]}]},";
        text.chop(1);
        text += "]}";
        text.replace('\'', '"');
        const auto json = parseJson(viewOf(text));
        return std::array { json ? Value::fromJson(*json) : Value(),
            Value::fromString(QByteArray(99'999, 'a') + 'b') };
    }();
    return values;
}

/// Mostly well-formed expressions, so that evaluation meets every operation with every type.
class Grammar {
public:
    QByteArray expression(int depth)
    {
        if (depth == 0)
            return any(leaves);
        const auto a = [&] { return expression(depth - 1); };
        switch (m_random() % 20) {
        case 0:
            return '(' + a() + any(binary) + a() + ')';
        case 1:
            return '(' + a() + " ? " + a() + " : " + a() + ')';
        case 2:
            return '[' + a() + ", " + a() + ']';
        case 3:
            return "{" + a() + ": " + a() + ", 'k': " + a() + '}';
        case 4:
            return a() + '.' + any(loops) + "(x, " + a() + ')';
        case 5:
            return a() + '.' + any(pairLoops) + "(x, y, " + a() + ')';
        case 6:
            return "cel.bind(x, " + a() + ", " + a() + ')';
        case 7:
            return a() + '[' + a() + ']';
        case 8:
            return a() + "[?" + a() + ']';
        case 9:
            return a() + ".?k.orValue(" + a() + ')';
        case 10:
            return "[?" + a() + ", " + a() + ']';
        case 11:
            return "optional.of(" + a() + ").optMap(x, " + a() + ')';
        case 12:
            return "has(" + a() + ".k)";
        case 13:
            return any(functions) + '(' + a() + ')';
        case 14:
            return any(functions) + '(' + a() + ", " + a() + ')';
        case 15:
            return a() + '.' + any(methods) + "()";
        case 16:
        case 17:
            return a() + '.' + any(methods) + '(' + a() + ')';
        case 18:
            return a() + '.' + any(methods) + '(' + a() + ", " + a() + ')';
        default:
            return (m_random() % 2 == 0 ? "!" : "-") + a();
        }
    }

private:
    using Words = std::span<const char* const>;
    static constexpr auto binary = std::to_array<const char*>({ " + ", " - ", " * ", " / ", " % ",
        " == ", " != ", " < ", " >= ", " && ", " || ", " in " });
    static constexpr auto loops
        = std::to_array<const char*>({ "all", "exists", "exists_one", "filter", "map" });
    static constexpr auto pairLoops = std::to_array<const char*>({ "all", "exists", "existsOne",
        "transformList", "transformMap", "transformMapEntry", "map" });
    static constexpr auto functions = std::to_array<const char*>(
        { "int", "uint", "double", "string", "bytes", "bool", "timestamp", "duration", "type",
            "size", "dyn", "math.greatest", "math.least", "math.abs", "math.round", "math.bitAnd",
            "math.bitShiftLeft", "strings.quote", "base64.encode", "base64.decode", "optional.of",
            "optional.ofNonZeroValue", "lists.range", "matches", "decimal.add", "decimal.multiply",
            "decimal.compare", "decimal.sum" });
    static constexpr auto methods = std::to_array<const char*>({ "size", "contains", "startsWith",
        "matches", "charAt", "indexOf", "lastIndexOf", "replace", "split", "substring", "trim",
        "join", "format", "reverse", "sort", "distinct", "flatten", "sum", "first", "slice",
        "value", "hasValue", "orValue", "or", "getHours", "getDayOfYear", "upperAscii" });
    static constexpr auto leaves = std::to_array<const char*>(
        { "0", "1", "-1", "9223372036854775807", "2u", "1.5", "1e308", "''", "'a'", "'%s %d %.3f'",
            "'\\u00e4\\U0001f431'", "b'\\xff'", "true", "false", "null", "[]", "[1, 2.5, 3u]",
            "['b', 'a']", "{}", "{'k': 1, 2: 'x'}", "data.rows[0]", "text", "x", "optional.none()",
            "timestamp('2026-03-01T14:03:22Z')", "duration('90s')", "int", "data.rows[1].x" });

    QByteArray any(Words words) { return words[m_random() % words.size()]; }

    std::mt19937 m_random { 4 };
};

QByteArray shown(const Value& value)
{
    const auto json = value.toJson();
    return json ? json->toJson() : json.error().message.toUtf8();
}

/// The result as JSON, or what went wrong: "" cannot be.
QByteArray evaluated(const QByteArray& source)
{
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression)
        return expression.error().message.toUtf8();
    const auto value = expression->evaluate(variables());
    return value ? shown(*value) : value.error().message.toUtf8();
}

} // namespace

class TestExpressionFuzz : public QObject {
    Q_OBJECT

private slots:
    void randomTokens();
    void randomExpressions();
};

void TestExpressionFuzz::randomTokens()
{
    static constexpr auto tokens = std::to_array<const char*>({ "1", "2u", "1.5", "'a'", "b'x'",
        "true", "false", "null", "data", "text", "x", "size", "has", "map", "all", "matches",
        "format", "math", "cel", "optional", "none", "of", "or", "orValue", "bind", "(", ")", "[",
        "]", "{", "}", ".", "?", ":", ",", "+", "-", "*", "/", "%", "!", "<", "==", "&&", "||",
        "in", "`a-b`", "'''", "\\", "\"", "0x", "1e", "//", "\n", "\xc3", "9223372036854775808" });
    std::mt19937 random(20260301);
    constexpr int rounds = 20'000;
    int compiled = 0;
    for (int round = 0; round < rounds; ++round) {
        QByteArray source;
        for (auto count = random() % 14 + 1; count > 0; --count) {
            source += tokens[random() % tokens.size()];
            source += random() % 4 == 0 ? " " : "";
        }
        compiled += Expression::compile(viewOf(source), names) ? 1 : 0;
        QVERIFY2(!evaluated(source).isEmpty(), source.constData());
    }
    QVERIFY(compiled > 20);
}

void TestExpressionFuzz::randomExpressions()
{
    constexpr int rounds = 20'000;
    Grammar grammar;
    int values = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto source = "cel.bind(x, 1, " + grammar.expression(round % 5) + ')';
        const auto expression = Expression::compile(viewOf(source), names);
        if (!expression)
            continue;
        const auto value = expression->evaluate(variables());
        const auto again = expression->evaluate(variables());
        QVERIFY2(value.ok() == again.ok(), source.constData());
        values += value ? 1 : 0;
        if (value)
            QVERIFY2(shown(*value) == shown(*again), source.constData());
        else
            QVERIFY2(!value.error().message.isEmpty(), source.constData());
    }
    QVERIFY(values > rounds / 20);
}

QTEST_APPLESS_MAIN(TestExpressionFuzz)
#include "tst_expressionfuzz.moc"
