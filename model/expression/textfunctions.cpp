#include "expression/formatting.h"
#include "expression/functions.h"
#include "expression/textsearch.h"
#include "expression/utf8.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr auto npos = std::string_view::npos;

bool areTexts(const FunctionCall& call, std::size_t count)
{
    return std::all_of(call.arguments.begin(),
        call.arguments.begin() + static_cast<std::ptrdiff_t>(count),
        [](const Value& value) { return value.type() == ValueType::String; });
}

/// Whether the call is of `texts` strings and an int that may be left out.
bool fits(const FunctionCall& call, std::size_t texts)
{
    return areTexts(call, texts)
        && (call.arguments.size() == texts || call.at(texts).type() == ValueType::Int);
}

Value textValue(std::string_view text)
{
    return Value::fromString(toBytes(text));
}

/// The byte that a character's number stands for; nothing when it is no place in the text.
std::optional<std::size_t> placeIn(std::string_view text, const Value& number)
{
    return number.toInt() < 0 ? std::nullopt
                              : byteOf(text, static_cast<std::size_t>(number.toInt()));
}

bool failPlace(FunctionCall& call, const Value& number)
{
    call.fail(FaultCode::NoSuchCharacter, number);
    call.fault.second = Value::fromInt(static_cast<qint64>(characters(call.at(0).toView())));
    return false;
}

bool charAt(FunctionCall& call)
{
    if (call.at(0).type() != ValueType::String || call.at(1).type() != ValueType::Int) {
        return call.refuse();
    }
    const auto text = call.at(0).toView();
    const auto at = placeIn(text, call.at(1));
    if (!at) {
        return failPlace(call, call.at(1));
    }
    return call.give(textValue(
        *at == text.size() ? text.substr(*at) : text.substr(*at, characterSize(text, *at))));
}

bool indexOf(FunctionCall& call)
{
    if (!fits(call, 2)) {
        return call.refuse();
    }
    const auto text = call.at(0).toView();
    const auto from = call.arguments.size() == 3 ? placeIn(text, call.at(2)) : 0;
    if (!from) {
        return failPlace(call, call.at(2));
    }
    const auto found = TextSearch(call.at(1).toView()).find(text, *from);
    return call.give(Value::fromInt(
        found == npos ? -1 : static_cast<qint64>(characters(text.substr(0, found)))));
}

/// Searched from behind, with both texts turned round.
bool lastIndexOf(FunctionCall& call)
{
    if (!fits(call, 2)) {
        return call.refuse();
    }
    const auto text = call.at(0).toView();
    const auto wanted = call.at(1).toView();
    const auto last = call.arguments.size() == 3 ? placeIn(text, call.at(2)) : text.size();
    if (!last) {
        return failPlace(call, call.at(2));
    }
    const auto searched = text.substr(0, std::min(text.size(), *last + wanted.size()));
    const std::string turned(searched.rbegin(), searched.rend());
    const std::string turnedWanted(wanted.rbegin(), wanted.rend());
    const auto found = TextSearch(turnedWanted).find(turned);
    if (found == npos) {
        return call.give(Value::fromInt(-1));
    }
    const auto start = searched.size() - found - wanted.size();
    return call.give(Value::fromInt(static_cast<qint64>(characters(text.substr(0, start)))));
}

template <char first, char last, int shift> bool asciiCase(FunctionCall& call)
{
    if (!areTexts(call, 1)) {
        return call.refuse();
    }
    QByteArray text = call.at(0).toUtf8();
    for (char& c : text) {
        c = c >= first && c <= last ? static_cast<char>(c + shift) : c;
    }
    return call.give(Value::fromString(text));
}

/// Bytes of a new text, each paid for before it is made.
class Builder {
public:
    explicit Builder(FunctionCall& call)
        : m_call(call)
    {
    }
    bool add(std::string_view text)
    {
        if (!m_call.spend(static_cast<qint64>(text.size()) + 8)) {
            return false;
        }
        m_text.append(text.data(), static_cast<qsizetype>(text.size()));
        return true;
    }
    bool give() { return m_call.give(Value::fromString(std::move(m_text))); }

private:
    FunctionCall& m_call;
    QByteArray m_text;
};

/// An empty text stands before each character and at the end.
bool replace(FunctionCall& call)
{
    if (!fits(call, 3)) {
        return call.refuse();
    }
    const auto text = call.at(0).toView();
    const auto old = call.at(1).toView();
    const TextSearch search(old);
    Builder result(call);
    qint64 left = call.arguments.size() == 4 ? call.at(3).toInt() : -1;
    std::size_t kept = 0; // What is before is in the result.
    std::size_t from = 0;
    for (; left != 0 && from <= text.size(); --left) {
        const auto found = search.find(text, from);
        if (found == npos) {
            break;
        }
        if (!result.add(text.substr(kept, found - kept)) || !result.add(call.at(2).toView())) {
            return false;
        }
        kept = found + old.size();
        from = !old.empty() ? kept : kept < text.size() ? kept + characterSize(text, kept) : npos;
    }
    return result.add(text.substr(kept)) && result.give();
}

bool split(FunctionCall& call)
{
    if (!fits(call, 2)) {
        return call.refuse();
    }
    auto text = call.at(0).toView();
    const auto separator = call.at(1).toView();
    const TextSearch search(separator);
    const qint64 most = call.arguments.size() == 3 ? call.at(2).toInt() : -1;
    std::vector<Value> parts;
    bool ended = most == 0 || (text.empty() && separator.empty());
    while (!ended) {
        if (!call.spend(static_cast<qint64>(sizeof(Value)))) {
            return false;
        }
        const bool last = std::ssize(parts) + 1 == most;
        auto end = last ? npos : search.find(text);
        if (end != npos && separator.empty()) {
            const auto size = characterSize(text, 0);
            end = size < text.size() ? size : npos;
        }
        ended = end == npos;
        parts.push_back(textValue(text.substr(0, end)));
        text = ended ? std::string_view() : text.substr(end + separator.size());
    }
    return call.give(Value::fromList(std::move(parts)));
}

bool substring(FunctionCall& call)
{
    if (!fits(call, 1) || call.at(1).type() != ValueType::Int
        || call.arguments.back().type() != ValueType::Int) {
        return call.refuse();
    }
    const auto text = call.at(0).toView();
    const bool toEnd = call.arguments.size() == 2;
    const auto start = placeIn(text, call.at(1));
    const auto end = toEnd ? text.size() : placeIn(text, call.at(2));
    if (!start) {
        return failPlace(call, call.at(1));
    }
    return end && *start <= *end ? call.give(textValue(text.substr(*start, *end - *start)))
                                 : failPlace(call, call.at(2));
}

/// Unicode's White_Space at the start of the text: its bytes, or 0.
std::size_t spaceAt(std::string_view text)
{
    static constexpr std::array<std::string_view, 25> spaces { "\t", "\n", "\v", "\f", "\r", " ",
        "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
        "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f",
        "\u3000" };
    const auto found = std::find_if(spaces.begin(), spaces.end(),
        [&](std::string_view space) { return text.starts_with(space); });
    return found == spaces.end() ? 0 : found->size();
}

bool trim(FunctionCall& call)
{
    if (!areTexts(call, 1)) {
        return call.refuse();
    }
    auto text = call.at(0).toView();
    while (const auto space = spaceAt(text)) {
        text.remove_prefix(space);
    }
    std::size_t end = text.size();
    for (std::size_t at = end; at > 0 && at == end;) {
        do {
            --at;
        } while (at > 0 && !startsCharacter(text[at]));
        end = spaceAt(text.substr(at, end - at)) > 0 ? at : end;
    }
    return call.give(textValue(text.substr(0, end)));
}

bool join(FunctionCall& call)
{
    const Value& list = call.at(0);
    const bool separated = call.arguments.size() == 2;
    if (list.type() != ValueType::List || (separated && call.at(1).type() != ValueType::String)) {
        return call.refuse();
    }
    const auto separator = separated ? call.at(1).toView() : std::string_view();
    Builder result(call);
    for (qsizetype i = 0; i < list.size(); ++i) {
        const Value item = list.at(i);
        if (item.type() != ValueType::String) {
            return call.fail(FaultCode::NotText, item);
        }
        if ((i > 0 && !result.add(separator)) || !result.add(item.toView())) {
            return false;
        }
    }
    return result.give();
}

bool quote(FunctionCall& call)
{
    static constexpr std::array<std::pair<char, std::string_view>, 9> escapes { { { '\a', "\\a" },
        { '\b', "\\b" }, { '\f', "\\f" }, { '\n', "\\n" }, { '\r', "\\r" }, { '\t', "\\t" },
        { '\v', "\\v" }, { '\\', "\\\\" }, { '"', "\\\"" } } };
    if (!areTexts(call, 1)) {
        return call.refuse();
    }
    QByteArray quoted("\"");
    for (const char c : call.at(0).toView()) {
        const auto* escape = std::find_if(
            escapes.begin(), escapes.end(), [&](const auto& known) { return known.first == c; });
        if (escape == escapes.end()) {
            quoted += c;
        } else {
            quoted.append(escape->second.data(), qsizetype(escape->second.size()));
        }
    }
    return call.give(Value::fromString(quoted + '"'));
}

bool encodeBase64(FunctionCall& call)
{
    return call.at(0).type() == ValueType::Bytes
        ? call.give(Value::fromString(call.at(0).toUtf8().toBase64()))
        : call.refuse();
}

/// With or without the signs that fill it up.
bool decodeBase64(FunctionCall& call)
{
    if (!areTexts(call, 1)) {
        return call.refuse();
    }
    const auto decoded = QByteArray::fromBase64Encoding(
        call.at(0).toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? call.give(Value::fromBytes(decoded.decoded))
                   : call.fail(FaultCode::BadText, call.at(0));
}

constexpr std::array<Function, 14> functions { {
    { "charAt", true, 2, 2, charAt },
    { "indexOf", true, 2, 3, indexOf },
    { "lastIndexOf", true, 2, 3, lastIndexOf },
    { "lowerAscii", true, 1, 1, asciiCase<'A', 'Z', 'a' - 'A'> },
    { "upperAscii", true, 1, 1, asciiCase<'a', 'z', 'A' - 'a'> },
    { "replace", true, 3, 4, replace },
    { "split", true, 2, 3, split },
    { "substring", true, 2, 3, substring },
    { "trim", true, 1, 1, trim },
    { "join", true, 1, 2, join },
    { "format", true, 2, 2, formatText },
    { "strings.quote", false, 1, 1, quote },
    { "base64.encode", false, 1, 1, encodeBase64 },
    { "base64.decode", false, 1, 1, decodeBase64 },
} };

} // namespace

std::span<const Function> textFunctions()
{
    return functions;
}

} // namespace eventloupe
