#include "expression/functions.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

std::array<std::span<const Function>, 3> parts()
{
    return { conversionFunctions(), stringFunctions(), timeFunctions() };
}

} // namespace

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

const Function* findFunction(std::string_view name, bool isMember)
{
    for (const auto part : parts()) {
        const auto found = std::find_if(part.begin(), part.end(), [&](const Function& function) {
            return function.name == name && function.isMember == isMember;
        });
        if (found != part.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::vector<std::string_view> functionNames()
{
    std::vector<std::string_view> names;
    for (const auto part : parts()) {
        for (const Function& function : part) {
            names.push_back(function.name);
        }
    }
    return names;
}

} // namespace eventloupe
