#include "value/event.h"
#include "value/json.h"

#include <QTest>

#include <limits>

using namespace eventloupe;

namespace {

JsonValue parsed(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(value.error().message);
}

QByteArray keyOf(int number)
{
    return "key" + QByteArray::number(number);
}

} // namespace

class TestJsonValue : public QObject {
    Q_OBJECT

private slots:
    void scalars();
    void accessorsOfOtherTypes();
    void objectsKeepOrder();
    void largeObjects();
    void removalKeepsTheIndexRight();
    void copiesAreIndependent();
    void changeInPlaceDetachesThePathOnly();
    void arrays();
    void equality_data();
    void equality();
    void written();
    void indented();
    void escapes();
    void deepTrees();
};

void TestJsonValue::scalars()
{
    using Type = JsonValue::Type;
    QVERIFY(JsonValue().isNull());
    QVERIFY(JsonValue::fromBool(true).toBool());
    QCOMPARE(JsonValue::fromInt(-5).toInt(), qint64(-5));
    QVERIFY(JsonValue::fromUInt(5).type() == Type::Int);
    const auto beyond = quint64(1) << 63;
    QVERIFY(JsonValue::fromUInt(beyond).type() == Type::UInt);
    QVERIFY(JsonValue::fromUInt(beyond - 1).type() == Type::Int);
    QCOMPARE(JsonValue::fromUInt(beyond).toUInt(), beyond);
    QCOMPARE(JsonValue::fromDouble(1.5).toDouble(), 1.5);
    QCOMPARE(JsonValue::fromString(QStringLiteral("\u00e9")).toUtf8(), QByteArray("\xc3\xa9"));
    QVERIFY(JsonValue::fromDouble(1, "1.0").spelling() == "1.0");
}

void TestJsonValue::accessorsOfOtherTypes()
{
    const JsonValue text = JsonValue::fromString(QByteArray("x"));
    QCOMPARE(text.toInt(), qint64(0));
    QCOMPARE(text.toUInt(), quint64(0));
    QCOMPARE(text.toDouble(), 0.0);
    QCOMPARE(text.toBool(), false);
    QCOMPARE(text.size(), qsizetype(0));
    QVERIFY(text.find("x") == nullptr);
    QVERIFY(JsonValue::fromInt(1).toUtf8().isEmpty());
    QCOMPARE(JsonValue::fromInt(-1).toUInt(), quint64(0));
    QVERIFY(JsonValue::emptyArray().members().empty());
    QVERIFY(JsonValue::emptyObject().elements().empty());
}

void TestJsonValue::objectsKeepOrder()
{
    JsonValue object = JsonValue::emptyObject();
    object.insert("z", JsonValue::fromInt(1));
    object.insert("a", JsonValue::fromInt(2));
    object.insert("z", JsonValue::fromInt(3));
    QCOMPARE(object.toJson(), QByteArray(R"({"z":3,"a":2})"));
    QVERIFY(object.remove("z"));
    QVERIFY(!object.remove("z"));
    object.insert("z", JsonValue::fromInt(4));
    QCOMPARE(object.toJson(), QByteArray(R"({"a":2,"z":4})"));
}

void TestJsonValue::largeObjects()
{
    constexpr int count = 100'000;
    JsonValue object = JsonValue::emptyObject();
    for (int i = 0; i < count; ++i) {
        object.insert(keyOf(i), JsonValue::fromInt(i));
    }
    for (int i = 0; i < count; ++i) {
        const JsonValue* found = object.find(viewOf(keyOf(i)));
        QVERIFY(found != nullptr && found->toInt() == i);
    }
    QVERIFY(object.find("key-1") == nullptr);
    QCOMPARE(object.members()[777].key, keyOf(777));
}

void TestJsonValue::removalKeepsTheIndexRight()
{
    constexpr int count = 60;
    JsonValue object = JsonValue::emptyObject();
    for (int i = 0; i < count; ++i) {
        object.insert(keyOf(i), JsonValue::fromInt(i));
    }
    for (int i = 0; i < count; i += 2) {
        QVERIFY(object.remove(viewOf(keyOf(i))));
        for (int j = 0; j < count; ++j) {
            const JsonValue* found = object.find(viewOf(keyOf(j)));
            const bool removed = j % 2 == 0 && j <= i;
            QCOMPARE(found == nullptr, removed);
            QVERIFY(removed || found->toInt() == j);
        }
    }
    QCOMPARE(object.size(), qsizetype(count / 2));
}

void TestJsonValue::copiesAreIndependent()
{
    const JsonValue original = parsed(R"({"a":[1,2],"b":{"c":3}})");
    JsonValue copy = original;
    QVERIFY(copy.sharesStorageWith(original));
    copy.insert("a", JsonValue::fromInt(0));
    copy.remove("b");
    QVERIFY(!copy.sharesStorageWith(original));
    QCOMPARE(original.toJson(), QByteArray(R"({"a":[1,2],"b":{"c":3}})"));
    QCOMPARE(copy.toJson(), QByteArray(R"({"a":0})"));
}

void TestJsonValue::changeInPlaceDetachesThePathOnly()
{
    const JsonValue original = parsed(R"({"a":{"x":[1]},"b":[2]})");
    JsonValue copy = original;
    copy.findMutable("a")->findMutable("x")->append(JsonValue::fromInt(9));
    QCOMPARE(original.toJson(), QByteArray(R"({"a":{"x":[1]},"b":[2]})"));
    QCOMPARE(copy.toJson(), QByteArray(R"({"a":{"x":[1,9]},"b":[2]})"));
    QVERIFY(copy.find("b")->sharesStorageWith(*original.find("b")));
    QVERIFY(copy.findMutable("nothing") == nullptr);
    QVERIFY(copy.atMutable(0) == nullptr);
}

void TestJsonValue::arrays()
{
    JsonValue array = JsonValue::emptyArray();
    array.append(JsonValue::fromInt(1));
    array.insertAt(0, JsonValue::fromInt(0));
    array.insertAt(2, JsonValue::fromInt(2));
    array.setAt(1, JsonValue::fromInt(7));
    QCOMPARE(array.toJson(), QByteArray("[0,7,2]"));
    array.removeAt(0);
    *array.atMutable(1) = JsonValue::fromBool(true);
    QCOMPARE(array.toJson(), QByteArray("[7,true]"));
    QVERIFY(array.atMutable(2) == nullptr);
    QVERIFY(array.atMutable(-1) == nullptr);
}

void TestJsonValue::equality_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("equal");
    const auto row = [](const char* left, const char* right, bool equal) {
        QTest::addRow("%s %s", left, right) << QByteArray(left) << QByteArray(right) << equal;
    };
    row("1", "1.0", true);
    row("100.10", "100.1", true);
    row("0", "-0", true);
    row("9007199254740993", "9007199254740992.0", false);
    row("9223372036854775807", "9223372036854775808", false);
    row("18446744073709551615", "18446744073709551616", false);
    row("18446744073709551615", "-1", false);
    row("1", "\"1\"", false);
    row("0", "false", false);
    row("null", "false", false);
    row("\"\"", "null", false);
    row("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true);
    row("{\"a\":1}", "{\"b\":1}", false);
    row("{\"a\":1}", "{\"a\":1,\"b\":1}", false);
    row("[1,2]", "[2,1]", false);
    row("[]", "{}", false);
    row("[[[1]]]", "[[[1e0]]]", true);
    row("[[[1]]]", "[[[2]]]", false);
}

void TestJsonValue::equality()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(bool, equal);
    QCOMPARE(parsed(left) == parsed(right), equal);
    QCOMPARE(parsed(right) == parsed(left), equal);
}

void TestJsonValue::written()
{
    QCOMPARE(JsonValue::fromDouble(0.1).toJson(), QByteArray("0.1"));
    QCOMPARE(JsonValue::fromDouble(110).toJson(), QByteArray("110.0"));
    QCOMPARE(JsonValue::fromDouble(1e300).toJson(), QByteArray("1e+300"));
    QCOMPARE(JsonValue::fromDouble(100.1, "100.10").toJson(), QByteArray("100.10"));
    QCOMPARE(JsonValue::fromDouble(std::numeric_limits<double>::infinity()).toJson(),
        QByteArray("null"));
    QCOMPARE(JsonValue::fromInt(std::numeric_limits<qint64>::min()).toJson(),
        QByteArray("-9223372036854775808"));
    QCOMPARE(JsonValue::emptyObject().toJson(), QByteArray("{}"));
}

void TestJsonValue::indented()
{
    QCOMPARE(parsed(R"({"a":[1,{"b":2}],"c":[],"d":{}})").toIndentedJson(), QByteArray(R"({
  "a": [
    1,
    {
      "b": 2
    }
  ],
  "c": [],
  "d": {}
})"));
}

void TestJsonValue::escapes()
{
    const JsonValue text = JsonValue::fromString(QByteArray("a\"\\\b\f\n\r\t\x01\x1f\x7f/é"));
    QCOMPARE(text.toJson(),
        QByteArray(R"("a\"\\\b\f\n\r\t\u0001\u001f)"
                   "\x7f/é\""));
    QCOMPARE(parsed(text.toJson()).toUtf8(), text.toUtf8());
}

void TestJsonValue::deepTrees()
{
    constexpr int depth = 300'000;
    JsonValue tree = JsonValue::fromInt(1);
    JsonValue other = JsonValue::fromInt(1);
    for (int i = 0; i < depth; ++i) {
        tree = i % 2 == 0 ? JsonValue::fromElements({ tree })
                          : JsonValue::fromMembers({ { "a", tree } });
        other = i % 2 == 0 ? JsonValue::fromElements({ other })
                           : JsonValue::fromMembers({ { "a", other } });
    }
    QVERIFY(tree == other);
    QVERIFY(tree.toJson().size() > depth);
}

QTEST_APPLESS_MAIN(TestJsonValue)
#include "tst_jsonvalue.moc"
