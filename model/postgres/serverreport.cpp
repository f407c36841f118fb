#include "postgres/serverreport.h"

#include "postgres/postgresschema.h"

#include <QCoreApplication>
#include <QLocale>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

/// Our own stores, by the one column that no other program's table has.
Result<QStringList> ownStores(PostgresConnection& connection)
{
    const auto schemas = connection.query(
        "SELECT table_schema::text FROM information_schema.columns"
        " WHERE table_name = 'store' AND column_name = 'store_id' ORDER BY 1 LIMIT 20");
    if (!schemas)
        return schemas.error();
    QStringList found;
    for (int row = 0; row < schemas->rows(); ++row) {
        const QString name = schemas->string(row, 0);
        const auto schema = PostgresSchema::find(connection, name);
        if (!schema)
            continue;
        const auto head = connection.query("SELECT position FROM head");
        if (!head)
            return head.error();
        found.append(
            tr("Eventloupe, schema %1: %2 events").arg(name, QLocale().toString(head->number(0))));
    }
    return found;
}

} // namespace

Result<ServerReport> lookAtServer(const QString& location, const CancelToken& cancel)
{
    const auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    PostgresOptions options;
    options.address = *address;
    const auto connection
        = PostgresConnection::open(options, [&cancel] { return cancel.isCancelled(); });
    if (!connection)
        return connection.error();
    const PostgresWatch watch(**connection, cancel);
    auto recognised = ownStores(**connection);
    if (!recognised)
        return recognised.error();
    return ServerReport { (*connection)->server(), (*connection)->userName(),
        (*connection)->databaseName(), std::move(*recognised) };
}

} // namespace eventloupe
