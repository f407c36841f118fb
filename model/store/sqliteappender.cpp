#include "store/sqliteappender.h"

#include "store/sqliteeventwriter.h"
#include "store/sqliteheads.h"
#include "store/sqlitetransaction.h"
#include "value/category.h"

#include <QCoreApplication>
#include <QSet>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

Error duplicate(const QString& message)
{
    return { ErrorCode::DuplicateEvent, message };
}

} // namespace

SqliteAppender::SqliteAppender(SqliteConnection& connection, SqliteEventReader& events,
    SqliteStreamReader& streams, HashChain& chain, const HeadFile& headFile,
    const FilePlace& place, LogIdentity& log)
    : m_connection(connection)
    , m_events(events)
    , m_streams(streams)
    , m_chain(chain)
    , m_headFile(headFile)
    , m_place(place)
    , m_log(log)
{
}

Result<SqliteAppender::Events> SqliteAppender::check(const AppendRequest& request)
{
    if (request.events.isEmpty())
        return Error { ErrorCode::InvalidArgument, tr("There is no event to append.") };
    Events events;
    QSet<QByteArray> ids;
    for (const NewEvent& event : request.events) {
        auto checked = checkEvent(event);
        if (!checked)
            return Error { checked.error().code,
                tr("Event %1 of %2: %3")
                    .arg(events.size() + 1)
                    .arg(request.events.size())
                    .arg(checked.error().message) };
        if (ids.contains(checked->id))
            return duplicate(tr("Two of the events have the id %1.").arg(event.id));
        ids.insert(checked->id);
        events.push_back(std::move(*checked));
    }
    return events;
}

Result<AppendOutcome> SqliteAppender::append(const AppendRequest& request)
{
    const auto stream = checkStreamName(request.stream);
    if (!stream)
        return stream.error();
    const auto events = check(request);
    if (!events)
        return events.error();

    SqliteTransaction transaction(m_connection);
    if (const auto begun = transaction.begin(); !begun)
        return begun.error();
    const auto repeat = findRepeat(request.stream, *events);
    if (!repeat)
        return repeat.error();
    if (*repeat) {
        // In the file that is open, which may be another one since the lock was waited for.
        if (const auto isThere = m_place.check(); !isThere)
            return isThere.error();
        const auto isSame = m_log.checkBeforeCommit();
        return isSame ? Result(AppendOutcome(**repeat)) : isSame.error();
    }
    const auto before = m_streams.findStream(request.stream);
    if (!before)
        return before.error();
    if (*before)
        if (const auto sound
            = checkStreamHead(m_connection, (*before)->id, (*before)->headVersion);
            !sound)
            return sound.error();
    const StreamVersion actual = *before ? (*before)->headVersion : 0;
    if (!request.expected.admits(actual))
        return AppendOutcome(VersionConflict { request.stream, request.expected, actual });
    const auto written = write(*stream, *before, *events);
    if (!written)
        return written.error();
    if (const auto committed = commit(transaction, written->head); !committed)
        return committed.error();
    return AppendOutcome(written->appended);
}

Result<void> SqliteAppender::commit(SqliteTransaction& transaction, const LogHead& head)
{
    // The lock may have been waited for.
    if (const auto isThere = m_place.check(); !isThere)
        return isThere;
    if (const auto isSame = m_log.checkBeforeCommit(); !isSame)
        return isSame;
    auto committed = transaction.commit();
    if (!committed) {
        transaction.rollback();
        if (!isEndOfLog(m_events, head))
            return committed;
        committed = storedAllTheSame(committed.error());
    }
    // The head file has its name from the store's: it would tell of what is not in the new file.
    if (const auto isThere = m_place.checkCommitted(); !isThere)
        return isThere;
    m_log.note(head);
    m_headFile.write(head);
    return committed;
}

/// Where the event is stored already with this stream and content; nothing when its id is new.
/// The time is not content: a writer that repeats an append may take it from its clock again.
Result<std::optional<Appended>> SqliteAppender::findStored(
    const QString& stream, const CheckedEvent& event)
{
    auto statement = m_connection.prepare("SELECT position FROM event WHERE id = ?1");
    const auto position = statement.bindEventId(1, viewOf(event.id)).number(0);
    if (!position)
        return position.error();
    if (*position == 0)
        return std::optional<Appended>();
    const auto stored = m_events.readAt({ *position });
    if (!stored)
        return stored.error();
    if (stored->isEmpty() || stored->first().stream != stream
        || stored->first().type.toUtf8() != event.type || stored->first().data != event.data
        || stored->first().metadata != event.metadata)
        return duplicate(tr("The id %1 is that of event %2, which has other content.")
                             .arg(QString::fromUtf8(event.id))
                             .arg(*position));
    return std::optional<Appended>(
        Appended { *position, *position, stored->first().version, true });
}

Result<std::optional<Appended>> SqliteAppender::findRepeat(
    const QString& stream, const Events& events)
{
    std::optional<Appended> repeat;
    for (const CheckedEvent& event : events) {
        const bool isFirst = &event == &events.front();
        const auto stored = findStored(stream, event);
        if (!stored)
            return stored.error();
        const bool isRepeat = stored->has_value();
        if (isFirst) {
            repeat = *stored;
            continue;
        }
        // All of them or none, and in the same order: anything else is another append.
        if (isRepeat != repeat.has_value()
            || (isRepeat && (*stored)->version != repeat->version + 1))
            return duplicate(tr("Some of the events are stored already and others are not, or in "
                                "another order; the first is %1.")
                                 .arg(QString::fromUtf8(event.id)));
        if (isRepeat) {
            repeat->last = (*stored)->last;
            repeat->version = (*stored)->version;
        }
    }
    return repeat;
}

Result<SqliteAppender::Written> SqliteAppender::write(
    const QByteArray& stream, const std::optional<StreamInfo>& before, const Events& events)
{
    const auto head = m_events.head();
    if (!head)
        return head.error();
    if (const auto isSame = m_log.checkEnd(*head); !isSame)
        return isSame.error();
    if (const auto sound = checkLogHead(m_connection, head->position); !sound)
        return sound.error();
    SqliteEventWriter writer(m_connection, m_chain, *head);
    const Position first = head->position + 1;
    const Position last = head->position + static_cast<Position>(events.size());
    StreamVersion version = before ? before->headVersion : 0;
    StreamId id = before ? before->id : 0;
    if (!before) {
        const auto newest = writer.lastStream();
        if (!newest)
            return newest.error();
        id = *newest + 1;
    }
    for (const CheckedEvent& event : events) {
        const EventView view { 0, id, viewOf(stream), ++version, viewOf(event.type), event.time,
            viewOf(event.id), viewOf(event.data), viewOf(event.metadata), {} };
        if (const auto written = writer.insertEvent(view); !written)
            return written.error();
    }
    const Written written { { first, last, version, false }, writer.head() };
    if (before) {
        const auto updated = writer.updateStream(id, version, last);
        return updated ? Result(written) : updated.error();
    }
    const auto category = writer.categoryId(categoryOf(viewOf(stream)), first);
    if (!category)
        return category.error();
    const auto rank = writer.streamsOfCategory(*category);
    if (!rank)
        return rank.error();
    const auto inserted
        = writer.insertStream(id, viewOf(stream), *category, *rank + 1, first, version, last);
    return inserted ? Result(written) : inserted.error();
}

} // namespace eventloupe
