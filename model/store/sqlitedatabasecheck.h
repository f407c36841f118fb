#pragma once

#include "store/sqliteindexcheck.h"
#include "value/canceltoken.h"
#include "value/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <thread>

namespace eventloupe {

class SqliteEventStore;

struct DatabaseFaults {
    QStringList found; ///< A sentence each, for people.
    Result<void> end; ///< An Error where the check could not go on.
};

/// SQLite's own check: pages, cells, and that every index agrees with its table; see
/// eventIndexesAgree(). On the connection's thread.
[[nodiscard]] DatabaseFaults checkDatabase(SqliteConnection& connection, const IndexSums::Key& key,
    const std::function<SummedEvents()>& summed, const CancelToken& cancel);

/// The same beside other work, on a thread with a connection of its own.
class SqliteDatabaseCheck final {
public:
    SqliteDatabaseCheck(SqliteEventStore& store, const IndexSums::Key& key);
    ~SqliteDatabaseCheck(); ///< Ends it.
    Q_DISABLE_COPY_MOVE(SqliteDatabaseCheck)

    /// Hands over the sums of what was read beside it, for which it waits, and waits for the answer;
    /// Cancelled when `cancel` is. Where no thread or no connection could be had, it is done now, on
    /// the store's own.
    [[nodiscard]] DatabaseFaults finish(const SummedEvents& summed, const CancelToken& cancel);

private:
    struct Answer;
    SqliteEventStore& m_store;
    IndexSums::Key m_key;
    CancelToken m_stop;
    std::shared_ptr<Answer> m_answer;
    std::thread m_thread;
};

} // namespace eventloupe
