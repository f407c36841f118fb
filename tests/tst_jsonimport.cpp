#include "exchange/jsonarrayreader.h"
#include "exchange/jsonreader.h"
#include "exchange/rawjson.h"
#include "fuzz/mutator.h"
#include "support/recordtext.h"
#include "value/event.h"

#include <QTest>

using namespace eventloupe;

/// JSON documents as records.
class JsonImportTest final : public QObject {
    Q_OBJECT

private:
    static QByteArray read(const QByteArray& bytes, const char* records = "")
    {
        auto reader = JsonReader::open(
            ByteSource::fromBytes(bytes, QStringLiteral("f")), QString::fromLatin1(records));
        if (!reader)
            return "! " + reader.error().message.toUtf8();
        return recordsAsText(**reader);
    }

    /// The same of an array that is read record by record.
    static QByteArray readArray(const QByteArray& bytes)
    {
        auto source = ByteSource::fromBytes(bytes, QStringLiteral("f"));
        const auto begins = JsonArrayReader::begins(*source);
        if (!begins || !*begins)
            return "no array";
        JsonArrayReader reader(std::move(source));
        return recordsAsText(reader);
    }

private slots:
    void findsTheRecords_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("records");
        QTest::newRow("root array")
            << QByteArray("[{\"a\":1},\n {\"a\": 2 }]\n") << QByteArray("1: a=1\n2: a=2\n");
        QTest::newRow("only array")
            << QByteArray(R"({"n":1,"rows":[{"a":1}]})") << QByteArray("1: a=1\n");
        QTest::newRow("largest array") << QByteArray(
            R"({"few":[{"b":1}],"numbers":[1,2,3,4,5,6,7,8,9],"rows":[{"a":1},{"a":2}]})")
                                       << QByteArray("1: a=1\n1: a=2\n");
        QTest::newRow("an event with lines")
            << QByteArray(R"({"stream":"s","type":"T","items":[{"a":1}]})")
            << QByteArray("1: stream=\"s\"|type=\"T\"|items=[{\"a\":1}]\n");
        QTest::newRow("one record") << QByteArray("\n{\"a\":[1,2]}") << QByteArray("2: a=[1,2]\n");
        QTest::newRow("empty array") << QByteArray("[ ]") << QByteArray();
        QTest::newRow("empty text") << QByteArray(" \n") << QByteArray();
    }

    void findsTheRecords()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, records);
        QCOMPARE(read(bytes), records);
    }

    void takesAPointer()
    {
        const QByteArray document = R"({"x":{"a/b":[{"v":1}]},"y":[{"v":2}],"z":[[{"v":3}]]})";
        QCOMPARE(read(document, "/x/a~1b"), QByteArray("1: v=1\n"));
        QCOMPARE(read(document, "/z/0"), QByteArray("1: v=3\n"));
        QCOMPARE(read(document, "/y/0"), QByteArray("1: v=2\n"));
    }

    void saysWhatAPointerLacks_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QByteArray>("records");
        QTest::addColumn<QByteArray>("message");
        const QByteArray document = R"({"x":{"a/b":[{"v":1}]},"rows":[{"v":2},{"v":3}],"n":5})";
        QTest::newRow("nowhere") << document << QByteArray("/nope")
                                 << QByteArray("! f: there is no /nope in the document. Records "
                                               "could be: /rows, /x/a~1b");
        QTest::newRow("near") << document << QByteArray("/row")
                              << QByteArray("! f: there is no /row in the document, did you mean "
                                            "'/rows'? Records could be: /rows, /x/a~1b");
        QTest::newRow("near, inside")
            << document << QByteArray("/x/a~1c")
            << QByteArray("! f: there is no /x/a~1c in the document, did you mean '/x/a~1b'? "
                          "Records could be: /rows, /x/a~1b");
        QTest::newRow("a number") << document << QByteArray("/n")
                                  << QByteArray("! f: /n is a number, and records must be an array "
                                                "of objects, or an object of them by their keys. "
                                                "Records could be: /rows, /x/a~1b");
        QTest::newRow("an array itself")
            << QByteArray(R"([{"a":1}])") << QByteArray("/a")
            << QByteArray("! f: there is no /a in the document. The document itself is an array of "
                          "them: name no \"records\"");
        QTest::newRow("nothing to name") << QByteArray("5") << QByteArray("/a")
                                         << QByteArray("! f: there is no /a in the document");
    }
    void saysWhatAPointerLacks()
    {
        QFETCH(QByteArray, document);
        QFETCH(QByteArray, records);
        QFETCH(QByteArray, message);
        QCOMPARE(read(document, records), message);
    }

    void namesTenPlacesAtMost()
    {
        QByteArray document = "{";
        for (int i = 0; i < 500; ++i)
            document += "\"list" + QByteArray::number(i) + "\":[{\"a\":1}],";
        const QByteArray message = read(document + "\"n\":1}", "/nope");
        QVERIFY2(message.endsWith("list9 and 490 more"), message);
        QVERIFY(message.size() < 300);
    }

    /// An object by keys is read as its members, which are called by their keys.
    void readsAnObjectByKeys()
    {
        const QByteArray document = "{\"e\":{\"k\\\"1\":{\"v\":1},\n\"k2\":{\"v\":2,\"id\":7}}}";
        QCOMPARE(read(document, "/e"), QByteArray("1: v=1|id=\"k\\\"1\"\n2: v=2|id=7\n"));
        // An event at a place, whose parts are objects, is one record.
        QCOMPARE(read("{\"e\":{\"data\":{},\"x\":{}}}", "/e"), QByteArray("1: data={}|x={}\n"));
    }

    void namesThePlaceOfAFault()
    {
        QVERIFY(read("[{\"a\":1},\n{\"a\":}]").startsWith("! f:2: byte 6: "));
        QVERIFY(read("[{\"a\":1}").startsWith("! f:1: byte "));
        QCOMPARE(read("[{\"a\":1},\n\n 5]"),
            QByteArray("1: a=1\n! f:3: byte 2: a record must be a JSON object, an event\n"));
    }

    /// Record by record is as the whole, but for a fault: what stands before it is read.
    void readsAnArrayRecordByRecord()
    {
        QCOMPARE(readArray(" {}"), QByteArray("no array"));
        QCOMPARE(readArray(""), QByteArray("no array"));
        const QByteArrayList good { "[]", " [ ] ", "[{\"a\":1},\n {\"a\": \"]\\\"\" }]\n",
            "\n[{\"a\":[[1],{}]}\r\n,{\"b\\u0061\":{\"c\":null}} , {}]", "[5]", "[{},[]]",
            "[\"x\",true]" };
        for (const QByteArray& bytes : good)
            QCOMPARE(readArray(bytes), read(bytes));
        Mutator mutator(good, 4);
        int faults = 0;
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray bytes = mutator.next();
            const QByteArray whole = read(bytes);
            const QByteArray each = readArray(bytes);
            if (each == "no array")
                continue;
            const qsizetype fault = each.indexOf("! ");
            if (!whole.startsWith("! f:"))
                QVERIFY2(each == whole, bytes.constData());
            else if (!each.contains("a record must be"))
                QVERIFY2(fault >= 0 && each.mid(fault).trimmed() == whole.trimmed(),
                    (bytes + "\n" + each + "\n" + whole).constData());
            faults += fault >= 0 ? 1 : 0;
        }
        QVERIFY(faults > 1000);
    }

    void boundsTheDepthOfRecords()
    {
        const auto nested = [](int depth) {
            return "[{\"a\":" + QByteArray(depth - 2, '[') + QByteArray(depth - 2, ']') + "}]";
        };
        QVERIFY(!readArray(nested(1000)).contains('!'));
        QCOMPARE(readArray(nested(1001)), read(nested(1001)) + '\n');
    }

    void keepsTheBytesOfValues()
    {
        QCOMPARE(read("[{\"d\":{ \"x\" : 1.10,\n\t\"x\":2 }}]"),
            QByteArray("1: d={ \"x\" : 1.10,\n\t\"x\":2 }\n"));
    }

    void resolvesPointersInText()
    {
        const std::string_view text = R"( {"a":[10,{"b":"x"}],"a":[20,{"b\n":"y"}]} )";
        QCOMPARE(resolveRaw(text, { "a", "0" }), std::optional<std::string_view>("20"));
        QCOMPARE(resolveRaw(text, { "a", "1", "b\n" }), std::optional<std::string_view>("\"y\""));
        QVERIFY(!resolveRaw(text, { "a", "2" }));
        QVERIFY(!resolveRaw(text, { "a", "-" }));
        QVERIFY(!resolveRaw(text, { "a", "0", "c" }));
    }

    void membersOfACheckAreThoseOfTheText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << QByteArray("{}") << 0;
        QTest::newRow("space in it") << QByteArray(" { } ") << 0;
        QTest::newRow("one") << QByteArray(R"({"a":1})") << 1;
        QTest::newRow("spaces") << QByteArray(
            " {\t\"a\" : 1 , \"b\" :\n[ 1, {\"c\":2} ] , \"d\" : { } } ")
                                << 3;
        QTest::newRow("nested members")
            << QByteArray(R"({"a":{"b":{"c":[{"d":1}]}},"e":[[],{}],"f":"g"})") << 3;
        QTest::newRow("twice") << QByteArray(R"({"a":1,"a":null,"a":"x"})") << 3;
        QTest::newRow("escapes") << QByteArray(
            "{\"\\\"\":\"\\\\\",\"\\u00e9\\\\\":\"}\\\"{\",\"\":\"\"}")
                                 << 3;
        QTest::newRow("literals") << QByteArray(R"({"t":true,"f":false,"n":-1.5e+3})") << 3;
        QTest::newRow("array") << QByteArray(R"([{"a":1},{"b":2}])") << 0;
        QTest::newRow("scalar") << QByteArray("\"{\\\"a\\\":1}\"") << 0;
        QTest::newRow("unicode") << QByteArray("{\"東京\":\"Zürich\",\"b\":[\"–\"]}") << 2;
    }
    void membersOfACheckAreThoseOfTheText()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, count);
        std::vector<JsonMember> found { { "left", "over" } };
        QVERIFY(!findJsonFault(viewOf(text), &found));
        std::vector<RawMember> expected;
        splitRawObject(viewOf(text), expected);
        QCOMPARE(found.size(), std::size_t(count));
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            QCOMPARE(toBytes(found[i].name), toBytes(expected[i].name));
            QCOMPARE(toBytes(found[i].value), toBytes(expected[i].value));
            QCOMPARE(found[i].value.data(), expected[i].value.data());
        }
    }

    void aTextThatIsNotJsonIsReadWithinItsBounds()
    {
        std::vector<RawMember> members;
        std::vector<std::string_view> elements;
        for (const std::string_view text : { "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[",
                 "{\"a\":\"\\", "[", "[1", "[{", "[}", "[:", "" }) {
            splitRawObject(text, members);
            splitRawArray(text, elements);
        }
    }
};

QTEST_GUILESS_MAIN(JsonImportTest)
#include "tst_jsonimport.moc"
