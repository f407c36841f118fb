#pragma once

#include "store/eventstore.h"

#include <QString>

#include <functional>
#include <memory>

namespace eventloupe {

enum class OpenMode {
    ReadOnly, ///< Nothing is written, no file appears.
    ReadWrite, ///< Falls back to read-only, with a reason, where the folder cannot be written.
    Create, ///< As ReadWrite; makes the file (mode 0600) when it is missing.
};

/// A kind of store beside the embedded one: another database, another library's file.
struct StoreKind {
    QString name; ///< For programmers, such as "postgresql"; a kind is added once.
    /// Whether a location is of this kind. May look into a file, never writes; any thread.
    std::function<bool(const QString& location)> claims;
    /// Opens it, as openStore() does; any thread.
    std::function<Result<std::unique_ptr<EventStore>>(const QString& location, OpenMode mode)> open;
};

/// Makes openStore() know one more kind, asked in the order of adding before the embedded store.
/// Called at start, before any store is opened: not safe beside openStore().
void addStoreKind(StoreKind kind);

/// Opens a store by its location: a file, or whatever a kind that was added claims. A missing file
/// is NotFound and is not made, except with Create; a file of something else is NotOurs and one of
/// a newer version is NewerVersion, both untouched. A tail that was lost since the last append (the
/// head file is ahead of the log) is reported by EventStore::openingFault().
[[nodiscard]] Result<std::unique_ptr<EventStore>> openStore(const QString& given, OpenMode mode);

} // namespace eventloupe
