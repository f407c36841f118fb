#pragma once

#include "value/jsonpointer.h"
#include "value/jsonvalue.h"

#include <vector>

namespace eventloupe {

/// One thing that folding an event wrote to the state.
struct StateWrite {
    enum class Kind { Set, Remove };
    Kind kind = Kind::Set;
    /// Of the state as it was just before this write; "-" is the index that it stood for. The root
    /// is the whole state.
    JsonPointer place;
    /// Set: a list got an element that it did not have. Remove: of a list, whose later elements
    /// move up.
    bool isElement = false;
    /// Set by a rule that reads the state: lists in the value may be those of the state with
    /// elements added, removed or moved. `old` and `value` are what stood there, and stands there
    /// now; both are null otherwise.
    bool readsState = false;
    JsonValue old;
    JsonValue value;
};

/// What folding one event wrote, in the order in which it was applied: nothing where the event
/// could not be folded, or its aggregate does not evolve by it.
///
/// A rule writes its place, also where the value is the same as before; one that removes writes
/// only where something was. A merge writes each field that the patch sets or removes, an object
/// that was not there as a whole. The end of an aggregate writes the whole state, and so does data
/// that is no object.
using WriteTrace = std::vector<StateWrite>;

/// The write of setting a place in a state, by a rule that reads it or not; to be asked before it
/// is set.
[[nodiscard]] StateWrite setWrite(
    const JsonPointer& place, const JsonValue& state, const JsonValue& value, bool readsState);
/// The write of removing what is at a place, or that of setting the root to null.
[[nodiscard]] StateWrite removeWrite(const JsonPointer& place, const JsonValue& state);
/// The writes of a merge patch (RFC 7396) of an object into the state as it was before.
void traceMergePatch(const JsonValue& state, const JsonValue& patch, WriteTrace& trace);

} // namespace eventloupe
