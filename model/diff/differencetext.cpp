#include "diff/differencetext.h"

#include "diff/maskedfields.h"
#include "value/visibletext.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

constexpr qsizetype longestCell = 200;

QByteArray placeText(const JsonPointer& place)
{
    return place.isRoot() ? QByteArray("/") : place.toText();
}

QByteArray jsonOf(const std::optional<JsonValue>& value)
{
    return value ? value->toJson() : QByteArray();
}

const char* nameOf(FieldChange change)
{
    switch (change) {
    case FieldChange::Added:
        return "added";
    case FieldChange::Removed:
        return "removed";
    case FieldChange::Unchanged:
        return "unchanged";
    case FieldChange::Changed:
    case FieldChange::ChildChanged:
        break;
    }
    return "changed";
}

/// As a code span in a cell: longer ticks than the text has, and no bar that ends the cell.
QString cell(const QByteArray& utf8)
{
    QString text = visibleText(QString::fromUtf8(utf8));
    if (text.size() > longestCell) {
        const bool splitsPair = text.at(longestCell - 1).isHighSurrogate();
        text.truncate(splitsPair ? longestCell - 1 : longestCell);
        text += QChar(0x2026);
    }
    if (text.isEmpty())
        return {};
    text.replace(u'|', QStringLiteral("\\|"));
    QString ticks(1, u'`');
    while (text.contains(ticks))
        ticks += u'`';
    const bool needsSpace = text.startsWith(u'`') || text.endsWith(u'`');
    const QString space = needsSpace ? QStringLiteral(" ") : QString();
    return ticks + space + text + space + ticks;
}

/// A text that is no markup.
QString plain(const QString& text)
{
    QString escaped;
    for (const QChar c : visibleText(text)) {
        if (QStringView(u"\\`*_{}[]<>#|~").contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

} // namespace

QByteArray differenceLines(const QList<JsonDifference>& differences)
{
    QByteArray text;
    for (const JsonDifference& difference : differences) {
        const QByteArray place = placeText(difference.place);
        if (difference.change == FieldChange::Added)
            text += "+ " + place + ": " + jsonOf(difference.now) + '\n';
        else if (difference.change == FieldChange::Removed)
            text += "- " + place + ": " + jsonOf(difference.old) + '\n';
        else
            text += "~ " + place + ": " + jsonOf(difference.old) + " -> "
                + jsonOf(difference.now) + '\n';
    }
    return visibleLines(QString::fromUtf8(text)).toUtf8();
}

JsonValue differenceJson(const QList<JsonDifference>& differences)
{
    std::vector<JsonValue> list;
    for (const JsonDifference& difference : differences) {
        auto object = JsonValue::emptyObject();
        object.insert("pointer", JsonValue::fromString(difference.place.toText()));
        object.insert("change", JsonValue::fromString(QByteArray(nameOf(difference.change))));
        if (difference.old)
            object.insert("old", *difference.old);
        if (difference.now)
            object.insert("new", *difference.now);
        list.push_back(std::move(object));
    }
    return JsonValue::fromElements(std::move(list));
}

QByteArray differenceMarkdown(const QList<JsonDifference>& differences, const QString& title,
    const QString& before, const QString& after, qsizetype maskedFields)
{
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("DifferenceText", text);
    };
    QString text = QStringLiteral("**%1**\n\n").arg(plain(title));
    if (differences.isEmpty())
        return (text + noDifferenceText(plain(before), plain(after), maskedFields) + u'\n')
            .toUtf8();
    text += QStringLiteral("| | %1 | %2 | %3 |\n| --- | --- | --- | --- |\n")
                .arg(tr("field"), plain(before), plain(after));
    for (const JsonDifference& difference : differences) {
        const QString sign = difference.change == FieldChange::Added ? QStringLiteral("+")
            : difference.change == FieldChange::Removed              ? QStringLiteral("−")
                                                                     : QStringLiteral("●");
        text += QStringLiteral("| %1 | %2 | %3 | %4 |\n")
                    .arg(sign, cell(placeText(difference.place)), cell(jsonOf(difference.old)),
                        cell(jsonOf(difference.now)));
    }
    if (maskedFields > 0)
        text += QStringLiteral("\n%1.\n").arg(maskedFieldsText(maskedFields));
    return text.toUtf8();
}

} // namespace eventloupe
