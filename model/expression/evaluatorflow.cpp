#include "expression/containers.h"
#include "expression/evaluator.h"

#include <algorithm>

namespace eventloupe {

namespace {

using FaultPointer = std::shared_ptr<const Fault>;

const bool* asBool(const Value& value)
{
    return std::get_if<bool>(&value.content());
}

bool isFault(const Value& value)
{
    return std::holds_alternative<FaultPointer>(value.content());
}

std::string_view logicSymbol(bool isOr)
{
    return isOr ? "||" : "&&";
}

} // namespace

Value Evaluator::faultOf(FaultCode code, std::string_view what, const Value& first) const
{
    Fault fault;
    fault.code = code;
    fault.what = what;
    fault.first = first.owned();
    fault.offset = m_program.offsets[m_at - 1];
    return Value(std::make_shared<const Fault>(std::move(fault)));
}

bool Evaluator::list(const Instruction& i)
{
    const std::size_t first = m_size - i.b;
    if (i.a > 0 && !leaveOut(m_program.marks[i.a - 1U], first, 1)) {
        return false;
    }
    std::vector<Value> items;
    items.reserve(m_size - first);
    for (std::size_t at = first; at < m_size; ++at) {
        items.push_back(m_stack[at].owned());
    }
    cutTo(first);
    push(Value::fromList(std::move(items)));
    return chargeMade(top());
}

bool Evaluator::map(const Instruction& i)
{
    const std::size_t first = m_size - i.b;
    if (i.a > 0 && !leaveOut(m_program.marks[i.a - 1U], first, 2)) {
        return false;
    }
    std::vector<std::pair<Value, Value>> entries;
    entries.reserve((m_size - first) / 2);
    for (std::size_t at = first; at < m_size; at += 2) {
        entries.emplace_back(m_stack[at].owned(), m_stack[at + 1].owned());
    }
    cutTo(first);
    push(Value());
    return makeMap(std::move(entries));
}

/// On top.
bool Evaluator::makeMap(std::vector<std::pair<Value, Value>> entries)
{
    const auto kept = entries;
    auto map = std::make_shared<MapValue>();
    if (const auto bad = map->assign(std::move(entries)); bad >= 0) {
        const Value& key = kept[static_cast<std::size_t>(bad)].first;
        return fail(MapValue::isKey(key) ? FaultCode::DuplicateKey : FaultCode::BadKey, key);
    }
    top() = Value(Value::Content(std::shared_ptr<const MapValue>(std::move(map))));
    return chargeMade(top());
}

bool Evaluator::jump(const Instruction& i)
{
    m_at = i.b;
    return true;
}

bool Evaluator::jumpUnless(const Instruction& i)
{
    const bool* value = asBool(top());
    if (value == nullptr) {
        m_fault.what = "?:";
        return fail(FaultCode::NotABool, top());
    }
    m_at = *value ? m_at : i.b;
    pop();
    return true;
}

template <bool value> bool Evaluator::skipIf(const Instruction& i)
{
    const bool* known = asBool(top());
    m_at = known != nullptr && *known == value ? i.b : m_at;
    return true;
}

/// Of two operands the one that settles the result, else the one that fails, the left one first.
template <bool settling> bool Evaluator::combine(const Instruction&)
{
    const bool* left = asBool(top(1));
    const bool* right = asBool(top());
    const bool leftSettles = left != nullptr && *left == settling;
    const bool takeRight = !leftSettles
        && (right != nullptr ? left != nullptr || *right == settling : left != nullptr);
    if (takeRight) {
        top(1) = std::move(top());
    }
    pop();
    return true;
}

bool Evaluator::settle(const Instruction& i)
{
    if (asBool(top()) != nullptr) {
        return true;
    }
    if (isFault(top())) {
        return failWith(*std::get<FaultPointer>(top().content()));
    }
    m_fault.what = logicSymbol(i.a == 1);
    return fail(FaultCode::NotABool, top());
}

bool Evaluator::iterBegin(const Instruction&)
{
    const auto type = top().type();
    if (type != ValueType::List && type != ValueType::Map) {
        return fail(FaultCode::NotIterable, top());
    }
    push(Value::fromInt(0));
    return true;
}

bool Evaluator::iterNext(const Instruction& i)
{
    const Value& range = m_stack[i.a];
    Value& count = m_stack[i.a + 1];
    const qint64 at = count.toInt();
    if (at == range.size()) {
        m_at = i.b;
        return true;
    }
    count = Value::fromInt(at + 1);
    push(range.type() == ValueType::List ? range.at(at) : range.entryAt(at).first);
    return true;
}

bool Evaluator::iterNextPair(const Instruction& i)
{
    const Value& range = m_stack[i.a];
    Value& count = m_stack[i.a + 1];
    const qint64 at = count.toInt();
    if (at == range.size()) {
        m_at = i.b;
        return true;
    }
    if (range.type() == ValueType::List) {
        push(Value::fromInt(at));
        push(range.at(at));
    } else {
        auto entry = range.entryAt(at);
        push(std::move(entry.first));
        push(std::move(entry.second));
    }
    count = Value::fromInt(at + 1);
    return true;
}

/// One round of all() or exists(): as && or || over the elements.
template <bool settling> bool Evaluator::quantify(const Instruction& i)
{
    const bool* test = asBool(top());
    if (test != nullptr && *test == settling) {
        cutTo(i.a + std::size_t(1));
        top() = Value::fromBool(settling);
        m_at = i.b;
        return true;
    }
    Value& result = m_stack[i.a];
    if (test == nullptr && !isFault(result)) {
        result
            = isFault(top()) ? top() : faultOf(FaultCode::NotABool, logicSymbol(settling), top());
    }
    pop();
    return true;
}

bool Evaluator::oneStep(const Instruction& i)
{
    const bool* test = asBool(top());
    if (test == nullptr) {
        m_fault.what = "exists_one";
        return fail(FaultCode::NotABool, top());
    }
    m_stack[i.a] = Value::fromInt(m_stack[i.a].toInt() + (*test ? 1 : 0));
    pop();
    return true;
}

/// To a list that only this loop knows yet.
bool Evaluator::append(std::size_t slot, const Value& value)
{
    const auto& list = std::get<std::shared_ptr<const ListValue>>(m_stack[slot].content());
    auto& own = const_cast<ListValue&>(*list);
    own.append(value.owned());
    return charge(sizeof(Value)) && chargeWeight(value)
        && (own.depth <= mostDepth || fail(FaultCode::TooDeep));
}

bool Evaluator::filterStep(const Instruction& i)
{
    const bool* test = asBool(top());
    if (test == nullptr) {
        m_fault.what = "filter";
        return fail(FaultCode::NotABool, top());
    }
    const bool kept = *test;
    pop();
    return !kept || append(i.a, m_stack[i.b]);
}

bool Evaluator::collectStep(const Instruction& i)
{
    Value value = std::move(top());
    pop();
    return append(i.a, value);
}

bool Evaluator::collectPair(const Instruction& i)
{
    Value value = std::move(top());
    pop();
    return append(i.a, m_stack[i.b]) && append(i.a, value);
}

bool Evaluator::collectEntries(const Instruction& i)
{
    const Value made = std::move(top());
    pop();
    if (made.type() != ValueType::Map) {
        m_fault.what = "transformMapEntry";
        return fail(FaultCode::NoOverload, made, Value::fromType(ValueType::Type));
    }
    for (qsizetype at = 0; at < made.size(); ++at) {
        auto [key, value] = made.entryAt(at);
        if (!append(i.a, key) || !append(i.a, value)) {
            return false;
        }
    }
    return true;
}

bool Evaluator::drop(const Instruction& i)
{
    const std::size_t target = m_size - i.b - i.a;
    for (std::size_t kept = 0; kept < i.b; ++kept) {
        m_stack[target + kept] = std::move(m_stack[m_size - i.b + kept]);
    }
    cutTo(m_size - i.a);
    return true;
}

bool Evaluator::finishOne(const Instruction&)
{
    top() = Value::fromBool(top().toInt() == 1);
    return true;
}

bool Evaluator::finishMap(const Instruction&)
{
    const Value pairs = std::move(top());
    std::vector<std::pair<Value, Value>> entries;
    for (qsizetype i = 0; i < pairs.size(); i += 2) {
        entries.emplace_back(pairs.at(i), pairs.at(i + 1));
    }
    return makeMap(std::move(entries));
}

template bool Evaluator::skipIf<false>(const Instruction&);
template bool Evaluator::skipIf<true>(const Instruction&);
template bool Evaluator::combine<false>(const Instruction&);
template bool Evaluator::combine<true>(const Instruction&);
template bool Evaluator::quantify<false>(const Instruction&);
template bool Evaluator::quantify<true>(const Instruction&);

} // namespace eventloupe
