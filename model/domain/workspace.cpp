#include "domain/workspace.h"

#include "domain/projection.h"
#include "domain/workspaceloader.h"
#include "mask/masks.h"

#include <algorithm>

namespace eventloupe {

Workspace::Workspace()
    : m_masks(Masks::none())
{
}

Result<std::shared_ptr<const Workspace>> Workspace::load(const QString& folder)
{
    DefinitionTexts texts(folder);
    return WorkspaceLoader(texts).load();
}

std::shared_ptr<const Workspace> Workspace::withProblems(
    const QList<WorkspaceProblem>& problems) const
{
    auto workspace = std::make_shared<Workspace>(*this);
    workspace->m_problems = problems;
    return workspace;
}

std::shared_ptr<const Workspace> Workspace::empty()
{
    static const std::shared_ptr<const Workspace> workspace = std::make_shared<Workspace>();
    return workspace;
}

std::shared_ptr<const Workspace> Workspace::unreadable()
{
    auto workspace = std::make_shared<Workspace>();
    workspace->m_masks = Masks::everything();
    return workspace;
}

std::shared_ptr<const Workspace> Workspace::ofOtherStore() const
{
    return m_isStoreKnown || m_masks->isEmpty() ? empty() : unreadable();
}

std::shared_ptr<const Workspace> Workspace::ofEvents(QHash<QString, EventDefinition> events)
{
    auto workspace = std::make_shared<Workspace>();
    workspace->m_events = std::move(events);
    return workspace;
}

std::shared_ptr<const ProjectionDefinition> Workspace::projection(const QString& name) const
{
    const auto found = std::find_if(m_projections.begin(), m_projections.end(),
        [&name](const auto& projection) { return projection->name == name; });
    return found == m_projections.end() ? nullptr : *found;
}

const CommandDefinition* Workspace::command(const QString& name) const
{
    const auto found = std::find_if(m_commands.begin(), m_commands.end(),
        [&name](const CommandDefinition& command) { return command.name == name; });
    return found == m_commands.end() ? nullptr : &*found;
}

const AggregateDefinition* Workspace::aggregate(const QString& category) const
{
    const auto found = m_aggregates.constFind(category);
    return found == m_aggregates.cend() ? nullptr : &*found;
}

const EventDefinition* Workspace::event(const QString& type) const
{
    const auto found = m_events.constFind(type);
    return found == m_events.cend() ? nullptr : &*found;
}

} // namespace eventloupe
