#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>
#include <QThread>

#include <array>

// Whatever is thrown at the language ends, in a value or in an error, on a small stack. Nothing
// here is timed: what hangs is ended by the test's time limit.

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 2> names { "data", "text" };

/// A list of records, and a million characters that nearly match.
const std::array<Value, 2>& variables()
{
    static const std::array<Value, 2> values = [] {
        QByteArray text = "{'rows':[";
        for (int i = 0; i < 2'000; ++i)
            text += "{'n':" + QByteArray::number(i) + ",'s':'row','x':[1.50,null,{'a':[]}]},";
        text.chop(1);
        text = (text + "]}");
        text.replace('\'', '"');
        const auto json = parseJson(viewOf(text));
        return std::array { json ? Value::fromJson(*json) : Value(),
            Value::fromString(QByteArray(999'999, 'a') + 'b') };
    }();
    return values;
}

/// The result as JSON, or what went wrong: "" cannot be.
QString evaluated(const QByteArray& source)
{
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression)
        return expression.error().message;
    const auto value = expression->evaluate(variables());
    const auto json = value ? value->toJson() : Result<JsonValue>(value.error());
    return json ? QString::fromUtf8(json->toJson()) : json.error().message;
}

/// The same on a stack as small as any thread of a desktop's has.
QString evaluatedOnSmallStack(const QByteArray& source)
{
    QString result;
    const std::unique_ptr<QThread> thread(QThread::create([&] { result = evaluated(source); }));
    constexpr uint bytes = 2U << 20;
    thread->setStackSize(bytes);
    thread->start();
    thread->wait();
    return result;
}

bool isBound(const QString& message)
{
    return message.contains(QLatin1String("too much time or memory"))
        || message.contains(QLatin1String("nested too deeply"))
        || message.contains(QLatin1String("longer than 64"));
}

QByteArray nested(
    const QByteArray& open, const QByteArray& inner, const QByteArray& close, int depth)
{
    return open.repeated(depth) + inner + close.repeated(depth);
}

struct Nest {
    const char* open;
    const char* inner;
    const char* close;
};

/// Every kind of bracket, chain and sign.
constexpr auto nests = std::to_array<Nest>({
    { "(", "1", ")" },
    { "[", "", "]" },
    { "[?", "optional.none()", "]" },
    { "{1:", "1", "}" },
    { "{?1:", "optional.none()", "}" },
    { "{", "1:1", ":1}" },
    { "data[", "1", "]" },
    { "data[?", "1", "]" },
    { "size(", "'a'", ")" },
    { "math.abs(", "1", ")" },
    { "optional.of(", "1", ")" },
    { "[1].map(x,", "x", ")" },
    { "[1].all(x,", "true", ")" },
    { "[1].exists_one(x,", "true", ")" },
    { "[1].filter(x,[1]==", "[1]", ")" },
    { "[1].transformList(i,x,", "x", ")" },
    { "[1].transformMap(i,x,", "x", ")" },
    { "[1].transformMapEntry(i,x,{i:", "x", "})" },
    { "cel.bind(x,1,", "x", ")" },
    { "cel.bind(x,", "1", ",x)" },
    { "optional.of(1).optMap(x,", "x", ")" },
    { "optional.none().orValue(", "1", ")" },
    { "optional.none().or(", "optional.none()", ")" },
    { "'a'.replace('a',", "'b'", ")" },
    { "true?1:", "1", "" },
    { "true?", "1", ":1" },
    { "!(", "true", ")" },
    { "-(", "1", ")" },
    { "1+", "1", "" },
    { "1==(", "1", ")" },
    { "true&&(", "true", ")" },
    { "false||(true&&", "true", ")" },
    { "1 in [", "1", "]" },
    { "", "data", ".a" },
    { "", "data", ".?a" },
    { "", "data", "[0]" },
    { "", "data", "[?0]" },
    { "", "data", ".a()" },
    { "", "'a'", ".trim()" },
    { "", "optional.of(1)", ".or(optional.none())" },
    { "", "[1]", ".map(x, x)" },
    { "!", "true", "" },
    { "-", "1", "" },
    { "", "1", "+1" },
    { "", "1", "<1" },
    { "", "true", "&&true" },
    { "", "true", "||true" },
    { "", "1", "-1" },
    { "", "1", " in [1]" },
    { "", "'a'", "'a'" },
    { "(", "", "" },
    { "[", "", "" },
    { "{", "", "" },
    { "{1:", "", "" },
    { "f(", "", "" },
    { "", "", ")" },
    { "`", "a", "" },
    { "'''", "a", "" },
    { "//", "", "\n" },
});

} // namespace

class TestExpressionBounds : public QObject {
    Q_OBJECT

private slots:
    void nesting_data();
    void nesting();
    void deepValues();
    void explosions_data();
    void explosions();
    void longTexts_data();
    void longTexts();
    void longSources();
};

void TestExpressionBounds::nesting_data()
{
    QTest::addColumn<int>("number");
    for (int i = 0; i < int(nests.size()); ++i)
        QTest::addRow("%s%s%s", nests[std::size_t(i)].open, nests[std::size_t(i)].inner,
            nests[std::size_t(i)].close)
            << i;
}

/// Of each construct some that may be evaluated, as many as are allowed, and far too many: an
/// answer on a small stack, whatever it is.
void TestExpressionBounds::nesting()
{
    QFETCH(int, number);
    const auto& [open, inner, close] = nests[std::size_t(number)];
    for (const int depth : { 1, 20, 120, 240, 249, 251, 499, 990, 5'000 })
        QVERIFY(!evaluatedOnSmallStack(nested(open, inner, close, depth)).isEmpty());
    const int most = int(1'000'000 / (qstrlen(open) + qstrlen(close)));
    const auto message = evaluated(nested(open, inner, close, most));
    QVERIFY2(isBound(message), qPrintable(message.left(200)));
}

/// A small source may build values as deep as it likes, some levels a name.
void TestExpressionBounds::deepValues()
{
    using Pair = std::pair<const char*, const char*>;
    for (const auto& [open, close] :
        { Pair { "[", "]" }, { "{1:", "}" }, { "optional.of(", ")" } }) {
        for (const int count : { 3, 40 }) {
            QByteArray source = "cel.bind(v0, 1, ";
            for (int i = 1; i < count; ++i) {
                const auto before = "v" + QByteArray::number(i - 1);
                source += "cel.bind(v" + QByteArray::number(i) + ", "
                    + nested(open, before, close, 100) + ", ";
            }
            const auto last = "v" + QByteArray::number(count - 1);
            const auto end = QByteArray(count, ')');
            const auto same = evaluatedOnSmallStack(source + last + " == " + last + end);
            QVERIFY2(count > 10 ? isBound(same) : same == u"true"_qs, qPrintable(same));
            QVERIFY(!evaluatedOnSmallStack(source + last + end).isEmpty());
            QVERIFY(!evaluatedOnSmallStack(source + "'%s'.format([" + last + "])" + end).isEmpty());
        }
    }
}

void TestExpressionBounds::explosions_data()
{
    QTest::addColumn<QByteArray>("source");
    const auto row = [](const char* source) { QTest::newRow(source) << QByteArray(source); };
    row("text.replace('a', text).size()");
    row("data.rows.map(r, text).join().size()");
    row("data.rows.map(r, text.split('a').size())");
    row("text.replace('', text).size()");
    row("'%s%s'.format([text, '%s'.format([text])]).replace('a', 'aaaaaaaaaaaaaaaaaaaa')"
        ".replace('a', 'aaaaaaaaaaaaaaaaaaaa').size()");
    row("data.rows.map(r, data)");
    row("data.rows.map(r, text)");
    row("data.rows.map(r, data.rows.map(q, [r, q]))");
    row("data.rows.all(r, data == data)");
    row("data.rows.all(r, data.rows.all(q, text == text))");
    row("data.rows.all(r, [data] == [data])");
    row("data.rows.all(r, data.rows.all(q, !([data] in [data])))");
    row("data.rows.all(r, data.rows.all(q, text <= text))");
    row("data.rows.all(r, data.rows.all(q, !(text in {text: 1}) || true))");
    row("data.rows.all(r, '%s'.format([data]).size() > 0)");
    row("data.rows.all(r, text.matches('b$'))");
    row("data.rows.all(r, data.rows.all(q, 'aaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$') || true))");
    row("text.matches('(a|aa)*c')");
    row("text.matches('^(a+)+$')");
    row("lists.range(1000000000000)");
    row("lists.range(9223372036854775807)");
    row("lists.range(500000).map(i, lists.range(500000))");
    row("lists.range(100000).distinct().size()");
    row("lists.range(2000).map(i, lists.range(2000)).flatten().size()");
    row("lists.range(100000).all(i, timestamp(i).getHours('Europe/Berlin') >= 0)");
    row("lists.range(100000).all(i, lists.range(100000).sum() > 0)");
    row("lists.range(100000).all(i, math.greatest(lists.range(100000)) > 0)");
}

void TestExpressionBounds::explosions()
{
    QFETCH(QByteArray, source);
    const auto message = evaluated(source);
    QVERIFY2(isBound(message), qPrintable(message.left(200)));
}

void TestExpressionBounds::longTexts_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* source, const char* result) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(result);
    };
    row("text.size()", "1000000");
    row("text.contains(text.substring(500000).replace('b', 'c'))", "false");
    row("text.indexOf(text.substring(500000))", "500000");
    row("text.lastIndexOf(text.substring(500000, 999999))", "500000");
    row("text.lastIndexOf('a')", "999998");
    row("text.split(text.substring(10)).size()", "2");
    row("text.reverse().startsWith('ba')", "true");
    row("text.upperAscii().endsWith('AB')", "true");
    row("text.trim().size() + text.charAt(999999).size()", "1000001");
    row("text.matches('ab$')", "true");
    row("strings.quote(text).size()", "1000002");
    row("'%s'.format([text]).size()", "1000000");
    row("base64.encode(bytes(text)).size()", "1333336");
}

void TestExpressionBounds::longTexts()
{
    QFETCH(QByteArray, source);
    QTEST(evaluated(source), "result");
}

void TestExpressionBounds::longSources()
{
    for (const char* part : { "1+", "a.b.", "(", "'a'+", "[1,", "[1].map(x,", "\xff", " ", "\"" }) {
        const auto source = QByteArray(part).repeated(1'000'000 / int(qstrlen(part)));
        const auto message = evaluated(source);
        QVERIFY2(isBound(message), qPrintable(message.left(200)));
    }
}

QTEST_APPLESS_MAIN(TestExpressionBounds)
#include "tst_expressionbounds.moc"
