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
/// a tail that was lost (a -wal file that was removed, an older copy put back) is noticed. It stands
/// beside the file itself, by whatever link that is opened.
///
/// Written after each commit, without a sync: the file may be older than the store, never newer.
/// Its one line has a fixed length and is overwritten in place; one that is torn does not fit its
/// check sum and says nothing, as one that is not there, which is not a fault. Mode 0600. What is
/// there by this name and is no head file, a link among others, is left as it is.
class HeadFile final {
public:
    explicit HeadFile(const QString& storePath);
    ~HeadFile();
    HeadFile(const HeadFile&) = delete;
    HeadFile& operator=(const HeadFile&) = delete;

    [[nodiscard]] const QString& path() const { return m_path; }
    /// Whether something else has the name: a link, a pipe, a file of another content.
    [[nodiscard]] bool isTaken() const;
    /// Nothing where the file is missing, unreadable or something else.
    [[nodiscard]] std::optional<LogHead> read() const;
    /// A failure is of no consequence for the store and is told only to the caller.
    bool write(const LogHead& head) const;

    /// The line that the file holds: 20 digits, a space, 64 hex digits, a space, 8 hex digits of
    /// the SHA-256 of what is before the second space, a line feed.
    [[nodiscard]] static QByteArray encode(const LogHead& head);
    /// Also of one without a check sum, as stores had them at first.
    [[nodiscard]] static std::optional<LogHead> decode(const QByteArray& line);

private:
    bool open() const;
    bool writeThroughMap(const QByteArray& line) const;
    void close() const;

    QString m_path;
    mutable int m_handle = -1; ///< Open since the first write.
    mutable char* m_line = nullptr; ///< The file's line in memory, from the second write on.
};

} // namespace eventloupe
