#include "postgres/postgresschema.h"

#include "value/event.h"
#include "value/uuid.h"

#include <QCoreApplication>
#include <QFile>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

QByteArray resource(const char* name)
{
    QFile file(QStringLiteral(":/store/%1").arg(QLatin1String(name)));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

Result<PostgresEngine> engineOf(PostgresConnection& connection)
{
    const auto version = connection.query("SELECT version()");
    if (!version)
        return version.error();
    const QString text = version->rows() > 0 ? version->string(0, 0) : QString();
    if (text.contains(QLatin1String("CockroachDB")))
        return PostgresEngine::Cockroach;
    return text.contains(QLatin1String("-YB-")) ? PostgresEngine::Yugabyte
                                                : PostgresEngine::PostgreSql;
}

/// What keeps the plans of short statements short; only a matter of speed.
constexpr const char* planSettings
    = "SET jit = off; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;";

Result<void> enter(PostgresConnection& connection, const QString& name, PostgresEngine engine)
{
    QByteArray sql = "SET search_path TO " + quotedIdentifier(name) + ';';
    if (engine == PostgresEngine::PostgreSql && connection.serverVersion() >= 120000)
        sql += planSettings;
    return connection.execute(sql);
}

Result<QStringList> tablesIn(PostgresConnection& connection, const QString& name)
{
    const auto found
        = connection.query("SELECT c.relname FROM pg_catalog.pg_class c"
                           " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                           " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
            PostgresParameters().addText(viewOf(name.toUtf8())));
    if (!found)
        return found.error();
    QStringList tables;
    for (int row = 0; row < found->rows(); ++row)
        tables.append(found->string(row, 0));
    return tables;
}

Error notOurs(const PostgresConnection& connection, const QString& name)
{
    return { ErrorCode::NotOurs,
        tr("%1: schema %2 of database %3 holds tables, and they are no Eventloupe store's. Name "
           "another one by ?schema=NAME.")
            .arg(connection.serverName(), name, connection.databaseName()) };
}

} // namespace

QByteArray PostgresSchema::channel() const
{
    return "eventloupe_" + storeId.toUtf8().replace('-', "");
}

Result<PostgresSchema> PostgresSchema::find(PostgresConnection& connection, const QString& name)
{
    const auto engine = engineOf(connection);
    if (!engine)
        return engine.error();
    const auto tables = tablesIn(connection, name);
    if (!tables)
        return tables.error();
    if (tables->isEmpty())
        return Error { ErrorCode::NotFound,
            tr("%1: database %2 has no store in schema %3. \"eventloupe init\" or an import "
               "makes one; ?schema=NAME names another.")
                .arg(connection.serverName(), connection.databaseName(), name) };
    for (const char* table : { "store", "head", "category", "stream", "event_type", "event" })
        if (!tables->contains(QLatin1String(table)))
            return notOurs(connection, name);
    if (const auto entered = enter(connection, name, *engine); !entered)
        return entered.error();
    const auto store = connection.query("SELECT format, store_id FROM store");
    if (!store && connection.sqlState() == "42703") // undefined_column
        return notOurs(connection, name);
    if (!store)
        return store.error();
    if (store->rows() != 1)
        return notOurs(connection, name);
    if (store->integer(0, 0) > postgresFormat)
        return Error { ErrorCode::NewerVersion,
            tr("%1: the store in schema %2 was made by a newer Eventloupe (format %3, this one "
               "knows %4). Update Eventloupe.")
                .arg(connection.serverName(), name)
                .arg(store->integer(0, 0))
                .arg(postgresFormat) };
    return PostgresSchema { name, store->string(0, 1), *engine };
}

Result<QString> PostgresSchema::create(PostgresConnection& connection, const QString& name)
{
    if (connection.reported("server_encoding") != "UTF8")
        return Error { ErrorCode::Unsupported,
            tr("%1: database %2 is not encoded in UTF-8, and cannot hold every text. Make one "
               "with CREATE DATABASE ... ENCODING 'UTF8'.")
                .arg(connection.serverName(), connection.databaseName()) };
    const auto engine = engineOf(connection);
    if (!engine)
        return engine.error();
    const bool isCockroach = *engine == PostgresEngine::Cockroach;
    QByteArray sql = "BEGIN; CREATE SCHEMA IF NOT EXISTS " + quotedIdentifier(name)
        + "; SET LOCAL search_path TO " + quotedIdentifier(name) + ";";
    // Where tables are spread by a hash of their key, the log could not be read in order.
    if (*engine == PostgresEngine::Yugabyte)
        sql += "SET LOCAL yb_use_hash_splitting_by_default = off;";
    sql += resource("postgres.sql").replace("{text}", isCockroach ? "text" : "text COLLATE \"C\"");
    if (!isCockroach)
        sql += resource("postgresguards.sql");
    const QString storeId = makeUuidV7();
    sql += "INSERT INTO store(format, store_id) VALUES(" + QByteArray::number(postgresFormat) + ", "
        + quotedText(storeId) + ");"
        + "INSERT INTO head(position, hash, streams, categories, types)"
          " VALUES(0, decode('"
        + QByteArray(64, '0') + "', 'hex'), 0, 0, 0); COMMIT";
    const auto made = connection.execute(sql);
    if (!made && !connection.isBroken())
        (void)connection.execute("ROLLBACK");
    return made ? Result(storeId) : made.error();
}

Result<QString> findMissingRight(PostgresConnection& connection)
{
    static constexpr std::pair<const char*, const char*> needed[]
        = { { "event", "INSERT" }, { "stream", "INSERT" }, { "stream", "UPDATE" },
              { "category", "INSERT" }, { "event_type", "INSERT" }, { "head", "UPDATE" } };
    for (const auto& [table, right] : needed) {
        const auto has = connection.query("SELECT has_table_privilege($1, $2)",
            PostgresParameters().addText(table).addText(right));
        if (!has)
            return has.error();
        if (!has->boolean(0, 0))
            return tr("the role %1 may not append: it lacks the right %2 on the table %3")
                .arg(connection.userName(), QLatin1String(right), QLatin1String(table));
    }
    return QString();
}

} // namespace eventloupe
