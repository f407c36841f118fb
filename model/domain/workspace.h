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
    QList<TextTemplate> pointer;
    std::optional<Expression> value;
};

enum class EvolveKind {
    Merge, ///< JSON Merge Patch of the data into the state (RFC 7396); the default.
    Rules, ///< All read from the old state, then applied.
    Delete, ///< Ends the aggregate.
};

/// events/TYPE.json
struct EventDefinition {
    QString type;
    QString title;
    std::optional<Schema> schema;
    EvolveKind kind = EvolveKind::Merge;
    QList<EvolveRule> rules;
};

/// aggregates/NAME.json
struct AggregateDefinition {
    QString category;
    QString title;
    JsonValue initialState = JsonValue::emptyObject();
    QList<JsonPointer> headline; ///< Fields shown in the stream list.
    QStringList events;
};

/// One `require`: an expression that must hold, and what to say when it does not.
struct Guard {
    Expression that;
    QString message;
};

/// One `emit`: an event that the command gives.
struct Emission {
    QString type;
    std::optional<Expression> when;
    /// The data as a tree whose leaves are expressions, or one expression for the whole.
    JsonValue dataSource;
    QList<std::pair<JsonPointer, Expression>> dataExpressions;
};

/// commands/NAME.json
struct CommandDefinition {
    QString name;
    QString title;
    QString description;
    QString category; ///< Of the stream template, "" when it begins with an expression.
    TextTemplate stream; ///< Over `data`.
    Schema schema; ///< Also its form.
    QList<Guard> guards;
    QList<Emission> emissions;
};

/// A domain: what a workspace folder says. Immutable once loaded; shared between threads.
/// A missing definition is no problem: events without one merge their data into the state.
class Workspace {
public:
    /// Reads the folder's definition files. Fails only when the folder or workspace.json cannot be
    /// read; a broken definition is listed in problems(). Reads files: not for the GUI thread.
    static Result<std::shared_ptr<const Workspace>> load(const QString& folder);
    /// The domain of a store that is opened without a workspace: default evolve for all.
    static std::shared_ptr<const Workspace> empty();

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

private:
    friend class WorkspaceLoader;

    QString m_name;
    QString m_folder;
    QString m_store;
    QList<WorkspaceProblem> m_problems;
    QList<CommandDefinition> m_commands;
    QHash<QString, AggregateDefinition> m_aggregates;
    QHash<QString, EventDefinition> m_events;
};

} // namespace eventloupe
