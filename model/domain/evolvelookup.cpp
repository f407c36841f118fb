#include "domain/evolvelookup.h"

#include <algorithm>

namespace eventloupe {

EvolvePlan::EvolvePlan(const EventDefinition& event)
    : definition(&event)
{
    const auto note = [this](const Expression& expression) {
        for (std::size_t i = 0; i < uses.size(); ++i)
            uses.at(i) = uses.at(i) || expression.uses(i);
    };
    for (const EvolveRule& rule : event.rules) {
        if (rule.value)
            note(*rule.value);
        for (const TextTemplate& token : rule.pointer)
            for (const Expression& expression : token.expressions())
                note(expression);
    }
}

EvolveLookup::EvolveLookup(const std::shared_ptr<const Workspace>& workspace)
    : m_upcaster(workspace)
{
    for (const EventDefinition& event : workspace->events())
        m_plans.emplace(event.type.toStdString(), EvolvePlan(event));
    for (const AggregateDefinition& definition : workspace->aggregates()) {
        Aggregate aggregate { definition.initialState, {} };
        for (const QString& type : definition.events)
            aggregate.events.insert(type.toStdString());
        m_aggregates.emplace(definition.category.toStdString(), std::move(aggregate));
    }
}

const EvolvePlan* EvolveLookup::plan(std::string_view type) const
{
    const auto found = m_plans.find(type);
    return found == m_plans.end() ? nullptr : &found->second;
}

const EvolveLookup::Aggregate* EvolveLookup::aggregate(std::string_view category) const
{
    if (m_aggregates.empty())
        return nullptr;
    const auto found = m_aggregates.find(category);
    return found == m_aggregates.end() ? nullptr : &found->second;
}

bool EvolveLookup::readsWholeEvents() const
{
    return m_upcaster.readsWholeEvents()
        || std::any_of(m_plans.begin(), m_plans.end(),
            [](const auto& plan) { return plan.second.uses[EvolveVariable::Event]; });
}

} // namespace eventloupe
