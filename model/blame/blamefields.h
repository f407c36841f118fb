#pragma once

#include "domain/evolver.h"
#include "value/jsonpointer.h"

#include <QByteArray>
#include <QList>

namespace eventloupe {

/// A field, its value, and the event that last set it: null for the initial state.
struct BlamedField {
    QByteArray pointer;
    JsonValue value;
    SettingEventPointer event;
};

/// The fields at and below a place of a state that was folded with blame, in its order: all that
/// hold no others, and the place itself, first. Empty where nothing is there.
[[nodiscard]] QList<BlamedField> blamedFields(
    const AggregateState& state, const JsonPointer& place);

/// {"pointer","value","type","version","position","time"}; of the initial state the version and
/// the position are 0, type and time null.
[[nodiscard]] JsonValue blameJson(const BlamedField& field);

/// {"type","version","position","time"} of an event, or of the initial state, into an object.
void insertSetter(JsonValue& object, const SettingEventPointer& event);

} // namespace eventloupe
