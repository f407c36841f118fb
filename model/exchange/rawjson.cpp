#include "exchange/rawjson.h"

#include "value/event.h"
#include "value/json.h"

#include <algorithm>
#include <charconv>

namespace eventloupe {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

/// `at` is on the opening quote; gives what follows the closing one.
std::size_t skipString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '"')
            return at + 1;
        if (text[at] == '\\')
            ++at;
    }
    return text.size();
}

std::size_t skipNested(std::string_view text, std::size_t at)
{
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = skipString(text, at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return text.size();
}

std::size_t skipValue(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return at;
    if (text[at] == '"')
        return skipString(text, at);
    if (text[at] == '{' || text[at] == '[')
        return skipNested(text, at);
    while (at < text.size() && text[at] != ',' && text[at] != '}' && text[at] != ']'
        && !isSpace(text[at]))
        ++at;
    return at;
}

std::optional<std::string_view> memberOf(std::string_view text, const QByteArray& name)
{
    std::vector<RawMember> members;
    if (!splitRawObject(text, members))
        return std::nullopt;
    const auto found = std::find_if(members.crbegin(), members.crend(), [&](const auto& member) {
        if (member.name.find('\\') == std::string_view::npos)
            return member.name == viewOf(name);
        return unescapedJson(member.name) == name;
    });
    if (found == members.crend())
        return std::nullopt;
    return found->value;
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

std::string_view trimmedJson(std::string_view text)
{
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    text.remove_prefix(skipSpace(text, 0));
    return text;
}

bool splitRawObject(std::string_view text, std::vector<RawMember>& members)
{
    members.clear();
    std::size_t at = skipSpace(text, 0);
    if (at >= text.size() || text[at] != '{')
        return false;
    at = skipSpace(text, at + 1);
    while (at < text.size() && text[at] == '"') {
        const std::size_t nameEnd = skipString(text, at);
        const std::string_view name = text.substr(at + 1, nameEnd - at - 2);
        at = skipSpace(text, skipSpace(text, nameEnd) + 1); // over the colon
        const std::size_t valueEnd = skipValue(text, at);
        members.push_back({ name, text.substr(std::min(at, text.size()), valueEnd - at) });
        at = skipSpace(text, valueEnd);
        if (at < text.size() && text[at] == ',')
            at = skipSpace(text, at + 1);
    }
    return true;
}

bool splitRawArray(std::string_view text, std::vector<std::string_view>& elements)
{
    elements.clear();
    std::size_t at = skipSpace(text, 0);
    if (at >= text.size() || text[at] != '[')
        return false;
    at = skipSpace(text, at + 1);
    while (at < text.size() && text[at] != ']') {
        const std::size_t end = skipValue(text, at);
        elements.push_back(text.substr(at, end - at));
        at = skipSpace(text, end);
        if (at < text.size() && text[at] == ',')
            at = skipSpace(text, at + 1);
        else if (end == at && text[at] != ']')
            break; // not JSON
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
    const QByteArray literal = '"' + toBytes(inside) + '"';
    const Result<JsonValue> parsed = parseStoredJson(viewOf(literal));
    return parsed ? parsed->toUtf8() : toBytes(inside);
}

} // namespace eventloupe
