#pragma once

#include "value/event.h"

#include <QObject>

namespace eventloupe {

/// The position that the window shows: 0 (before the first event) to head.
/// While live it follows the head; moving it ends that, moving to the head begins it again.
/// GUI thread. Moves out of range are clamped.
class TimeCursor final : public QObject {
    Q_OBJECT

public:
    explicit TimeCursor(QObject* parent = nullptr);

    [[nodiscard]] Position position() const { return m_position; }
    [[nodiscard]] Position head() const { return m_head; }
    [[nodiscard]] bool isLive() const { return m_live; }

    /// The log's head became known or grew. A live cursor moves with it.
    void setHead(Position head);
    /// Another store: forgets everything, live at position 0 until setHead().
    void reset();

    void moveTo(Position position);
    void stepBy(qint64 events);
    void moveToFirst() { moveTo(m_head > 0 ? 1 : 0); }
    void moveToHead();
    void setLive(bool live);

signals:
    void positionChanged(eventloupe::Position position);
    void headChanged(eventloupe::Position head);
    void liveChanged(bool live);

private:
    Position m_position = 0;
    Position m_head = 0;
    bool m_live = true;
};

} // namespace eventloupe
