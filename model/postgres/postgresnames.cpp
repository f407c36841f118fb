#include "postgres/postgresnames.h"

#include <algorithm>

namespace eventloupe {

Result<void> PostgresNames::learnStreams(const PostgresResult& rows, int column)
{
    std::vector<qint64> unknown;
    StreamId last = 0;
    for (int row = 0; row < rows.rows(); ++row) {
        const StreamId id = rows.integer(row, column);
        if (id != std::exchange(last, id) && !m_streams.contains(id))
            unknown.push_back(id);
    }
    if (unknown.empty())
        return {};
    std::sort(unknown.begin(), unknown.end());
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    if (m_streams.size() + unknown.size() > mostStreams) {
        m_streams.clear();
        return learnStreams(rows, column);
    }
    const auto names = m_session.read("SELECT id, name FROM stream WHERE id = ANY($1::bigint[])",
        PostgresParameters().addNumbers(unknown));
    if (!names)
        return names.error();
    for (int row = 0; row < names->rows(); ++row)
        m_streams.emplace(names->integer(row, 0), names->text(row, 1));
    return {};
}

Result<void> PostgresNames::readTypes()
{
    const auto types = m_session.read("SELECT id, name FROM event_type WHERE id > $1 ORDER BY id",
        PostgresParameters().add(m_lastType));
    if (!types)
        return types.error();
    for (int row = 0; row < types->rows(); ++row) {
        m_lastType = types->integer(row, 0);
        m_types.insert_or_assign(
            m_lastType, Type { std::string(types->text(row, 1)), types->string(row, 1) });
    }
    return {};
}

Result<void> PostgresNames::learnTypes(const PostgresResult& rows, int column)
{
    qint64 newest = 0;
    for (int row = 0; row < rows.rows(); ++row)
        newest = std::max(newest, rows.integer(row, column));
    return newest > m_lastType ? readTypes() : Result<void>();
}

std::string_view PostgresNames::stream(StreamId id) const
{
    const auto found = m_streams.find(id);
    return found == m_streams.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view PostgresNames::type(qint64 id) const
{
    const auto found = m_types.find(id);
    return found == m_types.end() ? std::string_view() : std::string_view(found->second.utf8);
}

QString PostgresNames::typeText(qint64 id) const
{
    const auto found = m_types.find(id);
    return found == m_types.end() ? QString() : found->second.text;
}

Result<qint64> PostgresNames::typeNumber(const QString& name)
{
    const auto find = [this, &name]() -> qint64 {
        for (const auto& [id, type] : m_types)
            if (type.text == name)
                return id;
        return 0;
    };
    if (const qint64 known = find(); known > 0)
        return known;
    if (const auto read = readTypes(); !read)
        return read.error();
    return find();
}

} // namespace eventloupe
