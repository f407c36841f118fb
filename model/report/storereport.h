#pragma once

#include "store/eventstore.h"
#include "value/canceltoken.h"
#include "value/jsonvalue.h"

namespace eventloupe {

/// What a store is, how large, and how long it takes to answer: nothing of what is in it, no name
/// of a stream, type, table, host or person, and no path, but its suffix and the beginning of its
/// SHA-256, by which two reports about one store are known to be. A file is read for two seconds at
/// most, to meet what is damaged of it. The store's thread.
[[nodiscard]] JsonValue storeFigures(
    EventStore& store, const QString& location, const CancelToken& cancel);

/// Whether reading a store's file met damage since it was opened, here or elsewhere in the program.
[[nodiscard]] bool isDamaged(const QString& location);
/// Before it is opened anew: another file may be there by now. Any thread.
void forgetDamage(const QString& location);

/// The first bytes of an SQLite file, which say its format (sqlite.org/fileformat.html 1.3):
/// version numbers, page size and counts. Null where it is none. Reads 100 bytes, takes no lock.
[[nodiscard]] JsonValue sqliteFileFigures(const QString& path);

/// The location as above: {"is": "file" or "server", "suffix", "sha256"}.
[[nodiscard]] JsonValue locationFigures(const QString& location);

} // namespace eventloupe
