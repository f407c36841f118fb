#include "store/sqlitedatabasecheck.h"

#include "store/fileidentity.h"
#include "store/sqliteeventstore.h"
#include "store/sqlitefaulttext.h"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>

namespace eventloupe {

namespace {
constexpr auto patience = std::chrono::milliseconds(20); // between two looks at the token
DatabaseFaults check(SqliteConnection& connection, std::string_view sql)
{
    DatabaseFaults faults;
    auto statement = connection.prepare(sql);
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            faults.end = stepped.error();
        if (!stepped || !*stepped)
            return faults;
        const std::string_view text = statement.text(0);
        if (text != "ok")
            faults.found.append(
                QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
}

/// All that SQLite has to say, each fault by its place.
DatabaseFaults checkEverything(SqliteConnection& connection)
{
    // It looks every row up in every index, in no order: a cache that holds more saves reading.
    (void)connection.execute("PRAGMA cache_size=-65536");
    auto faults = check(connection, "PRAGMA integrity_check");
    faults.found = sqliteFaultTexts(faults.found);
    return faults;
}

} // namespace

DatabaseFaults checkDatabase(SqliteConnection& connection, const IndexSums::Key& key,
    const std::function<SummedEvents()>& summed, const CancelToken& cancel)
{
    const SqliteWatch watch(connection, cancel);
    // The pages, then the small tables with their indexes, then the indexes of the events.
    for (const char* sql : { "PRAGMA quick_check", "PRAGMA integrity_check('stream')",
             "PRAGMA integrity_check('category')", "PRAGMA integrity_check('event_type')" })
        if (const auto faults = check(connection, sql); !faults.end || !faults.found.isEmpty())
            return checkEverything(connection);
    const auto agree = eventIndexesAgree(connection, key, summed);
    // Cancelled meanwhile, the sums that were waited for say nothing.
    if (cancel.isCancelled())
        return { {},
            Error { ErrorCode::Cancelled,
                QCoreApplication::translate("SqliteVerifier", "cancelled") } };
    if (agree && *agree)
        return {};
    if (!agree && agree.error().code == ErrorCode::Cancelled)
        return { {}, agree.error() };
    auto faults = checkEverything(connection);
    if (agree && faults.end && faults.found.isEmpty())
        faults.found.append(QCoreApplication::translate(
            "SqliteVerifier", "An index of the events does not agree with them."));
    return faults;
}

/// What the two threads tell each other.
struct SqliteDatabaseCheck::Answer {
    std::mutex mutex;
    std::condition_variable came;
    std::optional<SummedEvents> summed;
    bool isDone = false;
    std::optional<DatabaseFaults> result; ///< Nothing where there was no connection.

    /// Waits for the sums; when they do not come any more, none are there.
    SummedEvents waitForSums(const IndexSums::Key& key, const CancelToken& stop)
    {
        std::unique_lock lock(mutex);
        while (!summed && !stop.isCancelled())
            came.wait_for(lock, patience);
        return summed.value_or(SummedEvents { IndexSums(key) });
    }
};

SqliteDatabaseCheck::SqliteDatabaseCheck(SqliteEventStore& store, const IndexSums::Key& key)
    : m_store(store)
    , m_key(key)
    , m_answer(std::make_shared<Answer>())
{
    const auto work = [answer = m_answer, key, stop = m_stop, location = store.location(),
                          first = store.identity()] {
        std::optional<DatabaseFaults> result;
        const auto opened = openBeside(location, first);
        if (auto* own = opened ? dynamic_cast<SqliteEventStore*>(opened->get()) : nullptr)
            result.emplace(own->checkDatabase(
                key, [&] { return answer->waitForSums(key, stop); }, stop));
        else if (isReplaced(location, first))
            result.emplace(DatabaseFaults { {}, opened.error() });
        const std::scoped_lock lock(answer->mutex);
        answer->result = std::move(result);
        answer->isDone = true;
        answer->came.notify_all();
    };
    try {
        m_thread = std::thread(work);
    } catch (const std::system_error&) {
        m_answer->isDone = true;
    }
}

SqliteDatabaseCheck::~SqliteDatabaseCheck()
{
    m_stop.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

DatabaseFaults SqliteDatabaseCheck::finish(const SummedEvents& summed, const CancelToken& cancel)
{
    std::unique_lock lock(m_answer->mutex);
    m_answer->summed = summed;
    m_answer->came.notify_all();
    while (!m_answer->isDone) {
        if (cancel.isCancelled())
            return { {},
                Error { ErrorCode::Cancelled,
                    QCoreApplication::translate("SqliteVerifier", "cancelled") } };
        m_answer->came.wait_for(lock, patience);
    }
    if (m_answer->result)
        return *m_answer->result;
    return m_store.checkDatabase(m_key, [&summed] { return summed; }, cancel);
}

} // namespace eventloupe
