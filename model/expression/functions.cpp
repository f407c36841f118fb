#include "expression/functions.h"

#include <algorithm>
#include <array>

namespace eventloupe {

std::span<const std::span<const Function>> functionParts()
{
    static const std::array parts { conversionFunctions(), stringFunctions(), textFunctions(),
        timeFunctions(), mathFunctions(), bitFunctions(), decimalFunctions(), listFunctions(),
        optionalFunctions() };
    return parts;
}

bool FunctionCall::give(Value value)
{
    result = std::move(value);
    return true;
}

bool FunctionCall::fail(FaultCode code, const Value& first)
{
    fault.code = code;
    fault.what = name;
    fault.first = first.owned();
    return false;
}

bool FunctionCall::refuse()
{
    fail(FaultCode::NoOverload, arguments.empty() ? Value() : arguments[0]);
    fault.second = arguments.size() > 1 ? arguments[1].owned() : Value::fromType(ValueType::Type);
    return false;
}

bool FunctionCall::spend(qint64 bytes)
{
    *work -= std::min(bytes, qint64(1) << 60) / 8;
    return *work >= 0 || fail(FaultCode::TooMuchWork);
}

const Function* findFunction(std::string_view name, bool isMember)
{
    for (const auto part : functionParts()) {
        const auto found = std::find_if(part.begin(), part.end(), [&](const Function& function) {
            return function.name == name && function.isMember == isMember;
        });
        if (found != part.end()) {
            return &*found;
        }
    }
    return nullptr;
}

} // namespace eventloupe
