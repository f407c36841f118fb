#pragma once

#include "domain/bytesmap.h"
#include "domain/upcaster.h"
#include "domain/variables.h"
#include "domain/workspace.h"
#include "value/byteshash.h"

#include <unordered_set>

namespace eventloupe {

/// An event's definition, and which variables its rules use at all.
struct EvolvePlan {
    explicit EvolvePlan(const EventDefinition& event);

    const EventDefinition* definition;
    std::array<bool, EvolveVariable::names.size()> uses {};
};

/// A workspace's definitions by the bytes of an event, without a QString for each. Immutable; the
/// workspace must outlive it.
class EvolveLookup {
public:
    struct Aggregate {
        JsonValue initialState;
        std::unordered_set<std::string, BytesHash, std::equal_to<>> events; ///< Empty: all.

        [[nodiscard]] bool evolvesBy(std::string_view type) const
        {
            return events.empty() || events.contains(type);
        }
    };

    explicit EvolveLookup(const std::shared_ptr<const Workspace>& workspace);

    [[nodiscard]] const Upcaster& upcaster() const { return m_upcaster; }

    /// nullptr where the type has no definition.
    [[nodiscard]] const EvolvePlan* plan(std::string_view type) const;
    /// nullptr where the category has none.
    [[nodiscard]] const Aggregate* aggregate(std::string_view category) const;
    [[nodiscard]] bool readsWholeEvents() const;

private:
    Upcaster m_upcaster;
    ByBytes<EvolvePlan> m_plans;
    ByBytes<Aggregate> m_aggregates;
};

} // namespace eventloupe
