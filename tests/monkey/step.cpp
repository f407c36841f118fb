#include "monkey/step.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr auto kindNames = std::to_array<const char*>({ "trigger", "click", "doubleclick",
    "rightclick", "drag", "wheel", "hover", "key", "type", "choose", "escape", "open", "close",
    "append", "resize", "restart", "wait" });

QJsonArray pairOf(QPoint point)
{
    return { point.x(), point.y() };
}

QPoint pointOf(const QJsonValue& pair)
{
    return { pair[0].toInt(), pair[1].toInt() };
}

} // namespace

QString Step::kindName(Kind kind)
{
    return QString::fromLatin1(kindNames.at(static_cast<std::size_t>(kind)));
}

QByteArray Step::toLine() const
{
    QJsonObject line { { QStringLiteral("do"), kindName(kind) } };
    if (!target.isEmpty())
        line.insert(QStringLiteral("target"), target);
    if (!text.isNull())
        line.insert(QStringLiteral("text"), text);
    if (!at.isNull())
        line.insert(QStringLiteral("at"), pairOf(at));
    if (!to.isNull())
        line.insert(QStringLiteral("to"), pairOf(to));
    if (number != 0)
        line.insert(QStringLiteral("number"), number);
    return QJsonDocument(line).toJson(QJsonDocument::Compact);
}

std::optional<Step> Step::fromLine(const QByteArray& line)
{
    const auto object = QJsonDocument::fromJson(line).object();
    const auto name = object.value(QStringLiteral("do")).toString();
    const auto found = std::find(kindNames.begin(), kindNames.end(), name.toStdString());
    if (found == kindNames.end())
        return std::nullopt;
    Step step;
    step.kind = static_cast<Kind>(found - kindNames.begin());
    step.target = object.value(QStringLiteral("target")).toString();
    step.text = object.value(QStringLiteral("text")).toString();
    step.at = pointOf(object.value(QStringLiteral("at")));
    step.to = pointOf(object.value(QStringLiteral("to")));
    step.number = object.value(QStringLiteral("number")).toInt();
    return step;
}

} // namespace eventloupe
