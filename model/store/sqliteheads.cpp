#include "store/sqliteheads.h"

#include "store/damagenotice.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

/// No log gets there; what is added to it does not overflow.
constexpr qint64 farthest = qint64 { 1 } << 62;

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

} // namespace

Result<void> checkLogHead(const SqliteConnection& connection, Position head)
{
    if (head >= 0 && head < farthest)
        return {};
    return contradiction(connection, tr("its last event has the position %1.").arg(head));
}

Result<void> checkStreamHead(
    SqliteConnection& connection, StreamId stream, StreamVersion headVersion)
{
    const auto last = connection
                          .prepare("SELECT version FROM event WHERE stream_id = ?1"
                                   " ORDER BY version DESC LIMIT 1")
                          .bind(1, stream)
                          .number(0);
    if (!last)
        return last.error();
    if (*last == headVersion && headVersion > 0 && headVersion < farthest)
        return {};
    return contradiction(connection,
        tr("stream number %1 is said to end at version %2, and the last version that is stored "
           "there is %3.")
            .arg(stream)
            .arg(headVersion)
            .arg(*last));
}

bool isEndOfLog(SqliteEventReader& events, const LogHead& head)
{
    const auto now = events.head();
    return now && *now == head;
}

Error storedAllTheSame(const Error& error)
{
    return { error.code,
        tr("%1 That was at the very end: the events are stored all the same, though a power cut "
           "might still take them. Do not store them again.")
            .arg(error.message) };
}

Error contradiction(const SqliteConnection& connection, const QString& what)
{
    DamageNotice::instance().note(connection.location());
    return { ErrorCode::Corrupt,
        tr("%1 is damaged: %2 Nothing was stored. Verify the store, which names what is wrong, and "
           "repair it to another file or restore it from a copy.")
            .arg(connection.location(), what) };
}

} // namespace eventloupe
