#include "ui/log/origintext.h"

#include "value/event.h"
#include "value/json.h"
#include "value/jsonvalue.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("OriginText", text);
}

QString spelt(const JsonValue& value)
{
    if (value.isString())
        return value.toString();
    return value.isNull() ? tr("none") : QString::fromUtf8(value.toJson());
}

} // namespace

QString originText(const QByteArray& origin)
{
    if (origin.isEmpty())
        return {};
    const auto json = parseJson(viewOf(origin));
    if (!json)
        return {};
    QStringList parts;
    for (const JsonValue::Member& member : json->members()) {
        const QString name = QString::fromUtf8(member.key);
        parts.append(member.value.isBool() ? name : tr("%1 %2").arg(name, spelt(member.value)));
    }
    return parts.join(QStringLiteral(", "));
}

QStringList originMarks(const QByteArray& origin)
{
    QStringList marks;
    if (!origin.contains(":true"))
        return marks;
    const auto json = parseJson(viewOf(origin));
    if (!json)
        return marks;
    for (const JsonValue::Member& member : json->members())
        if (member.value.isBool() && member.value.toBool())
            marks.append(QString::fromUtf8(member.key));
    return marks;
}

} // namespace eventloupe
