#include "domain/flatrulesparts.h"
#include "domain/flatvalues.h"
#include "value/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace eventloupe {

namespace {

template <class Number> void appendNumber(std::string& out, Number number)
{
    std::array<char, 32> text {};
    out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr);
}

void appendDouble(std::string& out, double number)
{
    std::array<char, shortestDouble> text {};
    out.append(text.data(), writeDouble(text.data(), number));
}

/// The member of that key between two places in a list, or the last of these.
std::size_t memberIn(
    std::span<const FlatMember> list, std::size_t first, std::size_t end, quint16 key)
{
    while (first < end && list[first].key != key)
        first = list[first].end;
    return first;
}

} // namespace

bool FlatRules::apply(
    FlatObject& state, BlockArena& arena, FlatReader& reader, const EventView& event)
{
    if (m_plan.uses[EvolveVariable::Data] && !reader.read(event.data))
        return false;
    findFields(state, reader, event);
    setTests(state, reader);
    m_written.clear();
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        Rule& rule = m_rules[i];
        Change& change = m_changes[i];
        change = { m_written.size(), 0, false };
        if (rule.isRemoval)
            continue;
        const bool isDone = rule.copied ? writeField(m_fields[*rule.copied], reader, change)
                                        : evaluate(rule, reader, change);
        if (!isDone)
            return false;
        change.size = m_written.size() - change.begin;
        if (change.size > FlatReader::longestText)
            return false;
    }
    return change(state, arena);
}

void FlatRules::findFields(
    const FlatObject& state, const FlatReader& reader, const EventView& event)
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        Field& field = m_fields[i];
        field.hasValue = false;
        if (field.read.variable == EvolveVariable::Event) {
            auto value = eventField(event, field.read.names);
            field.isThere = value.has_value();
            field.hasValue = true;
            m_variables[EvolveVariable::names.size() + i] = value ? *std::move(value) : Value();
        } else if (field.read.variable == EvolveVariable::State) {
            const auto found = state.find(field.path);
            field.isThere = found.has_value();
            if (found) {
                field.bytes = found->bytes;
                field.isObject = found->isObject;
            }
        } else {
            findInData(field, reader.members());
        }
    }
}

/// Gives the field's variable its value; false where it has none that can be worked with.
bool FlatRules::makeValue(std::size_t number, const FlatReader& reader)
{
    Field& field = m_fields[number];
    Value& variable = m_variables[EvolveVariable::names.size() + number];
    if (field.hasValue)
        return true;
    field.hasValue = true;
    if (!field.isThere) {
        variable = Value();
    } else if (!field.isObject) {
        auto value = valueOfText(field.bytes);
        if (!value)
            return false;
        variable = *std::move(value);
    } else if (field.read.variable == EvolveVariable::State) {
        variable = Value::fromJson(FlatObject::toTree(field.bytes, m_keys));
    } else {
        std::string bytes;
        FlatObject::write(bytes, reader.members(), field.first, field.end);
        variable = Value::fromJson(FlatObject::toTree(bytes, m_keys));
    }
    return true;
}

void FlatRules::findInData(Field& field, std::span<const FlatMember> list)
{
    std::size_t first = 0;
    std::size_t end = list.size();
    field.isThere = false;
    for (std::size_t i = 0; i < field.path.size(); ++i) {
        const std::size_t at = memberIn(list, first, end, field.path[i]);
        if (at >= end)
            return;
        const FlatMember& member = list[at];
        field.isObject = member.kind == FlatMember::Kind::Object;
        if (i + 1 < field.path.size() && !field.isObject)
            return;
        first = at + 1;
        end = member.end;
        field.bytes = { member.text, member.size };
    }
    field.first = first;
    field.end = end;
    field.isThere = true;
}

void FlatRules::setTests(const FlatObject& state, const FlatReader& reader)
{
    for (std::size_t variable = 0; variable < m_tests.size(); ++variable) {
        const Tests& tests = m_tests[variable];
        const std::span<const FlatMember> list = reader.members();
        std::size_t set = 0;
        for (std::size_t i = 0; i < tests.keys.size(); ++i) {
            const bool isThere = variable == EvolveVariable::State
                ? state.find({ &tests.keys[i], 1 }).has_value()
                : memberIn(list, 0, list.size(), tests.keys[i]) < list.size();
            set |= static_cast<std::size_t>(isThere) << i;
        }
        m_variables[variable] = Value::borrow(tests.objects[set]);
    }
}

/// Computes with numbers as expressions do: exactly with integers, else with doubles. False, and
/// nothing was written, where an operand is no such number or the result is none.
bool FlatRules::compute(const Operation& operation)
{
    std::array<Number, 2> operands;
    for (std::size_t i = 0; i < 2; ++i) {
        std::optional<Number> operand = operation.constants.at(i);
        if (!operand) {
            const Field& field = m_fields[operation.fields.at(i)];
            if (field.isThere && !field.isObject)
                operand = Number::read(field.bytes);
        }
        if (!operand)
            return false;
        operands.at(i) = *operand;
    }
    const auto& [left, right] = operands;
    const char symbol = operation.symbol;
    if (left.isInteger && right.isInteger) {
        qint64 result = 0;
        const bool overflows = symbol == '+'
            ? __builtin_add_overflow(left.integer, right.integer, &result)
            : symbol == '-' ? __builtin_sub_overflow(left.integer, right.integer, &result)
                            : __builtin_mul_overflow(left.integer, right.integer, &result);
        if (!overflows)
            appendNumber(m_written, result);
        return !overflows;
    }
    const double result = symbol == '+' ? left.number + right.number
        : symbol == '-'                 ? left.number - right.number
                                        : left.number * right.number;
    if (!std::isfinite(result))
        return false;
    appendDouble(m_written, result);
    return true;
}

bool FlatRules::evaluate(Rule& rule, const FlatReader& reader, Change& change)
{
    if (rule.operation && compute(*rule.operation))
        return true;
    for (const std::size_t field : rule.fields) {
        if (!makeValue(field, reader))
            return false;
    }
    const Expression* expression = expressionFor(rule);
    if (expression == nullptr)
        return false;
    const auto value = expression->evaluate(m_variables);
    return value && writeValue(*value, change);
}

bool FlatRules::writeField(const Field& field, const FlatReader& reader, Change& change)
{
    if (!field.isThere)
        return false;
    change.isObject = field.isObject;
    if (!field.isObject)
        m_written.append(field.bytes);
    else if (field.read.variable == EvolveVariable::Data)
        FlatObject::write(m_written, reader.members(), field.first, field.end);
    else
        return false; // A part of the state in itself, over and over, would get too deep.
    return true;
}

bool FlatRules::writeValue(const Value& value, Change& change)
{
    switch (value.type()) {
    case ValueType::Null:
        m_written.append("null");
        return true;
    case ValueType::Bool:
        m_written.append(value.toBool() ? "true" : "false");
        return true;
    case ValueType::Int:
        appendNumber(m_written, value.toInt());
        return true;
    case ValueType::UInt:
        appendNumber(m_written, value.toUInt());
        return true;
    case ValueType::String:
        m_text.resize(0);
        appendJsonString(m_text, value.toView());
        m_written.append(viewOf(m_text));
        return true;
    case ValueType::Double:
        if (value.json() == nullptr) {
            if (!std::isfinite(value.toDouble()))
                return false;
            appendDouble(m_written, value.toDouble());
            return true;
        }
        break;
    default:
        break;
    }
    const auto json = value.toJson();
    return json && writeJson(*json, change);
}

bool FlatRules::writeJson(const JsonValue& json, Change& change)
{
    const QByteArray text = json.toJson();
    if (json.isObject()) {
        change.isObject = true;
        if (!m_results.read(viewOf(text)))
            return false;
        FlatObject::write(m_written, m_results.members(), 0, m_results.members().size());
        return true;
    }
    m_written.append(viewOf(text));
    return !json.isArray() || depthOf(viewOf(text)) <= FlatReader::deepestArray;
}

bool FlatRules::change(FlatObject& state, BlockArena& arena)
{
    m_before.assign(state.bytes());
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const Change& change = m_changes[i];
        const FlatObject::Value value {
            std::string_view(m_written).substr(change.begin, change.size), change.isObject
        };
        const bool isDone = m_rules[i].isRemoval ? state.remove(m_rules[i].place, arena)
                                                 : state.set(m_rules[i].place, value, arena);
        if (!isDone) {
            state.assign(m_before, arena);
            return false;
        }
    }
    return true;
}

} // namespace eventloupe
