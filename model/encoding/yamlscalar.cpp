#include "encoding/yamlscalar.h"

#include "encoding/digits.h"
#include "encoding/json5text.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

using Type = YamlScalar::Type;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// ASCII letters in lower case; the words that mean something are of them.
std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool resolveWord(std::string_view plain, YamlScalar& scalar)
{
    constexpr std::size_t longest = 5;
    if (plain.size() > longest)
        return false;
    const auto word = lowered(plain);
    if (word == "~" || word == "null")
        scalar.type = Type::Null;
    else if (word == "true" || word == "yes" || word == "on")
        scalar.type = Type::True;
    else if (word == "false" || word == "no" || word == "off")
        scalar.type = Type::False;
    else if (word == ".inf" || word == "+.inf" || word == "-.inf" || word == ".nan")
        scalar.type = Type::NotFinite;
    else
        return false;
    scalar.text = word;
    return true;
}

/// Takes a text apart from its beginning.
class Scan {
public:
    explicit Scan(std::string_view text)
        : m_rest(text)
    {
    }

    /// Digits, so many of them; "" else.
    std::string_view digits(std::size_t least, std::size_t most)
    {
        std::size_t count = 0;
        while (count < m_rest.size() && count < most && isDigit(m_rest[count]))
            ++count;
        if (count < least)
            return {};
        const auto part = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return part;
    }
    bool take(char c)
    {
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool takeSpaces()
    {
        const auto before = m_rest.size();
        while (take(' ') || take('\t')) { }
        return m_rest.size() != before;
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

void appendPadded(std::string& text, std::string_view digits)
{
    text += digits.size() == 1 ? "0" : "";
    text += digits;
}

/// "+1", "+01:00", "+0100", "Z" or nothing, which is UTC.
bool takeOffset(Scan& scan, std::string& text)
{
    if (scan.rest().empty() || scan.rest() == "Z") {
        text += 'Z';
        return true;
    }
    if (scan.rest().front() != '+' && scan.rest().front() != '-')
        return false;
    text += scan.rest().front();
    scan.take(scan.rest().front());
    const auto hours = scan.digits(1, 2);
    scan.take(':');
    const auto minutes = scan.digits(0, 2);
    appendPadded(text, hours);
    text += ':';
    text += minutes.empty() ? "00" : minutes;
    return !hours.empty() && minutes.size() != 1 && scan.rest().empty();
}

bool resolveTime(std::string_view plain, YamlScalar& scalar)
{
    Scan scan(plain);
    const auto year = scan.digits(4, 4);
    if (year.empty() || !scan.take('-'))
        return false;
    const auto month = scan.digits(1, 2);
    if (month.empty() || !scan.take('-'))
        return false;
    const auto day = scan.digits(1, 2);
    if (day.empty())
        return false;
    std::string text(year);
    text += '-';
    appendPadded(text, month);
    text += '-';
    appendPadded(text, day);
    if (!scan.rest().empty()) {
        if (!scan.take('T') && !scan.take('t') && !scan.takeSpaces())
            return false;
        const auto hours = scan.digits(1, 2);
        if (hours.empty() || !scan.take(':'))
            return false;
        const auto minutes = scan.digits(2, 2);
        if (minutes.empty() || !scan.take(':'))
            return false;
        const auto seconds = scan.digits(2, 2);
        if (seconds.empty())
            return false;
        text += 'T';
        appendPadded(text, hours);
        text += ':';
        text += minutes;
        text += ':';
        text += seconds;
        if (scan.take('.')) {
            const auto fraction = scan.digits(0, std::string_view::npos);
            text += fraction.empty() ? "" : ".";
            text += fraction;
        }
        scan.takeSpaces();
        if (!takeOffset(scan, text))
            return false;
    }
    scalar.type = Type::Time;
    scalar.text = text;
    return true;
}

/// Integers of another base, up to 64 bits.
bool resolveBased(bool negative, std::string_view digits, int base, YamlScalar& scalar)
{
    quint64 value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, value, base);
    if (digits.empty() || at != end || error != std::errc())
        return false;
    scalar.type = Type::Number;
    scalar.text = std::to_string(value);
    if (negative && value != 0)
        scalar.text.insert(0, 1, '-');
    return true;
}

bool resolveNumber(std::string_view plain, YamlScalar& scalar)
{
    const bool hasSign = plain.starts_with('-') || plain.starts_with('+');
    const auto unsignedText = plain.substr(hasSign ? 1 : 0);
    if (unsignedText.empty() || (!isDigit(unsignedText[0]) && unsignedText[0] != '.'))
        return false;
    std::string bare;
    for (const char c : unsignedText) {
        if (c != '_')
            bare += c;
    }
    const bool negative = plain.starts_with('-');
    if (bare.starts_with("0x"))
        return resolveBased(negative, std::string_view(bare).substr(2), 16, scalar);
    if (bare.starts_with("0b"))
        return resolveBased(negative, std::string_view(bare).substr(2), 2, scalar);
    const bool hasPoint = bare.find('.') != std::string::npos;
    if (!hasPoint && bare.size() > 1 && bare.starts_with('0'))
        return resolveBased(negative, std::string_view(bare).substr(1), 8, scalar);
    // An exponent needs a point before it and a sign, else it is a text: "1e3", "1.5e3".
    const auto exponent = bare.find_first_of("eE");
    if (exponent != std::string::npos
        && (!hasPoint || exponent + 1 >= bare.size()
            || (bare[exponent + 1] != '+' && bare[exponent + 1] != '-')))
        return false;
    std::string number;
    if (negative)
        bare.insert(0, 1, '-');
    if (!json5Number(bare, number))
        return false;
    scalar.type = Type::Number;
    scalar.text = number;
    return true;
}

bool resolveSymbol(std::string_view plain, YamlScalar& scalar)
{
    if (plain.size() < 2 || !plain.starts_with(':'))
        return false;
    plain.remove_prefix(1);
    const char quote = plain.front();
    if (plain.size() >= 2 && (quote == '"' || quote == '\'') && plain.ends_with(quote))
        plain = plain.substr(1, plain.size() - 2);
    scalar.type = Type::Symbol;
    scalar.text = plain;
    return true;
}

} // namespace

YamlScalar resolveYamlScalar(std::string_view plain)
{
    YamlScalar scalar;
    if (plain.empty()) {
        scalar.type = Type::Null;
        return scalar;
    }
    if (!resolveWord(plain, scalar) && !resolveTime(plain, scalar) && !resolveSymbol(plain, scalar)
        && !resolveNumber(plain, scalar))
        scalar.text = plain;
    return scalar;
}

void writeYamlScalar(JsonSink& sink, const YamlScalar& scalar)
{
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    switch (scalar.type) {
    case Type::Null:
        sink.null();
        break;
    case Type::True:
    case Type::False:
        sink.boolean(scalar.type == Type::True);
        break;
    case Type::Number:
        sink.spelled(scalar.text);
        break;
    case Type::NotFinite:
        sink.real(scalar.text == ".nan"      ? std::numeric_limits<double>::quiet_NaN()
                : scalar.text.front() == '-' ? -infinity
                                             : infinity);
        break;
    default:
        sink.text(scalar.text);
    }
}

void writeBigDecimal(JsonSink& sink, std::string_view dumped)
{
    auto text = dumped.substr(std::min(dumped.find(':') + 1, dumped.size()));
    if (text == "NaN" || text == "Infinity" || text == "-Infinity") {
        sink.lose(QT_TRANSLATE_NOOP("Encoding", "NaN and infinities are shown as texts"));
        return sink.text(text);
    }
    std::string number;
    if (!json5Number(text, number) || text.find_first_of("xX") != std::string_view::npos)
        return sink.text(dumped);
    const bool negative = number.starts_with('-');
    std::string digits;
    qint64 exponent = 0;
    const auto end = std::min(number.find_first_of("eE"), number.size());
    if (end < number.size()) {
        const auto from = end + (number.substr(end + 1).starts_with('+') ? 2 : 1);
        const char* const last = number.data() + number.size();
        const auto [at, error] = std::from_chars(number.data() + from, last, exponent);
        constexpr qint64 most = 1'000'000'000;
        if (error != std::errc() || at != last || std::abs(exponent) > most)
            return sink.spelled(number);
    }
    bool isFraction = false;
    for (const char c : std::string_view(number).substr(0, end)) {
        if (isDigit(c)) {
            digits += c;
            exponent -= isFraction ? 1 : 0;
        }
        isFraction = isFraction || c == '.';
    }
    // Ruby writes 0.1e1 for 1: zeros at the end are not of the value.
    while (exponent < 0 && digits.size() > 1 && digits.ends_with('0')) {
        digits.pop_back();
        ++exponent;
    }
    sink.spelled(decimalText(negative, digits, exponent));
}

} // namespace eventloupe
