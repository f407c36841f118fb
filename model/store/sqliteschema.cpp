#include "store/sqliteschema.h"

#include "value/event.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

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

/// "table event": without the statement that made it.
QString nameOf(const QByteArray& part)
{
    return QString::fromUtf8(part.split(' ').mid(0, 2).join(' '));
}

QString firstDifference(const QByteArrayList& actual, const QByteArrayList& expected)
{
    const auto hasName = [](const QByteArrayList& parts, const QString& name) {
        return std::any_of(parts.begin(), parts.end(),
            [&](const QByteArray& each) { return nameOf(each) == name; });
    };
    for (const QByteArray& part : expected) {
        const QString name = nameOf(part);
        if (!hasName(actual, name))
            return QCoreApplication::translate("SqliteStore", "%1 is missing").arg(name);
        if (!actual.contains(part))
            return QCoreApplication::translate("SqliteStore", "%1 is another one").arg(name);
    }
    for (const QByteArray& part : actual)
        if (!expected.contains(part))
            return QCoreApplication::translate("SqliteStore", "%1 is none of its own")
                .arg(nameOf(part));
    return {};
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

Error unreadableSchema(const Error& error, const QString& location)
{
    if (error.code != ErrorCode::Corrupt)
        return error;
    return { ErrorCode::Corrupt,
        QCoreApplication::translate("SqliteStore",
            "%1: the definitions of its tables are damaged, so that nothing of it can be read. "
            "Restore it from a copy.")
            .arg(location) };
}

Result<void> checkSchema(SqliteConnection& connection)
{
    static const Result<QByteArrayList> expected = makeExpectedSchema();
    if (!expected)
        return expected.error();
    const auto actual = schemaOf(connection);
    if (!actual)
        return unreadableSchema(actual.error(), connection.location());
    if (*actual != *expected)
        return Error { ErrorCode::Corrupt,
            QCoreApplication::translate("SqliteStore",
                "%1: its tables are not those of an Eventloupe store: %2. Restore it from a copy.")
                .arg(connection.location(), firstDifference(*actual, *expected)) };
    return {};
}

} // namespace eventloupe
