#include "ui/domain/definitiontext.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

/// QPlainTextEdit is quadratic in the length of a line.
constexpr qsizetype longestLine = 20'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("eventloupe::DefinitionText", text);
}

/// What a text document uses for itself.
bool isTakenByEditor(QChar c)
{
    const char16_t code = c.unicode();
    return c == u'\r' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator || code == 0
        || (code >= 0xfdd0 && code <= 0xfdd1) || code == 0xfffc;
}

qsizetype longestOf(const QString& text)
{
    qsizetype longest = 0;
    qsizetype start = 0;
    for (;;) {
        const auto end = text.indexOf(u'\n', start);
        longest = std::max(longest, (end < 0 ? text.size() : end) - start);
        if (end < 0)
            return longest;
        start = end + 1;
    }
}

} // namespace

DefinitionText DefinitionText::fromBytes(const QByteArray& bytes)
{
    DefinitionText read;
    read.text = QString::fromUtf8(bytes);
    read.hasCrLf = read.text.contains(u"\r\n");
    if (read.hasCrLf)
        read.text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    const bool isOdd = std::any_of(read.text.cbegin(), read.text.cend(), isTakenByEditor);
    if (isOdd || toBytes(read.text, read.hasCrLf) != bytes) {
        read.obstacle = tr("This file has mixed line ends, a byte order mark, or characters that "
                           "are not UTF-8 text. It is not edited here, since its other bytes would "
                           "not stay as they are.");
    } else if (longestOf(read.text) > longestLine) {
        read.obstacle = tr("This file has a line of more than 20,000 characters. Lay it out over "
                           "lines to edit it here.");
        read.text = read.text.left(1000) + u'…';
    }
    return read;
}

QByteArray DefinitionText::toBytes(const QString& text, bool hasCrLf)
{
    QString whole = text;
    if (hasCrLf)
        whole.replace(u'\n', QStringLiteral("\r\n"));
    return whole.toUtf8();
}

} // namespace eventloupe
