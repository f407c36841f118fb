#pragma once

#include "store/hashchain.h"

#include <QString>

#include <optional>

namespace eventloupe {

/// Where the log ended, as the file beside the store remembers it.
struct LogHead {
    Position position = 0;
    EventHash hash {};
    friend bool operator==(const LogHead&, const LogHead&) = default;
};

/// `<store>.head`: the position and hash of the last event, outside the database's reach, so that
/// a tail that was lost (a -wal file that was removed, an older copy put back) is noticed.
///
/// Written after each commit, without a sync: the file may be older than the store, never newer.
/// Its one line has a fixed length and is overwritten in place; a file that is torn or not there
/// says nothing, which is not a fault. Mode 0600.
class HeadFile final {
public:
    explicit HeadFile(const QString& storePath);
    ~HeadFile();
    HeadFile(const HeadFile&) = delete;
    HeadFile& operator=(const HeadFile&) = delete;

    [[nodiscard]] const QString& path() const { return m_path; }
    /// Nothing where the file is missing or unreadable.
    [[nodiscard]] std::optional<LogHead> read() const;
    /// A failure is of no consequence for the store and is told only to the caller.
    bool write(const LogHead& head) const;

    /// The line that the file holds: 20 digits, a space, 64 hex digits, a line feed.
    [[nodiscard]] static QByteArray encode(const LogHead& head);
    [[nodiscard]] static std::optional<LogHead> decode(const QByteArray& line);

private:
    void close() const;

    QString m_path;
    mutable int m_handle = -1; ///< Open since the first write.
    mutable char* m_line = nullptr; ///< The file's line in memory, from the second write on.
};

} // namespace eventloupe
