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
    if (m_isOther)
        return overwrittenError();
    // By what this connection has of it, before the file was written to for the first time.
    if (!m_first) {
        const auto first = m_events.hashAt(1);
        if (first)
            m_first = *first;
        m_stamp = first ? now : FileStamp {};
        return {};
    }
    if (now == m_stamp || !now.isThere)
        return {};
    m_stamp = now;
    // By another connection: this one goes on with the pages that it has in memory.
    const auto beside = openBeside(m_connection.location(), m_identity);
    if (beside)
        m_isOther = isOther((*beside)->hashAt(1));
    const bool isNoStore = !beside && beside.error().code == ErrorCode::NotOurs;
    if (isNoStore)
        m_stamp = {}; // It is looked at again.
    return m_isOther || isNoStore ? Result<void>(overwrittenError()) : Result<void>();
}

bool LogIdentity::isOther(const Result<std::optional<EventHash>>& first) const
{
    return first ? first->has_value() && **first != *m_first
                 : first.error().code == ErrorCode::NotFound;
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
