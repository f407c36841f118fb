#include "value/numbers.h"

#include <cmath>

namespace eventloupe {

namespace {

template <class Integer>
std::partial_ordering compareWithin(Integer left, double right, double lowest, double beyond)
{
    if (std::isnan(right)) {
        return std::partial_ordering::unordered;
    }
    if (right >= beyond) {
        return std::partial_ordering::less;
    }
    if (right < lowest) {
        return std::partial_ordering::greater;
    }
    const double whole = std::trunc(right);
    const auto integer = static_cast<Integer>(whole);
    if (left != integer) {
        return left < integer ? std::partial_ordering::less : std::partial_ordering::greater;
    }
    return 0.0 <=> right - whole;
}

} // namespace

std::partial_ordering compareNumbers(qint64 left, double right)
{
    return compareWithin<qint64>(left, right, -0x1p63, 0x1p63);
}

std::partial_ordering compareNumbers(quint64 left, double right)
{
    return compareWithin<quint64>(left, right, 0.0, 0x1p64);
}

std::strong_ordering compareNumbers(qint64 left, quint64 right)
{
    if (left < 0) {
        return std::strong_ordering::less;
    }
    return static_cast<quint64>(left) <=> right;
}

} // namespace eventloupe
