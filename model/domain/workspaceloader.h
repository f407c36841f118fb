#pragma once

#include "domain/definitionfile.h"
#include "value/canceltoken.h"

namespace eventloupe {

/// Reads a workspace's definitions once.
class WorkspaceLoader {
public:
    /// The texts must outlive it. Looks at the token before each file.
    explicit WorkspaceLoader(DefinitionTexts& texts, CancelToken cancel = {});
    Result<std::shared_ptr<const Workspace>> load();

    /// The same for a store in which streams show events of others: whose states an event is folded
    /// into cannot be told from its stream, so what is masked in one category is masked in all.
    [[nodiscard]] static std::shared_ptr<const Workspace> forLinkedStreams(
        const std::shared_ptr<const Workspace>& workspace);

    /// The same with what another workspace masks as well, as that in which the store lies.
    [[nodiscard]] static std::shared_ptr<const Workspace> withMasksOf(
        const std::shared_ptr<const Workspace>& workspace, const Masks& others);

private:
    [[nodiscard]] static std::shared_ptr<const Workspace> masked(
        const Workspace& workspace, std::shared_ptr<const Masks> masks);
    void refuseOddFolders();
    void readSettings(DefinitionFile& file);
    void readAggregates();
    void readEvents();
    void readCommands();
    void readProjections();
    /// After all others.
    void readMasks(DefinitionFile& settings);
    [[nodiscard]] bool areEventsKnown() const;
    static void maskProjections(Workspace& workspace);
    /// What brings a projection's older events to the present.
    void readOlderEvents(ProjectionDefinition& projection) const;
    void sortCommands(DefinitionFile& settings);
    void report(const DefinitionFile& file);
    /// The files of a folder; those that are not read yet are left out once it was cancelled.
    template <class Read> void readEach(const QString& folder, Read read);
    [[nodiscard]] QString resolvedStore(const DefinitionNode& root) const;

    DefinitionTexts& m_texts;
    CancelToken m_cancel;
    std::shared_ptr<Workspace> m_workspace;
};

} // namespace eventloupe
