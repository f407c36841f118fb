#pragma once

#include "domain/fieldexpression.h"
#include "domain/upcaster.h"
#include "mask/maskpatterns.h"

namespace eventloupe {

/// What a column holds: how it is aligned, no more. A cell shows what the row has.
enum class ProjectionColumnType { Any, Number, Text, Boolean, Time };

struct ProjectionColumn {
    QString name; ///< In filters and exports.
    QString title;
    ProjectionColumnType type = ProjectionColumnType::Any;
    JsonPointer pointer; ///< In the row.
};

/// Which rows an event is for.
struct ProjectionKeys {
    std::vector<FieldExpression> expressions; ///< Over `data` and `event`.
    bool areLists = false; ///< Each gives a list of keys instead of one.
};

/// What an event type does to its rows.
struct ProjectionEvent {
    ProjectionKeys keys;
    std::optional<FieldExpression> when; ///< Over `row`, `data` and `event`; else always.
    bool isDelete = false; ///< Removes the row, after it was evolved.
    std::optional<FieldExpression> deleteWhen; ///< Removes it where this holds.
};

/// projections/NAME.json, a table folded from many streams; the file's name is its name:
///
///     {"title": "Revenue", "description": "...", "key": "data.currency",
///      "columns": [{"name": "revenue", "title": "Revenue", "type": "number"}, ...],
///      "initialRow": {"revenue": 0},
///      "evolve": {"ORDER_PAID": {"/revenue": "row.revenue + data.amount"}}}
///
/// `key` is an expression over `data` and `event` that gives the row's key: a text, a number, a
/// boolean or a time; null where the event is for no row. `keys` instead is a list of such
/// expressions (["data.from", "data.to"]) or one that gives a list; the event is then for each of
/// these rows, once. `evolve` lists the events that count: its members are rules as an event's
/// evolve has them, over `row`, `data` and `event`, "merge", or "delete". Beside its rules an event
/// may have `when` (the row stays as it is, or is not made, where it is false), `delete` (true, or
/// an expression) and `key` or `keys` of its own. A row begins as {"key": its key} and the
/// members of `initialRow`; so rules know the key as row.key.
///
/// A column's `name` is a word, `pointer` where its value is in the row ("/" and the name when it
/// is missing), `type` "number", "text", "boolean" or "time".
struct ProjectionDefinition {
    static constexpr qsizetype mostColumns = 60;

    QString name;
    QString title;
    QString description;
    QList<ProjectionColumn> columns;
    JsonValue initialRow = JsonValue::emptyObject(); ///< Without the key.
    QHash<QString, ProjectionEvent> events; ///< By type.
    /// The rules by which an Evolver folds rows.
    std::shared_ptr<const Workspace> rules;
    /// What must be read of the events.
    ScanColumns scanColumns;
    /// Brings older events to the types and shapes that are listed; null where none are older.
    std::shared_ptr<const Upcaster> upcaster;
    QStringList olderTypes; ///< As which some of the listed events are stored.
    MaskPatterns masked; ///< Places in the row that are not shown.
    bool hidesFailures = false; ///< The words of a failure may quote what is masked.
    QByteArray source; ///< The file's JSON: the same source is the same projection.
};

} // namespace eventloupe
