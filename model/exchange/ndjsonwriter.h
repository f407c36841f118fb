#pragma once

#include "exchange/eventwriter.h"
#include "exchange/exchangeline.h"

namespace eventloupe {

/// The exchange format: an event a line. A line cannot hold a line feed, so one that stands between
/// the tokens of an event's data (the data of a JSON file over several lines) becomes a space here;
/// the JSON format keeps it.
class NdjsonWriter final : public EventWriter {
public:
    void begin(QByteArray& out) override;
    void join(QByteArray& out, bool isFirst) override;
    void write(QByteArray& out, const EventView& event) override;
    void end(QByteArray& out) override;

private:
    ExchangeRecordWriter m_records { ExchangeRecordWriter::LineFeeds::Replace };
};

} // namespace eventloupe
