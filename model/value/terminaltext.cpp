#include "value/terminaltext.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

/// The character that a text begins with, as far as it is there; one byte where it is none.
std::string_view firstOf(std::string_view text, bool& isWhole)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first >= 0xf5 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3
        : first >= 0xc2 ? 2 : 1;
    const std::string_view character = text.substr(0, length);
    isWhole = character.size() == length;
    const bool isUtf8 = std::all_of(character.begin() + 1, character.end(),
        [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; });
    if (isUtf8)
        return character;
    isWhole = true;
    return text.substr(0, 1);
}

/// The character of up to three bytes; those of four steer nothing.
char32_t decoded(std::string_view bytes)
{
    const auto at = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    switch (bytes.size()) {
    case 1:
        return at(0);
    case 2:
        return char32_t(at(0) & 0x1f) << 6 | char32_t(at(1) & 0x3f);
    case 3:
        return char32_t(at(0) & 0x0f) << 12 | char32_t(at(1) & 0x3f) << 6 | char32_t(at(2) & 0x3f);
    default:
        return U' ';
    }
}

/// Controls of ASCII and Latin-1, and of the writing direction (unicode.org/reports/tr9).
bool steers(char32_t character)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 7> steering { { { 0, 8 }, { 0x0b, 0x1f },
        { 0x7f, 0x9f }, { 0x061c, 0x061c }, { 0x200e, 0x200f }, { 0x202a, 0x202e },
        { 0x2066, 0x2069 } } };
    return std::any_of(steering.begin(), steering.end(), [character](const auto& range) {
        return character >= range.first && character <= range.second;
    });
}

} // namespace

bool isTerminal(int descriptor)
{
#ifdef Q_OS_UNIX
    return ::isatty(descriptor) == 1;
#else
    return descriptor < 0;
#endif
}

QByteArray TerminalText::next(std::string_view bytes)
{
    const QByteArray whole
        = m_begun + QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    m_begun.clear();
    const std::string_view text(whole.constData(), static_cast<std::size_t>(whole.size()));
    QByteArray shown;
    shown.reserve(whole.size());
    for (std::size_t i = 0; i < text.size();) {
        bool isWhole = false;
        const std::string_view character = firstOf(text.substr(i), isWhole);
        if (!isWhole) {
            m_begun = QByteArray(character.data(), static_cast<qsizetype>(character.size()));
            break;
        }
        i += character.size();
        const bool isLineEnd = character == "\r" && (i == text.size() || text[i] == '\n');
        const char32_t code = decoded(character);
        if (!steers(code) || isLineEnd) {
            shown.append(character.data(), static_cast<qsizetype>(character.size()));
            continue;
        }
        std::array<char, 8> escaped {};
        std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(code));
        shown.append(escaped.data());
    }
    return shown;
}

} // namespace eventloupe
