#pragma once

#include "value/event.h"
#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>
#include <QString>

namespace eventloupe {

/// An event of a branch, by where it comes from: one of the log that was branched, by its position
/// there, or one that was put in, by its number from 1 in order of the edits. Neither changes when
/// events around it come and go. Base 0 is before the first event.
struct BranchPlace {
    Position base = 0;
    qint64 inserted = 0; ///< 0: it is the log's.

    [[nodiscard]] bool isInserted() const { return inserted > 0; }
    friend bool operator==(const BranchPlace&, const BranchPlace&) = default;
};

/// An event that is put into a branch.
struct BranchEvent {
    QString stream;
    NewEvent event; ///< With its id, and payloads that are JSON.
};

/// One step that can be undone.
struct BranchEdit {
    enum class Kind {
        Skip, ///< The events at `places` did not happen.
        Restore, ///< They did after all.
        Change, ///< The event at the first place has the type, data and metadata of events[0].
        Insert, ///< `events` happened right behind the first place.
        Append, ///< `events` happened at the branch's end.
    };
    Kind kind = Kind::Skip;
    QList<BranchPlace> places;
    QList<BranchEvent> events;
};

/// A log as it might have been: a log up to a position, and a list of edits, of which the first
/// few are in force (the others were undone). Nothing is written to the log itself. A value;
/// bounded by maximumEvents and maximumBytes.
class Branch final {
public:
    static constexpr qsizetype maximumEvents = 100'000; ///< Skipped and put in, over all edits.
    static constexpr qsizetype maximumBytes = 256 * 1024 * 1024; ///< Of what was put in.

    Branch() = default;
    /// Of the store at `location`, up to `at`. `lastId` is the id of the event there, by which the
    /// log is known again; empty at 0.
    Branch(QString location, Position at, QString lastId);

    [[nodiscard]] const QString& location() const { return m_location; }
    [[nodiscard]] Position at() const { return m_at; }
    [[nodiscard]] const QString& lastId() const { return m_lastId; }
    /// The same edits over the log up to another position, a later one.
    [[nodiscard]] Branch rebased(Position at, const QString& lastId) const;

    /// Drops what was undone. InvalidArgument, and nothing changes, where the branch would grow
    /// beyond its bounds.
    Result<void> add(const BranchEdit& edit);
    [[nodiscard]] bool canUndo() const { return m_applied > 0; }
    [[nodiscard]] bool canRedo() const { return m_applied < m_edits.size(); }
    void undo();
    void redo();

    /// Those in force, oldest first.
    [[nodiscard]] QList<BranchEdit> edits() const { return m_edits.first(m_applied); }
    [[nodiscard]] qsizetype editCount() const { return m_applied; }
    /// All of them, for what is written down.
    [[nodiscard]] const QList<BranchEdit>& allEdits() const { return m_edits; }

    /// As it is kept between two sessions.
    [[nodiscard]] JsonValue toJson() const;
    static Result<Branch> fromJson(const JsonValue& json);

private:
    QString m_location;
    Position m_at = 0;
    QString m_lastId;
    QList<BranchEdit> m_edits;
    qsizetype m_applied = 0;
};

} // namespace eventloupe
