#include "app/namedplace.h"

#include "domain/storeworkspace.h"
#include "foreign/foreignstores.h"
#include "foreign/storeprofiles.h"
#include "value/filename.h"
#include "value/storelocation.h"

#include <QFileInfo>

namespace eventloupe {

namespace {

NamedPlace placeOf(const QString& folder, const QString& store,
    const std::shared_ptr<const Workspace>& workspace,
    const std::shared_ptr<WorkspaceReloader>& reloader)
{
    addProfileFolder(folder + QStringLiteral("/stores"));
    const QString choice = ForeignLocation::of(store).choice;
    const QString own = ForeignLocation::of(workspace->store()).choice;
    // A workspace's own store is made when it is missing; another library's is not.
    return { ForeignLocation { folder, choice == own ? QString() : choice }.text(), store,
        choice.isEmpty() ? OpenMode::Create : OpenMode::ReadWrite, workspace, reloader };
}

} // namespace

Result<NamedPlace> findNamedPlace(const QString& location)
{
    std::shared_ptr<WorkspaceReloader> reloader;
    const auto load
        = [&reloader](const QString& folder) -> Result<std::shared_ptr<const Workspace>> {
        reloader = std::make_shared<WorkspaceReloader>(folder);
        const auto loaded = reloader->load();
        if (!loaded)
            return loaded.error();
        return loaded->workspace;
    };
    if (const auto decoded = isNoFile(location) ? Result<void>()
                                               : checkDecoded(withoutChoice(location));
        !decoded)
        return decoded.error();
    const ForeignLocation named
        = ForeignLocation::of(isNoFile(location) ? location : straightPath(location));
    const QFileInfo info(named.database);
    const bool isSettings = info.fileName() == QLatin1String("workspace.json");
    if (info.isDir() || isSettings) {
        const QString folder = isSettings ? info.absolutePath() : info.absoluteFilePath();
        const auto workspace = load(folder);
        if (!workspace)
            return workspace.error();
        return placeOf(folder, storeOf(**workspace, location), *workspace, reloader);
    }
    const QString file = ForeignLocation { info.absoluteFilePath(), named.choice }.text();
    const StoreWorkspace found = workspaceOfStore(file, load);
    if (found.folder.isEmpty())
        return NamedPlace { found.store, found.store, OpenMode::ReadWrite, found.workspace, {} };
    return placeOf(found.folder, found.store, found.workspace, reloader);
}

} // namespace eventloupe
