#pragma once

namespace eventloupe {

struct FunctionCall;

/// text.format(list): %s any value, %d a number, %f and %e with a precision as in %.2f, %b %o %x %X
/// in base 2, 8 and 16, %% a percent sign.
bool formatText(FunctionCall& call);

} // namespace eventloupe
