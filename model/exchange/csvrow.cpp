#include "exchange/csvrow.h"

#include "exchange/exchangetext.h"
#include "exchange/timetext.h"
#include "value/utf8.h"

#include <algorithm>
#include <array>

namespace eventloupe {

CsvRow::Outcome CsvRow::fault(std::size_t offset, const QString& why)
{
    faultOffset = offset;
    reason = why;
    return Outcome::Fault;
}

/// Reads the quoted cell at `length` and stops on what follows its closing quote.
CsvRow::Outcome CsvRow::scanQuoted(std::string_view text, char delimiter, bool complete)
{
    const std::size_t start = length + 1;
    std::string* unescaped = nullptr;
    std::size_t copied = start;
    for (;;) {
        const std::size_t quote = text.find('"', length + 1);
        if (quote == std::string_view::npos || (!complete && quote + 1 == text.size())) {
            if (!complete)
                return Outcome::Incomplete;
            return fault(start - 1, ExchangeText::tr("the quote is never closed"));
        }
        length = quote;
        if (quote + 1 == text.size() || text[quote + 1] != '"')
            break;
        if (!unescaped)
            unescaped = &owned.emplace_back();
        unescaped->append(text.substr(copied, quote + 1 - copied));
        copied = quote + 2;
        ++length;
    }
    if (unescaped)
        unescaped->append(text.substr(copied, length - copied));
    const std::string_view cell
        = unescaped ? std::string_view(*unescaped) : text.substr(start, length - start);
    cells.push_back({ cell, static_cast<qsizetype>(start), true });
    ++length;
    if (length < text.size() && text[length] != delimiter && text[length] != '\n'
        && text[length] != '\r')
        return fault(length, ExchangeText::tr("text follows a closing quote"));
    return Outcome::Row;
}

CsvRow::Outcome CsvRow::scan(std::string_view text, char delimiter, bool complete)
{
    cells.clear();
    owned.clear();
    length = 0;
    const std::array<char, 3> stops { delimiter, '\n', '\r' };
    for (;;) {
        if (cells.size() == maximumCsvColumns)
            return fault(length,
                ExchangeText::tr("the row has more than %1 cells; is it CSV at all?")
                    .arg(maximumCsvColumns));
        if (length < text.size() && text[length] == '"') {
            if (const Outcome outcome = scanQuoted(text, delimiter, complete);
                outcome != Outcome::Row)
                return outcome;
        } else {
            const std::size_t start = length;
            length
                = std::min(text.find_first_of(std::string_view(stops.data(), stops.size()), start),
                    text.size());
            cells.push_back(
                { text.substr(start, length - start), static_cast<qsizetype>(start), false });
        }
        if (length == text.size())
            return complete ? Outcome::Row : Outcome::Incomplete;
        const char stop = text[length++];
        if (stop == delimiter)
            continue;
        if (stop == '\r' && length == text.size() && !complete)
            return Outcome::Incomplete;
        if (stop == '\r' && length < text.size() && text[length] == '\n')
            ++length;
        return Outcome::Row;
    }
}

namespace {

/// How well a delimiter fits: rows that have as many cells as the first, and that number.
std::pair<int, std::size_t> fitOf(std::string_view sample, bool complete, char delimiter)
{
    constexpr int sampledRows = 50;
    CsvRow row;
    std::size_t columns = 0;
    int rows = 0;
    int alike = 0;
    while (!sample.empty() && rows < sampledRows
        && row.scan(sample, delimiter, complete) == CsvRow::Outcome::Row) {
        sample.remove_prefix(row.length);
        if (row.cells.size() == 1 && row.cells[0].text.empty())
            continue;
        if (rows++ == 0)
            columns = row.cells.size();
        alike += row.cells.size() == columns ? 1 : 0;
    }
    // A delimiter that does not occur makes all rows alike; nine in ten alike is a table.
    if (columns < 2)
        return { 0, columns };
    return { alike * 10 >= rows * 9 ? 2 : 1, columns };
}

bool looksLikeValue(std::string_view cell)
{
    if (cell.empty())
        return false;
    const bool number = std::all_of(cell.begin(), cell.end(),
        [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'; });
    return number || TimeText({}).parse(cell).has_value();
}

} // namespace

CsvDialect CsvDialect::detect(std::string_view sample, bool complete, char delimiter)
{
    CsvDialect dialect;
    dialect.delimiter = delimiter ? delimiter : ',';
    if (!delimiter) {
        auto best = fitOf(sample, complete, ',');
        for (const char candidate : { ';', '\t', '|' }) {
            const auto fit = fitOf(sample, complete, candidate);
            if (fit > best) {
                best = fit;
                dialect.delimiter = candidate;
            }
        }
    }
    CsvRow first;
    if (first.scan(sample, dialect.delimiter, complete) == CsvRow::Outcome::Row)
        dialect.hasHeader = std::none_of(first.cells.cbegin(), first.cells.cend(),
            [](const CsvCell& cell) { return looksLikeValue(cell.text); });
    return dialect;
}

std::optional<std::size_t> findUtf8Fault(std::string_view text)
{
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const int length = static_cast<unsigned char>(*at) < 0x80 ? 1 : utf8Length(at, end);
        if (length == 0)
            return static_cast<std::size_t>(at - text.data());
        at += length;
    }
    return std::nullopt;
}

} // namespace eventloupe
