#include "exchange/exchangetext.h"
#include "exchange/importplan.h"
#include "exchange/membersofplan.h"
#include "exchange/recordplaces.h"
#include "value/event.h"
#include "value/jsonpointer.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <iterator>

namespace eventloupe {

namespace {

/// Members of the records' first level whose values are texts or numbers, in order of first sight.
QStringList scalarMembers(const ImportPlan& plan)
{
    QSet<QString> scalars;
    for (const Record& record : plan.sample) {
        for (const RecordMember& member : record.members) {
            const char first = member.value.empty() ? '\0' : member.value.front();
            if (plan.reader->isText() || (first != '{' && first != '['))
                scalars.insert(QString::fromStdString(std::string(member.name)));
        }
    }
    QStringList names;
    std::copy_if(plan.members.cbegin(), plan.members.cend(), std::back_inserter(names),
        [&](const QString& member) { return scalars.contains(member) && !isNested(plan, member); });
    return names;
}

bool isUsed(const ImportPlan& plan, const QString& member)
{
    return std::any_of(
        plan.mapping.fields.cbegin(), plan.mapping.fields.cend(), [&](const auto& entry) {
            return entry.second == FieldSource { FieldSource::Kind::Member, member };
        });
}

/// A member to name in the example of a mapping: a text, best one that repeats; empty when there is
/// none.
QString exampleMember(const ImportPlan& plan)
{
    QStringList scalars = scalarMembers(plan);
    scalars.removeIf([&](const QString& member) { return isUsed(plan, member); });
    for (const QString& member : std::as_const(scalars)) {
        if (hasRepeats(plan, member))
            return member;
    }
    return scalars.value(0);
}

/// What can give a field first: texts and numbers, then what holds others, then what is inside.
QStringList usefulFirst(const ImportPlan& plan)
{
    QStringList names = scalarMembers(plan);
    const QSet<QString> scalars(names.cbegin(), names.cend());
    for (const QString& member : plan.members) {
        if (!scalars.contains(member))
            names.append(member);
    }
    return names;
}

/// Where in a document that was read as one record its events may be, what is named so first.
QStringList placesOfEvents(const ImportPlan& plan)
{
    QStringList places;
    if (plan.format != ExchangeFormat::Json || plan.sample.size() != 1
        || !plan.mapping.records.isEmpty())
        return places;
    for (const RecordMember& member : plan.sample.front().members) {
        if (!isArrayOfObjects(member.value) && !isKeyedObject(member.value))
            continue;
        places.append(QString::fromUtf8(
            JsonPointer({ QByteArray::fromStdString(std::string(member.name)) }).toText()));
    }
    std::stable_partition(places.begin(), places.end(),
        [](const QString& place) { return place.contains(u"event", Qt::CaseInsensitive); });
    return places;
}

/// A mapping that would do, or empty where nothing fits.
Mapping exampleMapping(const ImportPlan& plan, const QString& file)
{
    Mapping example;
    if (!plan.mapping.source(EventField::Stream)) {
        const QString member = exampleMember(plan);
        if (member.isEmpty())
            return example;
        example.setSource(EventField::Stream, FieldSource { FieldSource::Kind::Member, member });
    }
    if (!plan.mapping.source(EventField::Type)) {
        const QString name = file == QLatin1String("-") ? QString() : QFileInfo(file).baseName();
        example.setSource(EventField::Type,
            FieldSource { FieldSource::Kind::Constant,
                name.isEmpty() ? QStringLiteral("EVENT") : name.toUpper() });
    }
    return example;
}

} // namespace

bool isNested(const ImportPlan& plan, const QString& member)
{
    return member.startsWith(QLatin1Char('/')) && !plan.reader->isText();
}

bool hasRepeats(const ImportPlan& plan, const QString& member)
{
    QSet<QByteArray> values;
    const std::string name = member.toStdString();
    for (const Record& record : plan.sample) {
        for (const RecordMember& candidate : record.members) {
            if (candidate.name != name || candidate.value.empty() || candidate.value == "null")
                continue;
            const QByteArray value = toBytes(candidate.value);
            if (values.contains(value))
                return true;
            values.insert(value);
        }
    }
    return false;
}

QString missingFields(const ImportPlan& plan, const QString& file)
{
    const bool stream = plan.mapping.source(EventField::Stream);
    const bool type = plan.mapping.source(EventField::Type);
    if ((stream && type) || plan.sample.empty())
        return {};
    const QString missing = stream ? ExchangeText::tr("type")
        : type                     ? ExchangeText::tr("stream")
                                   : ExchangeText::tr("stream and type");
    const QString fault = ExchangeText::tr("%1: no member is known to give the %2 of an event.")
                              .arg(displayedFile(file), missing);
    Mapping example;
    if (const QStringList places = placesOfEvents(plan); !places.isEmpty()) {
        example.records = places.constFirst();
        return fault
            + ExchangeText::tr(" The document was read as one record. Its events may be in: %1. "
                               "Name the place in a mapping (--map FILE), for example %2")
                  .arg(someOf(places), QString::fromUtf8(example.toJson().toJson()));
    }
    const QString members
        = ExchangeText::tr(" Its members are: %1.").arg(someOf(usefulFirst(plan)));
    example = exampleMapping(plan, file);
    if (example.fields.isEmpty())
        return fault + members + ExchangeText::tr(" Name what does in a mapping (--map FILE)");
    example.records = plan.mapping.records;
    return fault + members
        + ExchangeText::tr(" Name what does in a mapping (--map FILE), for example %1")
              .arg(QString::fromUtf8(example.toJson().toJson()));
}

} // namespace eventloupe
