#pragma once

#include "value/jsonvalue.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace eventloupe {

/// The kinds of files that a workspace is made of.
enum class DefinitionKind { Workspace, Aggregate, Event, Command, Projection, Example };

/// By a file's path in the workspace: "commands/ADD_ITEM.json" is a Command.
[[nodiscard]] std::optional<DefinitionKind> definitionKindOf(const QString& path);
/// The folder of its files; empty for workspace.json.
[[nodiscard]] QString folderOf(DefinitionKind kind);

/// How a text in a definition file is meant.
struct TextUse {
    enum class Kind {
        Plain,
        Expression,
        Template, ///< Expressions in braces.
        Name, ///< Of an event, a command; see `scope`.
        Pointer, ///< A JSON Pointer into the state or the data; see `scope`.
    };
    Kind kind = Kind::Plain;
    /// Of expressions, whose variables they see: "evolve", "upcast", "command", "stream", "row",
    /// "key". Of names, "events" or "commands". Of pointers, "state", "data" or "row".
    QString scope;
};

/// A member that an object may have.
struct FormatMember {
    QString name;
    QString description;
    bool isRequired = false;
    QString sample; ///< JSON text to begin its value with.
};

/// What a definition file may hold, by place: read from its JSON Schema, resources/schemas, whose
/// keyword "eventloupe" says how texts are meant. Immutable, thread-safe.
class DefinitionFormat {
public:
    static const DefinitionFormat& of(DefinitionKind kind);

    /// The JSON Schema as other editors take it.
    [[nodiscard]] const QByteArray& schemaText() const { return m_text; }
    [[nodiscard]] const JsonValue& schema() const { return m_schema; }

    [[nodiscard]] TextUse useOfValue(const QStringList& path) const;
    /// Of the member's name that ends the path.
    [[nodiscard]] TextUse useOfKey(const QStringList& path) const;
    /// The members of the object there; none where any name will do.
    [[nodiscard]] QList<FormatMember> membersAt(const QStringList& path) const;
    /// Whether the object there may have members of any name.
    [[nodiscard]] bool isOpenAt(const QStringList& path) const;
    /// What the names of the object's members are, where they are not fixed: "events", "rules".
    [[nodiscard]] QString keysAt(const QStringList& path) const;
    /// JSON texts of values, where only some or mostly some are meant.
    [[nodiscard]] QStringList valuesAt(const QStringList& path) const;
    /// For a tool tip.
    [[nodiscard]] QString descriptionAt(const QStringList& path) const;

private:
    explicit DefinitionFormat(DefinitionKind kind);
    using Nodes = QList<const JsonValue*>;
    [[nodiscard]] Nodes nodesAt(const QStringList& path) const;
    void expand(const JsonValue& node, Nodes& nodes) const;

    QByteArray m_text;
    JsonValue m_schema;
};

/// The names of the variables of a scope, and whether uuid() is there.
[[nodiscard]] QStringList variablesOf(const QString& scope);

} // namespace eventloupe
