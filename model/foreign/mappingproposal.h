#pragma once

#include "foreign/recognise.h"
#include "value/event.h"

namespace eventloupe {

/// How a table that no profile knows may be a log: a mapping that people can change and save.
struct MappingProposal {
    StoreProfile profile;
    int certainty = 0; ///< 1 to 100.
    QStringList missing; ///< Parts of an event that no column was found for: "time", "version".
};

/// Proposals for the tables of a database, by the names of their columns and what is in some rows,
/// the most certain first. Reads a hundred rows of each table.
[[nodiscard]] Result<std::vector<MappingProposal>> proposeMappings(
    ForeignDatabase& database, const ForeignCatalog& catalog);

/// The first events as a mapping gives them, without an index: their versions are the library's.
/// InvalidInput where the mapping does not fit the database.
[[nodiscard]] Result<QList<Event>> previewMapping(ForeignDatabase& database,
    const ForeignCatalog& catalog, const StoreProfile& mapping, int limit = 20);

/// Saves a mapping as `stores/NAME.json` of a folder, whole or not at all; gives the path.
[[nodiscard]] Result<QString> saveMapping(const StoreProfile& mapping, const QString& folder);

} // namespace eventloupe
