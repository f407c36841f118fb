#include "support/samplestore.h"
#include "time/goto.h"
#include "time/timecursor.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

class TestGoTo final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void understandsPositions_data();
    void understandsPositions();
    void understandsTimes_data();
    void understandsTimes();
    void refuses_data();
    void refuses();
    void goesToAPosition();
    void goesToATime();
    void theNewerOneWins();
    void saysWhatItDidNotUnderstand();
};

void TestGoTo::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
    tzset();
}

void TestGoTo::understandsPositions_data()
{
    QTest::addColumn<Position>("position");
    QTest::newRow("8120") << Position { 8120 };
    QTest::newRow(" #8120 ") << Position { 8120 };
    QTest::newRow("#8,120") << Position { 8120 };
    QTest::newRow("8.120") << Position { 8120 };
    QTest::newRow("8 120") << Position { 8120 };
    QTest::newRow("8'120") << Position { 8120 };
    QTest::newRow("10,000,000") << Position { 10'000'000 };
    QTest::newRow("0") << Position { 0 };
}

void TestGoTo::understandsPositions()
{
    QFETCH(Position, position);
    const auto target = parseGoToTarget(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(target.has_value());
    QCOMPARE(std::get<Position>(*target), position);
}

void TestGoTo::understandsTimes_data()
{
    QTest::addColumn<QByteArray>("utc");
    QTest::newRow("2026-03-01T14:03:22.000001Z") << QByteArray("2026-03-01T14:03:22.000001Z");
    QTest::newRow("2026-03-01 14:03:22+02:00") << QByteArray("2026-03-01T12:03:22.000000Z");
    QTest::newRow("2026-03-01") << QByteArray("2026-02-28T23:00:00.000000Z");
    QTest::newRow("2026-03-01 14:03") << QByteArray("2026-03-01T13:03:00.000000Z");
    QTest::newRow("2026-07-01 14:03:22") << QByteArray("2026-07-01T12:03:22.000000Z");
    QTest::newRow("2026-03-01T14:03:22.5") << QByteArray("2026-03-01T13:03:22.500000Z");
}

void TestGoTo::understandsTimes()
{
    QFETCH(QByteArray, utc);
    const auto target = parseGoToTarget(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(target.has_value());
    QCOMPARE(std::get<Timestamp>(*target).toRfc3339(), utc);
}

void TestGoTo::refuses_data()
{
    QTest::addColumn<int>("unused");
    for (const char* text : { "", "#", "-1", "8,12", "1e3", "99999999999999999999", "2026-13-01",
             "2026-02-30", "2026-03-01 24:00", "2026-03-01 14", "2026-03-01 14:03.5", "soon" })
        QTest::newRow(text) << 0;
}

void TestGoTo::refuses()
{
    QVERIFY(!parseGoToTarget(QString::fromUtf8(QTest::currentDataTag())).has_value());
}

void TestGoTo::goesToAPosition()
{
    StoreClient client;
    TimeCursor cursor;
    GoTo goTo(client, cursor);
    cursor.setHead(9000);
    QSignalSpy found(&goTo, &GoTo::found);
    goTo.go(u"#8,120"_s);
    QCOMPARE(cursor.position(), 8120);
    QSignalSpy past(&goTo, &GoTo::pastHead);
    goTo.go(u"9000"_s);
    QCOMPARE(past.count(), 0);
    goTo.go(u"10000"_s);
    QCOMPARE(cursor.position(), 9000);
    QCOMPARE(past.count(), 1);
    QCOMPARE(past.first(), QVariantList({ Position { 10'000 }, Position { 9000 } }));
    QCOMPARE(found.count(), 3);
    QCOMPARE(found.last().first().toLongLong(), 9000);
}

void TestGoTo::goesToATime()
{
    const SampleStore store(SampleStore::numbered(100)); // A second apart from 14:00:00Z on.
    StoreClient client;
    TimeCursor cursor;
    GoTo goTo(client, cursor);
    QVERIFY(store.openIn(client));
    cursor.setHead(client.head());
    QSignalSpy found(&goTo, &GoTo::found);
    goTo.go(u"2026-03-01 15:00:30"_s);
    QVERIFY(found.wait());
    QCOMPARE(cursor.position(), 31);
    goTo.go(u"2026-03-01T13:59:59Z"_s);
    QVERIFY(found.wait());
    QCOMPARE(cursor.position(), 0);
    goTo.go(u"2030-01-01"_s);
    QVERIFY(found.wait());
    QCOMPARE(cursor.position(), 100);
}

void TestGoTo::theNewerOneWins()
{
    const SampleStore store(SampleStore::numbered(100));
    StoreClient client;
    TimeCursor cursor;
    GoTo goTo(client, cursor);
    QVERIFY(store.openIn(client));
    cursor.setHead(client.head());
    QSignalSpy found(&goTo, &GoTo::found);
    goTo.go(u"2026-03-01T14:00:10Z"_s);
    goTo.go(u"2026-03-01T14:00:20Z"_s);
    QVERIFY(found.wait());
    QCOMPARE(cursor.position(), 21);
    QCOMPARE(found.count(), 1);
}

void TestGoTo::saysWhatItDidNotUnderstand()
{
    StoreClient client;
    TimeCursor cursor;
    GoTo goTo(client, cursor);
    cursor.setHead(10);
    QSignalSpy refused(&goTo, &GoTo::notUnderstood);
    goTo.go(u"yesterday"_s);
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused.first().first().toString().contains(u"yesterday"_s));
    QCOMPARE(cursor.position(), 10);
}

QTEST_GUILESS_MAIN(TestGoTo)
#include "tst_goto.moc"
