#include "exchange/importplan.h"

#include "exchange/csvreader.h"
#include "exchange/exchangetext.h"
#include "exchange/fieldnames.h"
#include "exchange/jsonarrayreader.h"
#include "exchange/jsonreader.h"
#include "exchange/membersofplan.h"
#include "exchange/ndjsonreader.h"
#include "exchange/rawjson.h"
#include "value/event.h"
#include "value/jsonpointer.h"

#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

Result<std::unique_ptr<RecordReader>> openReader(
    ExchangeFormat format, std::unique_ptr<ByteSource> source, const Mapping& mapping)
{
    if (format == ExchangeFormat::Json && mapping.records.isEmpty()) {
        const Result<bool> isArray = JsonArrayReader::begins(*source);
        if (!isArray)
            return isArray.error();
        if (*isArray)
            return std::unique_ptr<RecordReader>(
                std::make_unique<JsonArrayReader>(std::move(source)));
    }
    if (format == ExchangeFormat::Json) {
        auto reader = JsonReader::open(std::move(source), mapping.records);
        if (!reader)
            return reader.error();
        return std::unique_ptr<RecordReader>(std::move(*reader));
    }
    if (format == ExchangeFormat::Csv) {
        const char delimiter
            = mapping.delimiter.isEmpty() ? '\0' : mapping.delimiter.at(0).toLatin1();
        auto reader = CsvReader::open(std::move(source), delimiter);
        if (!reader)
            return reader.error();
        return std::unique_ptr<RecordReader>(std::move(*reader));
    }
    return std::unique_ptr<RecordReader>(std::make_unique<NdjsonReader>(std::move(source)));
}

qsizetype bytesOf(const Record& record)
{
    qsizetype bytes = 0;
    for (const RecordMember& member : record.members)
        bytes += static_cast<qsizetype>(member.name.size() + member.value.size());
    return bytes;
}

/// Records that are kept in memory: no more than tell of the others, where they are large.
void readSample(ImportPlan& plan, int size)
{
    constexpr qsizetype enough = qsizetype(8) * 1024 * 1024;
    qsizetype bytes = 0;
    Record record;
    while (static_cast<int>(plan.sample.size()) < size && bytes < enough) {
        const Result<bool> found = plan.reader->next(record);
        if (!found)
            plan.sampleFault = found.error();
        if (!found || !*found)
            return;
        plan.sample.push_back(record.deepCopy());
        bytes += bytesOf(record);
    }
}

/// Members in order of first sight, then what is inside of objects.
QStringList membersOf(const ImportPlan& plan)
{
    QStringList members;
    QStringList nested;
    QSet<QString> known;
    std::vector<RawMember> inside;
    const auto note = [&known](QStringList& list, const QString& name) {
        if (!known.contains(name)) {
            known.insert(name);
            list.append(name);
        }
    };
    for (const Record& record : plan.sample) {
        for (const RecordMember& member : record.members) {
            const std::string name(member.name);
            note(members, QString::fromStdString(name));
            if (plan.reader->isText() || !splitRawObject(member.value, inside))
                continue;
            for (const RawMember& inner : inside)
                note(nested,
                    QString::fromUtf8(
                        JsonPointer({ QByteArray::fromStdString(name), unescapedJson(inner.name) })
                            .toText()));
        }
    }
    return members + nested;
}

QString lastToken(const QString& pointer)
{
    const Result<JsonPointer> parsed = JsonPointer::parse(pointer.toStdString());
    return parsed && !parsed->isRoot() ? QString::fromUtf8(parsed->tokens().last()) : pointer;
}

/// A pointer to a telling name inside of what is not the data.
std::optional<FieldSource> proposeNested(const ImportPlan& plan, EventField field)
{
    const FieldSource* data = plan.mapping.source(EventField::Data);
    const QString own = data ? QLatin1Char('/') + data->text + QLatin1Char('/') : QString();
    QStringList names;
    QStringList pointers;
    for (const QString& member : plan.members) {
        if (isNested(plan, member) && (own.isEmpty() || !member.startsWith(own))) {
            names.append(lastToken(member));
            pointers.append(member);
        }
    }
    const Mapping inner = Mapping::propose(names);
    const FieldSource* found = inner.source(field);
    if (!found || found->kind != FieldSource::Kind::Member)
        return std::nullopt;
    return FieldSource { FieldSource::Kind::Pointer, pointers.at(names.indexOf(found->text)) };
}

QStringList freeMembers(const ImportPlan& plan)
{
    QStringList names;
    for (const QString& member : plan.members) {
        const bool used = std::any_of(
            plan.mapping.fields.cbegin(), plan.mapping.fields.cend(), [&](const auto& entry) {
                return entry.second.kind == FieldSource::Kind::Member
                    && entry.second.text == member;
            });
        if (!used && !isNested(plan, member))
            names.append(member);
    }
    return names;
}

void completeMapping(ImportPlan& plan)
{
    Mapping& mapping = plan.mapping;
    const Mapping proposed = Mapping::propose(freeMembers(plan));
    for (const EventField field : allEventFields()) {
        if (mapping.decides(field))
            continue;
        const FieldSource* source = proposed.source(field);
        // A member called "id" means it: there a repeat is a fault of the file.
        const bool doubtful
            = field == EventField::Id && source && plainName(source->text) != QLatin1String("id");
        if (source && !(doubtful && hasRepeats(plan, source->text)))
            mapping.setSource(field, *source);
    }
    for (const EventField field : { EventField::Stream, EventField::Type, EventField::Time }) {
        if (!mapping.decides(field))
            mapping.setSource(field, proposeNested(plan, field));
    }
    for (const EventField field : allEventFields()) {
        if (!mapping.decides(field))
            mapping.setSource(field, FieldSource { FieldSource::Kind::None, {} });
    }
}

} // namespace

Result<ImportPlan> planImport(
    const ImportRequest& request, const CancelToken& cancel, int sampleSize)
{
    ImportPlan plan;
    Result<std::unique_ptr<ByteSource>> source = ByteSource::open(request.file, cancel, plan.stop);
    if (!source)
        return source.error();
    plan.mapping = request.mapping.value_or(Mapping());
    if (request.format) {
        plan.format = *request.format;
    } else {
        if ((*source)->window().empty()) {
            if (const Result<bool> more = (*source)->more(); !more)
                return more.error();
        }
        const Result<ExchangeFormat> format = sniffFormat((*source)->window(), request.file);
        if (!format)
            return format.error();
        plan.format = *format;
    }
    auto reader = openReader(plan.format, std::move(*source), plan.mapping);
    if (!reader)
        return reader.error();
    plan.reader = std::move(*reader);
    readSample(plan, sampleSize);
    plan.members = membersOf(plan);
    completeMapping(plan);
    return plan;
}

} // namespace eventloupe
