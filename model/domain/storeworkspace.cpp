#include "domain/storeworkspace.h"

#include "mask/masks.h"
#include "value/storelocation.h"

#include <QFileInfo>
#include <QStringList>

#include <filesystem>

namespace eventloupe {

namespace {

constexpr int mostLinks = 40; ///< As Linux has it; more are a circle.

QString choiceOf(const QString& location)
{
    return location.mid(withoutChoice(location).size());
}

bool isSameFile(const QFileInfo& one, const QFileInfo& other)
{
    if (one.absoluteFilePath() == other.absoluteFilePath())
        return true;
    // By one of two names of the same file as well as by a link.
    std::error_code none;
    return std::filesystem::equivalent(
        one.filesystemAbsoluteFilePath(), other.filesystemAbsoluteFilePath(), none);
}

/// The folders in which a file stands: its own, and those of what it is a link to, step by step.
QStringList foldersOf(const QString& file)
{
    QStringList folders;
    QFileInfo info(file);
    for (int step = 0; step < mostLinks; ++step) {
        folders.append(info.absolutePath());
        if (!info.isSymLink())
            break;
        // What it names is found from where the link itself lies, whatever leads there.
        const QString home = QFileInfo(info.absolutePath()).canonicalFilePath();
        const QString link = home + u'/' + info.fileName();
        folders.append(home);
        info.setFile(QFileInfo(link).symLinkTarget());
    }
    // A folder on the way may be a link, too.
    for (const QString& name : { info.canonicalFilePath(), QFileInfo(file).canonicalFilePath() })
        if (!name.isEmpty())
            folders.append(QFileInfo(name).absolutePath());
    folders.removeDuplicates();
    return folders;
}

} // namespace

bool hasWorkspace(const QString& folder)
{
    return QFileInfo::exists(folder + QStringLiteral("/workspace.json"));
}

QString storeOf(const Workspace& workspace, const QString& location)
{
    const QString choice = choiceOf(location);
    return choice.isEmpty() ? workspace.store() : withoutChoice(workspace.store()) + choice;
}

StoreWorkspace workspaceOfStore(const QString& location, const LoadWorkspace& load)
{
    const QString file = withoutChoice(location);
    for (const QString& folder : foldersOf(file)) {
        if (!hasWorkspace(folder))
            continue;
        const auto workspace = load(folder);
        if (!workspace)
            return { location, {}, Workspace::unreadable() };
        const QString& named = (*workspace)->store();
        if (!isNoFile(named) && isSameFile(QFileInfo(withoutChoice(named)), QFileInfo(file)))
            return { storeOf(**workspace, location), folder, *workspace };
        const auto other = (*workspace)->ofOtherStore();
        if (!other->masks()->isEmpty())
            return { location, {}, other };
    }
    return { location, {}, Workspace::empty() };
}

} // namespace eventloupe
