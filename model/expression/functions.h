#pragma once

#include "expression/fault.h"
#include "expression/value.h"

#include <span>

namespace eventloupe {

/// One call of a function: what it is given, and where it leaves its result or its failure.
struct FunctionCall {
    std::string_view name;
    std::span<Value> arguments; ///< A member function's target is the first.
    qint64* work = nullptr; ///< What may still be done, in units of 8 bytes.
    Value result;
    Fault fault;

    [[nodiscard]] const Value& at(std::size_t index) const { return arguments[index]; }
    /// Both give true or false for `return`.
    bool give(Value value);
    bool fail(FaultCode code, const Value& first = {});
    /// No such function for these types.
    bool refuse();
    /// Pays for bytes that are about to be made or looked through; false when that is too much.
    bool spend(qint64 bytes);
};

/// A function of the language. Overloads by type are told apart when it is called.
struct Function {
    std::string_view name; ///< Dotted for a namespace: "math.greatest".
    bool isMember = false; ///< target.name(...)
    quint8 least = 1; ///< Arguments, the target included.
    quint8 most = 1;
    bool (*body)(FunctionCall&) = nullptr;
};

/// nullptr when there is none.
[[nodiscard]] const Function* findFunction(std::string_view name, bool isMember);
/// The parts that findFunction() searches.
[[nodiscard]] std::span<const std::span<const Function>> functionParts();
[[nodiscard]] std::span<const Function> conversionFunctions();
[[nodiscard]] std::span<const Function> stringFunctions();
[[nodiscard]] std::span<const Function> textFunctions();
[[nodiscard]] std::span<const Function> mathFunctions();
[[nodiscard]] std::span<const Function> bitFunctions();
[[nodiscard]] std::span<const Function> decimalFunctions();
[[nodiscard]] std::span<const Function> listFunctions();
[[nodiscard]] std::span<const Function> optionalFunctions();
[[nodiscard]] std::span<const Function> timeFunctions();

} // namespace eventloupe
