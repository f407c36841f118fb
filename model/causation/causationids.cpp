#include "causation/causationids.h"

#include "mask/masked.h"
#include "value/json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace eventloupe {

namespace {

constexpr int deepest = 2; ///< Objects within objects that are looked into.

enum class Member {
    Correlation,
    Causation,
    Trace,
    Conversation,
    Related,
    TraceParent,
    CorrelationStream,
    CauseStream,
    CauseNumber,
    Message,
    Command,
    Actor,
    COUNT
};

struct Spelling {
    std::string_view name;
    Member member;
};

/// Without case and signs; see plainName().
constexpr std::array spellings {
    Spelling { "correlationid", Member::Correlation },
    Spelling { "causationid", Member::Causation },
    Spelling { "traceid", Member::Trace },
    Spelling { "conversationid", Member::Conversation },
    Spelling { "relatedto", Member::Related },
    Spelling { "initiatorid", Member::Related },
    Spelling { "traceparent", Member::TraceParent },
    Spelling { "correlationstreamname", Member::CorrelationStream },
    Spelling { "causationmessagestreamname", Member::CauseStream },
    Spelling { "causationmessageposition", Member::CauseNumber },
    Spelling { "messageid", Member::Message },
    Spelling { "command", Member::Command },
    Spelling { "actor", Member::Actor },
};

/// "NServiceBus.CorrelationId" and "$correlation_id" as "correlationid".
std::string plainName(std::string_view key)
{
    std::string plain;
    if (const auto dot = key.rfind('.'); dot != std::string_view::npos)
        key.remove_prefix(dot + 1);
    for (const char sign : key) {
        if (sign >= 'A' && sign <= 'Z')
            plain += static_cast<char>(sign - 'A' + 'a');
        else if (sign != '_' && sign != '-' && sign != '$')
            plain += sign;
    }
    return plain;
}

std::optional<Member> memberOf(std::string_view key)
{
    // What is longer is none of them, whatever signs it has.
    if (key.size() > 100)
        return std::nullopt;
    const auto plain = plainName(key);
    const auto* const found = std::find_if(spellings.begin(), spellings.end(),
        [&plain](const Spelling& spelling) { return spelling.name == plain; });
    return found == spellings.end() ? std::nullopt : std::optional(found->member);
}

QByteArray textOf(const JsonValue& value)
{
    if (value.isString())
        return value.toUtf8();
    return value.isInteger() ? value.toJson() : QByteArray();
}

struct Found {
    QByteArray text;
    QList<QByteArray> path;
};

using Findings = std::array<Found, std::size_t(Member::COUNT)>;

/// Level by level, so that what stands further out counts.
void look(const JsonValue& root, Findings& findings)
{
    struct Level {
        const JsonValue* object;
        QList<QByteArray> path;
    };
    std::vector<Level> level { { &root, {} } };
    for (int depth = 0; depth <= deepest && !level.empty(); ++depth) {
        std::vector<Level> inner;
        for (const Level& place : level) {
            for (const auto& [key, value] : place.object->members()) {
                auto path = place.path;
                path.append(key);
                if (value.isObject())
                    inner.push_back({ &value, path });
                const auto member = memberOf(viewOf(key));
                if (!member)
                    continue;
                Found& found = findings[std::size_t(*member)];
                if (auto text = textOf(value); found.text.isEmpty() && !text.isEmpty())
                    found = { std::move(text), std::move(path) };
            }
        }
        level = std::move(inner);
    }
}

/// The trace's id of "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"; see W3C Trace
/// Context, 3.2.
QByteArray traceIn(const QByteArray& traceParent)
{
    const auto parts = traceParent.split('-');
    return parts.size() >= 4 && parts.at(1).size() == 32 ? parts.at(1) : QByteArray();
}

QString textLiteral(const QByteArray& text)
{
    QByteArray literal;
    appendJsonString(literal, viewOf(text));
    return QString::fromUtf8(literal);
}

} // namespace

CausationIds causationIdsIn(std::string_view json)
{
    const auto root = parseStoredJson(json);
    if (!root || !root->isObject())
        return {};
    Findings findings;
    look(*root, findings);
    // Of what is masked nobody knows which are the same.
    for (Found& found : findings)
        if (holdsMaskSign(viewOf(found.text)))
            found = {};
    const auto at = [&findings](Member member) -> Found& {
        return findings[std::size_t(member)];
    };
    // Axon 4 calls the cause's id correlationId, and the origin's traceId.
    if (!at(Member::Trace).text.isEmpty() && at(Member::Causation).text.isEmpty()
        && !at(Member::Correlation).text.isEmpty()) {
        at(Member::Causation) = at(Member::Correlation);
        at(Member::Correlation) = at(Member::Trace);
    }
    CausationIds ids;
    for (const auto member : { Member::Correlation, Member::Trace, Member::Conversation,
             Member::CorrelationStream, Member::TraceParent }) {
        if (!ids.correlation.isEmpty())
            break;
        const Found& found = at(member);
        ids.correlation = member == Member::TraceParent ? traceIn(found.text) : found.text;
        // A part of a text is none that an expression could compare.
        if (member != Member::TraceParent)
            ids.correlationPath = found.path;
    }
    ids.causation = at(Member::Causation).text;
    if (ids.causation.isEmpty())
        ids.causation = at(Member::Related).text;
    ids.message = at(Member::Message).text;
    ids.command = at(Member::Command).text;
    ids.actor = at(Member::Actor).text;
    bool isNumber = false;
    const qint64 number = at(Member::CauseNumber).text.toLongLong(&isNumber);
    if (isNumber && number >= 0 && !at(Member::CauseStream).text.isEmpty()) {
        ids.causeStream = at(Member::CauseStream).text;
        ids.causeNumber = number;
    }
    return ids;
}

CausationIds causationIdsOf(std::string_view metadata, std::string_view data, bool* isInData)
{
    auto ids = causationIdsIn(metadata);
    const bool looksInData = ids.isEmpty() && !data.empty();
    if (looksInData) {
        auto inData = causationIdsIn(data);
        // A domain may have a "command" or a "traceId" of its own: only what is named in full, and
        // stands outside of all else, counts there.
        if (inData.correlationPath.size() == 1
            && memberOf(viewOf(inData.correlationPath.first())) == Member::Correlation) {
            inData.command.clear();
            inData.actor.clear();
            ids = std::move(inData);
        }
    }
    if (isInData)
        *isInData = looksInData && !ids.isEmpty();
    return ids;
}

QString correlationCondition(const CausationIds& ids, bool isInData)
{
    if (ids.correlationPath.isEmpty())
        return {};
    QString path = isInData ? QStringLiteral("data") : QStringLiteral("metadata");
    for (const QByteArray& key : ids.correlationPath)
        path += u'[' + textLiteral(key) + u']';
    return path + QStringLiteral(" == ") + textLiteral(ids.correlation);
}

} // namespace eventloupe
