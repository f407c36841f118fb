#include "value/rawjsonpath.h"

#include "value/event.h"
#include "value/json.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace eventloupe;

using Outcome = RawJsonFinding::Outcome;

class tst_RawJsonPath : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void tellsHowFarItCame();
    void readsNothingBeyondDamagedText();
    void unescapes_data();
    void unescapes();
    void agreesWithTheTree();
    void agreesOnNumbers_data();
    void agreesOnNumbers();
};

namespace {

std::vector<QByteArray> keysOf(const QByteArray& dotted)
{
    std::vector<QByteArray> keys;
    for (const QByteArray& key : dotted.split('.'))
        keys.push_back(key);
    return keys;
}

/// Random JSON with few keys, so that duplicates, escapes and nesting meet.
class Payloads {
public:
    explicit Payloads(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray value(int depth)
    {
        static const QByteArrayList scalars { "1", "-0", "1.50", "1e3", "true", "null", "\"\"",
            "\"x\"", "\"a \\\"quoted\\\" {[}]\"", R"("\\")", R"("\u00e9\ud83d\ude00")",
            "\"\xc3\xa9, longer than eight bytes\"", "18446744073709551615" };
        switch (depth <= 0 ? 0 : m_random.bounded(4)) {
        case 1:
        case 2:
            return object(depth);
        case 3:
            return '[' + space() + value(depth - 1) + ',' + value(depth - 1) + space() + ']';
        default:
            return scalars.at(m_random.bounded(int(scalars.size())));
        }
    }

    QByteArray object(int depth)
    {
        static const QByteArrayList keys { "\"a\"", "\"b\"", R"("\u0061")", R"("c\"d")", "\"\"",
            "\"ab\"" };
        QByteArray text = "{" + space();
        const int count = m_random.bounded(5);
        for (int i = 0; i < count; ++i) {
            text += (i > 0 ? "," : "") + space() + keys.at(m_random.bounded(int(keys.size())))
                + space() + ':' + space() + value(depth - 1) + space();
        }
        return text + '}';
    }

    std::vector<QByteArray> path()
    {
        static const QByteArrayList keys { "a", "b", "c\"d", "", "ab" };
        std::vector<QByteArray> path;
        for (int i = m_random.bounded(4); i > 0; --i)
            path.push_back(keys.at(m_random.bounded(int(keys.size()))));
        return path;
    }

private:
    QByteArray space() { return QByteArray(" \n\t").left(m_random.bounded(4)); }

    QRandomGenerator m_random;
};

} // namespace

void tst_RawJsonPath::finds_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("first") << QByteArray(R"({"a":1,"b":2})") << QByteArray("a") << QByteArray("1");
    QTest::newRow("last, with space")
        << QByteArray(" { \"a\" : 1 , \"b\" : [ 2 ] } ") << QByteArray("b") << QByteArray("[ 2 ]");
    QTest::newRow("nested") << QByteArray(R"({"a":{"b":{"c":"x"}}})") << QByteArray("a.b.c")
                            << QByteArray("\"x\"");
    QTest::newRow("last of duplicates")
        << QByteArray(R"({"a":{"b":1},"a":{"b":2},"c":0})") << QByteArray("a.b") << QByteArray("2");
    QTest::newRow("not in a child")
        << QByteArray(R"({"c":{"a":1},"a":2})") << QByteArray("a") << QByteArray("2");
    QTest::newRow("not in a string")
        << QByteArray(R"({"c":"\",\"a\":1","a":2})") << QByteArray("a") << QByteArray("2");
    QTest::newRow("escaped key") << QByteArray(R"({"\u0061\u00e9":3})") << QByteArray("a\xc3\xa9")
                                 << QByteArray("3");
    QTest::newRow("escaped later duplicate")
        << QByteArray(R"({"a":1,"\u0061":3})") << QByteArray("a") << QByteArray("3");
    QTest::newRow("backslash before the end")
        << QByteArray(R"({"k":"\\","a":4})") << QByteArray("a") << QByteArray("4");
    QTest::newRow("empty key") << QByteArray(R"({"":5})") << QByteArray("") << QByteArray("5");
}

void tst_RawJsonPath::finds()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, expected);
    const auto finding = findRawJson(viewOf(json), keysOf(path));
    QCOMPARE(finding.outcome, Outcome::Found);
    QCOMPARE(toBytes(finding.text), expected);
}

void tst_RawJsonPath::tellsHowFarItCame()
{
    const auto find = [](const char* json, const char* path) {
        const auto finding = findRawJson(json, keysOf(path));
        return std::tuple(finding.outcome, finding.depth, toBytes(finding.text));
    };
    QCOMPARE(find(R"({"a":{"b":1}})", "a.c"),
        std::tuple(Outcome::NoSuchKey, std::size_t(1), QByteArray(R"({"b":1})")));
    QCOMPARE(find(R"({"a":[1]})", "a.b.c"),
        std::tuple(Outcome::NoObject, std::size_t(1), QByteArray("[1]")));
    QCOMPARE(find(" 7 ", "a"), std::tuple(Outcome::NoObject, std::size_t(0), QByteArray("7")));
    QCOMPARE(find("{}", "a"), std::tuple(Outcome::NoSuchKey, std::size_t(0), QByteArray("{}")));
    QCOMPARE(findRawJson(" [1] ", {}).text, std::string_view("[1]"));
    QCOMPARE(findRawJson("  ", {}).outcome, Outcome::Damaged);
}

void tst_RawJsonPath::readsNothingBeyondDamagedText()
{
    // Every beginning of a text, in memory of its own so that a sanitizer sees a step too far.
    const QByteArray whole = R"({"k":"\\\"","b":{"a":[1,"x"],"c":tru},"a":{"b":-1.5e3}})";
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const std::vector<char> part(whole.begin(), whole.begin() + length);
        const auto finding = findRawJson({ part.data(), part.size() }, keysOf("a.b"));
        QCOMPARE(finding.outcome, Outcome::Damaged);
    }
    for (const char* json : { "{\"a\"1}", "{a:1}", "{\"a\":}", "{\"a\":1 \"b\":2}", "{\"a\":1]" })
        QCOMPARE(findRawJson(json, keysOf("a")).outcome, Outcome::Damaged);
}

void tst_RawJsonPath::unescapes_data()
{
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << QByteArray("\"plain\"") << QByteArray("plain");
    QTest::newRow("letters") << QByteArray(R"("\"\\\/\b\f\n\r\t")")
                             << QByteArray("\"\\/\b\f\n\r\t");
    QTest::newRow("units") << QByteArray(R"("\u0041\u00E9\u20ac\ud83d\ude00!")")
                           << QByteArray("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80!");
    QTest::newRow("high alone") << QByteArray(R"("\ud83d!")") << QByteArray();
    QTest::newRow("low alone") << QByteArray(R"("\ude00")") << QByteArray();
    QTest::newRow("short") << QByteArray(R"("\u00")") << QByteArray();
    QTest::newRow("unknown") << QByteArray(R"("\x")") << QByteArray();
}

void tst_RawJsonPath::unescapes()
{
    QFETCH(QByteArray, literal);
    QFETCH(QByteArray, expected);
    std::string buffer;
    const auto text = rawJsonString(viewOf(literal), buffer);
    QCOMPARE(text.has_value(), !expected.isNull());
    if (text)
        QCOMPARE(toBytes(*text), expected);
}

void tst_RawJsonPath::agreesWithTheTree()
{
    Payloads payloads(3);
    int found = 0;
    for (int round = 0; round < 20'000; ++round) {
        const QByteArray json = payloads.object(4);
        const auto tree = parseJson(viewOf(json));
        QVERIFY2(tree.ok(), json.constData());
        const auto path = payloads.path();
        const JsonValue* expected = &*tree;
        std::size_t depth = 0;
        while (expected->isObject() && depth < path.size()) {
            const JsonValue* next = expected->find(viewOf(path[depth]));
            if (next == nullptr)
                break;
            expected = next;
            ++depth;
        }
        const auto finding = findRawJson(viewOf(json), path);
        QCOMPARE(finding.depth, depth);
        const auto wanted = depth == path.size() ? Outcome::Found
            : expected->isObject()               ? Outcome::NoSuchKey
                                                 : Outcome::NoObject;
        QVERIFY2(finding.outcome == wanted, json.constData());
        QVERIFY2(*parseJson(finding.text) == *expected, json.constData());
        found += finding.outcome == Outcome::Found && depth > 0 ? 1 : 0;
        std::string buffer;
        if (expected->isString())
            QCOMPARE(rawJsonString(finding.text, buffer), expected->toView());
    }
    QVERIFY2(found > 1000, QByteArray::number(found).constData());
}

void tst_RawJsonPath::agreesOnNumbers_data()
{
    QTest::addColumn<bool>("isNumber");
    for (const char* text : { "0", "-0", "1", "-1", "9223372036854775807", "9223372036854775808",
             "18446744073709551615", "18446744073709551616", "-9223372036854775808",
             "-9223372036854775809", "0.1", "-0.0", "1e5", "1E+5", "1.5e-400", "1e400", "-1e400" })
        QTest::newRow(text) << true;
    for (const char* text : { "", "-", "01", "-01", "+1", ".5", "1.", "1e", "1e+", "0x1", "1 ",
             " 1", "NaN", "1.2.3", "--1" })
        QTest::newRow(text) << false;
}

void tst_RawJsonPath::agreesOnNumbers()
{
    QFETCH(bool, isNumber);
    const std::string_view token(QTest::currentDataTag());
    const auto number = readJsonNumber(token);
    QCOMPARE(number.has_value(), isNumber);
    QCOMPARE(parseJsonNumber(token).has_value(), isNumber);
    QCOMPARE(!findJsonFault(token).has_value(), isNumber || token == "1 " || token == " 1");
    if (!isNumber)
        return;
    const auto value = *parseJsonNumber(token);
    QCOMPARE(static_cast<int>(number->index()), static_cast<int>(value.type()) - 2);
    const auto asDouble = std::visit([](auto n) { return static_cast<double>(n); }, *number);
    QCOMPARE(asDouble, value.toDouble());
}

QTEST_APPLESS_MAIN(tst_RawJsonPath)
#include "tst_rawjsonpath.moc"
