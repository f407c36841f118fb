#include "projection/celltexts.h"

#include "value/json.h"
#include "value/rawjsonpath.h"

#include <array>
#include <charconv>
#include <cstring>

namespace eventloupe {

Cell CellTexts::cellOfJson(std::string_view json, Cell before)
{
    if (before.isFar() && before.tag() != Cell::Tag::FarText && before.farBytes() == json)
        return before;
    switch (json.front()) {
    case '"': {
        std::string buffer;
        const auto text = rawJsonString(json, buffer);
        return text ? cellOfText(*text, before) : Cell();
    }
    case 't':
    case 'f':
        return Cell::ofBool(json.front() == 't');
    case 'n':
        return Cell::null();
    case '[':
    case '{':
        return far(Cell::Tag::FarJson, json);
    default:
        return cellOfNumber(json);
    }
}

Cell CellTexts::cellOfText(std::string_view utf8, Cell before)
{
    if (const auto cell = Cell::ofShortText(utf8))
        return *cell;
    if (before.isFar() && before.tag() == Cell::Tag::FarText && before.farBytes() == utf8)
        return before;
    if (const auto known = m_known.find(utf8); known != m_known.end())
        return known->second;
    const Cell cell = far(Cell::Tag::FarText, utf8);
    if (m_known.size() >= mostKnown)
        m_known.clear();
    if (!m_isFull)
        m_known.emplace(cell.farBytes(), cell);
    return cell;
}

Cell CellTexts::cellOfNumber(std::string_view json)
{
    const char* end = json.data() + json.size();
    qint64 integer = 0;
    if (const auto read = std::from_chars(json.data(), end, integer);
        read.ec == std::errc() && read.ptr == end && json != "-0") {
        if (const auto cell = Cell::ofInteger(integer))
            return *cell;
    }
    double number = 0;
    std::from_chars(json.data(), end, number);
    std::array<char, shortestDouble> text {};
    if (std::string_view(text.data(), writeDouble(text.data(), number)) == json)
        return Cell::ofDouble(number);
    return far(Cell::Tag::FarNumber, json, &number);
}

Cell CellTexts::far(Cell::Tag tag, std::string_view bytes, const double* number)
{
    const auto size = static_cast<quint32>(bytes.size());
    const std::size_t before = number != nullptr ? sizeof *number : 0;
    const std::size_t needed = before + sizeof size + bytes.size();
    if (static_cast<std::size_t>(m_end - m_at) < needed) {
        const qint64 room = std::max(block, static_cast<qint64>(needed));
        m_at = m_file.allocate(room);
        m_end = m_at != nullptr ? m_at + room : nullptr;
        m_isFull = m_isFull || m_at == nullptr;
        if (m_at == nullptr)
            return {};
    }
    if (number != nullptr)
        std::memcpy(m_at, number, before);
    char* at = m_at + before;
    std::memcpy(at, &size, sizeof size);
    std::memcpy(at + sizeof size, bytes.data(), bytes.size());
    m_at += needed;
    return Cell(Cell::tagged(tag, reinterpret_cast<quint64>(at)));
}

} // namespace eventloupe
