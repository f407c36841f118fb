#include "store/sqlitebulkappend.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

// A bulk load holds many dirty pages; what does not fit the cache goes to the disk twice.
constexpr const char* roomForBulk = "PRAGMA cache_size=-131072; PRAGMA wal_autocheckpoint=0;";
constexpr const char* roomAsUsual = "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=1000;";

// Name to drop, and statement that puts it back.
constexpr std::string_view indexParts
    = "SELECT 'INDEX ' || name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
      " AND tbl_name IN ('event', 'stream')";
constexpr std::string_view triggerParts
    = "SELECT 'TRIGGER ' || name, sql FROM sqlite_schema WHERE name = 'event_is_not_replaced'";

} // namespace

SqliteBulkAppend::SqliteBulkAppend(SqliteConnection& connection, SqliteEventReader& events,
    HashChain& chain, const HeadFile& headFile)
    : m_connection(connection)
    , m_events(events)
    , m_chain(chain)
    , m_headFile(headFile)
    , m_transaction(connection)
{
}

SqliteBulkAppend::~SqliteBulkAppend()
{
    const bool wrote = m_writer.has_value();
    m_writer.reset();
    m_transaction.rollback();
    m_events.forgetNames();
    // A load that was given up leaves a -wal file as large as it was, which may fill the disk.
    if (wrote && !m_isCommitted)
        (void)m_connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)").step();
    (void)m_connection.execute(roomAsUsual);
}

Result<std::unique_ptr<BulkAppend>> SqliteBulkAppend::begin(SqliteConnection& connection,
    SqliteEventReader& events, HashChain& chain, const HeadFile& headFile)
{
    std::unique_ptr<SqliteBulkAppend> bulk(
        new SqliteBulkAppend(connection, events, chain, headFile));
    if (const auto started = bulk->start(); !started)
        return started.error();
    return std::unique_ptr<BulkAppend>(std::move(bulk));
}

Result<void> SqliteBulkAppend::start()
{
    if (const auto room = m_connection.execute(roomForBulk); !room)
        return room;
    if (const auto begun = m_transaction.begin(); !begun)
        return begun;
    const auto head = m_events.head();
    if (!head)
        return head.error();
    m_headBefore = head->position;
    if (m_headBefore == 0)
        if (const auto isOff = putOff(indexParts); !isOff)
            return isOff;
    if (const auto isOff = putOff(triggerParts); !isOff)
        return isOff;
    m_writer.emplace(m_connection, m_chain, *head);
    const auto last = m_writer->lastStream();
    if (!last)
        return last.error();
    m_lastStream = *last;
    return {};
}

/// Takes parts of the schema away until the rows are in. Built in one sort after the rows, an index
/// costs a fraction of one that is kept row by row.
Result<void> SqliteBulkAppend::putOff(std::string_view parts)
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
            drops.append("DROP " + toBytes(statement.text(0)));
            m_putOff.append(toBytes(statement.text(1)));
        }
    }
    for (const QByteArray& drop : std::as_const(drops))
        if (const auto dropped = m_connection.execute(drop.constData()); !dropped)
            return dropped;
    return {};
}

Error SqliteBulkAppend::fail(const Error& error)
{
    m_failure = error;
    return error;
}

Result<void> SqliteBulkAppend::add(const QString& stream, const NewEvent& event)
{
    if (m_failure)
        return *m_failure;
    const auto checked = checkEvent(event);
    if (!checked)
        return fail(checked.error());
    const auto target = streamFor(stream);
    if (!target)
        return fail(target.error());
    Stream& written = **target;
    const auto inserted = m_writer->insertEvent(
        written.id, viewOf(written.name), written.headVersion + 1, *checked);
    if (!inserted)
        return fail(inserted.error());
    m_lastVersion = ++written.headVersion;
    written.headPosition = m_writer->head().position;
    return {};
}

Result<SqliteBulkAppend::Stream*> SqliteBulkAppend::streamFor(const QString& name)
{
    if (const auto place = m_places.constFind(name); place != m_places.constEnd())
        return &m_streams[*place];
    auto utf8 = checkStreamName(name);
    if (!utf8)
        return utf8.error();
    Stream stream;
    stream.name = std::move(*utf8);
    if (m_headBefore > 0)
        if (const auto loaded = load(stream); !loaded)
            return loaded.error();
    if (stream.id == 0)
        if (const auto completed = complete(stream); !completed)
            return completed.error();
    m_places.insert(name, m_streams.size());
    m_streams.push_back(std::move(stream));
    return &m_streams.back();
}

Result<void> SqliteBulkAppend::load(Stream& stream)
{
    auto statement = m_connection.prepare(
        "SELECT id, head_version, head_position FROM stream WHERE name = ?1");
    statement.bindText(1, viewOf(stream.name));
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (*stepped) {
        stream.id = statement.integer(0);
        stream.headVersion = statement.integer(1);
        stream.headPosition = statement.integer(2);
    }
    return {};
}

/// Gives a new stream its number, category and rank.
Result<void> SqliteBulkAppend::complete(Stream& stream)
{
    stream.first = m_writer->head().position + 1;
    const auto category = m_writer->categoryId(categoryOfUtf8(stream.name), stream.first);
    if (!category)
        return category.error();
    auto streams = m_ranks.find(*category);
    if (streams == m_ranks.end()) {
        qint64 before = 0;
        if (m_headBefore > 0) {
            const auto counted = m_writer->streamsOfCategory(*category);
            if (!counted)
                return counted.error();
            before = *counted;
        }
        streams = m_ranks.insert(*category, before);
    }
    stream.category = *category;
    stream.rank = ++*streams;
    stream.id = ++m_lastStream;
    stream.isNew = true;
    return {};
}

Result<void> SqliteBulkAppend::writeStreams(const CancelToken& cancel)
{
    for (const Stream& stream : m_streams) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        const auto written = stream.isNew
            ? m_writer->insertStream(stream.id, stream.name, stream.category, stream.rank,
                stream.first, stream.headVersion, stream.headPosition)
            : m_writer->updateStream(stream.id, stream.headVersion, stream.headPosition);
        if (!written)
            return written;
    }
    return {};
}

Result<void> SqliteBulkAppend::putBack(const CancelToken& cancel)
{
    const SqliteWatch watch(m_connection, cancel);
    for (const QByteArray& sql : std::as_const(m_putOff))
        if (const auto built = build(sql); !built)
            return built;
    return {};
}

Result<void> SqliteBulkAppend::build(const QByteArray& sql)
{
    const auto built = m_connection.execute(sql.constData());
    if (!built && m_connection.extendedCode() == SQLITE_CONSTRAINT_UNIQUE)
        return duplicateId();
    return built;
}

/// Names the id that kept the index from being built: the only one of the unique columns that is
/// not ours to number.
Error SqliteBulkAppend::duplicateId()
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
        tr("Events %1 and %2 have the same id, %3.")
            .arg(statement.integer(1))
            .arg(statement.integer(2))
            .arg(id) };
}

Result<Appended> SqliteBulkAppend::commit(const CancelToken& cancel)
{
    if (m_failure)
        return *m_failure;
    if (const auto written = writeStreams(cancel); !written)
        return fail(written.error());
    if (const auto built = putBack(cancel); !built)
        return fail(built.error());
    if (cancel.isCancelled())
        return fail({ ErrorCode::Cancelled, tr("cancelled") });
    const LogHead head = m_writer->head();
    if (const auto committed = m_transaction.commit(); !committed)
        return fail(committed.error());
    m_isCommitted = true;
    m_failure = Error { ErrorCode::InvalidArgument, tr("The bulk load was committed already.") };
    if (head.position > m_headBefore)
        m_headFile.write(head);
    // The load stands in the -wal file now; from here on it is durable, and only room is at stake.
    (void)m_connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)").step();
    return Appended { m_headBefore + 1, head.position, m_lastVersion, false };
}

} // namespace eventloupe
