#include "diff/listalignment.h"
#include "support/randomjson.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

namespace {

std::vector<JsonValue> list(const QByteArray& text)
{
    const auto value = parseJson(std::string_view(text.constData(), std::size_t(text.size())));
    return { value->elements().begin(), value->elements().end() };
}

/// "=0:0 +1 ~1:2 -2": elements that stayed, were added, changed, and were removed.
QByteArray picture(const std::vector<AlignedElement>& elements)
{
    QByteArrayList words;
    for (const AlignedElement& element : elements) {
        if (element.old < 0)
            words.append('+' + QByteArray::number(element.now));
        else if (element.now < 0)
            words.append('-' + QByteArray::number(element.old));
        else
            words.append((element.isSame ? '=' : '~') + QByteArray::number(element.old) + ':'
                + QByteArray::number(element.now));
    }
    return words.join(' ');
}

} // namespace

class ListAlignmentTest final : public QObject {
    Q_OBJECT

private slots:
    void saysWhatBecameOfElements_data();
    void saysWhatBecameOfElements();
    void usesEachElementOnce();
    void alignsLongLists();
    void carriesElementsThatMoved();
    void hashesEqualValuesAlike();
};

void ListAlignmentTest::saysWhatBecameOfElements_data()
{
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* old, const char* now, const char* expected) {
        QTest::newRow(name) << QByteArray(old) << QByteArray(now) << QByteArray(expected);
    };
    row("nothing", "[]", "[]", "");
    row("equal", "[1,2]", "[1,2]", "=0:0 =1:1");
    row("equal numbers", "[1,{\"a\":1,\"b\":2}]", "[1.0,{\"b\":2,\"a\":1}]", "=0:0 =1:1");
    row("added at the front", "[1,2]", "[0,1,2]", "+0 =0:1 =1:2");
    row("added at the end", "[1,2]", "[1,2,3]", "=0:0 =1:1 +2");
    row("removed within", "[1,2,3]", "[1,3]", "=0:0 -1 =2:1");
    row("changed within", "[1,2,3]", "[1,5,3]", "=0:0 ~1:1 =2:2");
    row("moved to the front", "[1,2,3]", "[3,1,2]", "+0 =0:1 =1:2 -2");
    row("all others", "[1,2]", "[3,4]", "~0:0 ~1:1");
    row("most in common", "[{\"id\":1,\"q\":1},9]", "[{\"id\":7,\"q\":2},{\"id\":1,\"q\":3},9]",
        "+0 ~0:1 =1:2");
    row("emptied", "[1,2]", "[]", "-0 -1");
}

void ListAlignmentTest::saysWhatBecameOfElements()
{
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, expected);
    QCOMPARE(picture(alignLists(list(old), list(now))), expected);
}

void ListAlignmentTest::usesEachElementOnce()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 3000; ++round) {
        std::vector<JsonValue> old;
        std::vector<JsonValue> now;
        for (int i = random.bounded(12); i > 0; --i)
            old.push_back(randomJson(random, 1));
        for (int i = random.bounded(12); i > 0; --i)
            now.push_back(randomJson(random, 1));
        qsizetype nextOld = 0;
        qsizetype nextNow = 0;
        for (const AlignedElement& element : alignLists(old, now)) {
            if (element.old >= 0)
                QCOMPARE(element.old, nextOld++);
            if (element.now >= 0)
                QCOMPARE(element.now, nextNow++);
            if (element.isSame)
                QVERIFY(old[std::size_t(element.old)] == now[std::size_t(element.now)]);
        }
        QCOMPARE(nextOld, qsizetype(old.size()));
        QCOMPARE(nextNow, qsizetype(now.size()));
    }
}

/// More pairs than are compared: an increasing run of equal elements still stays.
void ListAlignmentTest::alignsLongLists()
{
    std::vector<JsonValue> old;
    std::vector<JsonValue> now { JsonValue::fromString(QByteArray("first")) };
    for (int i = 0; i < 5000; ++i) {
        old.push_back(JsonValue::fromInt(i));
        if (i % 10 != 3)
            now.push_back(JsonValue::fromInt(i));
    }
    now.push_back(JsonValue::fromString(QByteArray("last")));
    qsizetype same = 0;
    for (const AlignedElement& element : alignLists(old, now))
        same += element.isSame ? 1 : 0;
    QCOMPARE(same, qsizetype(now.size()) - 2);
}

void ListAlignmentTest::carriesElementsThatMoved()
{
    using Places = std::vector<qsizetype>;
    QCOMPARE(carriedElements(list("[1,2,3]"), list("[3,2,1]")), (Places { 2, 1, 0 }));
    QCOMPARE(carriedElements(list("[1,1]"), list("[1,1,1]")), (Places { 0, 1, -1 }));
    QCOMPARE(carriedElements(list("[1,2]"), list("[4,2]")), (Places { -1, 1 }));
    QCOMPARE(carriedElements(list("[]"), list("[4]")), (Places { -1 }));
}

void ListAlignmentTest::hashesEqualValuesAlike()
{
    QRandomGenerator random(2);
    std::vector<JsonValue> values;
    for (int i = 0; i < 200; ++i)
        values.push_back(randomJson(random, 2));
    const auto numbers = list("[0,0.0,-0.0,1,1.0,1e0,18446744073709551615,1.8446744073709551615e19]");
    values.insert(values.end(), numbers.begin(), numbers.end());
    for (const JsonValue& left : values)
        for (const JsonValue& right : values)
            if (left == right)
                QCOMPARE(jsonHash(left), jsonHash(right));
}

QTEST_GUILESS_MAIN(ListAlignmentTest)
#include "tst_listalignment.moc"
