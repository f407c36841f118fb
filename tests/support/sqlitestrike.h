#pragma once

#include <QByteArray>

#include <functional>
#include <utility>

#include <sqlite3.h>

namespace eventloupe {

/// Does something at the beginning of a statement, once: what another process may do just then.
/// Meets the connections that are opened while it lives. One at a time.
class SqliteStrike final {
public:
    SqliteStrike()
    {
        current() = this;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
    }
    ~SqliteStrike()
    {
        sqlite3_reset_auto_extension();
        current() = nullptr;
    }
    SqliteStrike(const SqliteStrike&) = delete;
    SqliteStrike& operator=(const SqliteStrike&) = delete;

    /// At the next statement that begins so.
    void arm(const QByteArray& at, std::function<void()> work)
    {
        m_at = at;
        m_work = std::move(work);
    }
    [[nodiscard]] bool isDone() const { return m_at.isEmpty(); }

private:
    static SqliteStrike*& current()
    {
        static SqliteStrike* strike = nullptr;
        return strike;
    }
    static int watch(sqlite3* database, const char**, const void*)
    {
        return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &look, nullptr);
    }
    static int look(unsigned, void*, void* statement, void*)
    {
        SqliteStrike* const strike = current();
        const QByteArray sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
        if (strike && !strike->isDone() && sql.startsWith(strike->m_at)) {
            strike->m_at.clear();
            strike->m_work();
        }
        return 0;
    }

    QByteArray m_at; ///< Empty: none.
    std::function<void()> m_work;
};

} // namespace eventloupe
