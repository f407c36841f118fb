#include "ui/base/jsontext.h"

#include "ui/base/plaintext.h"

namespace eventloupe {

namespace {

constexpr int indentWidth = 2;
/// Deeper levels are not indented further, so that hostile nesting stays linear in size.
constexpr int deepestIndent = 40;

class Layout {
public:
    explicit Layout(std::string_view text)
        : m_text(text)
    {
        m_out.reserve(static_cast<qsizetype>(text.size()) * 2);
    }

    QByteArray run()
    {
        for (m_at = 0; m_at < m_text.size(); ++m_at)
            take(m_text[m_at]);
        return std::move(m_out);
    }

private:
    void take(char byte)
    {
        switch (byte) {
        case '"':
            takeString();
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

    void takeString()
    {
        const auto start = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        m_at = std::min(m_at, m_text.size() - 1);
        m_out.append(m_text.data() + start, static_cast<qsizetype>(m_at - start + 1));
    }

    /// An empty object or array stays on its line.
    void open(char bracket)
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

    void breakLine(int depth)
    {
        m_out += '\n';
        m_out.append(std::clamp(depth, 0, deepestIndent) * indentWidth, ' ');
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    QByteArray m_out;
};

} // namespace

QByteArray layOutJson(std::string_view text)
{
    return Layout(text).run();
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
        for (qsizetype at = 0; at < visible.size() || at == 0; at += lineLength) {
            if (at > 0)
                out += QStringLiteral("↩\n");
            out += QStringView(visible).mid(at, lineLength);
        }
        out += u'\n';
    }
    out.chop(1);
    return out;
}

} // namespace eventloupe
