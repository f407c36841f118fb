#include "domain/textplace.h"
#include "value/event.h"

#include <QtTest>

using namespace eventloupe;

class tst_TextPlace : public QObject {
    Q_OBJECT

private slots:
    void findsPlaces_data();
    void findsPlaces();
    void findsPlacesInStrings();
    void findsRepeatedMembers();
};

void tst_TextPlace::findsPlaces_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("root") << QByteArray("") << 1 << 2;
    QTest::newRow("member") << QByteArray("/b") << 3 << 6;
    QTest::newRow("element") << QByteArray("/b/1") << 3 << 12;
    QTest::newRow("in an element") << QByteArray("/b/1/ü") << 3 << 18;
    QTest::newRow("duplicate: the last") << QByteArray("/a") << 4 << 6;
    QTest::newRow("escaped name") << QByteArray("/x\"y") << 5 << 14;
    QTest::newRow("not there: the deepest") << QByteArray("/b/1/none/deeper") << 3 << 12;
    QTest::newRow("below a scalar") << QByteArray("/a/b") << 4 << 6;
}

void tst_TextPlace::findsPlaces()
{
    QFETCH(QByteArray, pointer);
    QFETCH(int, line);
    QFETCH(int, column);
    const QByteArray text = " {\"a\":1,\n"
                            "\n"
                            "\"b\": [[1], {\"ü\": \"]}\\\"\"} ],\n"
                            "\"a\": 2,\n"
                            "\"x\\u0022y\" : 3}";
    const auto parsed = JsonPointer::parse(viewOf(pointer));
    QVERIFY(parsed.ok());
    const TextPlace place = placeOfOffset(viewOf(text), offsetOfPointer(viewOf(text), *parsed));
    QCOMPARE(place.line, line);
    QCOMPARE(place.column, column);
}

void tst_TextPlace::findsPlacesInStrings()
{
    const QByteArray text = R"("a\n\"é\u00e9\ud83d\ude00x")";
    const auto at = [&text](int line, int column) {
        return text.mid(offsetInString(viewOf(text), 0, { line, column })).left(2);
    };
    QCOMPARE(at(1, 1), QByteArray("a\\"));
    QCOMPARE(at(1, 9), QByteArray("\\n")); // past the end of the line: its end
    QCOMPARE(at(2, 1), QByteArray("\\\""));
    QCOMPARE(at(2, 2), QByteArray("é"));
    QCOMPARE(at(2, 4), QByteArray("\\u"));
    QCOMPARE(at(2, 5), QByteArray("x\""));
    QCOMPARE(at(9, 1), QByteArray("\"")); // past the end of the text: the closing quote
}

void tst_TextPlace::findsRepeatedMembers()
{
    const auto found
        = [](const char* json) { return static_cast<int>(findRepeatedMember(json).value_or(-1)); };
    QCOMPARE(found(R"({"a":1,"b":2,"a":3})"), 13);
    QCOMPARE(found(R"({"a":{"a":[{"a":1},{"a":2}]},"b":"a"})"), -1);
    QCOMPARE(found(R"([{"a":"a","b":"a"},"a","a"])"), -1);
    QCOMPARE(found(R"({"x":[1,{"y":{},"z":[], "y" : 2}]})"), 24);
    QCOMPARE(found("{\"a\\\"\":1,\"a\\\"\":2}"), 9);
    QCOMPARE(found("{}"), -1);
    QCOMPARE(found("7"), -1);
}

QTEST_APPLESS_MAIN(tst_TextPlace)
#include "tst_textplace.moc"
