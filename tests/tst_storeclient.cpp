#include "support/clientjobs.h"

#include <QFile>

using namespace eventloupe;

/// The one thread hop: jobs, answers, growth and ends.
class tst_StoreClient final : public QObject, private ClientJobs {
    Q_OBJECT

private slots:
    void init() { renew(); }
    void opensAndTells();
    void missingStoreFails();
    void answersArriveHere();
    void jobsWhileClosedAreDropped();
    void lanesDoNotWaitForEachOther();
    void scansRunSideBySide();
    void jobsOfALaneAreCounted();
    void ownAppendGrowsBeforeTheAnswer();
    void bulkOnTheBackgroundGrows();
    void growthByOthersIsSeen();
    void readOnlyReasonAndFaultAreTold();
};

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
