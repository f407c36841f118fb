#pragma once

#include "value/event.h"

#include <QObject>

#include <deque>

namespace eventloupe {

/// Where somebody was: a position, and the stream that was pinned there, if any.
struct VisitedPlace {
    Position position = 0;
    QString pinned;
    bool isLive = false; ///< At the head, wherever that is by now.

    friend bool operator==(const VisitedPlace&, const VisitedPlace&) = default;
};

/// The places that were visited, to go back and forward through them as in a browser. Steps to
/// near events, a drag and playing make no places of their own: the present place moves along, and
/// what a move ends at within a moment is one place. GUI thread, or any one.
class Places final : public QObject {
    Q_OBJECT

public:
    static constexpr Position near = 1; ///< Events; so far is a step, and no jump.
    static constexpr qint64 momentMilliseconds = 700; ///< Moves that follow closer are one.
    static constexpr std::size_t most = 200; ///< Older places are forgotten.

    explicit Places(QObject* parent = nullptr);

    /// The window shows this place now; `isMoving`: it plays, and no place is meant. `now` counts
    /// milliseconds from anywhere.
    void note(const VisitedPlace& place, qint64 now, bool isMoving = false);
    /// Another log: forgets all.
    void clear();

    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    /// The place before or after; the caller goes there and notes it.
    VisitedPlace back();
    VisitedPlace forward();

signals:
    void changed();

private:
    [[nodiscard]] bool isJump(const VisitedPlace& from, const VisitedPlace& to) const;

    std::deque<VisitedPlace> m_places;
    std::size_t m_at = 0; ///< The present one.
    qint64 m_last = 0; ///< When the last move was.
    bool m_isFresh = false; ///< The present place was made by the move that may still go on.
};

} // namespace eventloupe
