#pragma once

#include "value/event.h"

#include <QByteArray>
#include <QString>

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace eventloupe {

class WatchExpression;

/// What a watch's expression gave for an event.
struct WatchOutcome {
    enum class Kind : quint8 {
        Absent, ///< It asks for what is not there; so it is before a stream's first event.
        Failed, ///< It could not be evaluated: `text` says why, or is empty where nobody asked.
        False,
        True,
        Other, ///< Neither true nor false: `text` is the value as JSON.
    };
    Kind kind = Kind::Absent;
    QByteArray text = {};

    /// The value as JSON; empty where there is none.
    [[nodiscard]] QByteArray json() const;
};

/// Whether a stream's next outcome is a point of the watch: it became true (from false, absent or
/// failed), or another value came, or such a value changed or went. What is equal as JSON is no
/// change (1 and 1.0).
[[nodiscard]] bool isWatchPoint(const WatchOutcome& before, const WatchOutcome& now);

/// An event at which a watched expression became true, or its value changed.
struct WatchPoint {
    Position position = 0;
    StreamId streamId = 0;
    QByteArray stream; ///< UTF-8, as the type.
    StreamVersion version = 0;
    QByteArray type; ///< As it is stored.
    Timestamp time;
    QByteArray before; ///< JSON; empty where there was no value.
    QByteArray after;
};

/// An event that a watched expression could not be evaluated for.
struct WatchFailure {
    Position position = 0;
    StreamId streamId = 0;
    QByteArray stream;
    StreamVersion version = 0;
    QByteArray type;
    QString reason;
};

/// All of them, counted; of those that failed the first are listed, and of those that lack a field
/// the first one.
struct WatchFailures {
    static constexpr std::size_t mostListed = 1000;

    qint64 failed = 0;
    std::vector<WatchFailure> listed; ///< The first that failed, in order of position.
    qint64 missing = 0;
    std::optional<WatchFailure> firstMissing;

    void add(const WatchFailures& other);
};

/// Whose events are watched.
struct WatchScope {
    enum class Kind { All, Category, Stream };
    Kind kind = Kind::All;
    QString name = {}; ///< Of the category or stream.

    friend bool operator==(const WatchScope&, const WatchScope&) = default;
};

/// What is to be found.
struct WatchRequest {
    std::shared_ptr<const WatchExpression> expression;
    WatchScope scope = {};
    Position from = 1; ///< Points before it are not told; what leads up to them counts.
    Position to = std::numeric_limits<Position>::max();
    qint64 limit = 0; ///< The run ends after so many points; 0: it does not.
};

/// What a run looked at and found.
struct WatchSummary {
    Position to = 0; ///< All up to here was looked at.
    qint64 events = 0; ///< In the watch's scope.
    qint64 points = 0;
    WatchFailures failures;
    double seconds = 0;
};

} // namespace eventloupe
