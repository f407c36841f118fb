#include "exchange/keptmembers.h"

#include "exchange/fieldnames.h"
#include "exchange/rawjson.h"
#include "value/event.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr std::string_view keptName = "$imported";
constexpr std::string_view wrapperStart = R"({"$metadata":)";
constexpr std::string_view keptStart = R"("$imported":{)";

QByteArray wrapped(std::string_view metadata, std::string_view kept)
{
    QByteArray out = toBytes(wrapperStart);
    out.append(metadata.data(), static_cast<qsizetype>(metadata.size()));
    out += ',' + toBytes(keptStart);
    out.append(kept.data(), static_cast<qsizetype>(kept.size()));
    return out += "}}";
}

QByteArray appended(std::string_view object, std::string_view kept)
{
    QByteArray out = toBytes(object);
    out.chop(1);
    if (object.size() > 2)
        out += ',';
    out += toBytes(keptStart);
    out.append(kept.data(), static_cast<qsizetype>(kept.size()));
    return out += "}}";
}

} // namespace

QByteArray metadataWithKept(std::string_view metadata, std::string_view kept)
{
    if (kept.empty() && !liftKept(metadata))
        return toBytes(metadata);
    if (metadata.size() >= 2 && metadata.front() == '{' && metadata.back() == '}') {
        QByteArray out = appended(metadata, kept);
        const auto lifted = liftKept(viewOf(out));
        if (lifted && viewOf(lifted->metadata) == metadata && lifted->kept == kept)
            return out;
    }
    return wrapped(metadata, kept);
}

std::optional<LiftedMetadata> liftKept(std::string_view stored)
{
    // Most metadata has no dollar sign, which one quick search tells.
    if (stored.size() < keptStart.size() + 3 || stored.substr(stored.size() - 2) != "}}"
        || stored.front() != '{' || stored.find('$') == std::string_view::npos
        || stored.find(keptStart) == std::string_view::npos)
        return std::nullopt;
    std::vector<RawMember> members;
    splitRawObject(stored, members);
    if (members.empty())
        return std::nullopt;
    const RawMember& last = members.back();
    // Only the spelling that the import writes: no space, and the object's end right behind.
    const char* expected = last.name.data() + keptName.size() + 2; // over the quote and the colon
    const auto start = static_cast<std::size_t>(last.name.data() - 1 - stored.data());
    if (last.name != keptName || last.value.front() != '{' || last.value.data() != expected
        || last.value.data() + last.value.size() + 1 != stored.data() + stored.size())
        return std::nullopt;
    LiftedMetadata lifted;
    lifted.kept = last.value.substr(1, last.value.size() - 2);
    const std::string_view before = stored.substr(0, start);
    if (before == "{") {
        lifted.metadata = QByteArrayLiteral("{}");
    } else if (before.back() != ',') {
        return std::nullopt;
    } else if (members.size() == 2 && before.substr(0, wrapperStart.size()) == wrapperStart
        && members[0].value.data() + members[0].value.size() + 1 == last.name.data() - 1) {
        lifted.metadata = toBytes(members[0].value);
    } else {
        lifted.metadata = toBytes(before.substr(0, before.size() - 1)) + '}';
    }
    return lifted;
}

bool keptStandsAlone(std::string_view kept)
{
    const QByteArray object = '{' + toBytes(kept) + '}';
    std::vector<RawMember> members;
    splitRawObject(viewOf(object), members);
    return std::none_of(members.cbegin(), members.cend(), [](const RawMember& member) {
        return isExchangeMember(QString::fromUtf8(unescapedJson(member.name)));
    });
}

std::string_view unwrappedKept(std::string_view kept)
{
    if (kept.size() < keptStart.size() + 1 || kept.substr(0, keptStart.size()) != keptStart)
        return kept;
    const QByteArray object = '{' + toBytes(kept) + '}';
    std::vector<RawMember> members;
    splitRawObject(viewOf(object), members);
    if (members.size() != 1)
        return kept;
    const std::string_view inside
        = kept.substr(keptStart.size(), kept.size() - keptStart.size() - 1);
    return keptStandsAlone(inside) ? kept : inside;
}

} // namespace eventloupe
