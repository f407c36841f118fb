#include "store/knownhead.h"

#include "store/fileidentity.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isHash(std::string_view bytes, const EventHash& hash)
{
    return bytes.size() == hash.size()
        && std::equal(bytes.begin(), bytes.end(), hash.begin(),
            [](char byte, unsigned char other) {
                return static_cast<unsigned char>(byte) == other;
            });
}

} // namespace

Result<void> KnownHead::find(SqliteConnection& connection, const LogHead& now) const
{
    if (!m_head || m_head->position == 0 || *m_head == now)
        return {};
    const QString& location = m_connection.location();
    if (now.position < m_head->position) {
        m_connection.leaveLog();
        return shortenedError(location, m_head->position, now.position);
    }
    auto statement = connection.prepare("SELECT hash FROM event WHERE position = ?1");
    const auto stepped = statement.bind(1, m_head->position).step();
    if (!stepped)
        return stepped.error();
    if (*stepped && isHash(statement.blob(0), m_head->hash))
        return {};
    m_connection.leaveLog();
    return replacedError(location);
}

Result<void> KnownHead::check(const LogHead& now)
{
    const auto found = find(m_connection, now);
    if (found)
        m_head = now;
    return found;
}

Result<void> KnownHead::checkAnew() const
{
    if (!m_head || m_head->position == 0)
        return {};
    const auto other
        = SqliteConnection::open(m_connection.location(), SqliteConnection::Access::QueryOnly);
    if (!other)
        return other.error();
    const auto last = (*other)->prepare("SELECT max(position) FROM event").number(0);
    return last ? find(**other, { *last, {} }) : Result<void>(last.error());
}

} // namespace eventloupe
