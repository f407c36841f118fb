#pragma once

#include "postgres/postgreseventreader.h"

namespace eventloupe {

/// Visits the events that a selection admits; see EventStore::scanSelected().
///
/// The server tests the selection, over one range of positions after the other, so that each
/// statement ends soon, can be cancelled, and goes on after an outage; which index it takes is for
/// its planner. A range grows while its statements are quick. Thread: the session's.
class PostgresSelectionScan final {
public:
    PostgresSelectionScan(
        PostgresSession& session, PostgresNames& names, PostgresEventReader& events)
        : m_session(session)
        , m_names(names)
        , m_events(events)
    {
    }

    Result<void> run(const LogSelection& selection, Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const PostgresEventReader::Visitor& visitor);

private:
    /// A selection as conditions of SQL.
    struct Plan {
        std::string conditions;
        PostgresParameters parameters; ///< Of the conditions: $1 at most.
        NumberRange positions;
        bool isEmpty = false;
        bool isNarrow = false; ///< Few events, by an index: one range will do.
    };
    Result<Plan> planFor(const LogSelection& selection, Position from, Position to);
    Result<void> addTypes(const QStringList& types, Plan& plan);
    Result<void> addNumbersOf(
        std::string_view sql, const char* condition, const QStringList& names, Plan& plan);
    Result<bool> scanRange(const Plan& plan, Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const PostgresEventReader::Visitor& visitor);

    PostgresSession& m_session;
    PostgresNames& m_names;
    PostgresEventReader& m_events;
    PostgresBlockSize m_size;
};

} // namespace eventloupe
