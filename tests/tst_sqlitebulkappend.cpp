#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace eventloupe;

/// Bulk loads into the embedded store: the journal that they use, their phases, and their end.
class tst_SqliteBulkAppend final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void loadOfAnEmptyStoreGoesToTheFile();
    void loadBesideAReaderGoesToTheLog();
    void failedLoadLetsGoAtOnce();
    void loadGoesOnWhereAnotherEnded();
    void checkedEventsAreLoaded();
    void phasesAreTold();
    void indexingIsCancelled_data();
    void indexingIsCancelled();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    /// The file's format for writing: 2 is WAL.
    int fileFormat() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.read(20).at(18) : -1;
    }
    bool hasJournal() const { return QFile::exists(path() + QStringLiteral("-journal")); }
    static bool addMany(BulkAppend& bulk, int events, int bytes = 10);
    std::unique_ptr<QTemporaryDir> m_folder;
};

bool tst_SqliteBulkAppend::addMany(BulkAppend& bulk, int events, int bytes)
{
    const QByteArray data = '"' + QByteArray(bytes, 'x') + '"';
    for (int i = 0; i < events; ++i)
        if (!bulk.add(QStringLiteral("s-%1").arg(i % 1000),
                { QStringLiteral("E"), data, {}, { i }, QStringLiteral("id-%1").arg(i) }))
            return false;
    return true;
}

void tst_SqliteBulkAppend::loadOfAnEmptyStoreGoesToTheFile()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        QVERIFY(addMany(**bulk, 1000, 40000)); // past the cache
        QVERIFY(hasJournal());
        QVERIFY(QFile(path()).size() > 10000000);
        QCOMPARE(QFile(path() + QStringLiteral("-wal")).size(), 0);
        QVERIFY((*bulk)->commit({}));
        QVERIFY(!hasJournal());
        QCOMPARE(fileFormat(), 2);
    }
    QCOMPARE((*store)->head().value(), 1000);
    QVERIFY(appendOne(**store, QStringLiteral("s-1")));
    QVERIFY(QFile(path() + QStringLiteral("-wal")).size() > 0);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// A window has the store open: it must be able to read all the time.
void tst_SqliteBulkAppend::loadBesideAReaderGoesToTheLog()
{
    const auto store = openStore(path(), OpenMode::Create);
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store && reader);
    QCOMPARE((*reader)->head().value(), 0);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QVERIFY(addMany(**bulk, 1000, 40000));
    QVERIFY(!hasJournal());
    QCOMPARE((*reader)->head().value(), 0);
    QVERIFY((*reader)->readLog(1, 10).value().isEmpty());
    QVERIFY((*bulk)->commit({}));
    QCOMPARE((*reader)->head().value(), 1000);
    QCOMPARE(fileFormat(), 2);
    QCOMPARE(StoreContract::faults(**reader), QStringList());
}

void tst_SqliteBulkAppend::failedLoadLetsGoAtOnce()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QVERIFY(addMany(**bulk, 1000, 40000));
    QVERIFY(!(*bulk)->add(QString(), { QStringLiteral("E"), {}, {}, { 1 }, {} }));
    QVERIFY(!hasJournal());
    QVERIFY(QFile(path()).size() < 1000000);
    const auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(other);
    QVERIFY(appendOne(**other, QStringLiteral("s")));
    QVERIFY(!addMany(**bulk, 1));
    QVERIFY(!(*bulk)->commit({}));
    QCOMPARE(StoreContract::faults(**other), QStringList());
}

/// Versions, ranks and numbers go on where the log stands.
void tst_SqliteBulkAppend::loadGoesOnWhereAnotherEnded()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    for (int round = 0; round < 3; ++round) {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        for (int i = 0; i < 300; ++i) {
            const auto version
                = (*bulk)->add(QStringLiteral("c%1-%2").arg(i % 3).arg(i % 50 + round),
                    { QStringLiteral("E"), {}, {}, { i }, {} });
            QVERIFY(version);
            QVERIFY(*version > 0);
        }
        QCOMPARE((*bulk)->streams(), 150);
        QVERIFY((*bulk)->commit({}));
    }
    QCOMPARE((*store)->head().value(), 900);
    QCOMPARE((*store)->findStream(QStringLiteral("c1-10")).value()->headVersion, 6);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

void tst_SqliteBulkAppend::checkedEventsAreLoaded()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    CheckedEvents events;
    CheckedJson data;
    QVERIFY(!data.check(R"({"a": 1.50})"));
    const std::string id = "01890a5d-ac96-774b-bcce-b302099a8057";
    QVERIFY(events.add({ "user-1", "CREATED", id, { 5 }, data, {} }));
    QVERIFY(events.add({ "user-1", "RENAMED", "other", { 6 }, data, data }));
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QCOMPARE((*bulk)->add(events.at(0)).value(), 1);
    QCOMPARE((*bulk)->add(events.at(1)).value(), 2);
    QCOMPARE((*bulk)->commit({}).value().last, 2);
    const Event first = (*store)->readLog(1, 1).value().constFirst();
    QCOMPARE(first.stream, QStringLiteral("user-1"));
    QCOMPARE(first.type, QStringLiteral("CREATED"));
    QCOMPARE(first.id, QString::fromStdString(id));
    QCOMPARE(first.time.microseconds, 5);
    QCOMPARE(first.data, QByteArray(R"({"a": 1.50})"));
    QCOMPARE(first.metadata, QByteArray("{}"));
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

void tst_SqliteBulkAppend::phasesAreTold()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    const Progress progress;
    QCOMPARE(progress.phase(), Progress::Phase::Working);
    std::atomic<bool> isOver = false;
    qint64 mostIndexed = 0;
    qint64 indexTotal = 0;
    std::thread watcher([&] {
        while (!isOver) {
            if (progress.phase() == Progress::Phase::Indexing) {
                mostIndexed = std::max(mostIndexed, progress.done());
                indexTotal = std::max(indexTotal, progress.total());
            }
            std::this_thread::yield();
        }
    });
    bool isCommitted = false;
    {
        const auto bulk = (*store)->beginBulk();
        isCommitted = bulk.ok() && addMany(**bulk, 100000) && (*bulk)->commit({}, progress).ok();
    }
    isOver = true;
    watcher.join();
    QVERIFY(isCommitted);
    QCOMPARE(progress.phase(), Progress::Phase::Saving);
    QCOMPARE(indexTotal, 3 * 100000 + 3 * 1000);
    QVERIFY(mostIndexed > 0 && mostIndexed <= indexTotal);
}

void tst_SqliteBulkAppend::indexingIsCancelled_data()
{
    QTest::addColumn<bool>("isWatched");
    QTest::newRow("into the file") << false;
    QTest::newRow("into the log") << true;
}

void tst_SqliteBulkAppend::indexingIsCancelled()
{
    QFETCH(bool, isWatched);
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    auto reader = isWatched ? openStore(path(), OpenMode::ReadOnly) : Error {};
    const Progress progress;
    const CancelToken cancel;
    std::atomic<bool> isOver = false;
    std::thread canceller([&] {
        while (progress.phase() != Progress::Phase::Indexing && !isOver)
            std::this_thread::yield();
        cancel.cancel();
    });
    Result<Appended> committed = Error {};
    {
        const auto bulk = (*store)->beginBulk();
        if (bulk && addMany(**bulk, 100000))
            committed = (*bulk)->commit(cancel, progress);
    }
    isOver = true;
    canceller.join();
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::Cancelled);
    QCOMPARE((*store)->head().value(), 0);
    QCOMPARE(fileFormat(), 2);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

QTEST_GUILESS_MAIN(tst_SqliteBulkAppend)
#include "tst_sqlitebulkappend.moc"
