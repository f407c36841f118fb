#include "mysql/mysqladdress.h"

#include "mysql/mysqltext.h"
#include "store/storesecrets.h"

#include <QDir>
#include <QFile>
#include <QUrl>
#include <QUrlQuery>

#include <array>
#include <optional>
#include <utility>

namespace eventloupe {

namespace {

Error wrong(const QString& location, const QString& why)
{
    return { ErrorCode::InvalidArgument,
        MysqlText::tr("%1: this is no address of a MySQL or MariaDB database: %2. It is written "
                      "mysql://user@host:port/database, with special characters as %XX.")
            .arg(location, why) };
}

std::optional<MysqlTls> tlsOf(QString word)
{
    word = word.toUpper().replace(u'-', u'_');
    // There is no way to check the certificate but not its name; the stricter one is meant well.
    static const std::array<std::pair<const char*, MysqlTls>, 5> words { {
        { "DISABLED", MysqlTls::Disabled },
        { "PREFERRED", MysqlTls::Preferred },
        { "REQUIRED", MysqlTls::Required },
        { "VERIFY_CA", MysqlTls::Verified },
        { "VERIFY_IDENTITY", MysqlTls::Verified },
    } };
    for (const auto& [name, tls] : words)
        if (word == QLatin1String(name))
            return tls;
    return std::nullopt;
}

/// Takes one parameter of the query; what is wrong with it, else "".
QString take(MysqlAddress& address, const QString& name, const QString& value)
{
    if (name == u"socket") {
        address.socket = value;
    } else if (name == u"ssl-mode") {
        const auto tls = tlsOf(value);
        if (!tls)
            return MysqlText::tr("'%1' is no ssl-mode").arg(value);
        address.tls = *tls;
    } else if (name == u"ssl-ca") {
        address.authorities = value;
    } else if (name == u"ssl-cert") {
        address.certificate = value;
    } else if (name == u"ssl-key") {
        address.key = value;
    } else if (name == u"connect-timeout") {
        address.connectTimeout = value.toInt();
        if (address.connectTimeout <= 0)
            return MysqlText::tr("'%1' is no number of seconds").arg(value);
    } else {
        return MysqlText::tr("'%1' is not known").arg(name);
    }
    return {};
}

/// An option file's value without its quotes and escapes (MySQL 8.0 Reference Manual, 4.2.2.2).
QString optionValue(QString text)
{
    const bool isQuoted = text.size() > 1 && text.front() == text.back()
        && (text.front() == u'"' || text.front() == u'\'');
    if (isQuoted)
        text = text.mid(1, text.size() - 2);
    QString value;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'\\' || i + 1 == text.size()) {
            value += text.at(i);
            continue;
        }
        const QChar next = text.at(++i);
        static const QString letters = QStringLiteral("btnrs");
        static const QString meanings = QStringLiteral("\b\t\n\r ");
        const auto known = letters.indexOf(next);
        if (known >= 0)
            value += meanings.at(known);
        else if (next == u'\\' || next == u'"' || next == u'\'')
            value += next;
        else
            value += QString(u'\\') + next;
    }
    return value;
}

void takeOption(MysqlAddress& address, const QString& name, const QString& value)
{
    const auto fill = [&value](QString& field) {
        if (field.isEmpty())
            field = value;
    };
    if (name == u"user")
        fill(address.user);
    else if (name == u"password")
        address.password = value.toUtf8();
    else if (name == u"ssl-ca")
        fill(address.authorities);
    else if (name == u"ssl-cert")
        fill(address.certificate);
    else if (name == u"ssl-key")
        fill(address.key);
}

/// Where the server is, which is taken as a whole or not at all.
void takePlace(MysqlAddress& address, const MysqlAddress& from)
{
    if (!address.host.isEmpty() || !address.socket.isEmpty())
        return;
    address.host = from.host;
    address.socket = from.host.isEmpty() || from.host == u"localhost" ? from.socket : QString();
    if (address.port == 0)
        address.port = from.port;
}

} // namespace

bool MysqlAddress::claims(const QString& location)
{
    return location.startsWith(QLatin1String("mysql://"))
        || location.startsWith(QLatin1String("mariadb://"));
}

Result<MysqlAddress> MysqlAddress::parse(const QString& location)
{
    MysqlAddress address;
    address.location = admitLocation(location);
    const QUrl url(address.location, QUrl::StrictMode);
    if (!url.isValid())
        return wrong(address.location, url.errorString().section(u';', 0, 0));
    address.host = url.host(QUrl::FullyDecoded);
    address.port = url.port(0);
    address.user = url.userName(QUrl::FullyDecoded);
    address.database = url.path(QUrl::FullyDecoded).mid(1);
    if (address.database.contains(u'/'))
        return wrong(address.location, MysqlText::tr("a database has no '/' in its name"));
    const auto parameters = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : parameters)
        if (const QString why = take(address, name, value); !why.isEmpty())
            return wrong(address.location, why);
    return address;
}

QString MysqlAddress::usualOptionFile()
{
    return QDir::homePath() + QStringLiteral("/.my.cnf");
}

MysqlAddress MysqlAddress::completed(const QString& optionFile) const
{
    constexpr qint64 longestLine = 4096;
    MysqlAddress address = *this;
    MysqlAddress place;
    QFile file(optionFile);
    bool isOurs = false;
    for (bool isOpen = file.open(QIODevice::ReadOnly); isOpen && !file.atEnd();) {
        const QString line = QString::fromUtf8(file.readLine(longestLine)).trimmed();
        if (line.startsWith(u'['))
            isOurs
                = line == u"[client]" || line == u"[client-server]" || line == u"[client-mariadb]";
        if (!isOurs || line.startsWith(u'#') || line.startsWith(u';') || !line.contains(u'='))
            continue;
        const QString name = line.section(u'=', 0, 0).trimmed().replace(u'_', u'-');
        const QString value = optionValue(line.section(u'=', 1).trimmed());
        if (name == u"host")
            place.host = value;
        else if (name == u"port")
            place.port = value.toInt();
        else if (name == u"socket")
            place.socket = value;
        else
            takeOption(address, name, value);
    }
    takePlace(address, place);
    if (address.password.isEmpty())
        address.password = qgetenv("MYSQL_PWD");
    if (address.user.isEmpty())
        address.user = qEnvironmentVariable("USER");
    if (address.port == 0)
        address.port = usualPort;
    return address;
}

QString MysqlAddress::serverName() const
{
    if (!socket.isEmpty())
        return socket;
    if (host.isEmpty())
        return MysqlText::tr("the server of this machine");
    return port == 0 || port == usualPort ? host : QStringLiteral("%1:%2").arg(host).arg(port);
}

} // namespace eventloupe
