#include "exchange/recordmapper.h"

// What a record gives for each field of an event; which members that is, recordmapper.cpp says.

#include "exchange/celltext.h"
#include "exchange/exchangetext.h"
#include "exchange/keptmembers.h"
#include "exchange/rawjson.h"
#include "value/json.h"

#include <charconv>

namespace eventloupe {

std::optional<qint64> RecordMapper::integerOf(std::string_view text)
{
    qint64 value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return std::nullopt;
    return value;
}

std::optional<std::string_view> RecordMapper::rawOf(const Part& part) const
{
    const RecordMember* member = m_wanted[static_cast<std::size_t>(part.wanted)].member;
    if (!member)
        return std::nullopt;
    std::optional<std::string_view> value = member->value;
    if (!part.path.isEmpty())
        value = m_isText ? std::nullopt : resolveRaw(*value, part.path);
    if (value && (m_isText ? value->empty() : *value == "null"))
        return std::nullopt;
    return value;
}

Error RecordMapper::fault(EventField field, const Record& record, const QString& reason) const
{
    qint64 byte = 1;
    for (const Part& part : m_sources[index(field)].parts) {
        if (part.wanted < 0)
            continue;
        if (const RecordMember* member = m_wanted[static_cast<std::size_t>(part.wanted)].member) {
            byte = member->offset + 1;
            break;
        }
    }
    return faultAt(m_file, record.line, byte, reason);
}

/// A field as text; nothing when all members that it reads are missing, null or empty.
Result<std::optional<std::string_view>> RecordMapper::textOf(EventField field, const Record& record)
{
    const Source& source = m_sources[index(field)];
    if (source.parts.size() == 1 && source.parts[0].wanted >= 0)
        return wholeTextOf(field, record);
    QByteArray& text = m_built[index(field)];
    text.resize(0);
    bool any = source.parts.size() == 1;
    for (const Part& part : source.parts) {
        if (part.wanted < 0) {
            text += part.text;
            continue;
        }
        const auto raw = rawOf(part);
        if (!raw)
            continue;
        any = true;
        if (isContainer(*raw))
            return fault(field, record, mustBeText(field));
        text += isQuoted(*raw) ? unescapedJson(raw->substr(1, raw->size() - 2)) : toBytes(*raw);
    }
    if (!any)
        return std::optional<std::string_view>();
    return std::optional(viewOf(text));
}

/// The same for the common case: one member, mostly without an escape in it.
Result<std::optional<std::string_view>> RecordMapper::wholeTextOf(
    EventField field, const Record& record)
{
    const auto raw = rawOf(m_sources[index(field)].parts[0]);
    if (!raw)
        return std::optional<std::string_view>();
    if (isContainer(*raw))
        return fault(field, record, mustBeText(field));
    if (!isQuoted(*raw))
        return std::optional(*raw);
    const std::string_view inside = raw->substr(1, raw->size() - 2);
    if (inside.find('\\') == std::string_view::npos)
        return std::optional(inside);
    m_built[index(field)] = unescapedJson(inside);
    return std::optional(viewOf(m_built[index(field)]));
}

bool RecordMapper::isContainer(std::string_view raw) const
{
    return !m_isText && (raw.front() == '{' || raw.front() == '[');
}

bool RecordMapper::isQuoted(std::string_view raw) const
{
    return !m_isText && raw.front() == '"';
}

QString RecordMapper::mustBeText(EventField field)
{
    return ExchangeText::tr("%1 must be a text or a number").arg(eventFieldName(field));
}

Result<std::string_view> RecordMapper::nameOf(EventField field, const Record& record)
{
    const auto text = textOf(field, record);
    if (!text)
        return text.error();
    if (!*text || (*text)->empty())
        return fault(
            field, record, ExchangeText::tr("the event has no %1").arg(eventFieldName(field)));
    return **text;
}

Result<Timestamp> RecordMapper::timeOf(const Record& record)
{
    const auto text = textOf(EventField::Time, record);
    if (!text)
        return text.error();
    if (!*text || (*text)->empty())
        return m_moment;
    if (const auto time = m_times.parse(**text))
        return *time;
    return fault(EventField::Time, record,
        ExchangeText::tr("'%1' is not a time that is understood; \"timeFormat\" in a mapping says "
                         "how to read it")
            .arg(QString::fromUtf8(toBytes((*text)->substr(0, 60)))));
}

std::optional<StreamVersion> RecordMapper::versionOf() const
{
    const Source& source = m_sources[index(EventField::Version)];
    if (source.parts.size() != 1 || source.parts[0].wanted < 0)
        return std::nullopt;
    const auto raw = rawOf(source.parts[0]);
    if (!raw)
        return std::nullopt;
    return integerOf(isQuoted(*raw) ? raw->substr(1, raw->size() - 2) : *raw);
}

/// Data or metadata: the bytes as they stand. Nothing when the record has none.
Result<std::optional<CheckedJson>> RecordMapper::jsonOf(EventField field, const Record& record)
{
    const Source& source = m_sources[index(field)];
    const bool wholeMember = source.parts.size() == 1 && source.parts[0].wanted >= 0;
    if (!wholeMember || m_isText)
        return cellJsonOf(field, record);
    // null is a value here, and comes back as it was.
    const Part& part = source.parts[0];
    const RecordMember* member = m_wanted[static_cast<std::size_t>(part.wanted)].member;
    const auto raw = member ? resolveRaw(member->value, part.path) : std::nullopt;
    if (!raw || raw->empty())
        return std::optional<CheckedJson>();
    if (record.text.contains(*raw))
        return std::optional(record.text.value(*raw));
    const auto json = checked(field, record, *raw);
    return json ? Result(std::optional(*json)) : json.error();
}

Result<std::optional<CheckedJson>> RecordMapper::cellJsonOf(EventField field, const Record& record)
{
    const auto text = textOf(field, record);
    if (!text)
        return text.error();
    if (!*text || (*text)->empty())
        return std::optional<CheckedJson>();
    std::string_view json = **text;
    QByteArray literal;
    if (!m_isOwnTable && !isJsonCell(json)) {
        appendJsonString(literal, json);
        m_built[index(field)] = literal;
        json = viewOf(m_built[index(field)]);
    }
    const auto found = checked(field, record, json);
    return found ? Result(std::optional(*found)) : found.error();
}

Result<CheckedJson> RecordMapper::checked(
    EventField field, const Record& record, std::string_view json) const
{
    CheckedJson checked;
    if (const auto found = checked.check(json))
        return fault(field, record,
            ExchangeText::tr("%1 is not JSON, at its byte %2: %3")
                .arg(eventFieldName(field), QString::number(found->offset + 1), found->reason));
    return checked;
}

Result<CheckedJson> RecordMapper::dataOf(const Record& record)
{
    const auto found = jsonOf(EventField::Data, record);
    if (!found)
        return found.error();
    return found->value_or(CheckedJson());
}

/// The members that no field takes, as the data.
Result<CheckedJson> RecordMapper::leftOverData(const Record& record)
{
    QByteArray& data = m_built[index(EventField::Data)];
    data = '{' + m_leftOver + '}';
    return checked(EventField::Data, record, viewOf(data));
}

/// The record's metadata, and in it the members that no field takes.
Result<CheckedJson> RecordMapper::metadataOf(const Record& record)
{
    const auto found = jsonOf(EventField::Metadata, record);
    if (!found)
        return found.error();
    const CheckedJson own = found->value_or(CheckedJson());
    if (m_isOwnTable)
        return own;
    const std::string_view kept
        = keepsInData() ? std::string_view() : unwrappedKept(viewOf(m_leftOver));
    if (kept.empty() && !liftKept(own.text()))
        return own;
    QByteArray& metadata = m_built[index(EventField::Metadata)];
    metadata = metadataWithKept(own.text(), kept);
    return checked(EventField::Metadata, record, viewOf(metadata));
}

} // namespace eventloupe
