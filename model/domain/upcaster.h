#pragma once

#include "domain/bytesmap.h"
#include "domain/workspace.h"
#include "value/event.h"

#include <array>

namespace eventloupe {

/// Brings events of older types and shapes to the present ones, by the `was` and `upcasts` of their
/// definitions: for all that folds events. What shows what is stored does not use it. Immutable,
/// thread-safe.
class Upcaster {
public:
    explicit Upcaster(std::shared_ptr<const Workspace> workspace);

    /// What is known of a type with upcasts, or an older name of one.
    struct Type {
        std::string present; ///< The type's name now.
        const EventDefinition* definition = nullptr;
        std::array<bool, 3> uses {}; ///< Of the upcasts' variables.
    };
    /// nullptr where events of the type are taken as they are stored.
    [[nodiscard]] const Type* type(std::string_view stored) const
    {
        if (m_types.empty())
            return nullptr;
        const auto found = m_types.find(stored);
        return found == m_types.end() ? nullptr : &found->second;
    }

    /// Makes the event the present one. Where its data changes, `data` takes the new bytes, and the
    /// event points into them; a new name of its type is the upcaster's own. Fails naming the
    /// upcast, and leaves the event's data then.
    static Result<void> apply(const Type& type, EventView& event, QByteArray& data);
    /// The same for any event.
    Result<void> apply(EventView& event, QByteArray& data) const
    {
        const Type* known = type(event.type);
        return known ? apply(*known, event, data) : Result<void>();
    }

    /// Whether an upcast looks at more of an event than its stream, type and data.
    [[nodiscard]] bool readsWholeEvents() const;

private:
    std::shared_ptr<const Workspace> m_workspace;
    ByBytes<Type> m_types;
};

} // namespace eventloupe
