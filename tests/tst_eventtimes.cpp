#include "support/samplestore.h"
#include "time/eventtimes.h"

#include <QTest>

using namespace eventloupe;

class TestEventTimes final : public QObject {
    Q_OBJECT

private slots:
    void readsTimesAsTheyAreAskedFor();
    void knowsNoOthers();
};

void TestEventTimes::readsTimesAsTheyAreAskedFor()
{
    const SampleStore sample(SampleStore::numbered(2100));
    StoreClient client;
    QVERIFY(sample.openIn(client));
    EventTimes times(client);
    QVERIFY(!times.at(1));
    QTRY_VERIFY(times.at(1));
    // The page is there; another is read when it is asked for.
    QCOMPARE(times.at(1024)->microseconds - times.at(1)->microseconds, 1'023'000'000);
    QVERIFY(!times.at(2100));
    QTRY_VERIFY(times.at(2100));
    QVERIFY(times.at(1));
}

void TestEventTimes::knowsNoOthers()
{
    SampleStore sample(SampleStore::numbered(3));
    StoreClient client;
    QVERIFY(sample.openIn(client));
    EventTimes times(client);
    QVERIFY(!times.at(0));
    QVERIFY(!times.at(4));
    QTRY_VERIFY(times.at(3));
    sample.append({ { QStringLiteral("user-1") } });
    client.checkForGrowth();
    QTRY_COMPARE(client.head(), 4);
    // The page was shorter when it was read.
    QTRY_VERIFY(times.at(4));
    client.close();
    QVERIFY(!times.at(1));
}

QTEST_GUILESS_MAIN(TestEventTimes)
#include "tst_eventtimes.moc"
