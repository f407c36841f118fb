#include "value/visibletext.h"

#include <QStringView>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

/// Above ASCII, in order: what Unicode calls Default_Ignorable_Code_Point, formats, separators and
/// blanks that look like nothing, without the variation selectors.
constexpr std::array unseen {
    Range { 0x7F, 0x9F }, // DEL and C1.
    Range { 0xAD, 0xAD }, // Soft hyphen.
    Range { 0x34F, 0x34F }, Range { 0x61C, 0x61C }, // Arabic letter mark.
    Range { 0x115F, 0x1160 }, // Hangul fillers.
    Range { 0x17B4, 0x17B5 }, Range { 0x180E, 0x180E },
    Range { 0x200B, 0x200F }, // Zero width, joiners, marks of direction.
    Range { 0x2028, 0x202E }, // Line and paragraph separator, embeddings and overrides.
    Range { 0x2060, 0x206F }, // Word joiner, invisible operators, isolates.
    // What models have in place of control characters: few fonts have these, and show boxes.
    Range { 0x2400, 0x2421 }, Range { 0x3164, 0x3164 },
    Range { 0xFEFF, 0xFEFF }, // Byte order mark.
    Range { 0xFFA0, 0xFFA0 }, Range { 0xFFF0, 0xFFFB }, Range { 0xFFFE, 0xFFFF },
    Range { 0x1BCA0, 0x1BCA3 }, Range { 0x1D173, 0x1D17A },
    Range { 0xE0000, 0xE00FF }, // Tags, which spell ASCII that nobody sees.
};

bool isAscii(QChar unit)
{
    return unit.unicode() >= 0x20 && unit.unicode() < 0x7F;
}

bool isSelector(char32_t character)
{
    return (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0100 && character <= 0xE01EF)
        || (character >= 0x180B && character <= 0x180F && character != 0x180E);
}

bool isUnseen(char32_t character)
{
    if (character < 0x7F)
        return character < 0x20;
    const auto range = std::lower_bound(unseen.begin(), unseen.end(), character,
        [](const Range& each, char32_t sought) { return each.last < sought; });
    return range != unseen.end() && range->first <= character;
}

/// That a unit of UTF-16 is shown whatever stands beside it.
bool isCommon(QChar unit)
{
    const char16_t code = unit.unicode();
    const bool isLatin = code >= 0xAE && code < 0x34F;
    const bool isEastAsian = code > 0x3164 && code < 0xD800;
    return isAscii(unit) || isLatin || isEastAsian
        || (!unit.isSurrogate() && !isSelector(code) && !isUnseen(code));
}

/// Of a script or a picture whose parts join: a joiner beside Latin, Greek or Cyrillic does
/// nothing.
bool joins(char32_t character)
{
    constexpr char32_t firstThatJoins = 0x590;
    return character >= firstThatJoins && !isUnseen(character);
}

bool isJoiner(char32_t character)
{
    return character == 0x200C || character == 0x200D;
}

QString signOf(char32_t character)
{
    constexpr std::array names { "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",
        "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN",
        "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP", "DEL" };
    char32_t control = character >= 0x2400 ? character - 0x2400 : character;
    if (control == U'\n')
        return QChar(u'¶');
    if (character == 0x7F)
        control = names.size() - 1;
    if (control < names.size())
        return u'⟨' + QLatin1String(names.at(control)) + u'⟩';
    QString sign = QStringLiteral("⟨U+");
    for (int digit = character > 0xFFFF ? 4 : 3; digit >= 0; --digit)
        sign += QLatin1Char("0123456789ABCDEF"[character >> (4 * digit) & 0xF]);
    return sign += u'⟩';
}

QString escapeOf(char32_t character)
{
    const bool isShort = character <= 0xFFFF;
    return (isShort ? QStringLiteral("\\u") : QStringLiteral("\\U"))
        + QString::number(static_cast<uint>(character), 16).rightJustified(isShort ? 4 : 8, u'0');
}

using SignOf = QString (*)(char32_t);

class Signs {
public:
    Signs(QStringView text, SignOf sign, bool keepsLines)
        : m_text(text)
        , m_sign(sign)
        , m_keepsLines(keepsLines)
    {
        m_out.reserve(text.size() + 16);
    }

    QString write()
    {
        char32_t before = 0;
        for (qsizetype at = 0; at < m_text.size();) {
            const auto character = characterAt(at);
            const qsizetype next = at + (character > 0xFFFF ? 2 : 1);
            if (isShown(before, character, next))
                m_out += m_text.mid(at, next - at);
            else
                m_out += m_sign(character);
            before = character;
            at = next;
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] char32_t characterAt(qsizetype at) const
    {
        const auto unit = m_text.at(at);
        if (unit.isHighSurrogate() && at + 1 < m_text.size() && m_text.at(at + 1).isLowSurrogate())
            return QChar::surrogateToUcs4(unit, m_text.at(at + 1));
        return unit.unicode();
    }

    [[nodiscard]] bool isShown(char32_t before, char32_t character, qsizetype next) const
    {
        if (character == U'\n')
            return m_keepsLines;
        // One selector changes how the character before it looks; more hide something.
        if (isSelector(character))
            return before > 0x20 && !isSelector(before) && !isUnseen(before);
        if (isJoiner(character))
            return joins(before) && next < m_text.size() && joins(characterAt(next));
        return !isUnseen(character) && !QChar::isSurrogate(character);
    }

    QStringView m_text;
    SignOf m_sign;
    bool m_keepsLines;
    QString m_out;
};

QString shown(const QString& text, SignOf sign, bool keepsLines)
{
    // The first alone decides for nearly all that a log shows.
    if (std::all_of(text.cbegin(), text.cend(), isAscii)
        || std::all_of(text.cbegin(), text.cend(), isCommon))
        return text;
    return Signs(text, sign, keepsLines).write();
}

} // namespace

QString visibleText(const QString& text)
{
    return shown(text, signOf, false);
}

QString visibleLines(const QString& text)
{
    return shown(text, signOf, true);
}

QString visibleExpression(const QString& expression)
{
    return shown(expression, escapeOf, true);
}

} // namespace eventloupe
