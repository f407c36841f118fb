#pragma once

#include "expression/expression.h"
#include "expression/functions.h"

#include <deque>
#include <vector>

namespace eventloupe {

/// What an instruction does with the stack of values; a and b are its operands. "Top" is the value
/// on top, "pops" counts from there.
enum class Op : quint8 {
    Constant, ///< Pushes constants[b].
    Variable, ///< Pushes variable a.
    Path, ///< Pushes what paths[b] leads to in variable a.
    Local, ///< Pushes a copy of the stack's value a.
    Host, ///< Pushes what host function a gives.
    Unknown, ///< Fails: constants[b] says which name nobody knows.
    Select, ///< Top becomes its member constants[b].
    Has, ///< Top becomes whether it has a member constants[b].
    HasPath, ///< Where variable a is JSON text: the next two, Variable or Path and Has, in one.
    SelectOptional, ///< Top becomes an optional of its member constants[b].
    Index, ///< Pops the index.
    IndexOptional,
    OrElse, ///< To b when the optional on top holds a value, which it becomes for a = 1; else pops.
    WantOptional, ///< Fails, as a call of constants[b], when the top is no optional.
    Unwrap, ///< To b when the optional on top is empty, else it becomes what it holds.
    Wrap, ///< Top becomes an optional of itself.
    Negate,
    Not,
    Add, ///< The binary ones pop the right operand.
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Call, ///< functions[b] over the top a values.
    List, ///< Of the top b values; a - 1: the marks of those that are optionals to be left out.
    Map, ///< Of the top b keys and values; a as for List.
    Jump, ///< To b.
    JumpUnless, ///< Pops a boolean; to b when it is false.
    SkipIfFalse, ///< To b, leaving the top, when that is false.
    SkipIfTrue,
    And, ///< Pops the right operand; either may be a Fault, which a false on the other side hides.
    Or,
    Settle, ///< Fails when the top is a Fault or no boolean: a is 0 for "&&", 1 for "||".
    IterBegin, ///< The top is a list or a map; pushes the count 0.
    IterNext, ///< Over the range at a: pushes the next element, or jumps to b.
    IterNextPair, ///< The same; pushes index and element, or key and value.
    AllStep, ///< Pops the test; into the result at a; when that is settled, cuts to it, to b.
    ExistsStep,
    OneStep,
    FilterStep, ///< Pops the test; keeps the element at b in the list at a.
    CollectStep, ///< Pops the element into the list at a.
    CollectPair, ///< Pops the value into the list at a, behind the key at b.
    CollectEntries, ///< Pops a map; its keys and values go into the list at a.
    Drop, ///< Pops a values from under the top b.
    FinishOne, ///< The count on top becomes whether it is 1.
    FinishMap, ///< The keys and values in the list on top become a map.
    Last,
};

struct Instruction {
    Op op = Op::Constant;
    quint16 a = 0;
    quint32 b = 0;
};

/// Instructions whose failure is an operand of && or || or of a loop: the stack is cut to `depth`,
/// the Fault pushed, and the evaluation goes on at `landing`.
struct Guarded {
    quint32 begin = 0;
    quint32 end = 0;
    quint32 landing = 0;
    quint16 depth = 0;
};

/// A compiled expression. Immutable; never moved once made, since constants borrow its texts.
struct Expression::Program {
    Program() = default;
    Q_DISABLE_COPY_MOVE(Program)

    QByteArray source;
    std::vector<Instruction> code;
    std::vector<quint32> offsets; ///< Of each instruction, in bytes of the source.
    std::vector<Value> constants;
    std::deque<JsonValue> texts; ///< That constants borrow.
    std::vector<std::vector<QByteArray>> paths;
    std::vector<const Function*> functions;
    std::vector<QByteArray> marks; ///< Of lists and maps with optional elements, as Node::text.
    std::vector<Guarded> guarded; ///< Inner ones first.
    std::vector<bool> usedVariables;
    std::size_t stackDepth = 0;
};

} // namespace eventloupe
