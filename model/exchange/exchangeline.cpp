#include "exchange/exchangeline.h"

#include "exchange/exporter.h"
#include "exchange/keptmembers.h"
#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

void appendView(QByteArray& out, std::string_view text)
{
    out.append(text.data(), static_cast<qsizetype>(text.size()));
}

void appendMetadata(QByteArray& out, std::string_view stored)
{
    out += ",\"metadata\":";
    const auto lifted = liftKept(stored);
    if (!lifted) {
        appendView(out, stored);
        return;
    }
    out += lifted->metadata;
    if (lifted->kept.empty())
        return;
    const bool alone = keptStandsAlone(lifted->kept);
    out += alone ? "," : ",\"$imported\":{";
    appendView(out, lifted->kept);
    if (!alone)
        out += '}';
}

} // namespace

void appendExchangeRecord(QByteArray& out, const EventView& event)
{
    out += "{\"position\":" + QByteArray::number(event.position) + ",\"stream\":";
    appendJsonString(out, event.stream);
    out += ",\"version\":" + QByteArray::number(event.version) + ",\"type\":";
    appendJsonString(out, event.type);
    out += ",\"time\":\"" + event.time.toRfc3339() + "\",\"id\":";
    appendJsonString(out, event.id);
    out += ",\"data\":";
    appendView(out, event.data);
    appendMetadata(out, event.metadata);
    out += '}';
}

void appendExchangeLine(QByteArray& out, const EventView& event)
{
    const qsizetype start = out.size();
    appendExchangeRecord(out, event);
    // Inside strings JSON has no raw line feed: what stands here is between tokens.
    std::replace(out.begin() + start, out.end(), '\n', ' ');
}

} // namespace eventloupe
