#include "postgres/postgreseventstore.h"
#include "store/storeclient.h"
#include "support/postgresserver.h"
#include "support/storecontract.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

/// What a PostgreSQL store does when its server or the way there fails.
class tst_PostgresFaults final : public QObject {
    Q_OBJECT

    using Store = std::unique_ptr<EventStore>;

private slots:
    void initTestCase() { QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure())); }
    void readsOutliveARestart();
    void serverThatIsGoneIsTold();
    void scanGoesOnAfterACut();
    void silentServerEndsACall();
    void interruptEndsReconnecting();
    void replacedStoreIsNoticed();
    void lostTailIsNoticed();
    void standbyIsRead();
    void appendIsSettledByItsIds();
    void clientStaysOpen();

private:
    /// A server that answers may be slow to, beside other tests; where silence is meant, a test
    /// says how long it may last.
    static constexpr PostgresEventStore::Patience quick { 10'000ms, 20'000ms, 10'000ms };
    static constexpr PostgresEventStore::Patience impatient { 300ms, 300ms, 500ms };

    [[nodiscard]] static Store opened(const QString& location, OpenMode mode = OpenMode::Create,
        const PostgresEventStore::Patience& patience = quick)
    {
        auto store = PostgresEventStore::open(location, mode, patience);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    /// Opened with little patience, and once more where a busy machine has not answered.
    [[nodiscard]] static Store openedImpatient(const QString& location)
    {
        (void)opened(location);
        auto store = PostgresEventStore::open(location, OpenMode::ReadWrite, impatient);
        for (int attempts = 1; !store && attempts < 20; ++attempts)
            store = PostgresEventStore::open(location, OpenMode::ReadWrite, impatient);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    static NewEvent event(int number)
    {
        return StoreContract::makeEvent("E", "{}", QByteArray("id-" + QByteArray::number(number)));
    }

    PostgresServer m_server;
};

void tst_PostgresFaults::readsOutliveARestart()
{
    const Store store = opened(m_server.location(QStringLiteral("restart")));
    StoreContract::append(*store, "s", { event(1) });
    QStringList troubles;
    std::atomic<int> waits = 0;
    dynamic_cast<AnnouncingStore&>(*store).setNotices(
        { {}, [&troubles](const QString& trouble) { troubles.append(trouble.left(12)); },
            [&waits](std::chrono::milliseconds time) { waits += time > 0ms && time <= 2'000ms; } });
    QVERIFY(m_server.command("kill"));
    QVERIFY(!store->head()); // Does not wait.
    QVERIFY(dynamic_cast<AnnouncingStore&>(*store).isTroubled());
    Result<QList<Event>> read = Error {};
    std::thread reader([&] { read = store->readLog(1, 10); });
    const bool isStarted = m_server.command("start");
    reader.join();
    QVERIFY(isStarted);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->size(), 1);
    QVERIFY(waits > 0);
    QCOMPARE(troubles, QStringList({ QStringLiteral("Reconnecting"), QString() }));
    QCOMPARE(StoreContract::append(*store, "s", { event(2) }).last, 2);
    dynamic_cast<AnnouncingStore&>(*store).setNotices({});
}

void tst_PostgresFaults::serverThatIsGoneIsTold()
{
    const QString location = m_server.location(QStringLiteral("gone"));
    const Store store = openedImpatient(location);
    QVERIFY(m_server.command("kill"));
    const auto read = store->readLog(1, 10);
    const auto append
        = store->append({ QStringLiteral("s"), ExpectedVersion::any(), { event(1) } });
    const auto bulk = store->beginBulk();
    const auto second = PostgresEventStore::open(location, OpenMode::ReadOnly, impatient);
    QVERIFY(m_server.command("start"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InputOutput);
    QVERIFY(read.error().message.contains(QString::number(m_server.port())));
    QVERIFY(!append && append.error().code == ErrorCode::InputOutput);
    QVERIFY(!bulk && bulk.error().code == ErrorCode::InputOutput);
    QVERIFY(!second && second.error().code == ErrorCode::InputOutput);
    QTRY_VERIFY(store->head().ok());
    QCOMPARE(StoreContract::append(*store, "s", { event(1) }).last, 1);
}

/// The snapshot stays the one that the scan began with.
void tst_PostgresFaults::scanGoesOnAfterACut()
{
    const QString location = m_server.location(QStringLiteral("cut"));
    const Store store = opened(location);
    QList<NewEvent> events;
    for (int i = 0; i < 3'000; ++i)
        events.append(event(i));
    StoreContract::append(*store, "s", events);
    Position last = 0;
    bool isInOrder = true;
    bool isCut = false;
    const auto scanned = store->scanLog(1, 1'000'000, {}, {}, [&](const EventView& view) {
        isInOrder = isInOrder && view.position == ++last;
        if (last == 100) {
            isCut = m_server.command("cut");
            StoreContract::append(*opened(location), "s", { event(-1) });
        }
        return true;
    });
    QVERIFY2(scanned, qPrintable(scanned ? QString() : scanned.error().message));
    QVERIFY(isCut && isInOrder);
    QCOMPARE(last, 3'000);
}

void tst_PostgresFaults::silentServerEndsACall()
{
    const Store store = openedImpatient(m_server.location(QStringLiteral("silent")));
    QVERIFY(m_server.command("stop"));
    const auto read = store->readLog(1, 10);
    const auto append
        = store->append({ QStringLiteral("s"), ExpectedVersion::any(), { event(1) } });
    QVERIFY(m_server.command("continue"));
    QVERIFY(!read);
    QVERIFY(!append);
    QTRY_VERIFY(store->head().ok());
}

void tst_PostgresFaults::interruptEndsReconnecting()
{
    const Store store = opened(
        m_server.location(QStringLiteral("stopped")), OpenMode::Create, { 60'000ms, 60'000ms, 1s });
    QVERIFY(m_server.command("kill"));
    std::atomic<bool> isOver = false;
    std::thread interrupter([&] {
        while (!isOver) {
            std::this_thread::sleep_for(100ms);
            store->interrupt();
        }
    });
    const auto read = store->readLog(1, 10);
    isOver = true;
    interrupter.join();
    QVERIFY(m_server.command("start"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Cancelled);
}

void tst_PostgresFaults::replacedStoreIsNoticed()
{
    const QString location = m_server.location(QStringLiteral("replaced"));
    const Store store = opened(location);
    QCOMPARE(m_server.run("DROP SCHEMA replaced CASCADE"), QString());
    (void)opened(location);
    QVERIFY(m_server.command("cut"));
    const auto read = store->readLog(1, 10);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Corrupt);
    QVERIFY(read.error().message.contains(QStringLiteral("replaced")));
}

/// As after a restore, or where a standby that was behind took over.
void tst_PostgresFaults::lostTailIsNoticed()
{
    const Store store = opened(m_server.location(QStringLiteral("tail")));
    StoreContract::append(*store, "s", { event(1), event(2) });
    QCOMPARE(store->head().value(), 2);
    QCOMPARE(m_server.run("SET search_path TO tail; ALTER TABLE event DISABLE TRIGGER ALL;"
                          "DELETE FROM event WHERE position = 2"),
        QString());
    QVERIFY(m_server.command("cut"));
    const auto read = store->readLog(1, 10);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Corrupt);
    QVERIFY(read.error().message.contains(QStringLiteral("event 2")));
}

void tst_PostgresFaults::standbyIsRead()
{
    const Store store = opened(m_server.location(QStringLiteral("read")));
    StoreContract::append(*store, "s", { event(1) });
    const PostgresServer standby(m_server);
    QVERIFY2(standby.failure().isEmpty(), qPrintable(standby.failure()));

    const Store alone = opened(standby.location(QStringLiteral("read")), OpenMode::ReadWrite);
    QVERIFY(alone->readOnlyReason().contains(QStringLiteral("standby")));
    QCOMPARE(alone->head().value(), 1);
    const auto refused
        = alone->append({ QStringLiteral("s"), ExpectedVersion::any(), { event(2) } });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ReadOnly);

    // Reads from the standby, writes to the primary, and sees what it wrote.
    const Store both = opened(QStringLiteral("postgresql://eventloupe@127.0.0.1:%1,127.0.0.1:%2/"
                                             "postgres?schema=read")
                                  .arg(standby.port())
                                  .arg(m_server.port()),
        OpenMode::ReadWrite);
    QCOMPARE(both->readOnlyReason(), QString());
    QCOMPARE(StoreContract::append(*both, "s", { event(2) }).last, 2);
    QCOMPARE(both->head().value(), 2);
    QCOMPARE(store->head().value(), 2);
    const Store create = opened(QStringLiteral("postgresql://eventloupe@127.0.0.1:%1,127.0.0.1:%2/"
                                               "postgres?schema=made")
                                    .arg(standby.port())
                                    .arg(m_server.port()));
    QCOMPARE(StoreContract::append(*create, "s", { event(1) }).last, 1);
}

/// Sessions are cut again and again while events are appended: each comes to be stored once.
void tst_PostgresFaults::appendIsSettledByItsIds()
{
    const QString location = m_server.location(QStringLiteral("settled"));
    const Store store = opened(location);
    // As many events as it takes for the cuts, on a quick machine too.
    constexpr int leastEvents = 150;
    constexpr int mostEvents = 50'000;
    constexpr int leastCuts = 5;
    std::atomic<bool> isOver = false;
    std::atomic<int> cuts = 0;
    int count = 0;
    int wrong = 0;
    std::thread writer([&] {
        while (count < leastEvents || (cuts < leastCuts && count < mostEvents)) {
            const int i = ++count;
            const auto outcome = store->append(
                { QStringLiteral("s"), ExpectedVersion::exactly(i - 1), { event(i) } });
            const auto* appended = outcome ? std::get_if<Appended>(&*outcome) : nullptr;
            wrong += appended && appended->version == i && !appended->wasStoredBefore ? 0 : 1;
        }
        isOver = true;
    });
    while (!isOver) {
        std::this_thread::sleep_for(60ms);
        cuts += m_server.command("cut") ? 1 : 0;
    }
    writer.join();
    QCOMPARE(wrong, 0);
    QVERIFY(cuts >= leastCuts);
    QCOMPARE(opened(location)->head().value(), count);
    QCOMPARE(StoreContract::faults(*opened(location)), QStringList());
}

/// The window's side: an outage is a state, not the end of the store.
void tst_PostgresFaults::clientStaysOpen()
{
    addPostgresStores();
    const QString location = m_server.location(QStringLiteral("client"));
    StoreClient client;
    QSignalSpy closed(&client, &StoreClient::closed);
    QSignalSpy failed(&client, &StoreClient::failed);
    client.open(location, OpenMode::Create);
    QTRY_VERIFY(client.isOpen());
    QCOMPARE(client.trouble(), QString());
    QVERIFY(m_server.command("kill"));
    QTRY_VERIFY_WITH_TIMEOUT(!client.trouble().isEmpty(), 10'000);
    QVERIFY(client.isOpen());
    QVERIFY(m_server.command("start"));
    QTRY_VERIFY_WITH_TIMEOUT(client.trouble().isEmpty(), 15'000);
    StoreContract::append(*opened(location), "s", { event(1) });
    QTRY_COMPARE(client.head(), 1);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(tst_PostgresFaults)
#include "tst_postgresfaults.moc"
