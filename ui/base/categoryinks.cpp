#include "ui/base/categoryinks.h"

namespace eventloupe {

namespace {

/// FNV-1a: small, and the same on every machine and at every start, unlike qHash(). The salt was
/// searched for: with it, names that many domains use (user, order, cart, payment, product,
/// invoice, account, customer) get colours that differ, the first of them the clearest.
quint32 stableHash(const QString& text)
{
    constexpr quint32 salt = 126418;
    quint32 hash = 2166136261U ^ salt;
    const QByteArray bytes = text.toUtf8();
    for (const char byte : bytes)
        hash = (hash ^ static_cast<quint8>(byte)) * 16777619U;
    return hash ^ (hash >> 15U);
}

} // namespace

CategoryInks::CategoryInks(int inks)
    : m_own(inks - 1)
{
}

int CategoryInks::preferred(const QString& category) const
{
    return static_cast<int>(stableHash(category) % static_cast<quint32>(m_own + 1));
}

int CategoryInks::inkOf(const QString& category) const
{
    return m_inks.value(category, m_inks.isEmpty() ? preferred(category) : m_own);
}

bool CategoryInks::rank(const QStringList& mostFirst)
{
    const auto before = m_inks;
    if (mostFirst.isEmpty()) {
        m_inks.clear();
        m_holders.clear();
    }
    const QStringList frequent = mostFirst.mid(0, m_own);
    // Who can have what the name asks for has it, whatever the ranks.
    for (const QString& category : frequent) {
        const int ink = preferred(category);
        if (ink < m_own && !m_inks.contains(category) && !m_holders.contains(ink))
            give(ink, category);
    }
    for (const QString& category : frequent) {
        if (const int ink = m_inks.contains(category) ? -1 : freeInk(mostFirst); ink >= 0)
            give(ink, category);
    }
    return m_inks != before;
}

void CategoryInks::give(int ink, const QString& category)
{
    if (m_holders.contains(ink))
        m_inks.remove(m_holders.value(ink));
    m_inks.insert(category, ink);
    m_holders.insert(ink, category);
}

/// The first one that no one holds, else one whose holder fell far behind; -1 where there is none.
int CategoryInks::freeInk(const QStringList& mostFirst) const
{
    for (int ink = 0; ink < m_own; ++ink) {
        if (!m_holders.contains(ink))
            return ink;
    }
    const QStringList near = mostFirst.mid(0, qsizetype(2) * m_own);
    for (int ink = 0; ink < m_own; ++ink) {
        if (!near.contains(m_holders.value(ink)))
            return ink;
    }
    return -1;
}

} // namespace eventloupe
