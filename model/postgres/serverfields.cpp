#include "postgres/serverfields.h"

#include "postgres/postgresaddress.h"

#include <QDir>
#include <QFile>
#include <QUrl>

namespace eventloupe {

namespace {

QString encoded(const QString& text, const char* kept = "")
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

QString hostText(const QString& host)
{
    // An IPv6 address stands in brackets; a socket's folder is no path of the URI.
    if (host.contains(u':') && !host.startsWith(u'/'))
        return u'[' + host + u']';
    return encoded(host);
}

/// "a:5432,b:5433" of hosts and ports; ports that fit no host are left out.
QString authorityOf(const QString& hosts, const QString& ports)
{
    const QStringList each = hosts.split(u',');
    const QStringList port = ports.isEmpty() ? QStringList() : ports.split(u',');
    QStringList parts;
    for (qsizetype i = 0; i < each.size(); ++i) {
        const QString own = port.size() == 1 ? port.first() : port.value(i);
        parts.append(hostText(each.at(i).trimmed())
            + (own.trimmed().isEmpty() ? QString() : u':' + encoded(own.trimmed())));
    }
    return parts.join(u',');
}

void appendServices(const QString& path, QStringList& names)
{
    constexpr qint64 longestLine = 4096;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine(longestLine)).trimmed();
        if (line.startsWith(u'[') && line.endsWith(u']') && line.size() > 2)
            names.append(line.mid(1, line.size() - 2));
    }
}

} // namespace

Result<ServerFields> ServerFields::fromLocation(const QString& location)
{
    const auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    ServerFields fields;
    fields.schema = address->schema;
    for (const auto& [name, value] : address->parameters) {
        const QString text = QString::fromUtf8(value);
        if (name == "host")
            fields.hosts = text;
        else if (name == "port")
            fields.ports = text;
        else if (name == "dbname")
            fields.database = text;
        else if (name == "user")
            fields.user = text;
        else if (name == "service")
            fields.service = text;
        else if (name == "sslmode")
            fields.sslMode = text;
        else
            fields.others.append({ QString::fromUtf8(name), text });
    }
    // One port for all hosts, as people write it.
    const QStringList ports = fields.ports.split(u',');
    if (ports.size() > 1 && ports.count(ports.first()) == ports.size())
        fields.ports = ports.first();
    return fields;
}

QString ServerFields::toLocation() const
{
    QString text = QStringLiteral("postgresql://");
    if (!user.isEmpty())
        text += encoded(user) + u'@';
    text += authorityOf(hosts, ports);
    if (!database.isEmpty())
        text += u'/' + encoded(database);
    QStringList query;
    const auto add = [&query](const QString& name, const QString& value) {
        if (!value.isEmpty())
            query.append(name + u'=' + encoded(value, "/"));
    };
    add(QStringLiteral("service"), service);
    add(QStringLiteral("sslmode"), sslMode);
    add(QStringLiteral("schema"), schema);
    for (const auto& [name, value] : others)
        add(name, value);
    if (!query.isEmpty())
        text
            += (database.isEmpty() ? QStringLiteral("/?") : QStringLiteral("?")) + query.join(u'&');
    return text;
}

QStringList serviceNames()
{
    QStringList names;
    const QString own = qEnvironmentVariable("PGSERVICEFILE");
    appendServices(
        own.isEmpty() ? QDir::homePath() + QStringLiteral("/.pg_service.conf") : own, names);
    const QString system
        = qEnvironmentVariable("PGSYSCONFDIR", QStringLiteral("/etc/postgresql-common"));
    appendServices(system + QStringLiteral("/pg_service.conf"), names);
    names.removeDuplicates();
    return names;
}

} // namespace eventloupe
