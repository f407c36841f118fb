#pragma once

#include "domain/evolvelookup.h"
#include "watch/watchfold.h"

#include <string>
#include <string_view>

namespace eventloupe {

struct WatchFold::Type {
    const LogEvolver::Type* rules = nullptr;
    const Upcaster::Type* upcasts = nullptr;
    bool matters = false; ///< May change what is read of a state.
    bool isMasked = false; ///< The words of an upcast that failed may quote what is masked.
};

/// A field that the expression reads, and what was found there for the event at hand.
struct WatchFold::Field {
    Expression::Field read;
    QByteArray dotted; ///< "data.address.city": its name as a variable.
    LogEvolver::Place place; ///< In a state.
    LogEvolver::Place first; ///< Of its first name alone.
    bool isThere = false;
    bool isFirstThere = false; ///< Looked at only where the field is not there.
    std::string text; ///< Of a state's field.
    std::string_view found; ///< JSON; not for a field of the event.
};

} // namespace eventloupe
