#pragma once

#include "store/eventrules.h"
#include "store/headfile.h"
#include "store/sqliteconnection.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
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
    /// Its position is ours to give; its texts were checked by eventrules.h.
    Result<void> insertEvent(const EventView& event);
    /// Writes exactly rowsAtOnce of them by one statement, which takes half the time of as many.
    /// Which one has a DuplicateEvent is not said.
    Result<void> insertEvents(std::span<const EventView> events);
    static constexpr std::size_t rowsAtOnce = 16;
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
    using TextMap = std::unordered_map<std::string, qint64, BytesHash, std::equal_to<>>;
    /// What a statement's bindings point to until it has run.
    struct Row {
        EventHash hash;
        std::optional<std::array<unsigned char, 16>> id;
    };
    Result<void> bind(SqliteStatement& statement, std::size_t row, EventView event);
    Result<void> run(SqliteStatement& statement, std::string_view id);
    Result<qint64> typeId(std::string_view name);
    Result<qint64> nextId(std::string_view sql);

    SqliteConnection& m_connection;
    HashChain& m_chain;
    LogHead m_head;
    SqliteStatement m_insertEvent;
    std::optional<SqliteStatement> m_insertEvents;
    std::array<Row, rowsAtOnce> m_rows;
    TextMap m_types;
    TextMap m_categories;
};

} // namespace eventloupe
