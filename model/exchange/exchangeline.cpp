#include "exchange/exchangeline.h"

#include "exchange/exporter.h"
#include "exchange/keptmembers.h"
#include "exchange/texttail.h"
#include "mask/masked.h"

namespace eventloupe {

namespace {

/// More than the members' names, the numbers and the time take.
constexpr std::size_t mostBeside = 320;

class RecordTail {
public:
    RecordTail(TextTail& tail, ExchangeRecordWriter::LineFeeds lineFeeds)
        : m_tail(tail)
        , m_keepsLineFeeds(lineFeeds == ExchangeRecordWriter::LineFeeds::Keep)
    {
    }

    /// Inside strings JSON has no raw line feed: what stands here is between tokens.
    void putStored(std::string_view json)
    {
        if (m_keepsLineFeeds)
            m_tail.put(json);
        else
            m_tail.putOnOneLine(json);
    }

    void putMetadata(std::string_view stored)
    {
        const auto lifted = liftKept(stored);
        if (!lifted)
            return putStored(stored);
        putStored(viewOf(lifted->metadata));
        if (lifted->kept.empty())
            return;
        const bool alone = keptStandsAlone(lifted->kept);
        m_tail.put(alone ? "," : R"(,"$imported":{)");
        putStored(lifted->kept);
        if (!alone)
            m_tail.put('}');
    }

private:
    TextTail& m_tail;
    bool m_keepsLineFeeds;
};

} // namespace

void ExchangeRecordWriter::append(QByteArray& out, const EventView& event)
{
    TextTail tail(out,
        mostBeside + TextTail::mostOfJson(event.stream) + TextTail::mostOfJson(event.type)
            + TextTail::mostOfJson(event.id) + event.data.size() + event.metadata.size()
            + event.origin.size());
    RecordTail record(tail, m_lineFeeds);
    tail.put(R"({"position":)");
    tail.putNumber(event.position);
    tail.put(R"(,"stream":)");
    tail.putJson(event.stream);
    tail.put(R"(,"version":)");
    tail.putNumber(event.version);
    tail.put(R"(,"type":)");
    tail.putJson(event.type);
    tail.put(R"(,"time":")");
    tail.put(m_time(event.time));
    tail.put(R"(","id":)");
    tail.putJson(event.id);
    tail.put(R"(,"data":)");
    record.putStored(event.data);
    tail.put(R"(,"metadata":)");
    record.putMetadata(event.metadata);
    if (!event.origin.empty()) {
        tail.put(R"(,"origin":)");
        tail.put(event.origin);
    }
    // For whoever reads it: what has the sign is not the event's own.
    if (holdsMaskSign(event.data) || holdsMaskSign(event.metadata))
        tail.put(R"(,"masked":true)");
    tail.put('}');
}

void appendExchangeLine(QByteArray& out, const EventView& event)
{
    ExchangeRecordWriter(ExchangeRecordWriter::LineFeeds::Replace).append(out, event);
}

} // namespace eventloupe
