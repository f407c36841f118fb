#include "exchange/celltext.h"

#include "exchange/rawjson.h"
#include "value/json.h"

#include <charconv>

namespace eventloupe {

namespace {

/// JSON's grammar of a number, within the range that comes back as it is.
bool isExactNumber(std::string_view cell)
{
    const char first = cell.empty() ? '\0' : cell.front();
    if (first != '-' && (first < '0' || first > '9'))
        return false;
    if (cell.size() > 40 || findJsonFault(cell) || trimmedJson(cell).size() != cell.size())
        return false;
    if (cell.find_first_of(".eE") != std::string_view::npos)
        return true;
    qint64 small = 0;
    quint64 large = 0;
    const char* end = cell.data() + cell.size();
    return std::from_chars(cell.data(), end, small).ec == std::errc()
        || std::from_chars(cell.data(), end, large).ec == std::errc();
}

bool isPlainValue(std::string_view cell)
{
    return cell == "true" || cell == "false" || isExactNumber(cell);
}

} // namespace

void appendCellValue(QByteArray& out, std::string_view cell)
{
    if (isPlainValue(cell))
        out.append(cell.data(), static_cast<qsizetype>(cell.size()));
    else
        appendJsonString(out, cell);
}

bool isJsonCell(std::string_view cell)
{
    const std::string_view text = trimmedJson(cell);
    if (text.empty())
        return false;
    return text.front() == '{' || text.front() == '[' || text.front() == '"' || text == "null"
        || isPlainValue(text);
}

} // namespace eventloupe
