#include "store/eventrules.h"

#include "value/json.h"
#include "value/utf8.h"
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

Result<void> checkUtf8(std::string_view utf8, const QString& what, qsizetype maximumBytes)
{
    if (!isUtf8(utf8))
        return invalid(tr("The %1 is not valid Unicode.").arg(what));
    if (utf8.find('\0') != std::string_view::npos)
        return invalid(tr("The %1 holds a NUL character.").arg(what));
    if (static_cast<qsizetype>(utf8.size()) > maximumBytes)
        return invalid(tr("The %1 is %2 bytes long; %3 are allowed.")
                           .arg(what)
                           .arg(utf8.size())
                           .arg(maximumBytes));
    return {};
}

Result<void> checkNameUtf8(std::string_view utf8, const QString& what)
{
    if (utf8.empty())
        return invalid(tr("The %1 is empty.").arg(what));
    return checkUtf8(utf8, what, maximumNameBytes);
}

/// A text of ours in UTF-8, if that is what `check` accepts.
template <class Check>
Result<QByteArray> utf8Of(const QString& text, const QString& what, Check check)
{
    if (!text.isValidUtf16())
        return invalid(tr("The %1 is not valid Unicode.").arg(what));
    QByteArray utf8 = text.toUtf8();
    if (const Result<void> checked = check(viewOf(utf8)); !checked)
        return checked.error();
    return utf8;
}

const QString& streamName()
{
    static const QString what = tr("stream name");
    return what;
}

const QString& typeName()
{
    static const QString what = tr("event type");
    return what;
}

const QString& eventId()
{
    static const QString what = tr("event id");
    return what;
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
    return utf8Of(id, eventId(), [](std::string_view utf8) { return checkEventId(utf8); });
}

} // namespace

Result<QByteArray> checkName(const QString& name, const QString& what)
{
    return utf8Of(name, what, [&what](std::string_view utf8) { return checkNameUtf8(utf8, what); });
}

Result<QByteArray> checkStreamName(const QString& name)
{
    return checkName(name, streamName());
}

Result<void> checkStreamName(std::string_view utf8)
{
    return checkNameUtf8(utf8, streamName());
}

Result<void> checkTypeName(std::string_view utf8)
{
    return checkNameUtf8(utf8, typeName());
}

Result<void> checkEventId(std::string_view utf8)
{
    return checkUtf8(utf8, eventId(), maximumIdBytes);
}

Result<void> checkEventTime(Timestamp time)
{
    if (time.microseconds < earliestTime || time.microseconds > latestTime)
        return invalid(tr("The time is outside the years 0001 to 9999."));
    return {};
}

Result<CheckedEvent> checkEvent(const NewEvent& event)
{
    auto type = checkName(event.type, typeName());
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
    if (const Result<void> time = checkEventTime(event.time); !time)
        return time.error();
    return CheckedEvent { std::move(*type), std::move(*id), std::move(*data), std::move(*metadata),
        event.time };
}

} // namespace eventloupe
