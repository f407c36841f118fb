#pragma once

#include "expression/expression.h"
#include "expression/texttemplate.h"
#include "schema/schema.h"
#include "value/jsonpointer.h"
#include "value/result.h"

#include <QHash>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace eventloupe {

struct ProjectionDefinition;
class Masks;

/// A definition that could not be used: it is disabled, all else works.
struct WorkspaceProblem {
    QString file; ///< Relative to the workspace folder.
    int line = 1; ///< From 1.
    int column = 1;
    QString message; ///< What is wrong and how to mend it.
};

/// One evolve rule: where in the state, and the value; no value removes.
struct EvolveRule {
    /// A JSON Pointer whose tokens may hold expressions: "/items/{data.sku}".
    QByteArray pointerSource;
    /// The pointer when it holds no expression; else one template a token.
    std::optional<JsonPointer> fixedPointer;
    QList<TextTemplate> pointer;
    std::optional<Expression> value;
};

enum class EvolveKind {
    Merge, ///< JSON Merge Patch of the data into the state (RFC 7396); the default.
    Rules, ///< All read from the old state, then applied.
    Delete, ///< Ends the aggregate.
};

/// One step from an older shape of an event's data to the next.
struct Upcast {
    struct Move {
        JsonPointer from;
        JsonPointer to;
    };
    struct Change {
        JsonPointer place;
        std::optional<Expression> value; ///< None removes.
    };
    Expression when; ///< Tells the older shape from the others.
    QList<Move> moves; ///< Applied first; what is not there is not moved.
    QList<Change> changes; ///< Their expressions read the data as it was before this step.
};

/// events/NAME.json:
///
///     {"type": "ITEM_ADDED", "title": "...", "description": "...", "schema": {...},
///      "evolve": "merge" | "delete" | {"/items/{data.sku}": "data.qty", "/draft": null},
///      "was": ["ITEM_PUT"],
///      "upcasts": [{"when": "!has(data.currency)", "rename": {"/amount": "/price"},
///                   "set": {"/currency": "'EUR'", "/legacy": null}}]}
///
/// All members may be missing; `type` is the file's name then, and `evolve` is "merge". Rules are
/// read over `state`, `data` and `event` (type, stream, category, version, position, time, id,
/// metadata). A member of a rule's pointer may hold an expression in braces, whose value is taken
/// as it is ("/" and "~" in it need no escape).
///
/// `was` names older types of the event. `upcasts` bring older shapes of its data to the present
/// one, in order, each reading what the one before made; over `data`, `metadata` and `event`, whose
/// type is the stored one. What is stored stays as it is.
struct EventDefinition {
    QString type;
    QString title;
    QString description;
    std::optional<Schema> schema;
    EvolveKind kind = EvolveKind::Merge;
    QList<EvolveRule> rules;
    QStringList was; ///< Types that it had before.
    QList<Upcast> upcasts;
    /// What the rules call that which they evolve: "row" in a projection.
    std::string_view stateName = "state";
};

/// aggregates/NAME.json:
///
///     {"category": "user", "title": "User", "description": "...", "initialState": {...},
///      "headline": ["/name"], "events": ["USER_CREATED", ...]}
///
/// `category` is the file's name when it is missing. `events`, when given, are those that the
/// aggregate evolves by: others in its streams leave the state as it is.
struct AggregateDefinition {
    QString category;
    QString title;
    QString description;
    JsonValue initialState = JsonValue::emptyObject();
    QList<JsonPointer> headline; ///< Fields shown in the stream list.
    QStringList events; ///< Those that it evolves by; empty means all.
};

/// One `require`: an expression that must hold, and what to say when it does not.
struct Guard {
    Expression that;
    QString message; ///< As written.
    std::optional<TextTemplate> messageText; ///< The message with its expressions.
};

/// One `emit`: an event that the command gives.
struct Emission {
    QString type;
    std::optional<Expression> when;
    /// The data as a tree whose leaves are expressions, or one expression for the whole.
    JsonValue dataSource;
    QList<std::pair<JsonPointer, Expression>> dataExpressions;
};

/// commands/NAME.json; the file's name is the command's:
///
///     {"title": "Rename user", "description": "...", "stream": "user-{data.userId}",
///      "schema": {...}, "onConflict": "retry" | "ask",
///      "require": [{"that": "exists", "message": "there is no user {data.userId}"}],
///      "emit": [{"type": "USER_RENAMED", "data": {"name": "data.name"}, "when": "..."}]}
///
/// `stream` and `emit` are required. The stream's name sees `data`; all else sees `state`,
/// `exists`, `version`, `data`, `command` (name, id, actor), `now`, and uuid().
///
/// An emission's `data` is either a text, one expression for the whole ("data"), or an object in
/// which each text is an expression, objects and arrays nest, and numbers, true, false and null
/// stand for themselves: {"name": "data.name", "status": "'active'", "logins": 0}. When it is
/// missing, the event carries the command's data. An emission whose `when` is false is left out.
/// All events are the command's stream's: an emission for another stream is refused.
///
/// When another writer is faster, "onConflict" says whether the command may be decided again on the
/// newest state without asking; "ask" when it is missing.
struct CommandDefinition {
    QString name;
    QString title;
    QString description;
    QString category; ///< Of the stream template, "" when it begins with an expression.
    TextTemplate stream; ///< Over `data`.
    Schema schema; ///< Also its form.
    QList<Guard> guards;
    QList<Emission> emissions;
    bool retriesOnConflict = false;
};

/// A domain: what a workspace folder says. Immutable once loaded; shared between threads.
///
/// workspace.json is {"name": "...", "store": "events.eventlog", "commands": ["CREATE_USER", ...],
/// "masks": [{"type": "USER_CREATED", "pointers": ["/email"], "metadata": ["/ip"]},
/// {"category": "user", "pointers": ["/email"]}]};
/// the store is a file, relative to the folder, or a postgresql:// URI; `commands` is the order in
/// which they are offered; see MaskPatterns for `masks`. A member of another name than those given
/// here makes its definition a problem, so that a misspelt one is not ignored. Only "$schema", the
/// file's own JSON Schema, is allowed in each, for other editors.
///
/// A missing definition is no problem: events without one merge their data into the state.
class Workspace {
public:
    /// Reads the folder's definition files. Fails only when the folder or workspace.json cannot be
    /// read, or says no JSON object; a broken definition is disabled and listed in problems().
    /// Reads files: not for the GUI thread.
    static Result<std::shared_ptr<const Workspace>> load(const QString& folder);
    /// The domain of a store that is opened without a workspace: default evolve for all.
    static std::shared_ptr<const Workspace> empty();
    /// The same where the workspace of the store cannot be read: nobody knows what it masks, so
    /// everything is masked.
    static std::shared_ptr<const Workspace> unreadable();
    /// The domain of a store beside this workspace that is not the one it names: empty, or
    /// unreadable where what it names has a mistake, so that it may be meant.
    [[nodiscard]] std::shared_ptr<const Workspace> ofOtherStore() const;
    /// A domain of events alone.
    static std::shared_ptr<const Workspace> ofEvents(QHash<QString, EventDefinition> events);

    /// The same with other problems().
    [[nodiscard]] std::shared_ptr<const Workspace> withProblems(
        const QList<WorkspaceProblem>& problems) const;

    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// The store as workspace.json names it, made absolute when it is a file.
    [[nodiscard]] const QString& store() const { return m_store; }
    [[nodiscard]] const QList<WorkspaceProblem>& problems() const { return m_problems; }
    /// In the order of workspace.json's "commands", else by title.
    [[nodiscard]] const QList<CommandDefinition>& commands() const { return m_commands; }
    [[nodiscard]] const CommandDefinition* command(const QString& name) const;
    [[nodiscard]] const AggregateDefinition* aggregate(const QString& category) const;
    [[nodiscard]] const EventDefinition* event(const QString& type) const;
    [[nodiscard]] const QHash<QString, AggregateDefinition>& aggregates() const
    {
        return m_aggregates;
    }
    [[nodiscard]] const QHash<QString, EventDefinition>& events() const { return m_events; }
    /// By title; see projection.h.
    [[nodiscard]] const QList<std::shared_ptr<const ProjectionDefinition>>& projections() const
    {
        return m_projections;
    }
    /// By its name; nullptr when there is none.
    [[nodiscard]] std::shared_ptr<const ProjectionDefinition> projection(const QString& name) const;
    /// What is not to be shown; where that cannot be told, everything.
    [[nodiscard]] const std::shared_ptr<const Masks>& masks() const { return m_masks; }

    Workspace();

private:
    friend class WorkspaceLoader;

    QString m_name;
    QString m_folder;
    QString m_store;
    QList<WorkspaceProblem> m_problems;
    QList<CommandDefinition> m_commands;
    QHash<QString, AggregateDefinition> m_aggregates;
    QHash<QString, EventDefinition> m_events;
    QList<std::shared_ptr<const ProjectionDefinition>> m_projections;
    std::shared_ptr<const Masks> m_masks; ///< Never null.
    bool m_isStoreKnown = true; ///< What names it has no mistake.
};

} // namespace eventloupe
