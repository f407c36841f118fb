#include "exchange/csvwriter.h"

#include "exchange/csvguard.h"
#include "exchange/csvreader.h"
#include "exchange/texttail.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// More than the numbers, the time, commas and the line's end take.
constexpr std::size_t mostBeside = 128;

constexpr std::size_t mostOfCell(std::string_view cell)
{
    return 2 * cell.size() + 3;
}

bool isBare(std::string_view cell)
{
    return std::none_of(cell.begin(), cell.end(),
        [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}

void putCell(TextTail& tail, std::string_view cell)
{
    const bool guarded = needsGuard(cell);
    if (!guarded && isBare(cell))
        return tail.put(cell);
    tail.put('"');
    if (guarded)
        tail.put('\'');
    tail.putQuotesDoubled(cell);
    tail.put('"');
}

} // namespace

void CsvWriter::begin(QByteArray& out)
{
    out += ownCsvColumns().join(QLatin1Char(',')).toUtf8() + "\r\n";
}

void CsvWriter::join(QByteArray&, bool) { }

void CsvWriter::write(QByteArray& out, const EventView& event)
{
    TextTail tail(out,
        mostBeside + mostOfCell(event.stream) + mostOfCell(event.type) + mostOfCell(event.id)
            + mostOfCell(event.data) + mostOfCell(event.metadata));
    tail.putNumber(event.position);
    tail.put(',');
    putCell(tail, event.stream);
    tail.put(',');
    tail.putNumber(event.version);
    tail.put(',');
    putCell(tail, event.type);
    tail.put(',');
    tail.put(m_time(event.time));
    tail.put(',');
    putCell(tail, event.id);
    tail.put(',');
    putCell(tail, event.data);
    tail.put(',');
    putCell(tail, event.metadata);
    tail.put("\r\n");
}

void CsvWriter::end(QByteArray&) { }

} // namespace eventloupe
