#include "expression/containers.h"
#include "expression/evaluator.h"
#include "expression/rawvalue.h"
#include "value/event.h"
#include "value/rawjsonpath.h"

#include <QCoreApplication>

namespace eventloupe {

bool Evaluator::constant(const Instruction& i)
{
    push(m_program.constants[i.b]);
    return true;
}

/// Null after a failure.
const Value* Evaluator::variableAt(std::size_t variable)
{
    if (m_reader == nullptr) {
        return &m_variables[variable];
    }
    const Value* value = m_reader->value(variable);
    if (value == nullptr) {
        fail(FaultCode::Damaged);
    }
    return value;
}

/// Empty where the variable is to be had as a value.
std::string_view Evaluator::textOf(std::size_t variable)
{
    return m_reader == nullptr || ++m_rawLooks > mostRawLooks ? std::string_view()
                                                              : m_reader->jsonText(variable);
}

bool Evaluator::variable(const Instruction& i)
{
    const Value* value = variableAt(i.a);
    if (value == nullptr) {
        return false;
    }
    const JsonValue* json = value->json();
    push(json != nullptr ? Value::borrow(*json) : *value);
    return true;
}

/// The common case, fields of JSON, without a step in between on the stack.
bool Evaluator::path(const Instruction& i)
{
    const auto& keys = m_program.paths[i.b];
    if (const auto text = textOf(i.a); !text.empty()) {
        return rawPath(text, keys);
    }
    const Value* root = variableAt(i.a);
    if (root == nullptr) {
        return false;
    }
    const JsonValue* json = root->json();
    if (json == nullptr) {
        return pathOf(*root, keys);
    }
    for (const QByteArray& key : keys) {
        const JsonValue* next = json->find(viewOf(key));
        if (next == nullptr) {
            return json->isObject()
                ? fail(FaultCode::NoSuchKey, Value::fromString(key))
                : fail(FaultCode::NoFields, Value::borrow(*json), Value::fromString(key));
        }
        json = next;
    }
    push(Value::borrow(*json));
    return true;
}

/// The same through a value that an expression made.
bool Evaluator::pathOf(const Value& root, const std::vector<QByteArray>& keys)
{
    push(root);
    for (const QByteArray& key : keys) {
        Value next;
        if (top().type() == ValueType::Optional) {
            if (!selectThrough(key)) {
                return false;
            }
            continue;
        }
        if (!selectFrom(top(), key, next)) {
            return false;
        }
        top() = std::move(next);
    }
    return true;
}

bool Evaluator::rawPath(std::string_view text, const std::vector<QByteArray>& keys)
{
    const auto finding = findRawJson(text, keys);
    Value value;
    switch (finding.outcome) {
    case RawJsonFinding::Outcome::NoSuchKey:
        return fail(FaultCode::NoSuchKey, Value::fromString(keys[finding.depth]));
    case RawJsonFinding::Outcome::Found:
        if (!rawJsonValue(finding.text, value)) {
            return fail(FaultCode::Damaged);
        }
        push(std::move(value));
        return true;
    case RawJsonFinding::Outcome::NoObject:
        return rawJsonValue(finding.text, value)
            ? fail(FaultCode::NoFields, value, Value::fromString(keys[finding.depth]))
            : fail(FaultCode::Damaged);
    case RawJsonFinding::Outcome::Damaged:
        break;
    }
    return fail(FaultCode::Damaged);
}

bool Evaluator::local(const Instruction& i)
{
    push(m_stack[i.a]);
    return true;
}

bool Evaluator::host(const Instruction& i)
{
    if (m_host == nullptr || !*m_host) {
        m_fault.what = {};
        const auto words = QCoreApplication::translate(
            "Expression", "a function that is not to be had here is called");
        return fail(FaultCode::UnknownName, Value::fromString(words.toUtf8()));
    }
    push((*m_host)(i.a).owned());
    return true;
}

bool Evaluator::unknown(const Instruction& i)
{
    return fail(FaultCode::UnknownName, m_program.constants[i.b]);
}

bool Evaluator::selectFrom(const Value& target, const QByteArray& key, Value& result)
{
    if (target.type() != ValueType::Map) {
        return fail(FaultCode::NoFields, target, Value::fromString(key));
    }
    auto found = target.find(viewOf(key));
    if (!found) {
        return fail(FaultCode::NoSuchKey, Value::fromString(key));
    }
    result = *std::move(found);
    return true;
}

/// A field of what an optional holds is an optional itself.
bool Evaluator::select(const Instruction& i)
{
    const QByteArray key = m_program.constants[i.b].toUtf8();
    if (top().type() == ValueType::Optional) {
        return selectThrough(key);
    }
    Value result;
    if (!selectFrom(top(), key, result)) {
        return false;
    }
    top() = std::move(result);
    return true;
}

bool Evaluator::has(const Instruction& i)
{
    const Value& key = m_program.constants[i.b];
    const bool optional = top().type() == ValueType::Optional;
    const Value* target = optional ? top().held() : &top();
    if (target != nullptr && target->type() != ValueType::Map) {
        return fail(FaultCode::NoFields, *target, key);
    }
    top() = Value::fromBool(target != nullptr && target->find(key.toView()).has_value());
    return true;
}

/// What fails is left to the two instructions that follow.
bool Evaluator::hasPath(const Instruction& i)
{
    const auto text = textOf(i.a);
    if (text.empty()) {
        return true;
    }
    using Outcome = RawJsonFinding::Outcome;
    const auto& keys = m_program.paths[i.b];
    const auto finding = findRawJson(text, keys);
    const bool isThere = finding.outcome == Outcome::Found;
    if (isThere || (finding.outcome == Outcome::NoSuchKey && finding.depth + 1 == keys.size())) {
        push(Value::fromBool(isThere));
        m_at += 2;
    }
    return true;
}

} // namespace eventloupe
