#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QThread>

#include <cmath>

using namespace eventloupe;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString suite(const QString& folder)
{
    return QStringLiteral(EVENTLOUPE_SHARED "/suites/JSONTestSuite/") + folder;
}

QByteArray nested(int depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

QByteArray parsedAndWritten(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? value->toJson() : "refused: " + value.error().message.toUtf8();
}

/// The accepted ones of the files whose treatment RFC 8259 leaves open. Numbers of any size are
/// JSON; what is not Unicode text is refused, and so is a byte order mark.
const QStringList acceptedImplementationCases {
    QStringLiteral("i_number_double_huge_neg_exp.json"),
    QStringLiteral("i_number_huge_exp.json"),
    QStringLiteral("i_number_neg_int_huge_exp.json"),
    QStringLiteral("i_number_pos_double_huge_exp.json"),
    QStringLiteral("i_number_real_neg_overflow.json"),
    QStringLiteral("i_number_real_pos_overflow.json"),
    QStringLiteral("i_number_real_underflow.json"),
    QStringLiteral("i_number_too_big_neg_int.json"),
    QStringLiteral("i_number_too_big_pos_int.json"),
    QStringLiteral("i_number_very_big_negative_int.json"),
    QStringLiteral("i_structure_500_nested_arrays.json"),
};

} // namespace

class TestJson : public QObject {
    Q_OBJECT

private slots:
    void conformance_data();
    void conformance();
    void suiteIsComplete();
    void transforms_data();
    void transforms();
    void faultsNamePlaceAndReason_data();
    void faultsNamePlaceAndReason();
    void depth();
    void smallStack();
    void numbers_data();
    void numbers();
    void lastDuplicateWinsInFirstPlace();
    void manyDuplicates();
    void strings();
    void storedTextThatIsDamaged_data();
    void storedTextThatIsDamaged();
    void largeTextAfterSmall();
};

void TestJson::conformance_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("accepted");
    const QDir folder(suite(QStringLiteral("test_parsing")));
    for (const auto& name : folder.entryList({ QStringLiteral("*.json") })) {
        const bool accepted
            = name.startsWith(QLatin1Char('y')) || acceptedImplementationCases.contains(name);
        QTest::addRow("%s", qPrintable(name)) << folder.filePath(name) << accepted;
    }
    if (folder.isEmpty()) {
        QTest::addRow("absent") << QString() << false;
    }
}

void TestJson::conformance()
{
    QFETCH(QString, path);
    QFETCH(bool, accepted);
    if (path.isEmpty()) {
        QSKIP("the shared data with JSONTestSuite is absent");
    }
    const QByteArray text = contentOf(path);
    const auto fault = findJsonFault(viewOf(text));
    QCOMPARE(!fault.has_value(), accepted);
    QCOMPARE(parseJson(viewOf(text)).ok(), accepted);
    if (fault) {
        QVERIFY(fault->offset >= 0 && fault->offset <= text.size());
        QVERIFY(!fault->reason.isEmpty());
        return;
    }
    const QByteArray again = parsedAndWritten(text);
    QCOMPARE(parsedAndWritten(again), again);
}

void TestJson::suiteIsComplete()
{
    const QDir folder(suite(QStringLiteral("test_parsing")));
    if (!folder.exists()) {
        QSKIP("the shared data with JSONTestSuite is absent");
    }
    QCOMPARE(folder.entryList({ QStringLiteral("y_*.json") }).size(), 95);
    QCOMPARE(folder.entryList({ QStringLiteral("n_*.json") }).size(), 188);
}

void TestJson::transforms_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char* file, const char* written) {
        QTest::newRow(file) << QString::fromLatin1(file) << QByteArray(written);
    };
    row("number_1.0.json", "[1.0]");
    row("number_1e-999.json", "[1E-999]");
    row("number_1e6.json", "[1E6]");
    row("number_1000000000000000.json", "[1000000000000000]");
    row("number_10000000000000000999.json", "[10000000000000000999]");
    row("number_-9223372036854775808.json", "[-9223372036854775808]");
    row("number_-9223372036854775809.json", "[-9223372036854775809]");
    row("number_9223372036854775807.json", "[9223372036854775807]");
    row("number_9223372036854775808.json", "[9223372036854775808]");
    row("number_1.000000000000000005.json", "[1.000000000000000005]");
    row("object_key_nfc_nfd.json", "{\"\xc3\xa9\":\"NFC\",\"e\xcc\x81\":\"NFD\"}");
    row("object_key_nfd_nfc.json", "{\"e\xcc\x81\":\"NFD\",\"\xc3\xa9\":\"NFC\"}");
    row("object_same_key_different_values.json", "{\"a\":2}");
    row("object_same_key_same_value.json", "{\"a\":1}");
    row("object_same_key_unclear_values.json", "{\"a\":-0}");
    row("string_with_escaped_NULL.json", "[\"A\\u0000B\"]");
}

void TestJson::transforms()
{
    QFETCH(QString, file);
    const QString path = suite(QStringLiteral("test_transform/")) + file;
    if (!QFile::exists(path)) {
        QSKIP("the shared data with JSONTestSuite is absent");
    }
    QTEST(parsedAndWritten(contentOf(path)), "written");
}

void TestJson::faultsNamePlaceAndReason_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& text, int offset, const char* reason) {
        QTest::newRow(name) << text << offset << QString::fromLatin1(reason);
    };
    row("empty", "", 0, "there is no value");
    row("space", " \n", 2, "the text ends before the value does");
    row("mark", "\xef\xbb\xbf{}", 0, "a byte order mark stands before the value");
    row("trailing", "{} x", 3, "more text follows the value");
    row("trailing NUL", QByteArray("{}\0", 3), 2, "more text follows the value");
    row("cut object", "{\"a\":1", 6, "the text ends before the value does");
    row("cut string", "\"abc", 4, "the text ends before the value does");
    row("no colon", "{\"a\" 1}", 5, "a colon is expected after the name");
    row("bare key", "{a:1}", 1, "a name in double quotes is expected");
    row("object comma", "{\"a\":1 \"b\":2}", 7, "a comma or '}' is expected");
    row("array comma", "[1 2]", 3, "a comma or ']' is expected");
    row("mixed brackets", "[1}", 2, "a comma or ']' is expected");
    row("trailing comma", "[1,]", 3, "a value is expected");
    row("zero", "[01]", 2, "a number must not start with a zero");
    row("point", "[1.]", 3, "a digit is expected");
    row("exponent", "[1e]", 3, "a digit is expected");
    row("literal", "[trux]", 4, "this is not true, false or null");
    row("control", "[\"long enough text\t\"]", 18, "a control character must be escaped");
    const char* unclosed
        = "this text is not closed in its line (a line break in it is written \\n)";
    row("unclosed", "[\"long enough text\n\"]", 1, unclosed);
    row("unclosed name", "{\"a\": 1, \"b: 2\r\n}", 9, unclosed);
    row("escape", "[\"\\x\"]", 3, "there is no such escape");
    row("hex", "[\"\\u12g4\"]", 6, "four hexadecimal digits are expected");
    row("high alone", "[\"ab\\ud800\"]", 4, "half of a surrogate pair is escaped alone");
    row("low alone", "[\"\\udc00\"]", 2, "half of a surrogate pair is escaped alone");
    row("two highs", "[\"\\ud800\\ud800\"]", 2, "half of a surrogate pair is escaped alone");
    row("overlong", "[\"a\xc0\xaf\"]", 3, "invalid UTF-8");
    row("overlong three", "[\"\xe0\x80\xaf\"]", 2, "invalid UTF-8");
    row("overlong four", "[\"\xf0\x80\x80\xaf\"]", 2, "invalid UTF-8");
    row("surrogate bytes", "[\"\xed\xa0\x80\"]", 2, "invalid UTF-8");
    row("beyond Unicode", "[\"\xf4\x90\x80\x80\"]", 2, "invalid UTF-8");
    row("cut sequence", "[\"\xe2\x82", 2, "invalid UTF-8");
    row("UTF-8 in the key", "{\"\xff\":1}", 2, "invalid UTF-8");
}

void TestJson::faultsNamePlaceAndReason()
{
    QFETCH(QByteArray, text);
    QFETCH(int, offset);
    QFETCH(QString, reason);
    const auto fault = findJsonFault(viewOf(text));
    QVERIFY(fault.has_value());
    QCOMPARE(fault->reason, reason);
    QCOMPARE(int(fault->offset), offset);
    const auto parsed = parseJson(viewOf(text));
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
    QCOMPARE(parsed.error().message, QStringLiteral("byte %1: %2").arg(offset + 1).arg(reason));
}

void TestJson::depth()
{
    QCOMPARE(parsedAndWritten(nested(1000)), nested(1000));
    const auto fault = findJsonFault(viewOf(nested(1001)));
    QVERIFY(fault.has_value());
    QCOMPARE(fault->offset, qsizetype(1000));
    QVERIFY(!parseStoredJson(viewOf(nested(1001))).ok());
    QVERIFY(findJsonFault(viewOf(QByteArray(1'000'000, '['))).has_value());
    QByteArray objects;
    for (int i = 0; i < 1000; ++i) {
        objects += "{\"a\":";
    }
    objects += "1" + QByteArray(1000, '}');
    QCOMPARE(parsedAndWritten(objects), objects);
}

void TestJson::smallStack()
{
    const QByteArray text = nested(1000);
    QByteArray written;
    std::unique_ptr<QThread> thread(QThread::create([&] { written = parsedAndWritten(text); }));
    thread->setStackSize(256 * 1024);
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(written, text);
}

void TestJson::numbers_data()
{
    using Type = JsonValue::Type;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("type");
    QTest::addColumn<double>("value");
    const auto row = [](const char* text, Type type, double value) {
        QTest::newRow(text) << QByteArray(text) << int(type) << value;
    };
    const double infinity = std::numeric_limits<double>::infinity();
    row("0", Type::Int, 0);
    row("-1", Type::Int, -1);
    row("9223372036854775807", Type::Int, 0x1p63);
    row("-9223372036854775808", Type::Int, -0x1p63);
    row("9223372036854775808", Type::UInt, 0x1p63);
    row("18446744073709551615", Type::UInt, 0x1p64);
    row("18446744073709551616", Type::Double, 0x1p64);
    row("-9223372036854775809", Type::Double, -0x1p63);
    row("-0", Type::Double, -0.0);
    row("100.10", Type::Double, 100.1);
    row("1E+2", Type::Double, 100);
    row("1e999", Type::Double, infinity);
    row("-1e999", Type::Double, -infinity);
    row("1e-999", Type::Double, 0);
    row("0e999", Type::Double, 0);
    row("0.00001e400", Type::Double, infinity);
    row("1e99999999999999999999", Type::Double, infinity);
    row("1e-99999999999999999999", Type::Double, 0);
    row("12e9223372036854775807", Type::Double, infinity);
    row("-0.12e-9223372036854775808", Type::Double, -0.0);
}

void TestJson::numbers()
{
    QFETCH(QByteArray, text);
    QFETCH(int, type);
    QFETCH(double, value);
    const QByteArray inArray = "[" + text + " , " + text + "]";
    for (const QByteArray& document : { text, QByteArray(" " + text + "\n"), inArray }) {
        const auto parsed = parseJson(viewOf(document));
        QVERIFY2(parsed.ok(), document.constData());
        const JsonValue& number = parsed->isArray() ? parsed->elements()[0] : *parsed;
        QCOMPARE(int(number.type()), type);
        QVERIFY(number.toDouble() == value);
        QCOMPARE(std::signbit(number.toDouble()), std::signbit(value));
        QCOMPARE(number.toJson(), text);
    }
}

void TestJson::lastDuplicateWinsInFirstPlace()
{
    QCOMPARE(parsedAndWritten("{\"a\":1,\"b\":2,\"a\":3,\"c\":4,\"b\":5}"),
        QByteArray("{\"a\":3,\"b\":5,\"c\":4}"));
    QCOMPARE(parsedAndWritten("{\"a\":1,\"\\u0061\":2}"), QByteArray("{\"a\":2}"));
}

void TestJson::manyDuplicates()
{
    constexpr int keys = 50'000;
    QByteArray text = "{";
    for (int i = 0; i < 2 * keys; ++i) {
        text += "\"k" + QByteArray::number(i % keys) + "\":" + QByteArray::number(i) + ",";
    }
    text.chop(1);
    text += "}";
    const auto parsed = parseJson(viewOf(text));
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->size(), qsizetype(keys));
    QCOMPARE(parsed->members()[7].key, QByteArray("k7"));
    QCOMPARE(parsed->find("k7")->toInt(), qint64(keys + 7));
}

void TestJson::strings()
{
    const auto parsed = parseJson(R"(["\u00e9\ud83d\ude00\n\/","é😀",""])");
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->elements()[0].toUtf8(), QByteArray("é😀\n/"));
    QCOMPARE(parsed->elements()[1].toUtf8(), QByteArray("é😀"));
    QVERIFY(parsed->elements()[2].isString());
    QCOMPARE(parseJson("\"alone\"")->toUtf8(), QByteArray("alone"));
    QCOMPARE(parseJson(" true ")->toBool(), true);
    QVERIFY(parseJson("null")->isNull());
}

void TestJson::storedTextThatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : { "", " ", "{", "[", "[1", "[1,2", "{\"a\"", "{\"a\":", "{\"a\":1",
             "{\"a\":1}x", "[1]]", "[1] [2]", "[tru]", "[nul]", "[nulx]", "[falsy]", "[1x]", "[01]",
             "[-]", "[1.]", "\"a", "\"a\" 1", "1 2", "{1:2}", "{\"a\" 1}", "[1 2]", "}",
             "[\"\\q\"]", "[\"\\ud800\"]", "[\"\xff\"]", "[\"a\x01\"]" }) {
        QTest::addRow("%s", text) << QByteArray(text);
    }
}

void TestJson::storedTextThatIsDamaged()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseStoredJson(viewOf(text));
    QVERIFY(!parsed.ok());
    QVERIFY(!parsed.error().message.isEmpty());
    QCOMPARE(parsedAndWritten("{\"a\":[1]}"), QByteArray("{\"a\":[1]}"));
}

void TestJson::largeTextAfterSmall()
{
    const QByteArray large = "[\"" + QByteArray(5'000'000, 'x') + "\",[1,2],{\"a\":{}}]";
    QCOMPARE(parsedAndWritten("[1]"), QByteArray("[1]"));
    QCOMPARE(parsedAndWritten(large), large);
    QCOMPARE(parsedAndWritten("[1]"), QByteArray("[1]"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
