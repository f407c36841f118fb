#include "schema/pattern.h"

#include "schema/validation.h"

#include <QElapsedTimer>
#include <QStringBuilder>

#include <array>

namespace eventloupe {

namespace {

// ECMA-262 knows long names of Unicode's general categories; PCRE2 10.42 the short ones only.
constexpr std::array<std::pair<QStringView, QStringView>, 18> categories { {
    { u"Letter", u"L" },
    { u"Cased_Letter", u"L&" },
    { u"Lowercase_Letter", u"Ll" },
    { u"Uppercase_Letter", u"Lu" },
    { u"Titlecase_Letter", u"Lt" },
    { u"Modifier_Letter", u"Lm" },
    { u"Other_Letter", u"Lo" },
    { u"Mark", u"M" },
    { u"Number", u"N" },
    { u"Decimal_Number", u"Nd" },
    { u"Letter_Number", u"Nl" },
    { u"Punctuation", u"P" },
    { u"Symbol", u"S" },
    { u"Currency_Symbol", u"Sc" },
    { u"Math_Symbol", u"Sm" },
    { u"Separator", u"Z" },
    { u"Space_Separator", u"Zs" },
    { u"Control", u"Cc" },
} };

/// "Letter", "General_Category=Letter", "Script=Greek" as PCRE2 names them.
QStringView toPcreProperty(QStringView name)
{
    name = name.mid(name.lastIndexOf(u'=') + 1);
    for (const auto& [longName, shortName] : categories) {
        if (name == longName)
            return shortName;
    }
    return name;
}

/// Translates the escape that begins at `at`; gives its length in the source.
qsizetype translateEscape(QStringView source, qsizetype at, QString& out)
{
    const QStringView rest = source.mid(at);
    const qsizetype end = rest.indexOf(u'}');
    if (rest.startsWith(u"\\u{") && end > 0) {
        out += QStringView(u"\\x") % rest.mid(2, end - 1);
        return end + 1;
    }
    if (rest.startsWith(u"\\u") && rest.size() >= 6) {
        out += QStringView(u"\\x{") % rest.mid(2, 4) % u'}';
        return 6;
    }
    if ((rest.startsWith(u"\\p{") || rest.startsWith(u"\\P{")) && end > 0) {
        out += rest.left(3) % toPcreProperty(rest.mid(3, end - 3)) % u'}';
        return end + 1;
    }
    out += rest.left(2);
    return 2;
}

/// Where ECMA-262 is spelt otherwise than PCRE2: "$" is the very end, "\uXXXX", "\p{Letter}".
QString toPcre(const QString& source)
{
    QString out;
    bool inClass = false;
    for (qsizetype i = 0; i < source.size();) {
        const QChar c = source.at(i);
        if (c == u'\\') {
            i += translateEscape(source, i, out);
            continue;
        }
        if (c == u'[')
            inClass = true;
        else if (c == u']')
            inClass = false;
        if (c == u'$' && !inClass)
            out += u"\\z";
        else
            out += c;
        ++i;
    }
    return out;
}

/// In UTF-16 units.
constexpr qsizetype shortText = 64;

Pattern::Outcome outcomeOf(const QRegularExpressionMatch& match)
{
    if (!match.isValid())
        return Pattern::Outcome::TooCostly;
    return match.hasMatch() ? Pattern::Outcome::Match : Pattern::Outcome::NoMatch;
}

} // namespace

Result<Pattern> Pattern::compile(const QByteArray& source)
{
    Pattern pattern;
    pattern.m_source = source;
    pattern.m_isAnchored = source.startsWith('^') && !source.contains('|');
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

Pattern::Outcome Pattern::search(const QString& text, std::chrono::nanoseconds time) const
{
    if (time.count() <= 0)
        return Outcome::TooCostly;
    // PCRE2 counts its steps from each place where a match may begin: a short text has few.
    if (m_isAnchored || text.size() <= shortText)
        return outcomeOf(m_expression.match(text));
    QElapsedTimer timer;
    timer.start();
    for (qsizetype start = 0; start <= text.size(); ++start) {
        if (start < text.size() && text.at(start).isLowSurrogate())
            continue;
        if (timer.nsecsElapsed() > time.count())
            return Outcome::TooCostly;
        const Outcome outcome
            = outcomeOf(m_expression.match(text, start, QRegularExpression::NormalMatch,
                QRegularExpression::AnchorAtOffsetMatchOption
                    | QRegularExpression::DontCheckSubjectStringMatchOption));
        if (outcome != Outcome::NoMatch)
            return outcome;
    }
    return Outcome::NoMatch;
}

} // namespace eventloupe
