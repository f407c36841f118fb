#pragma once

#include "domain/evolver.h"
#include "watch/watchexpression.h"

#include <set>
#include <string>
#include <string_view>

namespace eventloupe {

/// Which event types can change what an expression reads of a state, by the rules of a workspace:
/// the others need not be folded for it.
///
/// A type is left out whole or not at all, since an event of which one rule fails changes nothing:
/// it is needed where a rule of it writes what is read, or what the rules of a needed type read.
/// Types that merge or end an aggregate are always needed. (A state over its bound of some MB
/// refuses further events; what was left out does not count towards it.) Immutable.
class WatchReach {
public:
    WatchReach(const Evolver& evolver, const WatchExpression& expression);

    /// Whether an event of a type, as it is called now, may change what is read.
    [[nodiscard]] bool matters(std::string_view type) const
    {
        return m_readsStates && !m_without.contains(type);
    }

private:
    bool m_readsStates;
    std::set<std::string, std::less<>> m_without; ///< Types that change nothing that is read.
};

} // namespace eventloupe
