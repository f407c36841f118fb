#pragma once

#include "foreign/cyclewatch.h"
#include "foreign/logsql.h"
#include "foreign/rankindex.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace eventloupe {

/// Opens another connection to a database, on the thread that will use it.
using OpenDatabase = std::function<Result<std::unique_ptr<ForeignDatabase>>()>;

/// Another library's log as all connections of this program share it: its order, indexed once on a
/// thread of its own, and followed as it grows.
///
/// Rows that come behind the last one are added. A row that comes before one that has its rank
/// already would shift all ranks behind it: where transactions may end out of the order of their
/// numbers, rows behind a gap wait until nothing that could fill it is under way; and wherever it
/// happens all the same, or rows vanish, isStale() becomes true, and nothing more is read of it.
///
/// Thread-safe.
class ForeignLog final {
public:
    ForeignLog(RecognisedStore store, ForeignEngine engine, OpenDatabase open);
    ~ForeignLog(); ///< Ends the thread.
    ForeignLog(const ForeignLog&) = delete;
    ForeignLog& operator=(const ForeignLog&) = delete;

    [[nodiscard]] const RecognisedStore& store() const { return m_store; }
    [[nodiscard]] const StoreProfile& profile() const { return m_store.profile; }
    [[nodiscard]] const LogSql& sql() const { return m_sql; }
    [[nodiscard]] const RankIndex& index() const { return m_index; }

    [[nodiscard]] Counting counting() const;
    /// Why nothing more may be read, for people; empty where all is well.
    [[nodiscard]] QString staleReason() const;
    /// Told by a reader that found another row than the index says.
    void setStale();
    /// Looks for new rows soon.
    void wake();
    /// Why its server does not answer just now; nothing more is counted meanwhile.
    [[nodiscard]] std::optional<ForeignOutage> outage() const;
    /// Tries to reach it soon.
    void tryNow();
    /// Waits until all rows that were there have been counted, or the time is over.
    void waitUntilCounted(std::chrono::milliseconds atMost);

private:
    void run();
    void follow(ForeignDatabase& database);
    Result<bool> step(ForeignDatabase& database);
    Result<bool> addPage(ForeignDatabase& database);
    bool narrowPage();
    Result<void> checkCount(ForeignDatabase& database);
    Result<std::optional<std::size_t>> settledRows(
        ForeignDatabase& database, const std::vector<IndexedRow>& rows, bool isFull);
    std::size_t rowsUpToSettled(const std::vector<IndexedRow>& rows, bool isFull);
    Result<void> sightAll(ForeignDatabase& database);
    void addRows(const std::vector<IndexedRow>& rows, std::size_t count);
    void fail(const Error& error);
    void noteOutage(ForeignDatabase& database);
    /// False when it is time to end.
    bool pause(std::chrono::milliseconds time);

    const RecognisedStore m_store;
    const ForeignEngine m_engine;
    const OpenDatabase m_open;
    const LogSql m_sql;
    RankIndex m_index;

    mutable std::mutex m_mutex; ///< Guards what follows, up to the blank line.
    std::condition_variable m_changed;
    Counting m_counting { true, 0, {} };
    QString m_staleReason;
    std::optional<ForeignOutage> m_outage;
    bool m_isWoken = false;
    bool m_mustTry = false;
    bool m_isEnding = false;

    const CancelToken m_end;
    RowPage m_page; ///< The thread's own, as all that follows.
    qint64 m_rowsAtOnce = 4096; ///< Fewer where a page of so many has too many bytes.
    CycleWatch<ForeignKey> m_cycle; ///< Of where pages end.
    qint64 m_sighting = 0;
    std::optional<ForeignKey> m_sighted; ///< The last key at the sighting.
    bool m_isPassed = false; ///< The sighted row has been added already.
    std::optional<ForeignKey> m_settled; ///< Rows up to it come no more.
    bool m_isSighted = false; ///< What was there at first.
    bool m_hasSettled = false; ///< What was there at first, and so is all there.
    std::thread m_thread;
};

/// The log of a location: one object for all who have it open at the same time.
[[nodiscard]] std::shared_ptr<ForeignLog> sharedForeignLog(
    const QString& key, const std::function<std::shared_ptr<ForeignLog>()>& make);

} // namespace eventloupe
