#pragma once

#include "log/matchlist.h"
#include "store/storeclient.h"

#include <memory>

namespace eventloupe {

class EventFilter;
class EventLogModel;
class TimeCursor;

/// Reduces the log model to the events that fit an expression (domain/eventfilter.h).
///
/// Scans from the start on the store's background lane, chunk by chunk; matches show as they are
/// found, and a change ends the scan at once. What is appended later is filtered as well, and
/// another store is scanned with the same expression. GUI thread.
class LogFilter final : public QObject {
    Q_OBJECT

public:
    LogFilter(
        StoreClient& client, TimeCursor& cursor, EventLogModel& model, QObject* parent = nullptr);
    ~LogFilter() override;

    /// Blank clears. One that does not compile answers with invalid() and changes nothing.
    void setExpression(const QString& expression);
    void clear();

    /// The expression that is in force.
    [[nodiscard]] QString expression() const { return m_expression; }
    [[nodiscard]] bool isActive() const { return m_filter != nullptr; }
    [[nodiscard]] qint64 matchCount() const;
    /// Events looked at so far; compare with the head for progress.
    [[nodiscard]] qint64 scannedCount() const { return m_scanned; }
    /// Whether everything up to the head was looked at.
    [[nodiscard]] bool isComplete() const;

    /// Move the time cursor to the next or previous match, as far as they are known.
    void moveToNextMatch();
    void moveToPreviousMatch();

signals:
    /// The expression was refused; `column` counts from 1, 0 when the place is not known.
    void invalid(const QString& message, int column);
    /// Another expression is in force, or none.
    void expressionChanged(const QString& expression);
    /// matchCount() or scannedCount() changed.
    void matchesChanged();
    /// The scan reached the head; again after each growth.
    void finished();
    /// The log could not be read; what was found stays.
    void failed(const eventloupe::Error& error);

private:
    struct Chunk;
    void restart();
    void scanOn();
    void take(const Result<Chunk>& answer);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    EventLogModel& m_model;
    QString m_expression;
    std::shared_ptr<const EventFilter> m_filter; ///< Null while not active.
    std::shared_ptr<const MatchList> m_matches;
    CancelToken m_token;
    Position m_scanned = 0;
    bool m_scanning = false;
};

} // namespace eventloupe
