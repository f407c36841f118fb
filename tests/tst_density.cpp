#include "support/samplestore.h"
#include "time/density.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

using Categories = QList<std::pair<QString, int>>;

/// `count` events of one stream at the times start, start + gap, ...
void addRun(QList<SampleEvent>& events, const QString& stream, int count, qint64 start, qint64 gap)
{
    for (int n = 0; n < count; ++n) {
        const Timestamp time { (start + n * gap) * 1'000'000 };
        events.append({ stream, u"CHANGED"_s, "{}", time.toRfc3339() });
    }
}

bool isCategorised(const Density& density)
{
    return !density.buckets().isEmpty() && !density.buckets().first().categories.isEmpty();
}

} // namespace

class TestDensity final : public QObject {
    Q_OBJECT

private slots:
    void tilesTheLog();
    void tellsEventsPerSecond();
    void givesBoundariesFirst();
    void tellsCategoriesMostFirst();
    void bearsStrangeTimes();
    void hasABucketAnEventInAShortLog();
    void followsTheHead();
    void isEmptyWithoutAStore();
};

void TestDensity::tilesTheLog()
{
    const SampleStore store(SampleStore::numbered(1003));
    StoreClient client;
    Density density(client);
    density.request(50);
    QVERIFY(store.openIn(client));
    QTRY_VERIFY(isCategorised(density));
    const auto& buckets = density.buckets();
    QVERIFY(buckets.size() <= 50);
    QVERIFY(buckets.size() >= 45);
    Position next = 1;
    for (const auto& bucket : buckets) {
        QCOMPARE(bucket.first, next);
        QVERIFY(bucket.last >= bucket.first);
        next = bucket.last + 1;
    }
    QCOMPARE(next, 1004);
}

void TestDensity::tellsEventsPerSecond()
{
    QList<SampleEvent> events;
    addRun(events, u"a"_s, 100, 1000, 1);
    addRun(events, u"a"_s, 100, 1100, 10);
    const SampleStore store(events);
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    QSignalSpy changed(&density, &Density::changed);
    density.request(20);
    QVERIFY(changed.wait());
    QCOMPARE(density.buckets().size(), 20);
    for (int index = 0; index < 20; ++index) {
        const auto& bucket = density.buckets().at(index);
        QCOMPARE(bucket.eventsPerSecond, index < 10 ? 1.0 : 0.1);
    }
    QCOMPARE(density.buckets().at(10).start.microseconds, 1100 * 1'000'000);
}

void TestDensity::givesBoundariesFirst()
{
    const SampleStore store(SampleStore::numbered(100));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    QList<bool> answers;
    connect(&density, &Density::changed, this, [&] { answers.append(isCategorised(density)); });
    density.request(10);
    QTRY_COMPARE(answers, QList<bool>({ false, true }));
}

void TestDensity::tellsCategoriesMostFirst()
{
    QList<SampleEvent> events;
    addRun(events, u"user-1"_s, 2, 1000, 1);
    addRun(events, u"order-1"_s, 6, 1002, 1);
    addRun(events, u"user-2"_s, 8, 1008, 1);
    const SampleStore store(events);
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(2);
    QTRY_VERIFY(isCategorised(density));
    QCOMPARE(
        density.buckets().at(0).categories, Categories({ { u"order"_s, 6 }, { u"user"_s, 2 } }));
    QCOMPARE(density.buckets().at(1).categories, Categories({ { u"user"_s, 8 } }));
}

void TestDensity::bearsStrangeTimes()
{
    QList<SampleEvent> events;
    addRun(events, u"a"_s, 20, 1000, 0); // All at once.
    addRun(events, u"a"_s, 20, 1000, -1); // Backwards.
    addRun(events, u"a"_s, 1, 253'402'300'799, 1); // The end of the year 9999.
    addRun(events, u"a"_s, 1, -62'135'596'800, 1); // The start of the year 1.
    const SampleStore store(events);
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(21);
    QTRY_VERIFY(isCategorised(density));
    for (const auto& bucket : density.buckets())
        QVERIFY(std::isfinite(bucket.eventsPerSecond) && bucket.eventsPerSecond > 0);
    QCOMPARE(density.buckets().at(0).eventsPerSecond, 2000.0);
    QCOMPARE(density.buckets().at(12).eventsPerSecond, 1.0);
}

void TestDensity::hasABucketAnEventInAShortLog()
{
    const SampleStore store(SampleStore::numbered(1));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(100);
    QTRY_VERIFY(isCategorised(density));
    QCOMPARE(density.buckets().size(), 1);
    QCOMPARE(density.buckets().first().last, 1);
    QVERIFY(density.buckets().first().eventsPerSecond > 0);
}

void TestDensity::followsTheHead()
{
    SampleStore store(SampleStore::numbered(100));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(10);
    QTRY_VERIFY(isCategorised(density));
    store.append(SampleStore::numbered(50, 101));
    client.checkForGrowth();
    QTRY_COMPARE(density.buckets().last().last, 150);
    QVERIFY(isCategorised(density));
    QVERIFY(density.buckets().size() <= 10);
}

void TestDensity::isEmptyWithoutAStore()
{
    const SampleStore store(SampleStore::numbered(10));
    StoreClient client;
    Density density(client);
    density.request(10);
    QVERIFY(density.buckets().isEmpty());
    QVERIFY(store.openIn(client));
    QTRY_VERIFY(!density.buckets().isEmpty());
    client.close();
    QTRY_VERIFY(density.buckets().isEmpty());
}

QTEST_GUILESS_MAIN(TestDensity)
#include "tst_density.moc"
