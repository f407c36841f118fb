#pragma once

#include "domain/definitionfile.h"

namespace eventloupe {

/// Reads a workspace's definitions once.
class WorkspaceLoader {
public:
    /// The texts must outlive it.
    explicit WorkspaceLoader(DefinitionTexts& texts);
    Result<std::shared_ptr<const Workspace>> load();

private:
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

    DefinitionTexts& m_texts;
    std::shared_ptr<Workspace> m_workspace;
};

} // namespace eventloupe
