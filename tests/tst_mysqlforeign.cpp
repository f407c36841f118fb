#include "foreign/foreignstores.h"
#include "foreign/mappingproposal.h"
#include "mysql/mysqlconnection.h"
#include "server/mysqlforeigndatabase.h"
#include "server/serverstores.h"
#include "store/storesecrets.h"
#include "support/mariadbserver.h"
#include "support/scratchdatabase.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

namespace {

using Database = std::unique_ptr<ForeignDatabase>;
using Kind = RowPage::Kind;

Database opened(const QString& location, const MysqlForeignDatabase::Limits& limits = {})
{
    auto database = MysqlForeignDatabase::open(location, limits);
    if (!database)
        qFatal("%s", qPrintable(database.error().message));
    return std::move(*database);
}

/// Of Spatie laravel-event-sourcing (database/migrations/create_stored_events_table.php.stub).
QByteArray spatieTable(const QByteArray& database)
{
    return "CREATE TABLE " + database
        + ".stored_events(id bigint unsigned AUTO_INCREMENT PRIMARY KEY, aggregate_uuid char(36),"
          " aggregate_version bigint unsigned, event_version tinyint unsigned DEFAULT 1,"
          " event_class varchar(255) NOT NULL, event_properties json NOT NULL, meta_data json NOT"
          " NULL, created_at timestamp NOT NULL);\nINSERT INTO "
        + database
        + ".stored_events VALUES(7, '11111111-1111-1111-1111-111111111111', 1, 1, 'Opened', '{}',"
          " '{}', '2026-01-05 08:00:00');\n";
}

QString errorOf(const QString& location)
{
    const auto store = openStore(location, OpenMode::ReadOnly);
    return store ? QString() : store.error().message;
}

QStringList namesOf(const ForeignCatalog& catalog)
{
    QStringList names;
    for (const ForeignTable& table : catalog.tables)
        names.append(table.schema.left(7) + u'.' + table.name);
    return names;
}

} // namespace

/// Another library's database on a MariaDB server: what is read of it, and how it is opened.
class tst_MysqlForeign final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
    }
    void valuesAreExact();
    void catalogHoldsWhatMayBeRead();
    void sessionsCannotWrite();
    void statementsEnd();
    void pagesAreCut();
    void lostSessionsAreOpenedAnew();
    void aLostSessionDisturbsNoOther();
    void silentServersAreGivenUp();
    void passwordsAreAskedForAndNotShown();
    void transportIsEncrypted();
    void severalThatFitAreOffered();
    void emptyDatabasesSaySo();
    void aMappingIsProposed();

private:
    MariaDbServer m_server;
};

void tst_MysqlForeign::valuesAreExact()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run("CREATE TABLE v(a bigint, b decimal(40,9), c timestamp(6) NULL, d varbinary(9),"
                " e json, f longtext CHARACTER SET utf8mb4, g uuid, h boolean, i double, j text,"
                " k decimal(10,0), l datetime(6), m bit(9), n bigint unsigned, o binary(16),"
                " p varchar(9) CHARACTER SET latin1, q enum('x','y'), r float);\n"
                "SET time_zone = '+02:00';\n"
                "INSERT INTO v VALUES(9007199254740993, 12345678901234567890.123456789,"
                " '2026-04-06 08:01:45.792327', x'00ff27', '{\"b\": 1.10,  \"a\":2,\"b\":3}',"
                " '\xf0\x9f\x90\xb4\\\\', '00112233-4455-6677-8899-AABBCCDDEEFF', true, 0.1, NULL,"
                " 42, '2026-01-05 08:00:00.000001', b'100000010', 18446744073709551615,"
                " x'00112233445566778899aabbccddeeff', '\xc3\xa4', 'y', 0.5)");
    const Database database = opened(scratch.location());
    RowPage page;
    const std::vector<ForeignValue> parameters { qint64(9007199254740993),
        ForeignBlob { QByteArray("\0\xff'", 3) }, QByteArray("2026-01-05 08:00:00.000001"),
        QByteArray("\xc3\xa4"), QByteArray("\xf0\x9f\x90\xb4\\") };
    const auto read = database->select("SELECT * FROM `v` WHERE `a` = ?1 AND `d` = ?2 AND `l` = ?3"
                                       " AND `p` = ?4 AND `f` = ?5",
        parameters, page);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(page.rows(), std::size_t(1));
    QCOMPARE(page.integer(0, 0), 9007199254740993);
    QCOMPARE(page.kind(0, 1), Kind::Text);
    QCOMPARE(page.bytes(0, 1), std::string_view("12345678901234567890.123456789"));
    QCOMPARE(page.bytes(0, 2), std::string_view("2026-04-06 06:01:45.792327"));
    QCOMPARE(page.kind(0, 3), Kind::Blob);
    QCOMPARE(page.bytes(0, 3), std::string_view("\0\xff'", 3));
    QCOMPARE(page.kind(0, 4), Kind::Text);
    QCOMPARE(page.bytes(0, 4), std::string_view("{\"b\": 1.10,  \"a\":2,\"b\":3}"));
    QCOMPARE(page.bytes(0, 5), std::string_view("\xf0\x9f\x90\xb4\\"));
    QCOMPARE(page.bytes(0, 6), std::string_view("00112233-4455-6677-8899-aabbccddeeff"));
    QCOMPARE(page.integer(0, 7), 1);
    QCOMPARE(page.real(0, 8), 0.1);
    QVERIFY(page.isNull(0, 9));
    QCOMPARE(page.kind(0, 10), Kind::Integer);
    QCOMPARE(page.bytes(0, 11), std::string_view("2026-01-05 08:00:00.000001"));
    QCOMPARE(page.integer(0, 12), 258);
    QCOMPARE(page.bytes(0, 13), std::string_view("18446744073709551615"));
    QCOMPARE(page.kind(0, 14), Kind::Blob);
    std::string buffer;
    QCOMPARE(page.text(0, 14, buffer), std::string_view("00112233-4455-6677-8899-aabbccddeeff"));
    QCOMPARE(page.bytes(0, 15), std::string_view("\xc3\xa4"));
    QCOMPARE(page.bytes(0, 16), std::string_view("y"));
    QCOMPARE(page.real(0, 17), 0.5);
}

void tst_MysqlForeign::catalogHoldsWhatMayBeRead()
{
    const ScratchMariaDb scratch(m_server);
    const QByteArray name = scratch.name().toUtf8();
    scratch.run("CREATE TABLE plain(Id int PRIMARY KEY, b varchar(99) NOT NULL, c varchar(99), d"
                " text, KEY(c, b), KEY(d(5)), KEY(b, d(3)), FULLTEXT KEY(d));\n"
                "CREATE TABLE parted(a int) PARTITION BY HASH (a) PARTITIONS 2;\n"
                "CREATE TABLE `odd``name``; --`(`a``b` int);\n"
                "CREATE VIEW seen AS SELECT * FROM plain;\nCREATE SEQUENCE counted;\n"
                "CREATE TABLE secret(a int);\nCREATE TABLE half(a int, b int);\n"
                "CREATE OR REPLACE USER limited@'%';\n"
                "GRANT SELECT ON plain TO limited@'%';\nGRANT SELECT ON parted TO limited@'%';\n"
                "GRANT SELECT ON seen TO limited@'%';\nGRANT INSERT ON secret TO limited@'%';\n"
                "GRANT SELECT ON counted TO limited@'%';\n"
                "GRANT SELECT(b) ON half TO limited@'%'");
    const auto catalog
        = opened(m_server.location(scratch.name(), QStringLiteral("limited")))->catalog();
    QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().message));
    QCOMPARE(namesOf(*catalog),
        QStringList({ QStringLiteral("scratch.half"), QStringLiteral("scratch.parted"),
            QStringLiteral("scratch.plain") }));
    QCOMPARE(catalog->refused.join(u' ').remove(scratch.name()),
        QStringLiteral(".counted .secret .seen"));
    const ForeignTable& plain = catalog->tables.at(2);
    QCOMPARE(plain.primaryKey, QStringList(QStringLiteral("Id")));
    QCOMPARE(plain.columns.size(), 4);
    QCOMPARE(plain.columns.at(1).type, QStringLiteral("varchar(99)"));
    QVERIFY(!plain.columns.at(1).isNullable);
    QVERIFY(plain.columns.at(2).isNullable);
    QVERIFY(plain.hasIndexOn({ QStringLiteral("c"), QStringLiteral("b") }));
    QVERIFY(plain.hasIndexOn({ QStringLiteral("b") }));
    QVERIFY(!plain.hasIndexOn({ QStringLiteral("b"), QStringLiteral("d") }));
    QVERIFY(!plain.hasIndexOn({ QStringLiteral("d") }));
    QCOMPARE(catalog->tables.at(0).columns.size(), 1);
    const auto all = opened(scratch.location())->catalog();
    QVERIFY(namesOf(*all).contains(QStringLiteral("scratch.odd`name`; --")));
    // Without a database: all but the server's own.
    const auto every = opened(m_server.location({}))->catalog();
    QVERIFY2(every, qPrintable(every ? QString() : every.error().message));
    QVERIFY(every->tables.size() >= all->tables.size());
    for (const ForeignTable& table : every->tables)
        QVERIFY(table.schema != u"mysql" && table.schema != u"information_schema");
}

void tst_MysqlForeign::sessionsCannotWrite()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run("CREATE TABLE t(a int);\nINSERT INTO t VALUES(1);\n"
                "CREATE TABLE old(a int) ENGINE = MyISAM;\nINSERT INTO old VALUES(1);\n"
                "CREATE SEQUENCE s");
    const QString before = scratch.content();
    const Database database = opened(scratch.location());
    RowPage page;
    for (const char* sql : { "INSERT INTO t VALUES(2)", "DELETE FROM t", "UPDATE t SET a = 2",
             "REPLACE INTO t VALUES(3)", "TRUNCATE t", "CREATE TABLE u(a int)", "DROP TABLE t",
             "SELECT * FROM t FOR UPDATE", "ALTER TABLE t ADD b int", "INSERT INTO old VALUES(2)",
             "CREATE USER somebody", "SELECT NEXTVAL(s)" }) {
        const auto refused = database->select(sql, {}, page);
        QVERIFY2(!refused, sql);
        QVERIFY2(refused.error().code == ErrorCode::ReadOnly, qPrintable(refused.error().message));
    }
    // One call is one statement.
    QVERIFY(!database->select("SELECT 1; INSERT INTO t VALUES(2)", {}, page));
    // A server that asks for files of this machine is given none.
    QVERIFY(!database->select("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t", {}, page));
    QVERIFY(database->select("SELECT a FROM t", {}, page));
    QCOMPARE(page.rows(), std::size_t(1));
    QCOMPARE(scratch.content(), before);
}

void tst_MysqlForeign::statementsEnd()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run("CREATE TABLE n AS SELECT seq FROM seq_1_to_2000");
    const char* const endless = "SELECT count(*) FROM n AS a, n AS b, n AS c, n AS d";
    RowPage page;
    MysqlForeignDatabase::Limits limits;
    limits.statement = 300ms;
    const auto late = opened(scratch.location(), limits)->select(endless, {}, page);
    QVERIFY(!late);
    QVERIFY2(late.error().code == ErrorCode::InputOutput, qPrintable(late.error().message));
    QVERIFY2(
        late.error().message.contains(QStringLiteral("gave up")), qPrintable(late.error().message));
    const Database database = opened(scratch.location());
    std::thread other([&database] {
        std::this_thread::sleep_for(150ms);
        database->interrupt();
    });
    const auto interrupted = database->select(endless, {}, page);
    other.join();
    QVERIFY(!interrupted);
    QCOMPARE(interrupted.error().code, ErrorCode::Cancelled);
    // The server has stopped as well.
    QTRY_COMPARE_WITH_TIMEOUT(
        scratch.lines("SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE"
                      " 'SELECT count(*) FROM n AS a%'"),
        QStringLiteral("0"), 10'000);
    for (int i = 0; i < 5; ++i)
        QVERIFY(database->select("SELECT 5", {}, page));
    const CancelToken token;
    std::thread canceller([&token] {
        std::this_thread::sleep_for(150ms);
        token.cancel();
    });
    {
        const ForeignWatch watch(*database, token);
        const auto cancelled = database->select(endless, {}, page);
        canceller.join();
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(database->select("SELECT 1", {}, page).error().code, ErrorCode::Cancelled);
    }
    QVERIFY(database->select("SELECT 5", {}, page));
}

void tst_MysqlForeign::pagesAreCut()
{
    const ScratchMariaDb scratch(m_server);
    const Database database = opened(scratch.location());
    RowPage page;
    QVERIFY(database->select("SELECT seq, repeat('x', 1000000) FROM seq_1_to_100", {}, page));
    QVERIFY(page.isCut());
    QCOMPARE(page.rows(), std::size_t(9));
    QVERIFY(database->select("SELECT seq, repeat('x', 1000000) FROM seq_1_to_12", {}, page));
    QVERIFY(page.isCut());
    // The rest does not come with what is asked next.
    for (int i = 0; i < 20; ++i) {
        QVERIFY(database->select("SELECT 5", {}, page));
        QCOMPARE(page.integer(0, 0), 5);
        QVERIFY(!page.isCut());
    }
}

void tst_MysqlForeign::lostSessionsAreOpenedAnew()
{
    const ScratchMariaDb scratch(m_server);
    const Database database = opened(scratch.location());
    RowPage page;
    QVERIFY(database->select("SELECT CONNECTION_ID()", {}, page));
    scratch.run("KILL " + QByteArray::number(page.integer(0, 0)));
    const auto again = database->select("SELECT 5", {}, page);
    QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
    QVERIFY(m_server.command("kill"));
    const auto gone = database->select("SELECT 5", {}, page);
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::Busy);
    QVERIFY(m_server.command("start"));
    QTRY_VERIFY_WITH_TIMEOUT(database->select("SELECT 5", {}, page).ok(), 20'000);
}

/// What OpenSSL says of one connection is of the thread: it must not be taken for another's.
void tst_MysqlForeign::aLostSessionDisturbsNoOther()
{
    const ScratchMariaDb scratch(m_server);
    MysqlOptions options;
    options.address = *MysqlAddress::parse(scratch.location());
    const auto steady = MysqlConnection::open(options);
    QVERIFY(steady);
    for (int i = 0; i < 5; ++i) {
        const auto lost = MysqlConnection::open(options);
        QVERIFY(lost);
        QString id;
        QVERIFY((*lost)->query("SELECT CONNECTION_ID()", [&id](const MysqlRow& row) {
            id = row.string(0);
            return true;
        }));
        scratch.run("KILL " + id.toUtf8());
        QVERIFY(!(*lost)->query("SELECT 1"));
        QVERIFY((*lost)->isBroken());
        // It has to wait for its answer.
        const auto answered = (*steady)->query("SELECT SLEEP(0.05)");
        QVERIFY2(answered, qPrintable(answered ? QString() : answered.error().message));
    }
}

void tst_MysqlForeign::silentServersAreGivenUp()
{
    QVERIFY(m_server.command("stop"));
    const auto silent
        = MysqlForeignDatabase::open(m_server.location({}) + QStringLiteral("?connect-timeout=1"));
    MysqlOptions options;
    options.address = *MysqlAddress::parse(m_server.location({}));
    QElapsedTimer timer;
    timer.start();
    const auto cancelled
        = MysqlConnection::open(options, [&timer] { return timer.elapsed() > 200; });
    QVERIFY(m_server.command("continue"));
    QVERIFY(!silent);
    QVERIFY2(silent.error().message.contains(QStringLiteral("does not answer")),
        qPrintable(silent.error().message));
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

void tst_MysqlForeign::passwordsAreAskedForAndNotShown()
{
    const QString location = m_server.location({}, QStringLiteral("guarded"));
    const auto refused = MysqlForeignDatabase::open(location);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("MYSQL_PWD")),
        qPrintable(refused.error().message));
    int asked = 0;
    setPasswordPrompt([&asked](const PasswordRequest& request) -> std::optional<QByteArray> {
        ++asked;
        return request.wasRefused ? QByteArray("guarded") : QByteArray("wrong-secret");
    });
    QVERIFY(MysqlForeignDatabase::open(location));
    QCOMPARE(asked, 2);
    QVERIFY(MysqlForeignDatabase::open(location)); // Known by now.
    QCOMPARE(asked, 2);
    setPasswordPrompt({});
    QString shown = location;
    shown.replace(QStringLiteral("guarded@"), QStringLiteral("guarded:not-this-one@"));
    const auto wrong = MysqlForeignDatabase::open(shown);
    QVERIFY(!wrong);
    QVERIFY2(!wrong.error().message.contains(QStringLiteral("not-this-one")),
        qPrintable(wrong.error().message));
}

void tst_MysqlForeign::transportIsEncrypted()
{
    if (!QFile::exists(m_server.folder() + QStringLiteral("/server.crt")))
        QSKIP("openssl, which makes the certificate, is absent");
    const QString location = m_server.location({}, QStringLiteral("secure"));
    const auto opens = [](const QString& where) {
        const auto database = MysqlForeignDatabase::open(where);
        return database ? QString() : database.error().message;
    };
    QCOMPARE(opens(location), QString());
    QVERIFY(!opens(location + QStringLiteral("?ssl-mode=disabled")).isEmpty());
    QVERIFY(!opens(location + QStringLiteral("?ssl-mode=verify_identity")).isEmpty());
    const QString verified
        = QString(location).replace(QStringLiteral("127.0.0.1"), QStringLiteral("localhost"))
        + QStringLiteral("?ssl-mode=verify_identity&ssl-ca=%1/server.crt").arg(m_server.folder());
    QCOMPARE(opens(verified), QString());
    MysqlOptions options;
    options.address = *MysqlAddress::parse(verified);
    const auto connection = MysqlConnection::open(options);
    QVERIFY(connection);
    QVERIFY2((*connection)->server().transport.contains(QStringLiteral("host name verified")),
        qPrintable((*connection)->server().transport));
    QVERIFY((*connection)->server().version.startsWith(QStringLiteral("MariaDB 1")));
    // A call can be ended there, too.
    const CancelToken token;
    std::thread canceller([&token] {
        std::this_thread::sleep_for(150ms);
        token.cancel();
    });
    const MysqlWatch watch(**connection, token);
    const auto cancelled = (*connection)->query("SELECT SLEEP(60)");
    canceller.join();
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

void tst_MysqlForeign::severalThatFitAreOffered()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run("CREATE DATABASE shop_a;\nCREATE DATABASE `shop b`;\n" + spatieTable("shop_a")
        + spatieTable("`shop b`"));
    const QString all = m_server.location({});
    const QString refused = errorOf(all);
    QVERIFY2(refused.contains(QStringLiteral("#spatie@shop_a'")), qPrintable(refused));
    QVERIFY2(refused.contains(QStringLiteral("#spatie@shop b'")), qPrintable(refused));
    const auto chosen = openCounted(all + QStringLiteral("#spatie@shop b"));
    QCOMPARE(*chosen->head(), 1);
    QCOMPARE(*openCounted(m_server.location(QStringLiteral("shop_a")))->head(), 1);
    QCOMPARE(openCounted(m_server.location(QStringLiteral("shop_a")))->library(),
        QStringLiteral("Spatie laravel-event-sourcing"));
    QVERIFY(!chosen->readOnlyReason().isEmpty());
    scratch.run("DROP DATABASE shop_a;\nDROP DATABASE `shop b`");
}

void tst_MysqlForeign::emptyDatabasesSaySo()
{
    const ScratchMariaDb scratch(m_server);
    QVERIFY2(errorOf(scratch.location()).contains(QStringLiteral("no tables")),
        qPrintable(errorOf(scratch.location())));
    scratch.run("CREATE TABLE customers(id int, name text)");
    const QString nothing = errorOf(scratch.location());
    QVERIFY2(nothing.contains(QStringLiteral("customers")), qPrintable(nothing));
    QVERIFY(
        errorOf(m_server.location(QStringLiteral("nowhere"))).contains(QStringLiteral("nowhere")));
}

void tst_MysqlForeign::aMappingIsProposed()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run("CREATE TABLE customers(id int, name text);\n"
                "CREATE TABLE journal_entries(seq bigint AUTO_INCREMENT PRIMARY KEY, entity_id"
                " char(36), revision int, kind varchar(99), body json, occurred_at datetime(6));\n"
                "INSERT INTO journal_entries VALUES"
                "(5, '11111111-1111-1111-1111-111111111111', 0, 'Opened', '{\"a\": 1}',"
                " '2026-01-05 08:00:00.000001'),"
                "(9, '11111111-1111-1111-1111-111111111111', 1, 'Paid', '{\"b\": 2}',"
                " '2026-01-05 08:00:01')");
    const auto database = openForeignDatabase(scratch.location());
    QVERIFY(database);
    const auto catalog = (*database)->catalog();
    const auto proposals = proposeMappings(**database, *catalog);
    QVERIFY2(proposals, qPrintable(proposals ? QString() : proposals.error().message));
    QCOMPARE(proposals->size(), std::size_t(1));
    const StoreProfile& profile = proposals->front().profile;
    const auto preview = previewMapping(**database, *catalog, profile);
    QVERIFY2(preview, qPrintable(preview ? QString() : preview.error().message));
    QCOMPARE(preview->size(), 2);
    QCOMPARE(preview->at(0).type, QStringLiteral("Opened"));
    QCOMPARE(preview->at(0).time.toRfc3339(), QByteArray("2026-01-05T08:00:00.000001Z"));
    QCOMPARE(preview->at(1).version, 2);
}

QTEST_GUILESS_MAIN(tst_MysqlForeign)
#include "tst_mysqlforeign.moc"
