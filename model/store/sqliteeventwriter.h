#pragma once

#include "store/eventrules.h"
#include "store/headfile.h"
#include "store/sqliteconnection.h"

#include <functional>
#include <string>
#include <unordered_map>

namespace eventloupe {

/// Writes rows inside a transaction that its user has begun, and keeps the hash chain's end.
/// Made for one transaction: what it remembers is wrong after a rollback.
class SqliteEventWriter final {
public:
    /// `head` is the end of the log when the transaction began.
    SqliteEventWriter(SqliteConnection& connection, HashChain& chain, const LogHead& head);

    [[nodiscard]] const LogHead& head() const { return m_head; }

    /// Writes an event at the head of the log. DuplicateEvent where its id is stored already.
    /// Its position and what it must satisfy are ours: the view's position is of no account, its
    /// texts were checked by eventrules.h.
    Result<void> insertEvent(EventView event);
    /// The number of a category, made when it is new, whose first event is at `birth`.
    Result<qint64> categoryId(std::string_view name, Position birth);
    /// How many streams the category has.
    Result<qint64> streamsOfCategory(qint64 category);
    Result<void> insertStream(StreamId id, std::string_view name, qint64 category, qint64 rank,
        Position first, StreamVersion headVersion, Position headPosition);
    Result<void> updateStream(StreamId id, StreamVersion headVersion, Position headPosition);
    /// The newest stream's number; 0 when there is none.
    Result<StreamId> lastStream();

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view> {}(text);
        }
    };
    using TextMap = std::unordered_map<std::string, qint64, TextHash, std::equal_to<>>;
    Result<qint64> typeId(std::string_view name);
    Result<qint64> nextId(std::string_view sql);

    SqliteConnection& m_connection;
    HashChain& m_chain;
    LogHead m_head;
    SqliteStatement m_insertEvent;
    TextMap m_types;
    TextMap m_categories;
};

/// What stands before the first '-' of a stream's name in UTF-8; see categoryOf().
[[nodiscard]] std::string_view categoryOfUtf8(std::string_view stream);

} // namespace eventloupe
