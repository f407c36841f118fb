#pragma once

#include "store/eventstore.h"

#include <QString>

namespace eventloupe {

/// Notes that a database is open in this process, as long as it lives. Any thread.
///
/// Where a process opens and closes such a file by itself, under whatever name, the system drops
/// all locks that it holds on it (https://sqlite.org/howtocorrupt.html, 2.2): whoever opens a file
/// that a person named asks here first.
class OpenFile final {
public:
    /// `file` is the name beside which the log is, behind all links.
    OpenFile(const FileIdentity& identity, QString file);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

private:
    FileIdentity m_identity;
    QString m_file;
};

/// Whether the file holds a database that is open in this process, or the locks of its log. Looks
/// at names and opens nothing.
[[nodiscard]] bool isOpenHere(const QString& file);

/// InvalidArgument where a file that a person named is open here as a store, so that it is not to
/// be opened to be read as something else.
[[nodiscard]] Result<void> checkSource(const QString& file);

} // namespace eventloupe
