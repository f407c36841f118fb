#pragma once

#include "time/replayer.h"
#include "value/jsonpointer.h"

#include <QList>

#include <optional>
#include <vector>

namespace eventloupe {

/// One event that set a field, with what the field was before and after it.
struct FieldWrite {
    SettingEventPointer event; ///< Null: the initial state has it.
    JsonPointer place; ///< Where the field was after the event: elements of lists move.
    std::optional<JsonValue> old; ///< Nothing where it was not there.
    std::optional<JsonValue> now; ///< Nothing where the event removed it.

    [[nodiscard]] bool isChanged() const { return old != now; }
};

/// Searches a stream backwards for the events that set a field, piece by piece, so that the newest
/// are there at once however long the stream is. By the rules of BlameTree, and with a list's
/// element followed to where it came from; the first of them is what blame names. Left out is what
/// was written around the field while it was not there before nor after.
///
/// A state to start from is kept by the Replayer, whose definitions decide. One thread at a time,
/// that of the Replayer.
class FieldHistory {
public:
    /// The field as it is, or is not, at a version of the stream that it has.
    FieldHistory(StreamInfo stream, const JsonPointer& field, StreamVersion version);

    /// Looks through some hundred events further back, about maximumEvents at most, newest first.
    /// What the initial state gave comes last. Nothing may be found in a piece, also where the
    /// state before it is still being folded: as many events of that at a time.
    Result<QList<FieldWrite>> next(
        EventStore& store, Replayer& replayer, qint64 maximumEvents = 1'000);

    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// Down to which version the stream was searched; this one is still to be.
    [[nodiscard]] StreamVersion reached() const { return m_reached; }

private:
    struct Traced {
        SettingEvent event;
        WriteTrace writes;
    };
    struct Hit {
        StreamVersion version;
        QList<QByteArray> before;
        QList<QByteArray> after;
    };
    Result<std::optional<std::vector<Traced>>> trace(
        EventStore& store, const Evolver& evolver, AggregateState state) const;
    std::vector<Hit> findHits(const std::vector<Traced>& traced);
    Result<QList<FieldWrite>> readValues(EventStore& store, const Evolver& evolver,
        AggregateState state, const std::vector<Traced>& traced,
        const std::vector<Hit>& hits) const;
    void maskWrites(const Workspace& workspace, QList<FieldWrite>& writes) const;
    [[nodiscard]] std::optional<FieldWrite> initialWrite(const Evolver& evolver) const;

    StreamInfo m_stream;
    QList<QByteArray> m_tokens; ///< Of the field at m_reached.
    StreamVersion m_reached;
    qint64 m_most = 1'000; ///< Events in a piece; fewer where they write much.
    bool m_isComplete = false;
};

} // namespace eventloupe
