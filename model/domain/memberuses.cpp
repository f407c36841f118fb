#include "domain/memberuses.h"

#include <QRegularExpression>

namespace eventloupe {

namespace {

/// The expression without what stands in quotes.
QString withoutTexts(const QString& expression)
{
    static const QRegularExpression texts(
        QStringLiteral("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"));
    return QString(expression).replace(texts, QStringLiteral("''"));
}

} // namespace

QList<MemberUse> memberUses(const QString& expression)
{
    static const QRegularExpression path(
        QStringLiteral("(?<![\\w.?])(data|row)((?:\\.[A-Za-z_]\\w*)+)(\\s*\\()?"));
    // A variable of a macro may have the same name.
    static const QRegularExpression shadow(QStringLiteral("[(,]\\s*(?:data|row)\\s*,"));
    static const QRegularExpression asked(QStringLiteral("\\bhas\\(\\s*$"));
    const QString source = withoutTexts(expression);
    if (source.contains(shadow))
        return {};
    QList<MemberUse> uses;
    for (auto found = path.globalMatch(source); found.hasNext();) {
        const auto match = found.next();
        QStringList names = match.captured(2).mid(1).split(u'.');
        if (!match.captured(3).isEmpty() || source.left(match.capturedStart()).contains(asked))
            names.removeLast(); // A function, or what has() asks for.
        if (!names.isEmpty())
            uses.append({ match.captured(1), names });
    }
    return uses;
}

QList<MemberUse> memberUsesOfTemplate(const QString& text)
{
    static const QRegularExpression inBraces(QStringLiteral("\\{([^{}]*)\\}"));
    QList<MemberUse> uses;
    for (auto found = inBraces.globalMatch(text); found.hasNext();)
        uses += memberUses(found.next().captured(1));
    return uses;
}

} // namespace eventloupe
