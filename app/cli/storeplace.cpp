#include "app/cli/storeplace.h"

#include "domain/storeworkspace.h"
#include "domain/workspaceloader.h"
#include "foreign/storeprofiles.h"
#include "mask/masks.h"
#include "store/maskedeventstore.h"
#include "store/storesecrets.h"
#include "value/filename.h"
#include "value/storelocation.h"

#include <QFileInfo>
#include <QHash>

namespace eventloupe::cli {

namespace {

Result<std::shared_ptr<const Workspace>> loadWorkspace(
    const QString& folder, const Terminal& terminal)
{
    DefinitionTexts texts(folder);
    auto workspace = WorkspaceLoader(texts, terminal.cancel()).load();
    if (!workspace)
        return workspace;
    addProfileFolder(folder + QStringLiteral("/stores"));
    for (const auto& problem : (*workspace)->problems()) {
        terminal.say(QStringLiteral("%1/%2:%3:%4: %5")
                         .arg(folder, problem.file)
                         .arg(problem.line)
                         .arg(problem.column)
                         .arg(problem.message));
    }
    return workspace;
}

QHash<QString, StorePlace>& lentPlaces()
{
    static QHash<QString, StorePlace> places;
    return places;
}

} // namespace

void lendPlace(const StorePlace& place)
{
    lentPlaces().insert(place.store, place);
}

Result<StorePlace> findStore(const QString& given, const QString& folder, const Terminal& terminal)
{
    auto text = admitLocation(given);
    if (!isNoFile(text)) {
        text = straightPath(text);
        for (const QString& name : { withoutChoice(text), folder })
            if (const auto decoded = checkDecoded(name); !decoded)
                return decoded.error();
    }
    StorePlace place = lentPlaces().value(text, { text, Workspace::empty() });
    const QString named = withoutChoice(text);
    const bool isFolder = QFileInfo(named).isDir();
    if (isFolder && !hasWorkspace(named)) {
        return Error { ErrorCode::NotFound,
            tr("%1: this folder has no workspace.json; make a workspace with \"eventloupe init\", "
               "or name a store's file")
                .arg(named) };
    }
    if (isFolder) {
        const auto workspace = loadWorkspace(named, terminal);
        if (!workspace)
            return workspace.error();
        place = { storeOf(**workspace, text), *workspace };
    } else if (folder.isEmpty() && !isNoFile(text)) {
        const auto load = [&terminal](const QString& each) {
            auto workspace = loadWorkspace(each, terminal);
            if (!workspace)
                terminal.say(workspace.error().message);
            return workspace;
        };
        const auto found = workspaceOfStore(text, load);
        // Named as it was given, and opened as what it or the workspace chooses.
        place = { named + found.store.mid(withoutChoice(found.store).size()), found.workspace };
    } else if (!isNoFile(text)) {
        place.workspace = workspaceOfStore(text, [&terminal](const QString& each) {
            DefinitionTexts texts(each);
            return WorkspaceLoader(texts, terminal.cancel()).load();
        }).workspace;
    }
    if (!folder.isEmpty()) {
        const auto workspace = loadWorkspace(folder, terminal);
        if (!workspace)
            return workspace.error();
        // What the store's own workspace masks stays masked, by whatever definitions it is read.
        place.workspace = WorkspaceLoader::withMasksOf(*workspace, *place.workspace->masks());
    }
    return place;
}

Result<StorePlace> findStore(const Arguments& arguments, const Terminal& terminal)
{
    return findStore(
        arguments.words().constFirst(), arguments.value(QStringLiteral("workspace")), terminal);
}

Result<std::unique_ptr<EventStore>> openPlace(
    StorePlace& place, OpenMode mode, const Terminal& terminal)
{
    auto store = openStore(place.store, mode);
    if (!store)
        return store;
    if (!(*store)->openingFault().isEmpty())
        terminal.say((*store)->openingFault());
    // Whoever reads from a script wants all of it.
    if (!waitUntilCounted(**store, terminal.cancel()))
        return Error { ErrorCode::Cancelled, tr("cancelled") };
    if (const QString fault = (*store)->counting().fault; !fault.isEmpty())
        terminal.sayIncomplete(fault);
    if ((*store)->hasLinkedStreams())
        place.workspace = WorkspaceLoader::forLinkedStreams(place.workspace);
    if (place.workspace->masks()->isEverything())
        terminal.say(tr("what this workspace masks cannot be told, so all data is masked"));
    for (const MaskEntry& entry : place.workspace->masks()->entries())
        for (const QString& doubt : entry.doubts)
            terminal.say(tr("note: workspace.json, line %1: the mask may be a slip: %2")
                             .arg(entry.line)
                             .arg(doubt));
    return maskedStore(std::move(*store), place.workspace->masks());
}

Result<FoldablePlace> openToFold(const Arguments& arguments, const Terminal& terminal)
{
    auto place = findStore(arguments, terminal);
    if (!place)
        return place.error();
    auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return store.error();
    const auto head = (*store)->head();
    if (!head)
        return head.error();
    return FoldablePlace { std::move(place).value(), std::move(store).value(), *head };
}

void tellPastHead(std::optional<Position> asked, Position head, const Terminal& terminal)
{
    if (asked && *asked > head)
        terminal.say(tr("note: the log ends at #%1; there is no #%2 yet").arg(head).arg(*asked));
}

Result<std::unique_ptr<EventStore>> openToRead(const QString& text, const Terminal& terminal)
{
    auto place = findStore(text, {}, terminal);
    if (!place)
        return place.error();
    return openPlace(*place, OpenMode::ReadOnly, terminal);
}

} // namespace eventloupe::cli
