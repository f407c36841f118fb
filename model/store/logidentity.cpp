#include "store/logidentity.h"

#include "store/fileidentity.h"
#include "store/logcoherence.h"
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

} // namespace

LogIdentity::LogIdentity(
    SqliteConnection& connection, SqliteEventReader& events, HashChain& chain)
    : m_connection(connection)
    , m_events(events)
    , m_chain(chain)
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

bool LogIdentity::learn()
{
    const QByteArray log = QFile::encodeName(m_connection.fileName()) + "-wal";
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
        const Continuation found = continuationOf(file, m_connection, m_events, m_chain);
        m_stored = found.end;
        // Without a log the file is damaged, if anything.
        if (found.isSound || stampOf(log).size == 0)
            return true;
    }
    return false;
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

Result<void> LogIdentity::checkBeforeCommit()
{
    // In a rollback journal's mode the file is this connection's alone.
    return !m_connection.files().hasLog() || stamp() == m_stamp ? Result<void>() : checkFile();
}

Result<void> LogIdentity::check()
{
    if (m_connection.isInTransaction())
        return {};
    const FileStamp now = stamp();
    if (now == m_stamp || !now.isThere)
        return {};
    const Finding found = look();
    // What is another one is looked at again: it may be put right. So is what could not be read.
    const bool wasSame = m_stamp.isThere;
    m_stamp = found == Finding::Same ? now : FileStamp {};
    m_unreadable = found == Finding::Unreadable ? now : FileStamp {};
    // What SQLite keeps in memory is of before, or of another log that was there meanwhile. Not each
    // time: appends would cost page reads.
    if (found != Finding::Same || !wasSame)
        m_connection.forgetPages();
    if (found == Finding::Other)
        return *m_difference;
    if (found == Finding::Unreadable)
        return {};
    if (const auto head = m_events.head(); head && head->position > m_last.position)
        note(*head);
    return {};
}

bool LogIdentity::isSame()
{
    return look() == Finding::Same;
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
    // Another look at the same is no other one.
    const int looks = found == Finding::Unreadable && stamp() == m_unreadable ? 1 : mostLooks;
    for (int i = 1; i < looks && found != Finding::Same; ++i) {
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
        if (hash) {
            const auto isEvent = fitsChain(file, { known.position, *hash }, m_chain);
            return isEvent && *isEvent ? other(overwrittenError()) : compareDoubtful();
        }
        if (!isNotFound(hash))
            return Finding::Unreadable;
        if (m_stored.position > 0) // Else all of it may be in the -wal file still.
            return compareDoubtful();
    }
    const auto end = file.head();
    if (!end)
        return Finding::Unreadable;
    return end->position >= m_last.position ? Finding::Same : compareAnew();
}

/// Where the file alone is at odds with itself: an earlier copy, or another process moves pages to
/// it, or was ended when it did, after a VACUUM for example.
LogIdentity::Finding LogIdentity::compareDoubtful()
{
    return compareAnew() == Finding::Other ? Finding::Other : Finding::Unreadable;
}

/// What another connection reads, of the file and of the -wal file.
LogIdentity::Finding LogIdentity::compareAnew()
{
    const auto beside
        = SqliteConnection::open(m_connection.fileName(), SqliteConnection::Access::QueryOnly);
    if (!beside)
        return Finding::Unreadable;
    // Whatever is found, it moves nothing.
    (*beside)->files().leaveLogAtClose();
    SqliteEventReader events(**beside);
    const auto end = events.head();
    const auto hash = events.hashAt(m_last.position);
    if (!end || (!hash && !isNotFound(hash)))
        return Finding::Unreadable;
    if (hash && *hash == m_last.hash) {
        const auto areThere = areFound(**beside, m_last.position);
        if (!areThere)
            return Finding::Unreadable;
        return *areThere ? Finding::Same : other(overwrittenError());
    }
    return other(end->position < m_last.position ? shortenedError(end->position)
                                                 : overwrittenError());
}

/// Only to what the log has as well: pages that are just being written may hold anything.
void LogIdentity::advance(SqliteEventReader& file)
{
    const auto end = file.head();
    if (m_last.position == 0 || !end || end->position <= m_stored.position)
        return;
    const auto hash = m_events.hashAt(end->position);
    if (!hash || *hash != end->hash)
        return;
    m_stored = *end;
    if (end->position > m_last.position)
        m_last = *end;
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
