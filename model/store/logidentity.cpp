#include "store/logidentity.h"

#include "store/fileidentity.h"

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

Result<void> LogIdentity::check()
{
    const FileStamp now = stampOf(QFile::encodeName(m_connection.fileName()));
    if (m_first.position == 0) {
        learn(now);
        return {};
    }
    if (now == m_stamp || !now.isThere)
        return {};
    // By another connection: this one goes on with the pages that it has in memory.
    const auto beside = openBeside(m_connection.location(), m_identity);
    std::optional<Error> failure;
    if (beside)
        failure = compare(**beside);
    else if (beside.error().code == ErrorCode::NotOurs)
        failure = overwrittenError();
    // Where it could not be looked at, or is another one, it is looked at again.
    m_stamp = beside && !failure ? now : FileStamp {};
    if (!failure)
        return {};
    m_connection.leaveLog();
    return *failure;
}

/// By what this connection has of it, before the file was written to for the first time.
void LogIdentity::learn(const FileStamp& now)
{
    const auto first = m_events.hashAt(1);
    if (!first)
        return;
    m_first = { 1, *first };
    m_last = m_first;
    m_stamp = now;
    auto last = m_connection.prepare("SELECT position FROM event ORDER BY position DESC LIMIT 1");
    if (const auto position = last.number(0); position && *position > 1)
        if (const auto hash = m_events.hashAt(*position))
            m_last = { *position, *hash };
}

std::optional<Error> LogIdentity::compare(EventStore& file)
{
    for (const Known& event : { m_first, m_last })
        if (auto failure = compare(file, event))
            return failure;
    if (const auto head = file.head(); head && *head > m_last.position)
        if (const auto hash = file.hashAt(*head); hash && *hash)
            m_last = { *head, **hash };
    return std::nullopt;
}

std::optional<Error> LogIdentity::compare(EventStore& file, const Known& event) const
{
    const auto hash = file.hashAt(event.position);
    if (hash && *hash && **hash != event.hash)
        return overwrittenError();
    if (hash || hash.error().code != ErrorCode::NotFound)
        return std::nullopt;
    const auto head = file.head();
    return head && *head < event.position
        ? std::optional(shortenedError(m_connection.location(), event.position, *head))
        : std::nullopt;
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
