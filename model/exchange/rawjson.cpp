#include "exchange/rawjson.h"

#include "value/event.h"
#include "value/jsonscan.h"
#include "value/rawjsonpath.h"

#include <charconv>
#include <span>

namespace eventloupe {

namespace {

std::string_view between(const char* from, const char* to)
{
    return { from, static_cast<std::size_t>(to - from) };
}

/// Behind a comma, or where it stands.
void passComma(RawWalk& walk)
{
    walk.skipSpace();
    walk.take(',');
    walk.skipSpace();
}

std::optional<std::string_view> memberOf(std::string_view text, const QByteArray& name)
{
    const auto found = findRawJson(text, std::span(&name, 1));
    return found.outcome == RawJsonFinding::Outcome::Found ? std::optional(found.text)
                                                           : std::nullopt;
}

std::optional<std::string_view> elementOf(std::string_view text, const QByteArray& token)
{
    std::size_t index = 0;
    const char* end = token.constData() + token.size();
    const auto parsed = std::from_chars(token.constData(), end, index);
    std::vector<std::string_view> elements;
    if (parsed.ec != std::errc() || parsed.ptr != end || !splitRawArray(text, elements)
        || index >= elements.size())
        return std::nullopt;
    return elements[index];
}

} // namespace

bool splitRawObject(std::string_view text, std::vector<RawMember>& members)
{
    members.clear();
    RawWalk walk(text);
    walk.skipSpace();
    if (!walk.take('{'))
        return false;
    walk.skipSpace();
    while (walk.isNext('"')) {
        const char* name = walk.at() + 1;
        bool isEscaped = false;
        if (!walk.skipString(isEscaped))
            break;
        const char* nameEnd = walk.at() - 1;
        walk.skipSpace();
        walk.take(':');
        walk.skipSpace();
        const char* value = walk.at();
        if (!walk.skipValue())
            break;
        members.push_back({ between(name, nameEnd), between(value, walk.at()) });
        passComma(walk);
    }
    return true;
}

bool splitRawArray(
    std::string_view text, std::vector<std::string_view>& elements, std::size_t most)
{
    elements.clear();
    RawWalk walk(text);
    walk.skipSpace();
    if (!walk.take('['))
        return false;
    walk.skipSpace();
    for (const char* value = walk.at();
         elements.size() < most && !walk.isNext(']') && walk.skipValue(); value = walk.at()) {
        elements.push_back(between(value, walk.at()));
        passComma(walk);
    }
    return true;
}

std::optional<std::string_view> resolveRaw(std::string_view text, const QList<QByteArray>& tokens)
{
    std::optional<std::string_view> value = trimmedJson(text);
    for (const QByteArray& token : tokens) {
        if (value->empty())
            return std::nullopt;
        value = value->front() == '[' ? elementOf(*value, token) : memberOf(*value, token);
        if (!value)
            return std::nullopt;
    }
    return value;
}

QByteArray unescapedJson(std::string_view inside)
{
    if (inside.find('\\') == std::string_view::npos)
        return toBytes(inside);
    const std::string literal = '"' + std::string(inside) + '"';
    std::string buffer;
    const auto text = rawJsonString(literal, buffer);
    return toBytes(text.value_or(inside));
}

} // namespace eventloupe
