#include "expression/decimal.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace eventloupe {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The digits at the beginning of a text, which they are taken from.
std::string_view takeDigits(std::string_view& text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

/// "e-3" as a whole; nothing when it is none, or far too large.
std::optional<int> exponentOf(std::string_view text)
{
    if (text.empty())
        return 0;
    if (text.front() != 'e' && text.front() != 'E')
        return std::nullopt;
    text.remove_prefix(1);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    int exponent = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, exponent);
    constexpr int far = 4 * Decimal::mostDigits;
    if (code != std::errc() || stop != end || exponent < -far || exponent > far)
        return std::nullopt;
    return exponent;
}

void trim(Decimal& number)
{
    number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
    if (number.digits.empty())
        number.isNegative = false;
}

void align(Decimal& left, Decimal& right)
{
    Decimal& shorter = left.scale < right.scale ? left : right;
    const int scale = std::max(left.scale, right.scale);
    if (!shorter.digits.empty())
        shorter.digits.append(static_cast<std::size_t>(scale - shorter.scale), '0');
    shorter.scale = scale;
}

/// Of digits without zeros in front.
bool isLess(const std::string& left, const std::string& right)
{
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

std::string sumOf(const std::string& longer, const std::string& shorter)
{
    std::string sum = longer;
    int carry = 0;
    for (std::size_t i = 0; i < sum.size() && (carry > 0 || i < shorter.size()); ++i) {
        char& digit = sum[sum.size() - 1 - i];
        const int other = i < shorter.size() ? shorter[shorter.size() - 1 - i] - '0' : 0;
        const int both = digit - '0' + other + carry;
        digit = static_cast<char>('0' + both % 10);
        carry = both / 10;
    }
    return carry > 0 ? '1' + sum : sum;
}

/// The first is not less than the second.
std::string differenceOf(const std::string& larger, const std::string& smaller)
{
    std::string difference = larger;
    int borrowed = 0;
    for (std::size_t i = 0; i < difference.size() && (borrowed > 0 || i < smaller.size()); ++i) {
        char& digit = difference[difference.size() - 1 - i];
        const int other = i < smaller.size() ? smaller[smaller.size() - 1 - i] - '0' : 0;
        const int left = digit - '0' - other - borrowed;
        digit = static_cast<char>('0' + (left + 10) % 10);
        borrowed = left < 0 ? 1 : 0;
    }
    return difference;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal number;
    number.isNegative = text.starts_with('-');
    if (number.isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    const auto whole = takeDigits(text);
    std::string_view fraction;
    if (!whole.empty() && text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = takeDigits(text);
        if (fraction.empty())
            return std::nullopt;
    }
    const auto exponent = exponentOf(text);
    if (whole.empty() || !exponent || whole.size() + fraction.size() > std::size_t(4 * mostDigits))
        return std::nullopt;
    number.digits.append(whole).append(fraction);
    number.scale = static_cast<int>(fraction.size()) - *exponent;
    trim(number);
    if (number.scale < 0) {
        if (!number.digits.empty())
            number.digits.append(static_cast<std::size_t>(-number.scale), '0');
        number.scale = 0;
    }
    return number.isTooLong() ? std::nullopt : std::optional(number);
}

std::string Decimal::text() const
{
    std::string written = digits;
    const auto behind = static_cast<std::size_t>(scale);
    if (written.size() <= behind)
        written.insert(0, behind + 1 - written.size(), '0');
    if (behind > 0)
        written.insert(written.size() - behind, 1, '.');
    return isNegative ? '-' + written : written;
}

bool Decimal::isTooLong() const
{
    return scale > mostDigits || static_cast<int>(digits.size()) - scale > mostDigits;
}

Decimal operator+(Decimal left, Decimal right)
{
    align(left, right);
    const bool isLeftLess = isLess(left.digits, right.digits);
    const Decimal& larger = isLeftLess ? right : left;
    const Decimal& smaller = isLeftLess ? left : right;
    Decimal sum = larger;
    sum.digits = left.isNegative == right.isNegative ? sumOf(larger.digits, smaller.digits)
                                                     : differenceOf(larger.digits, smaller.digits);
    trim(sum);
    return sum;
}

Decimal operator-(Decimal left, Decimal right)
{
    right.isNegative = !right.isNegative && !right.digits.empty();
    return std::move(left) + std::move(right);
}

Decimal operator*(const Decimal& left, const Decimal& right)
{
    std::vector<unsigned> places(left.digits.size() + right.digits.size());
    for (std::size_t i = left.digits.size(); i-- > 0;) {
        unsigned carry = 0;
        for (std::size_t j = right.digits.size(); j-- > 0;) {
            const auto both = static_cast<unsigned>(left.digits[i] - '0')
                    * static_cast<unsigned>(right.digits[j] - '0')
                + places[i + j + 1] + carry;
            places[i + j + 1] = both % 10;
            carry = both / 10;
        }
        places[i] += carry;
    }
    Decimal product;
    product.isNegative = left.isNegative != right.isNegative;
    product.scale = left.scale + right.scale;
    for (const unsigned digit : places)
        product.digits += static_cast<char>('0' + digit);
    trim(product);
    return product;
}

Decimal Decimal::rounded(int places) const
{
    Decimal result = *this;
    Decimal wanted;
    wanted.scale = places;
    if (places >= scale) {
        align(result, wanted);
        return result;
    }
    const auto cut = static_cast<std::size_t>(scale - places);
    const bool isUp
        = digits.size() >= cut && digits[digits.size() - cut] >= '5';
    result.digits.resize(digits.size() - std::min(cut, digits.size()));
    result.scale = places;
    if (isUp)
        result.digits = sumOf(result.digits.empty() ? std::string("0") : result.digits, "1");
    trim(result);
    return result;
}

int Decimal::compare(const Decimal& left, const Decimal& right)
{
    const Decimal difference = left - right;
    return difference.isNegative ? -1 : difference.digits.empty() ? 0 : 1;
}

} // namespace eventloupe
