#pragma once

#include "domain/definitiontexts.h"
#include "domain/workspace.h"

#include <QSet>

namespace eventloupe {

/// Loads a workspace again and again while people write its files: of a file that is broken, the
/// last text that was good goes on working. Reads files: not for the GUI thread; one call at a
/// time.
class WorkspaceReloader {
public:
    explicit WorkspaceReloader(QString folder);

    [[nodiscard]] const QString& folder() const { return m_folder; }
    struct Loaded {
        /// Its problems() are those of the files as they are now.
        std::shared_ptr<const Workspace> workspace;
        QStringList kept; ///< Files that are broken and have their last good text in use.
        bool isNew = true; ///< Some text is not as it was at the last load().
    };
    /// As Workspace::load(). Fails only while workspace.json was never good, or the folder is gone.
    [[nodiscard]] Result<Loaded> load();

private:
    struct Attempt;
    [[nodiscard]] Result<Attempt> attempt(const TextsByPath& given) const;
    /// What stands in for a workspace.json that cannot be used; its problems are noted.
    [[nodiscard]] TextsByPath standInForSettings(QList<WorkspaceProblem>& problems) const;

    QString m_folder;
    TextsByPath m_last; ///< As read by the last load().
    qsizetype m_lastProblems = -1; ///< A file that cannot be read has no text.
    TextsByPath m_good; ///< The last text of each file in which nothing was wrong.
};

} // namespace eventloupe
