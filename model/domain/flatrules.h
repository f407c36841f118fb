#pragma once

#include "domain/evolvelookup.h"
#include "value/event.h"
#include "value/flatobject.h"
#include "value/flatreader.h"

#include <array>
#include <memory>
#include <vector>

namespace eventloupe {

/// An event type's evolve rules over a flat state, without a tree of state or data.
///
/// Each field that the rules read is found once an event; a rule that is a field copies its text,
/// any other is its expression, compiled again with the fields as its variables. Scalars are
/// borrowed from the text, so that an event allocates nothing. What is not that plain is refused,
/// and left to Evolver, which also words what fails. Belongs to one thread.
class FlatRules {
public:
    /// nullptr where the rules read a variable as a whole, or set what a value of the event names.
    /// Plan and keys must outlive the rules.
    static std::unique_ptr<FlatRules> compile(const EvolvePlan& plan, KeyNumbers& keys);
    ~FlatRules();
    Q_DISABLE_COPY_MOVE(FlatRules)

    /// False, and the state is as it was, where the event is not for this: it may also be that a
    /// rule fails. The reader is one over the same keys, the arena the one that the state lies in.
    [[nodiscard]] bool apply(
        FlatObject& state, BlockArena& arena, FlatReader& reader, const EventView& event);

private:
    struct Field;
    struct Tests;
    struct Rule;
    struct Change;
    struct Number;
    struct Operation;

    FlatRules(const EvolvePlan& plan, KeyNumbers& keys);
    bool add(const EvolveRule& source);
    bool addReads(Rule& rule, const Expression& expression);
    bool addField(Rule& rule, const Expression::Field& read);
    void addOperation(Rule& rule, const Expression& expression);
    bool addTest(const Expression::Field& test);
    bool compileTests();
    bool pathOf(const std::vector<QByteArray>& names, std::vector<quint16>& path) const;

    void findFields(const FlatObject& state, const FlatReader& reader, const EventView& event);
    bool makeValue(std::size_t number, const FlatReader& reader);
    void setTests(const FlatObject& state, const FlatReader& reader);
    static void findInData(Field& field, std::span<const FlatMember> list);
    bool compute(const Operation& operation);
    bool evaluate(Rule& rule, const FlatReader& reader, Change& change);
    const Expression* expressionFor(Rule& rule) const;
    bool writeField(const Field& field, const FlatReader& reader, Change& change);
    bool writeValue(const Value& value, Change& change);
    bool writeJson(const JsonValue& json, Change& change);
    bool change(FlatObject& state, BlockArena& arena);

    const EvolvePlan& m_plan;
    KeyNumbers& m_keys;
    FlatReader m_results; ///< Reads objects that rules make.
    std::vector<Field> m_fields;
    std::vector<Tests> m_tests; ///< Of state and of data.
    std::vector<Rule> m_rules;
    std::vector<Value> m_variables; ///< state, data, event, then the fields.
    std::vector<Change> m_changes;
    std::string m_written; ///< The bytes of the changes' values.
    std::string m_before; ///< The state, while it is changed.
    QByteArray m_text;
};

} // namespace eventloupe
