#pragma once

#include "postgres/postgresschema.h"
#include "postgres/postgressession.h"
#include "postgres/postgreswriter.h"
#include "store/eventrules.h"
#include "store/eventstore.h"

#include <vector>

namespace eventloupe {

/// Appends events of one stream in one durable transaction; see EventStore::append().
///
/// Two round trips: the first locks the end of the log and reads what is to be known, the second
/// writes and commits. Where the connection is lost in the second, the fate of the append is not
/// known; it is then done again with the same ids on the next connection, where the lock makes it
/// wait for what is left of the first try, and ids that are stored are acknowledged: never twice,
/// never lost. Serialisation failures and deadlocks are tried again with back-off.
class PostgresAppender final {
public:
    PostgresAppender(PostgresSession& writer, HashChain& chain)
        : m_writer(writer)
        , m_chain(chain)
    {
    }

    /// `schema` is that of the store; `patience` is for reconnecting.
    Result<AppendOutcome> append(const AppendRequest& request, const PostgresSchema& schema,
        std::chrono::milliseconds patience);

private:
    using Events = std::vector<CheckedEvent>;
    /// What the first round trip found.
    struct Found {
        PostgresHead head;
        StreamId stream = 0; ///< 0: there is none.
        StreamVersion version = 0;
        PostgresResult types;
        qint64 category = 0;
        qint64 categoryStreams = 0;
        PostgresResult sameIds;
    };
    /// Of the events of one try.
    struct Attempt {
        QByteArray stream;
        const AppendRequest& request;
        const Events& events;
        const PostgresSchema& schema;
    };

    static Result<Events> check(const AppendRequest& request);
    Result<AppendOutcome> attempt(PostgresConnection& connection, const Attempt& attempt);
    static Result<Found> lock(PostgresConnection& connection, const Attempt& attempt);
    static Result<std::optional<Appended>> findRepeat(const Found& found, const Attempt& attempt);
    Result<Appended> write(PostgresConnection& connection, Found& found, const Attempt& attempt);
    static Result<void> settle(
        PostgresConnection& connection, const PostgresHead& head, const Error& failure);
    static void addNames(std::vector<PostgresConnection::Step>& steps, Found& found,
        const Attempt& attempt, QHash<QByteArray, qint64>& types);

    PostgresSession& m_writer;
    HashChain& m_chain;
};

} // namespace eventloupe
