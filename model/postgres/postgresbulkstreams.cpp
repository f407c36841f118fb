// PostgresBulkAppend: types, categories and streams, which are written last.

#include "postgres/postgresbulkappend.h"

#include "postgres/postgrescopytext.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {
constexpr std::size_t updatesAtOnce = 1'000;
constexpr std::size_t bytesAtOnce = std::size_t(4) << 20;
constexpr const char* streamColumns
    = "stream(id, name, category_id, category_rank, first_position, head_version, head_position)";
} // namespace

Result<void> PostgresBulkAppend::writeNames(const CancelToken& cancel)
{
    std::string rows;
    for (std::size_t i = 0; i < m_newTypes.size(); ++i)
        PostgresCopyText(rows)
            .add(m_before.types + 1 + static_cast<qint64>(i))
            .addText(m_newTypes[i])
            .end();
    if (const auto copied = copy("event_type(id, name)", rows); !copied)
        return copied;
    rows.clear();
    for (std::size_t i = 0; i < m_newCategories.size(); ++i)
        PostgresCopyText(rows)
            .add(m_before.categories + 1 + static_cast<qint64>(i))
            .addText(m_newCategories[i].first)
            .add(m_newCategories[i].second)
            .end();
    if (const auto copied = copy("category(id, name, first_position)", rows); !copied)
        return copied;
    return writeStreams(cancel);
}

Result<void> PostgresBulkAppend::writeStreams(const CancelToken& cancel)
{
    std::string rows;
    std::vector<const Stream*> changed;
    for (const Stream& stream : m_streams.streams()) {
        if (!stream.isNew()) {
            changed.push_back(&stream);
            continue;
        }
        const auto [rank, isNew] = m_ranks.try_emplace(stream.category, 0);
        if (isNew && m_before.position > 0) {
            const auto counted
                = m_connection->query("SELECT category_rank FROM stream WHERE category_id = $1"
                                      " ORDER BY category_rank DESC LIMIT 1",
                    PostgresParameters().add(stream.category), true);
            if (!counted)
                return counted.error();
            rank->second = counted->number(0);
        }
        PostgresCopyText row(rows);
        row.add(stream.id).addText(stream.name()).add(stream.category).add(++rank->second);
        row.add(stream.first).add(stream.headVersion).add(stream.headPosition).end();
        if (rows.size() < bytesAtOnce)
            continue;
        if (const auto copied = copy(streamColumns, rows); !copied)
            return copied;
        rows.clear();
    }
    if (const auto copied = copy(streamColumns, rows); !copied)
        return copied;
    for (std::size_t first = 0; first < changed.size(); first += updatesAtOnce) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled,
                QCoreApplication::translate("Postgres", "cancelled") };
        const std::size_t count = std::min(updatesAtOnce, changed.size() - first);
        if (const auto updated = updateStreams(changed, first, count); !updated)
            return updated;
    }
    return {};
}

Result<void> PostgresBulkAppend::updateStreams(
    const std::vector<const Stream*>& changed, std::size_t first, std::size_t count)
{
    std::vector<qint64> ids;
    std::vector<qint64> versions;
    std::vector<qint64> positions;
    for (std::size_t i = first; i < first + count; ++i) {
        ids.push_back(changed[i]->id);
        versions.push_back(changed[i]->headVersion);
        positions.push_back(changed[i]->headPosition);
    }
    const auto updated = m_connection->query(
        "UPDATE stream SET head_version = n.version, head_position = n.position FROM"
        " (SELECT unnest($1::bigint[]) AS id, unnest($2::bigint[]) AS version,"
        " unnest($3::bigint[]) AS position) n WHERE stream.id = n.id",
        PostgresParameters().addNumbers(ids).addNumbers(versions).addNumbers(positions), true);
    return updated ? Result<void>() : updated.error();
}

} // namespace eventloupe
