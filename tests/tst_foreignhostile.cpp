#include "foreign/mappingproposal.h"
#include "foreign/sqliteforeigndatabase.h"
#include "store/damagenotice.h"
#include "support/foreignfiles.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace eventloupe;

namespace {

QByteArray someEvents(int count)
{
    QByteArray sql = "BEGIN;";
    for (int position = 1; position <= count; ++position)
        sql += emmettEvent(position, "cart-" + QByteArray::number(position % 7),
            (position - 1) / 7 + 1, "ADDED", "{\"n\":" + QByteArray::number(position) + "}");
    return sql + "COMMIT;";
}

/// Reads a store in every way, whatever comes of it; gives how many events came.
qint64 readAsFarAsPossible(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    if (!store)
        return 0;
    waitUntilCounted(**store, {});
    const auto head = (*store)->head();
    if (!head)
        return 0;
    qint64 events = 0;
    (void)(*store)->scanLog(1, *head, allScanColumns, {}, [&events](const EventView&) {
        ++events;
        return true;
    });
    (void)(*store)->readAt({ *head, 1, *head / 2 });
    const auto streams = (*store)->streamsAt(*head, 1, 20);
    if (streams)
        for (const StreamAt& stream : *streams)
            (void)(*store)->readStream(stream.info.id, 0, *head, 50);
    (void)(*store)->positionAtTime({ 0 });
    (void)(*store)->types();
    (void)(*store)->verify({}, {}, [](const StoreFault&) {});
    return events;
}

} // namespace

/// Database files that were made to do harm: each is refused or read safely, and stays as it was.
class tst_ForeignHostile final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatIsNoDatabaseIsRefused_data();
    void whatIsNoDatabaseIsRefused();
    void triggersAndComputedColumnsDoNotRun();
    void aFunctionInAnIndexDoesNotRun();
    void hugeValuesAreCut();
    void oddValuesAreRead();
    void oddNamesAreQuoted();
    void namesWithControlCharacters();
    void veryManyTablesAndColumns();
    void damagedPages();
    void aTableOnAnothersPages();
    void rowsThatLeadBackToThemselves();

private:
    QString make(const QByteArray& sql)
    {
        const QString path = m_folder->filePath(QStringLiteral("%1.db").arg(++m_made));
        OtherProgram writer(path);
        writer.run(sql);
        return path;
    }
    QString write(const QByteArray& bytes)
    {
        const QString path = m_folder->filePath(QStringLiteral("%1.db").arg(++m_made));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder; ///< Of one test.
    int m_made = 0;
};

void tst_ForeignHostile::whatIsNoDatabaseIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const QByteArray magic("SQLite format 3\0", 16);
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("text") << QByteArray("position,stream\n1,cart-1\n")
                          << QStringLiteral("no SQLite database");
    QTest::newRow("magic alone") << magic << QStringLiteral("no SQLite database");
    QTest::newRow("zeros behind it") << magic + QByteArray(8192, '\0')
                                     << QStringLiteral("no SQLite database");
    QTest::newRow("random behind it") << magic + QByteArray(8192, '\xa7')
                                      << QStringLiteral("no SQLite database");
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(4096, 'x')
                               << QStringLiteral("no SQLite database");
}

void tst_ForeignHostile::whatIsNoDatabaseIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QString path = write(bytes);
    const auto before = filesOf(m_folder->path());
    const QString error = openingError(path);
    QVERIFY2(error.contains(says), qPrintable(error));
    QVERIFY(!recogniseStores(path).ok());
    QCOMPARE(filesOf(m_folder->path()), before);
}

void tst_ForeignHostile::triggersAndComputedColumnsDoNotRun()
{
    QByteArray tables = emmettTables();
    // A column that would make 20 MB a row, and texts of whose making nothing is read.
    tables.replace("created DATETIME",
        "trap TEXT AS (hex(zeroblob(10000000))), kept TEXT AS (upper(stream_id)) STORED,"
        " created DATETIME");
    QByteArray events = someEvents(20);
    events.replace("INSERT INTO emt_messages VALUES",
        "INSERT INTO emt_messages(stream_id, stream_position, partition, message_kind,"
        " message_data, message_metadata, message_schema_version, message_type, message_id,"
        " is_archived, global_position, created) VALUES");
    const QString path = make(tables + events
        + "CREATE TRIGGER a AFTER INSERT ON emt_messages BEGIN DELETE FROM emt_messages; END;");
    const auto before = filesOf(m_folder->path());
    QCOMPARE(*openCounted(path)->head(), 20);
    QCOMPARE(readAsFarAsPossible(path), 20);
    QCOMPARE(filesOf(m_folder->path()), before);
    // Where what is computed is the data itself, it is as if it were not there.
    QByteArray computed = emmettTables();
    computed.replace("message_data JSONB NOT NULL", "message_data TEXT AS (hex(zeroblob(9))) ");
    const QString other = make(computed);
    QVERIFY(openingError(other).contains(QStringLiteral("none of the known")));
}

void tst_ForeignHostile::aFunctionInAnIndexDoesNotRun()
{
    const QString path = make(emmettTables() + someEvents(20)
        + "CREATE INDEX x ON emt_messages(hex(message_data));"
          "CREATE INDEX y ON emt_messages(global_position) WHERE length(hex(message_id)) > 2;");
    QCOMPARE(readAsFarAsPossible(path), 20);
}

void tst_ForeignHostile::hugeValuesAreCut()
{
    // 96 MB of data, 32 MB of a stream's name and of a type.
    const QString path = make(emmettTables() + someEvents(5)
        + "UPDATE emt_messages SET message_data = zeroblob(96000000) WHERE global_position = 2;"
          "UPDATE emt_messages SET message_type = hex(zeroblob(16000000)) WHERE global_position = "
          "3;"
          "UPDATE emt_messages SET stream_id = hex(zeroblob(16000000)) WHERE global_position = 4;");
    const auto before = filesOf(m_folder->path());
    const auto store = openStore(path, OpenMode::ReadOnly);
    QVERIFY(store.ok());
    waitUntilCounted(**store, {});
    QCOMPARE(*(*store)->head(), 5);
    const auto event = (*store)->readLog(2, 1)->value(0);
    QVERIFY2(event.data.contains("\"size\":96000000"), event.data.right(60).constData());
    QCOMPARE((*store)->readLog(5, 1)->value(0).data, QByteArray("{\"n\":5}"));
    QCOMPARE(filesOf(m_folder->path()), before);
}

void tst_ForeignHostile::oddValuesAreRead()
{
    const QString path = make(emmettTables() + someEvents(12)
        + "UPDATE emt_messages SET stream_position = 'x' WHERE global_position = 2;"
          "UPDATE emt_messages SET stream_position = -9223372036854775807 - 1"
          " WHERE global_position = 3;"
          "UPDATE emt_messages SET stream_position = 9e999 WHERE global_position = 4;"
          "UPDATE emt_messages SET message_data = 1.5 WHERE global_position = 5;"
          "UPDATE emt_messages SET message_type = x'ff00fe' WHERE global_position = 6;"
          "UPDATE emt_messages SET stream_id = '' WHERE global_position = 7;"
          "UPDATE emt_messages SET created = 'a' || char(0) || 'b' WHERE global_position = 8;"
          "UPDATE emt_messages SET created = 9e18 WHERE global_position = 9;"
          "UPDATE emt_messages SET message_id = 'id-1' WHERE global_position = 10;"
          "UPDATE emt_messages SET global_position = 9223372036854775807 WHERE global_position = "
          "11;"
          "UPDATE emt_messages SET global_position = -9223372036854775808 WHERE global_position = "
          "12;");
    QCOMPARE(readAsFarAsPossible(path), 12);
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 12);
    QCOMPARE(store->readLog(1, 1)->value(0).data, QByteArray("{\"n\":12}"));
}

void tst_ForeignHostile::oddNamesAreQuoted()
{
    const QByteArray table = "\"we\"\"ird'; DROP TABLE t;--\"";
    const QByteArray columns = "\"pos\"\"ition\", \"str'eam.id\", \"ty\npe\", \"da.ta]\"";
    QByteArray sql = "CREATE TABLE t(a); CREATE TABLE " + table
        + "(\"pos\"\"ition\" INTEGER PRIMARY KEY, \"str'eam.id\" TEXT, \"ty\npe\" TEXT,"
          " \"da.ta]\" TEXT, \"[x]\" TEXT, \"a.b\" TEXT, \"\" TEXT);";
    for (int n = 1; n <= 10; ++n)
        sql += "INSERT INTO " + table + "(" + columns + ") VALUES(" + QByteArray::number(n)
            + ",'cart-" + QByteArray::number(n % 2) + "','ItemAdded','{\"n\":1}');";
    const QString path = make(sql);
    const auto before = filesOf(m_folder->path());
    auto database = SqliteForeignDatabase::open(path);
    QVERIFY(database.ok());
    const auto catalog = (*database)->catalog();
    QVERIFY(catalog.ok());
    const auto proposals = proposeMappings(**database, *catalog);
    QVERIFY(proposals.ok());
    QCOMPARE(proposals->size(), std::size_t(1));
    StoreProfile mapping = proposals->front().profile;
    QCOMPARE(mapping.order.first().name, QStringLiteral("pos\"ition"));
    QCOMPARE(mapping.stream.first().column.name, QStringLiteral("str'eam.id"));
    QCOMPARE(mapping.type.column.name, QStringLiteral("ty\npe"));
    QCOMPARE(mapping.data.column.name, QStringLiteral("da.ta]"));
    QCOMPARE(previewMapping(**database, *catalog, mapping)->size(), 10);
    // As a file as well, with dots in names and all.
    mapping.name = QStringLiteral("odd");
    const auto read = StoreProfile::fromJson(mapping.toJson(), QStringLiteral("odd.json"));
    QVERIFY2(read.ok(), qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->stream, mapping.stream);
    const auto events = previewMapping(**database, *catalog, *read);
    QVERIFY2(events.ok(), qPrintable(events ? QString() : events.error().message));
    QCOMPARE(events->size(), 10);
    QCOMPARE(events->at(1).stream, QStringLiteral("cart-0"));
    QCOMPARE(filesOf(m_folder->path()), before);
}

void tst_ForeignHostile::namesWithControlCharacters()
{
    // A NUL can only be written past the parser, into the schema itself.
    const QString path = make(emmettTables() + someEvents(9)
        + "CREATE TABLE other(a, b);"
          "PRAGMA writable_schema=ON;"
          "UPDATE sqlite_master SET name = 'oth' || char(0) || 'er', tbl_name = 'oth' || char(0) ||"
          " 'er', sql = 'CREATE TABLE oth' || char(0) || 'er(a, b)' WHERE name = 'other';");
    const auto before = filesOf(m_folder->path());
    const qint64 events = readAsFarAsPossible(path);
    QVERIFY(events == 9 || !openingError(path).isEmpty());
    QCOMPARE(filesOf(m_folder->path()), before);
    const QString named = make(
        "CREATE TABLE \"a\x01\x1b[31m\u202e\"(\"x\x7f\" TEXT); CREATE TABLE \"<img src=x>\"(a);");
    const QString error = openingError(named);
    QVERIFY(error.contains(QStringLiteral("none of the known")));
}

void tst_ForeignHostile::veryManyTablesAndColumns()
{
    QByteArray sql = "BEGIN;" + emmettTables();
    for (int n = 0; n < 3000; ++n)
        sql += "CREATE TABLE t" + QByteArray::number(n) + "(a, b, c TEXT PRIMARY KEY);";
    QByteArray wide = "CREATE TABLE wide(id INTEGER PRIMARY KEY, doc TEXT";
    for (int n = 0; n < 1990; ++n)
        wide += ", c" + QByteArray::number(n) + " TEXT";
    sql += wide + "); COMMIT;";
    for (int n = 0; n < 20; ++n)
        sql += "INSERT INTO wide(doc) VALUES('{\"a\":1}');";
    const QString path = make(sql + someEvents(9));
    QCOMPARE(readAsFarAsPossible(path), 9);
    auto database = SqliteForeignDatabase::open(path);
    QVERIFY(database.ok());
    const auto catalog = (*database)->catalog();
    QVERIFY(catalog.ok());
    QCOMPARE(catalog->tables.size(), 3003);
    QVERIFY(proposeMappings(**database, *catalog).ok());
}

void tst_ForeignHostile::damagedPages()
{
    const QString whole = make(emmettTables() + someEvents(2000));
    QFile file(whole);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QRandomGenerator random(11);
    for (int round = 0; round < 60; ++round) {
        QByteArray damaged = bytes;
        // Some bytes anywhere, in the schema's page, or in the heads of pages; or a cut.
        const int kind = round % 4;
        for (int change = 0; change < 8; ++change) {
            const auto at = kind == 0 ? random.bounded(damaged.size())
                : kind == 1           ? 100 + random.bounded(qsizetype(3900))
                : kind == 2 ? random.bounded(damaged.size() / 4096) * 4096 + random.bounded(16)
                            : random.bounded(damaged.size());
            if (kind == 3)
                damaged.truncate(std::max<qsizetype>(at, 512));
            else
                damaged[at] = static_cast<char>(random.bounded(256));
        }
        const QString path = write(damaged);
        const auto before = filesOf(m_folder->path());
        QVERIFY(readAsFarAsPossible(path) <= 2000);
        QCOMPARE(filesOf(m_folder->path()), before);
        QVERIFY(QFile::remove(path));
    }
}

void tst_ForeignHostile::aTableOnAnothersPages()
{
    // The events are said to lie where the schema does, and a second table where they do.
    for (const char* change :
        { "UPDATE sqlite_master SET rootpage = 1 WHERE name = 'emt_messages';",
            "UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'emt_messages';",
            "UPDATE sqlite_master SET rootpage = -5 WHERE name = 'emt_messages';",
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = "
            "'emt_streams') WHERE name = 'emt_messages';",
            "UPDATE sqlite_master SET sql = 'CREATE TABLE emt_messages(x' WHERE name = "
            "'emt_messages';",
            "UPDATE sqlite_master SET type = 'view', sql = 'CREATE VIEW emt_messages AS SELECT * "
            "FROM emt_messages' WHERE name = 'emt_messages';" }) {
        const QString path = make(
            emmettTables() + someEvents(50) + "PRAGMA writable_schema=ON;" + QByteArray(change));
        const auto before = filesOf(m_folder->path());
        QVERIFY2(readAsFarAsPossible(path) <= 50, change);
        QCOMPARE(filesOf(m_folder->path()), before);
    }
}

/// Rows in the order 1, 2, 0, by their keys: what comes after 0 is 1 again. Found by fuzzing.
void tst_ForeignHostile::rowsThatLeadBackToThemselves()
{
    const QString path = make(emmettTables() + someEvents(3));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    // A cell begins with its length and its key, each of one byte or, from 128 on, of two; the page
    // of the rows has three cells (sqlite.org/fileformat2.html, section 1.6).
    const auto byteAt = [&bytes](qsizetype at) { return static_cast<quint8>(bytes.at(at)); };
    int found = 0;
    for (qsizetype page = 4096; page < bytes.size(); page += 4096) {
        if (byteAt(page) != 13 || byteAt(page + 4) != 3)
            continue;
        qsizetype cell = page + (byteAt(page + 12) << 8) + byteAt(page + 13);
        cell += byteAt(cell) < 128 ? 1 : 2;
        if (byteAt(cell) != 3)
            continue;
        bytes[cell] = 0;
        ++found;
    }
    QCOMPARE(found, 1);
    QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    const auto store = openStore(path, OpenMode::ReadOnly);
    QVERIFY(store.ok());
    waitUntilCounted(**store, {});
    QVERIFY2((*store)->counting().fault.contains(QStringLiteral("again and again")),
        qPrintable((*store)->counting().fault));
    QVERIFY(DamageNotice::instance().isKnown(path));
    QVERIFY(readAsFarAsPossible(path) <= 3);
}

QTEST_GUILESS_MAIN(tst_ForeignHostile)
#include "tst_foreignhostile.moc"
