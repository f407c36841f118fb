#pragma once

#include "exchange/importer.h"
#include "value/event.h"

#include <QByteArray>

#include <memory>

namespace eventloupe {

/// Writes events in one format, appending to a buffer. Stretches of a log may be written by a
/// writer each and put together: begin(), the stretches that have events with a join() before each,
/// end(). On one thread.
class EventWriter {
public:
    virtual ~EventWriter() = default;
    virtual void begin(QByteArray& out) = 0;
    /// What stands before the first event of all, and between two others.
    virtual void join(QByteArray& out, bool isFirst) = 0;
    virtual void write(QByteArray& out, const EventView& event) = 0;
    virtual void end(QByteArray& out) = 0;
};

[[nodiscard]] std::unique_ptr<EventWriter> makeEventWriter(ExchangeFormat format);

} // namespace eventloupe
