#pragma once

#include <QtGlobal>

#include <array>
#include <string_view>

namespace eventloupe {

/// Sums over keyed hashes of the entries that the indexes of the events hold, or should: they are
/// the same in whatever order the entries come, and in however many parts they are summed up. With
/// a key that is new each time, entries that differ have the same sums by a chance of 2^-128.
class IndexSums final {
public:
    using Key = std::array<quint64, 2>;
    [[nodiscard]] static Key newKey();

    explicit IndexSums(const Key& key)
        : m_key(key)
    {
    }

    /// What each of the indexes should hold of an event.
    void addEvent(qint64 position, qint64 stream, qint64 version, qint64 type, std::string_view id,
        bool isText)
    {
        addVersion(stream, version, position);
        addType(type, position);
        addId(id, isText, position);
    }
    /// An entry of an index. The id is what is stored of it, a text or a blob.
    void addVersion(qint64 stream, qint64 version, qint64 position);
    void addType(qint64 type, qint64 position);
    void addId(std::string_view id, bool isText, qint64 position);

    /// What was summed up elsewhere, with the same key.
    void add(const IndexSums& part);
    friend bool operator==(const IndexSums&, const IndexSums&) = default;

private:
    using Sum = std::array<quint64, 2>;
    Key m_key;
    Sum m_versions {};
    Sum m_types {};
    Sum m_ids {};
};

} // namespace eventloupe
