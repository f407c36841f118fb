#include "schema/pattern.h"

#include "schema/keyword.h"

namespace eventloupe {

namespace {

/// ECMA-262 spells some things otherwise than PCRE2: "$" is the very end, and \uXXXX a
/// code unit.
QString toPcre(const QString& source)
{
    QString out;
    bool inClass = false;
    for (qsizetype i = 0; i < source.size(); ++i) {
        const QChar c = source.at(i);
        if (c == u'\\' && i + 1 < source.size()) {
            const bool unit
                = source.at(i + 1) == u'u' && i + 5 < source.size() && source.at(i + 2) != u'{';
            if (unit)
                out += QStringLiteral("\\x{") + source.mid(i + 2, 4) + u'}';
            else
                out += source.mid(i, 2);
            i += unit ? 5 : 1;
            continue;
        }
        if (c == u'[')
            inClass = true;
        else if (c == u']')
            inClass = false;
        if (c == u'$' && !inClass)
            out += QStringLiteral("\\z");
        else
            out += c;
    }
    return out;
}

} // namespace

Result<Pattern> Pattern::compile(const QByteArray& source)
{
    Pattern pattern;
    pattern.m_source = source;
    // The limits are PCRE2's own; a pattern may lower but not raise them.
    pattern.m_expression.setPattern(
        QStringLiteral("(*LIMIT_MATCH=1000000)(*LIMIT_HEAP=20000)(*LIMIT_DEPTH=100000)")
        + toPcre(QString::fromUtf8(source)));
    if (!pattern.m_expression.isValid()) {
        return Error { ErrorCode::InvalidInput,
            SchemaText::tr("must be a regular expression: %1")
                .arg(pattern.m_expression.errorString()) };
    }
    return pattern;
}

Pattern::Outcome Pattern::search(const QString& text) const
{
    const QRegularExpressionMatch match = m_expression.match(text);
    if (!match.isValid())
        return Outcome::TooCostly;
    return match.hasMatch() ? Outcome::Match : Outcome::NoMatch;
}

} // namespace eventloupe
