#include "server/serverstores.h"

#include "foreign/foreignstores.h"
#include "mysql/mysqladdress.h"
#include "postgres/postgreseventstore.h"
#include "postgres/postgrestakeback.h"
#include "server/mysqlforeigndatabase.h"
#include "server/postgresforeigndatabase.h"
#include "store/storesecrets.h"

namespace eventloupe {

namespace {

Result<std::unique_ptr<ForeignDatabase>> openDatabase(const QString& location)
{
    return PostgresForeignDatabase::open(location);
}

/// Whether a database holds anything that somebody could have meant.
bool isEmptyDatabase(const QString& location)
{
    const auto database = openDatabase(location);
    const auto catalog
        = database ? (*database)->catalog() : Result<ForeignCatalog>(database.error());
    return catalog && catalog->tables.isEmpty() && catalog->refused.isEmpty();
}

Result<std::unique_ptr<EventStore>> openOthers(const QString& location, const QString& choice)
{
    auto database = openDatabase(location);
    if (!database)
        return database.error();
    return openForeignStore(
        location, choice, std::move(*database), [location] { return openDatabase(location); });
}

Result<std::unique_ptr<EventStore>> openPostgres(const QString& given, OpenMode mode)
{
    const ForeignLocation place = ForeignLocation::of(admitLocation(given));
    if (!place.choice.isEmpty())
        return openOthers(place.database, place.choice);
    auto own = PostgresEventStore::open(place.database, mode);
    if (own || (own.error().code != ErrorCode::NotFound && own.error().code != ErrorCode::NotOurs))
        return own;
    auto other = openOthers(place.database, {});
    // Of an empty database, how to make a store there is what helps.
    if (!other && other.error().code == ErrorCode::NotOurs && isEmptyDatabase(place.database))
        return own;
    return other;
}

Result<TakeBack> takeBackOnServer(const QString& given)
{
    const ForeignLocation place = ForeignLocation::of(admitLocation(given));
    // Another library's tables are not made here.
    if (!place.choice.isEmpty())
        return TakeBack([] {});
    return postgresTakeBack(place.database);
}

Result<std::unique_ptr<ForeignDatabase>> openMysqlDatabase(const QString& location)
{
    return MysqlForeignDatabase::open(location);
}

Result<std::unique_ptr<EventStore>> openMysql(const QString& given, OpenMode)
{
    const ForeignLocation place = ForeignLocation::of(admitLocation(given));
    auto database = openMysqlDatabase(place.database);
    if (!database)
        return database.error();
    return openForeignStore(place.database, place.choice, std::move(*database),
        [location = place.database] { return openMysqlDatabase(location); });
}

} // namespace

void addServerStores()
{
    addTakeBackKind({ QStringLiteral("postgresql"), &PostgresAddress::claims, &takeBackOnServer });
    addStoreKind({ QStringLiteral("postgresql"), &PostgresAddress::claims, &openPostgres });
    addStoreKind({ QStringLiteral("mysql"), &MysqlAddress::claims, &openMysql });
    addDatabaseKind({ QStringLiteral("mysql"), &MysqlAddress::claims, &openMysqlDatabase });
    addDatabaseKind({ QStringLiteral("postgresql"), &PostgresAddress::claims, &openDatabase });
}

} // namespace eventloupe
