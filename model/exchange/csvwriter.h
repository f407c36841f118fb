#pragma once

#include "exchange/eventwriter.h"

namespace eventloupe {

/// CSV by RFC 4180: a header, CRLF, data and metadata as JSON text in a cell, as stored (kept
/// members stay in the metadata). Cells that a spreadsheet would run are guarded, see csvguard.h.
class CsvWriter final : public EventWriter {
public:
    void begin(QByteArray& out) override;
    void join(QByteArray& out, bool isFirst) override;
    void write(QByteArray& out, const EventView& event) override;
    void end(QByteArray& out) override;

private:
    TimestampSpeller m_time;
};

} // namespace eventloupe
