#pragma once

#include "value/canceltoken.h"
#include "value/result.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <thread>

namespace eventloupe {

class SqliteConnection;
class SqliteEventStore;

struct DatabaseFaults {
    QStringList found; ///< A text each, for people.
    Result<void> end; ///< An Error where the check could not go on.
};

/// SQLite's own check: pages, cells, and that every index agrees with its table. On the
/// connection's thread.
[[nodiscard]] DatabaseFaults checkDatabase(SqliteConnection& connection, const CancelToken& cancel);

/// The same beside other work, on a thread with a connection of its own.
class SqliteDatabaseCheck final {
public:
    explicit SqliteDatabaseCheck(SqliteEventStore& store);
    ~SqliteDatabaseCheck(); ///< Ends it.
    Q_DISABLE_COPY_MOVE(SqliteDatabaseCheck)

    /// Waits for the answer; Cancelled when `cancel` is. Where no thread or no connection could be
    /// had, it is done now, on the store's own.
    [[nodiscard]] DatabaseFaults finish(const CancelToken& cancel);

private:
    struct Answer;
    SqliteEventStore& m_store;
    CancelToken m_stop;
    std::shared_ptr<Answer> m_answer;
    std::thread m_thread;
};

} // namespace eventloupe
