#include "app/cli/commanddata.h"

#include "app/cli/terminal.h"
#include "value/event.h"
#include "value/json.h"

namespace eventloupe::cli {

namespace {

bool allStrings(const JsonValue& values)
{
    const auto all = values.elements();
    return std::all_of(all.begin(), all.end(), [](const JsonValue& one) { return one.isString(); });
}

/// Whether only strings are of the member's type.
bool isText(const JsonValue& member)
{
    if (const auto* type = member.find("type"))
        return type->toUtf8() == "string";
    const auto* values = member.find("enum");
    return (values != nullptr && allStrings(*values)) || member.find("format") != nullptr
        || member.find("pattern") != nullptr;
}

/// Whether a string is one of the member's types, or may be.
bool admitsText(const JsonValue& member)
{
    const auto* type = member.find("type");
    if (type == nullptr)
        return true;
    if (!type->isArray())
        return type->toUtf8() == "string";
    for (const auto& name : type->elements()) {
        if (name.toUtf8() == "string")
            return true;
    }
    return false;
}

/// A schema, or the one that it refers to.
JsonValue followed(const Schema& whole, JsonValue part)
{
    constexpr int mostHops = 16;
    for (int hops = 0; hops < mostHops; ++hops) {
        const auto* reference = part.find("$ref");
        const auto target = reference != nullptr ? whole.target(reference->toUtf8()) : std::nullopt;
        if (!target)
            break;
        part = *target;
    }
    return part;
}

Result<JsonValue> memberValue(const JsonValue* member, const QString& key, const QString& text)
{
    const auto bytes = text.toUtf8();
    if (member != nullptr && isText(*member))
        return JsonValue::fromString(bytes);
    auto parsed = parseJson(viewOf(bytes));
    if (parsed)
        return parsed;
    if (member == nullptr || admitsText(*member))
        return JsonValue::fromString(bytes);
    return Error { ErrorCode::InvalidArgument,
        tr("%1=%2: the value is not JSON (%3)").arg(key, text, parsed.error().message) };
}

} // namespace

Result<JsonValue> commandData(const Schema& schema, const QString& json, const QStringList& words)
{
    auto data = JsonValue::emptyObject();
    if (!json.isEmpty()) {
        const auto parsed = parseJson(viewOf(json.toUtf8()));
        if (!parsed)
            return Error { ErrorCode::InvalidArgument,
                tr("--data is not JSON: %1").arg(parsed.error().message) };
        data = *parsed;
    }
    const auto whole = followed(schema, schema.document());
    const auto* properties = whole.find("properties");
    for (const auto& word : words) {
        const auto equals = word.indexOf(u'=');
        if (equals <= 0 || !data.isObject())
            return Error { ErrorCode::InvalidArgument, tr("'%1' is not KEY=VALUE").arg(word) };
        const auto key = word.left(equals).toUtf8();
        const auto* member = properties != nullptr ? properties->find(viewOf(key)) : nullptr;
        const auto part = member != nullptr ? followed(schema, *member) : JsonValue();
        const auto value = memberValue(
            member != nullptr ? &part : nullptr, word.left(equals), word.mid(equals + 1));
        if (!value)
            return value.error();
        data.insert(key, *value);
    }
    return data;
}

} // namespace eventloupe::cli
