#pragma once

#include "store/fileidentity.h"

namespace eventloupe {

/// A location as the name of a file: one that begins with a colon is a resource to Qt, and ".."
/// behind a link is not the folder that the link is in. Asks the disk.
[[nodiscard]] QString filePathOf(const QString& location);

/// Where the file was found that a connection has open, by all that its path goes through.
///
/// Who writes asks for it before and after the commit, and before anything else that waited for the
/// lock is acknowledged: what goes to a file that was replaced or moved is not found by the store's
/// name, and the head file and the log beside that name are another one's by then. The same goes
/// for a log that was removed. A call takes two looks at the disk, or three where a link leads to
/// the file: some microseconds of every append. It takes the file's locks again, see
/// SqliteFileLocks.
/// Thread: the connection's.
class FilePlace final {
public:
    FilePlace(SqliteConnection& connection, const FileIdentity& identity);

    [[nodiscard]] const FileIdentity& identity() const { return m_identity; }
    /// replacedError() where the path stands for another file by now, or for none, and InputOutput
    /// where the log beside it does.
    [[nodiscard]] Result<void> check() const;
    /// The same after a commit: InputOutput that tells that the events may be in the former file.
    [[nodiscard]] Result<void> checkCommitted() const;

private:
    SqliteConnection& m_connection;
    FileIdentity m_identity;
    bool m_isLinked; ///< Found through a link, to the file or to a folder above it.
};

} // namespace eventloupe
