#include "support/foreignfiles.h"

#include "foreign/sqliteforeigndatabase.h"
#include "store/emptystore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

QByteArray someEvents(int from, int to)
{
    QByteArray sql = "BEGIN;";
    for (int position = from; position <= to; ++position)
        sql += emmettEvent(position, "cart-" + QByteArray::number(position % 7),
            (position - 1) / 7 + 1, "ADDED", "{\"n\":" + QByteArray::number(position) + "}");
    return sql + "COMMIT;";
}

/// Reads in every way that there is.
void readAll(EventStore& store)
{
    const Position head = *store.head();
    QVERIFY(store.readLog(1, 50).ok());
    QVERIFY(store.readAt({ head, 1, head / 2 }).ok());
    QVERIFY(store.readStream(1, 0, head, 20).ok());
    QVERIFY(store.scanLog(1, head, allScanColumns, {}, [](const EventView&) { return true; }).ok());
    QVERIFY(store.positionAtTime({ 0 }).ok());
    QVERIFY(store.types().ok());
    QVERIFY(store.verify({}, {}, {}).ok());
    QCOMPARE(
        store.append({ QStringLiteral("s"), ExpectedVersion::any(), { NewEvent() } }).error().code,
        ErrorCode::ReadOnly);
    QCOMPARE(store.beginBulk().error().code, ErrorCode::ReadOnly);
}

} // namespace

/// That nothing of a foreign file changes, and that a hostile or damaged one does no harm.
class tst_ForeignSafety final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void nothingChanges_data();
    void nothingChanges();
    void nothingAppearsBesideALiveWriter();
    void writersComeAndGo();
    void aHotJournalIsRefused();
    void onlyPlainTablesAreRead();
    void damageIsNamed();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void emptyStoresAreLeftAlone();
    void aFileThatWasCutIsRefused();
};

void tst_ForeignSafety::nothingChanges_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<bool>("dies"); ///< The writer, with what it wrote in its log.
    QTest::addColumn<QByteArray>("lost"); ///< A file that is not there when it is read.
    QTest::newRow("rollback journal") << QByteArray("DELETE") << false << QByteArray();
    QTest::newRow("wal, closed") << QByteArray("WAL") << false << QByteArray();
    QTest::newRow("wal, writer died") << QByteArray("WAL") << true << QByteArray();
    QTest::newRow("wal, writer died, no -shm") << QByteArray("WAL") << true << QByteArray("-shm");
}

void tst_ForeignSafety::nothingChanges()
{
    QFETCH(QByteArray, mode);
    QFETCH(bool, dies);
    QFETCH(QByteArray, lost);
    const QTemporaryDir made;
    const QTemporaryDir folder;
    const QString source = made.filePath(QStringLiteral("shop.db"));
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    {
        OtherProgram writer(source);
        writer.run("PRAGMA journal_mode=" + mode + ";" + emmettTables() + someEvents(1, 300));
        if (dies) {
            // A copy of what lies there while it is open is what a dead writer leaves.
            for (const char* suffix : { "", "-wal", "-shm" })
                QVERIFY(QFile::copy(source + QLatin1String(suffix), path + QLatin1String(suffix)));
        }
    }
    if (!dies)
        QVERIFY(QFile::copy(source, path));
    if (!lost.isEmpty())
        QVERIFY(QFile::remove(path + QString::fromLatin1(lost)));
    const auto before = filesOf(folder.path());
    {
        const auto store = openCounted(path);
        QCOMPARE(*store->head(), 300);
        const auto other = openCounted(path);
        readAll(*store);
        readAll(*other);
        QCOMPARE(filesOf(folder.path()), before);
    }
    QCOMPARE(filesOf(folder.path()), before);
}

void tst_ForeignSafety::nothingAppearsBesideALiveWriter()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    OtherProgram writer(path);
    writer.run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" + emmettTables()
        + someEvents(1, 100));
    const auto before = filesOf(folder.path());
    {
        const auto store = openCounted(path);
        QCOMPARE(*store->head(), 100);
        readAll(*store);
        QCOMPARE(filesOf(folder.path()), before);
        writer.run(someEvents(101, 150));
        QTRY_COMPARE(*store->head(), 150);
        readAll(*store);
        // Nothing of ours keeps the writer from bringing its log in.
        writer.run("PRAGMA wal_checkpoint(TRUNCATE);" + someEvents(151, 160));
        QTRY_COMPARE(*store->head(), 160);
        QCOMPARE(store->readLog(160, 1)->value(0).data, QByteArray("{\"n\":160}"));
    }
    QCOMPARE(filesOf(folder.path()).keys(), before.keys());
}

/// A store that is open while other programs open it, write and close it.
void tst_ForeignSafety::writersComeAndGo()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    {
        OtherProgram writer(path);
        writer.run("PRAGMA journal_mode=WAL;" + emmettTables() + someEvents(1, 10));
    }
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 10);
    for (int round = 1; round <= 5; ++round) {
        const int last = 10 + round * 20;
        {
            OtherProgram writer(path);
            writer.run(someEvents(last - 19, last));
        }
        QTRY_COMPARE(*store->head(), last);
        QCOMPARE(
            store->readLog(last, 1)->value(0).data, "{\"n\":" + QByteArray::number(last) + "}");
    }
}

void tst_ForeignSafety::aHotJournalIsRefused()
{
    const QTemporaryDir made;
    const QTemporaryDir folder;
    const QString source = made.filePath(QStringLiteral("shop.db"));
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    {
        OtherProgram writer(source);
        writer.run("PRAGMA cache_size=5; PRAGMA journal_mode=DELETE;" + emmettTables()
            + someEvents(1, 500));
        // More than its cache holds: the file is written to before the commit.
        writer.run("BEGIN; UPDATE emt_messages SET message_data = message_data || ' ';"
                   "UPDATE emt_messages SET message_type = 'X';");
        for (const char* suffix : { "", "-journal" })
            QVERIFY(QFile::copy(source + QLatin1String(suffix), path + QLatin1String(suffix)));
    }
    const auto before = filesOf(folder.path());
    const QString error = openingError(path);
    QVERIFY2(error.contains(QStringLiteral("rolled back")), qPrintable(error));
    QCOMPARE(filesOf(folder.path()), before);
}

void tst_ForeignSafety::onlyPlainTablesAreRead()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("trap.db"));
    {
        OtherProgram writer(path);
        // A view with the names of Emmett's table, over a query that never ends.
        writer.run(
            "CREATE TABLE t(a);"
            "CREATE VIEW emt_messages AS WITH RECURSIVE r(stream_id) AS (SELECT 1 UNION ALL "
            "SELECT stream_id + 1 FROM r) SELECT stream_id, 1 AS stream_position, 1 AS "
            "partition, 1 AS message_kind, 1 AS message_data, 1 AS message_metadata, 1 AS "
            "message_schema_version, 1 AS message_type, 1 AS message_id, 1 AS is_archived, 1 "
            "AS global_position, 1 AS created FROM r;"
            "CREATE VIRTUAL TABLE emt_streams USING fts5(stream_id, stream_position, "
            "partition, stream_type);");
    }
    const auto before = filesOf(folder.path());
    const QString error = openingError(path);
    QVERIFY2(error.contains(QStringLiteral("none of the known")), qPrintable(error));
    const auto database = SqliteForeignDatabase::open(path);
    QVERIFY(database.ok());
    RowPage page;
    for (const char* sql : { "SELECT stream_id FROM emt_messages",
             "SELECT stream_id FROM emt_streams", "CREATE TABLE x(a)", "DELETE FROM t",
             "PRAGMA journal_mode=WAL", "ATTACH 'x.db' AS x", "SELECT load_extension('x')" })
        QVERIFY2(!(*database)->select(sql, {}, page).ok(), sql);
    QCOMPARE(filesOf(folder.path()), before);
}

void tst_ForeignSafety::damageIsNamed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + someEvents(1, 5000));
    }
    {
        // The last third of the file is overwritten.
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 from = file.size() * 2 / 3;
        file.seek(from);
        file.write(QByteArray(static_cast<int>(file.size() - from), '\x5a'));
    }
    const auto before = filesOf(folder.path());
    const auto store = openStore(path, OpenMode::ReadOnly);
    if (store) {
        waitUntilCounted(**store, {});
        const QString fault = (*store)->counting().fault;
        QVERIFY2(fault.contains(QStringLiteral("damaged")), qPrintable(fault));
        const auto head = (*store)->head();
        if (head)
            QVERIFY((*store)->readLog(1, 10).ok());
    } else {
        QCOMPARE(store.error().code, ErrorCode::Corrupt);
    }
    QCOMPARE(filesOf(folder.path()), before);
}

void tst_ForeignSafety::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("says");
    QTest::newRow("no tables") << QByteArray("PRAGMA user_version=1;")
                               << QStringLiteral("no tables");
    QTest::newRow("other tables") << QByteArray("CREATE TABLE customer(id, name);")
                                  << QStringLiteral("customer");
}

void tst_ForeignSafety::otherFilesAreRefused()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("other.db"));
    {
        OtherProgram writer(path);
        writer.run(sql);
    }
    const QString error = openingError(path);
    QVERIFY2(error.contains(says), qPrintable(error));
}

void tst_ForeignSafety::emptyStoresAreLeftAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("empty.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables());
    }
    const auto before = filesOf(folder.path());
    QCOMPARE(*openCounted(path)->head(), 0);
    removeEmptyStore(path, identityAt(path));
    QCOMPARE(filesOf(folder.path()), before);
}

/// By less than a page, of which SQLite says nothing.
void tst_ForeignSafety::aFileThatWasCutIsRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shop.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + someEvents(1, 300));
    }
    QCOMPARE(openingError(path), QString());
    const qint64 size = QFileInfo(path).size();
    for (const int bytes : { 1, 1000 }) {
        QVERIFY(QFile::resize(path, size - bytes));
        const QString error = openingError(path);
        QVERIFY2(error.contains(QStringLiteral("%1 bytes are missing").arg(bytes)),
            qPrintable(error));
    }
}

QTEST_GUILESS_MAIN(tst_ForeignSafety)
#include "tst_foreignsafety.moc"
