#pragma once

#include "foreign/postings.h"
#include "foreign/rowpage.h"
#include "store/eventstore.h"
#include "store/streamtable.h"
#include "value/byteshash.h"

#include <deque>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>

namespace eventloupe {

/// A row's place in the order of another library's log: the values of the columns it is ordered by.
using ForeignKey = std::vector<ForeignValue>;

/// What the index has to know of a row.
struct IndexedRow {
    ForeignKey key;
    std::string stream; ///< What the library calls it.
    std::string type;
    std::vector<std::string> moreTypes; ///< Of the other events of a commit.
    std::optional<StreamVersion> version; ///< By the library's count, but from 1.
    qint64 events = 1; ///< More where rows are commits.
    bool isLink = false; ///< The last event once more, in a further stream.
};

/// The order of another library's log, built while its rows are passed over once: every event's
/// position is its rank, its version its number in its stream. It keeps the key of every 256th row
/// and each stream's positions: 40 to 100 bytes a stream, one to four an event.
///
/// Thread-safe: one thread adds, any number look up.
class RankIndex final {
public:
    static constexpr Position rowsPerBlock = 256;
    /// Our name of the stream of the row with that index; asked for at its birth.
    using NameOf = std::function<std::string(std::size_t)>;

    RankIndex() = default;

    /// Adds the next rows; readers see all of them or none. False when memory is full.
    bool add(std::span<const IndexedRow> rows, const NameOf& nameOf);

    [[nodiscard]] Position head() const;
    [[nodiscard]] qint64 rows() const;
    [[nodiscard]] std::optional<ForeignKey> lastKey() const;
    [[nodiscard]] std::size_t bytes() const;

    /// Where a rank's row is to be sought.
    struct Place {
        ForeignKey key; ///< Of a row at or before it.
        qint64 skip = 0; ///< Rows from there to the one that is sought.
        Position rank = 0; ///< Of the first event of the row at `key`.
        bool isExact = false; ///< The key was worked out, and is the row's own.
    };
    [[nodiscard]] Place placeOf(Position rank) const;
    /// The place of the last block that begins at or before a key.
    [[nodiscard]] std::optional<Place> blockOf(const ForeignKey& key) const;
    [[nodiscard]] bool hasCommits() const;

    /// By what the library calls it, or by our name; 0.
    [[nodiscard]] StreamId idOfKey(std::string_view stream) const;
    [[nodiscard]] StreamId idOfName(std::string_view name) const;
    [[nodiscard]] std::string nameOf(StreamId id) const;
    [[nodiscard]] std::string keyOf(StreamId id) const;
    /// Whether the library's version, counted from 1, has been the number in the stream throughout.
    [[nodiscard]] bool isRegular(StreamId id) const;
    [[nodiscard]] StreamVersion versionAt(StreamId id, Position position) const;
    [[nodiscard]] Position positionOf(StreamId id, StreamVersion version) const;
    [[nodiscard]] std::vector<Position> positionsOf(
        StreamId id, StreamVersion after, Position upTo, std::size_t limit) const;
    [[nodiscard]] std::optional<StreamInfo> infoOf(StreamId id) const;
    [[nodiscard]] qint64 streamCountAt(Position position) const;

    [[nodiscard]] qint64 categoryCountAt(Position position) const;
    [[nodiscard]] std::optional<CategoryAt> categoryAt(qint64 category, Position position) const;
    [[nodiscard]] std::vector<StreamId> streamsOfCategory(
        qint64 category, Position position, qint64 skip, int limit) const;
    [[nodiscard]] QString categoryNameOf(StreamId id) const;
    [[nodiscard]] QStringList types() const;
    [[nodiscard]] bool hasLinks() const;

    /// What a run of rows asks, in one go: for each, stream and version. For scans.
    struct Asked {
        std::string stream;
        std::optional<StreamVersion> version;
        Position position = 0;
        /// The answers.
        StreamId id = 0;
        StreamVersion number = 0;
        std::string name;
    };
    void resolve(std::vector<Asked>& rows) const;

private:
    struct Stream {
        PostingList list;
        quint32 category = 0; ///< From 0.
        bool isRegular = true;
    };
    struct Category {
        QString name;
        Position birth = 0;
        std::vector<quint32> streams; ///< From 0.
    };
    [[nodiscard]] const Stream* at(StreamId id) const
    {
        return id >= 1 && id <= static_cast<StreamId>(m_streams.size())
            ? &m_streams[static_cast<std::size_t>(id - 1)]
            : nullptr;
    }
    [[nodiscard]] std::string_view nameAt(StreamId id) const;
    bool addEvents(const IndexedRow& row, const std::function<std::string()>& nameOf);
    bool addLink(const IndexedRow& row, const std::function<std::string()>& nameOf);
    Stream& place(
        const std::string& key, const std::function<std::string()>& nameOf, Position position);
    void noteType(const std::string& type);

    mutable std::shared_mutex m_mutex;
    std::vector<ForeignKey> m_blocks;
    std::vector<Position> m_blockRanks; ///< Only where rows are commits.
    ForeignKey m_lastKey;
    qint64 m_rows = 0;
    Position m_head = 0;
    bool m_hasCommits = false;
    bool m_hasLinks = false;
    StreamTable m_keys;
    StreamTable m_names; ///< Those of streams that are called otherwise by us.
    std::unordered_map<StreamId, std::string_view> m_ownNames;
    std::deque<Stream> m_streams;
    std::deque<Category> m_categories;
    std::unordered_map<std::string, quint32, BytesHash, std::equal_to<>> m_categoryNumbers;
    std::unordered_map<std::string, quint32, BytesHash, std::equal_to<>> m_typeNumbers;
    QStringList m_types;
    Postings m_postings;
};

} // namespace eventloupe
