#include "store/sqlitebulkappend.h"

#include "store/sqliteheads.h"
#include "value/category.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

constexpr const char* noCheckpoint = "PRAGMA wal_autocheckpoint=0;";
// Rows are written one behind the other and need no room. Indexes are sorted in pieces of this
// size, which stay in the processor's cache, beside the thread that reads the rows; a piece is also
// what a cancel waits for.
constexpr const char* roomForSorting = "PRAGMA cache_size=-8192; PRAGMA threads=2;";
// Indexes that are kept row by row are written all over: what does not fit goes to the disk twice.
constexpr const char* roomForIndexes = "PRAGMA cache_size=-131072;";
constexpr const char* roomAsUsual
    = "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=1000; PRAGMA threads=0;";

// What a new stream's row has in place of its last event until commit: numbers that take as much
// room as any that most logs reach, so that rows do not grow, and no page is split for that.
constexpr StreamVersion roomForVersion = 0x7fff;
constexpr Position roomForPosition = 0x7fffffff;

EventView viewOf(const CheckedEventView& event)
{
    return { 0, 0, event.stream(), 0, event.type(), event.time(), event.id(), event.data(),
        event.metadata() };
}

} // namespace

SqliteBulkAppend::SqliteBulkAppend(SqliteConnection& connection, SqliteEventReader& events,
    HashChain& chain, const HeadFile& headFile, const FilePlace& place,
    LogIdentity& log)
    : m_connection(connection)
    , m_events(events)
    , m_chain(chain)
    , m_headFile(headFile)
    , m_place(place)
    , m_log(log)
    , m_journal(connection)
    , m_transaction(connection)
    , m_putOff(connection)
{
}

SqliteBulkAppend::~SqliteBulkAppend()
{
    end();
}

/// Rolls back what was not committed, at once where it failed: a lock is held no longer than for
/// what can still come of it.
void SqliteBulkAppend::end()
{
    const bool wrote = m_writer.has_value();
    m_writer.reset();
    m_transaction.rollback();
    m_events.forgetNames();
    // A load leaves a -wal file as large as it was, which may fill the disk. What was committed is
    // durable there; only room is at stake. Where another file has the name by now, what lies
    // beside it is that one's.
    if (!m_place.check())
        m_journal.stay();
    else if (wrote && !m_journal.isEntered() && !m_connection.files().isLogLeft()
        && m_log.isSame())
        (void)m_connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)").step();
    m_journal.leave();
    (void)m_connection.execute(roomAsUsual);
    if (m_connection.files().isLogLeft())
        m_connection.files().leaveLog(); // As usual, SQLite would move it by and by.
}

Result<std::unique_ptr<BulkAppend>> SqliteBulkAppend::begin(SqliteConnection& connection,
    SqliteEventReader& events, HashChain& chain, const HeadFile& headFile, const FilePlace& place,
    LogIdentity& log)
{
    std::unique_ptr<SqliteBulkAppend> bulk(
        new SqliteBulkAppend(connection, events, chain, headFile, place, log));
    if (const auto started = bulk->start(); !started)
        return started.error();
    return std::unique_ptr<BulkAppend>(std::move(bulk));
}

Result<void> SqliteBulkAppend::start()
{
    if (const auto room = m_connection.execute(noCheckpoint); !room)
        return room;
    if (const auto begun = beginTransaction(); !begun)
        return begun;
    // The lock may have been waited for.
    if (const auto isThere = m_place.check(); !isThere)
        return isThere;
    const auto head = m_events.head();
    if (!head)
        return head.error();
    if (const auto isSame = m_log.checkEnd(*head); !isSame)
        return isSame;
    if (const auto sound = checkLogHead(m_connection, head->position); !sound)
        return sound;
    m_headBefore = head->position;
    const bool isEmpty = m_headBefore == 0;
    if (const auto room = m_connection.execute(isEmpty ? roomForSorting : roomForIndexes); !room)
        return room;
    if (isEmpty)
        if (const auto isOff = m_putOff.takeIndexes(); !isOff)
            return isOff;
    if (const auto isOff = m_putOff.takeTrigger(); !isOff)
        return isOff;
    m_writer.emplace(m_connection, m_chain, *head);
    const auto last = m_writer->lastStream();
    if (!last)
        return last.error();
    m_lastStream = *last;
    return {};
}

Result<void> SqliteBulkAppend::beginTransaction()
{
    const auto before = m_events.head();
    if (!before)
        return before.error();
    if (before->position == 0 && m_journal.enter()) {
        if (m_transaction.begin(SqliteTransaction::Lock::Exclusive))
            return {};
        m_journal.leave();
    }
    return m_transaction.begin();
}

Error SqliteBulkAppend::fail(const Error& error)
{
    m_failure = error;
    end();
    return error;
}

Result<StreamVersion> SqliteBulkAppend::add(const QString& stream, const NewEvent& event)
{
    if (m_failure)
        return *m_failure;
    m_connection.files().keepLocks();
    const auto checked = checkEvent(event);
    if (!checked)
        return fail(checked.error());
    const auto name = checkStreamName(stream);
    if (!name)
        return fail(name.error());
    const auto appended = append({ 0, 0, viewOf(*name), 0, viewOf(checked->type), checked->time,
        viewOf(checked->id), viewOf(checked->data), viewOf(checked->metadata) });
    return appended ? Result(m_lastVersion) : appended.error();
}

Result<void> SqliteBulkAppend::add(
    const CheckedEvents& events, std::vector<StreamVersion>& versions)
{
    if (m_failure)
        return *m_failure;
    m_connection.files().keepLocks();
    std::size_t next = 0;
    // Where an id may be refused, which one is told only one by one.
    if (m_headBefore == 0)
        for (; next + SqliteEventWriter::rowsAtOnce <= events.size();
             next += SqliteEventWriter::rowsAtOnce)
            if (const auto appended = appendGroup(events, next, versions); !appended)
                return appended;
    for (; next < events.size(); ++next) {
        if (const auto appended = append(viewOf(events.at(next))); !appended)
            return appended;
        versions.push_back(m_lastVersion);
    }
    return {};
}

Result<void> SqliteBulkAppend::appendGroup(
    const CheckedEvents& events, std::size_t first, std::vector<StreamVersion>& versions)
{
    std::array<EventView, SqliteEventWriter::rowsAtOnce> group;
    std::array<std::string_view, SqliteEventWriter::rowsAtOnce> names;
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i] = viewOf(events.at(first + i));
        names[i] = group[i].stream;
    }
    m_streams.prefetch(names);
    Position position = m_writer->head().position;
    for (EventView& event : group)
        if (const auto placed = place(event, ++position); !placed)
            return fail(placed.error());
    if (const auto inserted = m_writer->insertEvents(group); !inserted)
        return fail(inserted.error());
    for (const EventView& event : group)
        versions.push_back(event.version);
    m_lastVersion = group.back().version;
    return {};
}

Result<void> SqliteBulkAppend::append(EventView event)
{
    if (const auto placed = place(event, m_writer->head().position + 1); !placed)
        return fail(placed.error());
    if (const auto inserted = m_writer->insertEvent(event); !inserted)
        return fail(inserted.error());
    m_lastVersion = event.version;
    return {};
}

/// Puts an event at the end of its stream. Where it is then not stored, the load is over.
Result<void> SqliteBulkAppend::place(EventView& event, Position position)
{
    const auto target = streamFor(event.stream, position);
    if (!target)
        return target.error();
    Stream& stream = **target;
    event.streamId = stream.id;
    event.version = ++stream.headVersion;
    stream.headPosition = position;
    return {};
}

qint64 SqliteBulkAppend::streams() const
{
    return static_cast<qint64>(m_streams.streams().size());
}

Result<SqliteBulkAppend::Stream*> SqliteBulkAppend::streamFor(
    std::string_view name, Position position)
{
    Stream* const stream = m_streams.place(name);
    if (!stream)
        return Error { ErrorCode::Unsupported,
            tr("More than %1 streams are not loaded at once.").arg(StreamTable::maximumStreams) };
    if (stream->id == 0 && m_headBefore > 0)
        if (const auto loaded = load(*stream); !loaded)
            return loaded.error();
    if (stream->id == 0)
        if (const auto completed = complete(*stream, position); !completed)
            return completed.error();
    return stream;
}

Result<void> SqliteBulkAppend::load(Stream& stream)
{
    auto statement = m_connection.prepare(
        "SELECT id, head_version, head_position FROM stream WHERE name = ?1");
    statement.bindText(1, stream.name());
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (*stepped) {
        stream.id = statement.integer(0);
        stream.headVersion = statement.integer(1);
        stream.headPosition = statement.integer(2);
    }
    return stream.id == 0 ? Result<void>()
                          : checkStreamHead(m_connection, stream.id, stream.headVersion);
}

/// Gives a new stream its number, its category and its row, so that its name comes before its
/// events in the file: of a file that is cut off later, what comes first is left, and an event is
/// worth nothing without its stream's name. What the row says of the stream's end is put right at
/// commit.
Result<void> SqliteBulkAppend::complete(Stream& stream, Position position)
{
    stream.first = position;
    const auto category = m_writer->categoryId(categoryOf(stream.name()), stream.first);
    if (!category)
        return category.error();
    stream.category = static_cast<quint32>(*category);
    const auto rank = rankOf(stream.category);
    if (!rank)
        return rank.error();
    stream.id = ++m_lastStream;
    return m_writer->insertStream(stream.id, stream.name(), stream.category, ++**rank, position,
        roomForVersion, roomForPosition);
}

/// How many streams a category has, to be counted on.
Result<qint64*> SqliteBulkAppend::rankOf(qint64 category)
{
    const auto [rank, isNew] = m_ranks.try_emplace(category, 0);
    if (isNew && m_headBefore > 0) {
        const auto counted = m_writer->streamsOfCategory(category);
        if (!counted)
            return counted.error();
        rank->second = *counted;
    }
    return &rank->second;
}

Result<void> SqliteBulkAppend::writeStreams(const CancelToken& cancel)
{
    for (const Stream& stream : m_streams.streams()) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        if (const auto updated
            = m_writer->updateStream(stream.id, stream.headVersion, stream.headPosition);
            !updated)
            return updated;
    }
    return {};
}

Result<Appended> SqliteBulkAppend::commit(const CancelToken& cancel, const Progress& progress)
{
    if (m_failure)
        return *m_failure;
    if (const auto written = writeStreams(cancel); !written)
        return fail(written.error());
    const LogHead head = m_writer->head();
    if (const auto built = m_putOff.putBack(head.position, streams(), cancel, progress); !built)
        return fail(built.error());
    if (cancel.isCancelled())
        return fail({ ErrorCode::Cancelled, tr("cancelled") });
    progress.begin(Progress::Phase::Saving, 0);
    if (const auto isThere = m_place.check(); !isThere)
        return fail(isThere.error());
    // Pages that were read before stay as they were, whatever has become of the file.
    if (m_connection.files().hasLog())
        if (const auto isSame = m_log.checkFile(); !isSame)
            return fail(isSame.error());
    const auto committed = m_transaction.commit();
    if (!committed) {
        m_transaction.rollback();
        if (!isEndOfLog(m_events, head))
            return fail(committed.error());
    }
    m_failure = Error { ErrorCode::InvalidArgument, tr("The bulk load was committed already.") };
    end();
    if (const auto isThere = m_place.checkCommitted(); !isThere)
        return isThere.error();
    // Last, since the head file may be older than the store and never newer.
    m_log.note(head);
    if (head.position > m_headBefore)
        m_headFile.write(head);
    if (!committed)
        return storedAllTheSame(committed.error());
    return Appended { m_headBefore + 1, head.position, m_lastVersion, false };
}

} // namespace eventloupe
