#include "value/event.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <QFile>
#include <QTest>

using namespace eventloupe;

namespace {

JsonValue parsed(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(value.error().message);
}

JsonPointer pointer(std::string_view text)
{
    return *JsonPointer::parse(text);
}

} // namespace

class TestJsonPointer : public QObject {
    Q_OBJECT

private slots:
    void examplesOfTheStandard_data();
    void examplesOfTheStandard();
    void refusals_data();
    void refusals();
    void set_data();
    void set();
    void setOverAScalarChangesNothing_data();
    void setOverAScalarChangesNothing();
    void setLeavesCopiesAlone();
    void remove_data();
    void remove();
    void patchSuite();
};

void TestJsonPointer::examplesOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* text, const char* found) {
        QTest::addRow("'%s'", text) << QByteArray(text) << QByteArray(found);
    };
    row("/foo", R"(["bar","baz"])");
    row("/foo/0", R"("bar")");
    row("/", "0");
    row("/a~1b", "1");
    row("/c%d", "2");
    row("/e^f", "3");
    row("/g|h", "4");
    row("/i\\j", "5");
    row("/k\"l", "6");
    row("/ ", "7");
    row("/m~0n", "8");
    row("/foo/2", "");
    row("/foo/-", "");
    row("/foo/00", "");
    row("/foo/+1", "");
    row("/foo/1e0", "");
    row("/foo/99999999999999999999", "");
    row("/m/n", "");
}

void TestJsonPointer::examplesOfTheStandard()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    const JsonValue document = parsed(
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})");
    const auto parsedPointer = JsonPointer::parse(viewOf(text));
    QVERIFY(parsedPointer.ok());
    const JsonValue* value = parsedPointer->resolve(document);
    QCOMPARE(value == nullptr ? QByteArray() : value->toJson(), found);
    QCOMPARE(parsedPointer->toText(), text);
    QVERIFY(pointer("").resolve(document) == &document);
    QVERIFY(pointer("").isRoot());
}

void TestJsonPointer::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : { "a", "a/b", "/~", "/~2", "/a~", "/a/~x/b" }) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestJsonPointer::refusals()
{
    QFETCH(QByteArray, text);
    const auto result = JsonPointer::parse(viewOf(text));
    QVERIFY(!result.ok());
    QVERIFY(result.error().message.contains(QString::fromUtf8(text)));
}

void TestJsonPointer::set_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* before, const char* text, const char* after) {
        QTest::addRow("%s %s", before, text)
            << QByteArray(before) << QByteArray(text) << QByteArray(after);
    };
    row("{}", "", "9");
    row("{\"a\":1}", "/a", "{\"a\":9}");
    row("{\"a\":1}", "/b", "{\"a\":1,\"b\":9}");
    row("{}", "/a/b/c", "{\"a\":{\"b\":{\"c\":9}}}");
    row("{\"a\":null}", "/a/b", "{\"a\":{\"b\":9}}");
    row("null", "/a", "{\"a\":9}");
    row("[]", "/-", "[9]");
    row("[]", "/0", "[9]");
    row("[1,2]", "/1", "[1,9]");
    row("[1,2]", "/2", "[1,2,9]");
    row("{\"a\":[]}", "/a/-/b", "{\"a\":[{\"b\":9}]}");
    row("{\"a\":{\"0\":1}}", "/a/0", "{\"a\":{\"0\":9}}");
    row("{}", "/a~1b/~0", "{\"a/b\":{\"~\":9}}");
}

void TestJsonPointer::set()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, text);
    JsonValue document = parsed(before);
    const auto result = pointer(viewOf(text)).set(document, JsonValue::fromInt(9));
    QVERIFY(result.ok());
    QTEST(document.toJson(), "after");
}

void TestJsonPointer::setOverAScalarChangesNothing_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* before, const char* text) {
        QTest::addRow("%s %s", before, text) << QByteArray(before) << QByteArray(text);
    };
    row("{\"a\":{\"b\":1}}", "/a/b/c");
    row("{\"a\":\"text\"}", "/a/0");
    row("[1]", "/2");
    row("[1]", "/x");
    row("[1]", "/01");
    row("true", "/a");
}

void TestJsonPointer::setOverAScalarChangesNothing()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, text);
    JsonValue document = parsed(before);
    const auto result = pointer(viewOf(text)).set(document, JsonValue::fromInt(9));
    QVERIFY(!result.ok());
    QVERIFY(result.error().message.contains(QString::fromUtf8(text)));
    QCOMPARE(document.toJson(), before);
}

void TestJsonPointer::setLeavesCopiesAlone()
{
    const JsonValue before = parsed(R"({"a":{"b":[1,2]},"c":{}})");
    JsonValue after = before;
    QVERIFY(pointer("/a/b/0").set(after, JsonValue::fromInt(9)).ok());
    QCOMPARE(before.toJson(), QByteArray(R"({"a":{"b":[1,2]},"c":{}})"));
    QCOMPARE(after.toJson(), QByteArray(R"({"a":{"b":[9,2]},"c":{}})"));
    QVERIFY(after.find("c")->sharesStorageWith(*before.find("c")));
    QVERIFY(!after.find("a")->sharesStorageWith(*before.find("a")));
}

void TestJsonPointer::remove_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("removed");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* before, const char* text, bool removed, const char* after) {
        QTest::addRow("%s %s", before, text)
            << QByteArray(before) << QByteArray(text) << removed << QByteArray(after);
    };
    row("{\"a\":1,\"b\":2}", "/a", true, "{\"b\":2}");
    row("{\"a\":[1,2,3]}", "/a/1", true, "{\"a\":[1,3]}");
    row("{\"a\":[1]}", "/a/-", false, "{\"a\":[1]}");
    row("{\"a\":[1]}", "/b/c", false, "{\"a\":[1]}");
    row("{\"a\":1}", "/a/b", false, "{\"a\":1}");
    row("{\"a\":1}", "", true, "null");
}

void TestJsonPointer::remove()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, text);
    JsonValue document = parsed(before);
    QTEST(pointer(viewOf(text)).remove(document), "removed");
    QTEST(document.toJson(), "after");
}

/// The "test" operations of the JSON Patch suite are what resolve() promises.
void TestJsonPointer::patchSuite()
{
    QFile file(QStringLiteral(EVENTLOUPE_SHARED "/suites/json-patch-tests/tests.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        QSKIP("the shared data with json-patch-tests is absent");
    }
    int compared = 0;
    const JsonValue suite = parsed(file.readAll());
    for (const JsonValue& test : suite.elements()) {
        const JsonValue* patch = test.find("patch");
        if (test.find("disabled") != nullptr || patch == nullptr || patch->size() != 1) {
            continue;
        }
        const JsonValue& operation = patch->elements()[0];
        const JsonValue* op = operation.find("op");
        const JsonValue* path = operation.find("path");
        const JsonValue* value = operation.find("value");
        if (op == nullptr || op->toView() != "test" || path == nullptr || value == nullptr) {
            continue;
        }
        const auto parsedPointer = JsonPointer::parse(path->toView());
        const JsonValue* found
            = parsedPointer ? parsedPointer->resolve(*test.find("doc")) : nullptr;
        const bool fits = found != nullptr && *found == *value;
        QVERIFY2(fits == (test.find("error") == nullptr), test.toJson().constData());
        ++compared;
    }
    QVERIFY(compared >= 11);
}

QTEST_APPLESS_MAIN(TestJsonPointer)
#include "tst_jsonpointer.moc"
