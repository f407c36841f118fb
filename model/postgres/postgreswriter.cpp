#include "postgres/postgreswriter.h"

#include <cstring>

namespace eventloupe {

PostgresHead PostgresHead::of(const PostgresResult& row)
{
    PostgresHead head;
    if (row.rows() == 0)
        return head;
    head.position = row.integer(0, 0);
    const QByteArray hash = row.bytes(0, 1);
    if (static_cast<std::size_t>(hash.size()) == head.hash.size())
        std::memcpy(head.hash.data(), hash.constData(), head.hash.size());
    head.streams = row.integer(0, 2);
    head.categories = row.integer(0, 3);
    head.types = row.integer(0, 4);
    return head;
}

PostgresConnection::Step headStep(const PostgresHead& head)
{
    return { "UPDATE head SET position = $1, hash = $2, streams = $3, categories = $4, types = $5",
        PostgresParameters()
            .add(head.position)
            .addBytes(viewOf(head.hash))
            .add(head.streams)
            .add(head.categories)
            .add(head.types) };
}

std::string_view viewOf(const EventHash& hash)
{
    return { reinterpret_cast<const char*>(hash.data()), hash.size() };
}

Result<bool> isStored(PostgresConnection& connection, const PostgresHead& head)
{
    rollBack(connection);
    const auto found = connection.run({ { beginSql, {} }, { lockHeadSql, {} },
        { "SELECT hash FROM event WHERE position = $1", PostgresParameters().add(head.position) },
        { "ROLLBACK", {} } });
    if (!found)
        return found.error();
    const PostgresResult& row = found->at(2);
    return row.rows() == 1 && row.bytes(0, 0) == toBytes(viewOf(head.hash));
}

void rollBack(PostgresConnection& connection)
{
    if (!connection.isBroken() && connection.isInTransaction())
        (void)connection.execute("ROLLBACK");
}

} // namespace eventloupe
