#include "domain/jsontracker.h"

namespace eventloupe {

namespace {

bool isSign(QChar c)
{
    return QStringView(u"{}[],:").contains(c);
}

int endOfString(QStringView line, int start, bool& isClosed)
{
    int at = start + 1;
    while (at < line.size() && line.at(at) != u'"')
        at += line.at(at) == u'\\' ? 2 : 1;
    isClosed = at < line.size();
    return std::min(at + 1, static_cast<int>(line.size()));
}

int endOfWord(QStringView line, int start)
{
    int at = start;
    while (
        at < line.size() && !isSign(line.at(at)) && line.at(at) != u'"' && !line.at(at).isSpace())
        ++at;
    return std::max(at, start + 1);
}

} // namespace

QList<JsonToken> JsonTracker::feed(QStringView line)
{
    QList<JsonToken> tokens;
    int at = 0;
    while (at < line.size()) {
        const QChar c = line.at(at);
        if (c.isSpace()) {
            ++at;
            continue;
        }
        JsonToken token;
        token.start = at;
        if (c == u'"') {
            at = endOfString(line, at, token.isClosed);
            token.kind = isAtKey() ? JsonToken::Kind::Key : JsonToken::Kind::String;
            if (isAtKey()) {
                Level& level = m_levels.last();
                level.key = decodedJsonString(line.mid(token.start, at - token.start));
                level.keys.append(level.key);
                level.expectsKey = false;
            }
            token.path = path();
        } else if (isSign(c)) {
            token.path = path();
            takeSign(c);
            ++at;
        } else {
            at = endOfWord(line, at);
            token.kind = JsonToken::Kind::Word;
            token.path = path();
        }
        token.length = at - token.start;
        tokens.append(token);
    }
    return tokens;
}

void JsonTracker::takeSign(QChar sign)
{
    const bool opens = sign == u'{' || sign == u'[';
    const bool closes = sign == u'}' || sign == u']';
    if (m_deeper > 0 || (opens && m_levels.size() == mostLevels)) {
        m_deeper += opens ? 1 : closes ? -1 : 0;
        return;
    }
    if (opens) {
        m_levels.append({ sign == u'{', sign == u'{', {}, {}, 0 });
        return;
    }
    if (m_levels.isEmpty())
        return;
    Level& level = m_levels.last();
    if (closes) {
        m_levels.removeLast();
    } else if (sign == u',') {
        level.expectsKey = level.isObject;
        level.key.clear();
        ++level.index;
    } else if (sign == u':') {
        level.expectsKey = false;
    }
}

QStringList JsonTracker::path() const
{
    if (m_deeper > 0)
        return { QString(QChar::Null), QString() };
    QStringList path;
    for (const Level& level : m_levels) {
        if (!level.isObject)
            path.append(QString::number(level.index));
        else if (!level.expectsKey)
            path.append(level.key);
    }
    return path;
}

bool JsonTracker::isAtKey() const
{
    return m_deeper == 0 && !m_levels.isEmpty() && m_levels.last().expectsKey;
}

QStringList JsonTracker::keys() const
{
    return m_levels.isEmpty() ? QStringList() : m_levels.last().keys;
}

std::size_t JsonTracker::hash() const
{
    auto hash = static_cast<std::size_t>(m_levels.size() + m_deeper);
    for (const Level& level : m_levels) {
        hash = qHashMulti(
            hash, level.isObject, level.expectsKey, level.key, level.isObject ? 0 : level.index);
    }
    return hash;
}

QString decodedJsonString(QStringView literal)
{
    QString text;
    const auto end
        = literal.size() > 1 && literal.endsWith(u'"') ? literal.size() - 1 : literal.size();
    for (qsizetype at = 1; at < end; ++at) {
        const QChar c = literal.at(at);
        if (c != u'\\' || at + 1 >= end) {
            text.append(c);
            continue;
        }
        static const QString signs = QStringLiteral("bfnrt");
        static const QString meant = QStringLiteral("\b\f\n\r\t");
        const QChar escaped = literal.at(++at);
        bool isHex = false;
        const auto code = escaped == u'u' ? literal.mid(at + 1, 4).toUShort(&isHex, 16) : ushort(0);
        if (isHex) {
            text.append(QChar(code));
            at += 4;
        } else {
            const auto index = signs.indexOf(escaped);
            text.append(index >= 0 ? meant.at(index) : escaped);
        }
    }
    return text;
}

} // namespace eventloupe
