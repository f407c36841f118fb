#pragma once

#include "foreign/recognise.h"
#include "value/event.h"

namespace eventloupe {

/// How a table that no profile knows may be a log: a mapping that people can change and save.
struct MappingProposal {
    StoreProfile profile;
    int certainty = 0; ///< 1 to 100.
    QStringList missing; ///< Parts of an event that no column was found for: "time", "version".
    QStringList byContent; ///< Parts that no name told, only what is in the rows.
    QStringList documents; ///< Columns in which most rows hold an object or a list.
    QMap<QString, QStringList> members; ///< The places of scalars in them, as JSON Pointers.
};

/// Proposals for the tables of a database, the most certain first: by the names of their columns;
/// where none tells, by what is in them; where that is none either, by places in their documents.
/// Reads a hundred rows of each table.
[[nodiscard]] Result<std::vector<MappingProposal>> proposeMappings(
    ForeignDatabase& database, const ForeignCatalog& catalog);

/// The first events as a mapping gives them, without an index: their versions are the library's.
/// InvalidInput where the mapping does not fit the database.
[[nodiscard]] Result<QList<Event>> previewMapping(ForeignDatabase& database,
    const ForeignCatalog& catalog, const StoreProfile& mapping, int limit = 20);

/// Saves a mapping as `stores/NAME.json` of a folder, whole or not at all; gives the path.
[[nodiscard]] Result<QString> saveMapping(const StoreProfile& mapping, const QString& folder);

} // namespace eventloupe
