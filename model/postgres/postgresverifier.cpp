#include "postgres/postgresverifier.h"

#include "postgres/postgreseventreader.h"
#include "postgres/postgreswriter.h"
#include "value/json.h"

#include <QCoreApplication>

#include <cstring>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PostgresVerifier", text);
}

QString textOf(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

PostgresVerifier::PostgresVerifier(
    PostgresConnection& connection, HashChain& chain, const Report& report)
    : m_connection(connection)
    , m_chain(chain)
    , m_report(report)
    , m_streamNames(1)
    , m_seen(1)
{
}

void PostgresVerifier::fault(Position position, const QString& message)
{
    m_report({ position, message });
}

Result<qint64> PostgresVerifier::run(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    const PostgresWatch watch(m_connection, cancel);
    if (const auto begun = m_connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        !begun)
        return begun.error();
    auto read = this->read(cancel, progress);
    m_connection.watch(nullptr);
    rollBack(m_connection);
    m_connection.watch(&cancel);
    return read;
}

Result<qint64> PostgresVerifier::read(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    if (const auto names = readNames(); !names)
        return names.error();
    if (const auto events = readEvents(cancel, progress); !events)
        return events.error();
    for (const auto& check : { checkStreams(), checkCategories(), checkHead() })
        if (!check)
            return check.error();
    return m_read;
}

Result<void> PostgresVerifier::readNames()
{
    const auto types = m_connection.query("SELECT id, name FROM event_type");
    if (!types)
        return types.error();
    for (int row = 0; row < types->rows(); ++row)
        m_typeNames.insert(types->integer(row, 0), std::string(types->text(row, 1)));
    return m_connection.stream(
        "SELECT id, name FROM stream ORDER BY id", {}, [this](const PostgresResult& row) {
            const auto id = row.integer(0, 0);
            if (id == static_cast<StreamId>(m_streamNames.size()))
                m_streamNames.emplace_back(row.text(0, 1));
            return true;
        });
}

Result<void> PostgresVerifier::readEvents(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    PostgresBlockSize size;
    Position next = std::numeric_limits<Position>::min();
    for (;;) {
        const int limit = size.rows();
        const auto rows = m_connection.query(
            "SELECT position, stream_id, version, type_id, time, id, hash, data, metadata"
            " FROM event WHERE position >= $1 ORDER BY position LIMIT $2",
            PostgresParameters().add(next).add(limit), true);
        if (!rows)
            return rows.error();
        for (int row = 0; row < rows->rows(); ++row) {
            if (cancel.isCancelled())
                return Error { ErrorCode::Cancelled, tr("cancelled") };
            checkEvent(*rows, row);
        }
        if (progress)
            progress(m_last);
        if (rows->rows() < limit)
            return {};
        next = m_last + 1;
        size.note(*rows);
    }
}

void PostgresVerifier::checkEvent(const PostgresResult& rows, int row)
{
    EventView event;
    event.position = rows.integer(row, 0);
    event.streamId = rows.integer(row, 1);
    const auto stream = static_cast<std::size_t>(event.streamId);
    const bool hasStream = event.streamId > 0 && stream < m_streamNames.size();
    if (hasStream)
        event.stream = m_streamNames[stream];
    event.version = rows.integer(row, 2);
    const auto type = m_typeNames.constFind(rows.integer(row, 3));
    if (type != m_typeNames.constEnd())
        event.type = *type;
    event.time.microseconds = rows.integer(row, 4);
    event.id = rows.text(row, 5);
    const QByteArray hash = rows.bytes(row, 6);
    event.data = rows.text(row, 7);
    event.metadata = rows.text(row, 8);
    if (event.position != m_last + 1)
        fault(event.position,
            tr("Events %1 to %2 are missing.").arg(m_last + 1).arg(event.position - 1));
    if (type == m_typeNames.constEnd())
        fault(event.position, tr("Event %1 has an unknown type.").arg(event.position));
    const EventHash expected = m_chain.next(m_hash, event);
    const bool isHash = static_cast<std::size_t>(hash.size()) == expected.size();
    if (!isHash || std::memcmp(hash.constData(), expected.data(), expected.size()) != 0)
        fault(event.position,
            tr("Event %1 does not fit the hash chain: it, or the event before it, was changed.")
                .arg(event.position));
    // On from what is stored, so that one changed event is one fault.
    m_hash = expected;
    if (isHash)
        std::memcpy(m_hash.data(), hash.constData(), m_hash.size());
    if (hasStream)
        checkPlace(event.position, event.streamId, event.version);
    else
        fault(event.position, tr("Event %1 has an unknown stream.").arg(event.position));
    checkPayload(event.position, event.data, QStringLiteral("data"));
    checkPayload(event.position, event.metadata, QStringLiteral("metadata"));
    m_last = event.position;
    ++m_read;
}

void PostgresVerifier::checkPayload(
    Position position, std::string_view payload, const QString& name)
{
    if (const auto found = findJsonFault(payload))
        fault(position,
            tr("The %1 of event %2 is not JSON: byte %3: %4")
                .arg(name)
                .arg(position)
                .arg(found->offset)
                .arg(found->reason));
}

void PostgresVerifier::checkPlace(Position position, StreamId stream, StreamVersion version)
{
    const auto id = static_cast<std::size_t>(stream);
    if (id > m_seen.size()) {
        fault(position,
            tr("Event %1 is in stream number %2, which is not the next new one.")
                .arg(position)
                .arg(stream));
        return;
    }
    if (id == m_seen.size())
        m_seen.push_back({ 0, position, 0 });
    Seen& seen = m_seen[id];
    if (version != seen.version + 1)
        fault(position,
            tr("Event %1 has version %2 of stream %3, where version %4 is due.")
                .arg(position)
                .arg(version)
                .arg(textOf(m_streamNames[id]))
                .arg(seen.version + 1));
    seen.version = version;
    seen.last = position;
}

Result<void> PostgresVerifier::checkHead()
{
    const auto row
        = m_connection.query("SELECT position, hash, streams, categories, types FROM head");
    if (!row)
        return row.error();
    const PostgresHead head = PostgresHead::of(*row);
    if (row->rows() != 1 || head.position != m_last)
        fault(m_last,
            tr("The store says that its log ends at event %1; it ends at event %2.")
                .arg(head.position)
                .arg(m_last));
    else if (head.hash != m_hash)
        fault(m_last, tr("The store's last hash is not that of event %1.").arg(m_last));
    if (head.streams != m_lastStream || head.categories != m_categories.size()
        || head.types != m_typeNames.size())
        fault(0,
            tr("The store counts %1 streams, %2 categories and %3 types; there are %4, %5 and %6.")
                .arg(head.streams)
                .arg(head.categories)
                .arg(head.types)
                .arg(m_lastStream)
                .arg(m_categories.size())
                .arg(m_typeNames.size()));
    return {};
}

Result<void> PostgresVerifier::checkStreams()
{
    const auto read = m_connection.stream(
        "SELECT s.id, s.name, s.category_id, c.name, s.category_rank, s.first_position,"
        " s.head_version, s.head_position"
        " FROM stream s LEFT JOIN category c ON c.id = s.category_id ORDER BY s.id",
        {}, [this](const PostgresResult& row) {
            checkStream(row);
            return true;
        });
    if (read && static_cast<std::size_t>(m_lastStream) + 1 < m_seen.size())
        fault(0, tr("Streams %1 and later have events, but no entry.").arg(m_lastStream + 1));
    return read;
}

void PostgresVerifier::checkStream(const PostgresResult& row)
{
    const StreamId id = row.integer(0, 0);
    const QString name = row.string(0, 1);
    const Seen seen = id > 0 && static_cast<std::size_t>(id) < m_seen.size()
        ? m_seen[static_cast<std::size_t>(id)]
        : Seen {};
    if (id != m_lastStream + 1)
        fault(seen.first,
            tr("Stream %1 has number %2, where %3 is due.")
                .arg(name)
                .arg(id)
                .arg(m_lastStream + 1));
    m_lastStream = id;
    if (row.integer(0, 5) != seen.first || row.integer(0, 6) != seen.version
        || row.integer(0, 7) != seen.last)
        fault(seen.first,
            tr("The entry of stream %1 says version %2 at event %3; its events say version %4 at "
               "event %5.")
                .arg(name)
                .arg(row.integer(0, 6))
                .arg(row.integer(0, 7))
                .arg(seen.version)
                .arg(seen.last));
    if (row.string(0, 3) != categoryOf(name))
        fault(seen.first, tr("Stream %1 is filed under category %2.").arg(name, row.string(0, 3)));
    auto category = m_categories.find(row.integer(0, 2));
    if (category == m_categories.end())
        category = m_categories.insert(row.integer(0, 2), { row.integer(0, 5), 0 });
    if (row.integer(0, 4) != ++category->second)
        fault(seen.first,
            tr("Stream %1 has place %2 in its category, where %3 is due.")
                .arg(name)
                .arg(row.integer(0, 4))
                .arg(category->second));
}

Result<void> PostgresVerifier::checkCategories()
{
    const auto rows
        = m_connection.query("SELECT id, name, first_position FROM category ORDER BY id");
    if (!rows)
        return rows.error();
    for (int row = 0; row < rows->rows(); ++row) {
        const qint64 id = rows->integer(row, 0);
        const Position first = m_categories.value(id).first;
        if (id != row + 1 || rows->integer(row, 2) != first)
            fault(first,
                tr("The entry of category %1 says that it begins at event %2.")
                    .arg(rows->string(row, 1))
                    .arg(rows->integer(row, 2)));
    }
    return {};
}

} // namespace eventloupe
