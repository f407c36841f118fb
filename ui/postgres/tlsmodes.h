#pragma once

#include "ui/postgres/serverplace.h"

#include <QList>
#include <QString>

namespace eventloupe {

/// One of libpq's TLS modes (PostgreSQL 15 documentation, 34.19.3), or one of MySQL's clients'
/// (MySQL 8.0 Reference Manual, 6.3.1), in words.
struct TlsMode {
    QString name; ///< "verify-full"; empty for what is not said.
    QString title;
    QString promise; ///< What it verifies, and what it does not.
};

/// From none to the safest.
[[nodiscard]] QList<TlsMode> tlsModes(ServerKind kind = ServerKind::PostgreSql);

} // namespace eventloupe
