#include "server/postgresrows.h"

#include "value/event.h"

#include <charconv>

namespace eventloupe {

namespace {

// Numbers of types in pg_type, which never change (PostgreSQL: src/include/catalog/pg_type.dat).
constexpr quint32 boolType = 16;
constexpr quint32 byteaType = 17;
constexpr quint32 int8Type = 20;
constexpr quint32 int2Type = 21;
constexpr quint32 int4Type = 23;
constexpr quint32 oidType = 26;
constexpr quint32 float4Type = 700;
constexpr quint32 float8Type = 701;
constexpr quint32 numericType = 1700;

bool addWholeNumber(std::string_view text, RowPage& page)
{
    qint64 number = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return false;
    page.addInteger(number);
    return true;
}

void copyValue(const PostgresResult& rows, int row, int column, RowPage& page)
{
    const std::string_view text = rows.text(row, column);
    switch (rows.columnType(column)) {
    case boolType:
        page.addInteger(text == "t" ? 1 : 0);
        return;
    case byteaType:
        page.addBytes(RowPage::Kind::Blob, viewOf(rows.bytes(row, column)));
        return;
    case float4Type:
    case float8Type:
        page.addReal(QByteArray(text.data(), static_cast<qsizetype>(text.size())).toDouble());
        return;
    case int8Type:
    case int2Type:
    case int4Type:
    case oidType:
    case numericType:
        if (addWholeNumber(text, page))
            return;
        [[fallthrough]];
    default:
        page.addBytes(RowPage::Kind::Text, text);
    }
}

} // namespace

void copyRow(const PostgresResult& rows, int row, RowPage& page)
{
    for (int column = 0; column < rows.columns(); ++column) {
        if (rows.isNull(row, column))
            page.addNull();
        else
            copyValue(rows, row, column, page);
    }
}

PostgresParameters toParameters(std::span<const ForeignValue> values)
{
    PostgresParameters parameters;
    for (const ForeignValue& value : values) {
        if (const auto* number = std::get_if<qint64>(&value))
            parameters.add(*number);
        else if (const auto* real = std::get_if<double>(&value))
            parameters.addText(viewOf(QByteArray::number(*real, 'g', 17)));
        else if (const auto* text = std::get_if<QByteArray>(&value))
            parameters.addText(viewOf(*text));
        else if (const auto* blob = std::get_if<ForeignBlob>(&value))
            parameters.addBytes(viewOf(blob->bytes));
        else
            parameters.addNull();
    }
    return parameters;
}

} // namespace eventloupe
