#include "app/serverlook.h"

#include "foreign/foreignstores.h"
#include "mysql/mysqladdress.h"
#include "server/mysqlreport.h"

#include <QCoreApplication>
#include <QLocale>

namespace eventloupe {

Result<ServerReport> lookAtDatabase(const QString& location, const CancelToken& cancel)
{
    auto report = MysqlAddress::claims(location) ? lookAtMysqlServer(location, cancel)
                                                 : lookAtServer(location, cancel);
    if (!report || cancel.isCancelled())
        return report;
    // A database whose tables may not be read is still one that can be reached.
    const auto found = recogniseStores(location);
    if (!found)
        return report;
    for (const RecognisedStore& store : found->stores)
        report->recognised.append(QCoreApplication::translate("ServerLook", "%1, table %2")
                                      .arg(store.profile.title, store.tables.first().name));
    return report;
}

} // namespace eventloupe
