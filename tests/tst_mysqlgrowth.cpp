#include "mysql/mysqlconnection.h"
#include "server/mysqlforeigndatabase.h"
#include "server/serverstores.h"
#include "support/mariadbserver.h"
#include "support/scratchdatabase.h"

#include <QTest>

#include <random>
#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

namespace {

/// Of Spatie laravel-event-sourcing, whose ids are given before the transaction ends.
const QByteArray spatieTable
    = "CREATE TABLE stored_events(id bigint unsigned AUTO_INCREMENT PRIMARY KEY, aggregate_uuid"
      " varchar(36), aggregate_version bigint unsigned, event_version tinyint unsigned NOT NULL"
      " DEFAULT 1, event_class varchar(255) NOT NULL, event_properties json NOT NULL, meta_data"
      " json NOT NULL, created_at timestamp NOT NULL, UNIQUE (aggregate_uuid, "
      "aggregate_version));\n";

QByteArray insert(const QByteArray& stream, int version)
{
    return "INSERT INTO stored_events(aggregate_uuid, aggregate_version, event_class,"
           " event_properties, meta_data, created_at) VALUES('"
        + stream + "', " + QByteArray::number(version)
        + ", 'E', '{\"v\": " + QByteArray::number(version) + "}', '{}', '2026-01-05 08:00:00');\n";
}

void execute(MysqlConnection& connection, const QByteArray& sql)
{
    const QByteArray statement = sql.trimmed();
    const auto done
        = connection.query({ statement.constData(), static_cast<std::size_t>(statement.size()) });
    if (!done)
        qFatal("%s: %s", sql.constData(), qPrintable(done.error().message));
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

/// Logs on a MariaDB server that grow while they are read: nothing is missed, nothing shifted.
class tst_MysqlGrowth final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
    }
    void init()
    {
        m_database = std::make_unique<ScratchMariaDb>(m_server);
        m_database->run(spatieTable);
    }
    void cleanup() { m_database.reset(); }
    void changesAreSeenWhenTheyAreVisible();
    void growthIsFollowed();
    void gapsAreWaitedAtUntilTheirTransactionsEnd();
    void othersWhoLookDoNotHideTransactions();
    void withoutThePrivilegeTimeHasToDo();
    void oldGapsAreNotWaitedFor();
    void writersThatCommitOutOfOrderAreReadInOrder();

private:
    MariaDbServer m_server;
    std::unique_ptr<ScratchMariaDb> m_database;
};

void tst_MysqlGrowth::changesAreSeenWhenTheyAreVisible()
{
    const auto database = MysqlForeignDatabase::open(m_database->location());
    QVERIFY(database);
    const auto isQuiet = [&database] { return !*(*database)->hasChanged(); };
    QTRY_VERIFY(isQuiet());
    const auto writer = m_database->connect();
    execute(*writer, "BEGIN");
    execute(*writer, insert("a-1", 0));
    QTRY_VERIFY(isQuiet());
    execute(*writer, "COMMIT");
    QVERIFY(!isQuiet());
    QVERIFY(!isQuiet()); // And once more.
    QTRY_VERIFY(isQuiet());
    // Nobody counts what comes into a table of another engine.
    m_database->run("CREATE TABLE other(a int) ENGINE = MyISAM");
    const auto always = MysqlForeignDatabase::open(m_database->location());
    QTest::qWait(50);
    QVERIFY(*(*always)->hasChanged());
    QVERIFY(*(*always)->hasChanged());
    QVERIFY(*(*always)->hasChanged());
}

void tst_MysqlGrowth::growthIsFollowed()
{
    const auto store = openCounted(m_database->location());
    QCOMPARE(*store->head(), 0);
    m_database->run(insert("a-1", 1) + insert("a-1", 2));
    QTRY_COMPARE(*store->head(), 2);
    QVERIFY(*store->hasChanged());
    QCOMPARE(
        lineOf(store->readLog(2, 1)->value(0)), QStringLiteral("aggregate-a-1@2 E {\"v\": 2}"));
    // All sessions are lost, and come again by themselves.
    QVERIFY(m_server.command("kill"));
    QVERIFY(m_server.command("start"));
    m_database->run(insert("a-1", 3));
    QTRY_COMPARE_WITH_TIMEOUT(*store->head(), 3, 20'000);
    QCOMPARE(store->readLog(3, 1)->size(), 1);
}

void tst_MysqlGrowth::gapsAreWaitedAtUntilTheirTransactionsEnd()
{
    m_database->run(insert("a-1", 1) + insert("a-1", 2));
    const auto store = openCounted(m_database->location());
    QCOMPARE(*store->head(), 2);
    const auto late = m_database->connect();
    const auto rolledBack = m_database->connect();
    const auto reader = m_database->connect();
    execute(*reader, "START TRANSACTION WITH CONSISTENT SNAPSHOT"); // As a dump of hours does.
    execute(*late, "BEGIN");
    execute(*late, insert("late-1", 1)); // 3
    execute(*rolledBack, "BEGIN");
    execute(*rolledBack, insert("never-1", 1)); // 4
    m_database->run(insert("b-1", 1)); // 5
    // Nothing behind the gap, however long it takes.
    QTest::qWait(1'000);
    QCOMPARE(*store->head(), 2);
    execute(*late, "COMMIT");
    QTRY_COMPARE(*store->head(), 3);
    QCOMPARE(store->readLog(3, 1)->value(0).stream, QStringLiteral("aggregate-late-1"));
    QTest::qWait(500);
    QCOMPARE(*store->head(), 3);
    // A gap that nobody can fill any more is passed.
    execute(*rolledBack, "ROLLBACK");
    QTRY_COMPARE(*store->head(), 4);
    QCOMPARE(originsOf(*store), QList<qint64>({ 1, 2, 3, 5 }));
    QVERIFY(store->counting().fault.isEmpty());
}

/// The server shows its transactions as of the last look, if that was just now.
void tst_MysqlGrowth::othersWhoLookDoNotHideTransactions()
{
    const auto database = MysqlForeignDatabase::open(m_database->location());
    QVERIFY(database);
    const auto monitor = m_database->connect();
    const auto writer = m_database->connect();
    for (int i = 0; i < 3; ++i) {
        QTest::qWait(120);
        execute(*monitor, "SELECT count(*) FROM information_schema.INNODB_TRX");
        execute(*writer, "BEGIN");
        execute(*writer, insert("w-1", i + 1));
        const qint64 sighting = *(*database)->sighting();
        QTest::qWait(25);
        QVERIFY(!*(*database)->hasSettled(sighting)); // Nothing fresh to be seen.
        QTest::qWait(300);
        QVERIFY(!*(*database)->hasSettled(sighting));
        execute(*writer, "COMMIT");
        QTest::qWait(300);
        QVERIFY(*(*database)->hasSettled(sighting));
    }
}

void tst_MysqlGrowth::withoutThePrivilegeTimeHasToDo()
{
    const auto database = MysqlForeignDatabase::open(
        m_server.location(m_database->name(), QStringLiteral("reader")));
    QVERIFY(database);
    const qint64 sighting = *(*database)->sighting();
    QTest::qWait(50);
    const auto settled = (*database)->hasSettled(sighting);
    QVERIFY2(settled, qPrintable(settled ? QString() : settled.error().message));
    QVERIFY(!*settled);
}

void tst_MysqlGrowth::oldGapsAreNotWaitedFor()
{
    m_database->run("INSERT INTO stored_events SELECT seq * 3, concat('s-', seq MOD 7), seq DIV 7,"
                    " 1, 'E', '{}', '{}', '2026-01-05 08:00:00' FROM seq_1_to_30000");
    const auto store = openCounted(m_database->location());
    QCOMPARE(*store->head(), 30'000);
    for (const Position position : { 1, 2, 255, 256, 257, 4096, 4097, 29'999, 30'000 })
        QVERIFY(store->readLog(position, 1)
                    ->value(0)
                    .origin.startsWith("{\"position\":" + QByteArray::number(position * 3) + ","));
}

void tst_MysqlGrowth::writersThatCommitOutOfOrderAreReadInOrder()
{
    constexpr int writers = 6;
    constexpr int transactions = 80;
    const auto store = openCounted(m_database->location());
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer] {
            std::mt19937 random(static_cast<unsigned>(writer) + 1);
            const auto connection = m_database->connect();
            int version = 1;
            for (int i = 0; i < transactions; ++i) {
                execute(*connection, "BEGIN");
                execute(*connection, insert("w-" + QByteArray::number(writer), version));
                std::this_thread::sleep_for(std::chrono::microseconds(random() % 6'000));
                const bool isKept = random() % 5 != 0;
                execute(*connection, isKept ? "COMMIT" : "ROLLBACK");
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
    const QStringList expected
        = m_database->lines("SELECT id FROM stored_events ORDER BY id").split(u'\n');
    QTRY_COMPARE_WITH_TIMEOUT(*store->head(), expected.size(), 20'000);
    const QList<qint64> origins = originsOf(*store);
    QCOMPARE(origins.size(), expected.size());
    for (qsizetype row = 0; row < expected.size(); ++row)
        QCOMPARE(origins.at(row), expected.at(row).toLongLong());
    const auto whole = store->readLog(1, static_cast<int>(expected.size()));
    for (qsizetype i = 0; i < seen.size(); ++i)
        QCOMPARE(lineOf(whole->at(i)) + QString::fromUtf8(whole->at(i).origin), seen.at(i));
    QVERIFY(store->counting().fault.isEmpty());
}

QTEST_GUILESS_MAIN(tst_MysqlGrowth)
#include "tst_mysqlgrowth.moc"
