#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace eventloupe {

/// A decimal number with all its digits: digits * 10^-scale. It keeps the zeros at its end, as
/// amounts of money do: 1.50 has the scale 2.
struct Decimal {
    bool isNegative = false; ///< Never of zero.
    std::string digits; ///< "0" to "9", without zeros in front; empty is zero.
    int scale = 0; ///< Digits behind the point, 0 to mostDigits.

    /// More digits before or behind the point are refused, and so results stay small.
    static constexpr int mostDigits = 1000;

    /// Of "-12.50", "+3", "1e-3": a JSON number, and a plus sign or zeros in front. Nothing when it
    /// is none, or one of more than mostDigits.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);
    /// Without an exponent: "-0.05".
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool isTooLong() const;

    /// With the larger of both scales; of any length, so that isTooLong() is to be asked.
    friend Decimal operator+(Decimal left, Decimal right);
    friend Decimal operator-(Decimal left, Decimal right);
    /// With the sum of both scales. Takes as many steps as one has digits times the other's.
    friend Decimal operator*(const Decimal& left, const Decimal& right);
    /// With this scale, 0 to mostDigits: halves go away from zero.
    [[nodiscard]] Decimal rounded(int places) const;
    /// -1, 0 or 1, whatever the scales: 1.50 is 1.5.
    [[nodiscard]] static int compare(const Decimal& left, const Decimal& right);
};

} // namespace eventloupe
