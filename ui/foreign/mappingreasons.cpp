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

QString timeReason(const StoreProfile& proposal)
{
    switch (proposal.timeUnit) {
    case TimeUnit::Text:
        return tr("by its name, and since its texts read as times");
    case TimeUnit::Seconds:
        return tr("by its name; its numbers are years near ours as seconds");
    case TimeUnit::Milliseconds:
        return tr("by its name; its numbers are years near ours as milliseconds");
    case TimeUnit::Microseconds:
        return tr("by its name; its numbers are years near ours as microseconds");
    case TimeUnit::Ticks:
        break;
    }
    return tr("by its name; its numbers are years near ours as .NET ticks");
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

QStringList columnsOf(const StoreProfile& mapping, MappingPart part)
{
    QStringList columns;
    const auto add = [&columns](const ProfileColumn& column) {
        if (column.isGiven())
            columns.append(column.text());
    };
    switch (part) {
    case MappingPart::Order:
        for (const ProfileColumn& column : mapping.order)
            add(column);
        break;
    case MappingPart::Stream:
        for (const ProfileField& field : mapping.stream)
            add(field.column);
        break;
    case MappingPart::Version:
        add(mapping.version.column);
        break;
    case MappingPart::Type:
        add(mapping.type.column);
        break;
    case MappingPart::Data:
        add(mapping.data.column);
        break;
    case MappingPart::Metadata:
        add(mapping.metadata.column);
        break;
    case MappingPart::Time:
        add(mapping.time.column);
        break;
    default:
        add(mapping.id.column);
    }
    return columns;
}

QString reasonFor(const StoreProfile& proposal, MappingPart part, const ForeignTable& table)
{
    if (columnsOf(proposal, part).isEmpty())
        return missingReason(part);
    switch (part) {
    case MappingPart::Order:
        return positionReason(proposal, table);
    case MappingPart::Version:
        return tr("by its name, and since it holds whole numbers");
    case MappingPart::Type:
        return tr("by its name, and since it holds texts");
    case MappingPart::Data:
    case MappingPart::Metadata:
        return tr("since it holds objects or lists in most rows");
    case MappingPart::Time:
        return timeReason(proposal);
    case MappingPart::Id:
        return tr("by its name, and since no two are alike");
    default:
        return tr("by its name");
    }
}

} // namespace eventloupe
