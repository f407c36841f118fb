#include "postgres/postgrestakeback.h"

#include "postgres/postgreseventstore.h"

#include <string_view>

namespace eventloupe {

namespace {

constexpr std::string_view countSchemas
    = "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = $1";

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

/// Only the store of that id: what bears its name may be another one by now.
void takeBack(const PostgresOptions& options, const QString& storeId, bool withSchema)
{
    const QString& name = options.address.schema;
    const auto opened = PostgresConnection::open(options);
    if (!opened)
        return;
    PostgresConnection& connection = **opened;
    // It makes the session see the tables as well.
    const auto schema = PostgresSchema::find(connection, name);
    if (!schema || schema->storeId != storeId)
        return;
    const auto head = connection.run({ { beginSql, {} }, { lockHeadSql, {} } });
    if (head && head->at(1).rows() == 1 && head->at(1).integer(0, 0) == 0)
        (void)connection.execute(dropping(name, schema->engine, withSchema));
    rollBack(connection);
}

} // namespace

Result<TakeBack> postgresTakeBack(const QString& location)
{
    auto options = PostgresEventStore::optionsOf(location);
    if (!options)
        return options.error();
    const auto connection = PostgresConnection::open(*options);
    if (!connection)
        return connection.error();
    const QString& name = options->address.schema;
    const auto found = PostgresSchema::find(**connection, name);
    if (found || found.error().code != ErrorCode::NotFound)
        return TakeBack([] {});
    const QByteArray utf8 = name.toUtf8();
    const auto schemas
        = (*connection)->query(countSchemas, PostgresParameters().addText(viewOf(utf8)));
    if (!schemas)
        return schemas.error();
    options->isReadOnly = false;
    options->wantsPrimary = options->address.hasSeveralHosts();
    const auto writer = PostgresConnection::open(*options);
    if (!writer)
        return writer.error();
    const auto made = PostgresSchema::create(**writer, name);
    if (!made && PostgresSchema::find(**writer, name))
        return TakeBack([] {}); // Somebody else made it meanwhile.
    if (!made)
        return made.error();
    return TakeBack([options = *options, storeId = *made, withSchema = schemas->number(0) == 0] {
        takeBack(options, storeId, withSchema);
    });
}

} // namespace eventloupe
