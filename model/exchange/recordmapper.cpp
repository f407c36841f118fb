#include "exchange/recordmapper.h"

#include "exchange/celltext.h"
#include "exchange/exchangetext.h"
#include "exchange/fieldnames.h"
#include "exchange/rawjson.h"
#include "mask/masked.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <algorithm>

namespace eventloupe {

namespace {

QString textFrom(const QByteArray& utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

RecordMapper::RecordMapper(
    const Mapping& mapping, const RecordReader& reader, QString file, Timestamp moment)
    : m_file(std::move(file))
    , m_times(mapping.timeFormat)
    , m_moment(moment)
    , m_isText(reader.isText())
    , m_isOwnTable(reader.isOwnTable())
{
    for (const EventField field : allEventFields()) {
        if (const FieldSource* source = mapping.source(field))
            compile(field, *source);
    }
}

RecordMapper::Part RecordMapper::memberPart(const QString& name, bool taken)
{
    const std::string wanted = name.toStdString();
    auto found = std::find_if(m_wanted.begin(), m_wanted.end(),
        [&](const Wanted& entry) { return entry.name == wanted; });
    if (found == m_wanted.end())
        found = m_wanted.insert(m_wanted.end(), Wanted { wanted });
    found->taken = found->taken || taken;
    Part part;
    part.wanted = static_cast<int>(found - m_wanted.begin());
    return part;
}

RecordMapper::Part RecordMapper::pointerPart(const QString& pointer)
{
    const Result<JsonPointer> parsed = JsonPointer::parse(pointer.toStdString());
    if (!parsed || parsed->isRoot())
        return memberPart(pointer, false);
    QList<QByteArray> tokens = parsed->tokens();
    const QString member = textFrom(tokens.takeFirst());
    Part part = memberPart(member, tokens.isEmpty());
    part.path = tokens;
    return part;
}

/// What stands in a template's braces.
RecordMapper::Part RecordMapper::referencePart(const QString& reference)
{
    if (!reference.startsWith(QLatin1Char('/')))
        return memberPart(reference, false);
    const bool wasTaken = m_isText; // a column's name may begin with '/'
    return wasTaken ? memberPart(reference, false) : pointerPart(reference);
}

void RecordMapper::compile(EventField field, const FieldSource& source)
{
    Source& compiled = m_sources[index(field)];
    compiled.present = true;
    switch (source.kind) {
    case FieldSource::Kind::Member:
        compiled.parts.push_back(memberPart(source.text, true));
        return;
    case FieldSource::Kind::Pointer:
        compiled.parts.push_back(pointerPart(source.text));
        return;
    case FieldSource::Kind::None:
        compiled.present = false;
        return;
    case FieldSource::Kind::Constant:
        compiled.parts.push_back(Part { source.text.toUtf8(), -1, {} });
        return;
    case FieldSource::Kind::Template:
        break;
    }
    qsizetype at = 0;
    while (at < source.text.size()) {
        const qsizetype open = source.text.indexOf(QLatin1Char('{'), at);
        const qsizetype close = open < 0 ? -1 : source.text.indexOf(QLatin1Char('}'), open);
        const qsizetype textEnd = close < 0 ? source.text.size() : open;
        if (textEnd > at)
            compiled.parts.push_back(Part { source.text.mid(at, textEnd - at).toUtf8(), -1, {} });
        if (close < 0)
            return;
        compiled.parts.push_back(referencePart(source.text.mid(open + 1, close - open - 1)));
        at = close + 1;
    }
}

RecordMapper::Seen& RecordMapper::seen(std::size_t place, std::string_view name)
{
    if (place >= m_seen.size())
        m_seen.resize(place + 1, Seen { {}, -2, false, false });
    Seen& entry = m_seen[place];
    if (entry.wanted != -2 && entry.name == name)
        return entry;
    entry = Seen { std::string(name), -1, false, false };
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        if (m_wanted[i].name == name)
            entry.wanted = static_cast<int>(i);
    }
    entry.position = isPositionName(QString::fromStdString(entry.name));
    return entry;
}

/// Finds the members that sources read and writes down those that no field takes.
Result<void> RecordMapper::collect(const Record& record)
{
    for (Wanted& wanted : m_wanted)
        wanted.member = nullptr;
    for (std::size_t i = 0; i < record.members.size(); ++i) {
        const RecordMember& member = record.members[i];
        const Seen& entry = seen(i, member.name);
        if (entry.wanted < 0)
            continue;
        Wanted& wanted = m_wanted[static_cast<std::size_t>(entry.wanted)];
        if (wanted.member)
            return faultAt(m_file, record.line, member.offset + 1,
                ExchangeText::tr("the member '%1' comes twice")
                    .arg(QString::fromStdString(wanted.name)));
        wanted.member = &member;
    }
    m_leftOver.resize(0);
    const bool hasVersion = versionOf().has_value();
    for (std::size_t i = 0; i < record.members.size(); ++i) {
        const RecordMember& member = record.members[i];
        Seen& entry = m_seen[i];
        if (!isLeftOver(member, entry, hasVersion))
            continue;
        if (!std::exchange(entry.noted, true)) {
            const QString name = QString::fromStdString(entry.name);
            if (!m_keptMembers.contains(name))
                m_keptMembers.append(name);
        }
        if (!m_leftOver.isEmpty())
            m_leftOver += ',';
        appendJsonString(m_leftOver, member.name);
        m_leftOver += ':';
        if (m_isText)
            appendCellValue(m_leftOver, member.value);
        else
            m_leftOver.append(member.value.data(), static_cast<qsizetype>(member.value.size()));
    }
    return {};
}

/// Whether no field takes the member. A version or position that is no number is somebody's data,
/// and so is a position in a record whose members together are the data.
bool RecordMapper::isLeftOver(const RecordMember& member, const Seen& seen, bool hasVersion) const
{
    if (m_isText && member.value.empty())
        return false;
    if (seen.wanted < 0)
        return !(seen.position && !keepsInData() && integerOf(member.value));
    if (!m_wanted[static_cast<std::size_t>(seen.wanted)].taken)
        return true;
    const Source& version = m_sources[index(EventField::Version)];
    return version.present && !hasVersion && version.parts.size() == 1
        && version.parts[0].wanted == seen.wanted && member.value != "null";
}

Result<ImportedEvent> RecordMapper::map(const Record& record)
{
    if (const Result<void> collected = collect(record); !collected)
        return collected.error();
    const auto stream = nameOf(EventField::Stream, record);
    if (!stream)
        return stream.error();
    const auto type = nameOf(EventField::Type, record);
    if (!type)
        return type.error();
    const auto time = timeOf(record);
    if (!time)
        return time.error();
    const auto id = textOf(EventField::Id, record);
    if (!id)
        return id.error();
    const auto data = keepsInData() ? leftOverData(record) : dataOf(record);
    if (!data)
        return data.error();
    const auto metadata = metadataOf(record);
    if (!metadata)
        return metadata.error();
    return ImportedEvent { { *stream, *type, id->value_or(std::string_view()), *time, *data,
                               *metadata },
        record.line, versionOf().value_or(0) };
}

std::optional<Error> maskedFault(const ImportedEvent& imported, const QString& file)
{
    const EventTexts& event = imported.event;
    if (!holdsMaskSign(event.data.text()) && !holdsMaskSign(event.metadata.text()))
        return std::nullopt;
    return faultAt(file, imported.line, 1,
        ExchangeText::tr("the event was exported with masks: \"%1\" stands in the place of a "
                         "value, which is not in this file. Copy the log instead, or export it "
                         "without its workspace's masks")
            .arg(maskSignText()));
}

} // namespace eventloupe
