#include "exchange/csvguard.h"

namespace eventloupe {

namespace {

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

/// [+-] digits [. digits] [e [+-] digits], as spreadsheets read a number.
bool isNumber(std::string_view cell)
{
    std::size_t at = !cell.empty() && (cell[0] == '+' || cell[0] == '-') ? 1 : 0;
    std::size_t end = skipDigits(cell, at);
    if (end == at)
        return false;
    if (end < cell.size() && cell[end] == '.') {
        at = end + 1;
        end = skipDigits(cell, at);
        if (end == at)
            return false;
    }
    if (end < cell.size() && (cell[end] == 'e' || cell[end] == 'E')) {
        at = end + 1;
        if (at < cell.size() && (cell[at] == '+' || cell[at] == '-'))
            ++at;
        end = skipDigits(cell, at);
        if (end == at)
            return false;
    }
    return end == cell.size();
}

bool beginsFormula(std::string_view cell)
{
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
}

/// Apostrophes and then what begins a formula.
bool looksGuarded(std::string_view cell)
{
    const std::size_t inside = cell.find_first_not_of('\'');
    return inside != 0 && inside != std::string_view::npos && beginsFormula(cell.substr(inside));
}

} // namespace

bool needsGuard(std::string_view cell)
{
    return (beginsFormula(cell) && !isNumber(cell)) || looksGuarded(cell);
}

std::string_view withoutGuard(std::string_view cell)
{
    return looksGuarded(cell) ? cell.substr(1) : cell;
}

} // namespace eventloupe
