#pragma once

#include "value/event.h"
#include "value/result.h"

#include <QList>

#include <map>
#include <optional>

namespace eventloupe {

/// A place of a log that somebody marked.
struct Mark {
    QString note; ///< May be empty.
    Timestamp made;

    friend bool operator==(const Mark&, const Mark&) = default;
};
using MarkMap = std::map<Position, Mark>;

/// One mark set, renamed or, without one, taken away.
struct MarkChange {
    Position position = 0;
    std::optional<Mark> mark;
};
void applyChange(const MarkChange& change, MarkMap& marks);

inline constexpr std::size_t mostMarks = 10'000;
inline constexpr qsizetype longestNote = 1000; ///< In UTF-16 code units; longer ones are cut.
/// Its beginning, where it is too long; no character is cut in two.
[[nodiscard]] QString cutNote(const QString& note);

/// The marks of a file as text; InvalidInput names what is wrong.
///
///     {"marks": [{"position": 8120, "note": "the total is wrong from here", "made": "2026-..."}]}
[[nodiscard]] Result<MarkMap> marksFromJson(const QByteArray& text);
[[nodiscard]] QByteArray marksToJson(const MarkMap& marks);

/// Reads a file of marks; nothing where there is none. Not for the GUI thread, as all below.
[[nodiscard]] Result<std::optional<MarkMap>> readMarks(const QString& file);
/// Makes changes to a file, which need not be there yet, and gives what it holds then. Others may
/// do so at the same time: the file is locked, and replaced in one step. Written as
/// writePrivately() does. A file that cannot be read is left as it is. InputOutput, Busy after
/// `lockMilliseconds`, InvalidInput, Unsupported where the file would not be read again.
[[nodiscard]] Result<MarkMap> changeMarks(
    const QString& file, const QList<MarkChange>& changes, int lockMilliseconds = 5000);
/// Writes a file anew, as for an export. One that readMarks() would refuse for its size is not
/// written (Unsupported), and what is there stays.
[[nodiscard]] Result<void> writeMarks(const QString& file, const MarkMap& marks);

/// Where a store's marks are kept: beside a store of our own that can be written
/// (STORE.marks.json), else, since nothing may appear beside it, in `configurationFolder`.
[[nodiscard]] QString marksFileOf(
    const QString& location, bool isOursToWrite, const QString& configurationFolder);

} // namespace eventloupe
