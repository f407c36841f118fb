#include "postgres/postgresappender.h"

#include "postgres/postgreserror.h"
#include "value/category.h"

#include <QCoreApplication>
#include <QSet>

namespace eventloupe {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int mostRetries = 12;

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

Error duplicate(const QString& message)
{
    return { ErrorCode::DuplicateEvent, message };
}

constexpr std::string_view sameIdsSql
    = "SELECT e.id, e.position, e.version, s.name, t.name, e.data, e.metadata FROM event e"
      " JOIN stream s ON s.id = e.stream_id JOIN event_type t ON t.id = e.type_id"
      " WHERE e.id = ANY($1::text[])";
constexpr std::string_view categorySql
    = "SELECT c.id, (SELECT s.category_rank FROM stream s WHERE s.category_id = c.id"
      " ORDER BY s.category_rank DESC LIMIT 1) FROM category c WHERE c.name = $1";
constexpr std::string_view insertEventSql
    = "INSERT INTO event(position, stream_id, version, type_id, time, id, hash, data, metadata)"
      " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)";

PostgresParameters textsOf(const std::vector<CheckedEvent>& events, QByteArray CheckedEvent::*text)
{
    std::vector<std::string_view> texts;
    texts.reserve(events.size());
    for (const CheckedEvent& event : events)
        texts.push_back(viewOf(event.*text));
    return PostgresParameters().addTexts(texts);
}

/// The fate of an append whose commit got no answer.
Error unknownFate(const Error& error, const std::vector<CheckedEvent>& events)
{
    return { error.code,
        tr("%1 Whether the events are stored is not known: look for the id %2 before they are "
           "appended again.")
            .arg(error.message, QString::fromUtf8(events.front().id)) };
}

} // namespace

Result<PostgresAppender::Events> PostgresAppender::check(const AppendRequest& request)
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

Result<AppendOutcome> PostgresAppender::append(
    const AppendRequest& request, const PostgresSchema& schema, milliseconds patience)
{
    const auto stream = checkStreamName(request.stream);
    if (!stream)
        return stream.error();
    // Ids are given here, once: by them a try finds what the one before it stored.
    const auto events = check(request);
    if (!events)
        return events.error();
    const Attempt tried { *stream, request, *events, schema };
    const auto end = Clock::now() + patience;
    bool isFateKnown = true;
    const auto fail
        = [&](const Error& error) { return isFateKnown ? error : unknownFate(error, *events); };
    for (int retries = 0;;) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        const auto connection = m_writer.connection(std::max(left, milliseconds(0)));
        if (!connection)
            return fail(connection.error());
        auto outcome = attempt(**connection, tried);
        if (outcome) {
            // What an own try before this one stored is no repetition.
            if (auto* appended = std::get_if<Appended>(&*outcome); appended && !isFateKnown)
                appended->wasStoredBefore = false;
            return outcome;
        }
        const bool isRefused = isWorthRetrying((*connection)->sqlState());
        const bool isBroken = (*connection)->isBroken();
        isFateKnown = isFateKnown && !isBroken;
        if (!isBroken)
            rollBack(**connection);
        if (m_writer.noteFailure(outcome.error())) {
            if (Clock::now() >= end)
                return fail(outcome.error());
        } else if (!isRefused || ++retries > mostRetries) {
            return fail(outcome.error());
        } else if (!m_writer.waitBeforeRetry(retries)) {
            return fail({ ErrorCode::Cancelled, tr("cancelled") });
        }
    }
}

Result<AppendOutcome> PostgresAppender::attempt(
    PostgresConnection& connection, const Attempt& attempt)
{
    auto found = lock(connection, attempt);
    if (!found)
        return found.error();
    const auto repeat = findRepeat(*found, attempt);
    if (!repeat || *repeat) {
        rollBack(connection);
        return repeat ? Result(AppendOutcome(**repeat)) : repeat.error();
    }
    const ExpectedVersion& expected = attempt.request.expected;
    if (!expected.admits(found->version)) {
        rollBack(connection);
        return AppendOutcome(VersionConflict { attempt.request.stream, expected, found->version });
    }
    const auto appended = write(connection, *found, attempt);
    if (!appended)
        return appended.error();
    return AppendOutcome(*appended);
}

Result<PostgresAppender::Found> PostgresAppender::lock(
    PostgresConnection& connection, const Attempt& attempt)
{
    const auto results = connection.run({ { beginSql, {} }, { lockHeadSql, {} },
        { "SELECT id, head_version FROM stream WHERE name = $1",
            PostgresParameters().addText(viewOf(attempt.stream)) },
        { "SELECT id, name FROM event_type WHERE name = ANY($1::text[])",
            textsOf(attempt.events, &CheckedEvent::type) },
        { categorySql, PostgresParameters().addText(categoryOf(viewOf(attempt.stream))) },
        { sameIdsSql, textsOf(attempt.events, &CheckedEvent::id) } });
    if (!results)
        return results.error();
    if (results->size() != 6 || results->at(1).rows() != 1)
        return Error { ErrorCode::Corrupt, tr("The store has no row in its table \"head\".") };
    Found found;
    found.head = PostgresHead::of(results->at(1));
    found.stream = results->at(2).number(0, 0);
    found.version = results->at(2).number(0, 1);
    found.types = results->at(3);
    found.category = results->at(4).number(0, 0);
    found.categoryStreams = results->at(4).number(0, 1);
    found.sameIds = results->at(5);
    return found;
}

/// Where all events are stored already, in this order, with this stream and content. The time is
/// not content: a writer that repeats an append may take it from its clock again.
Result<std::optional<Appended>> PostgresAppender::findRepeat(
    const Found& found, const Attempt& attempt)
{
    const PostgresResult& stored = found.sameIds;
    if (stored.rows() == 0)
        return std::optional<Appended>();
    QHash<QByteArray, int> rows;
    for (int row = 0; row < stored.rows(); ++row)
        rows.insert(toBytes(stored.text(row, 0)), row);
    std::optional<Appended> repeat;
    for (const CheckedEvent& event : attempt.events) {
        const auto known = rows.constFind(event.id);
        const bool isFirst = &event == &attempt.events.front();
        if (known != rows.constEnd()
            && (stored.text(*known, 3) != viewOf(attempt.stream)
                || stored.text(*known, 4) != viewOf(event.type)
                || stored.text(*known, 5) != viewOf(event.data)
                || stored.text(*known, 6) != viewOf(event.metadata)))
            return duplicate(tr("The id %1 is that of event %2, which has other content.")
                                 .arg(QString::fromUtf8(event.id))
                                 .arg(stored.integer(*known, 1)));
        const bool isNext = known != rows.constEnd()
            && (isFirst || (repeat && stored.integer(*known, 2) == repeat->version + 1));
        if (!isNext)
            return duplicate(tr("Some of the events are stored already and others are not, or in "
                                "another order; the first is %1.")
                                 .arg(QString::fromUtf8(event.id)));
        const Position position = stored.integer(*known, 1);
        repeat = Appended { isFirst ? position : repeat->first, position, stored.integer(*known, 2),
            true };
    }
    return repeat;
}

/// Adds the steps that make types, the category and the stream where they are new, and numbers
/// them.
void PostgresAppender::addNames(std::vector<PostgresConnection::Step>& steps, Found& found,
    const Attempt& attempt, QHash<QByteArray, qint64>& types)
{
    const Position first = found.head.position + 1;
    for (int row = 0; row < found.types.rows(); ++row)
        types.insert(toBytes(found.types.text(row, 1)), found.types.integer(row, 0));
    for (const CheckedEvent& event : attempt.events) {
        if (types.contains(event.type))
            continue;
        types.insert(event.type, ++found.head.types);
        steps.push_back({ "INSERT INTO event_type(id, name) VALUES($1, $2)",
            PostgresParameters().add(found.head.types).addText(viewOf(event.type)) });
    }
    const StreamVersion version = found.version + static_cast<StreamVersion>(attempt.events.size());
    const Position last = found.head.position + static_cast<Position>(attempt.events.size());
    if (found.stream > 0) {
        steps.push_back({ "UPDATE stream SET head_version = $2, head_position = $3 WHERE id = $1",
            PostgresParameters().add(found.stream).add(version).add(last) });
        return;
    }
    if (found.category == 0) {
        found.category = ++found.head.categories;
        steps.push_back({ "INSERT INTO category(id, name, first_position) VALUES($1, $2, $3)",
            PostgresParameters()
                .add(found.category)
                .addText(categoryOf(viewOf(attempt.stream)))
                .add(first) });
    }
    found.stream = ++found.head.streams;
    steps.push_back({ "INSERT INTO stream(id, name, category_id, category_rank, first_position,"
                      " head_version, head_position) VALUES($1, $2, $3, $4, $5, $6, $7)",
        PostgresParameters()
            .add(found.stream)
            .addText(viewOf(attempt.stream))
            .add(found.category)
            .add(found.categoryStreams + 1)
            .add(first)
            .add(version)
            .add(last) });
}

/// A cancel that came behind the commit has ended nothing; one that came while the commit waited
/// has ended it, and both leave the session idle.
Result<void> PostgresAppender::settle(
    PostgresConnection& connection, const PostgresHead& head, const Error& failure)
{
    if (failure.code != ErrorCode::Cancelled || connection.isBroken()
        || connection.isInTransaction())
        return failure;
    const PostgresDeafness deafness(connection);
    const auto timeout = connection.setAnswerTimeout(SocketWait::endPatience);
    const auto stored = isStored(connection, head);
    connection.setAnswerTimeout(timeout);
    if (!stored)
        return Error { stored.error().code,
            tr("%1 Whether what was cancelled is stored is not known: it would end with event %2.")
                .arg(stored.error().message)
                .arg(head.position) };
    return *stored ? Result<void>() : failure;
}

Result<Appended> PostgresAppender::write(
    PostgresConnection& connection, Found& found, const Attempt& attempt)
{
    const Position first = found.head.position + 1;
    StreamVersion version = found.version;
    std::vector<PostgresConnection::Step> steps;
    QHash<QByteArray, qint64> types;
    addNames(steps, found, attempt, types);
    for (const CheckedEvent& event : attempt.events) {
        EventView view { ++found.head.position, found.stream, viewOf(attempt.stream), ++version,
            viewOf(event.type), event.time, viewOf(event.id), viewOf(event.data),
            viewOf(event.metadata) };
        found.head.hash = m_chain.next(found.head.hash, view);
        steps.push_back({ insertEventSql,
            PostgresParameters()
                .add(view.position)
                .add(view.streamId)
                .add(view.version)
                .add(types.value(event.type))
                .add(view.time.microseconds)
                .addText(view.id)
                .addBytes(viewOf(found.head.hash))
                .addText(view.data)
                .addText(view.metadata) });
    }
    steps.push_back(headStep(found.head));
    const QByteArray channel = attempt.schema.channel();
    if (attempt.schema.hasNotifications())
        steps.push_back(
            { "SELECT pg_notify($1, '')", PostgresParameters().addText(viewOf(channel)) });
    steps.push_back({ "COMMIT", {} });
    const auto written = connection.run(steps);
    if (!written)
        if (const auto settled = settle(connection, found.head, written.error()); !settled)
            return settled.error();
    return Appended { first, found.head.position, version, false };
}

} // namespace eventloupe
