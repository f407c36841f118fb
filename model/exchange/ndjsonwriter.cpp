#include "exchange/ndjsonwriter.h"

namespace eventloupe {

void NdjsonWriter::begin(QByteArray&) { }

void NdjsonWriter::join(QByteArray&, bool) { }

void NdjsonWriter::write(QByteArray& out, const EventView& event)
{
    m_records.append(out, event);
    out += '\n';
}

void NdjsonWriter::end(QByteArray&) { }

} // namespace eventloupe
