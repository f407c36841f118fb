#include "describe/definitionfilename.h"

#include <QRegularExpression>

namespace eventloupe {

namespace {

/// Characters, of three bytes each at most: with number and ending less than 255 bytes.
constexpr qsizetype longestName = 80;

/// Windows keeps these for devices, whatever the ending.
bool isDevice(const QString& base)
{
    static const QRegularExpression device(
        QStringLiteral("^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"),
        QRegularExpression::CaseInsensitiveOption);
    return device.match(base).hasMatch();
}

} // namespace

QString definitionFileName(const QString& folder, const QString& name, QSet<QString>& used)
{
    QString base;
    for (const QChar c : QStringView(name).left(longestName))
        base += c.isLetterOrNumber() || QStringView(u"_.-").contains(c) ? c : QChar(u'_');
    if (base.isEmpty() || base.startsWith(u'.') || isDevice(base))
        base.prepend(u'_');
    QString path = folder + u'/' + base;
    for (int number = 2; used.contains(path.toCaseFolded()); ++number)
        path = QStringLiteral("%1/%2-%3").arg(folder, base).arg(number);
    used.insert(path.toCaseFolded());
    return path + QStringLiteral(".json");
}

} // namespace eventloupe
