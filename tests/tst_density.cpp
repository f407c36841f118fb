#include "support/samplestore.h"
#include "time/density.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <optional>

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
    void refinesUntilItStaysAsItIs();
    void looksNoFurtherWhereAllIsAlike();
    void leavesTheLaneToOthers();
    void keepsWhatWasReadForAnotherSize();
    void ranksCategories();
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

namespace {

/// Events of categories a, b and c in no order that a grid could hide.
QList<SampleEvent> mixed(int count)
{
    QList<SampleEvent> events;
    quint32 dice = 1;
    for (int n = 0; n < count; ++n) {
        dice = dice * 1664525 + 1013904223;
        events.append({ (dice >> 24) % 10 < 7 ? u"a-1"_s
                : (dice >> 24) % 10 < 9       ? u"b-1"_s
                                              : u"c-1"_s });
    }
    return events;
}

int samplesOf(const Density::Bucket& bucket)
{
    int sum = 0;
    for (const auto& [category, samples] : bucket.categories)
        sum += samples;
    return sum;
}

} // namespace

void TestDensity::refinesUntilItStaysAsItIs()
{
    const SampleStore store(mixed(4000));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    QList<int> samples;
    connect(&density, &Density::changed, this,
        [&] { samples.append(samplesOf(density.buckets().first())); });
    density.request(8);
    QVERIFY(!density.isRefined());
    QTRY_VERIFY(density.isRefined());
    QCOMPARE(samples.first(), 0);
    QVERIFY(std::is_sorted(samples.begin(), samples.end()));
    QVERIFY2(samples.size() >= 3, qPrintable(QString::number(samples.size())));
    QVERIFY(samples.at(1) >= 4 && samples.at(1) <= 8);
    for (const auto& bucket : density.buckets())
        QVERIFY(samplesOf(bucket) > 8 && samplesOf(bucket) <= 64);
    // What is told is near the truth.
    const auto& [category, found] = density.buckets().first().categories.first();
    QCOMPARE(category, u"a"_s);
    const double share = static_cast<double>(found) / samplesOf(density.buckets().first());
    QVERIFY2(share > 0.5 && share < 0.9, qPrintable(QString::number(share)));
}

void TestDensity::looksNoFurtherWhereAllIsAlike()
{
    QList<SampleEvent> events;
    addRun(events, u"a-1"_s, 4000, 1000, 1);
    const SampleStore store(events);
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(8);
    QTRY_VERIFY(density.isRefined());
    QVERIFY(samplesOf(density.buckets().first()) <= 16);
}

void TestDensity::leavesTheLaneToOthers()
{
    const SampleStore store(mixed(4000));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(8);
    QTRY_VERIFY(isCategorised(density));
    std::optional<bool> wasRefined;
    client.run<int>(
        StoreClient::Lane::Background, this,
        [](EventStore&, const CancelToken&) { return Result<int>(0); },
        [&](const Result<int>&) { wasRefined = density.isRefined(); });
    QTRY_VERIFY(wasRefined.has_value());
    QVERIFY(!*wasRefined);
    QTRY_VERIFY(density.isRefined());
}

void TestDensity::keepsWhatWasReadForAnotherSize()
{
    const SampleStore store(mixed(4000));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(16);
    QTRY_VERIFY(density.isRefined());
    QCOMPARE(density.buckets().size(), 16);
    // Everything is there already: no job, no turn of the event loop.
    density.request(8);
    QCOMPARE(density.buckets().size(), 8);
    QVERIFY(density.isRefined());
    density.request(16);
    QVERIFY(density.isRefined());
    QVERIFY(isCategorised(density));
}

void TestDensity::ranksCategories()
{
    const SampleStore store(mixed(500));
    StoreClient client;
    Density density(client);
    QVERIFY(store.openIn(client));
    density.request(10);
    QTRY_VERIFY(density.isRefined());
    QCOMPARE(density.categories(), QStringList({ u"a"_s, u"b"_s, u"c"_s }));
    client.close();
    QTRY_VERIFY(density.categories().isEmpty());
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
