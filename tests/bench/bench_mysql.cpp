#include "foreignfigures.h"
#include "server/serverstores.h"
#include "support/mariadbserver.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

// bench_mysql [EVENTS]: makes Spatie's table on a throw-away MariaDB server, opens it as it is, and
// prints how long that takes, one JSON object a figure.

using namespace eventloupe;

namespace {

/// Events of about 400 bytes over a tenth as many streams; every 50th position is skipped.
QByteArray tableOf(qint64 events)
{
    const QByteArray streams = QByteArray::number(std::max<qint64>(events / 10, 1));
    return "CREATE TABLE stored_events(id bigint unsigned AUTO_INCREMENT PRIMARY KEY, "
           "aggregate_uuid"
           " char(36), aggregate_version bigint unsigned, event_version tinyint unsigned NOT NULL"
           " DEFAULT 1, event_class varchar(255) NOT NULL, event_properties json NOT NULL, "
           "meta_data"
           " json NOT NULL, created_at timestamp NOT NULL, UNIQUE (aggregate_uuid,"
           " aggregate_version));\nINSERT INTO stored_events SELECT seq + 1 + seq DIV 50, "
           "concat('cart-',"
           " seq MOD "
        + streams + "), seq DIV " + streams
        + " + 1, 1, concat('TYPE_', seq MOD 20), concat('{\"number\":', seq, ',\"name\":\"Ada"
          " Lovelace\",\"note\":\"', repeat('0', 120), '\"}'), '{\"user\":\"bench\"}',"
          " '2026-01-05 08:00:00' FROM seq_0_to_"
        + QByteArray::number(events - 1);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const qint64 events = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const MariaDbServer server;
    if (!server.failure().isEmpty()) {
        std::fprintf(stderr, "bench_mysql: %s\n", qPrintable(server.failure()));
        return 1;
    }
    const ScratchMariaDb scratch(server);
    scratch.run(tableOf(events));
    addServerStores();
    measureForeign("mysql", scratch.location(), events);
    return 0;
}
