#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "foreign/foreignstores.h"
#include "foreign/mappingproposal.h"
#include "value/jsonvalue.h"

#include <algorithm>

namespace eventloupe::cli {

namespace {

JsonValue listOf(const QStringList& texts)
{
    auto list = JsonValue::emptyArray();
    for (const QString& text : texts)
        list.append(JsonValue::fromString(text));
    return list;
}

void print(const RecognisedStore& store, const QString& database, qint64 about, Terminal& terminal)
{
    QStringList tables;
    for (const ForeignTable& table : store.tables)
        tables.append(table.name);
    for (const ForeignTable& table : store.joined)
        tables.append(table.name);
    auto line = JsonValue::emptyObject();
    line.insert("profile", JsonValue::fromString(store.profile.name));
    line.insert("title", JsonValue::fromString(store.profile.title));
    line.insert("open", JsonValue::fromString(ForeignLocation { database, store.choice() }.text()));
    line.insert("certainty", JsonValue::fromInt(store.certainty));
    line.insert("tables", listOf(tables));
    line.insert("about_events", JsonValue::fromInt(about));
    line.insert("advice", listOf(store.advice()));
    line.insert("notes", listOf(store.profile.notes));
    terminal.writeLine(viewOf(line.toJson()));
}

int propose(ForeignDatabase& database, const ForeignCatalog& catalog, Terminal& terminal)
{
    const auto proposals = proposeMappings(database, catalog);
    if (!proposals)
        return terminal.fail(proposals.error());
    if (proposals->empty())
        return terminal.fail({ ErrorCode::NotFound,
            tr("%1: no table of it looks like a log of events").arg(database.location()) });
    const MappingProposal& best = proposals->front();
    terminal.writeLine(viewOf(best.profile.toJson()));
    if (!best.missing.isEmpty())
        terminal.say(tr("nothing was found for: %1").arg(best.missing.join(QStringLiteral(", "))));
    return Done;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto given = findStore(arguments.words().constFirst(), {}, terminal);
    if (!given)
        return terminal.fail(given.error());
    const auto place = ForeignLocation::of(given->store);
    const auto database = openForeignDatabase(place.database);
    if (!database)
        return terminal.fail(database.error());
    const auto found = recogniseStores(**database, place.database);
    if (!found)
        return terminal.fail(found.error());
    for (const QString& fault : found->profileFaults)
        terminal.say(fault);
    if (arguments.has(QStringLiteral("propose")))
        return propose(**database, found->catalog, terminal);
    for (const RecognisedStore& store : found->stores) {
        qint64 about = 0;
        for (const ForeignTable& table : store.tables)
            about += (*database)->aboutRows(table).ok() ? *(*database)->aboutRows(table) : 0;
        print(store, place.database, about, terminal);
    }
    if (!found->stores.empty())
        return Done;
    const auto hasTable = [&](const QString& name) {
        const auto& tables = found->catalog.tables;
        return std::any_of(tables.begin(), tables.end(),
            [&](const ForeignTable& table) { return table.name == name; });
    };
    // Names of resources/sql/eventlog.sql.
    if (hasTable(QStringLiteral("event")) && hasTable(QStringLiteral("event_type")))
        return terminal.fail({ ErrorCode::NotFound,
            tr("%1 is a store of Eventloupe's own; every verb takes it as it is")
                .arg(place.database) });
    return terminal.fail({ ErrorCode::NotFound,
        tr("%1: none of the known libraries' stores has its tables; "
           "\"eventloupe stores STORE --propose\" proposes a mapping")
            .arg(place.database) });
}

} // namespace

Verb storesVerb()
{
    Verb verb;
    verb.name = QStringLiteral("stores");
    verb.synopsis = QStringLiteral("STORE [--propose]");
    verb.summary = tr("Lists whose event stores a database holds, one JSON object a line");
    verb.details = tr(
        "STORE is an SQLite file, a workspace folder, or a postgresql:// or mysql:// URI.\n"
        "The most certain comes first. \"open\" is what to give to the other verbs as STORE.\n"
        "A mapping that --propose prints is used once it is saved, corrected, as a .json file\n"
        "in a folder 'stores' beside the database or in the workspace.");
    verb.options.append({ QStringLiteral("propose"), {},
        tr("Print a mapping for a database that no library is known for") });
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
