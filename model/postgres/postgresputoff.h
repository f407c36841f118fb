#pragma once

#include "postgres/postgresconnection.h"
#include "value/progress.h"

#include <vector>

namespace eventloupe {

/// The secondary indexes of events, which a first load takes away inside its transaction and builds
/// behind its rows: sorted at once, an index costs a fraction of one that is kept row by row.
///
/// The transaction holds the table alone from then on, so that no session sees it without them, and
/// a load that fails, or whose session is lost, leaves them as they were. Thread: the connection's.
class PostgresPutOff final {
public:
    /// Takes the indexes where it can: where the role owns the table, and nobody looks at it in
    /// this moment. Else they stay, which is no failure. Needs a transaction, and a table without
    /// rows.
    Result<void> take(PostgresConnection& connection);
    /// Builds what was taken. `progress` gets rows indexed, of `events` for each index.
    /// AlreadyExists where two events have the same id: constraint() is "event_id".
    Result<void> putBack(
        PostgresConnection& connection, qint64 events, const Progress& progress);

private:
    std::vector<QByteArray> m_builds; ///< Statements.
};

} // namespace eventloupe
