// ForeignLog: which rows are final, where a database may show them out of their order.

#include "foreign/foreignlog.h"
#include "foreign/rowreader.h"

#include <algorithm>
#include <span>

namespace eventloupe {

namespace {

std::optional<qint64> numberOf(const ForeignKey& key)
{
    const auto* const number = key.size() == 1 ? std::get_if<qint64>(&key.front()) : nullptr;
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

} // namespace

/// How many of the rows are final: where numbers may become visible out of their order, those
/// behind a gap wait until every transaction that could fill it has ended. Nothing where they have
/// to be read again.
Result<std::optional<std::size_t>> ForeignLog::settledRows(
    ForeignDatabase& database, const std::vector<IndexedRow>& rows, bool isFull)
{
    if (!database.commitsOutOfOrder())
        return std::optional(rows.size());
    if (m_sighted) {
        const auto hasSettled = database.hasSettled(m_sighting);
        if (!hasSettled)
            return hasSettled.error();
        if (*hasSettled) {
            // These rows may have been read before it was so.
            m_settled = m_isPassed ? std::nullopt : m_sighted;
            m_sighted.reset();
            m_hasSettled = true;
            return std::optional<std::size_t>();
        }
    }
    if (rows.empty())
        return std::optional(rows.size());
    const std::size_t settled = rowsUpToSettled(rows, isFull);
    const auto lastKey = m_index.lastKey();
    auto before = lastKey ? numberOf(*lastKey) : std::nullopt;
    std::size_t count = 0;
    for (; count < rows.size(); ++count) {
        const auto number = numberOf(rows[count].key);
        const bool follows = number && before && (*number <= *before || *number - 1 == *before);
        if (!follows && count >= settled)
            break;
        before = number;
    }
    if (m_sighted)
        m_isPassed = m_isPassed
            || std::ranges::any_of(std::span(rows).first(count),
                [this](const IndexedRow& row) { return row.key == *m_sighted; });
    if (count < rows.size() && !m_sighted) {
        const auto sighting = database.sighting();
        if (!sighting)
            return sighting.error();
        m_sighting = *sighting;
        m_sighted = rows.back().key;
        m_isPassed = false;
    }
    return std::optional(count);
}

/// How many of the rows are not behind the key at which all has settled. They come in the
/// database's order, which is asked by the key's own place rather than by comparing.
std::size_t ForeignLog::rowsUpToSettled(const std::vector<IndexedRow>& rows, bool isFull)
{
    if (!m_settled)
        return 0;
    const auto last = std::ranges::find(rows.rbegin(), rows.rend(), *m_settled, &IndexedRow::key);
    if (last == rows.rend() && isFull)
        return rows.size(); // It is in a later page.
    m_settled.reset();
    return static_cast<std::size_t>(rows.rend() - last);
}

/// Notes the last row that is there and waits, while rows are added, until all that could come
/// before it has ended: so that an old log is not waited for gap by gap.
Result<void> ForeignLog::sightAll(ForeignDatabase& database)
{
    if (!database.commitsOutOfOrder()) {
        m_hasSettled = true;
        return {};
    }
    const ForeignValue one = qint64(1);
    const auto read
        = database.select(m_sql.select(m_sql.columns({}), LogSql::Bound::Last, false, false),
            std::span(&one, 1), m_page);
    if (!read)
        return read;
    if (m_page.rows() == 0) {
        m_hasSettled = true;
        return {};
    }
    RowReader reader(profile(), m_sql.columns({}));
    reader.setRow(m_page, 0);
    const auto sighting = database.sighting();
    if (!sighting)
        return sighting.error();
    m_sighting = *sighting;
    m_sighted = reader.key();
    return {};
}

} // namespace eventloupe
