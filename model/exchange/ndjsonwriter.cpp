#include "exchange/ndjsonwriter.h"

#include "exchange/exporter.h"

namespace eventloupe {

void NdjsonWriter::begin(QByteArray&) { }

void NdjsonWriter::write(QByteArray& out, const EventView& event)
{
    appendExchangeLine(out, event);
    out += '\n';
}

void NdjsonWriter::end(QByteArray&) { }

} // namespace eventloupe
