#pragma once

#include "domain/bytesmap.h"
#include "domain/evolver.h"
#include "domain/flatrules.h"
#include "value/flatobject.h"
#include "value/flatreader.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// A stream's state while a whole log is folded.
struct LogState {
    FlatObject object;
    /// The state instead of the object, where it is none or does not fit that form.
    std::unique_ptr<JsonValue> tree;
    StreamVersion version = 0;
    bool exists = false;
    quint8 refusals = 0; ///< How often an event was not for the flat form; counts to a few.
};

/// Folds a log's events into states by the million: to what an Evolver folds them to, but states
/// are flat, and an event makes no tree of its data.
///
/// What it cannot do that way it hands to the Evolver. Belongs to one thread, with the states that
/// it folds: their memory and the numbers of their keys are its own. appendJson() may run on any
/// thread while nothing folds.
class LogEvolver {
public:
    explicit LogEvolver(const Evolver& evolver);
    ~LogEvolver();
    Q_DISABLE_COPY_MOVE(LogEvolver)

    /// What is known of an event type, or of a category, looked up once; valid as long as this.
    struct Type;
    struct Category;
    [[nodiscard]] const Type& type(std::string_view name);
    [[nodiscard]] const Category& category(std::string_view name);

    /// Makes the state a stream's initial one.
    void begin(LogState& state, const Category& category);
    /// Makes the state this one, of what is no stream.
    void begin(LogState& state, const JsonValue& value);
    /// Gives back what the state holds; it is {} then.
    void end(LogState& state);
    /// Folds one event of that type, in a stream of that category, as Evolver::evolve() does; false
    /// where that is an Error.
    [[nodiscard]] bool evolve(
        LogState& state, const Type& type, const Category& category, const EventView& event);
    /// Writes the state as JsonValue::toJson() does.
    void appendJson(std::string& out, const LogState& state) const;
    [[nodiscard]] JsonValue toTree(const LogState& state) const;

    /// A place in states, looked up once.
    struct Place {
        JsonPointer pointer;
        std::vector<quint16> path;
        bool isPath = false; ///< Of members alone: an element of an array is found in a tree.
    };
    [[nodiscard]] Place place(const JsonPointer& pointer);
    /// Appends the JSON text of what is at the place; false where nothing is.
    bool appendField(std::string& out, const LogState& state, const Place& place) const;
    /// Of the states that are flat, in memory.
    [[nodiscard]] std::size_t flatBytes() const { return m_arena.bytes(); }

private:
    bool change(LogState& state, const Type& type, const Category& category,
        const EventView& present, const EventView& stored);
    bool evolveFlat(LogState& state, const Type& type, const EventView& event);
    bool evolveTree(LogState& state, const EventView& event);
    void makeTree(LogState& state);
    void flatten(LogState& state);

    const Evolver& m_evolver;
    KeyNumbers m_keys;
    BlockArena m_arena; ///< Of the states.
    FlatReader m_reader;
    ByBytes<std::unique_ptr<Type>> m_types;
    ByBytes<std::unique_ptr<Category>> m_categories;
    QByteArray m_upcastData; ///< Of the event at hand.
    std::unique_ptr<Category> m_otherCategory; ///< Any without a definition.
};

} // namespace eventloupe
