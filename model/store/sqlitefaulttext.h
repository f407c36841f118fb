#pragma once

#include <QStringList>

namespace eventloupe {

/// What SQLite's own check found, as sentences: one a fault, each followed by SQLite's words. Its
/// rows may hold many lines, of which the first ("*** in database main ***") says nothing; runs of
/// pages that are never used are one fault. The forms are those of SQLite 3.40 and 3.46
/// (https://sqlite.org/src/file/src/btree.c, checkAppendMsg(); pragma.c); another one is told as
/// damage of the file.
[[nodiscard]] QStringList sqliteFaultTexts(const QStringList& rows);

} // namespace eventloupe
