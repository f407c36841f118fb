#pragma once

#include "store/storeclient.h"

#include <optional>
#include <variant>

namespace eventloupe {

class TimeCursor;

/// What a person may type to say where to go: a position or a moment.
using GoToTarget = std::variant<Position, Timestamp>;

/// Understands "8120", "#8,120" (grouped by commas, points, apostrophes, blanks or underscores),
/// RFC 3339, and local time as "2026-03-01", "2026-03-01 14:03", "2026-03-01 14:03:22.5".
[[nodiscard]] std::optional<GoToTarget> parseGoToTarget(const QString& text);

/// Moves the time cursor to a position or a time that was typed. GUI thread; a time is looked up on
/// the store's worker. A newer go() replaces one that is under way.
class GoTo final : public QObject {
    Q_OBJECT

public:
    GoTo(StoreClient& client, TimeCursor& cursor, QObject* parent = nullptr);

    /// Positions past the head go to the head; a time goes to the last event at or before it.
    void go(const QString& text);

signals:
    /// A position past the head was asked for; found() of the head follows.
    void pastHead(eventloupe::Position asked, eventloupe::Position head);
    /// The cursor is there now.
    void found(eventloupe::Position position);
    /// The text is neither a position nor a time; the message says what would be.
    void notUnderstood(const QString& message);
    void failed(const eventloupe::Error& error);

private:
    void arrive(Position position);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    CancelToken m_token;
};

} // namespace eventloupe
