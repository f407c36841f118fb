#include "postgres/postgreseventstore.h"
#include "support/postgresserver.h"
#include "support/storecontract.h"

#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

/// Many writers of one store on PostgreSQL at once, and a primary that dies under them.
class tst_PostgresWriters final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_primary.failure().isEmpty(), qPrintable(m_primary.failure()));
    }
    void followerMissesNothing();
    void failoverLosesNothing();

private:
    static constexpr int writers = 16;
    using Store = std::unique_ptr<EventStore>;

    [[nodiscard]] static Store opened(const QString& location, OpenMode mode = OpenMode::ReadWrite)
    {
        auto store = PostgresEventStore::open(location, mode, { 30s, 60s, 20s });
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    static QList<NewEvent> batch(int writer, int number, int size)
    {
        QList<NewEvent> events;
        for (int i = 0; i < size; ++i)
            events.append({ QStringLiteral("E"), QByteArrayLiteral("{\"n\":1}"), {}, { number },
                QStringLiteral("%1-%2-%3").arg(writer).arg(number).arg(i) });
        return events;
    }

    PostgresServer m_primary;
};

/// Every commit is delayed by a random time on the server, between the writing and the commit:
/// where positions were given before, they would become visible out of order. A follower reads what
/// is new as soon as it is there, and must have seen all of it, each once, in order.
void tst_PostgresWriters::followerMissesNothing()
{
    constexpr Position total = 200'000;
    constexpr int size = 50;
    constexpr int batches = total / size / writers;
    const QString location = m_primary.location(QStringLiteral("many"));
    const Store follower = opened(location, OpenMode::Create);
    QCOMPARE(m_primary.run("SET search_path TO many;"
                           "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                           " PERFORM pg_sleep(random() * 0.003); RETURN NULL; END $$;"
                           "CREATE CONSTRAINT TRIGGER head_dawdles AFTER UPDATE ON head"
                           " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle()"),
        QString());
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            const Store store = opened(location);
            const QString stream = QStringLiteral("s-%1").arg(writer % 5);
            for (int i = 0; i < batches; ++i) {
                const auto outcome
                    = store->append({ stream, ExpectedVersion::any(), batch(writer, i, size) });
                refused += outcome && std::holds_alternative<Appended>(*outcome) ? 0 : 1;
            }
        });
    Position last = 0;
    QHash<QString, int> next; // The batch's number that is due of each writer.
    bool isInOrder = true;
    QString failure;
    while (last < total && refused == 0 && failure.isEmpty()) {
        const auto head = follower->head();
        const auto scanned = follower->scanLog(
            last + 1, head ? *head : 0, ScanColumn::Id, {}, [&](const EventView& event) {
                const QStringList id = QString::fromUtf8(toBytes(event.id)).split(u'-');
                int& due = next[id.value(0)];
                isInOrder = isInOrder && event.position == last + 1
                    && id.value(1).toInt() * size + id.value(2).toInt() == due;
                ++due;
                last = event.position;
                return true;
            });
        if (!head || !scanned)
            failure = head ? scanned.error().message : head.error().message;
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(failure, QString());
    QCOMPARE(refused, 0);
    QCOMPARE(last, total);
    QVERIFY(isInOrder);
    QCOMPARE(StoreContract::faults(*follower), QStringList());
}

/// kill -9 of the primary while everybody appends, and promotion of its synchronous standby: what
/// was acknowledged is there, once; what the writers go on with as well.
void tst_PostgresWriters::failoverLosesNothing()
{
    constexpr int batches = 60;
    constexpr int size = 3;
    PostgresServer standby(m_primary);
    QVERIFY2(standby.failure().isEmpty(), qPrintable(standby.failure()));
    QCOMPARE(m_primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'"), QString());
    QCOMPARE(m_primary.run("SELECT pg_reload_conf()"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(m_primary.value("SELECT sync_state FROM pg_stat_replication LIMIT 1"),
        QStringLiteral("sync"), 20'000);
    const QString location = QStringLiteral("postgresql://eventloupe@127.0.0.1:%1,127.0.0.1:%2/"
                                            "postgres?schema=failover&sslmode=disable")
                                 .arg(m_primary.port())
                                 .arg(standby.port());
    const Store store = opened(location, OpenMode::Create);
    std::atomic<int> acknowledged = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            const Store own = opened(location);
            const QString stream = QStringLiteral("s-%1").arg(writer);
            for (int i = 0; i < batches; ++i) {
                const auto outcome = own->append(
                    { stream, ExpectedVersion::exactly(i * size), batch(writer, i, size) });
                const auto* appended = outcome ? std::get_if<Appended>(&*outcome) : nullptr;
                if (appended && appended->version == (i + 1) * size)
                    ++acknowledged;
                else
                    ++wrong;
                if (!outcome)
                    qWarning("%s", qPrintable(outcome.error().message));
            }
        });
    while (acknowledged < writers * batches / 3 && wrong == 0)
        std::this_thread::sleep_for(1ms);
    const bool isKilled = m_primary.command("kill");
    const int before = acknowledged;
    const bool isPromoted = standby.command("promote");
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(isKilled && isPromoted);
    QVERIFY(before < writers * batches);
    QCOMPARE(wrong, 0);
    QCOMPARE(acknowledged, writers * batches);
    const Store after = opened(standby.location(QStringLiteral("failover")));
    QCOMPARE(after->head().value(), writers * batches * size);
    QCOMPARE(StoreContract::faults(*after), QStringList());
    // What was open all the time reads on.
    QTRY_VERIFY_WITH_TIMEOUT(store->head().ok(), 10'000);
    QCOMPARE(store->head().value(), writers * batches * size);
}

QTEST_GUILESS_MAIN(tst_PostgresWriters)
#include "tst_postgreswriters.moc"
