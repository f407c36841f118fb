#include "diff/differencetext.h"
#include "diff/jsondifference.h"
#include "diff/maskedfields.h"
#include "mask/masked.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

namespace {

JsonValue json(const QByteArray& text)
{
    return *parseJson(std::string_view(text.constData(), std::size_t(text.size())));
}

QByteArray lines(const char* old, const char* now)
{
    return differenceLines(findDifferences(json(old), json(now)));
}

} // namespace

class JsonDifferenceTest final : public QObject {
    Q_OBJECT

private slots:
    void namesWhatDiffers();
    void namesElementsByTheirPlace();
    void letsAStarStandForAnything();
    void writesJson();
    void writesMarkdown();
    void countsWhatIsMasked();
};

void JsonDifferenceTest::namesWhatDiffers()
{
    QCOMPARE(lines(R"({"a":1})", R"({"a":1})"), QByteArray());
    QCOMPARE(lines(R"({"a":1,"b":{"c":2},"d":3})", R"({"a":1.0,"b":{"c":"x","e":[]}})"),
        QByteArray("~ /b/c: 2 -> \"x\"\n+ /b/e: []\n- /d: 3\n"));
    QCOMPARE(lines("1", "{}"), QByteArray("~ /: 1 -> {}\n"));
    QCOMPARE(lines(R"({"a":{}})", R"({"a":[]})"), QByteArray("~ /a: {} -> []\n"));
}

void JsonDifferenceTest::namesElementsByTheirPlace()
{
    QCOMPARE(lines(R"([1,2,{"q":1}])", R"([0,1,2,{"q":2}])"),
        QByteArray("+ /0: 0\n~ /3/q: 1 -> 2\n"));
    QCOMPARE(lines("[1,2,3]", "[1,3]"), QByteArray("- /1: 2\n"));
}

void JsonDifferenceTest::letsAStarStandForAnything()
{
    const auto expected = json(R"({"id":"*","lines":["*",{"q":"*","n":1}],"x":1})");
    const auto same = json(R"({"id":7,"lines":[null,{"q":[1],"n":1}],"x":1})");
    QVERIFY(findDifferences(expected, same, isExpectedJson).isEmpty());
    const auto other = json(R"({"id":7,"lines":[null,{"q":[1],"n":2}],"x":1})");
    QCOMPARE(differenceLines(findDifferences(expected, other, isExpectedJson)),
        QByteArray("~ /lines/1/n: 1 -> 2\n"));
}

void JsonDifferenceTest::writesJson()
{
    const auto differences
        = findDifferences(json(R"({"a":1,"b":2})"), json(R"({"b":3,"c":null})"));
    QCOMPARE(differenceJson(differences).toJson(),
        QByteArray(R"([{"pointer":"/a","change":"removed","old":1},)"
                   R"({"pointer":"/b","change":"changed","old":2,"new":3},)"
                   R"({"pointer":"/c","change":"added","new":null}])"));
}

void JsonDifferenceTest::writesMarkdown()
{
    const auto differences
        = findDifferences(json(R"({"a":"x|y","t":"`"})"), json(R"({"a":"<b>","t":"``"})"));
    QCOMPARE(differenceMarkdown(differences, QStringLiteral("user_1"), QStringLiteral("v1"),
                 QStringLiteral("v2")),
        QByteArray("**user\\_1**\n\n| | field | v1 | v2 |\n| --- | --- | --- | --- |\n"
                   "| ● | `/a` | `\"x\\|y\"` | `\"<b>\"` |\n"
                   "| ● | `/t` | ``\"`\"`` | ```\"``\"``` |\n"));
    QCOMPARE(differenceMarkdown({}, QStringLiteral("t"), QStringLiteral("v1"), QStringLiteral("v2")),
        QByteArray("**t**\n\nNo difference from v1 to v2.\n"));
    QCOMPARE(differenceMarkdown(
                 {}, QStringLiteral("t"), QStringLiteral("v1"), QStringLiteral("v2"), 2),
        QByteArray("**t**\n\nNothing that is shown differs from v1 to v2; 2 masked fields are not "
                   "compared.\n"));
}

void JsonDifferenceTest::countsWhatIsMasked()
{
    const auto count = [](QByteArray old, QByteArray now) {
        const QByteArray sign(maskSign.data(), qsizetype(maskSign.size()));
        return countMaskedFields(
            json(old.replace('M', '"' + sign + '"')), json(now.replace('M', '"' + sign + '"')));
    };
    QCOMPARE(count("M", "M"), 1);
    QCOMPARE(count(R"({"a":M,"b":[{"c":M},{"c":M}],"d":1})",
                 R"({"d":2,"b":[{"c":M},{"c":M}],"a":M})"),
        3);
    // What only one of them has is told as a difference.
    QCOMPARE(count(R"({"a":M,"b":1})", R"({"c":M,"b":1})"), 0);
    QCOMPARE(count(R"({"a":M,"l":[M]})", R"({"a":1,"l":[M,M]})"), 1);
    QCOMPARE(count(R"({"a":M})", "[M]"), 0);
}

QTEST_GUILESS_MAIN(JsonDifferenceTest)
#include "tst_jsondifference.moc"
