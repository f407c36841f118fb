#include "value/rawjsonpath.h"

#include "value/event.h"
#include "value/hexdigit.h"
#include "value/jsonscan.h"

#include <cstring>

namespace eventloupe {

namespace {

bool isKey(std::string_view literal, bool isEscaped, std::string_view key)
{
    if (!isEscaped) {
        return literal.size() == key.size() + 2
            && std::memcmp(literal.data() + 1, key.data(), key.size()) == 0;
    }
    std::string buffer;
    const auto text = rawJsonString(literal, buffer);
    return text && *text == key;
}

std::string_view between(const char* from, const char* to)
{
    return { from, static_cast<std::size_t>(to - from) };
}

/// The last member of that name in an object's text.
RawJsonFinding findMember(std::string_view object, std::string_view key)
{
    using Outcome = RawJsonFinding::Outcome;
    RawJsonFinding finding { Outcome::NoSuchKey, object, 0 };
    constexpr RawJsonFinding damaged;
    RawWalk walk(object);
    walk.take('{');
    walk.skipSpace();
    if (walk.take('}')) {
        return finding;
    }
    do {
        walk.skipSpace();
        const char* name = walk.at();
        bool isEscaped = false;
        if (!walk.skipString(isEscaped)) {
            return damaged;
        }
        const auto literal = between(name, walk.at());
        walk.skipSpace();
        if (!walk.take(':')) {
            return damaged;
        }
        walk.skipSpace();
        const char* value = walk.at();
        if (!walk.skipValue()) {
            return damaged;
        }
        if (isKey(literal, isEscaped, key)) {
            finding = { Outcome::Found, between(value, walk.at()), 1 };
        }
        walk.skipSpace();
    } while (walk.take(','));
    return walk.take('}') ? finding : damaged;
}

/// Four digits of a unicode escape; negative where they are none.
int codeUnit(std::string_view digits)
{
    int unit = digits.size() < 4 ? -1 : 0;
    for (std::size_t i = 0; i < 4 && unit >= 0; ++i) {
        const int digit = hexDigit(digits[i]);
        unit = digit < 0 ? -1 : unit * 16 + digit;
    }
    return unit;
}

void appendUtf8(std::string& out, char32_t code)
{
    const auto add = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (code < 0x80) {
        add(code);
        return;
    }
    if (code < 0x800) {
        add(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            add(0xe0 | code >> 12);
        } else {
            add(0xf0 | code >> 18);
            add(0x80 | (code >> 12 & 0x3f));
        }
        add(0x80 | (code >> 6 & 0x3f));
    }
    add(0x80 | (code & 0x3f));
}

/// Reads what stands behind "\u", a pair of surrogates whole, and cuts it off.
bool appendUnicodeEscape(std::string& out, std::string_view& rest)
{
    const int unit = codeUnit(rest);
    if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff)) {
        return false;
    }
    rest.remove_prefix(4);
    auto code = static_cast<char32_t>(unit);
    if (unit >= 0xd800 && unit < 0xdc00) {
        const int low = rest.starts_with("\\u") ? codeUnit(rest.substr(2)) : -1;
        if (low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        rest.remove_prefix(6);
        code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<char32_t>(low) - 0xdc00);
    }
    appendUtf8(out, code);
    return true;
}

} // namespace

RawJsonFinding findRawJson(std::string_view json, std::span<const QByteArray> path)
{
    using Outcome = RawJsonFinding::Outcome;
    std::string_view text = trimmedJson(json);
    if (text.empty()) {
        return {};
    }
    for (std::size_t depth = 0; depth < path.size(); ++depth) {
        if (text.front() != '{') {
            return { Outcome::NoObject, text, depth };
        }
        auto finding = findMember(text, viewOf(path[depth]));
        if (finding.outcome != Outcome::Found) {
            finding.depth = depth;
            return finding;
        }
        text = finding.text;
    }
    return { Outcome::Found, text, path.size() };
}

std::optional<std::string_view> rawJsonString(std::string_view literal, std::string& buffer)
{
    if (literal.size() < 2 || literal.front() != '"' || literal.back() != '"') {
        return std::nullopt;
    }
    auto rest = literal.substr(1, literal.size() - 2);
    auto escape = rest.find('\\');
    if (escape == std::string_view::npos) {
        return rest;
    }
    buffer.clear();
    for (; escape != std::string_view::npos; escape = rest.find('\\')) {
        buffer.append(rest.substr(0, escape));
        rest.remove_prefix(escape + 1);
        if (rest.empty()) {
            return std::nullopt;
        }
        const char letter = rest.front();
        rest.remove_prefix(1);
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const auto known = letters.find(letter);
        if (known != std::string_view::npos) {
            buffer.push_back(meanings[known]);
        } else if (letter != 'u' || !appendUnicodeEscape(buffer, rest)) {
            return std::nullopt;
        }
    }
    buffer.append(rest);
    return std::string_view(buffer);
}

} // namespace eventloupe
