#include "exchange/mapping.h"

#include "exchange/exchangetext.h"
#include "exchange/fieldnames.h"
#include "value/jsonpointer.h"

#include <algorithm>

namespace eventloupe {

namespace {

Error badMapping(const QString& what)
{
    return { ErrorCode::InvalidInput, ExchangeText::tr("The mapping is wrong: %1").arg(what) };
}

std::optional<EventField> fieldFromName(const QByteArray& name)
{
    for (const EventField field : allEventFields()) {
        if (eventFieldName(field).toUtf8() == name)
            return field;
    }
    return std::nullopt;
}

Result<FieldSource> checkedPointer(const QString& text)
{
    const Result<JsonPointer> pointer = JsonPointer::parse(text.toStdString());
    if (!pointer)
        return badMapping(
            ExchangeText::tr("'%1' is not a JSON Pointer: %2").arg(text, pointer.error().message));
    return FieldSource { FieldSource::Kind::Pointer, text };
}

Result<FieldSource> sourceFromObject(const JsonValue& value)
{
    const auto& [key, content] = value.members().front();
    const QString text
        = content.isString() ? content.toString() : QString::fromUtf8(content.toJson());
    if (key == "value")
        return FieldSource { FieldSource::Kind::Constant, text };
    if (content.isString() && key == "member")
        return FieldSource { FieldSource::Kind::Member, text };
    if (content.isString() && key == "template")
        return FieldSource { FieldSource::Kind::Template, text };
    if (content.isString() && key == "pointer")
        return checkedPointer(text);
    return badMapping(ExchangeText::tr("'%1' is none of member, pointer, value and template")
                          .arg(QString::fromUtf8(key)));
}

Result<FieldSource> sourceFromJson(const QString& field, const JsonValue& value)
{
    if (value.isNull())
        return FieldSource { FieldSource::Kind::None, {} };
    if (value.isString()) {
        const QString text = value.toString();
        if (text.startsWith(QLatin1Char('/')))
            return checkedPointer(text);
        return FieldSource { FieldSource::Kind::Member, text };
    }
    if (value.isObject() && value.size() == 1)
        return sourceFromObject(value);
    return badMapping(
        ExchangeText::tr("'%1' must be a member's name, a JSON Pointer, null, or one of "
                         "{\"member\": ...}, {\"pointer\": ...}, {\"value\": ...} and "
                         "{\"template\": ...}")
            .arg(field));
}

JsonValue sourceToJson(const FieldSource& source)
{
    const auto wrapped = [&](const char* key) {
        JsonValue object = JsonValue::emptyObject();
        object.insert(key, JsonValue::fromString(source.text));
        return object;
    };
    switch (source.kind) {
    case FieldSource::Kind::Member:
        if (source.text.startsWith(QLatin1Char('/')))
            return wrapped("member");
        return JsonValue::fromString(source.text);
    case FieldSource::Kind::Pointer:
        return wrapped("pointer");
    case FieldSource::Kind::Constant:
        return wrapped("value");
    case FieldSource::Kind::Template:
        return wrapped("template");
    case FieldSource::Kind::None:
        break;
    }
    return {};
}

QString* settingOf(Mapping& mapping, const QByteArray& key)
{
    if (key == "timeFormat")
        return &mapping.timeFormat;
    if (key == "records")
        return &mapping.records;
    if (key == "delimiter")
        return &mapping.delimiter;
    return nullptr;
}

Result<void> checkSettings(const Mapping& mapping)
{
    static const QString delimiters = QStringLiteral(",;\t|");
    if (!mapping.delimiter.isEmpty()
        && (mapping.delimiter.size() != 1 || !delimiters.contains(mapping.delimiter)))
        return badMapping(ExchangeText::tr("delimiter must be a comma, semicolon, tab or pipe"));
    if (!JsonPointer::parse(mapping.records.toStdString()))
        return badMapping(ExchangeText::tr("records must be a JSON Pointer such as /features"));
    return {};
}

} // namespace

const QList<EventField>& allEventFields()
{
    static const QList<EventField> fields { EventField::Stream, EventField::Type, EventField::Time,
        EventField::Id, EventField::Version, EventField::Data, EventField::Metadata };
    return fields;
}

QString eventFieldName(EventField field)
{
    switch (field) {
    case EventField::Stream:
        return QStringLiteral("stream");
    case EventField::Version:
        return QStringLiteral("version");
    case EventField::Type:
        return QStringLiteral("type");
    case EventField::Time:
        return QStringLiteral("time");
    case EventField::Id:
        return QStringLiteral("id");
    case EventField::Data:
        return QStringLiteral("data");
    case EventField::Metadata:
        break;
    }
    return QStringLiteral("metadata");
}

const FieldSource* Mapping::source(EventField field) const
{
    const auto found = std::find_if(fields.cbegin(), fields.cend(),
        [field](const auto& entry) { return entry.first == field; });
    if (found == fields.cend() || found->second.kind == FieldSource::Kind::None)
        return nullptr;
    return &found->second;
}

bool Mapping::decides(EventField field) const
{
    return std::any_of(fields.cbegin(), fields.cend(),
        [field](const auto& entry) { return entry.first == field; });
}

void Mapping::setSource(EventField field, std::optional<FieldSource> source)
{
    fields.removeIf([field](const auto& entry) { return entry.first == field; });
    if (source)
        fields.append({ field, std::move(*source) });
}

Result<Mapping> Mapping::fromJson(const JsonValue& document)
{
    if (!document.isObject())
        return badMapping(ExchangeText::tr("it must be a JSON object"));
    Mapping mapping;
    for (const auto& [key, value] : document.members()) {
        const QString name = QString::fromUtf8(key);
        if (const auto field = fieldFromName(key)) {
            Result<FieldSource> source = sourceFromJson(name, value);
            if (!source)
                return source.error();
            mapping.setSource(*field, *source);
        } else if (QString* setting = settingOf(mapping, key)) {
            if (!value.isString())
                return badMapping(ExchangeText::tr("'%1' must be a text").arg(name));
            *setting = value.toString();
        } else {
            return badMapping(
                ExchangeText::tr("'%1' is not known; there are stream, type, time, id, version, "
                                 "data, metadata, timeFormat, records and delimiter")
                    .arg(name));
        }
    }
    if (const Result<void> checked = checkSettings(mapping); !checked)
        return checked.error();
    return mapping;
}

JsonValue Mapping::toJson() const
{
    JsonValue document = JsonValue::emptyObject();
    for (const EventField field : allEventFields()) {
        if (const FieldSource* from = source(field))
            document.insert(eventFieldName(field).toUtf8(), sourceToJson(*from));
        else if (decides(field))
            document.insert(eventFieldName(field).toUtf8(), JsonValue());
    }
    const auto setting = [&](const char* key, const QString& value) {
        if (!value.isEmpty())
            document.insert(key, JsonValue::fromString(value));
    };
    setting("timeFormat", timeFormat);
    setting("records", records);
    setting("delimiter", delimiter);
    return document;
}

Mapping Mapping::propose(const QStringList& members)
{
    Mapping mapping;
    for (const EventField field : allEventFields()) {
        if (auto source = proposedSource(field, members))
            mapping.setSource(field, std::move(*source));
    }
    return mapping;
}

} // namespace eventloupe
