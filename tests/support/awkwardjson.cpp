#include "support/awkwardjson.h"

namespace eventloupe {

namespace {

QByteArray nested(int depth, const QByteArray& inside)
{
    return QByteArray("{\"d\":").repeated(depth) + inside + QByteArray("}").repeated(depth);
}

QByteArray wide(int members, int from)
{
    QByteArray text = "{";
    for (int i = from; i < from + members; ++i)
        text += (i > from ? ",\"k" : "\"k") + QByteArray::number(i) + "\":" + QByteArray::number(i);
    return text + "}";
}

QByteArray pick(QRandomGenerator& random, const QByteArrayList& list)
{
    return list[random.bounded(static_cast<int>(list.size()))];
}

QByteArray randomValue(QRandomGenerator& random, int depth);

QByteArray randomObject(QRandomGenerator& random, int depth)
{
    static const QByteArrayList keys { "a", "b", "c", "name", "\\u0061", "b\\\"", "ключ", "", "n/1",
        "amount", "count", "items" };
    QByteArray text = "{";
    const int members = random.bounded(6);
    for (int i = 0; i < members; ++i) {
        if (i > 0)
            text += random.bounded(8) == 0 ? " ,\n" : ",";
        text += '"' + pick(random, keys) + (random.bounded(8) == 0 ? "\" : " : "\":");
        text += randomValue(random, depth + 1);
    }
    return text + "}";
}

QByteArray randomValue(QRandomGenerator& random, int depth)
{
    static const QByteArrayList scalars { "null", "null", "true", "false", "0", "-0", "1", "-17",
        "1.10", "1e5", "1E+400", "-2.5e-3", "18446744073709551615", "9223372036854775808",
        "123456789012345678901234567890", "\"\"", "\"text\"", "\"a \\\"quoted\\\" one\"",
        "\"\\u00e9\\/\\ud83d\\ude00\"", "\"\\u0000\\t\"", "\"Zürich 東京 and more text behind\"",
        "\"a text that is longer than thirty-two bytes, all plain\"" };
    const int kind = random.bounded(10);
    if (kind < 6 || depth > 4)
        return pick(random, scalars);
    if (kind < 9)
        return randomObject(random, depth);
    QByteArray text = "[";
    for (int i = random.bounded(4); i > 0; --i)
        text += randomValue(random, depth + 1) + (i > 1 ? (random.bounded(4) ? "," : ", ") : "");
    return text + "]";
}

} // namespace

QByteArrayList awkwardPayloads()
{
    return {
        R"({"a":1,"b":{"c":2,"d":[1,2]},"e":"x"})",
        R"({"a":1,"a":2})",
        R"({"b":{"x":1},"b":{"y":2}})",
        R"({"a":null,"a":5,"z":1})",
        R"({"a":5,"a":null})",
        R"({"o":{"p":1,"q":{"p":2},"p":3}})",
        R"({"b":{"c":null,"n":{"m":null,"k":1}}})",
        R"({"b":null})",
        R"({"b":{}})",
        R"({"b":{"c":{}}})",
        R"({"b":7})",
        R"({"b":{"deep":{"er":{"est":null}}}})",
        R"({"n":1.10,"m":1e5,"k":18446744073709551615,"l":-0,"i":-9223372036854775808})",
        R"({"n":1.1,"m":1E5,"k":18446744073709551616,"l":0,"i":1e999})",
        R"({"s":"\u00e9\/\b\f\n\r\t\"\\\ud83d\ude00\u0001"})",
        R"({"\u0061":"by an escaped key","a\"b":1})",
        R"({"a\"b":2,"a\\":3,"":4})",
        R"({"list":[{"a":1,"a":2},[],[ 1 , "\u0041" ],{"x":null}]})",
        R"({"list":[[[[[[1]]]]]]})",
        "  {  \"a\" : 1 ,\n\t\"b\" : { } , \"c\" : [ ] }  ",
        "{}",
        "",
        "null",
        " null ",
        "[1,2,{\"a\":null}]",
        R"({"after":"an array"})",
        "\"text\"",
        "17",
        R"({"after":"a number"})",
        nested(15, "1"),
        nested(16, "1"),
        nested(17, "{\"x\":1}"),
        nested(200, "null"),
        "{\"a\":" + QByteArray("[").repeated(70) + QByteArray("]").repeated(70) + "}",
        wide(17, 0),
        wide(40, 10),
        R"({"k3":null,"k20":null,"k49":{"x":1}})",
        wide(300, 100),
        R"({"k150":null,"k151":"x"})",
        "{\"long\":\"" + QByteArray("x").repeated(70'000) + "\"}",
        "{\"long\":null,\"" + QByteArray("key").repeated(100) + "\":1}",
        // Damaged: each is to fail, and to change nothing.
        R"({"a":1,})",
        R"({"a":1 "b":2})",
        R"({"a":01})",
        R"({"a":1.})",
        R"({"a":tru})",
        R"({"a":"\x"})",
        "{\"a\":\"\xff\xfe\"}",
        "{\"a\":\"tab\there\"}",
        R"({"a":"no end)",
        R"({"a":[1,2})",
        R"({"a":1}})",
        R"({"a":1} x)",
        "{",
        R"({"a")",
        R"({"last":"one is fine"})",
    };
}

QByteArray randomPayload(QRandomGenerator& random)
{
    return random.bounded(20) == 0 ? randomValue(random, 0) : randomObject(random, 0);
}

} // namespace eventloupe
