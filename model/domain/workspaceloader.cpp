#include "domain/workspaceloader.h"

#include "domain/definitionlinks.h"
#include "domain/definitionreaders.h"
#include "domain/domaintext.h"
#include "domain/maskderivation.h"
#include "domain/maskdoubts.h"
#include "domain/memberchecks.h"
#include "domain/nearname.h"
#include "domain/projection.h"
#include "value/storelocation.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace eventloupe {

namespace {

const QString defaultStore = QStringLiteral("events.eventlog");

const QStringList& settingsMembers()
{
    static const QStringList members { QStringLiteral("name"), QStringLiteral("store"),
        QStringLiteral("commands"), QStringLiteral("masks") };
    return members;
}

/// Whether a member is most likely "masks", by a slip in its name.
bool isMaskMisspelt(const JsonValue& settings)
{
    return std::any_of(
        settings.members().begin(), settings.members().end(), [](const JsonValue::Member& member) {
            const QString name = QString::fromUtf8(member.key);
            return !settingsMembers().contains(name)
                && !nearestOf(name, { QStringLiteral("masks") }).isEmpty();
        });
}

QString toText(const WorkspaceProblem& problem)
{
    return QStringLiteral("%1:%2:%3: %4")
        .arg(problem.file)
        .arg(problem.line)
        .arg(problem.column)
        .arg(problem.message);
}

} // namespace

WorkspaceLoader::WorkspaceLoader(DefinitionTexts& texts, CancelToken cancel)
    : m_texts(texts)
    , m_cancel(std::move(cancel))
    , m_workspace(std::make_shared<Workspace>())
{
    m_workspace->m_folder = texts.folder();
}

Result<std::shared_ptr<const Workspace>> WorkspaceLoader::load()
{
    const QString& folder = m_workspace->m_folder;
    if (const QFileInfo info(folder); info.isFile()) {
        return Error { ErrorCode::InvalidArgument,
            DomainText::tr("%1 is a file; a workspace is a folder, with workspace.json in it: name "
                           "%2")
                .arg(QDir::toNativeSeparators(folder), QDir::toNativeSeparators(info.path())) };
    }
    if (!QFileInfo(folder).isDir()) {
        return Error { ErrorCode::NotFound,
            DomainText::tr("there is no folder %1").arg(QDir::toNativeSeparators(folder)) };
    }
    if (!m_texts.contains(workspaceFileName())) {
        return Error { ErrorCode::NotFound,
            DomainText::tr("%1 is no workspace: it has no workspace.json; 'eventloupe init' writes "
                           "a workspace")
                .arg(QDir::toNativeSeparators(folder)) };
    }
    DefinitionFile settings(m_texts, workspaceFileName());
    if (!settings.isGood()) {
        return Error { ErrorCode::InvalidInput,
            QDir(folder).filePath(toText(settings.problems().first())) };
    }
    readSettings(settings);
    refuseOddFolders();
    readEvents();
    readAggregates();
    readCommands();
    readProjections();
    if (m_cancel.isCancelled())
        return Error { ErrorCode::Cancelled,
            DomainText::tr("reading the workspace's definitions was cancelled") };
    sortCommands(settings);
    readMasks(settings);
    report(settings);
    return std::shared_ptr<const Workspace>(m_workspace);
}

template <class Read> void WorkspaceLoader::readEach(const QString& folder, Read read)
{
    for (const QString& path : m_texts.files(folder)) {
        if (m_cancel.isCancelled())
            return;
        read(path);
    }
}

/// What stands where a folder of definitions is looked for and is none, or leads elsewhere.
void WorkspaceLoader::refuseOddFolders()
{
    for (const QString& folder : definitionFolders()) {
        const QFileInfo info(QDir(m_workspace->m_folder).filePath(folder));
        if (info.isSymLink()) {
            m_workspace->m_problems.append({ folder, 1, 1,
                DomainText::tr("is a link, which is not followed; keep the definitions in a folder "
                               "of the workspace itself") });
        } else if (info.exists() && !info.isDir()) {
            m_workspace->m_problems.append({ folder, 1, 1,
                DomainText::tr("must be a folder, with a file NAME.json for each definition") });
        }
    }
}

void WorkspaceLoader::readSettings(DefinitionFile& file)
{
    const DefinitionNode root(file);
    root.expectMembers(settingsMembers());
    m_workspace->m_name = root.text("name", QFileInfo(m_workspace->m_folder).fileName());
    const auto before = file.problems().size();
    m_workspace->m_store = resolvedStore(root);
    m_workspace->m_isStoreKnown = file.problems().size() == before;
}

QString WorkspaceLoader::resolvedStore(const DefinitionNode& root) const
{
    const QString store = root.text("store", defaultStore);
    if (isNoFile(store)) {
        const StoreLocation split = StoreLocation::split(store);
        if (!split.secret.isEmpty()) {
            root.required("store")->fail(DomainText::tr(
                "a workspace is kept in version control: leave the password out of the URI, and "
                "name it in a password file (PGPASSFILE), or give it when it is asked for"));
        }
        return split.text;
    }
    return QDir::cleanPath(
        QDir(m_workspace->m_folder).absoluteFilePath(store.isEmpty() ? defaultStore : store));
}

void WorkspaceLoader::readAggregates()
{
    readEach(QStringLiteral("aggregates"), [&](const QString& path) {
        DefinitionFile file(m_texts, path);
        const AggregateDefinition aggregate
            = file.isGood() ? readAggregate(file) : AggregateDefinition();
        if (file.isGood())
            checkEventNames(*m_workspace, aggregate, file);
        if (file.isGood() && m_workspace->m_aggregates.contains(aggregate.category)) {
            DefinitionNode(file).fail(
                DomainText::tr("another file defines the aggregate '%1' already; give one of them "
                               "another \"category\"")
                    .arg(aggregate.category));
        }
        if (file.isGood())
            m_workspace->m_aggregates.insert(aggregate.category, aggregate);
        report(file);
    });
}

void WorkspaceLoader::readEvents()
{
    std::vector<std::pair<DefinitionFile, EventDefinition>> events;
    readEach(QStringLiteral("events"), [&](const QString& path) {
        DefinitionFile file(m_texts, path);
        const EventDefinition event = file.isGood() ? readEvent(file) : EventDefinition();
        if (file.isGood() && m_workspace->m_events.contains(event.type)) {
            DefinitionNode(file).fail(
                DomainText::tr("another file defines the event '%1' already; give one of them "
                               "another \"type\"")
                    .arg(event.type));
        }
        if (file.isGood())
            m_workspace->m_events.insert(event.type, event);
        events.emplace_back(std::move(file), event);
    });
    // Each is looked at beside all others, so that of two that claim a type both are told.
    QStringList wrong;
    for (auto& [file, event] : events) {
        if (!file.isGood())
            continue;
        checkOlderTypes(*m_workspace, event, file);
        if (!file.isGood())
            wrong.append(event.type);
    }
    for (const QString& type : wrong)
        m_workspace->m_events.remove(type);
    for (const auto& read : events)
        report(read.first);
}

void WorkspaceLoader::readCommands()
{
    readEach(QStringLiteral("commands"), [&](const QString& path) {
        DefinitionFile file(m_texts, path);
        const CommandDefinition command = file.isGood() ? readCommand(file) : CommandDefinition();
        if (file.isGood()) {
            checkCategory(*m_workspace, command, file);
            checkEmissions(*m_workspace, command, file);
            checkCommandMembers(command, file, MemberCheck::Faults);
        }
        if (file.isGood())
            m_workspace->m_commands.append(command);
        report(file);
    });
}

void WorkspaceLoader::readOlderEvents(ProjectionDefinition& projection) const
{
    bool isAny = false;
    for (auto listed = projection.events.cbegin(); listed != projection.events.cend(); ++listed) {
        const EventDefinition* event = m_workspace->event(listed.key());
        if (!event || (event->was.isEmpty() && event->upcasts.isEmpty()))
            continue;
        isAny = true;
        projection.olderTypes.append(event->was);
    }
    if (!isAny)
        return;
    // Not of this workspace, which the projection is a part of.
    projection.upcaster
        = std::make_shared<const Upcaster>(Workspace::ofEvents(m_workspace->m_events));
    projection.scanColumns |= allScanColumns;
}

void WorkspaceLoader::readProjections()
{
    auto& projections = m_workspace->m_projections;
    readEach(QStringLiteral("projections"), [&](const QString& path) {
        DefinitionFile file(m_texts, path);
        auto projection = std::make_shared<ProjectionDefinition>();
        if (file.isGood())
            *projection = readProjection(file);
        if (file.isGood())
            checkEvolvedEvents(*m_workspace, file);
        if (file.isGood())
            checkProjectionMembers(*m_workspace, file, MemberCheck::Faults);
        if (file.isGood())
            readOlderEvents(*projection);
        if (file.isGood())
            projections.append(std::move(projection));
        report(file);
    });
    std::stable_sort(projections.begin(), projections.end(),
        [](const auto& left, const auto& right) { return left->title < right->title; });
}

/// An event's older names and shapes are masked by its definition: without it, they would be seen.
bool WorkspaceLoader::areEventsKnown() const
{
    const auto& problems = m_workspace->problems();
    const QString folder = QStringLiteral("events");
    return std::none_of(
        problems.begin(), problems.end(), [&folder](const WorkspaceProblem& problem) {
            return problem.file == folder || problem.file.startsWith(folder + u'/');
        });
}

/// Another mistake of the file is none of the masks; but one in them, or in what they are called,
/// masks everything.
void WorkspaceLoader::readMasks(DefinitionFile& settings)
{
    const auto before = settings.problems().size();
    auto masks = eventloupe::readMasks(DefinitionNode(settings));
    checkMaskedNames(*m_workspace, settings);
    if (masks && settings.problems().size() == before && !isMaskMisspelt(settings.root())
        && (masks->isEmpty() || areEventsKnown())) {
        deriveMasks(*m_workspace, *masks);
        for (qsizetype i = 0; i < masks->entries().size(); ++i)
            masks->setDoubts(i, maskDoubts(*m_workspace, masks->entries().at(i)));
        m_workspace->m_masks = std::move(masks);
    } else {
        m_workspace->m_masks = Masks::everything();
    }
    if (!m_workspace->m_masks->isEmpty())
        maskProjections(*m_workspace);
}

std::shared_ptr<const Workspace> WorkspaceLoader::forLinkedStreams(
    const std::shared_ptr<const Workspace>& workspace)
{
    const auto& entries = workspace->masks()->entries();
    const bool isOfCategories = std::any_of(entries.begin(), entries.end(),
        [](const MaskEntry& entry) { return !entry.category.isEmpty(); });
    if (!isOfCategories || workspace->masks()->isEverything())
        return workspace;
    auto masks = std::make_shared<Masks>(*workspace->masks());
    masks->holdInAllCategories();
    deriveMasks(*workspace, *masks);
    return masked(*workspace, std::move(masks));
}

std::shared_ptr<const Workspace> WorkspaceLoader::withMasksOf(
    const std::shared_ptr<const Workspace>& workspace, const Masks& others)
{
    if (others.isEmpty() || workspace->masks()->isEverything())
        return workspace;
    if (others.isEverything())
        return masked(*workspace, Masks::everything());
    auto masks = std::make_shared<Masks>(*workspace->masks());
    masks->add(others);
    deriveMasks(*workspace, *masks);
    return masked(*workspace, std::move(masks));
}

std::shared_ptr<const Workspace> WorkspaceLoader::masked(
    const Workspace& workspace, std::shared_ptr<const Masks> masks)
{
    auto copy = std::make_shared<Workspace>(workspace);
    copy->m_masks = std::move(masks);
    maskProjections(*copy);
    return copy;
}

void WorkspaceLoader::maskProjections(Workspace& workspace)
{
    const Masks& masks = *workspace.m_masks;
    for (auto& projection : workspace.m_projections) {
        auto masked = std::make_shared<ProjectionDefinition>(*projection);
        masked->masked = masks.ofRow(projection->name);
        for (auto event = masked->events.keyBegin(); event != masked->events.keyEnd(); ++event)
            masked->hidesFailures
                = masked->hidesFailures || !masks.ofEventAnywhere(*event).isEmpty();
        masked->hidesFailures = masked->hidesFailures || !masked->masked.isEmpty();
        projection = std::move(masked);
    }
}

void WorkspaceLoader::sortCommands(DefinitionFile& settings)
{
    QStringList order;
    QStringList known;
    for (const CommandDefinition& command : m_workspace->m_commands)
        known.append(command.name);
    if (const auto commands = DefinitionNode(settings).member("commands")) {
        const QStringList files = m_texts.files(QStringLiteral("commands"));
        for (const DefinitionNode& node : commands->elements()) {
            const QString name = node.text();
            order.append(name);
            if (order.count(name) == 2)
                node.fail(DomainText::tr("'%1' is listed twice; leave it in one place")
                              .arg(name.left(100)));
            // A command whose file is broken was reported there.
            if (!files.contains(QStringLiteral("commands/%1.json").arg(name))) {
                const QString meant = didYouMean(name, known);
                node.fail(DomainText::tr("there is no commands/%1.json").arg(name.left(100))
                    + (meant.isEmpty() ? DomainText::tr("; add it, or leave the name out")
                                       : meant));
            }
        }
    }
    const auto rank = [&order](const CommandDefinition& command) {
        const auto index = order.indexOf(command.name);
        return index < 0 ? order.size() : index;
    };
    std::stable_sort(m_workspace->m_commands.begin(), m_workspace->m_commands.end(),
        [&rank](const CommandDefinition& left, const CommandDefinition& right) {
            return std::pair(rank(left), left.title) < std::pair(rank(right), right.title);
        });
}

void WorkspaceLoader::report(const DefinitionFile& file)
{
    m_workspace->m_problems.append(file.problems());
}

} // namespace eventloupe
