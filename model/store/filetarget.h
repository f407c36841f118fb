#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

#include <array>

namespace eventloupe {

/// What the name of a file that belongs to a database has behind the database's, by SQLite's rules
/// and ours.
inline constexpr std::array databaseSuffixes { "-wal", "-shm", "-journal", ".head" };

/// Whether it is an SQLite file, whatever it is called, and whether it is open here or not: it is
/// read through SQLite, which keeps the locks of the connections that this process has to it.
[[nodiscard]] bool isDatabase(const QString& file);

/// The database to which a file of that name belongs, see databaseSuffixes. Empty where there is
/// none. Whether the file itself is there does not matter.
[[nodiscard]] QString databaseBeside(const QString& file);

/// Refuses a file that a person named to be written as a whole where it is a store or another
/// database, or belongs to one: events would be lost. InvalidArgument or AlreadyExists. To be asked
/// by whatever writes such a file. Looks at the disk: not for the GUI thread.
[[nodiscard]] Result<void> checkTarget(const QString& file);

/// As writePrivately(), where checkTarget() has nothing against it.
[[nodiscard]] Result<void> writeTarget(const QString& file, const QByteArray& bytes);

} // namespace eventloupe
