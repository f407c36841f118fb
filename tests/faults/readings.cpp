#include "faults/readings.h"

#include <QFile>

#include <algorithm>
#include <functional>
#include <limits>

#include <sqlite3.h>

namespace eventloupe {

namespace {

enum class End { Done, Stopped, Failed };

/// Steps through a query. The visitor returns false to stop.
End each(
    sqlite3* database, const QByteArray& sql, const std::function<bool(sqlite3_stmt*)>& visitor)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
        return End::Failed;
    End end = End::Failed;
    for (;;) {
        const int result = sqlite3_step(statement);
        if (result == SQLITE_ROW && visitor(statement))
            continue;
        if (result == SQLITE_ROW)
            end = End::Stopped;
        else if (result == SQLITE_DONE)
            end = End::Done;
        break;
    }
    sqlite3_finalize(statement);
    return end;
}

/// All columns from one on, unambiguously.
QByteArray rowOf(sqlite3_stmt* statement, int from = 0)
{
    QByteArray row;
    for (int column = from; column < sqlite3_column_count(statement); ++column) {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const int size = sqlite3_column_bytes(statement, column);
        row += QByteArray::number(size) + ':' + QByteArray(bytes, size) + ' ';
    }
    return row;
}

/// The one row of a query; "none", or "failed". Pages are looked at anew.
QByteArray one(sqlite3* database, const QByteArray& sql)
{
    sqlite3_db_release_memory(database);
    QByteArray row = "none";
    const End end = each(database, sql, [&row](sqlite3_stmt* statement) {
        row = rowOf(statement);
        return true;
    });
    return end == End::Failed ? QByteArray("failed") : row;
}

QByteArray literal(sqlite3_stmt* statement, int column)
{
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return QByteArray(bytes, sqlite3_column_bytes(statement, column));
}

const QByteArray& eventColumns()
{
    static const QByteArray sql
        = "SELECT e.position, e.stream_id, e.version, e.time, e.id, typeof(e.id), e.hash, e.data,"
          " e.metadata, (SELECT name FROM stream WHERE id = e.stream_id),"
          " (SELECT name FROM event_type WHERE id = e.type_id) FROM event e NOT INDEXED ";
    return sql;
}

/// The position, then the key.
constexpr const char* indexScans[] = {
    "SELECT position, stream_id, version FROM event INDEXED BY event_stream"
    " ORDER BY stream_id, version",
    "SELECT position, id, typeof(id) FROM event INDEXED BY event_id ORDER BY id",
    "SELECT position, type_id FROM event INDEXED BY event_type_position"
    " ORDER BY type_id, position",
};

} // namespace

Readings Readings::of(const QString& path, int events, const Readings* whole)
{
    Readings readings;
    readings.m_events.resize(static_cast<std::size_t>(events) + 1);
    const auto open = [&path] {
        sqlite3* database = nullptr;
        sqlite3_open_v2(
            QFile::encodeName(path).constData(), &database, SQLITE_OPEN_READONLY, nullptr);
        return database;
    };
    sqlite3* const plain = open();
    readings.scanEvents(plain, whole);
    readings.readTables(plain, whole);
    sqlite3_close_v2(plain);
    sqlite3* const careful = open();
    sqlite3_exec(careful, "PRAGMA cell_size_check=1", nullptr, nullptr, nullptr);
    readings.seekEvents(careful, whole);
    for (int index = 0; index < 3; ++index)
        readings.scanIndex(careful, index, whole);
    sqlite3_close_v2(careful);
    return readings;
}

Readings::Given* Readings::given(qint64 position)
{
    return position >= 1 && position < static_cast<qint64>(m_events.size())
        ? &m_events[static_cast<std::size_t>(position)]
        : nullptr;
}

void Readings::scanEvents(sqlite3* database, const Readings* whole)
{
    const auto count = static_cast<qint64>(m_events.size());
    qint64 next = std::numeric_limits<qint64>::min();
    qint64 greatest = 0; ///< Of those that are as they were.
    const auto meet = [&](sqlite3_stmt* statement) {
        const qint64 position = sqlite3_column_int64(statement, 0);
        if (Given* const event = given(position)) {
            const QByteArray row = rowOf(statement);
            event->scanned += (position <= greatest ? "behind " : "") + row;
            if (!whole || whole->m_events[static_cast<std::size_t>(position)].sought == row)
                greatest = std::max(greatest, position);
        }
        if (position < count)
            next = std::max(next, position + 1);
        return true;
    };
    for (;;) {
        const QByteArray where = "WHERE e.position >= " + QByteArray::number(next);
        if (each(database, eventColumns() + where + " ORDER BY e.position", meet) != End::Failed)
            return;
        const qint64 before = next;
        for (qint64 position = std::max<qint64>(next, 1); position < count && next == before;
             ++position)
            each(database, eventColumns() + "WHERE e.position = " + QByteArray::number(position),
                meet);
        if (next == before)
            return;
    }
}

void Readings::seekEvents(sqlite3* database, const Readings* whole)
{
    for (std::size_t i = 1; i < m_events.size(); ++i) {
        Given& given = m_events[i];
        const QByteArray position = QByteArray::number(static_cast<qint64>(i));
        const QByteArray where = "WHERE e.position = " + position;
        given.sought = one(database, eventColumns() + where);
        if (!whole)
            each(database,
                "SELECT quote(stream_id), quote(version), quote(id), quote(type_id) FROM event e "
                    + where,
                [&given](sqlite3_stmt* row) {
                    for (int column = 0; column < 4; ++column)
                        given.keys.append(literal(row, column));
                    return true;
                });
        const QByteArrayList& keys = whole ? whole->m_events[i].keys : given.keys;
        const QByteArray from = "SELECT position FROM event INDEXED BY ";
        for (const QByteArray& sql :
            { QByteArray(from + "event_stream WHERE stream_id = " + keys.at(0) + " AND version = "
                  + keys.at(1)),
                QByteArray(from + "event_id WHERE id = " + keys.at(2)),
                QByteArray(from + "event_type_position WHERE type_id = " + keys.at(3)
                    + " AND position = " + position) })
            given.lookedUp.append(one(database, sql));
    }
}

void Readings::scanIndex(sqlite3* database, int index, const Readings* whole)
{
    qint64 rank = 0;
    qint64 greatest = 0; ///< Of the entries that are as they were.
    sqlite3_db_release_memory(database);
    const End end = each(database, indexScans[index], [&](sqlite3_stmt* statement) {
        const qint64 position = sqlite3_column_int64(statement, 0);
        Given* const event = given(position);
        ++rank;
        if (!event)
            return true;
        const QByteArray key = rowOf(statement, 1);
        const Given* const before
            = whole ? &whole->m_events[static_cast<std::size_t>(position)] : nullptr;
        event->ranks[index] = before ? before->ranks[index] : rank;
        event->indexed[index] += (event->ranks[index] <= greatest ? "behind " : "") + key;
        if (!before || before->indexed.at(index) == key)
            greatest = std::max(greatest, event->ranks[index]);
        return true;
    });
    m_isIndexWhole[index] = end == End::Done;
}

void Readings::readTables(sqlite3* database, const Readings* whole)
{
    for (const char* table : { "stream", "category", "event_type" })
        m_tables += QByteArray::number(int(each(database,
            QByteArray("SELECT * FROM ") + table + " ORDER BY id", [this](sqlite3_stmt* row) {
                m_tables += rowOf(row) + '\n';
                return true;
            })));
    if (!whole)
        for (const char* table : { "stream", "category", "event_type" })
            each(database, QByteArray("SELECT quote(name) FROM ") + table,
                [this, table](sqlite3_stmt* row) {
                    m_names.append(QByteArray(table) + " WHERE name = " + literal(row, 0));
                    return true;
                });
    for (const QByteArray& name : whole ? whole->m_names : m_names)
        m_tables += one(database, "SELECT * FROM " + name) + '\n';
}

QSet<qint64> Readings::alteredSince(const Readings& whole) const
{
    QSet<qint64> altered;
    for (std::size_t i = 1; i < m_events.size(); ++i) {
        const Given& now = m_events[i];
        const Given& before = whole.m_events[i];
        bool isSame = now.scanned == before.scanned && now.sought == before.sought
            && now.lookedUp == before.lookedUp;
        for (int index = 0; index < 3; ++index) {
            const QByteArray& met = now.indexed.at(index);
            const bool isUnmet = met.isEmpty() && !m_isIndexWhole[index];
            isSame = isSame && (isUnmet || met == before.indexed.at(index));
        }
        if (!isSame)
            altered.insert(static_cast<qint64>(i));
    }
    return altered;
}

bool Readings::hasSameTables(const Readings& whole) const
{
    return m_tables == whole.m_tables;
}

} // namespace eventloupe
