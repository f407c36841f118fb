#pragma once

#include "expression/fault.h"

namespace eventloupe {

/// The operators + - * / % over every pair of types that has them. Integers do not wrap: overflow
/// is a failure. Between an int or uint and a double the result is a double (an extension to CEL,
/// since JSON has one number type). False when the fault tells why.
bool addValues(const Value& left, const Value& right, Value& result, Fault& fault);
bool subtractValues(const Value& left, const Value& right, Value& result, Fault& fault);
bool multiplyValues(const Value& left, const Value& right, Value& result, Fault& fault);
bool divideValues(const Value& left, const Value& right, Value& result, Fault& fault);
bool remainderOfValues(const Value& left, const Value& right, Value& result, Fault& fault);
bool negateValue(const Value& operand, Value& result, Fault& fault);

} // namespace eventloupe
