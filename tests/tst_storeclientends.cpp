#include "support/clientjobs.h"

#include <QFile>

#include <cstdio>
#include <memory>

using namespace eventloupe;

/// How jobs end: cancelled, without a context, with the store closed or replaced, or because their
/// lane has no connection.
class tst_StoreClientEnds final : public QObject, private ClientJobs {
    Q_OBJECT

private slots:
    void init() { renew(); }
    void cancelledJobIsNotRun();
    void cancelledAnswerIsNotGiven();
    void cancelEndsARunningRead();
    void cancelEndsAWaitForTheLock();
    void answerNeedsItsContext();
    void closedStoreDoesNotAnswer();
    void openReplacesTheStore();
    void destructionEndsRunningJobs();
    void aLaneWithoutConnectionFailsItsJobs_data();
    void aLaneWithoutConnectionFailsItsJobs();
    void replacedFileIsTold();
    void whatIsWrittenToTheNewFileStays();
    void shortenedFileIsTold();
};

void tst_StoreClientEnds::cancelledJobIsNotRun()
{
    StoreClient client;
    open(client);
    const CancelToken first = occupy(client, interactive);
    QVERIFY(m_started.tryAcquire(1, 5000));
    const CancelToken second = occupy(client, interactive);
    second.cancel();
    first.cancel();
    wait(client, interactive);
    QCOMPARE(m_started.available(), 0);
}

void tst_StoreClientEnds::cancelledAnswerIsNotGiven()
{
    StoreClient client;
    open(client);
    bool isAnswered = false;
    const CancelToken token = client.run<int>(
        interactive, this,
        [this](EventStore&, const CancelToken&) -> Result<int> {
            m_started.release();
            return 1;
        },
        [&](const Result<int>&) { isAnswered = true; });
    QVERIFY(m_started.tryAcquire(1, 5000));
    token.cancel(); // The answer may be on its way already.
    wait(client, interactive);
    QVERIFY(!isAnswered);
}

void tst_StoreClientEnds::cancelEndsARunningRead()
{
    make("a.eventlog", 20000);
    StoreClient client;
    open(client);
    // A job that never looks at its token: the store ends its reads.
    std::atomic<int> code { -1 };
    const CancelToken token = client.run<int>(
        background, this,
        [&](EventStore& store, const CancelToken&) -> Result<int> {
            m_started.release();
            for (;;) {
                const auto scanned = store.scanLog(
                    1, 20000, allScanColumns, {}, [](const EventView&) { return true; });
                if (!scanned) {
                    code = int(scanned.error().code);
                    return scanned.error();
                }
            }
        },
        [](const Result<int>&) {});
    QVERIFY(m_started.tryAcquire(1, 5000));
    token.cancel();
    QTRY_COMPARE(code.load(), int(ErrorCode::Cancelled));
}

void tst_StoreClientEnds::cancelEndsAWaitForTheLock()
{
    StoreClient client;
    open(client);
    const auto holder = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(holder);
    const auto bulk = (*holder)->beginBulk();
    QVERIFY(bulk);
    std::atomic<int> code { -1 };
    const CancelToken token = client.run<AppendOutcome>(
        interactive, this,
        [&](EventStore& store, const CancelToken&) {
            m_started.release();
            auto outcome = appendTo(store, QStringLiteral("s"));
            code = outcome.ok() ? -2 : int(outcome.error().code);
            return outcome;
        },
        [](const Result<AppendOutcome>&) {});
    QVERIFY(m_started.tryAcquire(1, 5000));
    QTest::qWait(50);
    token.cancel();
    QTRY_COMPARE(code.load(), int(ErrorCode::Cancelled));
}

void tst_StoreClientEnds::answerNeedsItsContext()
{
    StoreClient client;
    open(client);
    auto context = std::make_unique<QObject>();
    bool isAnswered = false;
    client.run<int>(
        interactive, context.get(),
        [](EventStore&, const CancelToken&) -> Result<int> { return 1; },
        [&](const Result<int>&) { isAnswered = true; });
    context.reset();
    wait(client, interactive);
    QVERIFY(!isAnswered);
}

void tst_StoreClientEnds::closedStoreDoesNotAnswer()
{
    StoreClient client;
    open(client);
    bool isAnswered = false;
    client.run<int>(
        interactive, this,
        [this](EventStore&, const CancelToken&) -> Result<int> {
            m_started.release();
            return 1;
        },
        [&](const Result<int>&) { isAnswered = true; });
    QVERIFY(m_started.tryAcquire(1, 5000));
    client.close();
    open(client);
    wait(client, interactive);
    QVERIFY(!isAnswered);
}

void tst_StoreClientEnds::openReplacesTheStore()
{
    make("a.eventlog", 3);
    make("b.eventlog", 7);
    StoreClient client;
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(path("a.eventlog"), OpenMode::ReadWrite);
    client.open(path("b.eventlog"), OpenMode::ReadWrite);
    QTRY_COMPARE(client.head(), 7);
    QTest::qWait(50);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), path("b.eventlog"));
    occupy(client, interactive);
    QVERIFY(m_started.tryAcquire(1, 5000));
    open(client, "a.eventlog");
    QCOMPARE(client.head(), 3);
    wait(client, interactive);
    wait(client, background);
}

void tst_StoreClientEnds::destructionEndsRunningJobs()
{
    make("a.eventlog", 20000);
    bool isAnswered = false;
    {
        StoreClient client;
        open(client);
        for (const auto lane : { interactive, background }) {
            occupy(client, lane);
            client.run<int>(
                lane, this, [](EventStore&, const CancelToken&) -> Result<int> { return 1; },
                [&](const Result<int>&) { isAnswered = true; });
        }
        QVERIFY(m_started.tryAcquire(2, 5000));
    }
    QCoreApplication::processEvents();
    QVERIFY(!isAnswered);
}

void tst_StoreClientEnds::aLaneWithoutConnectionFailsItsJobs_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("the file is gone") << false;
    QTest::newRow("another file is there") << true;
}

void tst_StoreClientEnds::aLaneWithoutConnectionFailsItsJobs()
{
    QFETCH(bool, isReplaced);
    make("a.eventlog", 3);
    make("b.eventlog", 7);
    StoreClient client;
    open(client);
    wait(client, background); // It has its connection.
    QSignalSpy closed(&client, &StoreClient::closed);
    QSignalSpy failed(&client, &StoreClient::failed);
    QVERIFY(QFile::rename(path(), path("kept")));
    if (isReplaced)
        QVERIFY(QFile::copy(path("b.eventlog"), path()));
    QList<ErrorCode> codes;
    const auto scan = [&] {
        client.run<Position>(
            StoreClient::Lane::Scan, this,
            [](EventStore& store, const CancelToken&) { return store.head(); },
            [&codes](const Result<Position>& head) {
                codes.append(head.ok() ? ErrorCode::Internal : head.error().code);
            });
    };
    scan();
    scan();
    const auto expected = isReplaced ? ErrorCode::InputOutput : ErrorCode::NotFound;
    QTRY_COMPARE(codes, QList<ErrorCode>({ expected, expected }));
    // The session lives on, and so does the lane when the file is there again.
    QVERIFY(client.isOpen());
    wait(client, interactive);
    wait(client, background);
    QFile::remove(path());
    QVERIFY(QFile::rename(path("kept"), path()));
    wait(client, StoreClient::Lane::Scan);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(failed.size(), 1); // That the file was replaced or moved.
    QCOMPARE(client.head(), 3);
}

void tst_StoreClientEnds::replacedFileIsTold()
{
    make("a.eventlog", 3);
    make("b.eventlog", 7);
    StoreClient client;
    open(client);
    QSignalSpy failed(&client, &StoreClient::failed);
    QVERIFY(!client.isReplaced());
    QCOMPARE(std::rename(qPrintable(path("b.eventlog")), qPrintable(path())), 0);
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<Error>();
    QCOMPARE(error.code, ErrorCode::InputOutput);
    QVERIFY(error.message.contains(path()));
    QVERIFY(error.message.contains(QStringLiteral("open it again")));
    QVERIFY(client.isOpen() && client.isReplaced());
    client.checkForGrowth();
    wait(client, interactive);
    QCOMPARE(failed.size(), 1);
    open(client);
    QVERIFY(!client.isReplaced());
    QCOMPARE(client.head(), 7);
    client.checkForGrowth();
    wait(client, interactive);
    QCOMPARE(failed.size(), 1);
}

/// Whoever opens the new file has the same log beside it as the one that is open has.
void tst_StoreClientEnds::whatIsWrittenToTheNewFileStays()
{
    make("a.eventlog", 300);
    make("b.eventlog", 500);
    auto client = std::make_unique<StoreClient>();
    open(*client);
    QSignalSpy failed(client.get(), &StoreClient::failed);
    QVERIFY(QFile::remove(path("a.eventlog.head")) && QFile::remove(path("b.eventlog.head")));
    QVERIFY(QFile::rename(path(), path("kept.eventlog")));
    QVERIFY(QFile::rename(path("b.eventlog"), path()));
    const auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(other && appendTo(**other, QStringLiteral("s")));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(client->isReplaced());
    client.reset(); // What reads the former file has ended then, unlike after close().
    QCOMPARE(*(*other)->head(), 501);
    const auto faultsOf = [](EventStore& store) {
        int faults = 0;
        (void)store.verify(
            CancelToken(), [](Position) {}, [&](const StoreFault&) { ++faults; });
        return faults;
    };
    QCOMPARE(faultsOf(**other), 0);
    const auto kept = openStore(path("kept.eventlog"), OpenMode::ReadOnly);
    QCOMPARE(*(*kept)->head(), 300);
    QCOMPARE(faultsOf(**kept), 0);
}

/// As `cp` of an earlier copy does it: it is the same file and the same log, of other bytes.
void tst_StoreClientEnds::shortenedFileIsTold()
{
    make("a.eventlog", 5);
    QVERIFY(QFile::copy(path(), path("b.eventlog")));
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        for (int i = 0; i < 15; ++i)
            QVERIFY(appendTo(**store, QStringLiteral("s")));
    }
    StoreClient client;
    open(client);
    QSignalSpy failed(&client, &StoreClient::failed);
    QSignalSpy grown(&client, &StoreClient::headChanged);
    QFile backup(path("b.eventlog"));
    QFile file(path());
    QVERIFY(backup.open(QIODevice::ReadOnly));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QVERIFY(file.write(backup.readAll()) == backup.size());
    file.close();
    QVERIFY(QFile::remove(path("a.eventlog.head")));
    // SQLite knows of what other connections to it write, and of nothing else.
    const auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(other && appendTo(**other, QStringLiteral("s")));
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<Error>();
    QVERIFY2(error.message.contains(QStringLiteral("event 20, and ends at event ")),
        qPrintable(error.message));
    QVERIFY(client.isReplaced());
    client.checkForGrowth();
    wait(client, interactive);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(grown.size(), 0);
}

QTEST_GUILESS_MAIN(tst_StoreClientEnds)
#include "tst_storeclientends.moc"
