#pragma once

#include "domain/definitionfile.h"

namespace eventloupe {

/// Reads a workspace folder once.
class WorkspaceLoader {
public:
    explicit WorkspaceLoader(const QString& folder);
    Result<std::shared_ptr<const Workspace>> load();

private:
    /// The *.json files of a subfolder in the order of their names; none when it is missing.
    [[nodiscard]] QStringList filesOf(const QString& subfolder) const;
    void readSettings(DefinitionFile& file);
    void readAggregates();
    void readEvents();
    void readCommands();
    void sortCommands(DefinitionFile& settings);
    /// Disables a command that emits what its aggregate does not evolve by.
    void checkEmission(const CommandDefinition& command, DefinitionFile& file) const;
    void report(const DefinitionFile& file);
    [[nodiscard]] QString resolvedStore(const DefinitionNode& root) const;

    std::shared_ptr<Workspace> m_workspace;
};

} // namespace eventloupe
