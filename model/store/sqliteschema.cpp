#include "store/sqliteschema.h"

#include "value/event.h"

#include <QCoreApplication>
#include <QFile>

namespace eventloupe {

namespace {

Result<QByteArrayList> schemaOf(SqliteConnection& connection)
{
    auto statement = connection.prepare(
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
    QByteArrayList parts;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return parts;
        parts.append(toBytes(statement.text(0)));
    }
}

Result<QByteArrayList> makeExpectedSchema()
{
    const auto connection = SqliteConnection::openInMemory();
    if (!connection)
        return connection.error();
    if (const auto made = (*connection)->execute(schemaSql().constData()); !made)
        return made.error();
    return schemaOf(**connection);
}

} // namespace

QByteArray schemaSql()
{
    QFile file(QStringLiteral(":/store/eventlog.sql"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

QByteArray schemaHeaderSql()
{
    return "PRAGMA application_id=" + QByteArray::number(schemaApplicationId)
        + "; PRAGMA user_version=" + QByteArray::number(schemaVersion);
}

Result<void> checkSchema(SqliteConnection& connection)
{
    static const Result<QByteArrayList> expected = makeExpectedSchema();
    if (!expected)
        return expected.error();
    const auto actual = schemaOf(connection);
    if (!actual)
        return actual.error();
    if (*actual != *expected)
        return Error { ErrorCode::Corrupt,
            QCoreApplication::translate("SqliteStore",
                "%1: its tables are not those of an Eventloupe store. Restore it from a copy, or "
                "export what can be read and import that into a new store.")
                .arg(connection.location()) };
    return {};
}

} // namespace eventloupe
