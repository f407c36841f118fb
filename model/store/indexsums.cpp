#include "store/indexsums.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstring>

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

void addWords(const IndexSums::Key& key, std::array<quint64, 2>& sum, qint64 first, qint64 second,
    qint64 third)
{
    for (std::size_t i = 0; i < key.size(); ++i) {
        quint64 hash = mixed(key[i] ^ static_cast<quint64>(first));
        hash = mixed(hash ^ static_cast<quint64>(second));
        sum[i] += mixed(hash ^ static_cast<quint64>(third));
    }
}

} // namespace

IndexSums::Key IndexSums::newKey()
{
    return { QRandomGenerator::system()->generate64(), QRandomGenerator::system()->generate64() };
}

void IndexSums::addVersion(qint64 stream, qint64 version, qint64 position)
{
    addWords(m_key, m_versions, stream, version, position);
}

void IndexSums::addType(qint64 type, qint64 position)
{
    addWords(m_key, m_types, type, position, 0);
}

void IndexSums::addId(std::string_view id, bool isText, qint64 position)
{
    for (std::size_t i = 0; i < m_key.size(); ++i) {
        quint64 hash = mixed(m_key[i] ^ id.size() ^ (isText ? ~quint64(0) : 0));
        for (std::size_t at = 0; at < id.size(); at += sizeof(quint64)) {
            quint64 word = 0;
            std::memcpy(&word, id.data() + at, std::min(sizeof(word), id.size() - at));
            hash = mixed(hash ^ word);
        }
        m_ids[i] += mixed(hash ^ static_cast<quint64>(position));
    }
}

void IndexSums::add(const IndexSums& part)
{
    for (std::size_t i = 0; i < m_key.size(); ++i) {
        m_versions[i] += part.m_versions[i];
        m_types[i] += part.m_types[i];
        m_ids[i] += part.m_ids[i];
    }
}

} // namespace eventloupe
