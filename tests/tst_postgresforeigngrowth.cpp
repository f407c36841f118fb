#include "postgres/postgresconnection.h"
#include "server/postgresforeigndatabase.h"
#include "server/serverstores.h"
#include "store/storeclient.h"
#include "support/scratchdatabase.h"
#include "time/cursorframe.h"

#include <QSignalSpy>
#include <QTest>

#include <random>
#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

namespace {

/// Of @rotorsoft/act (npm: @rotorsoft/act-pg), whose ids come from a sequence.
const QByteArray actTables
    = "CREATE TABLE events(id serial PRIMARY KEY, name varchar NOT NULL, data jsonb,"
      " stream varchar NOT NULL, version int NOT NULL, created timestamptz DEFAULT now(),"
      " meta jsonb);";

QByteArray insert(const QByteArray& stream, int version)
{
    return "INSERT INTO events(name, data, stream, version, meta) VALUES('E', '{\"v\": "
        + QByteArray::number(version) + "}', '" + stream + "', " + QByteArray::number(version)
        + ", '{}');";
}

QList<qint64> originsOf(EventStore& store)
{
    QList<qint64> numbers;
    const auto scanned = store.scanLog(
        1, *store.head(), ScanColumn::Origin, {}, [&numbers](const EventView& event) {
            const QByteArray origin = toBytes(event.origin);
            numbers.append(
                origin.mid(int(sizeof "{\"position\":") - 1).split(',').first().toLongLong());
            return true;
        });
    if (!scanned)
        qFatal("%s", qPrintable(scanned.error().message));
    return numbers;
}

} // namespace

/// Logs on a server that grow while they are read: nothing is missed, nothing shifted.
class tst_PostgresForeignGrowth final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
    }
    void init()
    {
        m_database = std::make_unique<ScratchDatabase>(m_server);
        m_database->run(actTables);
    }
    void cleanup() { m_database.reset(); }
    void changesAreSeenWhenTheyAreVisible();
    void growthIsFollowed();
    void gapsAreWaitedAtUntilTheirTransactionsEnd();
    void numbersTakenBeforeTheTransactionHasOneAreWaitedFor();
    void oldGapsAreNotWaitedFor();
    void writersThatCommitOutOfOrderAreReadInOrder();
    void outageIsToldAndPasses();

private:
    PostgresServer m_server;
    std::unique_ptr<ScratchDatabase> m_database;
};

void tst_PostgresForeignGrowth::changesAreSeenWhenTheyAreVisible()
{
    const auto database = PostgresForeignDatabase::open(m_database->location());
    QVERIFY(database);
    QVERIFY(!*(*database)->hasChanged());
    const auto writer = m_database->connect();
    QVERIFY(writer->execute("BEGIN;" + insert("a-1", 0)));
    (void)(*database)->hasChanged();
    QVERIFY(writer->execute("COMMIT"));
    QVERIFY(*(*database)->hasChanged());
    QVERIFY(!*(*database)->hasChanged());
}

void tst_PostgresForeignGrowth::growthIsFollowed()
{
    const auto store = openCounted(m_database->location());
    QCOMPARE(store->library(), QStringLiteral("act"));
    QCOMPARE(*store->head(), 0);
    m_database->run(insert("a-1", 0) + insert("a-1", 1));
    QTRY_COMPARE(*store->head(), 2);
    QVERIFY(*store->hasChanged());
    QCOMPARE(lineOf(store->readLog(2, 1)->value(0)), QStringLiteral("a-1@2 E {\"v\": 1}"));
    // The session is lost, and comes again by itself.
    QVERIFY(m_server.command("cut"));
    m_database->run(insert("a-1", 2));
    QTRY_COMPARE_WITH_TIMEOUT(*store->head(), 3, 20'000);
    QCOMPARE(store->readLog(3, 1)->size(), 1);
}

void tst_PostgresForeignGrowth::gapsAreWaitedAtUntilTheirTransactionsEnd()
{
    m_database->run(insert("a-1", 0) + insert("a-1", 1));
    const auto store = openCounted(m_database->location());
    QCOMPARE(*store->head(), 2);
    const auto late = m_database->connect();
    const auto rolledBack = m_database->connect();
    QVERIFY(late->execute("BEGIN;" + insert("late-1", 0))); // 3
    QVERIFY(rolledBack->execute("BEGIN;" + insert("never-1", 0))); // 4
    m_database->run(insert("b-1", 0)); // 5
    // Nothing behind the gap, however long it takes.
    QTest::qWait(1'000);
    QCOMPARE(*store->head(), 2);
    QVERIFY(late->execute("COMMIT"));
    QTRY_COMPARE(*store->head(), 3);
    QCOMPARE(store->readLog(3, 1)->value(0).stream, QStringLiteral("late-1"));
    QTest::qWait(500);
    QCOMPARE(*store->head(), 3);
    // A gap that nobody can fill any more is passed.
    QVERIFY(rolledBack->execute("ROLLBACK"));
    QTRY_COMPARE(*store->head(), 4);
    QCOMPARE(originsOf(*store), QList<qint64>({ 1, 2, 3, 5 }));
    QVERIFY(store->counting().fault.isEmpty());
}

/// A sequence gives its number before the transaction has one of its own, by which it could be
/// waited for: the lock that it holds on the table tells.
void tst_PostgresForeignGrowth::numbersTakenBeforeTheTransactionHasOneAreWaitedFor()
{
    m_database->run(insert("a-1", 0));
    const auto store = openCounted(m_database->location());
    const auto slow = m_database->connect();
    QVERIFY(slow->execute("BEGIN; LOCK TABLE events IN ROW EXCLUSIVE MODE;"
                          " SELECT nextval('events_id_seq')")); // 2
    QCOMPARE(slow->query("SELECT txid_current_if_assigned() IS NULL")->boolean(0, 0), true);
    m_database->run(insert("b-1", 0)); // 3
    QTest::qWait(700);
    QCOMPARE(*store->head(), 1);
    QVERIFY(slow->execute("INSERT INTO events(id, name, data, stream, version, meta)"
                          " VALUES(2, 'E', '{}', 'slow-1', 0, '{}'); COMMIT"));
    QTRY_COMPARE(*store->head(), 3);
    QCOMPARE(originsOf(*store), QList<qint64>({ 1, 2, 3 }));
}

void tst_PostgresForeignGrowth::oldGapsAreNotWaitedFor()
{
    m_database->run("INSERT INTO events(id, name, data, stream, version, meta)"
                    " SELECT i * 3, 'E', '{}', 's-' || i % 7, i / 7, '{}'"
                    " FROM generate_series(1, 30000) AS i; SELECT setval('events_id_seq', 90000)");
    const auto store = openCounted(m_database->location());
    QCOMPARE(*store->head(), 30'000);
    for (const Position position : { 1, 2, 255, 256, 257, 4096, 4097, 29'999, 30'000 })
        QVERIFY(store->readLog(position, 1)
                    ->value(0)
                    .origin.startsWith("{\"position\":" + QByteArray::number(position * 3) + ","));
}

void tst_PostgresForeignGrowth::writersThatCommitOutOfOrderAreReadInOrder()
{
    constexpr int writers = 8;
    constexpr int transactions = 120;
    const auto store = openCounted(m_database->location());
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer] {
            std::mt19937 random(static_cast<unsigned>(writer) + 1);
            const auto connection = m_database->connect();
            int version = 0;
            for (int i = 0; i < transactions; ++i) {
                if (!connection->execute(
                        "BEGIN;" + insert("w-" + QByteArray::number(writer), version)))
                    qFatal("insert failed");
                std::this_thread::sleep_for(std::chrono::microseconds(random() % 6'000));
                const bool isKept = random() % 5 != 0;
                if (!connection->execute(isKept ? "COMMIT" : "ROLLBACK"))
                    qFatal("commit failed");
                version += isKept ? 1 : 0;
            }
        });
    }
    // What was seen once stays where it was.
    QList<QString> seen;
    for (int rounds = 0; rounds < 40; ++rounds) {
        const auto events = store->readLog(seen.size() + 1, 500);
        QVERIFY2(events, qPrintable(events ? QString() : events.error().message));
        for (const Event& event : *events)
            seen.append(lineOf(event) + QString::fromUtf8(event.origin));
        QTest::qWait(20);
    }
    for (std::thread& thread : threads)
        thread.join();
    const auto count = m_database->connect()->query("SELECT count(*) FROM events")->integer(0, 0);
    QTRY_COMPARE_WITH_TIMEOUT(*store->head(), count, 20'000);
    const QList<qint64> origins = originsOf(*store);
    const auto expected = m_database->connect()->query("SELECT id FROM events ORDER BY id");
    QCOMPARE(origins.size(), expected->rows());
    for (int row = 0; row < expected->rows(); ++row)
        QCOMPARE(origins.at(row), expected->integer(row, 0));
    const auto whole = store->readLog(1, static_cast<int>(count));
    for (qsizetype i = 0; i < seen.size(); ++i)
        QCOMPARE(lineOf(whole->at(i)) + QString::fromUtf8(whole->at(i).origin), seen.at(i));
    QVERIFY(store->counting().fault.isEmpty());
}

/// As one of a store of our own: the window hears of it, and of its end, without asking for rows.
void tst_PostgresForeignGrowth::outageIsToldAndPasses()
{
    m_database->run(insert("a-1", 0) + insert("a-1", 1));
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame(client, cursor);
    client.open(m_database->location(), OpenMode::ReadOnly);
    QTRY_VERIFY(client.isOpen());
    QTRY_COMPARE(client.head(), 2);
    cursor.setHead(2);
    QTRY_VERIFY(!client.status().server.name.isEmpty());
    const QSignalSpy failed(&client, &StoreClient::failed);
    for (const bool isAsked : { false, true }) {
        cursor.moveTo(2);
        QTRY_VERIFY(frame.event() && frame.position() == 2);
        QVERIFY(m_server.command("kill"));
        QTRY_VERIFY(client.trouble().startsWith(QStringLiteral("Reconnecting: ")));
        QTRY_VERIFY(client.nextTry().remainingTime() > 0);
        cursor.moveTo(1);
        QTRY_COMPARE(frame.position(), 1);
        QVERIFY(!frame.event());
        QVERIFY(m_server.command("start"));
        if (isAsked)
            client.tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(client.trouble(), QString(), 10'000);
        QTRY_VERIFY(frame.event()); // What could not be read meanwhile is read now.
    }
    m_database->run(insert("a-1", 2));
    QTRY_COMPARE(client.head(), 3);
    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(tst_PostgresForeignGrowth)
#include "tst_postgresforeigngrowth.moc"
