#pragma once

#include "expression/fault.h"
#include "expression/program.h"

#include <array>

namespace eventloupe {

/// Runs a program once. The stack lies inside for programs of usual depth, so that an evaluation
/// with a scalar result allocates nothing.
class Evaluator {
public:
    Evaluator(
        const Expression::Program& program, std::span<const Value> variables, const HostCall* host);
    Evaluator(const Expression::Program& program, VariableReader& reader);
    ~Evaluator();
    Q_DISABLE_COPY_MOVE(Evaluator)

    /// False when the evaluation failed: see fault().
    bool run();
    /// The result; it may borrow from the variables and the program.
    [[nodiscard]] const Value& result() const { return m_stack[0]; }
    [[nodiscard]] const Fault& fault() const { return m_fault; }

private:
    friend struct Handlers;

    static constexpr std::size_t insideDepth = 16;
    /// Of instructions, and of 8 bytes that are made or looked through.
    static constexpr qint64 mostWork = 5'000'000;
    /// Looks into a variable's text; one that is looked into more often is worth a tree.
    static constexpr int mostRawLooks = 16;
    /// Of lists and maps in each other: who walks through a value may call itself a level.
    static constexpr int mostDepth = 1000;

    void push(Value&& value) { new (&m_stack[m_size++]) Value(std::move(value)); }
    void push(const Value& value) { new (&m_stack[m_size++]) Value(value); }
    void pop() { m_stack[--m_size].~Value(); }
    void cutTo(std::size_t size);
    [[nodiscard]] Value& top(std::size_t below = 0) { return m_stack[m_size - 1 - below]; }
    /// Replaces the two operands on top.
    bool reduce(Value&& result)
    {
        pop();
        top() = std::move(result);
        return true;
    }
    bool charge(qsizetype bytes);
    /// For walking through a list or a map; scalars are free.
    bool chargeWeight(const Value& value);
    /// For looking through a text or all that a list or a map is made of; scalars are free.
    bool chargeWhole(const Value& value);
    /// For what was just made of values: its weight, and no more than mostDepth levels.
    bool chargeMade(const Value& value);
    bool chargeJoined(const Value& left, const Value& right);
    bool recover();

    bool fail(FaultCode code, const Value& first = {}, const Value& second = {});
    bool failWith(Fault fault);
    [[nodiscard]] Value faultOf(FaultCode code, std::string_view what, const Value& first) const;

    bool constant(const Instruction& i);
    bool variable(const Instruction& i);
    bool path(const Instruction& i);
    bool local(const Instruction& i);
    bool pathOf(const Value& root, const std::vector<QByteArray>& keys);
    bool rawPath(std::string_view text, const std::vector<QByteArray>& keys);
    [[nodiscard]] const Value* variableAt(std::size_t variable);
    [[nodiscard]] std::string_view textOf(std::size_t variable);
    bool host(const Instruction& i);
    bool unknown(const Instruction& i);
    bool select(const Instruction& i);
    bool selectFrom(const Value& target, const QByteArray& key, Value& result);
    bool has(const Instruction& i);
    bool hasPath(const Instruction& i);
    bool selectOptional(const Instruction& i);
    bool selectThrough(const QByteArray& key);
    bool index(const Instruction& i);
    bool indexOptional(const Instruction& i);
    bool indexFrom(const Value& target, const Value& key, Value& result);
    bool indexList(const Value& target, const Value& key, Value& result);
    bool orElse(const Instruction& i);
    bool wantOptional(const Instruction& i);
    bool unwrap(const Instruction& i);
    bool wrap(const Instruction& i);
    bool failAbsent();
    bool leaveOut(const QByteArray& marks, std::size_t first, std::size_t width);
    bool negate(const Instruction& i);
    bool invert(const Instruction& i);
    template <auto operation> bool arithmetic(const Instruction& i);
    template <bool wanted> bool equal(const Instruction& i);
    template <class Test> bool order(const Instruction& i);
    bool in(const Instruction& i);
    bool call(const Instruction& i);
    bool list(const Instruction& i);
    bool map(const Instruction& i);
    bool jump(const Instruction& i);
    bool jumpUnless(const Instruction& i);
    template <bool value> bool skipIf(const Instruction& i);
    template <bool settling> bool combine(const Instruction& i);
    bool settle(const Instruction& i);
    bool iterBegin(const Instruction& i);
    bool iterNext(const Instruction& i);
    bool iterNextPair(const Instruction& i);
    template <bool settling> bool quantify(const Instruction& i);
    bool oneStep(const Instruction& i);
    bool filterStep(const Instruction& i);
    bool collectStep(const Instruction& i);
    bool collectPair(const Instruction& i);
    bool collectEntries(const Instruction& i);
    bool drop(const Instruction& i);
    bool finishOne(const Instruction& i);
    bool finishMap(const Instruction& i);
    bool append(std::size_t slot, const Value& value);
    bool makeMap(std::vector<std::pair<Value, Value>> entries);

    const Expression::Program& m_program;
    std::span<const Value> m_variables;
    VariableReader* m_reader = nullptr; ///< Instead of the variables, where there is one.
    const HostCall* m_host;
    int m_rawLooks = 0;
    std::size_t m_at = 0; ///< The next instruction.
    qint64 m_work = mostWork;
    Value* m_stack;
    std::size_t m_size = 0;
    Fault m_fault;
    std::unique_ptr<std::byte[]> m_outside;
    alignas(Value) std::array<std::byte, insideDepth * sizeof(Value)> m_inside;
};

} // namespace eventloupe
