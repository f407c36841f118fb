#include "ui/domain/definitionhighlighter.h"

#include "ui/base/theme.h"

#include <QTextDocument>
#include <QWidget>

namespace eventloupe {

namespace {

/// Where the JSON stands at a line's end.
struct LineEnd final : QTextBlockUserData {
    JsonTracker tracker;
};

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

} // namespace

DefinitionHighlighter::DefinitionHighlighter(
    QTextDocument* document, std::optional<DefinitionKind> kind, const QWidget& colourSource)
    : QSyntaxHighlighter(document)
    , m_kind(kind)
    , m_colourSource(colourSource)
{
}

TextUse DefinitionHighlighter::useOf(const JsonToken& token)
{
    if (!m_kind || !token.isText())
        return {};
    const bool isKey = token.kind == JsonToken::Kind::Key;
    const QString key = (isKey ? u'k' : u'v') + token.path.join(u'\n');
    const auto known = m_uses.constFind(key);
    if (known != m_uses.cend())
        return *known;
    const DefinitionFormat& format = DefinitionFormat::of(*m_kind);
    const TextUse use = isKey ? format.useOfKey(token.path) : format.useOfValue(token.path);
    m_uses.insert(key, use);
    return use;
}

void DefinitionHighlighter::highlightBlock(const QString& text)
{
    JsonTracker tracker;
    if (const auto* before = static_cast<LineEnd*>(currentBlock().previous().userData()))
        tracker = before->tracker;
    const auto colours = coloursOf(m_colourSource.palette());
    for (const JsonToken& token : tracker.feed(text)) {
        if (token.kind == JsonToken::Kind::Sign)
            continue;
        if (token.kind == JsonToken::Kind::Word) {
            setFormat(token.start, token.length,
                text.at(token.start).isLetter() ? colours.jsonWord : colours.jsonNumber);
            continue;
        }
        const bool isKey = token.kind == JsonToken::Kind::Key;
        setFormat(token.start, token.length, isKey ? colours.jsonKey : colours.jsonString);
        const TextUse use = useOf(token);
        const int end = token.end() - (token.isClosed ? 1 : 0);
        if (use.kind == TextUse::Kind::Expression)
            colourExpression(text, token.start + 1, end, use.scope);
        else if (use.kind == TextUse::Kind::Template)
            colourTemplate(text, token.start + 1, end, use.scope);
    }
    auto* end = new LineEnd;
    end->tracker = tracker;
    setCurrentBlockUserData(end);
    setCurrentBlockState(static_cast<int>(tracker.hash() & 0x7fffffff));
}

void DefinitionHighlighter::colourExpression(
    const QString& text, int start, int end, const QString& scope)
{
    const auto colours = coloursOf(m_colourSource.palette());
    const QStringList variables = variablesOf(scope);
    setFormat(start, end - start, m_colourSource.palette().color(QPalette::Text));
    int at = start;
    while (at < end) {
        const QChar c = text.at(at);
        int next = at + 1;
        if (c == u'\'') {
            while (next < end && text.at(next) != u'\'')
                next += text.at(next) == u'\\' ? 2 : 1;
            next = std::min(next + 1, end);
            setFormat(at, next - at, colours.jsonString);
        } else if (c.isDigit()) {
            while (next < end && (isWordPart(text.at(next)) || text.at(next) == u'.'))
                ++next;
            setFormat(at, next - at, colours.jsonNumber);
        } else if (isWordPart(c)) {
            while (next < end && isWordPart(text.at(next)))
                ++next;
            const QString word = text.mid(at, next - at);
            const bool isMember = at > start && text.at(at - 1) == u'.';
            const bool isCall = next < end && text.at(next) == u'(';
            const bool isWord
                = word == u"true" || word == u"false" || word == u"null" || word == u"in";
            QTextCharFormat format;
            format.setForeground(isCall || isWord ? colours.jsonWord : colours.jsonKey);
            format.setFontItalic(!isMember && variables.contains(word));
            if (isCall || isWord || (!isMember && variables.contains(word)))
                setFormat(at, next - at, format);
        }
        at = next;
    }
}

void DefinitionHighlighter::colourTemplate(
    const QString& text, int start, int end, const QString& scope)
{
    for (int at = start; at < end; ++at) {
        if (text.at(at) != u'{')
            continue;
        if (at + 1 < end && text.at(at + 1) == u'{') {
            ++at;
            continue;
        }
        auto close = static_cast<int>(text.indexOf(u'}', at));
        close = close < 0 || close > end ? end : close;
        colourExpression(text, at + 1, close, scope);
        at = close;
    }
}

} // namespace eventloupe
