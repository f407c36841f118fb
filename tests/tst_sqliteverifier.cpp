#include "store/sqliteconnection.h"
#include "store/sqliteschema.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace eventloupe;

/// Each way to tamper with a store, and the fault that verify() names.
class tst_SqliteVerifier final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tamperingIsFound_data();
    void tamperingIsFound();
    void oneChangedEventIsOneFault();
    void damagedPageIsAFault();
    void unreadableStreamNameIsAnError();
    void unreadableTypeNameIsAnError();
    void indexesAreHeldAgainstTheEvents_data();
    void indexesAreHeldAgainstTheEvents();
    void anEncodingOfTextsIsNoFault_data();
    void anEncodingOfTextsIsNoFault();
    void aWrongHashIsOneFault();
    void aLostTailIsOneFault();
    void eventsCannotBeChangedInPassing();

private:
    void damage(const char* table) const;
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList faults() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SqliteVerifier::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 30);
}

QStringList tst_SqliteVerifier::faults() const
{
    const auto store = openStore(path(), OpenMode::ReadOnly);
    return store ? StoreContract::faults(**store) : QStringList({ store.error().message });
}

void tst_SqliteVerifier::tamperingIsFound_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char* name, const char* sql, const char* fault) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromUtf8(fault);
    };
    const char* chain = "17: Event 17 does not fit the hash chain";
    row("data", "UPDATE event SET data = '{\"n\":0}' WHERE position = 17", chain);
    row("metadata", "UPDATE event SET metadata = '{ }' WHERE position = 17", chain);
    row("time", "UPDATE event SET time = 1 WHERE position = 17", chain);
    row("id", "UPDATE event SET id = 'x' WHERE position = 17", chain);
    row("hash", "UPDATE event SET hash = zeroblob(32) WHERE position = 17", chain);
    row("short hash", "UPDATE event SET hash = x'00' WHERE position = 17", chain);
    row("type",
        "INSERT INTO event_type VALUES(2, 'F');"
        "UPDATE event SET type_id = 2 WHERE position = 17",
        chain);
    row("type's name", "UPDATE event_type SET name = 'F'", "1: Event 1 does not fit");
    row("unknown type", "UPDATE event SET type_id = 9 WHERE position = 17",
        "17: Event 17 has an unknown type");
    row("unknown stream", "UPDATE event SET stream_id = 9 WHERE position = 17",
        "17: Event 17 has an unknown stream");
    row("not JSON", "UPDATE event SET data = '{n:1}' WHERE position = 17",
        "17: The data of event 17 is not JSON: byte 1");
    row("version", "UPDATE event SET version = 60 WHERE position = 17",
        "17: Event 17 has version 60");
    row("removed", "DELETE FROM event WHERE position = 17", "18: Event 17 is missing.");
    row("removed first", "DELETE FROM event WHERE position < 3", "3: Events 1 to 2 are missing");
    row("before the first", "UPDATE event SET position = 0 WHERE position = 17",
        "0: A record stands before the first event, at position 0.");
    row("first, behind a record before it", // A hash is due before it, whatever stands there.
        "INSERT INTO event SELECT -5, stream_id, 99, type_id, time, 'x', hash, data, metadata"
        " FROM event WHERE position = 30; UPDATE event SET data = '{\"n\":0}' WHERE position = 1",
        "1: Event 1 does not fit the hash chain");
    row("all removed but one", "DELETE FROM event WHERE position > 1; UPDATE event SET position = -1",
        "1: The end of the log was lost: events 1 to 30");
    row("an entry without a place", "UPDATE stream SET head_position = 0 WHERE id = 2",
        "2: The entry of stream s-2 says version 10, at no event; its events say version 10 at");
    row("an entry without a version", "UPDATE stream SET head_version = 0 WHERE id = 2",
        "2: The entry of stream s-2 says no version, at event 29; its events say version 10 at");
    row("an entry of nothing",
        "UPDATE stream SET head_version = 0, head_position = 0 WHERE id = 2",
        "2: The entry of stream s-2 says no event; its events say version 10 at event 29.");
    row("removed last", "DELETE FROM event WHERE position = 30",
        "30: The end of the log was lost: event 30 was stored and is missing. Restore the store");
    row("last elsewhere", "UPDATE event SET position = 99 WHERE position = 30",
        "30: The store's last event, 30, is missing");
    row("stream renamed", "UPDATE stream SET name = 's-4' WHERE id = 2",
        "2: Event 2 does not fit the hash chain");
    row("stream's head", "UPDATE stream SET head_version = 11 WHERE id = 2",
        "2: The entry of stream s-2 says version 11");
    row("stream's birth", "UPDATE stream SET first_position = 4 WHERE id = 2",
        "2: The entry of stream s-2 says");
    row("stream's rank", "UPDATE stream SET category_rank = 7 WHERE id = 2",
        "2: Stream s-2 has place 7");
    row("stream removed", "DELETE FROM stream WHERE id = 2", "2: Event 2 has an unknown stream");
    row("category", "UPDATE category SET name = 't'", "1: Stream s-1 is filed under category t");
    row("category's birth", "UPDATE category SET first_position = 2",
        "1: The entry of category s says that it begins at event 2");
}

void tst_SqliteVerifier::tamperingIsFound()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, fault);
    QCOMPARE(faults(), QStringList());
    QCOMPARE(tamper(path(), sql), QString());
    const QStringList found = faults();
    const bool isNamed = std::any_of(found.begin(), found.end(),
        [&fault](const QString& each) { return each.startsWith(fault); });
    QVERIFY2(isNamed, qPrintable(found.join(QLatin1Char('\n'))));
    // There is none, and nothing of it is to be told; nor is what is being done advised.
    for (const QString& each : found) {
        QVERIFY2(!each.contains(QRegularExpression(QStringLiteral("[Ee]vents? (0|-\\d+)\\b"))),
            qPrintable(each));
        QVERIFY2(!each.contains(QStringLiteral("verify the store")), qPrintable(each));
        QVERIFY2(!each.contains(QLatin1Char('\n')), qPrintable(each));
    }
}

void tst_SqliteVerifier::oneChangedEventIsOneFault()
{
    QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position IN (5, 20)"), QString());
    const QStringList found = faults();
    QCOMPARE(found.size(), 2);
    QVERIFY(found.at(0).startsWith(QStringLiteral("5: ")));
    QVERIFY(found.at(1).startsWith(QStringLiteral("20: ")));
}

void tst_SqliteVerifier::damagedPageIsAFault()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    const auto place = content.indexOf("{\"n\":17}");
    QVERIFY(place > 0);
    const auto page = place / 8192 * 8192;
    QVERIFY(file.seek(page));
    file.write(QByteArray(8192, '\xff'));
    file.close();
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
    QVERIFY(!StoreContract::faults(**store).isEmpty());
    QCOMPARE((*store)->readLog(1, 10).error().code, ErrorCode::Corrupt);
}

/// An index as it was before something was changed is put in the place of the one that is there.
void tst_SqliteVerifier::indexesAreHeldAgainstTheEvents_data()
{
    QTest::addColumn<QByteArray>("index");
    QTest::addColumn<QByteArray>("change");
    const auto row = [](const char* index, const char* change) {
        QTest::addRow("%s, %s", index, change) << QByteArray(index) << QByteArray(change);
    };
    row("event_stream", "version = version + 100 WHERE position = 17");
    row("event_stream", "stream_id = 1, version = 60 WHERE position = 17");
    row("event_id", "id = 'x' WHERE position = 17");
    row("event_id", "id = CAST(id AS BLOB) WHERE position = 17");
    row("event_type_position", "type_id = 2 WHERE position = 17");
}

void tst_SqliteVerifier::indexesAreHeldAgainstTheEvents()
{
    QFETCH(QByteArray, index);
    QFETCH(QByteArray, change);
    QCOMPARE(faults(), QStringList());
    // The table under another name in the schema, for as long as the change takes: its index is
    // then that of nothing, and is not changed.
    const QByteArray where = " WHERE name = '" + index + "'";
    QCOMPARE(tamper(path(),
                 "PRAGMA writable_schema=ON; CREATE TABLE kept AS SELECT * FROM sqlite_schema" + where
                     + "; DELETE FROM sqlite_schema" + where + "; PRAGMA writable_schema=RESET;"),
        QString());
    QCOMPARE(tamper(path(), "UPDATE event SET " + change), QString());
    QCOMPARE(tamper(path(),
                 "PRAGMA writable_schema=ON; INSERT INTO sqlite_schema SELECT * FROM kept;"
                 "PRAGMA writable_schema=RESET; DROP TABLE kept;"),
        QString());
    const QStringList found = faults();
    const bool isNamed = std::any_of(found.begin(), found.end(), [](const QString& each) {
        return each.startsWith(QStringLiteral("0: ")) && each.contains(QStringLiteral("index"))
            && each.contains(QStringLiteral(". SQLite says: "));
    });
    QVERIFY2(isNamed, qPrintable(found.join(QLatin1Char('\n'))));
}

void tst_SqliteVerifier::anEncodingOfTextsIsNoFault_data()
{
    QTest::addColumn<QByteArray>("encoding");
    for (const char* encoding : { "UTF-8", "UTF-16le", "UTF-16be" })
        QTest::newRow(encoding) << QByteArray(encoding);
}

/// Another program may have made the file; its tables are ours.
void tst_SqliteVerifier::anEncodingOfTextsIsNoFault()
{
    QFETCH(QByteArray, encoding);
    m_folder = std::make_unique<QTemporaryDir>();
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QCOMPARE(runSql(path(),
                 "PRAGMA encoding='" + encoding + "'; " + schemaHeaderSql() + ';' + schemaSql()),
        QString());
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
        for (const char* id : { "b", "\u00e4", "a", "" }) // The last one becomes a UUID.
            QVERIFY((*store)
                        ->append({ QStringLiteral("s-1"), ExpectedVersion::any(),
                            { NewEvent { QStringLiteral("E"), "{}", "{}", { 1 },
                                QString::fromUtf8(id) } } })
                        .ok());
    }
    QCOMPARE(faults(), QStringList());
    QCOMPARE(tamper(path(), "UPDATE event SET id = 'c' WHERE position = 2"), QString());
    const QStringList found = faults();
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.at(0).startsWith(QStringLiteral("2: Event 2 does not fit the hash chain")),
        qPrintable(found.at(0)));
}

void tst_SqliteVerifier::aWrongHashIsOneFault()
{
    QCOMPARE(
        tamper(path(), "UPDATE event SET hash = zeroblob(32) WHERE position = 17"), QString());
    const QStringList found = faults();
    QCOMPARE(found.size(), 1);
    QVERIFY(found.at(0).startsWith(QStringLiteral("17: ")));
}

void tst_SqliteVerifier::aLostTailIsOneFault()
{
    QCOMPARE(tamper(path(), "DELETE FROM event WHERE position > 25"), QString());
    const QStringList found = faults();
    QCOMPARE(found.size(), 1);
    QVERIFY(found.at(0).startsWith(
        QStringLiteral("26: The end of the log was lost: events 26 to 30 were stored")));
}

/// Its only page.
void tst_SqliteVerifier::damage(const char* table) const
{
    constexpr qint64 pageSize = 8192;
    const auto page = [&] {
        const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::QueryOnly);
        auto statement
            = (*connection)->prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1");
        return *statement.bindText(1, table).number(0);
    }();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek((page - 1) * pageSize));
    file.write(QByteArray(pageSize, '\xff'));
}

/// An event without its type is not what was stored.
void tst_SqliteVerifier::unreadableTypeNameIsAnError()
{
    damage("event_type");
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
    int visited = 0;
    const auto scanned
        = (*store)->scanLog(1, 30, ScanColumn::Type, {}, [&visited](const EventView&) {
              ++visited;
              return true;
          });
    QVERIFY(!scanned.ok());
    QCOMPARE(scanned.error().code, ErrorCode::Corrupt);
    QCOMPARE(visited, 0);
    QCOMPARE((*store)->readLog(1, 10).error().code, ErrorCode::Corrupt);
    QVERIFY(StoreContract::faults(**store).contains(
        QStringLiteral("1: Event 1 has an unknown type.")));
}

void tst_SqliteVerifier::unreadableStreamNameIsAnError()
{
    damage("stream");
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
    int visited = 0;
    const auto scan = [&](ScanColumns columns) {
        return (*store)->scanLog(1, 30, columns, {}, [&visited](const EventView&) {
            ++visited;
            return true;
        });
    };
    QVERIFY(scan(ScanColumn::Data).ok());
    QCOMPARE(visited, 30);
    const auto scanned = scan(ScanColumn::Stream);
    QVERIFY(!scanned.ok());
    QCOMPARE(scanned.error().code, ErrorCode::Corrupt);
    QCOMPARE(visited, 30); // None without its name.
    QCOMPARE((*store)->readLog(1, 10).error().code, ErrorCode::Corrupt);
    QCOMPARE((*store)->readAt({ 5 }).error().code, ErrorCode::Corrupt);
}

/// Any program that writes to the file meets the triggers.
void tst_SqliteVerifier::eventsCannotBeChangedInPassing()
{
    QCOMPARE(runSql(path(), "UPDATE event SET data = '{}' WHERE position = 5"),
        QStringLiteral("events are never changed"));
    QCOMPARE(runSql(path(), "DELETE FROM event"), QStringLiteral("events are never deleted"));
    QCOMPARE(runSql(path(),
                 "INSERT OR REPLACE INTO event SELECT position, stream_id, version,"
                 " type_id, time, id, hash, '{}', metadata FROM event WHERE position = 5"),
        QStringLiteral("events are only appended"));
    QCOMPARE(runSql(path(),
                 "INSERT OR REPLACE INTO event SELECT 31, stream_id, version, type_id,"
                 " time, 'new', hash, data, metadata FROM event WHERE position = 5"),
        QStringLiteral("events are only appended"));
    QCOMPARE(faults(), QStringList());
}

QTEST_GUILESS_MAIN(tst_SqliteVerifier)
#include "tst_sqliteverifier.moc"
