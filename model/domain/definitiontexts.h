#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QStringList>

namespace eventloupe {

/// The texts of a workspace's definition files by their paths, relative to the folder.
using TextsByPath = QHash<QString, QByteArray>;

/// Where the texts of a workspace's definitions come from: the folder's files, or texts that are
/// given in place of them (unsaved ones, or the last that were good). Notes what was read. Belongs
/// to one thread at a time.
class DefinitionTexts {
public:
    static constexpr qint64 maximumSize = 1'000'000; ///< Bytes of a file.

    explicit DefinitionTexts(const QString& folder, TextsByPath given = {});

    /// Absolute and clean.
    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// The *.json files of a subfolder in the order of their names, given ones included; none when
    /// it is missing.
    [[nodiscard]] QStringList files(const QString& subfolder) const;
    /// Whether there is a text for read(): given, or a file.
    [[nodiscard]] bool contains(const QString& path) const;
    /// Refuses links (the file or a folder on the way to it), FIFOs, folders, and files over
    /// maximumSize; the message is what to say of the file.
    [[nodiscard]] Result<QByteArray> read(const QString& path);
    /// What read() gave so far.
    [[nodiscard]] const TextsByPath& noted() const { return m_noted; }
    /// Files that the definitions refer to, there or not, by their paths as in TextsByPath.
    void noteReferred(const QStringList& paths);
    /// In the order of their names.
    [[nodiscard]] QStringList referred() const;

private:
    QString m_folder;
    TextsByPath m_given;
    TextsByPath m_noted;
    QSet<QString> m_referred;
};

/// The folders that hold a workspace's definitions, in the order in which people read them:
/// "aggregates", "events", ...
[[nodiscard]] const QStringList& definitionFolders();

/// The first folder on the way from the workspace's folder to a file that is a link, which could
/// lead out of it, relative to the folder; "" when there is none. The path is as in TextsByPath.
[[nodiscard]] QString linkOnTheWay(const QString& folder, const QString& path);

/// "workspace.json"
[[nodiscard]] const QString& workspaceFileName();

} // namespace eventloupe
