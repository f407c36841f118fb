#pragma once

#include "foreign/foreignlog.h"
#include "store/openstore.h"

namespace eventloupe {

/// What a location of another library's store is made of: `shop.db`, or `shop.db#emmett-sqlite`
/// where what fits has been chosen by the profile's name.
struct ForeignLocation {
    QString database;
    QString choice; ///< See RecognisedStore::choice(); empty where none was made.

    /// A file that is there is taken as it is, also with a '#' in its name.
    [[nodiscard]] static ForeignLocation of(const QString& location);
    [[nodiscard]] QString text() const
    {
        return choice.isEmpty() ? database : database + u'#' + choice;
    }
};

/// What is known of a database before it is opened as a store.
struct RecognisedStores {
    std::vector<RecognisedStore> stores; ///< Those that fit, the most certain first.
    ForeignCatalog catalog;
    QStringList profileFaults; ///< Profiles of a workspace that could not be read.
    qint64 aboutEvents = 0; ///< Of the first; 0 where nobody knows.
};

/// A kind of database beside SQLite's files: one on a server.
struct DatabaseKind {
    QString name; ///< For programmers, such as "postgresql"; a kind is added once.
    std::function<bool(const QString& location)> claims;
    std::function<Result<std::unique_ptr<ForeignDatabase>>(const QString& location)> open;
};

/// Makes openForeignDatabase() know one more kind. Called at start, before any database is opened.
void addDatabaseKind(DatabaseKind kind);

/// Opens another library's database, for recognising and mapping; `location` has no choice behind
/// it. NotFound, NotOurs, Busy, Corrupt, InputOutput. Any thread.
[[nodiscard]] Result<std::unique_ptr<ForeignDatabase>> openForeignDatabase(const QString& location);

/// Looks at a database of another library: what it may be opened as. Fails as
/// openForeignDatabase(). Any thread.
[[nodiscard]] Result<RecognisedStores> recogniseStores(const QString& location);
/// The same of a database that is open.
[[nodiscard]] Result<RecognisedStores> recogniseStores(
    ForeignDatabase& database, const QString& location);

/// Opens what was recognised; `open` opens further connections to the same database. For other
/// databases than SQLite's, whose rooms call it. Waits a moment for a small log to be counted.
[[nodiscard]] Result<std::unique_ptr<EventStore>> openForeignStore(const QString& location,
    const QString& choice, std::unique_ptr<ForeignDatabase> database, const OpenDatabase& open);

/// Makes openStore() open SQLite files of other libraries. At start, and at the start of a test.
void addForeignStores();

} // namespace eventloupe
