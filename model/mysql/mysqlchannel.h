#pragma once

#include "mysql/mariadblibrary.h"
#include "mysql/mysqladdress.h"
#include "store/socketwait.h"

#include <functional>
#include <string_view>

namespace eventloupe {

/// A session of MariaDB's client library through those of its calls that do not wait, under calls
/// that do, so that each can be ended: by the clock, by interrupt() and by a token. Only for the
/// sources of this room; belongs to one thread.
///
/// A call that gives another outcome than Ready is still under way: resume() or abandon() it.
class MysqlChannel final {
public:
    using Clock = SocketWait::Clock;
    using Outcome = SocketWait::Outcome;

    explicit MysqlChannel(const MariaDbLibrary& library);
    ~MysqlChannel();
    MysqlChannel(const MysqlChannel&) = delete;
    MysqlChannel& operator=(const MysqlChannel&) = delete;

    Outcome connect(
        const MysqlAddress& address, const QByteArray& secret, bool usesTls, Clock::time_point end);
    Outcome query(std::string_view sql, Clock::time_point end);
    /// The next row of a result; row() is null behind the last.
    Outcome fetch(MYSQL_RES* result, Clock::time_point end);
    Outcome resume(Clock::time_point end);
    /// Closes the socket: what runs on the server ends when it notices.
    void abandon();

    [[nodiscard]] MYSQL* handle() const { return m_handle; }
    [[nodiscard]] MYSQL_ROW row() const { return m_row; }
    [[nodiscard]] unsigned errorNumber() const { return m_library.errorNumber(m_handle); }
    [[nodiscard]] const char* errorText() const { return m_library.errorText(m_handle); }

    SocketWait wait;
    std::function<bool()> isCancelled; ///< Asked every 20 ms, where it is set.

private:
    class Entry;
    Outcome begin(
        const std::function<int()>& start, std::function<int(int)> go, Clock::time_point end);
    Outcome await(int socket, bool forWriting);
    static void shorten(int socket);
    void setOptions(const MysqlAddress& address, bool usesTls);
    /// The library's own waits, as in a handshake of TLS.
    static int waitForLibrary(my_socket socket, my_bool isForReading, int timeout);

    const MariaDbLibrary& m_library;
    MYSQL* m_handle;
    MYSQL* m_connected = nullptr;
    MYSQL_ROW m_row = nullptr;
    int m_answer = 0;
    int m_socket = -1; ///< -1 once the library has closed it: its number may be another's by then.
    int m_wanted = 0; ///< What the call under way waits for; 0: none is.
    std::function<int(int)> m_go; ///< Goes on with it.
    Clock::time_point m_end;
};

} // namespace eventloupe
