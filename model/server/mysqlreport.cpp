#include "server/mysqlreport.h"

#include "mysql/mysqlconnection.h"
#include "server/servertext.h"

namespace eventloupe {

Result<ServerReport> lookAtMysqlServer(const QString& location, const CancelToken& cancel)
{
    const auto address = MysqlAddress::parse(location);
    if (!address)
        return address.error();
    MysqlOptions options;
    options.address = *address;
    const auto connection
        = MysqlConnection::open(options, [&cancel] { return cancel.isCancelled(); });
    if (!connection)
        return connection.error();
    const MysqlWatch watch(**connection, cancel);
    ServerReport report;
    report.server = (*connection)->server();
    report.isOnlyRead = true;
    report.user = (*connection)->userName();
    report.database = address->database.isEmpty() ? ServerText::tr("all") : address->database;
    if (const auto setting = (*connection)
                                 ->query("SELECT @@global.read_only",
                                     [&report](const MysqlRow& row) {
                                         report.server.isStandby = row.text(0) != "0";
                                         return true;
                                     });
        !setting)
        return setting.error();
    return report;
}

} // namespace eventloupe
