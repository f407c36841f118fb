#include "time/timecursor.h"

#include <algorithm>

namespace eventloupe {

TimeCursor::TimeCursor(QObject* parent)
    : QObject(parent)
{
}

void TimeCursor::setHead(Position head)
{
    head = std::max<Position>(head, 0);
    if (head == m_head)
        return;
    const Position before = m_position;
    m_head = head;
    m_position = m_live ? head : std::min(m_position, head);
    emit headChanged(m_head);
    if (m_position != before)
        emit positionChanged(m_position);
}

void TimeCursor::reset()
{
    const bool headMoved = m_head != 0;
    const bool moved = m_position != 0;
    const bool becameLive = !m_live;
    m_head = 0;
    m_position = 0;
    m_live = true;
    if (headMoved)
        emit headChanged(0);
    if (moved)
        emit positionChanged(0);
    if (becameLive)
        emit liveChanged(true);
}

void TimeCursor::moveTo(Position position)
{
    position = std::clamp<Position>(position, 0, m_head);
    const bool moved = position != m_position;
    const bool live = position == m_head;
    const bool liveMoved = live != m_live;
    m_position = position;
    m_live = live;
    if (moved)
        emit positionChanged(m_position);
    if (liveMoved)
        emit liveChanged(m_live);
}

void TimeCursor::stepBy(qint64 events)
{
    // Compared with what is left instead of added up, so that no step overflows.
    if (events >= 0)
        moveTo(events > m_head - m_position ? m_head : m_position + events);
    else
        moveTo(events < -m_position ? 0 : m_position + events);
}

void TimeCursor::moveToHead()
{
    moveTo(m_head);
}

void TimeCursor::setLive(bool live)
{
    if (live) {
        moveToHead();
    } else if (m_live) {
        m_live = false;
        emit liveChanged(false);
    }
}

} // namespace eventloupe
