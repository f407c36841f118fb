#include "postgres/postgresaddress.h"

#include "store/storesecrets.h"
#include "value/storelocation.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

#include <libpq-fe.h>

namespace eventloupe {

namespace {

bool isUri(const QString& location)
{
    return location.startsWith(QLatin1String("postgresql://"))
        || location.startsWith(QLatin1String("postgres://"));
}

/// Takes `schema=NAME` out, which libpq would refuse.
QString takeSchema(QString& location)
{
    static const QRegularExpression inUri(QStringLiteral("([?&])schema=([^&#]*)(&|$)"));
    static const QRegularExpression inSettings(QStringLiteral("(^|\\s)schema\\s*=\\s*(\\S+)()"));
    const auto match = (isUri(location) ? inUri : inSettings).match(location);
    if (!match.hasMatch())
        return {};
    const QString kept = match.captured(3).isEmpty() ? QString() : match.captured(1);
    location.replace(match.capturedStart(), match.capturedLength(), kept);
    const QString name = match.captured(2);
    return isUri(location) ? QString::fromUtf8(QByteArray::fromPercentEncoding(name.toUtf8()))
                           : name;
}

} // namespace

bool PostgresAddress::claims(const QString& location)
{
    static const QRegularExpression settings(
        QStringLiteral("^\\s*(service|host|hostaddr|dbname)\\s*=\\s*\\S"));
    return isUri(location) || (settings.match(location).hasMatch() && !QFile::exists(location));
}

Result<PostgresAddress> PostgresAddress::parse(const QString& location)
{
    PostgresAddress address;
    address.location = admitLocation(location);
    QString forLibpq = address.location;
    address.schema = takeSchema(forLibpq);
    char* message = nullptr;
    PQconninfoOption* options = PQconninfoParse(forLibpq.toUtf8().constData(), &message);
    if (!options) {
        const QString why = QString::fromUtf8(message).trimmed();
        PQfreemem(message);
        return Error { ErrorCode::InvalidArgument,
            QCoreApplication::translate("Postgres",
                "%1: this is no address of a PostgreSQL database: %2. It is written "
                "postgresql://user@host:port/database, with special characters as %XX.")
                .arg(address.location, why) };
    }
    for (const PQconninfoOption* option = options; option->keyword; ++option)
        if (option->val)
            address.parameters.emplace_back(option->keyword, option->val);
    PQconninfoFree(options);
    return address;
}

QByteArray PostgresAddress::value(const char* name) const
{
    for (const Parameter& parameter : parameters)
        if (parameter.first == name)
            return parameter.second;
    return {};
}

void PostgresAddress::set(const QByteArray& name, const QByteArray& value)
{
    for (Parameter& parameter : parameters) {
        if (parameter.first == name) {
            parameter.second = value;
            return;
        }
    }
    parameters.emplace_back(name, value);
}

std::vector<PostgresAddress> PostgresAddress::byHost() const
{
    const QByteArrayList hosts = value("host").split(',');
    const QByteArrayList addresses = value("hostaddr").split(',');
    const QByteArrayList ports = value("port").split(',');
    if (hosts.size() < 2)
        return { *this };
    std::vector<PostgresAddress> each;
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        PostgresAddress one = *this;
        one.set("host", hosts[i]);
        if (addresses.size() == hosts.size())
            one.set("hostaddr", addresses[i]);
        if (ports.size() == hosts.size())
            one.set("port", ports[i]);
        each.push_back(std::move(one));
    }
    return each;
}

QString PostgresAddress::serverName() const
{
    const QByteArray host = value("host").isEmpty() ? value("hostaddr") : value("host");
    const QByteArray service = value("service");
    if (host.isEmpty() && !service.isEmpty())
        return QCoreApplication::translate("Postgres", "service %1")
            .arg(QString::fromUtf8(service));
    if (host.isEmpty())
        return QCoreApplication::translate("Postgres", "the server");
    const QByteArray port = value("port");
    return QString::fromUtf8(
        port.isEmpty() || host.contains(',') ? host : QByteArray(host + ':' + port));
}

} // namespace eventloupe
