#pragma once

#include "store/sqliteconnection.h"
#include "value/progress.h"

#include <QList>

namespace eventloupe {

/// Indexes and triggers that a bulk load takes away inside its transaction and puts back behind
/// its rows. Built in one sort, an index costs a fraction of one that is kept row by row.
/// Thread: the connection's.
class SqlitePutOff final {
public:
    explicit SqlitePutOff(SqliteConnection& connection)
        : m_connection(connection)
    {
    }

    /// The indexes of events and streams: what keeps an id from coming twice is then found only by
    /// putBack().
    Result<void> takeIndexes();
    /// The trigger that refuses to replace events, which asks what the unique indexes refuse.
    Result<void> takeTrigger();
    /// `progress` gets rows indexed, of `events` and `streams` that there are. DuplicateEvent names
    /// an id that two events have; Cancelled.
    Result<void> putBack(
        qint64 events, qint64 streams, const CancelToken& cancel, const Progress& progress);

private:
    struct Part {
        QByteArray table;
        QByteArray sql; ///< Puts it back.
        bool isIndex = false;
    };
    Result<void> take(std::string_view parts);
    Result<void> build(const Part& part);
    Error duplicateId();

    SqliteConnection& m_connection;
    QList<Part> m_parts;
};

} // namespace eventloupe
