#pragma once

#include "store/eventrules.h"
#include "store/headfile.h"
#include "store/sqliteconnection.h"

#include <QHash>

namespace eventloupe {

/// Writes rows inside a transaction that its user has begun, and keeps the hash chain's end.
/// Made for one transaction: what it remembers is wrong after a rollback.
class SqliteEventWriter final {
public:
    /// `head` is the end of the log when the transaction began.
    SqliteEventWriter(SqliteConnection& connection, HashChain& chain, const LogHead& head);

    [[nodiscard]] const LogHead& head() const { return m_head; }

    /// Writes an event at the head of the log. DuplicateEvent where its id is stored already.
    Result<void> insertEvent(StreamId streamId, std::string_view stream, StreamVersion version,
        const CheckedEvent& event);
    /// The number of a category, made when it is new, whose first event is at `birth`.
    Result<qint64> categoryId(const QByteArray& name, Position birth);
    /// How many streams the category has.
    Result<qint64> streamsOfCategory(qint64 category);
    Result<void> insertStream(StreamId id, const QByteArray& name, qint64 category, qint64 rank,
        Position first, StreamVersion headVersion, Position headPosition);
    Result<void> updateStream(StreamId id, StreamVersion headVersion, Position headPosition);
    /// The newest stream's number; 0 when there is none.
    Result<StreamId> lastStream();

private:
    Result<qint64> typeId(const QByteArray& name);
    Result<qint64> nextId(std::string_view sql);

    SqliteConnection& m_connection;
    HashChain& m_chain;
    LogHead m_head;
    SqliteStatement m_insertEvent;
    QHash<QByteArray, qint64> m_types;
    QHash<QByteArray, qint64> m_categories;
};

/// What stands before the first '-' of a stream's name in UTF-8; see categoryOf().
[[nodiscard]] QByteArray categoryOfUtf8(const QByteArray& stream);

} // namespace eventloupe
