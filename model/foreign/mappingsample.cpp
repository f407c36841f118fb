#include "foreign/mappingsample.h"

#include "encoding/payloaddecoder.h"
#include "foreign/foreignsql.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <algorithm>
#include <map>

namespace eventloupe {

namespace {

constexpr int rowsLookedAt = 100;
constexpr std::size_t deepestMember = 3;
constexpr std::size_t mostMembers = 200; ///< Of a column.

JsonValue cellOf(const RowPage& page, std::size_t row, int column)
{
    std::string buffer;
    switch (page.kind(row, column)) {
    case RowPage::Kind::Null:
        return {};
    case RowPage::Kind::Integer:
        return JsonValue::fromInt(page.integer(row, column));
    case RowPage::Kind::Real:
        return JsonValue::fromDouble(page.real(row, column));
    default: {
        const auto text = page.text(row, column, buffer);
        return JsonValue::fromString(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    }
    }
}

/// The documents of a column, one a row; null where it holds none.
std::vector<JsonValue> documentsOf(const RowPage& page, int column)
{
    const PayloadDecoder decoder;
    std::vector<JsonValue> documents(page.rows());
    for (std::size_t row = 0; row < page.rows(); ++row) {
        const auto kind = page.kind(row, column);
        if (kind != RowPage::Kind::Text && kind != RowPage::Kind::Blob)
            continue;
        const Decoded decoded = decoder.decode(page.bytes(row, column));
        auto parsed = decoded.readable ? parseJson(viewOf(decoded.json)) : JsonValue();
        if (parsed && (parsed->isObject() || parsed->isArray()))
            documents[row] = std::move(*parsed);
    }
    return documents;
}

/// Scalars by their place.
class Members {
public:
    explicit Members(std::size_t rows)
        : m_rows(rows)
    {
    }
    void add(std::size_t row, const JsonValue& value, const QList<QByteArray>& place)
    {
        if (value.isObject()) {
            if (static_cast<std::size_t>(place.size()) < deepestMember)
                for (const JsonValue::Member& member : value.members())
                    add(row, member.value, place + QList { member.key });
            return;
        }
        if (value.isArray() || place.isEmpty())
            return;
        const auto known = m_values.find(place);
        if (known == m_values.end() && m_values.size() >= mostMembers)
            return;
        auto& values = known == m_values.end() ? m_values[place] : known->second;
        values.resize(m_rows);
        values[row] = value;
    }
    [[nodiscard]] const std::map<QList<QByteArray>, std::vector<JsonValue>>& values() const
    {
        return m_values;
    }

private:
    std::size_t m_rows;
    std::map<QList<QByteArray>, std::vector<JsonValue>> m_values;
};

void addDocuments(MappingSample& sample, const RowPage& page, int column, const QString& name)
{
    const auto documents = documentsOf(page, column);
    const auto there = std::ranges::count_if(
        documents, [](const JsonValue& document) { return !document.isNull(); });
    if (static_cast<std::size_t>(there) * 2 <= page.rows())
        return;
    sample.documents.append(name);
    Members members(page.rows());
    for (std::size_t row = 0; row < documents.size(); ++row)
        members.add(row, documents[row], {});
    for (const auto& [place, values] : members.values()) {
        SampledField member;
        member.field.column.name = name;
        member.field.pointer = place;
        member.name = QString::fromUtf8(place.last());
        member.values = values;
        sample.members.push_back(std::move(member));
    }
}

} // namespace

const SampledField* MappingSample::column(const QString& name) const
{
    const auto found = std::ranges::find(columns, name, &SampledField::name);
    return found == columns.end() ? nullptr : &*found;
}

Result<MappingSample> sampleOf(ForeignDatabase& database, const ForeignTable& table)
{
    MappingSample sample;
    std::string sql;
    for (const ForeignColumn& column : table.columns)
        sql += (sql.empty() ? "SELECT " : ", ") + quoted(database.engine(), column.name);
    if (sql.empty())
        return sample;
    const ForeignValue limit = qint64(rowsLookedAt);
    RowPage page;
    const auto read = database.select(sql + " FROM " + tableName(database.engine(), table)
            + " LIMIT " + placeholder(database.engine(), 1),
        std::span(&limit, 1), page);
    if (!read)
        return read.error();
    int index = 0;
    for (const ForeignColumn& column : table.columns) {
        SampledField field;
        field.field.column.name = column.name;
        field.name = column.name;
        for (std::size_t row = 0; row < page.rows(); ++row)
            field.values.push_back(cellOf(page, row, index));
        sample.columns.push_back(std::move(field));
        addDocuments(sample, page, index++, column.name);
    }
    return sample;
}

} // namespace eventloupe
