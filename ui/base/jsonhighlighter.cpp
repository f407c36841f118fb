#include "ui/base/jsonhighlighter.h"

#include "ui/base/theme.h"

#include <QWidget>

namespace eventloupe {

JsonHighlighter::JsonHighlighter(QTextDocument* document, const QWidget& colourSource)
    : QSyntaxHighlighter(document)
    , m_colourSource(colourSource)
{
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    int at = 0;
    while (at < text.size()) {
        const auto character = text.at(at);
        if (character == u'"')
            highlightString(text, at);
        else if (character.isLetterOrNumber() || character == u'-')
            highlightWord(text, at);
        else
            ++at;
    }
}

void JsonHighlighter::highlightString(const QString& text, int& at)
{
    const int start = at++;
    while (at < text.size() && text.at(at) != u'"')
        at += text.at(at) == u'\\' ? 2 : 1;
    at = std::min(at + 1, static_cast<int>(text.size()));
    const auto colours = coloursOf(m_colourSource.palette());
    const bool isKey = at < text.size() && text.at(at) == u':';
    setFormat(start, at - start, isKey ? colours.jsonKey : colours.jsonString);
}

void JsonHighlighter::highlightWord(const QString& text, int& at)
{
    const int start = at;
    const auto isPart = [](QChar character) {
        return character.isLetterOrNumber() || character == u'-' || character == u'+'
            || character == u'.';
    };
    while (at < text.size() && isPart(text.at(at)))
        ++at;
    const auto colours = coloursOf(m_colourSource.palette());
    const bool isWord = text.at(start).isLetter();
    setFormat(start, at - start, isWord ? colours.jsonWord : colours.jsonNumber);
}

} // namespace eventloupe
