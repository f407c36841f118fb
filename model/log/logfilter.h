#pragma once

#include "log/filterpiece.h"
#include "log/matchlist.h"
#include "store/storeclient.h"

#include <QElapsedTimer>
#include <QTimer>

#include <map>
#include <memory>

namespace eventloupe {

class EventLogModel;
class TimeCursor;

/// Reduces the log model to the events that fit an expression (domain/eventfilter.h).
///
/// Scans on the store's scan lane, on all cores: around the time cursor first, then to both ends of
/// the log. What was scanned is one range, and its matches show some ten times a second; a change
/// ends the scan at once; a cursor that moves on is followed. What is appended later is filtered as
/// well, and another store is scanned with the same expression. GUI thread.
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
    /// In memory, about.
    [[nodiscard]] qint64 matchBytes() const;
    /// Events looked at so far; compare with the head for progress.
    [[nodiscard]] qint64 scannedCount() const { return m_high - m_low + 1; }
    /// Whether everything up to the head was looked at.
    [[nodiscard]] bool isComplete() const;
    /// Events so far that the expression could not be evaluated for; they do not fit.
    [[nodiscard]] const FilterFailures& failures() const { return m_failures; }
    /// Whether every event that was looked at lacks what the expression asks for: a name that is
    /// written wrong, most likely.
    [[nodiscard]] bool lacksAll() const
    {
        return m_tested > 0 && m_failures.missing.events == m_tested;
    }

    /// A masked place that the expression reads, see EventFilter::maskedRead(); empty: none.
    [[nodiscard]] QString maskedRead() const;

    /// Move the time cursor to the next or previous match. Where the scan has not come that far it
    /// moves when it has, unless the cursor moves meanwhile. stepTold() follows where it does not
    /// move at once.
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
    /// Why a step to a match has not moved the cursor, for people; empty when that is over.
    void stepTold(const QString& message);
    /// The log could not be read; what was found stays.
    void failed(const eventloupe::Error& error);

private:
    enum class Step { None, Next, Previous };

    void stop();
    void restart();
    void scanOn();
    void take(const Result<FilterPiece>& answer);
    void show();
    void join(std::vector<Position>& before, std::vector<Position>& after);
    void note(const FilterPiece& piece);
    void step(Step step);
    void tellStep(const QString& message);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    EventLogModel& m_model;
    QString m_expression;
    std::shared_ptr<const EventFilter> m_filter; ///< Null while not active.
    std::shared_ptr<const MatchList> m_matches;
    FilterCourse m_course;
    Position m_low = 1; ///< What was looked at, and is shown: m_low to m_high.
    Position m_high = 0;
    std::map<Position, FilterPiece> m_pieces; ///< Looked at, not yet shown; by their first.
    std::vector<CancelToken> m_tokens; ///< Of the pieces under way.
    int m_underWay = 0;
    quint64 m_scan = 0; ///< Counts the scans; what was begun for an older one is stale.
    qint64 m_tested = 0;
    FilterFailures m_failures;
    Step m_wantedStep = Step::None;
    QString m_stepMessage; ///< As told.
    QTimer m_showTimer;
    QElapsedTimer m_sinceShown; ///< Invalid until something was shown.
};

} // namespace eventloupe
