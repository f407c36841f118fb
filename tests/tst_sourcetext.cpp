#include "testcase/sourcetext.h"
#include "value/event.h"
#include "value/json.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace eventloupe;

// Literals of four languages are read back: by the languages themselves where they are here, and
// by readers of this test that know nothing of the writer.

namespace {

constexpr std::array languages { SourceLanguage::TypeScript, SourceLanguage::CSharp,
    SourceLanguage::Java, SourceLanguage::Python };

/// Java's first step (JLS 3.3): \uXXXX anywhere, after an even number of backslashes.
QString withoutUnicodeEscapes(const QString& source)
{
    QString text;
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (source.at(i) != u'\\' || i + 1 == source.size()) {
            text += source.at(i);
        } else if (source.at(i + 1) == u'u') {
            qsizetype digits = i + 1;
            while (source.at(digits) == u'u')
                ++digits;
            text += QChar(char16_t(source.mid(digits, 4).toUInt(nullptr, 16)));
            i = digits + 3;
        } else {
            text += source.mid(i, 2);
            ++i;
        }
    }
    return text;
}

/// What a literal stands for; nothing where it ends early, or a line ends in it.
std::optional<QString> readLiteral(SourceLanguage language, QString literal)
{
    if (language == SourceLanguage::Java)
        literal = withoutUnicodeEscapes(literal);
    static const QString lineEnds = QStringLiteral("\n\r\u0085\u2028\u2029");
    if (literal.size() < 2 || literal.at(0) != u'"')
        return std::nullopt;
    QString text;
    for (qsizetype i = 1; i < literal.size(); ++i) {
        const QChar sign = literal.at(i);
        if (sign == u'"')
            return i + 1 == literal.size() ? std::optional(text) : std::nullopt;
        const bool isJava = language == SourceLanguage::Java;
        if (lineEnds.left(isJava ? 2 : 5).contains(sign))
            return std::nullopt;
        if (sign != u'\\') {
            text += sign;
            continue;
        }
        const QChar kind = literal.at(++i);
        const auto take = [&](int digits, int base) {
            const char32_t code = literal.mid(i + 1, digits).toUInt(nullptr, base);
            text += QStringView(QChar::fromUcs4(code));
            i += digits;
        };
        if (kind == u'n')
            text += u'\n';
        else if (kind == u'r')
            text += u'\r';
        else if (kind == u't')
            text += u'\t';
        else if (kind == u'"' || kind == u'\\')
            text += kind;
        else if (isJava && kind.isDigit())
            --i, take(3, 8);
        else if (kind == u'u' && literal.at(i + 1) == u'{') {
            const auto end = literal.indexOf(u'}', i);
            const char32_t code = literal.mid(i + 2, end - i - 2).toUInt(nullptr, 16);
            text += QStringView(QChar::fromUcs4(code));
            i = end;
        } else if (kind == u'u')
            take(4, 16);
        else if (kind == u'U')
            take(8, 16);
        else
            return std::nullopt;
    }
    return std::nullopt;
}

QString randomText(QRandomGenerator& random)
{
    static const QStringList pieces { u"\""_qs, u"'"_qs, u"\\"_qs, u"\\u0022"_qs, u"\\u000a"_qs,
        u"\n"_qs, u"\r\n"_qs, u"\t"_qs, QString(QChar(0)), u"\u2028"_qs, u"\u2029"_qs, u"\u0085"_qs,
        u"\u202e"_qs, u"\u2066"_qs, u"\ufeff"_qs, u"*/"_qs, u"//"_qs, u"${x}"_qs, u"{{x}}"_qs,
        u"{0}"_qs, u"#{x}"_qs, u"`"_qs, u"</script>"_qs, u"\"\"\""_qs, u"%s"_qs, u"日本"_qs,
        u"😀"_qs, u"\U000e0001"_qs, u"\u0007"_qs, u"\u007f"_qs, u"a"_qs, u"8"_qs, u"9"_qs,
        u"U"_qs, u"N{DASH}"_qs, u"x41"_qs, u" "_qs, u"__proto__"_qs };
    QString text;
    for (int i = random.bounded(12); i > 0; --i)
        text += pieces.at(random.bounded(int(pieces.size())));
    return text;
}

JsonValue randomValue(QRandomGenerator& random, int depth)
{
    switch (random.bounded(depth > 0 ? 8 : 6)) {
    case 0:
        return {};
    case 1:
        return JsonValue::fromBool(random.bounded(2) == 1);
    case 2:
        return JsonValue::fromInt(random.bounded(2000) - 1000);
    case 3:
        return *parseJson("-1.5e-3");
    case 4:
    case 5:
        return JsonValue::fromString(randomText(random));
    case 6: {
        auto array = JsonValue::emptyArray();
        for (int i = random.bounded(4); i > 0; --i)
            array.append(randomValue(random, depth - 1));
        return array;
    }
    default: {
        auto object = JsonValue::emptyObject();
        for (int i = random.bounded(4); i > 0; --i)
            object.insert(randomText(random).toUtf8(), randomValue(random, depth - 1));
        return object;
    }
    }
}

/// Runs a script by a program; its output.
QByteArray run(const QString& program, const QStringList& words, const QByteArray& script)
{
    QProcess process;
    process.start(program, words);
    process.write(script);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.readAllStandardOutput() + process.readAllStandardError();
}

} // namespace

class TestSourceText final : public QObject {
    Q_OBJECT

private slots:
    void writesStringsThatReadBack();
    void escapesWhatIsNotSeen();
    void writesValuesThatNodeReads();
    void writesValuesThatPythonReads();
    void keepsCommentsOnTheirLine();
    void makesNames_data();
    void makesNames();
};

void TestSourceText::writesStringsThatReadBack()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 5000; ++round) {
        const auto text = randomText(random);
        for (const auto language : languages) {
            const auto literal = stringLiteral(language, text);
            QVERIFY2(readLiteral(language, literal) == text, qPrintable(literal));
        }
    }
}

void TestSourceText::escapesWhatIsNotSeen()
{
    for (const auto language : languages) {
        const auto literal = stringLiteral(language, QStringLiteral("a\u202eb\u0000c"));
        QVERIFY(!literal.contains(QChar(0x202e)) && !literal.contains(QChar(0)));
        QVERIFY(stringLiteral(language, QStringLiteral("日本")).contains(QStringLiteral("日本")));
    }
}

void TestSourceText::writesValuesThatNodeReads()
{
    const auto node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (node.isEmpty())
        QSKIP("node is not installed");
    QRandomGenerator random(5);
    QByteArray script;
    QByteArray expected;
    for (int round = 0; round < 500; ++round) {
        const auto value = randomValue(random, 4);
        script += "console.log(JSON.stringify("
            + valueExpression(SourceLanguage::TypeScript, value).toUtf8() + ") === JSON.stringify("
            + "JSON.parse("
            + stringLiteral(SourceLanguage::TypeScript, QString::fromUtf8(value.toJson())).toUtf8()
            + ")));\n";
        expected += "true\n";
    }
    QCOMPARE(run(node, { QStringLiteral("-") }, script), expected);
}

void TestSourceText::writesValuesThatPythonReads()
{
    const auto python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty())
        QSKIP("python3 is not installed");
    QRandomGenerator random(6);
    QByteArray script = "# coding: utf-8\nimport json\n";
    QByteArray expected;
    QByteArray deep(400, '[');
    deep += QByteArray(400, ']');
    for (int round = 0; round < 500; ++round) {
        const auto value = round == 0 ? *parseJson(viewOf(deep)) : randomValue(random, 4);
        script += "print((" + valueExpression(SourceLanguage::Python, value).toUtf8()
            + ") == json.loads("
            + stringLiteral(SourceLanguage::Python, QString::fromUtf8(value.toJson())).toUtf8()
            + "))\n";
        expected += "True\n";
    }
    QCOMPARE(run(python, { QStringLiteral("-") }, script), expected);
}

void TestSourceText::keepsCommentsOnTheirLine()
{
    QRandomGenerator random(4);
    for (int round = 0; round < 2000; ++round) {
        const auto comment = withoutUnicodeEscapes(commentText(randomText(random)));
        for (const char16_t end : { u'\n', u'\r', u'\x85', u'\x2028', u'\x2029', u'\x202e' })
            QVERIFY(!comment.contains(QChar(end)));
        QVERIFY(!comment.contains(QStringLiteral("*/")) && !comment.contains(u'\\'));
    }
}

void TestSourceText::makesNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("java");
    QTest::addColumn<QString>("python");
    const auto row = [](const QString& text, const char* type, const char* java,
                         const char* python) {
        QTest::newRow(qPrintable(text)) << text << QString::fromUtf8(type)
                                        << QString::fromUtf8(java) << QString::fromUtf8(python);
    };
    row(u"ITEM_ADDED"_qs, "ItemAdded", "itemAdded", "item_added");
    row(u"itemAdded"_qs, "ItemAdded", "itemAdded", "item_added");
    row(u"order.placed"_qs, "OrderPlaced", "orderPlaced", "order_placed");
    row(u"Order.Placed"_qs, "Placed", "placed", "placed");
    row(u"Acme\\Shop\\OrderPlaced"_qs, "OrderPlaced", "orderPlaced", "order_placed");
    row(u"Banking::Account$Opened"_qs, "Opened", "opened", "opened");
    row(u"HTTPRequest2Sent"_qs, "HttpRequest2Sent", "httpRequest2Sent", "http_request2_sent");
    row(u"2fa"_qs, "_2Fa", "_2Fa", "_2_fa");
    row(u"new"_qs, "New", "new_", "new_");
    row(u"日本"_qs, "Unnamed", "unnamed", "unnamed");
    row(u"a\"); drop()"_qs, "ADrop", "aDrop", "a_drop");
    row({}, "Unnamed", "unnamed", "unnamed");
}

void TestSourceText::makesNames()
{
    QFETCH(QString, text);
    QTEST(typeName(text), "type");
    QTEST(memberName(SourceLanguage::Java, text), "java");
    QTEST(memberName(SourceLanguage::Python, text), "python");
}

QTEST_APPLESS_MAIN(TestSourceText)
#include "tst_sourcetext.moc"
