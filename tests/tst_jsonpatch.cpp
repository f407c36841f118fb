#include "diff/jsonpatch.h"
#include "support/randomjson.h"
#include "value/json.h"

#include <QFile>
#include <QTest>

using namespace eventloupe;

namespace {

JsonValue json(const QByteArray& text)
{
    return *parseJson(std::string_view(text.constData(), std::size_t(text.size())));
}

} // namespace

class JsonPatchTest final : public QObject {
    Q_OBJECT

private slots:
    void saysWhatMakesOneOfTheOther_data();
    void saysWhatMakesOneOfTheOther();
    void leadsBothWays();
    void appliesTheSuite_data();
    void appliesTheSuite();
    void appliesAllOrNothing();
    void survivesDeepValues();
};

void JsonPatchTest::saysWhatMakesOneOfTheOther_data()
{
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* old, const char* now, const char* expected) {
        QTest::newRow(name) << QByteArray(old) << QByteArray(now) << QByteArray(expected);
    };
    row("equal", R"({"a":1})", R"({"a":1.0})", "[]");
    row("added", R"({})", R"({"a/b~":1})", R"([{"op":"add","path":"/a~1b~0","value":1}])");
    row("removed", R"({"a":1})", R"({})", R"([{"op":"remove","path":"/a"}])");
    row("changed", R"({"a":{"b":1}})", R"({"a":{"b":2}})",
        R"([{"op":"replace","path":"/a/b","value":2}])");
    row("another kind", R"({"a":{"b":1}})", R"({"a":[1]})",
        R"([{"op":"replace","path":"/a","value":[1]}])");
    row("the whole", "1", R"("x")", R"([{"op":"replace","path":"","value":"x"}])");
    row("at the front of a list", "[1,2]", "[0,1,2]", R"([{"op":"add","path":"/0","value":0}])");
    row("from a list", "[1,2,3,4]", "[1,4]",
        R"([{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}])");
}

void JsonPatchTest::saysWhatMakesOneOfTheOther()
{
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, expected);
    QCOMPARE(makeJsonPatch(json(old), json(now)).toJson(), expected);
}

void JsonPatchTest::leadsBothWays()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 5000; ++round) {
        const JsonValue old = randomJson(random, 3);
        const JsonValue now = randomJson(random, 3);
        JsonValue there = old;
        QVERIFY(applyJsonPatch(there, makeJsonPatch(old, now)).ok());
        QVERIFY2(there == now, (old.toJson() + " to " + now.toJson()).constData());
        QVERIFY(applyJsonPatch(there, makeJsonPatch(now, old)).ok());
        QVERIFY2(there == old, (now.toJson() + " to " + old.toJson()).constData());
    }
}

void JsonPatchTest::appliesTheSuite_data()
{
    QTest::addColumn<int>("number");
    QFile file(QStringLiteral(EVENTLOUPE_SHARED "/suites/json-patch-tests/tests.json"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("no json-patch-tests beside the source");
    const auto cases = json(file.readAll());
    for (qsizetype i = 0; i < cases.size(); ++i) {
        const JsonValue& one = cases.elements()[std::size_t(i)];
        if (one.find("patch") && !(one.find("disabled") && one.find("disabled")->toBool()))
            QTest::addRow("%d", int(i)) << int(i);
    }
}

void JsonPatchTest::appliesTheSuite()
{
    QFETCH(int, number);
    QFile file(QStringLiteral(EVENTLOUPE_SHARED "/suites/json-patch-tests/tests.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto cases = json(file.readAll());
    const JsonValue& one = cases.elements()[std::size_t(number)];
    JsonValue document = *one.find("doc");
    const auto done = applyJsonPatch(document, *one.find("patch"));
    if (one.find("error")) {
        QVERIFY2(!done.ok(), one.find("error")->toUtf8().constData());
        QVERIFY(document == *one.find("doc"));
        return;
    }
    QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().message));
    const JsonValue* expected = one.find("expected");
    QVERIFY(!expected || document == *expected);
}

void JsonPatchTest::appliesAllOrNothing()
{
    JsonValue value = json(R"({"a":1})");
    const auto done = applyJsonPatch(
        value, json(R"([{"op":"add","path":"/b","value":2},{"op":"remove","path":"/c"}])"));
    QVERIFY(!done.ok());
    QCOMPARE(done.error().message, QStringLiteral("operation 2: there is nothing at '/c'"));
    QCOMPARE(value.toJson(), QByteArray(R"({"a":1})"));
}

void JsonPatchTest::survivesDeepValues()
{
    JsonValue old = JsonValue::fromInt(1);
    JsonValue now = JsonValue::fromInt(2);
    for (int i = 0; i < 20'000; ++i) {
        old = JsonValue::fromElements({ old });
        now = JsonValue::fromElements({ now });
    }
    JsonValue there = old;
    QVERIFY(applyJsonPatch(there, makeJsonPatch(old, now)).ok());
    QVERIFY(there == now);
}

QTEST_GUILESS_MAIN(JsonPatchTest)
#include "tst_jsonpatch.moc"
