#include "store/sqliteindexcheck.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace eventloupe {

namespace {

/// A finalizer that lets every bit of the input reach every bit of the result.
quint64 mixed(quint64 word)
{
    constexpr quint64 factor = 0xd6e8feb86659fd93U;
    word = (word ^ (word >> 32U)) * factor;
    word = (word ^ (word >> 32U)) * factor;
    return word ^ (word >> 32U);
}

using Key = std::array<quint64, 2>;

/// Of the entries of an index, in whatever order they come.
class EntrySum {
public:
    explicit EntrySum(const Key& key)
        : m_key(key)
    {
    }
    void add(qint64 first, qint64 second, qint64 third)
    {
        for (std::size_t i = 0; i < m_key.size(); ++i) {
            quint64 hash = mixed(m_key[i] ^ static_cast<quint64>(first));
            hash = mixed(hash ^ static_cast<quint64>(second));
            m_sum[i] += mixed(hash ^ static_cast<quint64>(third));
        }
    }
    void add(std::string_view bytes, bool isText, qint64 position)
    {
        for (std::size_t i = 0; i < m_key.size(); ++i) {
            quint64 hash = mixed(m_key[i] ^ bytes.size() ^ (isText ? ~quint64(0) : 0));
            for (std::size_t at = 0; at < bytes.size(); at += sizeof(quint64)) {
                quint64 word = 0;
                std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
                hash = mixed(hash ^ word);
            }
            m_sum[i] += mixed(hash ^ static_cast<quint64>(position));
        }
    }
    [[nodiscard]] bool isSame(const EntrySum& other) const { return m_sum == other.m_sum; }

private:
    Key m_key;
    std::array<quint64, 2> m_sum {};
};

struct Sums {
    EntrySum ofStreams;
    EntrySum ofTypes;
    EntrySum ofIds;
};

Result<void> readEvents(SqliteConnection& connection, Sums& sums)
{
    auto statement = connection.prepare(
        "SELECT position, stream_id, version, type_id, id, typeof(id) = 'text'"
        " FROM event NOT INDEXED");
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        const qint64 position = statement.integer(0);
        sums.ofStreams.add(statement.integer(1), statement.integer(2), position);
        sums.ofTypes.add(statement.integer(3), position, 0);
        sums.ofIds.add(statement.blob(4), statement.integer(5) != 0, position);
    }
}

/// False where two entries are not in order, or the same.
Result<bool> readNumbers(
    SqliteConnection& connection, const char* sql, EntrySum& sum, qint64* count = nullptr)
{
    auto statement = connection.prepare(sql);
    std::pair<qint64, qint64> before;
    for (bool isFirst = true;; isFirst = false) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return true;
        const std::pair entry(statement.integer(0), statement.integer(1));
        if (!isFirst && entry <= before)
            return false;
        before = entry;
        if (count)
            ++*count;
        sum.add(entry.first, entry.second, statement.integer(2));
    }
}

/// Seeks each entry of the index of types. A position is read from an entry's end, and sought by what
/// its head says: where that is damaged, a scan reads what a search does not find.
Result<bool> areTypesFound(SqliteConnection& connection, qint64 count)
{
    const auto found
        = connection
              .prepare("SELECT count(*) FROM event o INDEXED BY event_type_position CROSS JOIN event i"
                       " INDEXED BY event_type_position"
                       " WHERE i.type_id = o.type_id AND i.position = o.position")
              .number(0);
    return found ? Result(*found == count) : found.error();
}

Result<bool> readIds(SqliteConnection& connection, EntrySum& sum)
{
    auto statement = connection.prepare("SELECT id, typeof(id) = 'text', position FROM event"
                                        " INDEXED BY event_id ORDER BY id");
    std::string before;
    bool wasText = true;
    for (bool isFirst = true;; isFirst = false) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return true;
        const std::string_view id = statement.blob(0);
        const bool isText = statement.integer(1) != 0;
        // Texts come before blobs (https://sqlite.org/datatype3.html, 4.1).
        const bool isBehind = wasText != isText ? wasText : id > std::string_view(before);
        if (!isFirst && !isBehind)
            return false;
        before.assign(id);
        wasText = isText;
        sum.add(id, isText, statement.integer(2));
    }
}

Key newKey()
{
    return { QRandomGenerator::system()->generate64(), QRandomGenerator::system()->generate64() };
}

} // namespace

Result<bool> eventIndexesAgree(SqliteConnection& connection)
{
    const Key key = newKey();
    Sums ofEvents { EntrySum(key), EntrySum(key), EntrySum(key) };
    Sums ofIndexes = ofEvents;
    if (const auto read = readEvents(connection, ofEvents); !read)
        return read.error();
    const auto streams = readNumbers(connection,
        "SELECT stream_id, version, position FROM event INDEXED BY event_stream"
        " ORDER BY stream_id, version",
        ofIndexes.ofStreams);
    if (!streams || !*streams)
        return streams;
    qint64 typed = 0;
    const auto types = readNumbers(connection,
        "SELECT type_id, position, 0 FROM event INDEXED BY event_type_position"
        " ORDER BY type_id, position",
        ofIndexes.ofTypes, &typed);
    if (!types || !*types)
        return types;
    if (const auto found = areTypesFound(connection, typed); !found || !*found)
        return found;
    const auto ids = readIds(connection, ofIndexes.ofIds);
    if (!ids || !*ids)
        return ids;
    return ofEvents.ofStreams.isSame(ofIndexes.ofStreams)
        && ofEvents.ofTypes.isSame(ofIndexes.ofTypes) && ofEvents.ofIds.isSame(ofIndexes.ofIds);
}

} // namespace eventloupe
