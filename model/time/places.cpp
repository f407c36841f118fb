#include "time/places.h"

#include <cstdlib>

namespace eventloupe {

Places::Places(QObject* parent)
    : QObject(parent)
{
}

bool Places::isJump(const VisitedPlace& from, const VisitedPlace& to) const
{
    if (from.pinned != to.pinned)
        return true;
    // A live place moves with the head.
    if (from.isLive && to.isLive)
        return false;
    return std::abs(to.position - from.position) > near;
}

void Places::note(const VisitedPlace& place, qint64 now, bool isMoving)
{
    const bool goesOn = m_isFresh && now - m_last < momentMilliseconds;
    m_last = now;
    if (m_places.empty()) {
        m_places.push_back(place);
        m_at = 0;
        return;
    }
    VisitedPlace& present = m_places[m_at];
    if (present == place)
        return;
    if (isMoving || goesOn || !isJump(present, place)) {
        present = place;
        return;
    }
    const bool couldGoBack = canGoBack();
    const bool couldGoForward = canGoForward();
    m_places.resize(m_at + 1);
    m_places.push_back(place);
    if (m_places.size() > most)
        m_places.pop_front();
    m_at = m_places.size() - 1;
    m_isFresh = true;
    if (!couldGoBack || couldGoForward)
        emit changed();
}

void Places::clear()
{
    m_places.clear();
    m_at = 0;
    m_isFresh = false;
    emit changed();
}

VisitedPlace Places::back()
{
    if (canGoBack())
        --m_at;
    m_isFresh = false;
    emit changed();
    return m_places.empty() ? VisitedPlace() : m_places[m_at];
}

VisitedPlace Places::forward()
{
    if (canGoForward())
        ++m_at;
    m_isFresh = false;
    emit changed();
    return m_places.empty() ? VisitedPlace() : m_places[m_at];
}

} // namespace eventloupe
