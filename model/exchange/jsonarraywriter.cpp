#include "exchange/jsonarraywriter.h"

namespace eventloupe {

void JsonArrayWriter::begin(QByteArray& out)
{
    out += '[';
}

void JsonArrayWriter::join(QByteArray& out, bool isFirst)
{
    out += isFirst ? "\n" : ",\n";
}

void JsonArrayWriter::write(QByteArray& out, const EventView& event)
{
    m_records.append(out, event);
}

void JsonArrayWriter::end(QByteArray& out)
{
    out += "\n]\n";
}

} // namespace eventloupe
