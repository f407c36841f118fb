#include "postgres/postgresbulkappend.h"

#include "store/eventrules.h"
#include "value/category.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

constexpr std::chrono::milliseconds longWork { 600'000 };

} // namespace

PostgresBulkAppend::PostgresBulkAppend(PostgresSession& writer, HashChain& chain,
    PostgresSchema schema, std::chrono::milliseconds patience)
    : m_writer(writer)
    , m_chain(chain)
    , m_schema(std::move(schema))
    , m_patience(patience)
{
}

PostgresBulkAppend::~PostgresBulkAppend()
{
    end();
}

void PostgresBulkAppend::end()
{
    if (PostgresConnection* connection = std::exchange(m_connection, nullptr)) {
        connection->cancelCopy();
        rollBack(*connection);
    }
}

Error PostgresBulkAppend::fail(const Error& error)
{
    const bool isOfId = error.code == ErrorCode::AlreadyExists && m_connection
        && m_connection->constraint() == "event_id";
    m_failure = error;
    if (isOfId)
        m_failure->code = ErrorCode::DuplicateEvent;
    if (m_connection && m_connection->isBroken()) {
        m_connection = nullptr;
        (void)m_writer.noteFailure(error);
    }
    end();
    return *m_failure;
}

Result<std::unique_ptr<BulkAppend>> PostgresBulkAppend::begin(PostgresSession& writer,
    HashChain& chain, const PostgresSchema& schema, std::chrono::milliseconds patience)
{
    std::unique_ptr<PostgresBulkAppend> bulk(
        new PostgresBulkAppend(writer, chain, schema, patience));
    if (const auto started = bulk->start(); !started)
        return started.error();
    return std::unique_ptr<BulkAppend>(std::move(bulk));
}

Result<void> PostgresBulkAppend::start()
{
    for (;;) {
        const auto connection = m_writer.connection(m_patience);
        if (!connection)
            return connection.error();
        m_connection = *connection;
        const auto begun = m_connection->run({ { beginSql, {} }, { lockHeadSql, {} },
            // The client may take its time between two pieces of what it reads.
            { "SET LOCAL idle_in_transaction_session_timeout = 0", {} } });
        if (begun) {
            m_before = PostgresHead::of(begun->at(1));
            break;
        }
        // A session that was idle may have been lost long ago.
        if (!m_writer.noteFailure(begun.error()))
            return fail(begun.error());
        m_connection = nullptr;
    }
    m_head = m_before;
    return {};
}

qint64 PostgresBulkAppend::streams() const
{
    return static_cast<qint64>(m_streams.streams().size());
}

Result<StreamVersion> PostgresBulkAppend::add(const QString& stream, const NewEvent& event)
{
    if (m_failure)
        return *m_failure;
    const auto checked = checkEvent(event);
    if (!checked)
        return fail(checked.error());
    const auto name = checkStreamName(stream);
    if (!name)
        return fail(name.error());
    if (const auto loaded = loadStreams({ viewOf(*name) }); !loaded)
        return fail(loaded.error());
    const auto appended = append({ 0, 0, viewOf(*name), 0, viewOf(checked->type), checked->time,
        viewOf(checked->id), viewOf(checked->data), viewOf(checked->metadata) });
    return appended ? Result(m_lastVersion) : appended.error();
}

Result<void> PostgresBulkAppend::add(
    const CheckedEvents& events, std::vector<StreamVersion>& versions)
{
    if (m_failure)
        return *m_failure;
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < events.size() && m_before.position > 0; ++i)
        names.push_back(events.at(i).stream());
    if (const auto loaded = loadStreams(names); !loaded)
        return fail(loaded.error());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const CheckedEventView event = events.at(i);
        const auto appended = append({ 0, 0, event.stream(), 0, event.type(), event.time(),
            event.id(), event.data(), event.metadata() });
        if (!appended)
            return appended;
        versions.push_back(m_lastVersion);
    }
    return {};
}

/// Reads those of the streams that were there before the load and are met for the first time.
Result<void> PostgresBulkAppend::loadStreams(const std::vector<std::string_view>& names)
{
    if (m_before.position == 0)
        return {};
    std::vector<std::string_view> unknown;
    for (const std::string_view name : names)
        if (const Stream* stream = m_streams.place(name); stream && stream->id == 0)
            unknown.push_back(name);
    if (unknown.empty())
        return {};
    if (const auto ended = endRows(); !ended)
        return ended;
    const auto rows = m_connection->query("SELECT name, id, head_version, head_position FROM stream"
                                          " WHERE name = ANY($1::text[])",
        PostgresParameters().addTexts(unknown), true);
    if (!rows)
        return rows.error();
    for (int row = 0; row < rows->rows(); ++row) {
        Stream* stream = m_streams.place(rows->text(row, 0));
        stream->id = rows->integer(row, 1);
        stream->headVersion = rows->integer(row, 2);
        stream->headPosition = rows->integer(row, 3);
    }
    return {};
}

/// The number of a type or category, made where it is new; `last` counts them.
Result<qint64> PostgresBulkAppend::numberOf(
    Numbers& numbers, std::string_view name, std::string_view sql, qint64& last)
{
    if (const auto known = numbers.find(name); known != numbers.end())
        return known->second;
    qint64 number = 0;
    if (m_before.position > 0) {
        if (const auto ended = endRows(); !ended)
            return ended.error();
        const auto row = m_connection->query(sql, PostgresParameters().addText(name), true);
        if (!row)
            return row.error();
        number = row->number(0);
    }
    if (number == 0)
        number = ++last;
    numbers.emplace(name, number);
    return number;
}

/// Gives a new stream its number and its category.
Result<void> PostgresBulkAppend::complete(Stream& stream, Position position)
{
    const std::string_view category = categoryOf(stream.name());
    const qint64 before = m_head.categories;
    const auto number = numberOf(
        m_categories, category, "SELECT id FROM category WHERE name = $1", m_head.categories);
    if (!number)
        return number.error();
    if (m_head.categories != before)
        m_newCategories.emplace_back(category, position);
    stream.first = position;
    stream.category = static_cast<quint32>(*number);
    stream.id = ++m_head.streams;
    return {};
}

Result<void> PostgresBulkAppend::append(EventView event)
{
    Stream* stream = m_streams.place(event.stream);
    if (!stream)
        return fail({ ErrorCode::Unsupported,
            tr("More than %1 streams are not loaded at once.").arg(StreamTable::maximumStreams) });
    event.position = m_head.position + 1;
    if (stream->id == 0)
        if (const auto completed = complete(*stream, event.position); !completed)
            return fail(completed.error());
    const qint64 before = m_head.types;
    const auto type
        = numberOf(m_types, event.type, "SELECT id FROM event_type WHERE name = $1", m_head.types);
    if (!type)
        return fail(type.error());
    if (m_head.types != before)
        m_newTypes.emplace_back(event.type);
    event.streamId = stream->id;
    event.version = ++stream->headVersion;
    stream->headPosition = event.position;
    m_head.position = event.position;
    m_head.hash = m_chain.next(m_head.hash, event);
    m_lastVersion = event.version;
    write(event, *type);
    const auto sent = sendFew();
    return sent ? sent : fail(sent.error());
}

Result<Appended> PostgresBulkAppend::commit(const CancelToken& cancel, const Progress& progress)
{
    if (m_failure)
        return *m_failure;
    // Of the session: the connection may be lost, and another one take its place.
    const PostgresSessionWatch watch(m_writer, cancel);
    auto committed = [&]() -> Result<Appended> {
        if (const auto sent = sendLast(); !sent)
            return sent.error();
        const qint64 events = m_head.position - m_before.position;
        if (const auto built = m_putOff.putBack(*m_connection, events, progress); !built)
            return built.error();
        if (const auto written = writeNames(cancel); !written)
            return written.error();
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        return finish(progress);
    }();
    if (!committed)
        return fail(committed.error());
    m_failure = Error { ErrorCode::InvalidArgument, tr("The bulk load was committed already.") };
    m_connection = nullptr;
    return committed;
}

Result<Appended> PostgresBulkAppend::finish(const Progress& progress)
{
    progress.begin(Progress::Phase::Saving, 0);
    const QByteArray channel = m_schema.channel();
    std::vector<PostgresConnection::Step> steps { headStep(m_head) };
    if (m_schema.hasNotifications())
        steps.push_back(
            { "SELECT pg_notify($1, '')", PostgresParameters().addText(viewOf(channel)) });
    steps.push_back({ "COMMIT", {} });
    const auto timeout = m_connection->setAnswerTimeout(longWork);
    const auto done = m_connection->run(steps);
    m_connection->setAnswerTimeout(timeout);
    const bool isBroken = m_connection->isBroken();
    if (!done && isBroken) {
        (void)m_writer.noteFailure(done.error());
        m_connection = nullptr;
    }
    // A cancel may have come behind the commit; it is not to be taken for one that came before.
    if (!done && (isBroken || done.error().code == ErrorCode::Cancelled)) {
        if (const auto settled = settle(done.error()); !settled)
            return settled.error();
    } else if (!done) {
        return done.error();
    }
    return Appended { m_before.position + 1, m_head.position, m_lastVersion, false };
}

/// Whether a load is stored whose commit failed so, or got no answer: the log ends, or ended, with
/// its hash. Who cancelled it is told as well, but is not kept waiting for long.
Result<void> PostgresBulkAppend::settle(const Error& failure)
{
    const bool isCancelled = failure.code == ErrorCode::Cancelled;
    const auto patience = isCancelled
        ? std::min<std::chrono::milliseconds>(m_patience, SocketWait::endPatience)
        : m_patience;
    const PostgresDeafness deafness(m_writer);
    const auto connection = m_writer.connection(patience);
    auto stored = connection ? Result(false) : Result<bool>(connection.error());
    if (connection) {
        const auto timeout = (*connection)->setAnswerTimeout(patience);
        if (!isCancelled)
            (*connection)->setAnswerTimeout(timeout);
        stored = isStored(**connection, m_head);
        (*connection)->setAnswerTimeout(timeout);
    }
    if (!stored)
        return Error { stored.error().code,
            tr("%1 Whether the load is stored is not known: it would be events %2 to %3.")
                .arg(stored.error().message)
                .arg(m_before.position + 1)
                .arg(m_head.position) };
    if (*stored || m_head.position == m_before.position)
        return {};
    if (isCancelled)
        return failure;
    return Error { ErrorCode::InputOutput,
        tr("The connection was lost before the load was committed: nothing is stored.") };
}

} // namespace eventloupe
