// PostgresBulkAppend: the rows of events on their way to the server.

#include "postgres/postgresbulkappend.h"

#include "postgres/postgrescopytext.h"

#include <utility>

namespace eventloupe {

namespace {

/// The first COPY is begun when so many bytes wait: a load that is shorter is done with at once.
constexpr std::size_t firstAtOnce = std::size_t(4) << 20;
/// Then so many are sent at a time, which a socket takes while the server works off those before.
constexpr std::size_t rowsAtOnce = std::size_t(1) << 18;
/// A COPY is ended after so many: what the server refuses, it tells only then.
constexpr std::size_t mostInOneCopy = std::size_t(64) << 20;
constexpr const char* rowColumns
    = "event(position, stream_id, version, type_id, time, id, hash, data, metadata)";

QByteArray copyInto(const QByteArray& columns)
{
    return "COPY " + columns + " FROM STDIN";
}

} // namespace

void PostgresBulkAppend::write(const EventView& event, qint64 type)
{
    PostgresCopyText row(m_rows);
    row.add(event.position).add(event.streamId).add(event.version).add(type);
    row.add(event.time.microseconds).addText(event.id).addBytes(viewOf(m_head.hash));
    row.addText(event.data).addText(event.metadata).end();
}

/// Sends the rows that wait if they are enough, and leaves the COPY open.
Result<void> PostgresBulkAppend::sendFew()
{
    if (m_rows.size() < (m_wasSent ? rowsAtOnce : firstAtOnce))
        return {};
    const bool isFirst = !std::exchange(m_wasSent, true);
    if (isFirst && m_before.position == 0 && m_schema.engine == PostgresEngine::PostgreSql)
        if (const auto taken = m_putOff.take(*m_connection); !taken)
            return taken;
    return send();
}

/// What is left when no more comes. What never was enough to be sent goes by itself.
Result<void> PostgresBulkAppend::sendLast()
{
    if (!m_connection->isCopying())
        return copy(rowColumns, m_rows);
    const auto sent = send();
    return sent ? endRows() : sent;
}

Result<void> PostgresBulkAppend::send()
{
    if (!m_connection->isCopying()) {
        m_inCopy = 0;
        if (const auto begun = m_connection->beginCopy(copyInto(rowColumns)); !begun)
            return begun;
    }
    const auto put = m_connection->putCopy(m_rows);
    m_inCopy += m_rows.size();
    m_rows.clear();
    return put && m_inCopy >= mostInOneCopy ? endRows() : put;
}

/// Ends the COPY of rows, if one is open: nothing else can be asked while it is.
Result<void> PostgresBulkAppend::endRows()
{
    if (!m_connection->isCopying())
        return {};
    const auto ended = m_connection->endCopy();
    return ended ? Result<void>() : ended.error();
}

Result<void> PostgresBulkAppend::copy(const QByteArray& into, std::string_view rows)
{
    if (rows.empty())
        return {};
    if (const auto begun = m_connection->beginCopy(copyInto(into)); !begun)
        return begun;
    if (const auto put = m_connection->putCopy(rows); !put)
        return put;
    const auto copied = m_connection->endCopy();
    return copied ? Result<void>() : copied.error();
}

} // namespace eventloupe
