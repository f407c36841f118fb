#pragma once

#include "exchange/importer.h"
#include "value/event.h"

#include <QByteArray>

#include <memory>

namespace eventloupe {

/// Writes events in one format. Appends to the buffer, so that the caller decides when to flush.
class EventWriter {
public:
    virtual ~EventWriter() = default;
    virtual void begin(QByteArray& out) = 0;
    virtual void write(QByteArray& out, const EventView& event) = 0;
    virtual void end(QByteArray& out) = 0;
};

[[nodiscard]] std::unique_ptr<EventWriter> makeEventWriter(ExchangeFormat format);

} // namespace eventloupe
