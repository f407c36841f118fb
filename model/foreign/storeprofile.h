#pragma once

#include "encoding/encodingspec.h"
#include "foreign/foreigndatabase.h"
#include "value/result.h"

#include <QMap>

#include <optional>

namespace eventloupe {

/// A column of a log: of a joined table where `table` is that join's name, else of the log's own.
struct ProfileColumn {
    QString table;
    QString name;

    [[nodiscard]] bool isGiven() const { return !name.isEmpty(); }
    /// As a profile spells it: "created" or "s.created"; a column of the log's own with a dot in
    /// its name has one before it: ".created.at".
    [[nodiscard]] QString text() const
    {
        return table.isEmpty() && !name.contains(u'.') ? name : table + u'.' + name;
    }
    static ProfileColumn fromText(const QString& text);
    friend bool operator==(const ProfileColumn&, const ProfileColumn&) = default;
};

/// Where one part of an event is found: a column, or a place in the JSON that is in it.
struct ProfileField {
    ProfileColumn column;
    EncodingSpec encoding = EncodingSpec(Encoding::Auto);
    QList<QByteArray> pointer; ///< Of a JSON Pointer; empty for all that is in the column.
    /// The value of the only member of what was found, as Rust's enumerations are written; its name
    /// where the field is the type.
    bool isOnlyMember = false;

    [[nodiscard]] bool isGiven() const { return column.isGiven(); }
    /// Whether the column has to be decoded.
    [[nodiscard]] bool isInside() const { return !pointer.isEmpty() || isOnlyMember; }
    friend bool operator==(const ProfileField&, const ProfileField&) = default;
};

/// A table by which a profile is recognised.
struct ProfileTable {
    QString schema; ///< Usual schema; a log in another one is recognised as well.
    QString name; ///< "*" stands for any text, also as a part: "*_events".
    QStringList columns; ///< All of them must be there.
    QStringList absent; ///< None of these may be: they tell another library's table.
    QMap<QString, QString> types; ///< What a column's declared type must look like: "json|text".
};

/// A further table that the log spans.
struct ProfileJoin {
    QString table;
    QString as;
    QMap<QString, ProfileColumn> on; ///< Its column, and what that equals.
    QMap<QString, qint64> where; ///< Its column, and a number that it equals.
    bool isRequired = false; ///< Rows without a match are no events.
    /// Several rows may match: the one with the least number in this column is the event's own, the
    /// others are further streams that it is linked into.
    QString first;
};

/// How streams get their categories.
struct ProfileCategory {
    enum class Rule {
        Dash, ///< What stands before the first '-' of the stream's name, as our own.
        Column, ///< What is in `field`.
        Before, ///< What stands before the last `text` in the stream's name.
        Type, ///< The first capture of the expression `text` in the type of its first event.
        Fixed, ///< `text` for all.
    };
    Rule rule = Rule::Dash;
    ProfileField field;
    QString text; ///< Also what stands for an empty category.
    QString unless = {}; ///< Of Before: names that have this text are taken by Dash.
};

/// What a number or text of a time means.
enum class TimeUnit { Text, Seconds, Milliseconds, Microseconds, Ticks };

/// How another library's tables make a log. Data, read from resources/stores/*.json and from the
/// `stores` folder of a workspace.
struct StoreProfile {
    QString name; ///< "emmett-sqlite"
    QString title; ///< "Emmett (SQLite)"
    QList<ForeignEngine> engines;
    QList<ProfileTable> tables; ///< The first holds the events.
    bool isManyTables = false; ///< The log spans all tables that look like the first.
    bool isLoose = false; ///< Names are compared without underscores.
    QList<ProfileJoin> joins;
    QMap<QString, qint64> where; ///< The log's column, and a number that it equals.
    QList<ProfileColumn> order; ///< What the log is ordered by; together unique.
    QList<ProfileField> stream; ///< One field, or parts that are joined with '-'.
    QString streamless; ///< The stream of events that name none.
    bool isUuid = false; ///< 32 hex digits are spelt as a UUID.
    ProfileCategory category;
    ProfileField version;
    qint64 versionBase = 1; ///< Of a stream's first event.
    ProfileField type;
    QString typeName; ///< The type of all where the field finds none.
    ProfileField data;
    QMap<QString, ProfileField> gathered; ///< Members of the metadata that are columns.
    ProfileField metadata;
    ProfileField time;
    TimeUnit timeUnit = TimeUnit::Text;
    ProfileField id;
    QMap<QString, ProfileColumn> marks; ///< What is said of an event where a column is true.
    QString items; ///< Rows are commits: the column that counts the events of one.
    QStringList notes;

    [[nodiscard]] bool isFor(ForeignEngine engine) const { return engines.contains(engine); }

    /// Reads one; InvalidInput names the member that is wrong or not known, and `file`.
    [[nodiscard]] static Result<StoreProfile> fromJson(const QByteArray& json, const QString& file);
    /// The JSON that fromJson() reads back.
    [[nodiscard]] QByteArray toJson() const;
};

} // namespace eventloupe
