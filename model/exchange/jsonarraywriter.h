#pragma once

#include "exchange/eventwriter.h"
#include "exchange/exchangeline.h"

namespace eventloupe {

/// A JSON array of the exchange format's records, every byte of data and metadata as stored.
class JsonArrayWriter final : public EventWriter {
public:
    void begin(QByteArray& out) override;
    void join(QByteArray& out, bool isFirst) override;
    void write(QByteArray& out, const EventView& event) override;
    void end(QByteArray& out) override;

private:
    ExchangeRecordWriter m_records { ExchangeRecordWriter::LineFeeds::Keep };
};

} // namespace eventloupe
