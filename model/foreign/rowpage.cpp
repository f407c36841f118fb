#include "foreign/rowpage.h"

#include "value/utf8.h"
#include "value/uuid.h"

#include <bit>
#include <charconv>

namespace eventloupe {

namespace {

std::string hexOf(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .toHex()
        .toStdString();
}

std::string blobText(std::string_view bytes)
{
    if (bytes.size() == 16)
        return unpackUuid(reinterpret_cast<const unsigned char*>(bytes.data())).toStdString();
    return isUtf8(bytes) ? std::string(bytes) : hexOf(bytes);
}

std::string realText(double value)
{
    return QByteArray::number(value, 'g', 17).toStdString();
}

} // namespace

void RowPage::begin(int columns)
{
    m_columns = columns;
    m_isCut = false;
    m_cells.clear();
    m_bytes.clear();
}

void RowPage::addReal(double value)
{
    m_cells.push_back({ std::bit_cast<qint64>(value), 0, Kind::Real });
}

void RowPage::addBytes(Kind kind, std::string_view bytes)
{
    m_cells.push_back({ static_cast<qint64>(m_bytes.size()), bytes.size(), kind });
    m_bytes.append(bytes);
}

qint64 RowPage::integer(std::size_t row, int column) const
{
    const Cell& cell = at(row, column);
    switch (cell.kind) {
    case Kind::Integer:
        return cell.number;
    case Kind::Real:
        return static_cast<qint64>(std::bit_cast<double>(cell.number));
    case Kind::Text: {
        const std::string_view text = bytes(row, column);
        qint64 number = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
        return parsed.ec == std::errc() ? number : 0;
    }
    default:
        return 0;
    }
}

double RowPage::real(std::size_t row, int column) const
{
    const Cell& cell = at(row, column);
    if (cell.kind == Kind::Real)
        return std::bit_cast<double>(cell.number);
    if (cell.kind == Kind::Text)
        return QByteArray::fromStdString(std::string(bytes(row, column))).toDouble();
    return static_cast<double>(integer(row, column));
}

std::string_view RowPage::bytes(std::size_t row, int column) const
{
    const Cell& cell = at(row, column);
    if (cell.kind != Kind::Text && cell.kind != Kind::Blob)
        return {};
    return { m_bytes.data() + cell.number, cell.size };
}

ForeignValue RowPage::value(std::size_t row, int column) const
{
    const std::string_view view = bytes(row, column);
    const QByteArray copy(view.data(), static_cast<qsizetype>(view.size()));
    switch (kind(row, column)) {
    case Kind::Integer:
        return integer(row, column);
    case Kind::Real:
        return real(row, column);
    case Kind::Text:
        return copy;
    case Kind::Blob:
        return ForeignBlob { copy };
    default:
        return std::monostate();
    }
}

std::string_view RowPage::text(std::size_t row, int column, std::string& buffer) const
{
    switch (kind(row, column)) {
    case Kind::Integer:
        buffer = std::to_string(integer(row, column));
        return buffer;
    case Kind::Real:
        buffer = realText(real(row, column));
        return buffer;
    case Kind::Text:
        if (isUtf8(bytes(row, column)))
            return bytes(row, column);
        [[fallthrough]];
    case Kind::Blob:
        buffer = blobText(bytes(row, column));
        return buffer;
    default:
        return {};
    }
}

std::string textOf(const ForeignValue& value)
{
    if (const auto* number = std::get_if<qint64>(&value))
        return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value))
        return realText(*real);
    if (const auto* text = std::get_if<QByteArray>(&value))
        return text->toStdString();
    if (const auto* blob = std::get_if<ForeignBlob>(&value))
        return blobText(blob->bytes.toStdString());
    return {};
}

} // namespace eventloupe
