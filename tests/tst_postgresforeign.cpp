#include "foreign/foreignstores.h"
#include "foreign/mappingproposal.h"
#include "postgres/postgresconnection.h"
#include "server/postgresforeigndatabase.h"
#include "server/serverstores.h"
#include "support/scratchdatabase.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

namespace {

using Database = std::unique_ptr<ForeignDatabase>;
using Kind = RowPage::Kind;

Database opened(const QString& location, const PostgresForeignDatabase::Limits& limits = {})
{
    auto database = PostgresForeignDatabase::open(location, limits);
    if (!database)
        qFatal("%s", qPrintable(database.error().message));
    return std::move(*database);
}

/// Of Marten (JasperFx/marten: src/Marten/Events/Schema/EventsTable.cs, StreamsTable.cs).
QByteArray martenTables(const QByteArray& schema)
{
    return "CREATE SCHEMA IF NOT EXISTS " + schema + ";CREATE TABLE " + schema
        + ".mt_streams(id uuid PRIMARY KEY, type varchar, version bigint, timestamp timestamptz,"
          " created timestamptz, tenant_id varchar, is_archived boolean);CREATE TABLE "
        + schema
        + ".mt_events(seq_id bigint PRIMARY KEY, id uuid, stream_id uuid, version bigint, data "
          "jsonb,"
          " type varchar(500), timestamp timestamptz, tenant_id varchar, mt_dotnet_type varchar,"
          " is_archived boolean);INSERT INTO "
        + schema
        + ".mt_events VALUES(7, '00112233-4455-6677-8899-aabbccddeeff',"
          " '11111111-1111-1111-1111-111111111111', 1, '{}', 'opened', now(), '*DEFAULT*', 'x', "
          "false)";
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
        names.append(table.schema + u'.' + table.name);
    return names;
}

} // namespace

/// Another library's database on a PostgreSQL server: what is read of it, and how it is opened.
class tst_PostgresForeign final : public QObject {
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
    void namesOfTheDatabaseAreNotCalled();
    void statementsEnd();
    void pagesAreCut();
    void lostSessionsAreOpenedAnew();
    void rowsAreEstimated();
    void ownStoreGoesFirst();
    void severalThatFitAreOffered();
    void schemasAreChosen();
    void anEmptyDatabaseSaysHowToBegin();
    void aMappingIsProposed();
    void passwordsAreNotShown();

private:
    PostgresServer m_server;
};

void tst_PostgresForeign::valuesAreExact()
{
    const ScratchDatabase scratch(m_server);
    scratch.run(
        "CREATE TABLE v(a bigint, b numeric(40,9), c timestamptz, d bytea, e jsonb, f json,"
        " g uuid, h boolean, i float8, j text, k numeric, l timestamp, m text[]);"
        "INSERT INTO v VALUES(9007199254740993, 12345678901234567890.123456789,"
        " '2026-04-06 08:01:45.792327+02', '\\x00ff27', '{\"b\": 1.10,\"a\":2}',"
        " '{\"b\":1.10,  \"b\":2}', '00112233-4455-6677-8899-AABBCCDDEEFF', true, 0.1, NULL,"
        " 42, '2026-01-05 08:00:00', '{x,y}')");
    const Database database = opened(scratch.location());
    RowPage page;
    const std::vector<ForeignValue> parameters { qint64(9007199254740993),
        ForeignBlob { QByteArray("\0\xff'", 3) },
        QByteArray("00112233-4455-6677-8899-aabbccddeeff") };
    const auto read = database->select(
        "SELECT * FROM \"public\".\"v\" WHERE \"a\" = $1 AND \"d\" = $2 AND \"g\" = $3", parameters,
        page);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(page.rows(), std::size_t(1));
    QCOMPARE(page.integer(0, 0), 9007199254740993);
    QCOMPARE(page.kind(0, 1), Kind::Text);
    QCOMPARE(page.bytes(0, 1), std::string_view("12345678901234567890.123456789"));
    QCOMPARE(page.bytes(0, 2), std::string_view("2026-04-06 06:01:45.792327+00"));
    QCOMPARE(page.kind(0, 3), Kind::Blob);
    QCOMPARE(page.bytes(0, 3), std::string_view("\0\xff'", 3));
    QCOMPARE(page.bytes(0, 4), std::string_view("{\"a\": 2, \"b\": 1.10}"));
    QCOMPARE(page.bytes(0, 5), std::string_view("{\"b\":1.10,  \"b\":2}"));
    QCOMPARE(page.bytes(0, 6), std::string_view("00112233-4455-6677-8899-aabbccddeeff"));
    QCOMPARE(page.integer(0, 7), 1);
    QCOMPARE(page.real(0, 8), 0.1);
    QVERIFY(page.isNull(0, 9));
    QCOMPARE(page.kind(0, 10), Kind::Integer);
    QCOMPARE(page.bytes(0, 11), std::string_view("2026-01-05 08:00:00"));
    QCOMPARE(page.bytes(0, 12), std::string_view("{x,y}"));
    // What no value of the type can be is no row's.
    const ForeignValue noUuid = QByteArray("cart-1");
    QVERIFY(
        database->select("SELECT 1 FROM \"public\".\"v\" WHERE \"g\" = $1", { &noUuid, 1 }, page));
    QCOMPARE(page.rows(), std::size_t(0));
}

void tst_PostgresForeign::catalogHoldsWhatMayBeRead()
{
    const ScratchDatabase scratch(m_server);
    scratch.run("CREATE TABLE plain(\"Id\" int PRIMARY KEY, b text NOT NULL, c text, d int);"
                "CREATE INDEX ON plain(c, b); CREATE INDEX ON plain(d) WHERE d > 1;"
                "CREATE INDEX ON plain(b, lower(c));"
                "CREATE TABLE parted(a int, p text) PARTITION BY LIST (p);"
                "CREATE TABLE parted_x PARTITION OF parted FOR VALUES IN ('x');"
                "CREATE VIEW seen AS SELECT * FROM plain;"
                "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain;"
                "CREATE SCHEMA other; CREATE TABLE other.mine(a int);"
                "CREATE SCHEMA shut; CREATE TABLE shut.mine(a int);"
                "CREATE TABLE secret(a int); CREATE TABLE half(a int, b int)");
    QCOMPARE(m_server.run("DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object"
                          " THEN NULL; END $$"),
        QString());
    scratch.run("GRANT USAGE ON SCHEMA other TO reader;"
                "GRANT SELECT ON plain, parted, seen, kept, other.mine TO reader;"
                "GRANT SELECT(b) ON half TO reader");
    const auto catalog = opened(
        scratch.location().replace(QStringLiteral("eventloupe@"), QStringLiteral("reader@")))
                             ->catalog();
    QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().message));
    QCOMPARE(namesOf(*catalog),
        QStringList({ QStringLiteral("other.mine"), QStringLiteral("public.half"),
            QStringLiteral("public.parted"), QStringLiteral("public.plain") }));
    QCOMPARE(catalog->refused,
        QStringList({ QStringLiteral("public.kept"), QStringLiteral("public.secret"),
            QStringLiteral("public.seen"), QStringLiteral("shut.mine") }));
    const ForeignTable& plain = catalog->tables.at(3);
    QCOMPARE(plain.primaryKey, QStringList(QStringLiteral("Id")));
    QCOMPARE(plain.columns.size(), 4);
    QCOMPARE(plain.columns.at(1).type, QStringLiteral("text"));
    QVERIFY(!plain.columns.at(1).isNullable);
    QVERIFY(plain.columns.at(2).isNullable);
    QVERIFY(plain.hasIndexOn({ QStringLiteral("c"), QStringLiteral("b") }));
    QVERIFY(plain.hasIndexOn({ QStringLiteral("b") }));
    QVERIFY(!plain.hasIndexOn({ QStringLiteral("b"), QStringLiteral("c") }));
    QVERIFY(!plain.hasIndexOn({ QStringLiteral("d") }));
    QCOMPARE(catalog->tables.at(1).columns.size(), 1);
    const auto one = opened(scratch.location(QStringLiteral("?schema=other")))->catalog();
    QCOMPARE(namesOf(*one), QStringList(QStringLiteral("other.mine")));
}

void tst_PostgresForeign::sessionsCannotWrite()
{
    const ScratchDatabase scratch(m_server);
    scratch.run("CREATE TABLE t(a int); CREATE SEQUENCE s; INSERT INTO t VALUES(1)");
    const Database database = opened(scratch.location());
    RowPage page;
    for (const char* sql :
        { "INSERT INTO public.t VALUES(2)", "DELETE FROM public.t", "SELECT nextval('public.s')",
            "CREATE TABLE public.u(a int)", "SELECT * FROM public.t FOR UPDATE" }) {
        const auto refused = database->select(sql, {}, page);
        QVERIFY2(!refused, sql);
        QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
    }
    QVERIFY(database->select("SELECT a FROM public.t", {}, page));
    QCOMPARE(page.rows(), std::size_t(1));
}

void tst_PostgresForeign::namesOfTheDatabaseAreNotCalled()
{
    const ScratchDatabase scratch(m_server);
    scratch.run("CREATE TABLE t(a int); INSERT INTO t VALUES(1);"
                "CREATE FUNCTION public.count(int) RETURNS int LANGUAGE sql AS 'SELECT 99'");
    RowPage page;
    QVERIFY(opened(scratch.location())->select("SELECT count(a) FROM public.t", {}, page));
    QCOMPARE(page.integer(0, 0), 1);
}

void tst_PostgresForeign::statementsEnd()
{
    const ScratchDatabase scratch(m_server);
    RowPage page;
    PostgresForeignDatabase::Limits limits;
    limits.statement = 300ms;
    const auto late = opened(scratch.location(), limits)->select("SELECT pg_sleep(60)", {}, page);
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::InputOutput);
    QVERIFY2(
        late.error().message.contains(QStringLiteral("gave up")), qPrintable(late.error().message));
    const Database database = opened(scratch.location());
    std::thread other([&database] {
        std::this_thread::sleep_for(150ms);
        database->interrupt();
    });
    const auto interrupted = database->select("SELECT pg_sleep(60)", {}, page);
    other.join();
    QVERIFY(!interrupted);
    QCOMPARE(interrupted.error().code, ErrorCode::Cancelled);
    const CancelToken token;
    const ForeignWatch watch(*database, token);
    token.cancel();
    QCOMPARE(database->select("SELECT 1", {}, page).error().code, ErrorCode::Cancelled);
}

void tst_PostgresForeign::pagesAreCut()
{
    const ScratchDatabase scratch(m_server);
    const Database database = opened(scratch.location());
    RowPage page;
    QVERIFY(database->select(
        "SELECT i, repeat('x', 1000000) FROM generate_series(1, 100) AS i", {}, page));
    QVERIFY(page.isCut());
    QCOMPARE(page.rows(), std::size_t(9));
    // The rest does not come with what is asked next.
    for (int i = 0; i < 20; ++i) {
        QVERIFY(database->select("SELECT 5", {}, page));
        QCOMPARE(page.integer(0, 0), 5);
        QVERIFY(!page.isCut());
    }
}

void tst_PostgresForeign::lostSessionsAreOpenedAnew()
{
    const ScratchDatabase scratch(m_server);
    const Database database = opened(scratch.location());
    RowPage page;
    QVERIFY(m_server.command("cut"));
    const auto again = database->select("SELECT 5", {}, page);
    QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
    QVERIFY(m_server.command("kill"));
    const auto gone = database->select("SELECT 5", {}, page);
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::Busy);
    QVERIFY(m_server.command("start"));
    QTRY_VERIFY_WITH_TIMEOUT(database->select("SELECT 5", {}, page).ok(), 20'000);
}

void tst_PostgresForeign::rowsAreEstimated()
{
    const ScratchDatabase scratch(m_server);
    scratch.run("CREATE TABLE t(a int, p text) PARTITION BY LIST (p);"
                "CREATE TABLE t_x PARTITION OF t FOR VALUES IN ('x');"
                "CREATE TABLE t_y PARTITION OF t FOR VALUES IN ('y');"
                "INSERT INTO t SELECT i, CASE WHEN i % 2 = 0 THEN 'x' ELSE 'y' END"
                " FROM generate_series(1, 20000) AS i; ANALYZE t");
    const Database database = opened(scratch.location());
    const auto catalog = database->catalog();
    QCOMPARE(catalog->tables.size(), 1);
    QCOMPARE(*database->aboutRows(catalog->tables.first()), 20'000);
}

void tst_PostgresForeign::ownStoreGoesFirst()
{
    const ScratchDatabase scratch(m_server);
    scratch.run(martenTables("public"));
    QCOMPARE(openCounted(scratch.location())->library(), QStringLiteral("Marten"));
    QVERIFY(openStore(scratch.location(), OpenMode::Create));
    QCOMPARE(openCounted(scratch.location())->library(), QString());
    const auto chosen = openCounted(scratch.location(QStringLiteral("#marten")));
    QCOMPARE(chosen->library(), QStringLiteral("Marten"));
    QCOMPARE(chosen->location(), scratch.location(QStringLiteral("#marten")));
    QVERIFY(!chosen->readOnlyReason().isEmpty());
}

void tst_PostgresForeign::severalThatFitAreOffered()
{
    const ScratchDatabase scratch(m_server);
    scratch.run(martenTables("a"));
    scratch.run(martenTables("\"b c\""));
    const QString refused = errorOf(scratch.location());
    QVERIFY2(refused.contains(QStringLiteral("#marten@a'")), qPrintable(refused));
    QVERIFY2(refused.contains(QStringLiteral("#marten@b c'")), qPrintable(refused));
    QCOMPARE(*openCounted(scratch.location(QStringLiteral("#marten@b c")))->head(), 1);
    QVERIFY(
        errorOf(scratch.location(QStringLiteral("#castore"))).contains(QStringLiteral("castore")));
}

void tst_PostgresForeign::schemasAreChosen()
{
    const ScratchDatabase scratch(m_server);
    scratch.run(martenTables("a"));
    scratch.run(martenTables("b") + ";DELETE FROM b.mt_events");
    QCOMPARE(*openCounted(scratch.location(QStringLiteral("?schema=a")))->head(), 1);
    QCOMPARE(*openCounted(scratch.location(QStringLiteral("?schema=b")))->head(), 0);
}

void tst_PostgresForeign::anEmptyDatabaseSaysHowToBegin()
{
    const ScratchDatabase scratch(m_server);
    const QString empty = errorOf(scratch.location());
    QVERIFY2(empty.contains(QStringLiteral("eventloupe init")), qPrintable(empty));
    scratch.run("CREATE TABLE customers(id int, name text)");
    const QString nothing = errorOf(scratch.location());
    QVERIFY2(nothing.contains(QStringLiteral("customers")), qPrintable(nothing));
    QVERIFY2(nothing.contains(QStringLiteral("of a workspace")), qPrintable(nothing));
}

void tst_PostgresForeign::aMappingIsProposed()
{
    const ScratchDatabase scratch(m_server);
    scratch.run("CREATE TABLE customers(id int, name text);"
                "CREATE SCHEMA shop; CREATE TABLE shop.journal_entries(seq bigserial PRIMARY KEY,"
                " entity_id uuid, revision int, kind text, body jsonb, occurred_at timestamptz);"
                "INSERT INTO shop.journal_entries VALUES"
                "(5, '11111111-1111-1111-1111-111111111111', 0, 'Opened', '{\"a\": 1}',"
                " '2026-01-05 08:00:00.000001+00'),"
                "(9, '11111111-1111-1111-1111-111111111111', 1, 'Paid', '{\"b\": 2}',"
                " '2026-01-05 08:00:01+00')");
    const auto database = openForeignDatabase(scratch.location());
    QVERIFY(database);
    const auto catalog = (*database)->catalog();
    const auto proposals = proposeMappings(**database, *catalog);
    QVERIFY(proposals);
    QCOMPARE(proposals->size(), std::size_t(1));
    const auto preview = previewMapping(**database, *catalog, proposals->front().profile);
    QVERIFY2(preview, qPrintable(preview ? QString() : preview.error().message));
    QCOMPARE(preview->size(), 2);
    QCOMPARE(preview->at(0).time.toRfc3339(), QByteArray("2026-01-05T08:00:00.000001Z"));
    QCOMPARE(lineOf(preview->at(1)),
        QStringLiteral("stream-11111111-1111-1111-1111-111111111111@2 Paid {\"b\": 2}"));
}

void tst_PostgresForeign::passwordsAreNotShown()
{
    const ScratchDatabase scratch(m_server);
    scratch.run(martenTables("public"));
    const QString secret = scratch.location().replace(
        QStringLiteral("eventloupe@"), QStringLiteral("eventloupe:s3cret-word@"));
    const auto store = openCounted(secret);
    QVERIFY(!store->location().contains(QStringLiteral("s3cret")));
    for (const QString& more : { QStringLiteral("#nothing"), QStringLiteral("?schema=none"),
             QStringLiteral("x"), QStringLiteral("?sslmode=never") }) {
        const QString error = errorOf(secret + more);
        QVERIFY(!error.isEmpty());
        QVERIFY2(!error.contains(QStringLiteral("s3cret")), qPrintable(error));
    }
}

QTEST_GUILESS_MAIN(tst_PostgresForeign)
#include "tst_postgresforeign.moc"
