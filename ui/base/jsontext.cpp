#include "ui/base/jsontext.h"

#include "ui/base/plaintext.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace eventloupe {

namespace {

constexpr int indentWidth = 2;
/// Deeper levels are not indented further, so that hostile nesting stays linear in size.
constexpr int deepestIndent = 40;

bool isInsideCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

} // namespace

QByteArray JsonLayout::next(qsizetype bytes)
{
    m_out.clear();
    while (!atEnd() && m_out.size() < bytes) {
        if (m_isInString) {
            takeString(bytes);
        } else {
            take(m_text[m_at]);
            ++m_at;
        }
    }
    return std::exchange(m_out, {});
}

void JsonLayout::take(char byte)
{
    switch (byte) {
    case '"':
        m_out += byte;
        m_isInString = true;
        break;
    case '{':
    case '[':
        open(byte);
        break;
    case '}':
    case ']':
        breakLine(--m_depth);
        m_out += byte;
        break;
    case ',':
        m_out += byte;
        breakLine(m_depth);
        break;
    case ':':
        m_out += ": ";
        break;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        break;
    default:
        m_out += byte;
    }
}

/// Up to the closing quote, or until the part is full.
void JsonLayout::takeString(qsizetype bytes)
{
    const auto start = m_at;
    const auto room = static_cast<std::size_t>(std::max<qsizetype>(bytes - m_out.size(), 1));
    while (!atEnd() && m_text[m_at] != '"'
        && (m_at - start < room || isInsideCharacter(m_text[m_at])))
        m_at += m_text[m_at] == '\\' ? 2 : 1;
    m_at = std::min(m_at, m_text.size());
    if (!atEnd() && m_text[m_at] == '"') {
        ++m_at;
        m_isInString = false;
    }
    m_out.append(m_text.data() + start, static_cast<qsizetype>(m_at - start));
}

/// An empty object or array stays on its line.
void JsonLayout::open(char bracket)
{
    m_out += bracket;
    const auto next = m_text.find_first_not_of(" \t\r\n", m_at + 1);
    const char closing = bracket == '{' ? '}' : ']';
    if (next != std::string_view::npos && m_text[next] == closing) {
        m_out += closing;
        m_at = next;
        return;
    }
    breakLine(++m_depth);
}

void JsonLayout::breakLine(int depth)
{
    m_out += '\n';
    m_out.append(std::clamp(depth, 0, deepestIndent) * indentWidth, ' ');
}

QByteArray layOutJson(std::string_view text)
{
    return JsonLayout(text).next(std::numeric_limits<qsizetype>::max());
}

QString textForView(const QByteArray& utf8, qsizetype lineLength, qsizetype limit, bool* wasCut)
{
    // A character has at most four bytes, so this much is enough for `limit` of them.
    const auto text = QString::fromUtf8(utf8.left(limit * 4)).left(limit);
    if (wasCut)
        *wasCut = text.size() >= limit && utf8.size() > limit;
    QString out;
    out.reserve(text.size() + text.size() / lineLength + 1);
    for (const auto& line : QStringView(text).split(u'\n')) {
        const auto visible = visibleText(line.toString());
        qsizetype at = 0;
        while (visible.size() - at > lineLength) {
            // Not between the two halves of a character.
            const bool isTorn = lineLength > 1 && visible.at(at + lineLength - 1).isHighSurrogate();
            const qsizetype length = lineLength - (isTorn ? 1 : 0);
            out += QStringView(visible).mid(at, length);
            out += QStringLiteral("↩\n");
            at += length;
        }
        out += QStringView(visible).mid(at);
        out += u'\n';
    }
    out.chop(1);
    return out;
}

} // namespace eventloupe
