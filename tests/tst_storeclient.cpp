#include "store/storeclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace eventloupe;

namespace {

constexpr auto interactive = StoreClient::Lane::Interactive;
constexpr auto background = StoreClient::Lane::Background;

NewEvent makeEvent(const char* type)
{
    return { QString::fromUtf8(type), "{}", "{}", { 1 }, QString() };
}

Result<AppendOutcome> appendTo(EventStore& store, const QString& stream)
{
    return store.append({ stream, ExpectedVersion::any(), { makeEvent("E") } });
}

} // namespace

/// The one thread hop: jobs, answers, growth and ends.
class tst_StoreClient final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void opensAndTells();
    void missingStoreFails();
    void answersArriveHere();
    void jobsWhileClosedAreDropped();
    void lanesDoNotWaitForEachOther();
    void scansRunSideBySide();
    void cancelledJobIsNotRun();
    void jobsOfALaneAreCounted();
    void cancelledAnswerIsNotGiven();
    void cancelEndsARunningRead();
    void cancelEndsAWaitForTheLock();
    void ownAppendGrowsBeforeTheAnswer();
    void bulkOnTheBackgroundGrows();
    void growthByOthersIsSeen();
    void answerNeedsItsContext();
    void closedStoreDoesNotAnswer();
    void openReplacesTheStore();
    void destructionEndsRunningJobs();
    void readOnlyReasonAndFaultAreTold();

private:
    QString path(const char* name = "a.eventlog") const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    void make(const char* name, int events);
    void open(StoreClient& client, const char* name = "a.eventlog");
    /// A job that runs until it is released or cancelled.
    CancelToken occupy(StoreClient& client, StoreClient::Lane lane);
    void wait(StoreClient& client, StoreClient::Lane lane);

    std::unique_ptr<QTemporaryDir> m_folder;
    QSemaphore m_started;
};

void tst_StoreClient::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_started.tryAcquire(m_started.available());
}

void tst_StoreClient::make(const char* name, int events)
{
    const auto store = openStore(path(name), OpenMode::Create);
    QVERIFY(store);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    for (int i = 0; i < events; ++i)
        QVERIFY((*bulk)->add(QStringLiteral("s-%1").arg(i % 1000), makeEvent("E")));
    QVERIFY((*bulk)->commit({}));
}

void tst_StoreClient::open(StoreClient& client, const char* name)
{
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(path(name), OpenMode::Create);
    QTRY_COMPARE(opened.size(), 1);
}

CancelToken tst_StoreClient::occupy(StoreClient& client, StoreClient::Lane lane)
{
    return client.run<int>(
        lane, this,
        [this](EventStore&, const CancelToken& cancel) -> Result<int> {
            m_started.release();
            while (!cancel.isCancelled())
                QThread::msleep(1);
            return 0;
        },
        [](const Result<int>&) {});
}

void tst_StoreClient::wait(StoreClient& client, StoreClient::Lane lane)
{
    bool isDone = false;
    client.run<int>(
        lane, this, [](EventStore&, const CancelToken&) -> Result<int> { return 0; },
        [&isDone](const Result<int>&) { isDone = true; });
    QTRY_VERIFY(isDone);
}

void tst_StoreClient::opensAndTells()
{
    make("a.eventlog", 5);
    StoreClient client;
    QVERIFY(!client.isOpen());
    QSignalSpy closed(&client, &StoreClient::closed);
    open(client);
    QVERIFY(client.isOpen());
    QCOMPARE(client.head(), 5);
    QCOMPARE(client.location(), path());
    QVERIFY(client.readOnlyReason().isEmpty());
    QVERIFY(client.openingFault().isEmpty());
    client.close();
    QVERIFY(!client.isOpen());
    QCOMPARE(client.head(), 0);
    QCOMPARE(closed.size(), 1);
}

void tst_StoreClient::missingStoreFails()
{
    StoreClient client;
    QSignalSpy failed(&client, &StoreClient::failed);
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(path(), OpenMode::ReadWrite);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::NotFound);
    QVERIFY(!client.isOpen());
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(opened.size(), 0);
}

void tst_StoreClient::answersArriveHere()
{
    StoreClient client;
    open(client);
    QThread* answeredOn = nullptr;
    QThread* ranOn = nullptr;
    Position head = -1;
    client.run<Position>(
        interactive, this,
        [&ranOn](EventStore& store, const CancelToken&) {
            ranOn = QThread::currentThread();
            return store.head();
        },
        [&](const Result<Position>& result) {
            answeredOn = QThread::currentThread();
            head = result.ok() ? *result : -1;
        });
    QTRY_COMPARE(head, 0);
    QCOMPARE(answeredOn, thread());
    QVERIFY(ranOn != thread());
}

void tst_StoreClient::jobsWhileClosedAreDropped()
{
    StoreClient client;
    bool isAnswered = false;
    const auto post = [&] {
        client.run<int>(
            interactive, this, [](EventStore&, const CancelToken&) -> Result<int> { return 1; },
            [&](const Result<int>&) { isAnswered = true; });
    };
    post();
    open(client);
    wait(client, interactive);
    client.close();
    post();
    QTest::qWait(50);
    QVERIFY(!isAnswered);
}

void tst_StoreClient::lanesDoNotWaitForEachOther()
{
    StoreClient client;
    open(client);
    const CancelToken token = occupy(client, background);
    QVERIFY(m_started.tryAcquire(1, 5000));
    wait(client, interactive);
    token.cancel();
    wait(client, background);
}

void tst_StoreClient::scansRunSideBySide()
{
    StoreClient client;
    open(client);
    std::vector<CancelToken> tokens;
    for (int i = 0; i < StoreClient::scanWidth(); ++i)
        tokens.push_back(occupy(client, StoreClient::Lane::Scan));
    QVERIFY(m_started.tryAcquire(StoreClient::scanWidth(), 5000));
    // And the other lanes are free.
    wait(client, interactive);
    wait(client, background);
    tokens.front().cancel();
    wait(client, StoreClient::Lane::Scan);
    for (const CancelToken& token : tokens)
        token.cancel();
}

void tst_StoreClient::jobsOfALaneAreCounted()
{
    StoreClient client;
    QCOMPARE(client.jobCount(interactive), 0);
    open(client);
    const CancelToken running = occupy(client, interactive);
    const CancelToken waiting = occupy(client, interactive);
    QCOMPARE(client.jobCount(interactive), 2);
    QCOMPARE(client.jobCount(StoreClient::Lane::Background), 0);
    waiting.cancel();
    running.cancel();
    QTRY_COMPARE(client.jobCount(interactive), 0);
}

void tst_StoreClient::cancelledJobIsNotRun()
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

void tst_StoreClient::cancelledAnswerIsNotGiven()
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

void tst_StoreClient::cancelEndsARunningRead()
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

void tst_StoreClient::cancelEndsAWaitForTheLock()
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

void tst_StoreClient::ownAppendGrowsBeforeTheAnswer()
{
    StoreClient client;
    open(client);
    QSignalSpy grown(&client, &StoreClient::headChanged);
    Position headAtAnswer = -1;
    client.run<AppendOutcome>(
        interactive, this,
        [](EventStore& store, const CancelToken&) { return appendTo(store, QStringLiteral("s")); },
        [&](const Result<AppendOutcome>& outcome) {
            headAtAnswer = outcome.ok() ? client.head() : -2;
        });
    QTRY_COMPARE(headAtAnswer, 1);
    QCOMPARE(grown.size(), 1);
    QCOMPARE(grown.first().first().value<Position>(), 1);
}

void tst_StoreClient::bulkOnTheBackgroundGrows()
{
    StoreClient client;
    open(client);
    Position headAtAnswer = -1;
    client.run<Appended>(
        background, this,
        [](EventStore& store, const CancelToken& cancel) -> Result<Appended> {
            const auto bulk = store.beginBulk();
            if (!bulk)
                return bulk.error();
            for (int i = 0; i < 10; ++i)
                if (const auto added = (*bulk)->add(QStringLiteral("s"), makeEvent("E")); !added)
                    return added.error();
            return (*bulk)->commit(cancel);
        },
        [&](const Result<Appended>& appended) {
            headAtAnswer = appended.ok() ? client.head() : -2;
        });
    QTRY_COMPARE(headAtAnswer, 10);
}

void tst_StoreClient::growthByOthersIsSeen()
{
    StoreClient client;
    open(client);
    QSignalSpy grown(&client, &StoreClient::headChanged);
    const auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(other);
    for (int i = 1; i <= 20; ++i)
        QVERIFY(appendTo(**other, QStringLiteral("s")));
    QTRY_COMPARE(client.head(), 20);
    // Each signal tells a newer head than the one before it, and the last tells the last.
    Position last = 0;
    for (const auto& signal : grown) {
        QVERIFY(signal.first().value<Position>() > last);
        last = signal.first().value<Position>();
    }
    QCOMPARE(last, 20);
    QVERIFY(appendTo(**other, QStringLiteral("s")));
    client.checkForGrowth();
    QTRY_COMPARE(client.head(), 21);
}

void tst_StoreClient::answerNeedsItsContext()
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

void tst_StoreClient::closedStoreDoesNotAnswer()
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

void tst_StoreClient::openReplacesTheStore()
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

void tst_StoreClient::destructionEndsRunningJobs()
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

void tst_StoreClient::readOnlyReasonAndFaultAreTold()
{
    make("a.eventlog", 3);
    make("b.eventlog", 5);
    QVERIFY(QFile::remove(path("a.eventlog.head")));
    QVERIFY(QFile::copy(path("b.eventlog.head"), path("a.eventlog.head")));
    StoreClient client;
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(path(), OpenMode::ReadOnly);
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(!client.readOnlyReason().isEmpty());
    QVERIFY(client.openingFault().contains(QStringLiteral("events 4 to 5")));
    ErrorCode code = ErrorCode::Internal;
    client.run<AppendOutcome>(
        interactive, this,
        [](EventStore& store, const CancelToken&) { return appendTo(store, QStringLiteral("s")); },
        [&](const Result<AppendOutcome>& outcome) { code = outcome.error().code; });
    QTRY_COMPARE(code, ErrorCode::ReadOnly);
}

QTEST_GUILESS_MAIN(tst_StoreClient)
#include "tst_storeclient.moc"
