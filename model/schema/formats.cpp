#include "schema/formats.h"

#include "schema/pattern.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <vector>

namespace eventloupe {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Two decimal digits at a place; -1 when they are none.
int twoDigits(std::string_view text, std::size_t at)
{
    if (at + 2 > text.size() || !isDigit(text[at]) || !isDigit(text[at + 1]))
        return -1;
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// RFC 3339, section 5.6, full-date.
bool isDate(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    const int century = twoDigits(text, 0);
    const int yearOfCentury = twoDigits(text, 2);
    const int month = twoDigits(text, 5);
    const int day = twoDigits(text, 8);
    if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1)
        return false;
    const int year = century * 100 + yearOfCentury;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr std::array<int, 12> days { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return day <= days.at(static_cast<std::size_t>(month - 1)) + (leap && month == 2 ? 1 : 0);
}

// RFC 3339, section 5.6, full-time. A second of 60 is right only where it is 23:59:60 in UTC.
bool isTime(std::string_view text)
{
    const int hour = twoDigits(text, 0);
    const int minute = twoDigits(text, 3);
    const int second = twoDigits(text, 6);
    if (text.size() < 9 || text[2] != ':' || text[5] != ':' || hour < 0 || hour > 23 || minute < 0
        || minute > 59 || second < 0 || second > 60)
        return false;
    std::size_t at = 8;
    if (text[at] == '.') {
        const std::size_t first = ++at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        if (at == first)
            return false;
    }
    int offset = 0;
    const std::string_view zone = text.substr(at);
    if (zone != "Z" && zone != "z") {
        const int hours = twoDigits(zone, 1);
        const int minutes = twoDigits(zone, 4);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0
            || hours > 23 || minutes < 0 || minutes > 59)
            return false;
        offset = (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
    constexpr int day = 24 * 60;
    return second < 60 || (hour * 60 + minute - offset + 2 * day) % day == day - 1;
}

/// Takes "12M34S" out of a duration, where each unit but the last is followed by the next one only;
/// false when there is no unit.
bool takeUnits(std::string_view& text, std::string_view units)
{
    std::size_t next = 0;
    for (bool first = true;; first = false) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        if (digits == 0 || digits == std::string_view::npos)
            return !first;
        const std::size_t unit = units.find(text[digits]);
        if (first ? unit == std::string_view::npos : unit != next)
            return !first;
        next = unit + 1;
        text.remove_prefix(digits + 1);
    }
}

// RFC 3339, appendix A: years, months, days, then hours, minutes, seconds; or weeks.
bool isDuration(std::string_view text)
{
    if (!text.starts_with('P'))
        return false;
    text.remove_prefix(1);
    if (text.ends_with('W'))
        return takeUnits(text, "W") && text.empty();
    const bool hasDate = takeUnits(text, "YMD");
    if (!text.starts_with('T'))
        return hasDate && text.empty();
    text.remove_prefix(1);
    return takeUnits(text, "HMS") && text.empty();
}

/// ECMA-262 with its Unicode flag has no other letters after a backslash.
bool hasEcmaEscapes(std::string_view text)
{
    constexpr std::string_view known = "dDwWsSbBfnrtvcxupPk";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\')
            continue;
        ++i;
        if (i < text.size() && isLetter(text[i]) && known.find(text[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

// ECMA-262, section 22.2.1.
bool isRegex(std::string_view text)
{
    return hasEcmaEscapes(text)
        && Pattern::compile(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).ok();
}

bool isDateTime(std::string_view text)
{
    return text.size() > 11 && (text[10] == 'T' || text[10] == 't') && isDate(text.substr(0, 10))
        && isTime(text.substr(11));
}

// RFC 1123, section 2.1: labels of letters, digits and inner hyphens.
bool isHostname(std::string_view text)
{
    if (text.empty() || text.size() > 253)
        return false;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('.', start), text.size());
        const std::string_view label = text.substr(start, end - start);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
            return false;
        const auto fits = [](char c) { return isLetter(c) || isDigit(c) || c == '-'; };
        if (!std::all_of(label.begin(), label.end(), fits))
            return false;
        start = end + 1;
    }
    return true;
}

// RFC 2673, section 3.2: four decimal bytes without leading zeros.
bool isIpv4(std::string_view text)
{
    int parts = 0;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('.', start), text.size());
        const std::string_view part = text.substr(start, end - start);
        if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), isDigit)
            || (part.size() > 1 && part.front() == '0'))
            return false;
        int number = 0;
        for (const char c : part)
            number = number * 10 + (c - '0');
        if (number > 255)
            return false;
        ++parts;
        start = end + 1;
    }
    return parts == 4;
}

/// The 16-bit groups of one side of an IPv6 address; -1 when one is malformed.
int ipv6Groups(std::string_view text, bool mayEndInIpv4)
{
    if (text.empty())
        return 0;
    int groups = 0;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(':', start), text.size());
        const std::string_view group = text.substr(start, end - start);
        if (end == text.size() && mayEndInIpv4 && isIpv4(group))
            return groups + 2;
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), isHex))
            return -1;
        ++groups;
        start = end + 1;
    }
    return groups;
}

// RFC 4291, section 2.2.
bool isIpv6(std::string_view text)
{
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos)
        return ipv6Groups(text, true) == 8;
    const int before = ipv6Groups(text.substr(0, gap), false);
    const int after = ipv6Groups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
}

// RFC 5321, section 4.1.2: a dot-atom or a quoted string, "@", a host name or a literal.
bool isLocalPart(std::string_view local)
{
    if (local.empty() || local.size() > 64)
        return false;
    if (local.size() > 2 && local.front() == '"' && local.back() == '"') {
        const std::string_view quoted = local.substr(1, local.size() - 2);
        return std::all_of(quoted.begin(), quoted.end(),
            [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
    }
    constexpr std::string_view atomSigns = "!#$%&'*+-/=?^_`{|}~.";
    const auto fits = [atomSigns](char c) {
        return isLetter(c) || isDigit(c) || atomSigns.find(c) != std::string_view::npos;
    };
    return local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos
        && std::all_of(local.begin(), local.end(), fits);
}

bool isEmail(std::string_view text)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || !isLocalPart(text.substr(0, at)))
        return false;
    const std::string_view domain = text.substr(at + 1);
    if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']') {
        const std::string_view literal = domain.substr(1, domain.size() - 2);
        return isIpv4(literal) || (literal.starts_with("IPv6:") && isIpv6(literal.substr(5)));
    }
    return isHostname(domain);
}

// RFC 9562, section 4.
bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isHex(text[i]))
            return false;
    }
    return true;
}

bool isUriAuthority(std::string_view authority)
{
    const std::size_t at = authority.find('@');
    std::string_view host = at == std::string_view::npos ? authority : authority.substr(at + 1);
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos
            || !(isIpv6(host.substr(1, end - 1)) || host.substr(1).starts_with('v')))
            return false;
        host.remove_prefix(end + 1);
    } else {
        host.remove_prefix(std::min(host.find(':'), host.size()));
    }
    return host.empty()
        || (host.front() == ':' && std::all_of(host.begin() + 1, host.end(), isDigit));
}

// RFC 3986, section 3: a scheme, then only characters that a URI may hold.
bool isUri(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isLetter(text.front()))
        return false;
    const std::string_view scheme = text.substr(0, colon);
    const auto fitsScheme
        = [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; };
    if (!std::all_of(scheme.begin(), scheme.end(), fitsScheme))
        return false;
    constexpr std::string_view signs = "-._~:/?#[]@!$&'()*+,;=";
    std::string_view rest = text.substr(colon + 1);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const bool escape
            = rest[i] == '%' && i + 2 < rest.size() && isHex(rest[i + 1]) && isHex(rest[i + 2]);
        if (!escape && !isLetter(rest[i]) && !isDigit(rest[i])
            && signs.find(rest[i]) == std::string_view::npos)
            return false;
    }
    std::string_view path = rest;
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
        if (!isUriAuthority(rest.substr(0, end)))
            return false;
        path = rest.substr(end);
    }
    const std::size_t fragment = path.find('#');
    return path.find_first_of("[]") == std::string_view::npos
        && (fragment == std::string_view::npos
            || path.find('#', fragment + 1) == std::string_view::npos);
}

constexpr std::array<Format, 11> formats { {
    { "date-time", isDateTime,
        QT_TRANSLATE_NOOP("Schema", "must be a date and time such as 2026-03-01T14:03:22Z") },
    { "date", isDate, QT_TRANSLATE_NOOP("Schema", "must be a date such as 2026-03-01") },
    { "time", isTime,
        QT_TRANSLATE_NOOP("Schema", "must be a time with its zone such as 14:03:22Z") },
    { "duration", isDuration,
        QT_TRANSLATE_NOOP("Schema", "must be a duration such as P1Y2M3D, PT1H30M or P2W") },
    { "regex", isRegex,
        QT_TRANSLATE_NOOP("Schema", "must be a regular expression such as ^[a-z]+$") },
    { "email", isEmail,
        QT_TRANSLATE_NOOP("Schema", "must be an e-mail address such as ada@example.org") },
    { "uuid", isUuid,
        QT_TRANSLATE_NOOP(
            "Schema", "must be a UUID such as 018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55") },
    { "uri", isUri, QT_TRANSLATE_NOOP("Schema", "must be a URI such as https://example.org/page") },
    { "ipv4", isIpv4, QT_TRANSLATE_NOOP("Schema", "must be an IPv4 address such as 192.0.2.1") },
    { "ipv6", isIpv6, QT_TRANSLATE_NOOP("Schema", "must be an IPv6 address such as 2001:db8::1") },
    { "hostname", isHostname,
        QT_TRANSLATE_NOOP("Schema", "must be a host name such as www.example.org") },
} };

} // namespace

const Format* findFormat(std::string_view name)
{
    const auto found = std::find_if(formats.begin(), formats.end(),
        [name](const Format& format) { return format.name == name; });
    return found == formats.end() ? nullptr : found;
}

} // namespace eventloupe
