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

/// All fields, in the order in which people are shown them.
[[nodiscard]] const QList<EventField>& allEventFields();
/// The field's name in the exchange format and in a mapping file: "stream", "version", ...
[[nodiscard]] QString eventFieldName(EventField field);

/// Where a field's value comes from.
struct FieldSource {
    enum class Kind {
        Member, ///< A member or column by its name.
        Pointer, ///< A JSON Pointer inside a record.
        Constant, ///< The same text for every event.
        Template, ///< "airport-{Origin State}": members, or pointers, in braces.
        None, ///< From nowhere, whatever the file's members are called.
    };
    Kind kind = Kind::Member;
    QString text;

    friend bool operator==(const FieldSource&, const FieldSource&) = default;
};

/// How the records of a file become events. As a file (`--map`) it is a JSON object:
/// {"stream": "Airport", "type": {"value": "BIRD_STRIKE"}, "time": {"template": "{Date} {Time}"},
///  "id": null, "timeFormat": "yyMMdd HHmmss", "records": "/features", "delimiter": ";"}
/// A text is a member's name, or a JSON Pointer when it begins with '/'; {"member": "/odd"} and
/// {"pointer": "/a/b"} say which. null leaves the field without a source. A field that is not named
/// is found by the names of the file's members.
struct Mapping {
    QList<std::pair<EventField, FieldSource>> fields;
    QString timeFormat; ///< A QDateTime format (UTC); empty: the usual spellings.
    QString records; ///< JSON Pointer to the array or object of records; empty: found by itself.
    QString delimiter; ///< Of CSV; empty: found by itself.

    /// Nothing when the field has no source, or is Kind::None.
    [[nodiscard]] const FieldSource* source(EventField field) const;
    /// Whether the mapping says anything of the field, Kind::None included.
    [[nodiscard]] bool decides(EventField field) const;
    void setSource(EventField field, std::optional<FieldSource> source);

    static Result<Mapping> fromJson(const JsonValue& document);
    [[nodiscard]] JsonValue toJson() const;
    /// By the names of a file's members: the exchange format's own, then common other spellings
    /// (see fieldnames.h). Names are compared without regard to case, '_', '-' and spaces.
    static Mapping propose(const QStringList& members);
};

} // namespace eventloupe
