#include "store/logidentity.h"

#include "store/fileidentity.h"
#include "store/sqlitestorefile.h"

#include <QCoreApplication>
#include <QFile>

namespace eventloupe {

LogIdentity::LogIdentity(
    SqliteConnection& connection, SqliteEventReader& events, const FileIdentity& identity)
    : m_connection(connection)
    , m_events(events)
    , m_identity(identity)
{
}

Result<void> LogIdentity::checkEnd(const LogHead& now)
{
    if (m_last != now)
        if (const auto same = compare(m_events); !same)
            return same;
    m_last = now;
    return {};
}

Result<void> LogIdentity::checkFile()
{
    if (m_last.position == 0)
        return {};
    const auto other
        = SqliteConnection::open(m_connection.location(), SqliteConnection::Access::QueryOnly);
    if (!other)
        return other.error();
    SqliteEventReader events(**other);
    return compare(events);
}

Result<void> LogIdentity::check()
{
    const FileStamp now = stampOf(QFile::encodeName(m_connection.fileName()));
    if (now == m_stamp || !now.isThere)
        return {};
    // By another connection: this one goes on with the pages that it has in memory.
    const auto file = openAnew();
    std::optional<Error> difference;
    if (file) {
        SqliteEventReader events(**file);
        if (const auto found = differenceOf(events))
            difference = *found;
        const auto end = difference ? Result(m_last) : events.head();
        if (end && end->position > m_last.position)
            m_last = *end;
    } else if (file.error().code == ErrorCode::NotOurs) {
        difference = overwrittenError();
    }
    // Where it could not be looked at, or is another one, it is looked at again.
    m_stamp = file && !difference ? now : FileStamp {};
    if (!difference)
        return {};
    m_connection.files().leaveLog();
    return *difference;
}

/// What shows that it is another log, if anything does.
Result<std::optional<Error>> LogIdentity::differenceOf(SqliteEventReader& events) const
{
    if (m_last.position == 0)
        return std::optional<Error>();
    const auto hash = events.hashAt(m_last.position);
    if (hash)
        return *hash == m_last.hash ? std::optional<Error>() : overwrittenError();
    if (hash.error().code != ErrorCode::NotFound)
        return hash.error();
    const auto end = events.head();
    if (!end)
        return end.error();
    return std::optional(end->position < m_last.position
            ? shortenedError(m_connection.location(), m_last.position, end->position)
            : overwrittenError());
}

Result<void> LogIdentity::compare(SqliteEventReader& events)
{
    const auto difference = differenceOf(events);
    if (!difference)
        return difference.error();
    if (!*difference)
        return {};
    m_connection.files().leaveLog();
    return **difference;
}

Result<std::unique_ptr<SqliteConnection>> LogIdentity::openAnew() const
{
    const QString& location = m_connection.location();
    // What is there now need not be a store at all.
    if (isReplaced(location, m_identity))
        return replacedError(location);
    if (const auto inspected = inspectStoreFile(location); !inspected)
        return inspected.error();
    auto opened = connectStoreFile(location, OpenMode::ReadOnly);
    if (!opened)
        return opened.error();
    const auto identity = identityOf(*opened->connection);
    if (!identity || (m_identity.isKnown() && *identity != m_identity))
        return replacedError(location);
    return std::move(opened->connection);
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
