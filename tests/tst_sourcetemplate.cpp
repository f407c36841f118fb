#include "testcase/sourcetemplate.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

namespace {

QString rendered(const QString& text, const QByteArray& json)
{
    const auto parsed = SourceTemplate::parse(SourceLanguage::TypeScript, text);
    if (!parsed)
        return u'!' + parsed.error().message;
    const auto made = parsed->render(*parseJson(viewOf(json)));
    return made ? *made : u'!' + made.error().message;
}

} // namespace

class TestSourceTemplate final : public QObject {
    Q_OBJECT

private slots:
    void renders_data();
    void renders();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
};

void TestSourceTemplate::renders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* text, const char* json,
                         const char* expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QByteArray(json)
                            << QString::fromUtf8(expected);
    };
    row("text", "a } b { c", "{}", "a } b { c");
    row("filters", "{{a|string}} {{a|type}} {{a|member}} {{a|file}} {{n|number}} {{v|value}}",
        R"({"a":"ITEM_ADDED","n":7,"v":[1,{"x":null}]})",
        R"("ITEM_ADDED" ItemAdded itemAdded item-added 7 [1, { "x": null }])");
    row("sections", "{{#a}}<{{x|number}}{{^last}},{{/last}}>{{/a}}{{^a}}none{{/a}}",
        R"({"a":[{"x":1},{"x":2}]})", "<1,><2>");
    row("empty", "{{#a}}x{{/a}}{{^a}}none{{/a}}{{#b}}x{{/b}}{{#c}}x{{/c}}", R"({"a":[],"c":""})",
        "none");
    row("object", "{{#a}}{{x|number}}{{y|number}}{{/a}}{{a.x|number}}", R"({"a":{"x":1},"y":2})",
        "121");
    row("numbers", "{{#a}}{{number|number}}{{index|number}} {{/a}}", R"({"a":[{},{}]})", "10 21 ");
    row("lines", "a\n  {{#x}}\nb\n  {{/x}}\nc\n", R"({"x":true})", "a\nb\nc\n");
    row("remarks", "a{{! no }}b\n{{! alone }}\nc", "{}", "ab\nc");
    row("texts are not read again", "{{a|string}}", R"({"a":"{{b|string}}"})", "\"{{b|string}}\"");
}

void TestSourceTemplate::renders()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    QTEST(rendered(text, json), "expected");
}

void TestSourceTemplate::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("no filter") << u"\n{{a}}"_qs << u"line 2: {{a}} needs"_qs;
    QTest::newRow("unknown filter") << u"{{a|raw}}"_qs << u"needs one of"_qs;
    QTest::newRow("open") << u"x {{a|string"_qs << u"has no"_qs;
    QTest::newRow("not ended") << u"a\n\n{{#s}}x"_qs << u"line 3"_qs;
    QTest::newRow("crossed") << u"{{#s}}{{#t}}{{/s}}{{/t}}"_qs << u"ends nothing"_qs;
    QTest::newRow("ended") << u"{{/s}}"_qs << u"ends nothing"_qs;
    QTest::newRow("unknown") << u"{{nope|string}}"_qs << u"nothing named 'nope'"_qs;
    QTest::newRow("no text") << u"{{n|string}}"_qs << u"is no text"_qs;
    QTest::newRow("no number") << u"{{t|number}}"_qs << u"is no number"_qs;
}

void TestSourceTemplate::namesWhatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto came = rendered(text, R"({"n":1,"t":"x"})");
    QVERIFY2(came.startsWith(u'!') && came.contains(part), qPrintable(came));
}

QTEST_APPLESS_MAIN(TestSourceTemplate)
#include "tst_sourcetemplate.moc"
