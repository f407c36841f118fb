#include "foreign/foreignstores.h"

#include "foreign/foreigneventstore.h"
#include "foreign/foreigntext.h"
#include "foreign/sqliteforeigndatabase.h"
#include "foreign/storeprofiles.h"
#include "store/sqliteheader.h"
#include "value/storelocation.h"

#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

/// A log of some fifty thousand events is counted within it, so that it opens whole.
constexpr auto patience = 60ms;

constexpr quint32 ownApplicationId = 0x45764c70; ///< As in resources/sql/eventlog.sql.

std::vector<DatabaseKind>& databaseKinds()
{
    static std::vector<DatabaseKind> kinds;
    return kinds;
}

bool claims(const QString& location)
{
    if (location.contains(QStringLiteral("://")))
        return false;
    const ForeignLocation place = ForeignLocation::of(location);
    if (!QFileInfo(place.database).isFile())
        return false;
    const auto header = SqliteHeader::read(place.database);
    return header && header->isDatabase() && header->applicationId() != ownApplicationId;
}

Error nothingFits(const QString& location, const RecognisedStores& found, bool isFile)
{
    QStringList tables;
    for (const ForeignTable& table : found.catalog.tables)
        tables.append(table.name);
    if (tables.isEmpty())
        return { ErrorCode::NotOurs,
            ForeignText::tr("%1: the database has no tables that could be read.").arg(location) };
    constexpr qsizetype mostNamed = 12;
    const QString named = tables.mid(0, mostNamed).join(QStringLiteral(", "))
        + (tables.size() > mostNamed ? QStringLiteral(", ...") : QString());
    QString message
        = ForeignText::tr("%1: none of the known libraries' stores has its tables (%2). "
                          "Describe the store in a file of the folder 'stores' %3; "
                          "\"eventloupe stores\" proposes one.")
              .arg(location, named,
                  isFile ? ForeignText::tr("beside it") : ForeignText::tr("of a workspace"));
    if (!found.profileFaults.isEmpty())
        message += u' ' + found.profileFaults.join(u' ');
    return { ErrorCode::NotOurs, message };
}

Error severalFit(const QString& location, const RecognisedStores& found)
{
    QStringList choices;
    for (const RecognisedStore& store : found.stores)
        choices.append(
            QStringLiteral("'%1#%2' (%3)").arg(location, store.choice(), store.profile.title));
    return { ErrorCode::InvalidArgument,
        ForeignText::tr("%1 may be the store of several libraries; open one of %2.")
            .arg(location, choices.join(QStringLiteral(", "))) };
}

Result<std::unique_ptr<EventStore>> openSqlite(const QString& location, OpenMode)
{
    const ForeignLocation place = ForeignLocation::of(location);
    const auto open = [path = place.database] { return SqliteForeignDatabase::open(path); };
    auto database = open();
    if (!database)
        return database.error();
    return openForeignStore(place.database, place.choice, std::move(*database), open);
}

} // namespace

ForeignLocation ForeignLocation::of(const QString& location)
{
    const QString database = withoutChoice(location);
    return { database, location.mid(database.size() + 1) };
}

void addDatabaseKind(DatabaseKind kind)
{
    auto& kinds = databaseKinds();
    if (std::ranges::find(kinds, kind.name, &DatabaseKind::name) == kinds.end())
        kinds.push_back(std::move(kind));
}

Result<std::unique_ptr<ForeignDatabase>> openForeignDatabase(const QString& location)
{
    for (const DatabaseKind& kind : databaseKinds())
        if (kind.claims(location))
            return kind.open(location);
    return SqliteForeignDatabase::open(location);
}

Result<RecognisedStores> recogniseStores(ForeignDatabase& database, const QString& location)
{
    auto catalog = database.catalog();
    if (!catalog)
        return catalog.error();
    RecognisedStores found;
    found.catalog = std::move(*catalog);
    found.stores
        = recognise(found.catalog, database.engine(), profilesFor(location, found.profileFaults));
    if (!found.stores.empty()) {
        for (const ForeignTable& table : found.stores.front().tables) {
            const auto rows = database.aboutRows(table);
            found.aboutEvents += rows ? *rows : 0;
        }
    }
    return found;
}

Result<RecognisedStores> recogniseStores(const QString& location)
{
    const ForeignLocation place = ForeignLocation::of(location);
    const auto database = openForeignDatabase(place.database);
    if (!database)
        return database.error();
    return recogniseStores(**database, place.database);
}

Result<std::unique_ptr<EventStore>> openForeignStore(const QString& location, const QString& choice,
    std::unique_ptr<ForeignDatabase> database, const OpenDatabase& open)
{
    auto found = recogniseStores(*database, location);
    if (!found)
        return found.error();
    if (!choice.isEmpty())
        std::erase_if(found->stores,
            [&choice](const RecognisedStore& store) { return store.choice() != choice; });
    if (found->stores.empty() && !choice.isEmpty())
        return Error { ErrorCode::NotFound,
            ForeignText::tr("%1: there is no store profile '%2' that fits it.")
                .arg(location, choice) };
    if (found->stores.empty())
        return nothingFits(location, *found, database->engine() == ForeignEngine::Sqlite);
    if (!isClear(found->stores))
        return severalFit(location, *found);
    RecognisedStore& store = found->stores.front();
    const FileIdentity identity = database->identity();
    const QString key = QStringLiteral("%1#%2#%3#%4")
                            .arg(location, store.choice())
                            .arg(identity.device)
                            .arg(identity.inode);
    const ForeignEngine engine = database->engine();
    auto log = sharedForeignLog(
        key, [&] { return std::make_shared<ForeignLog>(std::move(store), engine, open); });
    log->waitUntilCounted(patience);
    const QString shown = ForeignLocation { location, choice }.text();
    return std::unique_ptr<EventStore>(
        std::make_unique<ForeignEventStore>(shown, std::move(database), std::move(log)));
}

void addForeignStores()
{
    addStoreKind({ QStringLiteral("foreign-sqlite"), &claims, &openSqlite });
}

} // namespace eventloupe
