#pragma once

#include "value/result.h"

#include <QByteArray>

#include <string>
#include <string_view>
#include <vector>

struct sqlite3_stmt;

namespace eventloupe {

class SqliteConnection;

/// One use of a prepared statement: bound, stepped, and at the end reset and given back to the
/// connection, which keeps it prepared. A use inside another use of the same text is fine.
///
/// A text that could not be prepared fails at step(). Bound texts and blobs are not copied: they
/// must live until reset() or the end of this object. Thread: that of the connection.
class SqliteStatement final {
public:
    SqliteStatement(SqliteConnection& connection, std::vector<sqlite3_stmt*>& home,
        sqlite3_stmt* handle, int prepareResult);
    SqliteStatement(SqliteStatement&& other) noexcept;
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    SqliteStatement& operator=(SqliteStatement&&) = delete;
    ~SqliteStatement();

    /// Parameters count from 1.
    SqliteStatement& bind(int parameter, qint64 value);
    SqliteStatement& bindText(int parameter, std::string_view utf8);
    SqliteStatement& bindBlob(int parameter, std::string_view bytes);
    /// An event's id: a canonical UUID as its 16 bytes, which are copied, anything else as text.
    SqliteStatement& bindEventId(int parameter, std::string_view id);

    /// True when there is a row, false after the last one.
    Result<bool> step();
    /// Runs a statement that gives no rows, and makes it ready to be bound again.
    Result<void> run();
    /// The first column of the first row as a number, or `otherwise` where there is no row.
    Result<qint64> number(qint64 otherwise);
    void reset();

    /// Columns count from 0 and are valid until the next step.
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool isText(int column) const; ///< As it is stored: before it is read as one.
    /// An event's id as text; `buffer` holds the spelling of a UUID.
    [[nodiscard]] std::string_view eventId(int column, QByteArray& buffer) const;

private:
    SqliteConnection* m_connection;
    std::vector<sqlite3_stmt*>* m_home;
    sqlite3_stmt* m_handle;
    int m_prepareResult;
};

} // namespace eventloupe
