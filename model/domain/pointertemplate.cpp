#include "domain/pointertemplate.h"

#include "domain/domaintext.h"

namespace eventloupe {

namespace {

/// Knows whether a character stands inside an expression, and inside a string there.
class BraceTracker {
public:
    [[nodiscard]] bool isInside() const { return m_depth > 0; }

    void step(char c)
    {
        if (m_quote != '\0') {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == m_quote)
                m_quote = '\0';
        } else if (m_depth > 0 && (c == '"' || c == '\'')) {
            m_quote = c;
        } else if (c == '{') {
            ++m_depth;
        } else if (c == '}' && m_depth > 0) {
            --m_depth;
        }
    }

private:
    int m_depth = 0;
    char m_quote = '\0';
    bool m_escaped = false;
};

} // namespace

Result<QList<QByteArray>> splitPointerTemplate(const QByteArray& source)
{
    if (!source.startsWith('/')) {
        return Error { ErrorCode::InvalidArgument,
            DomainText::tr("must be a JSON Pointer, which begins with '/', such as \"/name\"") };
    }
    QList<QByteArray> tokens;
    BraceTracker braces;
    for (qsizetype i = 0; i < source.size(); ++i) {
        const char c = source.at(i);
        const char next = i + 1 < source.size() ? source.at(i + 1) : '\0';
        if (!braces.isInside() && (c == '{' || c == '}') && next == c) {
            tokens.last().append(source.mid(i++, 2));
            continue;
        }
        if (!braces.isInside() && c == '/') {
            tokens.append(QByteArray());
            continue;
        }
        if (!braces.isInside() && c == '~') {
            if (next != '0' && next != '1') {
                return Error { ErrorCode::InvalidArgument,
                    DomainText::tr("in a JSON Pointer '~' is written '~0', and '/' in a name "
                                   "'~1'") };
            }
            tokens.last().append(next == '0' ? '~' : '/');
            ++i;
            continue;
        }
        braces.step(c);
        tokens.last().append(c);
    }
    return tokens;
}

} // namespace eventloupe
