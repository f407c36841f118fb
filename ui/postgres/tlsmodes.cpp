#include "ui/postgres/tlsmodes.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TlsModes", text);
}

QList<TlsMode> mysqlModes()
{
    return {
        { {}, tr("Not said"), tr("As PREFERRED: nothing is verified.") },
        { QStringLiteral("DISABLED"), tr("DISABLED: never encrypted"),
            tr("Nothing is encrypted. For a server on this machine, or behind a tunnel.") },
        { QStringLiteral("PREFERRED"), tr("PREFERRED: encrypted where the server can"),
            tr("Nothing is verified: whoever is in between can switch encryption off, or pose as "
               "the server.") },
        { QStringLiteral("REQUIRED"), tr("REQUIRED: always encrypted"),
            tr("Nobody can listen, but the server is not verified: another one can pose as it.") },
        { QStringLiteral("VERIFY_IDENTITY"),
            tr("VERIFY_IDENTITY: encrypted, certificate and host verified"),
            tr("The certificate must be of an authority that the system or ssl-ca knows, and for "
               "this host name. The safest.") },
    };
}

} // namespace

QList<TlsMode> tlsModes(ServerKind kind)
{
    if (kind == ServerKind::MySql)
        return mysqlModes();
    return {
        { {}, tr("Not said"),
            tr("As the service, PGSSLMODE or libpq say; mostly as “prefer”, which verifies "
               "nothing.") },
        { QStringLiteral("disable"), tr("disable: never encrypted"),
            tr("Nothing is encrypted. For a server on this machine, or behind a tunnel.") },
        { QStringLiteral("allow"), tr("allow: encrypted where the server insists"),
            tr("Mostly not encrypted, and nothing is verified.") },
        { QStringLiteral("prefer"), tr("prefer: encrypted where the server can"),
            tr("Nothing is verified: whoever is in between can switch encryption off, or pose as "
               "the server.") },
        { QStringLiteral("require"), tr("require: always encrypted"),
            tr("Nobody can listen, but the server is not verified: another one can pose as it.") },
        { QStringLiteral("verify-ca"), tr("verify-ca: encrypted, certificate verified"),
            tr("The certificate must be of an authority in ~/.postgresql/root.crt or sslrootcert; "
               "for which host it is is not verified.") },
        { QStringLiteral("verify-full"),
            tr("verify-full: encrypted, certificate and host verified"),
            tr("The certificate must be of an authority in ~/.postgresql/root.crt or sslrootcert, "
               "and for this host name. The safest.") },
    };
}

} // namespace eventloupe
