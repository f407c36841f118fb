#pragma once

#include <QString>

namespace eventloupe {

/// By how much a database file is shorter than its header says; 0 where the header cannot say.
/// Beside a -wal file that is no fault by itself: a checkpoint writes the header first. Any thread.
[[nodiscard]] qint64 missingBytes(const QString& path);

/// missingBytes() where no log or journal beside the file explains them, so that the file was cut:
/// SQLite does not notice where only a part of the last page is gone, and reads zeros. 0 while
/// another process writes. Any thread.
[[nodiscard]] qint64 missingByItself(const QString& path);

/// The same where it is less than a page.
[[nodiscard]] qint64 missingPartOfPage(const QString& path);

/// How many bytes, in pages, of a database stand neither in its file, which ends before them, nor
/// in a -wal file that holds commits: SQLite takes the size from the log then, and does not look at
/// the file's. 0 where there is no such log; that case is missingBytes()'s. So it is with an older
/// copy of the file, whole by itself, that was put back beside a log which a crash left.
///
/// Where another process writes to the files meanwhile, or moves the log's pages to the file, that
/// is no loss. Any thread. Reads the headers of the log's frames, and all of the log where commits
/// of it go beyond the file's end.
[[nodiscard]] qint64 missingBesideLog(const QString& path);

} // namespace eventloupe
