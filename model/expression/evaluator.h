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

    void push(Value value) { new (&m_stack[m_size++]) Value(std::move(value)); }
    void pop() { m_stack[--m_size].~Value(); }
    void cutTo(std::size_t size);
    [[nodiscard]] Value& top(std::size_t below = 0) { return m_stack[m_size - 1 - below]; }
    /// Replaces the two operands on top.
    bool reduce(Value result);
    bool charge(qsizetype bytes);
    /// For walking through a list or a map; scalars are free.
    bool chargeWeight(const Value& value);
    bool recover();

    bool fail(FaultCode code, const Value& first = {}, const Value& second = {});
    bool failWith(Fault fault);
    [[nodiscard]] Value faultOf(FaultCode code, std::string_view what, const Value& first) const;

    bool constant(const Instruction& i);
    bool variable(const Instruction& i);
    bool path(const Instruction& i);
    bool local(const Instruction& i);
    bool rawPath(std::string_view text, const std::vector<QByteArray>& keys);
    [[nodiscard]] const Value* variableAt(std::size_t variable);
    [[nodiscard]] std::string_view textOf(std::size_t variable);
    bool host(const Instruction& i);
    bool unknown(const Instruction& i);
    bool select(const Instruction& i);
    bool selectFrom(const Value& target, const QByteArray& key, Value& result);
    bool has(const Instruction& i);
    bool hasPath(const Instruction& i);
    bool index(const Instruction& i);
    bool negate(const Instruction& i);
    bool invert(const Instruction& i);
    template <auto operation> bool arithmetic(const Instruction& i);
    template <bool wanted> bool equal(const Instruction& i);
    template <class Test> bool order(std::string_view symbol, Test test);
    bool less(const Instruction& i);
    bool lessEqual(const Instruction& i);
    bool greater(const Instruction& i);
    bool greaterEqual(const Instruction& i);
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
    bool drop(const Instruction& i);
    bool finishOne(const Instruction& i);
    bool finishMap(const Instruction& i);
    bool append(std::size_t slot, Value value);
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
