#include "exchange/fieldnames.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Spellings met in event stores, message brokers and process-mining logs (XES, OCEL), the most
/// telling first.
QStringList spellingsOf(EventField field)
{
    switch (field) {
    case EventField::Stream:
        return { QStringLiteral("stream"), QStringLiteral("streamid"), QStringLiteral("streamname"),
            QStringLiteral("streamkey"), QStringLiteral("aggregateid"),
            QStringLiteral("aggregaterootid"), QStringLiteral("aggregate"),
            QStringLiteral("entityid"), QStringLiteral("case:concept:name"),
            QStringLiteral("caseid"), QStringLiteral("case") };
    case EventField::Type:
        return { QStringLiteral("type"), QStringLiteral("eventtype"), QStringLiteral("typename"),
            QStringLiteral("eventname"), QStringLiteral("concept:name"), QStringLiteral("activity"),
            QStringLiteral("activityname"), QStringLiteral("ocel:activity"),
            QStringLiteral("event") };
    case EventField::Time:
        return { QStringLiteral("time"), QStringLiteral("timestamp"),
            QStringLiteral("time:timestamp"), QStringLiteral("ocel:timestamp"),
            QStringLiteral("eventtime"), QStringLiteral("occurredat"), QStringLiteral("occurredon"),
            QStringLiteral("createdat"), QStringLiteral("created"), QStringLiteral("createdon"),
            QStringLiteral("recordedat"), QStringLiteral("datetime"), QStringLiteral("date") };
    case EventField::Id:
        return { QStringLiteral("id"), QStringLiteral("eventid"), QStringLiteral("messageid"),
            QStringLiteral("uuid") };
    case EventField::Version:
        return { QStringLiteral("version"), QStringLiteral("streamversion"),
            QStringLiteral("revision"), QStringLiteral("streamrevision"),
            QStringLiteral("aggregateversion") };
    case EventField::Data:
        return { QStringLiteral("data"), QStringLiteral("payload"), QStringLiteral("body"),
            QStringLiteral("eventdata") };
    case EventField::Metadata:
        break;
    }
    return { QStringLiteral("metadata"), QStringLiteral("meta"), QStringLiteral("headers"),
        QStringLiteral("eventmetadata") };
}

/// Log files split a moment into "Date" and "Time" columns.
std::optional<FieldSource> dateAndTime(const QStringList& members)
{
    QString date;
    QString time;
    for (const QString& member : members) {
        if (plainName(member) == QLatin1String("date"))
            date = member;
        else if (plainName(member) == QLatin1String("time"))
            time = member;
    }
    if (date.isEmpty() || time.isEmpty())
        return std::nullopt;
    return FieldSource { FieldSource::Kind::Template, QStringLiteral("{%1} {%2}").arg(date, time) };
}

/// Whether the members are those of the exchange format, to the letter: then "time" is a whole
/// moment, whatever other members say.
bool isExchangeFormat(const QStringList& members)
{
    const std::array own { EventField::Stream, EventField::Type, EventField::Time,
        EventField::Data };
    return std::all_of(own.cbegin(), own.cend(),
        [&](EventField field) { return members.contains(eventFieldName(field)); });
}

} // namespace

QString plainName(const QString& member)
{
    QString plain = member.toLower();
    plain.removeIf([](QChar c) {
        return c == QLatin1Char('_') || c == QLatin1Char('-') || c == QLatin1Char(' ');
    });
    return plain;
}

bool isPositionName(const QString& member)
{
    const QString plain = plainName(member);
    return plain == QLatin1String("position") || plain == QLatin1String("globalposition");
}

bool isExchangeMember(const QString& member)
{
    if (member == QLatin1String("position"))
        return true;
    const QList<EventField>& fields = allEventFields();
    return std::any_of(fields.cbegin(), fields.cend(),
        [&](EventField field) { return eventFieldName(field) == member; });
}

std::optional<FieldSource> proposedSource(EventField field, const QStringList& members)
{
    const QString own = eventFieldName(field);
    const bool mayBeParted = field == EventField::Time && !isExchangeFormat(members);
    if (!mayBeParted && members.contains(own))
        return FieldSource { FieldSource::Kind::Member, own };
    if (mayBeParted) {
        if (auto both = dateAndTime(members))
            return both;
    }
    for (const QString& spelling : spellingsOf(field)) {
        for (const QString& member : members) {
            if (plainName(member) == spelling)
                return FieldSource { FieldSource::Kind::Member, member };
        }
    }
    return std::nullopt;
}

} // namespace eventloupe
