#pragma once

#include <QStringList>

namespace eventloupe {

/// Names that columns of a part have, the most telling first. Compared without case and '_'.
inline const QStringList orderNames { QStringLiteral("globalposition"), QStringLiteral("position"),
    QStringLiteral("globalindex"), QStringLiteral("ordering"), QStringLiteral("seqid"),
    QStringLiteral("sequence"), QStringLiteral("seq"), QStringLiteral("no"), QStringLiteral("id"),
    QStringLiteral("rowid") };
inline const QStringList streamNames { QStringLiteral("streamname"), QStringLiteral("streamid"),
    QStringLiteral("stream"), QStringLiteral("aggregateid"), QStringLiteral("aggregateuuid"),
    QStringLiteral("aggregaterootid"), QStringLiteral("aggregateidentifier"),
    QStringLiteral("entityid"), QStringLiteral("persistenceid"), QStringLiteral("originatorid"),
    QStringLiteral("sourceid"), QStringLiteral("subject"), QStringLiteral("aggregate"),
    QStringLiteral("entity"), QStringLiteral("key") };
inline const QStringList versionNames { QStringLiteral("streamversion"), QStringLiteral("version"),
    QStringLiteral("aggregateversion"), QStringLiteral("streamposition"),
    QStringLiteral("sequencenumber"), QStringLiteral("seqnr"), QStringLiteral("playhead"),
    QStringLiteral("revision"), QStringLiteral("sequence"), QStringLiteral("position") };
inline const QStringList typeNames { QStringLiteral("eventtype"), QStringLiteral("type"),
    QStringLiteral("eventname"), QStringLiteral("messagetype"), QStringLiteral("eventclass"),
    QStringLiteral("topic"), QStringLiteral("name"), QStringLiteral("kind"),
    QStringLiteral("action"), QStringLiteral("event") };
inline const QStringList dataNames { QStringLiteral("data"), QStringLiteral("payload"),
    QStringLiteral("eventdata"), QStringLiteral("body"), QStringLiteral("content"),
    QStringLiteral("jsondata"), QStringLiteral("messagedata"), QStringLiteral("eventpayload"),
    QStringLiteral("properties"), QStringLiteral("event"), QStringLiteral("state"),
    QStringLiteral("json"), QStringLiteral("message"), QStringLiteral("details") };
inline const QStringList metadataNames { QStringLiteral("metadata"), QStringLiteral("meta"),
    QStringLiteral("headers"), QStringLiteral("jsonmetadata"), QStringLiteral("context") };
inline const QStringList timeNames { QStringLiteral("createdat"), QStringLiteral("created"),
    QStringLiteral("timestamp"), QStringLiteral("time"), QStringLiteral("occurredat"),
    QStringLiteral("occurredon"), QStringLiteral("recordedat"), QStringLiteral("recordedon"),
    QStringLiteral("insertedat"), QStringLiteral("date"), QStringLiteral("ts") };
inline const QStringList idNames { QStringLiteral("eventid"), QStringLiteral("messageid"),
    QStringLiteral("uuid"), QStringLiteral("guid"), QStringLiteral("id") };

/// Names inside of payloads tell less, so that only these count there.
inline const QStringList memberTypeNames { QStringLiteral("eventtype"), QStringLiteral("type"),
    QStringLiteral("$type"), QStringLiteral("eventname"), QStringLiteral("messagetype"),
    QStringLiteral("event"), QStringLiteral("kind") };
inline const QStringList memberIdNames { QStringLiteral("eventid"), QStringLiteral("messageid") };

} // namespace eventloupe
