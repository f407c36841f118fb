#include "store/sqliteputoff.h"

#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr std::string_view indexParts
    = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'"
      " AND sql IS NOT NULL AND tbl_name IN ('event', 'stream')";
constexpr std::string_view triggerParts
    = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name = 'event_is_not_replaced'";

// Of SQLite's machine, to read a row for an index, sort it in and write it out. Only a measure of
// how far a part is.
constexpr qint64 stepsOfRow = 11;

} // namespace

Result<void> SqlitePutOff::takeIndexes()
{
    return take(indexParts);
}

Result<void> SqlitePutOff::takeTrigger()
{
    return take(triggerParts);
}

Result<void> SqlitePutOff::take(std::string_view parts)
{
    QList<QByteArray> drops;
    {
        auto statement = m_connection.prepare(parts);
        for (;;) {
            const auto stepped = statement.step();
            if (!stepped)
                return stepped.error();
            if (!*stepped)
                break;
            const QByteArray type = toBytes(statement.text(0));
            drops.append("DROP " + type + ' ' + toBytes(statement.text(1)));
            m_parts.append({ toBytes(statement.text(2)), toBytes(statement.text(3)),
                type == QByteArrayLiteral("index") });
        }
    }
    for (const QByteArray& drop : std::as_const(drops))
        if (const auto dropped = m_connection.execute(drop.constData()); !dropped)
            return dropped;
    return {};
}

Result<void> SqlitePutOff::putBack(
    qint64 events, qint64 streams, const CancelToken& cancel, const Progress& progress)
{
    const auto rowsOf = [events, streams](const Part& part) {
        if (!part.isIndex)
            return qint64(0);
        return part.table == QByteArrayLiteral("event") ? events : streams;
    };
    qint64 total = 0;
    for (const Part& part : std::as_const(m_parts))
        total += rowsOf(part);
    if (total > 0)
        progress.begin(Progress::Phase::Indexing, total);
    qint64 before = 0;
    for (const Part& part : std::as_const(m_parts)) {
        const qint64 end = before + rowsOf(part);
        qint64 steps = 0;
        const SqliteWatch watch(m_connection, cancel, [&] {
            steps += SqliteConnection::stepsBetweenLooks;
            progress.setDone(std::min(before + steps / stepsOfRow, end));
        });
        if (const auto built = build(part); !built)
            return built;
        progress.setDone(end);
        before = end;
    }
    return {};
}

Result<void> SqlitePutOff::build(const Part& part)
{
    const auto built = m_connection.execute(part.sql.constData());
    if (!built && m_connection.extendedCode() == SQLITE_CONSTRAINT_UNIQUE)
        return duplicateId();
    return built;
}

/// Names the id that kept the index from being built: the only one of the unique columns that is
/// not ours to number.
Error SqlitePutOff::duplicateId()
{
    auto statement = m_connection.prepare("SELECT id, min(position), max(position) FROM event"
                                          " GROUP BY id HAVING count(*) > 1 LIMIT 1");
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    QByteArray buffer;
    const QString id
        = *stepped ? QString::fromUtf8(toBytes(statement.eventId(0, buffer))) : QString();
    return { ErrorCode::DuplicateEvent,
        QCoreApplication::translate("SqliteStore", "Events %1 and %2 have the same id, %3.")
            .arg(statement.integer(1))
            .arg(statement.integer(2))
            .arg(id) };
}

} // namespace eventloupe
