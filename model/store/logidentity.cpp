#include "store/logidentity.h"

#include "store/fileidentity.h"
#include "store/sqliteheader.h"
#include "store/sqliteschema.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>
#include <thread>

namespace eventloupe {

namespace {

constexpr int mostLooks = 5;
constexpr auto pause = std::chrono::milliseconds(20);

bool isNotFound(const Result<EventHash>& hash)
{
    return !hash && hash.error().code == ErrorCode::NotFound;
}

/// Whether an event has the hash that follows from what it holds and from the event before.
Result<bool> fits(SqliteEventReader& events, const LogHead& event, HashChain& chain)
{
    const auto before = event.position > 1 ? events.hashAt(event.position - 1) : EventHash {};
    if (isNotFound(before))
        return false;
    if (!before)
        return before.error();
    std::optional<EventHash> expected;
    const auto read = events.scanLog(event.position, event.position, allScanColumns, {},
        [&](const EventView& view) {
            expected = chain.next(*before, view);
            return true;
        });
    return read ? Result(expected == event.hash) : read.error();
}

} // namespace

LogIdentity::LogIdentity(SqliteConnection& connection, SqliteEventReader& events)
    : m_connection(connection)
    , m_events(events)
{
}

FileStamp LogIdentity::stamp() const
{
    return stampOf(QFile::encodeName(m_connection.fileName()));
}

void LogIdentity::note(const LogHead& head)
{
    m_last = head;
    if (m_first.position == 0 && head.position > 0)
        if (const auto hash = m_events.hashAt(1))
            m_first = { 1, *hash };
}

bool LogIdentity::learn(HashChain& chain)
{
    m_stamp = stamp();
    if (const auto head = m_events.head())
        note(*head);
    for (int i = 0; i < mostLooks; ++i) {
        if (i > 0)
            std::this_thread::sleep_for(pause);
        const auto alone = SqliteConnection::open(
            m_connection.fileName(), SqliteConnection::Access::FileAlone);
        if (!alone)
            return true;
        SqliteEventReader file(**alone);
        if (goesOn(file, chain))
            return true;
    }
    return false;
}

/// Whether the log has the last event of the file alone, and goes on behind it. True where that
/// cannot be read or is no event at all: a power cut may have left anything in a page that is read
/// from the -wal file.
bool LogIdentity::goesOn(SqliteEventReader& file, HashChain& chain)
{
    const auto end = file.head();
    if (!end || end->position <= 0)
        return true;
    if (const auto isEvent = fits(file, *end, chain); !isEvent || !*isEvent)
        return true;
    // Later, so that it has whatever another process moved to the file.
    const auto last = m_events.head();
    if (!last)
        return true;
    const auto hash = m_events.hashAt(end->position);
    if (!hash)
        return !isNotFound(hash);
    if (*hash != end->hash)
        return false;
    m_stored = *end;
    if (end->position == last->position)
        return true;
    const Position next = end->position + 1;
    const auto nextHash = m_events.hashAt(next);
    if (!nextHash)
        return !isNotFound(nextHash);
    const auto isNext = fits(m_events, { next, *nextHash }, chain);
    return !isNext || *isNext;
}

Result<void> LogIdentity::checkEnd(const LogHead& now)
{
    if (m_last.position > 0 && m_last != now) {
        const auto hash = m_events.hashAt(m_last.position);
        if (!hash && !isNotFound(hash))
            return hash.error();
        if (!hash || *hash != m_last.hash) {
            leaveLog();
            return now.position < m_last.position ? shortenedError(now.position)
                                                  : overwrittenError();
        }
    }
    note(now);
    return {};
}

Result<void> LogIdentity::checkFile()
{
    return look() == Finding::Other ? *m_difference : Result<void>();
}

Result<void> LogIdentity::check()
{
    if (m_connection.isInTransaction())
        return {};
    const FileStamp now = stamp();
    if (now == m_stamp || !now.isThere)
        return {};
    const Finding found = look();
    // What is another one is looked at again: it may be put right.
    m_stamp = found == Finding::Other ? FileStamp {} : now;
    if (found != Finding::Same) // What SQLite keeps in memory is of before.
        m_connection.forgetPages();
    if (found == Finding::Other)
        return *m_difference;
    if (const auto head = m_events.head(); head && head->position > m_last.position)
        note(*head);
    return {};
}

bool LogIdentity::isSame()
{
    const bool isSame = look() == Finding::Same;
    if (!isSame)
        leaveLog();
    return isSame;
}

void LogIdentity::prepareClose()
{
    const bool isMoved = m_connection.files().hasMoved();
    if (m_connection.files().hasLog() && !isMoved && stamp() != m_stamp)
        (void)isSame();
}

void LogIdentity::leaveLog()
{
    m_connection.files().leaveLog();
}

/// A difference is one where it is found each time.
LogIdentity::Finding LogIdentity::look()
{
    Finding found = lookOnce();
    for (int i = 1; i < mostLooks && found != Finding::Same; ++i) {
        std::this_thread::sleep_for(pause);
        const Finding again = lookOnce();
        found = again == Finding::Other && found != Finding::Other ? Finding::Unreadable : again;
    }
    if (found == Finding::Other)
        leaveLog();
    return found;
}

LogIdentity::Finding LogIdentity::lookOnce()
{
    const QString path = m_connection.fileName();
    if (m_connection.files().hasMoved()) // What bears its name is for others to judge.
        return Finding::Unreadable;
    const auto header = SqliteHeader::read(path);
    if (!header)
        return Finding::Unreadable;
    if (!header->isDatabase() || header->applicationId() != schemaApplicationId)
        return other(overwrittenError());
    const auto alone = SqliteConnection::open(path, SqliteConnection::Access::FileAlone);
    if (!alone)
        return Finding::Unreadable;
    SqliteEventReader file(**alone);
    const Finding found = compare(file);
    if (found == Finding::Same)
        advance(file);
    return found;
}

LogIdentity::Finding LogIdentity::other(const Error& difference)
{
    m_difference = difference;
    return Finding::Other;
}

LogIdentity::Finding LogIdentity::compare(SqliteEventReader& file)
{
    for (const LogHead& known : { m_first, m_stored }) {
        if (known.position == 0)
            continue;
        const auto hash = file.hashAt(known.position);
        if (hash && *hash == known.hash)
            continue;
        if (hash)
            return other(overwrittenError());
        if (!isNotFound(hash))
            return Finding::Unreadable;
        if (m_stored.position == 0) // All of it is in the -wal file still.
            continue;
        const auto end = file.head();
        if (!end)
            return Finding::Unreadable;
        return other(end->position < m_last.position ? shortenedError(end->position)
                                                     : overwrittenError());
    }
    return Finding::Same;
}

/// Only to what the log has as well: pages that are just being written may hold anything.
void LogIdentity::advance(SqliteEventReader& file)
{
    const auto end = file.head();
    if (!end || end->position <= m_stored.position || end->position > m_last.position)
        return;
    if (const auto hash = m_events.hashAt(end->position); hash && *hash == end->hash)
        m_stored = *end;
}

Error LogIdentity::shortenedError(Position now) const
{
    return eventloupe::shortenedError(m_connection.location(), m_last.position, now);
}

Error LogIdentity::overwrittenError() const
{
    return { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "Another log or something else was written over %1 since it was opened. Close it and "
            "open it again.")
            .arg(m_connection.location()) };
}

} // namespace eventloupe
