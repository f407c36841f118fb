#include "server/mysqlrows.h"

#include <QByteArray>

#include <charconv>
#include <optional>

namespace eventloupe {

namespace {

std::optional<qint64> wholeNumber(std::string_view text)
{
    qint64 number = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return std::nullopt;
    return number;
}

/// Of a BIT column; nothing where it does not fit.
std::optional<qint64> numberOfBits(std::string_view bytes)
{
    constexpr int bitsOfByte = 8;
    quint64 number = 0;
    for (const char byte : bytes)
        number = (number << bitsOfByte) | static_cast<unsigned char>(byte);
    const auto result = static_cast<qint64>(number);
    return result < 0 ? std::nullopt : std::optional(result);
}

void copyValue(MysqlKind kind, std::string_view text, RowPage& page)
{
    switch (kind) {
    case MysqlKind::Real:
        page.addReal(QByteArray(text.data(), static_cast<qsizetype>(text.size())).toDouble());
        return;
    case MysqlKind::Bytes:
        page.addBytes(RowPage::Kind::Blob, text);
        return;
    case MysqlKind::Integer:
    case MysqlKind::Decimal:
    case MysqlKind::Bits: {
        const auto number = kind == MysqlKind::Bits ? numberOfBits(text) : wholeNumber(text);
        if (number) {
            page.addInteger(*number);
            return;
        }
        page.addBytes(kind == MysqlKind::Bits ? RowPage::Kind::Blob : RowPage::Kind::Text, text);
        return;
    }
    default:
        page.addBytes(RowPage::Kind::Text, text);
    }
}

} // namespace

void copyRow(const MysqlRow& row, RowPage& page)
{
    for (int column = 0; column < row.columns(); ++column) {
        if (row.isNull(column))
            page.addNull();
        else
            copyValue(row.kind(column), row.text(column), page);
    }
}

} // namespace eventloupe
