#include "value/storelocation.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace eventloupe {

namespace {

const QString separator = QStringLiteral("://");

/// Where the user's part of a URI ends, an '@', counted from its beginning; -1 where it has none.
/// Behind the last '@' of the host's part stands the host; where that has none, and what stands
/// behind its colon is no port, the password holds a '/'.
qsizetype endOfUser(const QString& rest)
{
    const auto query = rest.indexOf(QLatin1Char('?'));
    const QString before = query < 0 ? rest : rest.left(query);
    const auto slash = before.indexOf(QLatin1Char('/'));
    const QString authority = slash < 0 ? before : before.left(slash);
    if (const auto at = authority.lastIndexOf(QLatin1Char('@')); at >= 0)
        return at;
    static const QRegularExpression hosts(
        QStringLiteral("^(\\[[^\\]]*\\]|[^:,]*)(:\\d*)?(,(\\[[^\\]]*\\]|[^:,]*)(:\\d*)?)*$"));
    if (hosts.match(authority).hasMatch())
        return -1;
    return before.lastIndexOf(QLatin1Char('@'));
}

/// Takes `password=...` and `sslpassword=...` out of a URI's query.
void takeFromQuery(StoreLocation& location)
{
    static const QRegularExpression secret(
        QStringLiteral("([?&])(password|sslpassword)=([^&#]*)(&|$)"));
    for (auto match = secret.match(location.text); match.hasMatch();
         match = secret.match(location.text)) {
        if (match.captured(2) == QLatin1String("password") && location.secret.isEmpty())
            location.secret = QByteArray::fromPercentEncoding(match.captured(3).toUtf8());
        const QString kept = match.captured(4).isEmpty() ? QString() : match.captured(1);
        location.text.replace(match.capturedStart(), match.capturedLength(), kept);
    }
}

StoreLocation splitUri(const QString& text)
{
    StoreLocation location { text, {} };
    const auto begin = text.indexOf(separator) + separator.size();
    const QString rest = text.mid(begin);
    const auto at = endOfUser(rest);
    const auto colon = rest.indexOf(QLatin1Char(':'));
    if (at >= 0 && colon >= 0 && colon < at) {
        location.secret
            = QByteArray::fromPercentEncoding(rest.mid(colon + 1, at - colon - 1).toUtf8());
        location.text = text.left(begin) + rest.left(colon) + rest.mid(at);
    }
    takeFromQuery(location);
    return location;
}

QByteArray unquoted(QString value)
{
    if (value.startsWith(QLatin1Char('\'')))
        value = value.mid(1, value.size() - (value.endsWith(QLatin1Char('\'')) ? 2 : 1));
    static const QRegularExpression escape(QStringLiteral("\\\\(.)"));
    return value.replace(escape, QStringLiteral("\\1")).toUtf8();
}

/// Settings as libpq spells them: names, `=`, and values that may stand in single quotes.
StoreLocation splitSettings(const QString& text)
{
    static const QRegularExpression secret(QStringLiteral(
        "(^|\\s)(password|sslpassword)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'?|(?:[^\\s\\\\]|\\\\.)*)"));
    StoreLocation location { text, {} };
    for (auto match = secret.match(location.text); match.hasMatch();
         match = secret.match(location.text)) {
        if (match.captured(2) == QLatin1String("password") && location.secret.isEmpty())
            location.secret = unquoted(match.captured(3));
        location.text.remove(match.capturedStart(), match.capturedLength());
    }
    location.text = location.text.trimmed();
    return location;
}

bool isUri(const QString& location)
{
    static const QRegularExpression uri(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]+://"));
    return uri.match(location).hasMatch();
}

bool isSettings(const QString& location)
{
    static const QRegularExpression settings(
        QStringLiteral("^\\s*(service|host|hostaddr|dbname|user|port)\\s*="));
    return settings.match(location).hasMatch();
}

} // namespace

bool isNoFile(const QString& location)
{
    return isUri(location) || isSettings(location);
}

QString withoutChoice(const QString& location)
{
    const auto hash = location.lastIndexOf(u'#');
    if (hash <= 0)
        return location;
    const QString before = location.left(hash);
    const bool isChoice
        = isNoFile(location) || (!QFileInfo::exists(location) && QFileInfo::exists(before));
    return isChoice ? before : location;
}

StoreLocation StoreLocation::split(const QString& location)
{
    if (isUri(location))
        return splitUri(location);
    if (isSettings(location))
        return splitSettings(location);
    return { location, {} };
}

} // namespace eventloupe
