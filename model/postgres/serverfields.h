#pragma once

#include "value/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace eventloupe {

/// A PostgreSQL location in parts, as people fill them in; a password is never one of them.
struct ServerFields {
    QString hosts; ///< "db1,db2", or the folder of a socket; empty: what the environment says.
    QString ports; ///< One for all hosts, or one for each: "5432,5433".
    QString database;
    QString user;
    QString service; ///< A section of pg_service.conf.
    QString sslMode; ///< Empty: libpq's default, which is "prefer".
    QString schema; ///< Where the tables are; empty: found by itself.
    QList<std::pair<QString, QString>> others; ///< All other parameters, as they were given.

    /// Takes a location apart; InvalidArgument as PostgresAddress::parse(), and a password in it is
    /// taken out and remembered as there.
    [[nodiscard]] static Result<ServerFields> fromLocation(const QString& location);
    /// A `postgresql://` URI; fromLocation() gives the same fields back.
    [[nodiscard]] QString toLocation() const;

    friend bool operator==(const ServerFields&, const ServerFields&) = default;
};

/// The services that pg_service.conf names (PostgreSQL 15 documentation, 34.17): those of
/// PGSERVICEFILE or ~/.pg_service.conf, then those of the system's file. Reads no other line.
[[nodiscard]] QStringList serviceNames();

} // namespace eventloupe
