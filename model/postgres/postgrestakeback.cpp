#include "postgres/postgrestakeback.h"

#include "postgres/postgreseventstore.h"

#include <memory>
#include <utility>

namespace eventloupe {

namespace {

constexpr std::string_view countSchemas
    = "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = $1";

std::unique_ptr<PostgresConnection> connectTo(const PostgresOptions& options)
{
    auto connection = PostgresConnection::open(options);
    return connection ? std::move(*connection) : nullptr;
}

/// Without CASCADE: what anybody else put there, or made depend on it, is not taken along.
QByteArray dropping(const QString& schema, PostgresEngine engine, bool withSchema)
{
    QByteArray sql = "DROP TABLE event, event_type, stream, category, head, store;";
    if (engine != PostgresEngine::Cockroach)
        sql += "DROP FUNCTION refuse_change();";
    if (withSchema)
        sql += "DROP SCHEMA " + quotedIdentifier(schema) + ';';
    return sql + "COMMIT";
}

void takeBack(const PostgresOptions& options, bool withSchema)
{
    const QString& name = options.address.schema;
    const auto connection = connectTo(options);
    if (!connection)
        return;
    // It makes the session see the tables as well.
    const auto schema = PostgresSchema::find(*connection, name);
    if (!schema)
        return;
    const auto head = connection->run({ { beginSql, {} }, { lockHeadSql, {} } });
    if (head && head->at(1).rows() == 1 && head->at(1).integer(0, 0) == 0)
        (void)connection->execute(dropping(name, schema->engine, withSchema));
    rollBack(*connection);
}

} // namespace

TakeBack postgresTakeBack(const QString& location)
{
    auto options = PostgresEventStore::optionsOf(location);
    if (!options)
        return [] {};
    options->isReadOnly = false;
    options->wantsPrimary = options->address.hasSeveralHosts();
    const auto connection = connectTo(*options);
    if (!connection)
        return [] {};
    const auto found = PostgresSchema::find(*connection, options->address.schema);
    if (found || found.error().code != ErrorCode::NotFound)
        return [] {};
    const auto schemas = connection->query(countSchemas,
        PostgresParameters().addText(options->address.schema.toUtf8().toStdString()));
    if (!schemas)
        return [] {};
    return [options = *options, withSchema = schemas->number(0) == 0] {
        takeBack(options, withSchema);
    };
}

} // namespace eventloupe
