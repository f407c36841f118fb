#include "postgres/postgreseventstore.h"
#include "support/postgresserver.h"
#include "support/storecontract.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

namespace {

/// Commits that wait, as long as this lives, for a standby that never comes, until somebody cancels
/// them; they are committed then all the same. One that notifies waits from the beginning, and
/// keeps others that notify from committing, until letGo().
class HeldCommits final {
public:
    explicit HeldCommits(const PostgresServer& server)
        : m_server(server)
    {
        m_failure = m_server.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        reload();
        // The server takes its time to heed it: again, until one waits.
        m_notifying = std::thread([this] {
            while (!m_isHeld && m_failure.isEmpty())
                // What writes nothing does not wait.
                (void)m_server.run("COMMENT ON SCHEMA public IS 'held'; NOTIFY somebody");
        });
        m_isHeld = comesTo("wait_event = 'SyncRep'");
    }
    ~HeldCommits()
    {
        letGo();
        (void)m_server.run("ALTER SYSTEM RESET synchronous_standby_names");
        reload();
    }
    Q_DISABLE_COPY_MOVE(HeldCommits)

    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// Waits for a session of which this holds.
    [[nodiscard]] bool comesTo(const QByteArray& condition) const
    {
        const QByteArray sql = "SELECT count(*) FROM pg_stat_activity WHERE " + condition;
        for (int i = 0; i < 1'000; ++i) {
            if (m_server.value(sql) == QLatin1String("1"))
                return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
    void letGo()
    {
        if (!m_notifying.joinable())
            return;
        m_isHeld = true;
        (void)m_server.run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                           " WHERE wait_event = 'SyncRep'");
        m_notifying.join();
    }

private:
    void reload() { (void)m_server.run("SELECT pg_reload_conf()"); }

    const PostgresServer& m_server;
    QString m_failure;
    std::atomic<bool> m_isHeld = false;
    std::thread m_notifying;
};

} // namespace

/// A cancel that falls into a commit: what is told is what is stored.
class tst_PostgresCommits final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure())); }
    void aLoadThatIsStoredIsNotCancelled();
    void aLoadThatIsNotStoredIsCancelled();
    void anAppendThatIsStoredIsNotCancelled();
    void anAppendThatIsNotStoredIsCancelled();

private:
    [[nodiscard]] std::unique_ptr<EventStore> made(const char* schema) const
    {
        auto store = PostgresEventStore::open(
            m_server.location(QString::fromLatin1(schema)), OpenMode::Create);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    /// Commits a load of three events, and cancels it when a session comes to `condition`.
    static Result<Appended> load(
        EventStore& store, const HeldCommits& held, const QByteArray& condition)
    {
        const auto bulk = store.beginBulk();
        if (!bulk)
            return bulk.error();
        for (int i = 0; i < 3; ++i)
            if (const auto added
                = (*bulk)->add(QStringLiteral("a-1"), StoreContract::makeEvent("A"));
                !added)
                return added.error();
        const CancelToken cancel;
        std::atomic<bool> isOver = false;
        // As a worker does for a job that is cancelled.
        std::thread canceller([&] {
            if (!held.comesTo(condition))
                return;
            cancel.cancel();
            for (; !isOver; std::this_thread::sleep_for(10ms))
                store.interrupt();
        });
        auto committed = (*bulk)->commit(cancel);
        isOver = true;
        canceller.join();
        return committed;
    }
    static Result<AppendOutcome> append(
        EventStore& store, const HeldCommits& held, const QByteArray& condition)
    {
        std::atomic<bool> isOver = false;
        std::thread canceller([&] {
            if (!held.comesTo(condition))
                return;
            for (; !isOver; std::this_thread::sleep_for(10ms))
                store.interrupt();
        });
        auto outcome = store.append({ QStringLiteral("a-1"), ExpectedVersion::any(),
            { StoreContract::makeEvent("A") } });
        isOver = true;
        canceller.join();
        return outcome;
    }

    PostgresServer m_server;
};

void tst_PostgresCommits::aLoadThatIsStoredIsNotCancelled()
{
    const auto store = made("stored");
    HeldCommits held(m_server);
    QVERIFY(held.isHeld());
    held.letGo();
    const auto committed = load(*store, held, "wait_event = 'SyncRep'");
    QVERIFY2(committed, qPrintable(committed ? QString() : committed.error().message));
    QCOMPARE(committed->first, 1);
    QCOMPARE(committed->last, 3);
    QTRY_COMPARE(store->head().value(), 3);
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

void tst_PostgresCommits::aLoadThatIsNotStoredIsCancelled()
{
    const auto store = made("cancelled");
    HeldCommits held(m_server);
    QVERIFY(held.isHeld());
    const auto committed = load(*store, held, "wait_event_type = 'Lock'");
    held.letGo();
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::Cancelled);
    QCOMPARE(committed.error().message, QStringLiteral("cancelled"));
    QTRY_COMPARE(store->head().value(), 0);
}

void tst_PostgresCommits::anAppendThatIsStoredIsNotCancelled()
{
    const auto store = made("appended");
    HeldCommits held(m_server);
    QVERIFY(held.isHeld());
    held.letGo();
    const auto outcome = append(*store, held, "wait_event = 'SyncRep'");
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(std::get<Appended>(*outcome).last, 1);
    QTRY_COMPARE(store->head().value(), 1);
}

/// The session is idle then, as after a commit.
void tst_PostgresCommits::anAppendThatIsNotStoredIsCancelled()
{
    const auto store = made("refused");
    HeldCommits held(m_server);
    QVERIFY(held.isHeld());
    const auto outcome = append(*store, held, "wait_event_type = 'Lock'");
    held.letGo();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    QTRY_COMPARE(store->head().value(), 0);
}

QTEST_GUILESS_MAIN(tst_PostgresCommits)
#include "tst_postgrescommits.moc"
