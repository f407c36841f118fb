#pragma once

#include "exchange/eventwriter.h"

namespace eventloupe {

/// A JSON array of the exchange format's records, every byte of data and metadata as stored.
class JsonArrayWriter final : public EventWriter {
public:
    void begin(QByteArray& out) override;
    void write(QByteArray& out, const EventView& event) override;
    void end(QByteArray& out) override;

private:
    bool m_first = true;
};

} // namespace eventloupe
