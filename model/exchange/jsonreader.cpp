#include "exchange/jsonreader.h"

#include "exchange/exchangetext.h"
#include "exchange/mapping.h"
#include "exchange/ndjsonreader.h"
#include "exchange/recordplaces.h"
#include "value/event.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// A single event whose data holds arrays must not be taken for a document of them.
bool namesStreamAndType(const std::vector<RawMember>& members)
{
    QStringList names;
    for (const RawMember& member : members)
        names.append(QString::fromUtf8(unescapedJson(member.name)));
    const Mapping mapping = Mapping::propose(names);
    return mapping.source(EventField::Stream) && mapping.source(EventField::Type);
}

} // namespace

JsonReader::JsonReader(QString name)
    : m_name(std::move(name))
{
}

Result<std::unique_ptr<JsonReader>> JsonReader::open(
    std::unique_ptr<ByteSource> source, const QString& records)
{
    std::unique_ptr<JsonReader> reader(new JsonReader(source->name()));
    Result<QByteArray> document = source->readAll(maximumDocumentBytes);
    if (!document)
        return document.error();
    reader->m_document = std::move(*document);
    reader->m_lineStart = reader->m_counted = reader->m_document.constData();
    const std::string_view text = viewOf(reader->m_document);
    if (trimmedJson(text).empty())
        return reader;
    if (const auto fault = reader->m_checked.check(text)) {
        reader->countLinesUpTo(text.data() + fault->offset);
        return faultAt(reader->m_name, reader->m_line,
            text.data() + fault->offset - reader->m_lineStart + 1, fault->reason);
    }
    if (const Result<void> found = reader->findRecords(records); !found)
        return found.error();
    return reader;
}

Result<void> JsonReader::findRecords(const QString& pointer)
{
    if (!pointer.isEmpty())
        return findByPointer(pointer);
    return findByShape();
}

Error JsonReader::tooManyRecords() const
{
    return { ErrorCode::Unsupported,
        ExchangeText::tr("%1 holds over %L2 records inside of an object; write it as NDJSON, one "
                         "record a line")
            .arg(displayedFile(m_name))
            .arg(maximumDocumentRecords) };
}

Result<void> JsonReader::findByPointer(const QString& pointer)
{
    const Result<JsonPointer> parsed = JsonPointer::parse(pointer.toStdString());
    if (!parsed)
        return parsed.error();
    const auto value = resolveRaw(viewOf(m_document), parsed->tokens());
    if (value && splitRawArray(*value, m_records, maximumDocumentRecords + 1))
        return m_records.size() > maximumDocumentRecords ? tooManyRecords() : Result<void>();
    if (value && isKeyedObject(*value)) {
        takeKeyed(*value);
        return {};
    }
    if (value && value->front() == '{') {
        m_records = { *value };
        return {};
    }
    return Error { ErrorCode::InvalidInput,
        displayedFile(m_name) + QStringLiteral(": ")
            + noRecordsAt(viewOf(m_document), pointer, parsed->tokens()) };
}

void JsonReader::takeKeyed(std::string_view object)
{
    splitRawObject(object, m_scratch);
    for (const RawMember& member : m_scratch) {
        m_records.push_back(member.value);
        m_keys.emplace_back(member.name.data() - 1, member.name.size() + 2);
    }
}

void JsonReader::addKey(std::string_view key, Record& record) const
{
    const auto isId = [](const RecordMember& member) { return member.name == "id"; };
    if (std::none_of(record.members.cbegin(), record.members.cend(), isId))
        record.members.push_back({ "id", key, std::max<qsizetype>(key.data() - m_lineStart, 0) });
}

Result<void> JsonReader::findByShape()
{
    const std::string_view root = trimmedJson(viewOf(m_document));
    if (splitRawArray(root, m_records, maximumDocumentRecords + 1))
        return m_records.size() > maximumDocumentRecords ? tooManyRecords() : Result<void>();
    m_records = { root };
    if (!splitRawObject(root, m_scratch) || namesStreamAndType(m_scratch))
        return {};
    std::string_view largest;
    for (const RawMember& member : m_scratch) {
        if (isArrayOfObjects(member.value) && member.value.size() > largest.size())
            largest = member.value;
    }
    if (!largest.empty())
        splitRawArray(largest, m_records, maximumDocumentRecords + 1);
    return m_records.size() > maximumDocumentRecords ? tooManyRecords() : Result<void>();
}

void JsonReader::countLinesUpTo(const char* place)
{
    for (; m_counted < place; ++m_counted) {
        if (*m_counted == '\n') {
            ++m_line;
            m_lineStart = m_counted + 1;
        }
    }
}

Result<bool> JsonReader::next(Record& record)
{
    if (m_next >= m_records.size())
        return false;
    const std::string_view text = m_records[m_next++];
    countLinesUpTo(text.data());
    record.line = m_line;
    record.text = m_checked;
    m_done = text.data() + text.size() - m_document.constData();
    if (!readObjectMembers(text, m_lineStart, record, m_scratch))
        return faultAt(m_name, m_line, text.data() - m_lineStart + 1,
            ExchangeText::tr("a record must be a JSON object, an event"));
    if (!m_keys.empty())
        addKey(m_keys[m_next - 1], record);
    return true;
}

} // namespace eventloupe
