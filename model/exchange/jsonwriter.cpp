#include "exchange/jsonwriter.h"

#include "exchange/exchangeline.h"

namespace eventloupe {

void JsonWriter::begin(QByteArray& out)
{
    out += '[';
}

void JsonWriter::write(QByteArray& out, const EventView& event)
{
    out += std::exchange(m_first, false) ? "\n" : ",\n";
    appendExchangeRecord(out, event);
}

void JsonWriter::end(QByteArray& out)
{
    out += "\n]\n";
}

} // namespace eventloupe
