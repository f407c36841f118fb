#include "ui/postgres/serverplace.h"

#include "mysql/mysqladdress.h"

#include <QUrl>
#include <QUrlQuery>

namespace eventloupe {

namespace {

QString encoded(const QString& text, const char* kept = "")
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

Result<ServerFields> mysqlFields(const QString& location)
{
    const auto address = MysqlAddress::parse(location);
    if (!address)
        return address.error();
    ServerFields fields;
    fields.hosts = address->socket.isEmpty() ? address->host : address->socket;
    fields.ports = address->port > 0 ? QString::number(address->port) : QString();
    fields.database = address->database;
    fields.user = address->user;
    const auto parameters = QUrlQuery(QUrl(address->location)).queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : parameters) {
        if (name == u"ssl-mode")
            fields.sslMode = value.toUpper();
        else if (name != u"socket")
            fields.others.append({ name, value });
    }
    return fields;
}

QString mysqlLocation(const ServerFields& fields)
{
    const bool isSocket = fields.hosts.startsWith(u'/');
    QString text = QStringLiteral("mysql://");
    if (!fields.user.isEmpty())
        text += encoded(fields.user) + u'@';
    if (!isSocket && !fields.hosts.isEmpty()) {
        text += fields.hosts.contains(u':') ? u'[' + fields.hosts + u']'
                                            : encoded(fields.hosts, ",");
        if (!fields.ports.isEmpty())
            text += u':' + encoded(fields.ports);
    }
    text += u'/' + encoded(fields.database);
    QStringList query;
    if (isSocket)
        query.append(QStringLiteral("socket=") + encoded(fields.hosts, "/"));
    if (!fields.sslMode.isEmpty())
        query.append(QStringLiteral("ssl-mode=") + encoded(fields.sslMode));
    for (const auto& [name, value] : fields.others)
        query.append(name + u'=' + encoded(value, "/"));
    return query.isEmpty() ? text : text + u'?' + query.join(u'&');
}

} // namespace

Result<ServerPlace> ServerPlace::fromLocation(const QString& location)
{
    const bool isMysql = MysqlAddress::claims(location);
    auto fields = isMysql ? mysqlFields(location) : ServerFields::fromLocation(location);
    if (!fields)
        return fields.error();
    return ServerPlace { isMysql ? ServerKind::MySql : ServerKind::PostgreSql, std::move(*fields) };
}

QString ServerPlace::toLocation() const
{
    return kind == ServerKind::MySql ? mysqlLocation(fields) : fields.toLocation();
}

} // namespace eventloupe
