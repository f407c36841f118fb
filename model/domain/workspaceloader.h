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
    void refuseOddFolders();
    void readSettings(DefinitionFile& file);
    void readAggregates();
    void readEvents();
    void readCommands();
    void readProjections();
    /// What brings a projection's older events to the present.
    void readOlderEvents(ProjectionDefinition& projection) const;
    void sortCommands(DefinitionFile& settings);
    void report(const DefinitionFile& file);
    [[nodiscard]] QString resolvedStore(const DefinitionNode& root) const;

    std::shared_ptr<Workspace> m_workspace;
};

} // namespace eventloupe
