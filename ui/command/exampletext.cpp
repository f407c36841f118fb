#include "ui/command/examplesdialog.h"

#include "ui/base/jsontext.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

constexpr qsizetype longestLine = 1000;
constexpr qsizetype longestText = 40000;

QString tr(const char* text)
{
    return QCoreApplication::translate("ExamplesDialog", text);
}

QString indented(const QString& text)
{
    return QStringLiteral("  ") + QString(text).replace(u'\n', QStringLiteral("\n  "));
}

QString dataText(const JsonValue& data)
{
    const auto bytes = data.toJson();
    return QString::fromUtf8(bytes.size() < 60 ? bytes : layOutJson(viewOf(bytes)));
}

QString factsText(const QList<Example::Fact>& facts)
{
    QStringList texts;
    for (const auto& fact : facts) {
        auto text = fact.type;
        if (!fact.data.isNull())
            text += u' ' + dataText(fact.data);
        texts.append(indented(text));
    }
    return texts.isEmpty() ? indented(tr("no events")) : texts.join(u'\n');
}

QString expectedText(const Example& example)
{
    QStringList parts;
    if (example.rejection)
        parts.append(indented(tr("rejected: %1").arg(*example.rejection)));
    if (example.events)
        parts.append(factsText(*example.events));
    for (const auto& field : example.state)
        parts.append(
            indented(tr("state %1 is %2")
                         .arg(QString::fromUtf8(field.place.toText()), dataText(field.value))));
    if (example.exists)
        parts.append(indented(*example.exists ? tr("it exists") : tr("it does not exist")));
    return parts.join(u'\n');
}

} // namespace

QString exampleText(const Example& example)
{
    QStringList parts;
    parts.append(tr("Given") + u'\n' + factsText(example.given));
    if (!example.command.isEmpty())
        parts.append(
            tr("When") + u'\n' + indented(example.command + u' ' + dataText(example.data)));
    parts.append(tr("Then") + u'\n' + expectedText(example));
    return textForView(parts.join(u'\n').toUtf8(), longestLine, longestText);
}

} // namespace eventloupe
