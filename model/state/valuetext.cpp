#include "state/valuetext.h"

#include <utility>

namespace eventloupe {

namespace {

QChar shownAs(QChar character)
{
    const char16_t code = character.unicode();
    if (code < 0x20)
        return QChar(static_cast<char16_t>(0x2400 + code));
    return code == 0x7f ? QChar(u'\u2421') : character;
}

QString cut(QString text, int limit)
{
    if (text.size() <= limit)
        return text;
    const bool splitsPair = text.at(limit - 1).isHighSurrogate();
    text.truncate(splitsPair ? limit - 1 : limit);
    return text + QChar(u'\u2026');
}

QString shown(const QByteArray& utf8, int limit)
{
    // Four bytes a character are enough; a character that this tears is past the limit.
    QString text = QString::fromUtf8(utf8.left(qsizetype(4) * (limit + 1)));
    for (QChar& character : text)
        character = shownAs(character);
    return text;
}

/// Appends compact JSON until the limit is passed.
void appendCompact(QString& out, const JsonValue& value, int limit)
{
    if (out.size() > limit)
        return;
    if (value.isObject()) {
        out += u'{';
        bool isFirst = true;
        for (const JsonValue::Member& member : value.members()) {
            if (out.size() > limit)
                return;
            if (!std::exchange(isFirst, false))
                out += QStringLiteral(", ");
            out += shown(member.key, limit) + QStringLiteral(": ");
            appendCompact(out, member.value, limit);
        }
        out += u'}';
    } else if (value.isArray()) {
        out += u'[';
        bool isFirst = true;
        for (const JsonValue& element : value.elements()) {
            if (out.size() > limit)
                return;
            if (!std::exchange(isFirst, false))
                out += QStringLiteral(", ");
            appendCompact(out, element, limit);
        }
        out += u']';
    } else if (value.isString()) {
        out += u'"' + shown(value.toUtf8(), limit) + u'"';
    } else {
        out += QString::fromLatin1(value.toJson());
    }
}

} // namespace

QString oneLineText(const QByteArray& utf8, int limit)
{
    return cut(shown(utf8, limit), limit);
}

QString oneLineText(const JsonValue& value, int limit)
{
    if (value.isString() && !value.toUtf8().isEmpty())
        return oneLineText(value.toUtf8(), limit);
    QString text;
    appendCompact(text, value, limit);
    return cut(std::move(text), limit);
}

} // namespace eventloupe
