#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

namespace eventloupe {

/// What a connection does about TLS, in the words of MySQL's own clients (MySQL 8.0 Reference
/// Manual, 6.3.1, `--ssl-mode`).
enum class MysqlTls {
    Disabled,
    Preferred, ///< Where the server can; the default.
    Required,
    Verified, ///< And the server's certificate is for this host, from an authority that is known.
};

/// A `mysql://` or `mariadb://` location, taken apart: `mysql://user@host:port/database`, and
/// behind a '?': `socket=/path`, `ssl-mode=`, `ssl-ca=`, `ssl-cert=`, `ssl-key=`,
/// `connect-timeout=` (seconds). The password is not part of it: see admitLocation().
struct MysqlAddress {
    static constexpr int usualPort = 3306;

    QString location; ///< As it was given, without password.
    QString host; ///< Empty: the option file's, else this machine's socket.
    int port = 0; ///< 0: the option file's, else the usual one.
    QString socket; ///< A path, for a server of this machine.
    QString user; ///< Empty: the option file's, else the name of who runs the program.
    QString database; ///< Empty: all that the user may read.
    MysqlTls tls = MysqlTls::Preferred;
    QString authorities; ///< PEM file of the authorities that may sign the server's certificate.
    QString certificate; ///< PEM file, for servers that ask for one.
    QString key;
    int connectTimeout = 0; ///< Seconds; 0: the program's.
    /// Of the option file or the environment (MYSQL_PWD); nobody shows it.
    QByteArray password;

    /// Whether a location is of this kind.
    [[nodiscard]] static bool claims(const QString& location);
    /// InvalidArgument names what is not understood. A password in it is remembered and taken out.
    [[nodiscard]] static Result<MysqlAddress> parse(const QString& location);
    /// What was left open from the groups [client], [client-server] and [client-mariadb] of an
    /// option file, usually ~/.my.cnf: user, password, host, port, socket and files of TLS; then
    /// from MYSQL_PWD. Its other options, and files that it includes, are not read.
    [[nodiscard]] MysqlAddress completed(const QString& optionFile) const;
    [[nodiscard]] static QString usualOptionFile();

    /// Host and port, or the socket, for people.
    [[nodiscard]] QString serverName() const;
    /// Whether a socket of this machine is meant, which no one else can listen to.
    [[nodiscard]] bool isLocal() const { return !socket.isEmpty() || host.isEmpty(); }
};

} // namespace eventloupe
