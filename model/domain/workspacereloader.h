#pragma once

#include "domain/definitiontexts.h"
#include "domain/workspace.h"

#include <QSet>

namespace eventloupe {

/// Loads a workspace again and again while people write its files: of a file that is broken, the
/// last text that was good goes on working, and so does that of a file that is gone while others,
/// which were good with it, need it. Reads files: not for the GUI thread; one call at a
/// time.
class WorkspaceReloader {
public:
    explicit WorkspaceReloader(QString folder);

    [[nodiscard]] const QString& folder() const { return m_folder; }
    struct Loaded {
        /// Its problems() are those of the files as they are now.
        std::shared_ptr<const Workspace> workspace;
        /// Files whose last good text is in use, which is not what they hold now; some may be gone.
        QStringList kept;
        QStringList gone; ///< Those of `kept` that are not there any more.
        /// What the definitions refer to, there or not, relative to the folder.
        QStringList referred;
        bool isNew = true; ///< Some text is not as it was at the last load().
    };
    /// As Workspace::load(). Fails only while workspace.json was never good, or the folder is gone.
    [[nodiscard]] Result<Loaded> load();

private:
    struct Attempt;
    [[nodiscard]] Result<Attempt> attempt(const TextsByPath& given) const;
    /// What stands in for a workspace.json that cannot be used; its problems are noted.
    [[nodiscard]] TextsByPath standInForSettings(QList<WorkspaceProblem>& problems) const;
    /// Notes the texts that are good, and gives the last good ones of `broken` that differ.
    [[nodiscard]] TextsByPath takeGood(const TextsByPath& present, const QSet<QString>& broken);
    /// Adds the last good texts of files that are gone to `given` and tries again, as long as that
    /// mends files and breaks none.
    void bringBackGone(
        const TextsByPath& present, const QSet<QString>& broken, TextsByPath& given, Attempt& best);

    QString m_folder;
    TextsByPath m_last; ///< As read by the last load().
    qsizetype m_lastProblems = -1; ///< A file that cannot be read has no text.
    TextsByPath m_good; ///< The last text of each file in which nothing was wrong.
};

} // namespace eventloupe
