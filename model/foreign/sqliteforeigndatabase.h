#pragma once

#include "foreign/foreigndatabase.h"
#include "foreign/sqlitefilestate.h"
#include "store/openfiles.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace eventloupe {

/// Another library's SQLite file, through a VFS that cannot write; see readonlyvfs.h.
///
/// How it is read follows from what is there. Beside a live writer's -wal and -shm it is one more
/// reader, whose place the writer does not see. A file with a rollback journal is read under
/// SQLite's shared lock. A file in WAL mode that nobody has open is read without locks, and so is
/// one whose writer died and left a -wal alone: every SELECT is then checked to have begun and
/// ended with the same files, and is run again where it has not. Only a hot rollback journal, which
/// must be rolled back before anything can be read, is refused.
class SqliteForeignDatabase final : public ForeignDatabase {
public:
    /// NotFound, NotOurs (no SQLite file), Busy (a hot journal), Corrupt.
    static Result<std::unique_ptr<ForeignDatabase>> open(const QString& path);
    ~SqliteForeignDatabase() override;

    [[nodiscard]] QString location() const override { return m_path; }
    [[nodiscard]] ForeignEngine engine() const override { return ForeignEngine::Sqlite; }
    [[nodiscard]] FileIdentity identity() const override { return m_state.database.identity; }
    Result<ForeignCatalog> catalog() override;
    Result<void> select(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page) override;
    Result<bool> hasChanged() override;
    Result<qint64> aboutRows(const ForeignTable& table) override;
    const CancelToken* watch(const CancelToken* token) override;
    void interrupt() override;

private:
    explicit SqliteForeignDatabase(QString path);
    Result<void> connect();
    [[nodiscard]] Result<void> checkLength() const;
    void forgetStatements();
    void disconnect();
    Result<void> readOnce(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page);
    Result<sqlite3_stmt*> prepared(std::string_view sql);
    Result<void> readIndexes(ForeignTable& table);
    [[nodiscard]] Error error(int resultCode) const;
    /// Whether files that are read without locks are others now.
    [[nodiscard]] bool isStale() const;
    static int lookUp(void* self);
    static int whenBusy(void* self, int attempt);

    QString m_path;
    SqliteFileState m_state;
    std::optional<OpenFile> m_open;
    bool m_isGuarded = false; ///< Read without locks.
    std::mutex m_handleMutex; ///< Held to change the handle, and to use it on another thread.
    sqlite3* m_handle = nullptr;
    std::map<std::string, sqlite3_stmt*, std::less<>> m_statements;
    const CancelToken* m_watched = nullptr;
    std::atomic<bool> m_isInterrupted { false };
    std::chrono::steady_clock::time_point m_busySince;
    qint64 m_connects = 0;
    std::pair<qint64, qint64> m_seen; ///< Connects and data version at the last hasChanged().
};

} // namespace eventloupe
