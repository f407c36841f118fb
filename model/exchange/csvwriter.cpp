#include "exchange/csvwriter.h"

#include "exchange/csvguard.h"
#include "exchange/csvreader.h"

namespace eventloupe {

namespace {

void appendCell(QByteArray& out, std::string_view cell)
{
    const bool guarded = needsGuard(cell);
    if (!guarded && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        out.append(cell.data(), static_cast<qsizetype>(cell.size()));
        return;
    }
    out += '"';
    if (guarded)
        out += '\'';
    for (const char c : cell) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace

void CsvWriter::begin(QByteArray& out)
{
    out += ownCsvColumns().join(QLatin1Char(',')).toUtf8() + "\r\n";
}

void CsvWriter::write(QByteArray& out, const EventView& event)
{
    out += QByteArray::number(event.position) + ',';
    appendCell(out, event.stream);
    out += ',' + QByteArray::number(event.version) + ',';
    appendCell(out, event.type);
    out += ',' + event.time.toRfc3339() + ',';
    appendCell(out, event.id);
    out += ',';
    appendCell(out, event.data);
    out += ',';
    appendCell(out, event.metadata);
    out += "\r\n";
}

void CsvWriter::end(QByteArray&) { }

} // namespace eventloupe
