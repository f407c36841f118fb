#pragma once

#include "store/storenotices.h"
#include "value/canceltoken.h"
#include "value/result.h"

#include <QString>
#include <QStringList>

namespace eventloupe {

class PostgresConnection;

/// What a first look at a server found, for people.
struct ServerReport {
    StoreServer server;
    QString user;
    QString database;
    QStringList recognised; ///< Event stores in it: "Eventloupe, schema shop: 1,200 events".
    bool isOnlyRead = false; ///< Nothing is ever written to servers of its kind.
};

/// Connects, looks, and leaves again, all in bounded time; nothing is changed there. Asks for a
/// password as opening does. Fails as PostgresConnection::open() does, and with Cancelled.
[[nodiscard]] Result<ServerReport> lookAtServer(const QString& location, const CancelToken& cancel);

} // namespace eventloupe
