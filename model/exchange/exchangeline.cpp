#include "exchange/exchangeline.h"

#include "exchange/csvreader.h"
#include "exchange/exporter.h"
#include "exchange/keptmembers.h"
#include "exchange/rawjson.h"
#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

void appendView(QByteArray& out, std::string_view text)
{
    out.append(text.data(), static_cast<qsizetype>(text.size()));
}

/// Whether the members can stand beside the format's own without one hiding another.
bool canStandAlone(std::string_view kept)
{
    const QByteArray object = '{' + toBytes(kept) + '}';
    std::vector<RawMember> members;
    splitRawObject(viewOf(object), members);
    return std::none_of(members.cbegin(), members.cend(), [](const RawMember& member) {
        const QString name = QString::fromUtf8(unescapedJson(member.name));
        return ownCsvColumns().contains(name) || name == QLatin1String("$imported");
    });
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
    const bool alone = canStandAlone(lifted->kept);
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
