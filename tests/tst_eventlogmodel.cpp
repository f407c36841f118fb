#include "log/eventlogmodel.h"

#include "support/modelpicture.h"
#include "support/samplestore.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

const QList<int> positionAndSummary { static_cast<int>(LogColumn::Position),
    static_cast<int>(LogColumn::Summary) };

bool isLoaded(const EventLogModel& model, int row)
{
    return model.index(row, 0).data(IsLoadedRole).toBool();
}

std::shared_ptr<const MatchList> matchesOf(std::vector<Position> positions)
{
    return std::make_shared<const MatchList>(MatchList().extendedBy(std::move(positions)));
}

} // namespace

class TestEventLogModel final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void loadsWhatIsLookedAt();
    void givesItsRoles();
    void keepsNoLongPayloads();
    void mapsRowsAndPositions();
    void growsWithTheLog();
    void completesAPageThatGrew();
    void showsMatchesOnly();
    void takesFurtherMatches();
    void takesEarlierMatches();
    void marksFailures();
    void closesAndOpensAgain();
    void dropsPagesPassedOver();
    void readsRowsInAJobOfTheCallers();
    void holdsABoundedNumberOfPages();

private:
    void open(int events, bool isTested = true);
    void load(int row);

    std::unique_ptr<SampleStore> m_store;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<EventLogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestEventLogModel::init()
{
    m_client = std::make_unique<StoreClient>();
    m_model = std::make_unique<EventLogModel>(*m_client);
}

void TestEventLogModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_client.reset();
    m_store.reset();
}

void TestEventLogModel::open(int events, bool isTested)
{
    m_store = std::make_unique<SampleStore>(SampleStore::numbered(events));
    if (isTested) {
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    QVERIFY(m_store->openIn(*m_client));
    QCOMPARE(m_model->rowCount(), events);
}

void TestEventLogModel::load(int row)
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->prefetch(row, 1);
    while (!isLoaded(*m_model, row))
        QVERIFY(changed.wait());
}

void TestEventLogModel::loadsWhatIsLookedAt()
{
    open(600, false);
    QVERIFY(!isLoaded(*m_model, 0));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QCOMPARE(pictureOfRows(*m_model, 0, 0), QStringList({ u" |  |  |  |  | "_s }));
    QVERIFY(changed.wait());
    QCOMPARE(changed.first().at(0).toModelIndex(), m_model->index(0, 0));
    QCOMPARE(changed.first().at(1).toModelIndex(), m_model->index(63, 5));
    QCOMPARE(headerPictureOf(*m_model), u"Position | Time | Stream | Version | Type | Summary"_s);
    QCOMPARE(pictureOfRows(*m_model, 0, 3),
        QStringList({
            u"1 | 2026-03-01 14:00:00 | user-1 | 1 | CHANGED | n=1"_s,
            u"2 | 2026-03-01 14:00:01 | order-2 | 1 | CHANGED | n=2"_s,
            u"3 | 2026-03-01 14:00:02 | user-3 | 1 | CHANGED | n=3"_s,
            u"4 | 2026-03-01 14:00:03 | order-1 | 1 | CHANGED | n=4"_s,
        }));
    QVERIFY(!isLoaded(*m_model, 64));
    // The last page is a short one.
    load(599);
    QCOMPARE(pictureOfRows(*m_model, 598, 600, positionAndSummary),
        QStringList({ u"599 | n=599"_s, u"600 | n=600"_s }));
}

void TestEventLogModel::givesItsRoles()
{
    open(10);
    load(1);
    const QModelIndex index = m_model->index(1, 3);
    QCOMPARE(index.data(PositionRole).toLongLong(), 2);
    QCOMPARE(index.data(StreamRole).toString(), u"order-2"_s);
    QCOMPARE(index.data(CategoryRole).toString(), u"order"_s);
    QCOMPARE(index.data(TimeRole).toLongLong(),
        Timestamp::fromRfc3339("2026-03-01T14:00:01Z").value().microseconds);
    QCOMPARE(index.data(EventRole).value<Event>().data, QByteArray("{\"n\":2}"));
    QCOMPARE(m_model->eventAt(1)->position, 2);
    QCOMPARE(m_model->eventAt(10), nullptr);
    QCOMPARE(m_model->eventAt(-1), nullptr);
}

void TestEventLogModel::keepsNoLongPayloads()
{
    m_store = std::make_unique<SampleStore>(SampleStore::numbered(3));
    const QByteArray text = "{\"text\":\"" + QByteArray(2'000'000, 'x') + "\"}";
    m_store->append({ { u"long-1"_s, u"STORED"_s, text } });
    QVERIFY(m_store->openIn(*m_client));
    load(3);
    QVERIFY(m_model->index(3, 5).data().toString().startsWith(u"{\"text\":\"xxx"));
    QVERIFY(m_model->pageBytes() < 100'000);
    QVERIFY(m_model->hasWhole(0));
    QVERIFY(!m_model->hasWhole(3));
    QByteArray read;
    m_model->readWhole(4, this, [&read](const Event& event) { read = event.data; });
    QTRY_COMPARE(read, text);
}

void TestEventLogModel::mapsRowsAndPositions()
{
    open(10);
    QCOMPARE(m_model->rowOf(0), -1);
    QCOMPARE(m_model->rowOf(1), 0);
    QCOMPARE(m_model->rowOf(10), 9);
    QCOMPARE(m_model->rowOf(11), 9);
    QCOMPARE(m_model->positionOf(0), 1);
    QCOMPARE(m_model->positionOf(10), 0);
    QCOMPARE(m_model->positionOf(-1), 0);
}

void TestEventLogModel::growsWithTheLog()
{
    open(10);
    load(0);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_store->append(SampleStore::numbered(5, 11));
    m_client->checkForGrowth();
    QVERIFY(inserted.wait());
    QCOMPARE(m_model->rowCount(), 15);
    QCOMPARE(inserted.first().at(1).toInt(), 10);
    QCOMPARE(reset.count(), 0);
    QVERIFY(isLoaded(*m_model, 0));
    load(14);
    QCOMPARE(pictureOfRows(*m_model, 13, 14, positionAndSummary),
        QStringList({ u"14 | n=14"_s, u"15 | n=15"_s }));
}

void TestEventLogModel::completesAPageThatGrew()
{
    // Without the tester, that looks at rows itself.
    open(10, false);
    load(9);
    m_store->append(SampleStore::numbered(1, 11));
    m_client->checkForGrowth();
    QTRY_COMPARE(m_model->rowCount(), 11);
    QVERIFY(!isLoaded(*m_model, 10));
    QCOMPARE(m_model->eventAt(10), nullptr);
    QTRY_VERIFY(isLoaded(*m_model, 10));
    QVERIFY(isLoaded(*m_model, 9));
}

void TestEventLogModel::showsMatchesOnly()
{
    open(600);
    load(0);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->setMatches(matchesOf({ 7, 300, 512 }));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->rowOf(6), -1);
    QCOMPARE(m_model->rowOf(7), 0);
    QCOMPARE(m_model->rowOf(511), 1);
    QCOMPARE(m_model->rowOf(600), 2);
    QCOMPARE(m_model->positionOf(1), 300);
    load(0);
    QCOMPARE(pictureOf(*m_model, positionAndSummary),
        QStringList({ u"7 | n=7"_s, u"300 | n=300"_s, u"512 | n=512"_s }));
    m_model->clearMatches();
    QCOMPARE(m_model->rowCount(), 600);
    load(0);
    QCOMPARE(pictureOfRows(*m_model, 0, 0, positionAndSummary), QStringList({ u"1 | n=1"_s }));
}

void TestEventLogModel::takesFurtherMatches()
{
    open(600);
    const auto first = matchesOf({ 7 });
    m_model->setMatches(first);
    load(0);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->setMatches(std::make_shared<const MatchList>(first->extendedBy({ 300, 301 })));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(reset.count(), 0);
    load(2);
    QCOMPARE(pictureOf(*m_model, positionAndSummary),
        QStringList({ u"7 | n=7"_s, u"300 | n=300"_s, u"301 | n=301"_s }));
    // The log's growth is the filter's to judge.
    m_store->append(SampleStore::numbered(5, 601));
    QSignalSpy head(m_client.get(), &StoreClient::headChanged);
    m_client->checkForGrowth();
    QVERIFY(head.wait());
    QCOMPARE(m_model->rowCount(), 3);
    m_model->setMatches(matchesOf({ 8 }));
    QCOMPARE(reset.count(), 1);
}

void TestEventLogModel::takesEarlierMatches()
{
    open(2000);
    std::vector<Position> late(300);
    std::iota(late.begin(), late.end(), 1001);
    const auto list = std::make_shared<const MatchList>(MatchList().extendedBy(late));
    m_model->setMatches(list);
    load(0);
    load(299);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    const QPersistentModelIndex first(m_model->index(0, 0));
    std::vector<Position> early(700);
    std::iota(early.begin(), early.end(), 101);
    m_model->setMatches(std::make_shared<const MatchList>(list->precededBy(early)));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 0);
    QCOMPARE(inserted.first().at(2).toInt(), 699);
    // What was loaded is at its new place, and not read again.
    QCOMPARE(first.row(), 700);
    QVERIFY(isLoaded(*m_model, 700));
    QVERIFY(isLoaded(*m_model, 999));
    QCOMPARE(m_model->eventAt(700)->position, 1001);
    QCOMPARE(m_model->eventAt(999)->position, 1300);
    QCOMPARE(m_model->rowOf(1001), 700);
    for (const int row : { 0, 1, 255, 256, 511, 512, 698, 699 }) {
        load(row);
        QCOMPARE(m_model->eventAt(row)->position, m_model->positionOf(row));
        QCOMPARE(m_model->positionOf(row), row + 101);
    }
    QCOMPARE(m_model->eventAt(700)->position, 1001);
}

void TestEventLogModel::marksFailures()
{
    open(10);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setFailure(4, u"no such field"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 3);
    QCOMPARE(m_model->index(3, 0).data(FailureRole).toString(), u"no such field"_s);
    QCOMPARE(m_model->index(2, 0).data(FailureRole).toString(), QString());
    m_model->setFailure(4, u"no such field"_s);
    QCOMPARE(changed.count(), 1);
    m_model->setFailure(4, {});
    QCOMPARE(m_model->index(3, 0).data(FailureRole).toString(), QString());
    m_model->setFailure(5, u"x"_s);
    m_model->clearFailures();
    QCOMPARE(m_model->index(4, 0).data(FailureRole).toString(), QString());
}

void TestEventLogModel::closesAndOpensAgain()
{
    open(10);
    load(0);
    m_client->close();
    QTRY_COMPARE(m_model->rowCount(), 0);
    const SampleStore other(SampleStore::numbered(3, 100));
    QVERIFY(other.openIn(*m_client));
    QCOMPARE(m_model->rowCount(), 3);
    load(0);
    QCOMPARE(pictureOf(*m_model, positionAndSummary),
        QStringList({ u"1 | n=100"_s, u"2 | n=101"_s, u"3 | n=102"_s }));
}

void TestEventLogModel::dropsPagesPassedOver()
{
    open(2000, false);
    m_model->prefetch(0, 30);
    m_model->prefetch(600, 30);
    m_model->prefetch(1000, 30);
    m_model->prefetch(1500, 30);
    QTRY_VERIFY(isLoaded(*m_model, 1500));
    load(1999); // A page more, after whatever would have come before it.
    QVERIFY(isLoaded(*m_model, 0)); // It was being read already.
    QVERIFY(!isLoaded(*m_model, 600));
    QVERIFY(!isLoaded(*m_model, 1000));
}

void TestEventLogModel::readsRowsInAJobOfTheCallers()
{
    open(600, false);
    // Runs a reader on the store's thread; what it returns is run here where `take` is true.
    const auto run = [&](const std::function<std::function<void()>(EventStore&)>& read, bool take) {
        std::function<void()> taken;
        m_client->run<std::function<void()>>(
            StoreClient::Lane::Interactive, this,
            [read](EventStore& store, const CancelToken&) -> Result<std::function<void()>> {
                return read(store);
            },
            [&](const Result<std::function<void()>>& answer) { taken = *answer; });
        QVERIFY(QTest::qWaitFor([&] { return taken != nullptr; }));
        if (take)
            taken();
    };
    const auto read = m_model->reader(60, 10);
    QVERIFY(read);
    run(read, false);
    QVERIFY(!isLoaded(*m_model, 60)); // Nothing changes before its taker is run.
    run(read, true);
    QVERIFY(isLoaded(*m_model, 0) && isLoaded(*m_model, 127) && !isLoaded(*m_model, 128));
    QVERIFY(!m_model->reader(60, 10));
    QVERIFY(!m_model->reader(-1, 1));
    // What was read before a reset is not taken.
    const auto stale = m_model->reader(300, 10);
    m_model->setMatches(matchesOf({ 7, 300, 512 }));
    run(stale, true);
    QVERIFY(!isLoaded(*m_model, 0));
    run(m_model->reader(0, 3), true);
    QCOMPARE(pictureOf(*m_model, positionAndSummary),
        QStringList({ u"7 | n=7"_s, u"300 | n=300"_s, u"512 | n=512"_s }));
}

void TestEventLogModel::holdsABoundedNumberOfPages()
{
    constexpr int page = 64;
    constexpr int pages = 270;
    open(page * pages, false);
    for (int row = 0; row < m_model->rowCount(); row += page)
        load(row);
    int loaded = 0;
    for (int row = 0; row < m_model->rowCount(); row += page)
        loaded += isLoaded(*m_model, row) ? 1 : 0;
    QCOMPARE(loaded, 256);
    QCOMPARE(m_model->pageCount(), 256);
    QVERIFY(m_model->pageBytes() > 256 * 64 * 100);
    QVERIFY(!isLoaded(*m_model, 0));
    QVERIFY(isLoaded(*m_model, m_model->rowCount() - 1));
}

QTEST_GUILESS_MAIN(TestEventLogModel)
#include "tst_eventlogmodel.moc"
