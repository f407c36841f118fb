#include "log/eventsummary.h"

#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

class TestEventSummary final : public QObject {
    Q_OBJECT

private slots:
    void summarises_data();
    void summarises();
    void cutsLongData();
    void cutsBetweenCharacters();
    void endsEarlyInLargeData();
};

void TestEventSummary::summarises_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("summary");
    QTest::newRow("members") << QByteArray(R"({"name": "Ada", "email": "a@x.org"})")
                             << u"name=Ada email=a@x.org"_s;
    QTest::newRow("order and spelling kept")
        << QByteArray(R"({"z": 100.10, "a": true, "n": null})") << u"z=100.10 a=true n=null"_s;
    QTest::newRow("nested") << QByteArray(R"({"items": [{"sku": "A1", "qty": 2}, []]})")
                            << u"items=[{sku:\"A1\",qty:2},[]]"_s;
    QTest::newRow("nothing") << QByteArray("{}") << QString();
    QTest::newRow("scalar") << QByteArray(R"("text")") << u"\"text\""_s;
    QTest::newRow("array") << QByteArray("[1, 2]") << u"[1,2]"_s;
    QTest::newRow("control characters") << QByteArray(R"({"t": "a\nb\u0000\u007f\u2028\u202e"})")
                                        << u"t=a\u240ab\u2400\u2421\u2028\u202e"_s;
    QTest::newRow("no JSON") << QByteArray("{oops\n") << u"{oops\u240a"_s;
    QTest::newRow("markup stays text") << QByteArray(R"({"t": "<b>x</b>"})") << u"t=<b>x</b>"_s;
}

void TestEventSummary::summarises()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, summary);
    QCOMPARE(summaryOf({ data.constData(), static_cast<std::size_t>(data.size()) }), summary);
}

void TestEventSummary::cutsLongData()
{
    const QString exact = summaryOf("{\"a\":\"" + std::string(198, 'x') + "\"}");
    QCOMPARE(exact.size(), 200);
    QVERIFY(exact.endsWith(u'x'));
    const QString cut = summaryOf("{\"a\":\"" + std::string(199, 'x') + "\"}");
    QCOMPARE(cut.size(), 200);
    QVERIFY(cut.endsWith(u'\u2026'));
}

void TestEventSummary::cutsBetweenCharacters()
{
    // The pair that stands at the cut goes as a whole.
    const std::string data = "{\"a\":\"" + std::string(196, 'x') + "\xf0\x9f\x99\x82yyyy\"}";
    const QString cut = summaryOf(data);
    QCOMPARE(cut, u"a="_s + QString(196, u'x') + u'\u2026');
}

void TestEventSummary::endsEarlyInLargeData()
{
    const std::string large = "{\"a\":\"" + std::string(1'000'000, 'x') + "\"}";
    QCOMPARE(summaryOf(large), u"{\"a\":\""_s + QString(193, u'x') + u'\u2026');
    const std::string deep = std::string(900, '[') + std::string(900, ']');
    QCOMPARE(summaryOf(deep), QString(199, u'[') + u'\u2026');
}

QTEST_GUILESS_MAIN(TestEventSummary)
#include "tst_eventsummary.moc"
