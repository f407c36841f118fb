#include "store/sqliteverifier.h"

#include "store/losttail.h"
#include "store/sqlitetransaction.h"
#include "value/json.h"

#include <QCoreApplication>

#include <cstring>

namespace eventloupe {

namespace {

constexpr qint64 eventsBetweenReports = 4096;

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

SqliteVerifier::SqliteVerifier(SqliteConnection& connection, SqliteEventReader& events,
    HashChain& chain, const HeadFile& headFile, const Report& report)
    : m_connection(connection)
    , m_events(events)
    , m_chain(chain)
    , m_headFile(headFile)
    , m_report(report)
    , m_seen(1)
{
}

void SqliteVerifier::fault(Position position, const QString& message)
{
    m_report({ position, message });
}

/// A damaged page ends the step that met it, not the verification.
Result<void> SqliteVerifier::tolerate(const Result<void>& step)
{
    if (step.ok() || step.error().code != ErrorCode::Corrupt)
        return step;
    fault(0, step.error().message);
    return {};
}

Result<qint64> SqliteVerifier::run(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    // Before the snapshot: see findLostTail().
    const std::optional<LogHead> known = m_headFile.read();
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    if (const auto read = readEvents(cancel, progress); !read) {
        if (read.error().code != ErrorCode::Corrupt)
            return read.error();
        fault(m_last + 1,
            tr("Event %1 cannot be read: %2").arg(m_last + 1).arg(read.error().message));
    } else {
        if (const auto streams = tolerate(readStreams()); !streams)
            return streams.error();
        if (const auto categories = tolerate(readCategories()); !categories)
            return categories.error();
    }
    if (const auto tail = tolerate(checkTail(known)); !tail)
        return tail.error();
    if (const auto database = tolerate(checkDatabase()); !database)
        return database.error();
    return m_read;
}

Result<void> SqliteVerifier::readEvents(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    auto statement = m_connection.prepare(
        "SELECT e.position, e.stream_id, s.name, e.version, t.name, e.time, e.id, e.hash, e.data,"
        " e.metadata FROM event e LEFT JOIN stream s ON s.id = e.stream_id"
        " LEFT JOIN event_type t ON t.id = e.type_id ORDER BY e.position");
    for (;;) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            break;
        checkEvent(statement);
        if (++m_read % eventsBetweenReports == 0 && progress)
            progress(m_last);
    }
    if (progress)
        progress(m_last);
    return {};
}

void SqliteVerifier::checkEvent(const SqliteStatement& row)
{
    QByteArray idBuffer;
    EventView event;
    event.position = row.integer(0);
    event.streamId = row.integer(1);
    event.stream = row.text(2);
    event.version = row.integer(3);
    event.type = row.text(4);
    event.time.microseconds = row.integer(5);
    event.id = row.eventId(6, idBuffer);
    const std::string_view hash = row.blob(7);
    event.data = row.text(8);
    event.metadata = row.text(9);

    if (event.position != m_last + 1)
        fault(event.position,
            tr("Events %1 to %2 are missing.").arg(m_last + 1).arg(event.position - 1));
    if (row.isNull(4))
        fault(event.position, tr("Event %1 has an unknown type.").arg(event.position));
    checkHash(event, hash);
    if (row.isNull(2))
        fault(event.position, tr("Event %1 has an unknown stream.").arg(event.position));
    else
        checkPlace(event);
    checkPayload(event.position, event.data, QStringLiteral("data"));
    checkPayload(event.position, event.metadata, QStringLiteral("metadata"));
    m_last = event.position;
}

/// Each event is held against the hash that is stored before it, so that one changed event is one
/// fault.
void SqliteVerifier::checkHash(const EventView& event, std::string_view stored)
{
    const EventHash expected = m_chain.next(m_previous, event);
    if (stored.size() != expected.size()
        || std::memcmp(stored.data(), expected.data(), expected.size()) != 0)
        fault(event.position,
            tr("Event %1 does not fit the hash chain: it, or the event before it, was changed.")
                .arg(event.position));
    m_previous = expected;
    if (stored.size() == expected.size())
        std::memcpy(m_previous.data(), stored.data(), stored.size());
}

void SqliteVerifier::checkPlace(const EventView& event)
{
    const auto id = static_cast<std::size_t>(event.streamId);
    if (event.streamId <= 0 || id > m_seen.size()) {
        fault(event.position,
            tr("Event %1 is in stream number %2, which is not the next new one.")
                .arg(event.position)
                .arg(event.streamId));
        return;
    }
    if (id == m_seen.size())
        m_seen.push_back({ 0, event.position, 0 });
    Seen& seen = m_seen[id];
    if (event.version != seen.version + 1)
        fault(event.position,
            tr("Event %1 has version %2 of stream %3, where version %4 is due.")
                .arg(event.position)
                .arg(event.version)
                .arg(textOf(event.stream))
                .arg(seen.version + 1));
    seen.version = event.version;
    seen.last = event.position;
}

void SqliteVerifier::checkPayload(Position position, std::string_view payload, const QString& name)
{
    if (const auto found = findJsonFault(payload))
        fault(position,
            tr("The %1 of event %2 is not JSON: byte %3: %4")
                .arg(name)
                .arg(position)
                .arg(found->offset)
                .arg(found->reason));
}

Result<void> SqliteVerifier::readStreams()
{
    auto statement = m_connection.prepare(
        "SELECT s.id, s.name, s.category_id, c.name, s.category_rank, s.first_position,"
        " s.head_version, s.head_position"
        " FROM stream s LEFT JOIN category c ON c.id = s.category_id ORDER BY s.id");
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            break;
        checkStream(statement);
    }
    if (static_cast<std::size_t>(m_lastStream) + 1 < m_seen.size())
        fault(0, tr("Streams %1 and later have events, but no entry.").arg(m_lastStream + 1));
    return {};
}

void SqliteVerifier::checkStream(const SqliteStatement& row)
{
    const StreamId id = row.integer(0);
    const QString name = textOf(row.text(1));
    const Seen seen = id > 0 && static_cast<std::size_t>(id) < m_seen.size()
        ? m_seen[static_cast<std::size_t>(id)]
        : Seen {};
    if (id != m_lastStream + 1)
        fault(seen.first,
            tr("Stream %1 has number %2, where %3 is due.")
                .arg(name)
                .arg(id)
                .arg(m_lastStream + 1));
    m_lastStream = id;
    if (row.integer(5) != seen.first || row.integer(6) != seen.version
        || row.integer(7) != seen.last)
        fault(seen.first,
            tr("The entry of stream %1 says version %2 at event %3; its events say version %4 at "
               "event %5.")
                .arg(name)
                .arg(row.integer(6))
                .arg(row.integer(7))
                .arg(seen.version)
                .arg(seen.last));
    if (textOf(row.text(3)) != categoryOf(name))
        fault(
            seen.first, tr("Stream %1 is filed under category %2.").arg(name, textOf(row.text(3))));
    auto category = m_categories.find(row.integer(2));
    if (category == m_categories.end())
        category = m_categories.insert(row.integer(2), { row.integer(5), 0 });
    if (row.integer(4) != ++category->second)
        fault(seen.first,
            tr("Stream %1 has place %2 in its category, where %3 is due.")
                .arg(name)
                .arg(row.integer(4))
                .arg(category->second));
}

Result<void> SqliteVerifier::readCategories()
{
    auto statement
        = m_connection.prepare("SELECT id, name, first_position FROM category ORDER BY id");
    qint64 last = 0;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        const qint64 id = statement.integer(0);
        const Position first = m_categories.value(id).first;
        if (id != ++last || statement.integer(2) != first)
            fault(first,
                tr("The entry of category %1 says that it begins at event %2.")
                    .arg(textOf(statement.text(1)))
                    .arg(statement.integer(2)));
    }
}

/// SQLite's own check: pages, cells, and that every index agrees with its table.
Result<void> SqliteVerifier::checkDatabase()
{
    auto statement = m_connection.prepare("PRAGMA integrity_check");
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        if (statement.text(0) != "ok")
            fault(0, tr("Damaged file: %1").arg(textOf(statement.text(0))));
    }
}

Result<void> SqliteVerifier::checkTail(const std::optional<LogHead>& known)
{
    const auto lost = findLostTail(known, m_events);
    if (!lost)
        return lost.error();
    if (*lost)
        m_report(**lost);
    return {};
}

} // namespace eventloupe
