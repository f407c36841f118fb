#include "ui/foreign/mappingproblems.h"

#include "encoding/undecoded.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MappingProblems", text);
}

/// What a payload is that could not be decoded; empty where it could.
QString kindOf(const QByteArray& payload)
{
    const auto undecoded = undecodedIn(payload);
    return undecoded ? undecoded->kind : QString();
}

QString repeatedIds(const QList<Event>& events)
{
    QSet<QString> seen;
    for (const Event& event : events) {
        if (seen.contains(event.id))
            return tr("%1 stands in several rows; an id must be of one event").arg(event.id);
        seen.insert(event.id);
    }
    return {};
}

QString disorder(const QList<Event>& events)
{
    QHash<QString, StreamVersion> last;
    for (const Event& event : events) {
        const auto before = last.constFind(event.stream);
        if (before != last.constEnd() && event.version <= *before)
            return tr("%1 comes after %2 in %3; versions must grow in a stream")
                .arg(event.version)
                .arg(*before)
                .arg(event.stream);
        last.insert(event.stream, event.version);
    }
    return {};
}

QString countedProblem(const QList<Event>& events, MappingPart part, const StoreProfile& mapping)
{
    const auto count = std::ranges::count_if(
        events, [&](const Event& event) { return isProblem(event, part, mapping); });
    if (count == 0)
        return {};
    const auto first = std::ranges::find_if(
        events, [&](const Event& event) { return isProblem(event, part, mapping); });
    switch (part) {
    case MappingPart::Time:
        return tr("%1 of %2 cannot be read as a time").arg(count).arg(events.size());
    case MappingPart::Type:
        return tr("%1 of %2 have no type").arg(count).arg(events.size());
    case MappingPart::Stream:
        return tr("%1 of %2 name no stream").arg(count).arg(events.size());
    case MappingPart::Data:
        return tr("%1 of %2 cannot be decoded: %3")
            .arg(count)
            .arg(events.size())
            .arg(kindOf(first->data));
    case MappingPart::Metadata:
        return tr("%1 of %2 cannot be decoded: %3")
            .arg(count)
            .arg(events.size())
            .arg(kindOf(first->metadata));
    default:
        return {};
    }
}

} // namespace

bool isProblem(const Event& event, MappingPart part, const StoreProfile& mapping)
{
    switch (part) {
    case MappingPart::Time:
        return mapping.time.isGiven() && event.time == Timestamp();
    case MappingPart::Type:
        return event.type.isEmpty();
    case MappingPart::Stream:
        return !mapping.stream.isEmpty() && event.stream == mapping.streamless;
    case MappingPart::Data:
        return !kindOf(event.data).isEmpty();
    case MappingPart::Metadata:
        return !kindOf(event.metadata).isEmpty();
    default:
        return false;
    }
}

QHash<MappingPart, QString> problemsOf(const QList<Event>& events, const StoreProfile& mapping)
{
    QHash<MappingPart, QString> problems;
    const auto add = [&problems](MappingPart part, const QString& problem) {
        if (!problem.isEmpty())
            problems.insert(part, problem);
    };
    for (const MappingPart part : { MappingPart::Time, MappingPart::Type, MappingPart::Stream,
             MappingPart::Data, MappingPart::Metadata })
        add(part, countedProblem(events, part, mapping));
    if (mapping.id.isGiven())
        add(MappingPart::Id, repeatedIds(events));
    if (mapping.version.isGiven())
        add(MappingPart::Version, disorder(events));
    return problems;
}

QString obstacleOf(const StoreProfile& mapping)
{
    if (mapping.order.isEmpty())
        return tr("Choose what the position is: a column that counts up over the whole log.");
    if (!mapping.data.isGiven())
        return tr("Choose which column holds the data of the events.");
    if (!mapping.type.isGiven() && mapping.typeName.isEmpty())
        return tr("Choose which column holds the type of the events.");
    return {};
}

} // namespace eventloupe
