#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace eventloupe {

/// A PostgreSQL location, taken apart: a `postgresql://` or `postgres://` URI, or settings as libpq
/// spells them (`service=shop`, `host=... dbname=...`).
///
/// `schema=NAME` is ours and says where the tables are; all else is libpq's, with its service
/// file, its password file and its environment (PostgreSQL 15 documentation, 34.1.2 and 34.15 to
/// 34.17). The password is not part of it: see admitLocation().
struct PostgresAddress {
    using Parameter = std::pair<QByteArray, QByteArray>;

    QString location; ///< As it was given, without password.
    QString schema; ///< Empty where none is named.
    std::vector<Parameter> parameters; ///< For libpq, those that were given.

    /// Whether a location is PostgreSQL's.
    [[nodiscard]] static bool claims(const QString& location);
    /// InvalidArgument names what libpq does not understand. A password in it is remembered and
    /// taken out.
    [[nodiscard]] static Result<PostgresAddress> parse(const QString& location);

    /// Of a parameter; empty where it was not given.
    [[nodiscard]] QByteArray value(const char* name) const;
    void set(const QByteArray& name, const QByteArray& value);

    /// The address of each host that is named, in order, so that one that does not answer cannot
    /// hold up the others. One address where none or one is named, or a service names them.
    [[nodiscard]] std::vector<PostgresAddress> byHost() const;
    [[nodiscard]] bool hasSeveralHosts() const { return value("host").contains(','); }
    /// Host and port for people; "the server" where neither is named.
    [[nodiscard]] QString serverName() const;
};

} // namespace eventloupe
