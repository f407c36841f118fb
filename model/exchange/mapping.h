#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace eventloupe {

/// What of an event a member or column of a file can be.
enum class EventField { Stream, Version, Type, Time, Id, Data, Metadata };

/// Where a field's value comes from.
struct FieldSource {
    enum class Kind {
        Member, ///< A member or column by its name.
        Pointer, ///< A JSON Pointer inside a record.
        Constant, ///< The same text for every event.
        Template, ///< "airport-{Origin State}": members in braces.
    };
    Kind kind = Kind::Member;
    QString text;
};

/// How the records of a file become events. As a file (`--map`) it is a JSON object:
/// {"stream": "Airport", "type": {"value": "BIRD_STRIKE"}, "time": {"template": "{Date} {Time}"},
///  "timeFormat": "yyMMdd HHmmss", "records": "/features", "delimiter": ";"}
struct Mapping {
    QList<std::pair<EventField, FieldSource>> fields;
    QString timeFormat; ///< A QDateTime format (UTC); empty: the usual spellings.
    QString records; ///< JSON Pointer to the array in a document; empty: found by itself.
    QString delimiter; ///< Of CSV; empty: found by itself.

    [[nodiscard]] const FieldSource* source(EventField field) const;
    void setSource(EventField field, std::optional<FieldSource> source);

    static Result<Mapping> fromJson(const JsonValue& document);
    [[nodiscard]] JsonValue toJson() const;
    /// By the names of a file's members: the exchange format's own, then common other spellings.
    static Mapping propose(const QStringList& members);
};

} // namespace eventloupe
