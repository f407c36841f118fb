#include "exchange/jsonarraywriter.h"

#include "exchange/exchangeline.h"

namespace eventloupe {

void JsonArrayWriter::begin(QByteArray& out)
{
    out += '[';
}

void JsonArrayWriter::write(QByteArray& out, const EventView& event)
{
    out += std::exchange(m_first, false) ? "\n" : ",\n";
    appendExchangeRecord(out, event);
}

void JsonArrayWriter::end(QByteArray& out)
{
    out += "\n]\n";
}

} // namespace eventloupe
