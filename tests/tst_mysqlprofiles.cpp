#include "domain/evolver.h"
#include "foreign/foreignstores.h"
#include "mysql/mysqlconnection.h"
#include "server/mysqlstatement.h"
#include "server/serverstores.h"
#include "support/mariadbserver.h"
#include "support/mysqlprofilesamples.h"
#include "support/scratchdatabase.h"
#include "support/workspacefolder.h"
#include "time/replayer.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>

#include <vector>

using namespace eventloupe;

/// The libraries' tables as they make them on MySQL and MariaDB (resources/stores, "source"), and
/// the databases that some wrote elsewhere (../shared/stores), brought into such tables.
class tst_MysqlProfiles final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
        addForeignStores();
    }
    void tablesAreRead_data();
    void tablesAreRead();
    void binaryIdsAreFound();
    void aPageReadsNoMoreThanItsRows();
    void broadwayIsTheSame();
    void railsEventStoreIsTheSame();
    void proophIsAsComputed();

private:
    void copyTable(const ScratchMariaDb& scratch, const QSqlDatabase& from, const QString& table);
    void compareWithFile(const QString& name, const QByteArray& tables, const QStringList& names);

    MariaDbServer m_server;
};

void tst_MysqlProfiles::tablesAreRead_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("lines"); ///< "stream@version type data"; what each has.
    QTest::addColumn<QStringList>("origins"); ///< What is in each event's origin.
    QTest::addColumn<QByteArray>("metadata"); ///< What is in the first event's.
    addDotNetMysqlSamples();
    addJvmMysqlSamples();
    addPhpMysqlSamples();
    addOtherMysqlSamples();
}

void tst_MysqlProfiles::tablesAreRead()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, lines);
    QFETCH(QStringList, origins);
    QFETCH(QByteArray, metadata);
    const ScratchMariaDb scratch(m_server);
    scratch.run(sql);
    const QString before = scratch.content();
    const auto found = recogniseStores(scratch.location());
    QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
    QVERIFY(!found->stores.empty());
    QCOMPARE(found->stores.front().profile.name, QString::fromUtf8(QTest::currentDataTag()));
    const auto store = openCounted(scratch.location());
    QCOMPARE(store->counting().fault, QString());
    const auto events = store->readLog(1, 100);
    QVERIFY2(events, qPrintable(events ? QString() : events.error().message));
    QCOMPARE(events->size(), lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const Event& event = events->at(i);
        QVERIFY2(lineOf(event).contains(lines.at(i)), qPrintable(lineOf(event)));
        QVERIFY2(event.origin.contains(origins.at(i).toUtf8()), event.origin.constData());
        QVERIFY(!event.id.isEmpty());
        if (!QByteArray(QTest::currentDataTag()).startsWith("akka-jdbc-legacy"))
            QCOMPARE(event.time.toRfc3339().left(19), QByteArray("2026-01-05T08:00:00"));
    }
    QVERIFY2(events->first().metadata.contains(metadata), events->first().metadata.constData());
    // Each event alone, by its position, is the same.
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(lineOf(store->readLog(i + 1, 1)->value(0)), lineOf(events->at(i)));
    QCOMPARE(scratch.content(), before);
}

void tst_MysqlProfiles::binaryIdsAreFound()
{
    const ScratchMariaDb scratch(m_server);
    QByteArray sql = "CREATE TABLE m(id bigint AUTO_INCREMENT PRIMARY KEY, event_id BINARY(16) NOT"
                     " NULL, aggregate_root_id BINARY(16) NOT NULL, version int, payload"
                     " varchar(16001) NOT NULL, KEY (event_id));\n";
    sql += "INSERT INTO m SELECT seq, unhex(lpad(hex(seq), 32, '0')), x'11111111111111111111111111"
           "111111', seq, '{\"headers\":{\"__event_type\":\"e\"},\"payload\":{}}' FROM"
           " seq_1_to_600";
    scratch.run(sql);
    const auto store = openCounted(scratch.location());
    LogSelection selection;
    selection.ids = QStringList { QStringLiteral("00000000-0000-0000-0000-000000000200") };
    QList<Position> found;
    const auto scanned = store->scanSelected(
        selection, 1, *store->head(), ScanColumn::Id, {}, [&found](const EventView& event) {
            found.append(event.position);
            return true;
        });
    QVERIFY2(scanned, qPrintable(scanned ? QString() : scanned.error().message));
    QCOMPARE(found, QList<Position>({ 512 }));
}

/// By the key of three columns of cqrs-es, in the midst of the log.
void tst_MysqlProfiles::aPageReadsNoMoreThanItsRows()
{
    const ScratchMariaDb scratch(m_server);
    scratch.run(
        "CREATE TABLE events(aggregate_type varchar(255) NOT NULL, aggregate_id varchar(255)"
        " NOT NULL, sequence bigint NOT NULL, event_type text NOT NULL, event_version text"
        " NOT NULL, payload json NOT NULL, metadata json NOT NULL, PRIMARY KEY"
        " (aggregate_type, aggregate_id, sequence));\nINSERT INTO events SELECT"
        " concat('type', seq MOD 2), concat('a', seq MOD 100), seq DIV 100, 'E', '1',"
        " '{}', '{}' FROM seq_1_to_20000");
    const auto database = openForeignDatabase(scratch.location());
    QVERIFY(database);
    const auto found = recogniseStores(**database, scratch.location());
    QVERIFY(found && !found->stores.empty());
    const LogSql sql(found->stores.front(), ForeignEngine::MySql);
    RowPage page;
    const auto readRows = [&]() -> qint64 {
        if (!(*database)->select("SHOW SESSION STATUS LIKE 'Handler_read_next'", {}, page))
            return -1;
        return page.integer(0, 1);
    };
    for (const auto bound : { LogSql::Bound::After, LogSql::Bound::From }) {
        const qint64 before = readRows();
        const std::vector<ForeignValue> key { QByteArray("type0"), QByteArray("a50"), qint64(100),
            qint64(150) };
        QVERIFY((*database)->select(sql.select(sql.columns({}), bound, false, false), key, page));
        QCOMPARE(page.rows(), std::size_t(150));
        const bool isAfter = bound == LogSql::Bound::After;
        QCOMPARE(page.integer(0, 2), isAfter ? 101 : 100);
        QVERIFY(page.value(149, 1) != page.value(0, 1)); // Into the next stream.
        const qint64 rows = readRows() - before;
        QVERIFY2(rows <= 151, qPrintable(QString::number(rows)));
    }
}

void tst_MysqlProfiles::copyTable(
    const ScratchMariaDb& scratch, const QSqlDatabase& from, const QString& table)
{
    QSqlQuery query(from);
    query.setForwardOnly(true);
    QVERIFY2(
        query.exec(QStringLiteral("SELECT * FROM ") + table), qPrintable(query.lastError().text()));
    const int columns = query.record().count();
    const auto connection = scratch.connect();
    QVERIFY(connection->query("BEGIN"));
    while (query.next()) {
        std::vector<ForeignValue> values;
        std::string sql = "INSERT INTO " + table.toStdString() + " VALUES(";
        for (int column = 0; column < columns; ++column) {
            const QVariant value = query.value(column);
            if (value.isNull())
                values.emplace_back(std::monostate());
            else if (value.typeId() == QMetaType::QByteArray)
                values.emplace_back(ForeignBlob { value.toByteArray() });
            else
                values.emplace_back(value.toString().toUtf8());
            sql += (column > 0 ? ", ?" : "?") + std::to_string(column + 1);
        }
        const auto done = connection->query(boundStatement(sql + ")", values));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message));
    }
    QVERIFY(connection->query("COMMIT"));
}

void tst_MysqlProfiles::compareWithFile(
    const QString& name, const QByteArray& tables, const QStringList& names)
{
    const QString path = QStringLiteral(EVENTLOUPE_SHARED "/stores/") + name;
    if (!QFile::exists(path))
        QSKIP("the databases of ../shared/stores are not here");
    const ScratchMariaDb scratch(m_server);
    scratch.run(tables);
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"));
        database.setDatabaseName(QStringLiteral("file:%1?immutable=1").arg(path));
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        for (const QString& table : names)
            copyTable(scratch, database, table);
    }
    QSqlDatabase::removeDatabase(name);
    const auto file = openCounted(path);
    const auto store = openCounted(scratch.location());
    QCOMPARE(store->library(), file->library());
    QCOMPARE(*store->head(), *file->head());
    QCOMPARE(*store->streamCountAt(*store->head()), *file->streamCountAt(*file->head()));
    const auto expected = file->readLog(1, static_cast<int>(*file->head()));
    const auto events = store->readLog(1, static_cast<int>(*file->head()));
    QVERIFY(expected && events);
    QVERIFY(!expected->isEmpty());
    for (qsizetype i = 0; i < expected->size(); ++i) {
        QCOMPARE(lineOf(events->at(i)), lineOf(expected->at(i)));
        QCOMPARE(events->at(i).time, expected->at(i).time);
        QCOMPARE(events->at(i).id, expected->at(i).id);
        QCOMPARE(events->at(i).metadata, expected->at(i).metadata);
        QCOMPARE(events->at(i).origin, expected->at(i).origin);
    }
}

void tst_MysqlProfiles::broadwayIsTheSame()
{
    compareWithFile(
        QStringLiteral("broadway.db"), broadwayTableOnMysql, { QStringLiteral("events") });
}

void tst_MysqlProfiles::railsEventStoreIsTheSame()
{
    compareWithFile(QStringLiteral("rails-event-store.db"), railsTablesOnMysql,
        { QStringLiteral("event_store_events"), QStringLiteral("event_store_events_in_streams") });
}

namespace {

/// A value of COPY's text format (PostgreSQL 15 documentation, COPY).
ForeignValue copiedValue(const QByteArray& field)
{
    if (field == "\\N")
        return {};
    QByteArray value;
    for (qsizetype i = 0; i < field.size(); ++i) {
        if (field.at(i) != '\\' || i + 1 == field.size()) {
            value += field.at(i);
            continue;
        }
        const char next = field.at(++i);
        value += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
    }
    return value;
}

} // namespace

/// What prooph wrote on PostgreSQL, in its tables for MariaDB.
void tst_MysqlProfiles::proophIsAsComputed()
{
    QFile dump(QStringLiteral(EVENTLOUPE_SHARED "/stores/prooph-postgres.sql"));
    QFile facts(QStringLiteral(EVENTLOUPE_SHARED "/stores/prooph-postgres.expected.json"));
    if (!dump.open(QIODevice::ReadOnly) || !facts.open(QIODevice::ReadOnly))
        QSKIP("the databases of ../shared/stores are not here");
    const JsonValue expected = jsonOf(facts.readAll());
    const ScratchMariaDb scratch(m_server);
    scratch.run(proophStreamsOnMariaDb);
    const auto connection = scratch.connect();
    QVERIFY(connection->query("BEGIN"));
    std::string into;
    while (!dump.atEnd()) {
        QByteArray line = dump.readLine();
        line.chop(1);
        if (line.startsWith("COPY public._")) {
            const QByteArray name = line.mid(12, 41);
            scratch.run(proophTableOnMariaDb(name));
            into = "INSERT INTO `" + name.toStdString()
                + "`(no, event_id, event_name, payload, metadata, created_at)"
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
        } else if (line == "\\.") {
            into.clear();
        } else if (!into.empty()) {
            std::vector<ForeignValue> values;
            for (const QByteArray& field : line.split('\t'))
                values.push_back(copiedValue(field));
            const auto done = connection->query(boundStatement(into, values));
            QVERIFY2(done, qPrintable(done ? QString() : done.error().message));
        }
    }
    QVERIFY(connection->query("COMMIT"));
    const auto store = openCounted(scratch.location());
    QCOMPARE(store->library(), QStringLiteral("Prooph PDO event store"));
    QCOMPARE(*store->head(), expected.find("events")->toInt());
    QCOMPARE(*store->streamCountAt(*store->head()), expected.find("aggregates")->toInt());
    QCOMPARE(store->readLog(1, 1)->value(0).time.toRfc3339().left(26),
        expected.find("firstEvents")
            ->elements()
            .front()
            .find("created_at")
            ->toString()
            .toUtf8()
            .left(26));
    WorkspaceFolder folder;
    folder.write(QStringLiteral("events/a.json"),
        R"({"type":"Acme\\Bank\\AccountOpened","evolve":{"/owner":"data.owner","/currency":"data.currency","/minor":"0","/ops":"0"}})");
    folder.write(QStringLiteral("events/b.json"),
        R"({"type":"Acme\\Bank\\Deposited","evolve":{"/minor":"state.minor + data.minor","/ops":"state.ops + 1"}})");
    folder.write(QStringLiteral("events/c.json"),
        R"({"type":"Acme\\Bank\\Withdrawn","evolve":{"/minor":"state.minor - data.minor","/ops":"state.ops + 1"}})");
    Replayer replayer(std::make_shared<const Evolver>(folder.load()));
    int compared = 0;
    for (const JsonValue& fold : expected.find("folds")->elements()) {
        const QString type = fold.find("aggregate_type")->toString();
        const QString name = type + u'-' + fold.find("aggregate_id")->toString();
        const auto stream = store->findStream(name);
        QVERIFY2(stream && *stream, qPrintable(name));
        if (!type.contains(QStringLiteral("Account")))
            continue;
        const auto state = replayer.stateAtVersion(*store, **stream, fold.find("version")->toInt());
        QVERIFY(state);
        QVERIFY2(state->value == *fold.find("state"), state->value.toJson().constData());
        ++compared;
    }
    QVERIFY(compared > 0);
}

QTEST_GUILESS_MAIN(tst_MysqlProfiles)
#include "tst_mysqlprofiles.moc"
