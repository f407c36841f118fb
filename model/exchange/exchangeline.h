#pragma once

#include "value/event.h"

#include <QByteArray>

namespace eventloupe {

/// Writes events as the exchange format's JSON objects, bytes of data and metadata as stored.
/// Members that an import kept in the metadata follow it as members of their own, or together as
/// "$imported" when one of them has a name of the format's. Not thread-safe.
class ExchangeRecordWriter final {
public:
    /// Line feeds between the tokens of data and metadata stay, or become spaces.
    enum class LineFeeds { Keep, Replace };
    explicit ExchangeRecordWriter(LineFeeds lineFeeds)
        : m_lineFeeds(lineFeeds)
    {
    }

    void append(QByteArray& out, const EventView& event);

private:
    TimestampSpeller m_time;
    LineFeeds m_lineFeeds;
};

} // namespace eventloupe
