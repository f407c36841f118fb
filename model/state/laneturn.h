#pragma once

#include "value/canceltoken.h"

#include <QElapsedTimer>

namespace eventloupe {

/// How long a job goes from slice to slice before others on the interactive lane get their turn:
/// until a frame wants it, or so long that a panel can say how far it is.
class LaneTurn {
public:
    explicit LaneTurn(const CancelToken& cancel)
        : m_cancel(cancel)
    {
        m_clock.start();
    }
    [[nodiscard]] bool isOver() const
    {
        return m_cancel.isCancelled() || m_clock.hasExpired(milliseconds);
    }

private:
    static constexpr qint64 milliseconds = 20;

    const CancelToken& m_cancel;
    QElapsedTimer m_clock;
};

} // namespace eventloupe
