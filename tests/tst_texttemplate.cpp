#include "expression/texttemplate.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

#include <array>

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 1> names { "data" };

QString evaluated(const QByteArray& source)
{
    const auto text = TextTemplate::compile(viewOf(source), names);
    if (!text) {
        return text.error().message;
    }
    const auto json = parseJson(
        R"({"id":"42","n":7,"price":100.10,"ok":true,"list":[1],"none":null,"half":0.5})");
    const std::array values { Value::fromJson(*json) };
    const auto result = text->evaluate(values);
    return result ? QString::fromUtf8(*result) : result.error().message;
}

} // namespace

class TestTextTemplate : public QObject {
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void parts();
    void hostFunctions();
    void faultIsPlacedInTheTemplate();
};

void TestTextTemplate::texts_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* source, const char* result) {
        QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(result);
    };
    row("", "");
    row("user", "user");
    row("user-{data.id}", "user-42");
    row("{data.id}{data.n}", "427");
    row("{data.price} {data.ok} {data.half} {data.n * 2.0}", "100.10 true 0.5 14");
    row("{{{data.id}}}", "{42}");
    row("a}}b", "a}b");
    row("{'}' + data.id + \"{\"}", "}42{");
    row("{ {'a': {'b': 1}}.a.b }", "1");
    row("\u00e4{data.id}", "\u00e442");
    row("{data.list}", "'{data.list}' gives a value of type list, which cannot stand in a text");
    row("{data.none}",
        "'{data.none}' gives a value of type null_type, which cannot stand in a text");
    row("{data.missing}", "no such key 'missing' (column 6)");
    row("a{data.id", "1:2: the brace is not closed\na{data.id\n ^");
    row("a}b", "1:2: write '}}' for a brace\na}b\n ^");
    row("a-{dat.id}", "1:4: unknown name 'dat', did you mean 'data'?\na-{dat.id}\n   ^");
    row("{}", "1:2: the expression is empty\n{}\n ^");
}

void TestTextTemplate::texts()
{
    QFETCH(QByteArray, source);
    QTEST(evaluated(source), "result");
}

void TestTextTemplate::parts()
{
    const auto text = TextTemplate::compile("a{data.x}b{{{data.y}", names);
    QVERIFY(text.ok());
    QCOMPARE(text->literals(), (QList<QByteArray> { "a", "b{", "" }));
    QCOMPARE(text->expressions().size(), qsizetype(2));
    QCOMPARE(text->expressions()[1].source(), QByteArray("data.y"));
    QCOMPARE(TextTemplate().literals().size(), qsizetype(1));
}

void TestTextTemplate::hostFunctions()
{
    constexpr std::array<std::string_view, 1> functions { "uuid" };
    const auto text
        = TextTemplate::compile("{uuid()}/{uuid()}", ExpressionNames { names, functions });
    QVERIFY(text.ok());
    int calls = 0;
    const std::array<Value, 1> values;
    const auto result
        = text->evaluate(values, [&](std::size_t) { return Value::fromInt(++calls); });
    QVERIFY(result.ok());
    QCOMPARE(*result, QByteArray("1/2"));
}

void TestTextTemplate::faultIsPlacedInTheTemplate()
{
    ExpressionFault fault;
    QVERIFY(!TextTemplate::compile("a\nbc{data.x +\n  dat}", names, &fault).ok());
    QCOMPARE(fault.line, 3);
    QCOMPARE(fault.column, 3);
}

QTEST_APPLESS_MAIN(TestTextTemplate)
#include "tst_texttemplate.moc"
