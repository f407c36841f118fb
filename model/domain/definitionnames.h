#pragma once

#include "domain/workspace.h"

#include <map>

namespace eventloupe {

/// Names with names below them: the fields of a state or of data, as far as they are known.
struct NameTree {
    std::map<QString, NameTree> children;

    void add(const NameTree& other);
    /// The names below a path; none where nothing is known there.
    [[nodiscard]] QStringList below(const QStringList& path) const;
    /// The members of an object.
    [[nodiscard]] static NameTree ofValue(const JsonValue& value);
    /// The properties that a JSON Schema names.
    [[nodiscard]] static NameTree ofSchema(const JsonValue& schema);
};

/// The names that a workspace's definitions know, for completion and mends.
class DefinitionNames {
public:
    explicit DefinitionNames(std::shared_ptr<const Workspace> workspace);

    [[nodiscard]] QStringList events() const;
    [[nodiscard]] QStringList commands() const;
    /// Of the state of an aggregate: its initial state's, and those that rules and merged data of
    /// its events give it. An empty category: of all.
    [[nodiscard]] NameTree state(const QString& category) const;
    [[nodiscard]] NameTree eventData(const QString& type) const;
    [[nodiscard]] NameTree commandData(const QString& name) const;
    /// Of the aggregates that evolve by an event.
    [[nodiscard]] NameTree stateOfEvent(const QString& type) const;

    [[nodiscard]] const Workspace& workspace() const { return *m_workspace; }

private:
    [[nodiscard]] QStringList categoriesOf(const QString& type) const;
    void addEvent(const QString& type, NameTree& state) const;

    std::shared_ptr<const Workspace> m_workspace;
};

} // namespace eventloupe
