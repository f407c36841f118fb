#pragma once

#include "store/eventrules.h"
#include "store/fileplace.h"
#include "store/logidentity.h"
#include "store/sqliteeventreader.h"
#include "store/sqlitestreamreader.h"

#include <vector>

namespace eventloupe {

class SqliteTransaction;

/// Appends events of one stream in one durable transaction; see EventStore::append().
class SqliteAppender final {
public:
    SqliteAppender(SqliteConnection& connection, SqliteEventReader& events,
        SqliteStreamReader& streams, HashChain& chain, const HeadFile& headFile,
        const FilePlace& place, LogIdentity& log);

    Result<AppendOutcome> append(const AppendRequest& request);

private:
    using Events = std::vector<CheckedEvent>;
    static Result<Events> check(const AppendRequest& request);
    Result<std::optional<Appended>> findRepeat(const QString& stream, const Events& events);
    Result<std::optional<Appended>> findStored(const QString& stream, const CheckedEvent& event);
    struct Written {
        Appended appended;
        LogHead head; ///< Of the log, with them.
    };
    Result<void> commit(SqliteTransaction& transaction, const LogHead& head);
    Result<Written> write(
        const QByteArray& stream, const std::optional<StreamInfo>& before, const Events& events);

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    SqliteStreamReader& m_streams;
    HashChain& m_chain;
    const HeadFile& m_headFile;
    const FilePlace& m_place;
    LogIdentity& m_log;
};

} // namespace eventloupe
