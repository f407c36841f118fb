#pragma once

#include "domain/example.h"
#include "value/canceltoken.h"

namespace eventloupe {

/// What a workspace's files say of themselves: whether its definitions are right, and its examples
/// hold.
struct WorkspaceCheck {
    struct Item {
        Example example;
        QList<ExampleDifference> differences; ///< None: it holds.

        /// The fault of a definition that kept it from being compared; nullptr: none did.
        [[nodiscard]] const ExampleDifference* fault() const;
    };
    struct NotRun {
        Example example;
        QString file; ///< The definition that it needs and that has a mistake.
    };
    std::shared_ptr<const Workspace> workspace; ///< Never null.
    QList<WorkspaceProblem> problems;
    QList<Item> examples; ///< Those that were run.
    QList<NotRun> notRun;
    QStringList untried; ///< Commands that no example is about.
    /// What may be missing, where: nothing is wrong with it.
    QList<WorkspaceProblem> notes;
    /// Other files that the definitions refer to, there or not, relative to the folder.
    QStringList referred;

    /// Those that do not hold; of them, those of which nothing could be compared.
    [[nodiscard]] qsizetype failures() const;
    [[nodiscard]] qsizetype faults() const;
    [[nodiscard]] bool isGood() const { return problems.isEmpty() && failures() == 0; }
};

/// Reads the folder's files and runs the examples. Fails as Workspace::load() does, and with
/// Cancelled. Not for the GUI thread.
[[nodiscard]] Result<WorkspaceCheck> checkWorkspace(
    const QString& folder, const CancelToken& cancel = {});

} // namespace eventloupe
