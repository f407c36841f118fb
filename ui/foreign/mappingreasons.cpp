#include "ui/foreign/mappingreasons.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MappingReasons", text);
}

QString positionReason(const StoreProfile& proposal, const ForeignTable& table)
{
    const QString first = proposal.order.first().name;
    if (first == u"rowid")
        return tr("no column counts up, so the order in which rows were added");
    if (proposal.order.size() > 1)
        return tr("the primary key, since no column counts up");
    const auto* column = table.column(first);
    const bool isKey = table.primaryKey == QStringList { first };
    if (column != nullptr && isKey)
        return tr("the primary key: whole numbers, no two alike");
    return tr("by its name, and since it holds whole numbers, no two alike");
}

QString timeReason(TimeUnit unit)
{
    switch (unit) {
    case TimeUnit::Text:
        return tr("its texts read as times");
    case TimeUnit::Seconds:
        return tr("its numbers are years near ours as seconds");
    case TimeUnit::Milliseconds:
        return tr("its numbers are years near ours as milliseconds");
    case TimeUnit::Microseconds:
        return tr("its numbers are years near ours as microseconds");
    case TimeUnit::Ticks:
        break;
    }
    return tr("its numbers are years near ours as .NET ticks");
}

/// Where no name told.
QString contentReason(const StoreProfile& proposal, MappingPart part)
{
    switch (part) {
    case MappingPart::Stream:
        return tr("its values look like streams, each in several rows");
    case MappingPart::Version:
        return tr("it counts up in each stream");
    case MappingPart::Type:
        return tr("few different words, as types of events are");
    case MappingPart::Time:
        return timeReason(proposal.timeUnit);
    default:
        return tr("a UUID in each row, no two alike");
    }
}

/// As MappingProposal::byContent has it.
QString partKey(MappingPart part)
{
    switch (part) {
    case MappingPart::Stream:
        return QStringLiteral("stream");
    case MappingPart::Version:
        return QStringLiteral("version");
    case MappingPart::Type:
        return QStringLiteral("type");
    case MappingPart::Time:
        return QStringLiteral("time");
    case MappingPart::Id:
        return QStringLiteral("id");
    default:
        return {};
    }
}

QString missingReason(MappingPart part)
{
    switch (part) {
    case MappingPart::Version:
        return tr("no column looks like it; events are counted in their streams");
    case MappingPart::Stream:
        return tr("no column looks like it; all events are in one stream");
    case MappingPart::Id:
        return tr("no column looks like it; an event is told by its position");
    default:
        return tr("no column looks like it");
    }
}

} // namespace

QString mappingPartName(MappingPart part)
{
    switch (part) {
    case MappingPart::Order:
        return tr("Position");
    case MappingPart::Stream:
        return tr("Stream");
    case MappingPart::Version:
        return tr("Version");
    case MappingPart::Type:
        return tr("Type");
    case MappingPart::Data:
        return tr("Data");
    case MappingPart::Metadata:
        return tr("Metadata");
    case MappingPart::Time:
        return tr("Time");
    default:
        return tr("Id");
    }
}

QList<ProfileField> fieldsOf(const StoreProfile& mapping, MappingPart part)
{
    QList<ProfileField> fields;
    switch (part) {
    case MappingPart::Order:
        for (const ProfileColumn& column : mapping.order) {
            fields.append(ProfileField());
            fields.last().column = column;
        }
        break;
    case MappingPart::Stream:
        fields = mapping.stream;
        break;
    case MappingPart::Version:
        fields = { mapping.version };
        break;
    case MappingPart::Type:
        fields = { mapping.type };
        break;
    case MappingPart::Data:
        fields = { mapping.data };
        break;
    case MappingPart::Metadata:
        fields = { mapping.metadata };
        break;
    case MappingPart::Time:
        fields = { mapping.time };
        break;
    default:
        fields = { mapping.id };
    }
    fields.removeIf([](const ProfileField& field) { return !field.isGiven(); });
    return fields;
}

QStringList columnsOf(const StoreProfile& mapping, MappingPart part)
{
    QStringList columns;
    for (const ProfileField& field : fieldsOf(mapping, part))
        columns.append(field.column.table.isEmpty() ? field.column.name : field.column.text());
    return columns;
}

QString reasonFor(const MappingProposal& proposal, MappingPart part, const ForeignTable& table)
{
    const StoreProfile& profile = proposal.profile;
    if (columnsOf(profile, part).isEmpty())
        return missingReason(part);
    if (proposal.byContent.contains(partKey(part)))
        return contentReason(profile, part);
    switch (part) {
    case MappingPart::Order:
        return positionReason(profile, table);
    case MappingPart::Version:
        return tr("by its name, and since it holds whole numbers");
    case MappingPart::Type:
        return tr("by its name, and since it holds texts");
    case MappingPart::Data:
    case MappingPart::Metadata:
        return tr("since it holds objects or lists in most rows");
    case MappingPart::Time:
        return tr("by its name; %1").arg(timeReason(profile.timeUnit));
    case MappingPart::Id:
        return tr("by its name, and since no two are alike");
    default:
        return tr("by its name");
    }
}

} // namespace eventloupe
