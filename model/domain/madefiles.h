#pragma once

#include <QString>
#include <QStringList>

namespace eventloupe {

/// What a piece of work makes on the disk, so that nothing of it is left where it fails and is in
/// the way of the next attempt. What was there before is never removed. Not for the GUI thread.
class MadeFiles final {
public:
    /// makeSharedFolder(), with those that it has to make noted.
    bool makeFolder(const QString& folder);
    /// A file that was made.
    void add(const QString& file) { m_files.append(file); }
    /// A folder that is about to be made, with all that is in it; nothing where it is there.
    void addWhole(const QString& folder);
    /// Removes the files, and the folders that are empty without them.
    void takeBack();

private:
    QStringList m_files;
    QStringList m_folders; ///< Outer ones first.
    QStringList m_wholes;
};

} // namespace eventloupe
