#include "store/eventrules.h"

#include "value/json.h"
#include "value/uuid.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

constexpr qint64 earliestTime = -62135596800000000; // 0001-01-01T00:00:00Z
constexpr qint64 latestTime = 253402300799999999; // 9999-12-31T23:59:59.999999Z

QString tr(const char* text)
{
    return QCoreApplication::translate("EventRules", text);
}

Error invalid(const QString& message)
{
    return { ErrorCode::InvalidInput, message };
}

Result<QByteArray> checkText(const QString& text, const QString& what, qsizetype maximumBytes)
{
    if (!text.isValidUtf16())
        return invalid(tr("The %1 is not valid Unicode.").arg(what));
    if (text.contains(QChar::Null))
        return invalid(tr("The %1 holds a NUL character.").arg(what));
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() > maximumBytes)
        return invalid(tr("The %1 is %2 bytes long; %3 are allowed.")
                           .arg(what)
                           .arg(utf8.size())
                           .arg(maximumBytes));
    return utf8;
}

Result<QByteArray> checkPayload(const QByteArray& payload, const char* name)
{
    if (payload.isEmpty())
        return QByteArrayLiteral("{}");
    if (const auto fault = findJsonFault(viewOf(payload)))
        return invalid(tr("The %1 is not JSON: byte %2: %3")
                           .arg(QString::fromLatin1(name))
                           .arg(fault->offset)
                           .arg(fault->reason));
    return payload;
}

Result<QByteArray> checkId(const QString& id)
{
    if (id.isEmpty())
        return makeUuidV7().toLatin1();
    static const QString what = tr("event id");
    return checkText(id, what, maximumIdBytes);
}

} // namespace

Result<QByteArray> checkName(const QString& name, const QString& what)
{
    if (name.isEmpty())
        return invalid(tr("The %1 is empty.").arg(what));
    return checkText(name, what, maximumNameBytes);
}

Result<QByteArray> checkStreamName(const QString& name)
{
    return checkName(name, tr("stream name"));
}

Result<CheckedEvent> checkEvent(const NewEvent& event)
{
    static const QString what = tr("event type");
    auto type = checkName(event.type, what);
    if (!type)
        return type.error();
    auto id = checkId(event.id);
    if (!id)
        return id.error();
    auto data = checkPayload(event.data, "data");
    if (!data)
        return data.error();
    auto metadata = checkPayload(event.metadata, "metadata");
    if (!metadata)
        return metadata.error();
    if (event.time.microseconds < earliestTime || event.time.microseconds > latestTime)
        return invalid(tr("The time is outside the years 0001 to 9999."));
    return CheckedEvent { std::move(*type), std::move(*id), std::move(*data), std::move(*metadata),
        event.time };
}

} // namespace eventloupe
