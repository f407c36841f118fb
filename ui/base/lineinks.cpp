#include "ui/base/lineinks.h"

#include "ui/base/theme.h"

#include <array>
#include <utility>

namespace eventloupe {

namespace {

/// For a light ground and for a dark one (hues after Okabe, Ito).
constexpr std::array<std::pair<QRgb, QRgb>, lineInks> inks { {
    { 0xff0072b2, 0xff56b4e9 }, // blue
    { 0xffc25700, 0xfff0903c }, // vermilion
    { 0xff00806a, 0xff2cc9a4 }, // green
    { 0xffa8468f, 0xffe08ac4 }, // purple
    { 0xff8f6f00, 0xffe0b83c }, // gold
    { 0xff3f7d20, 0xff8fce5f }, // leaf
    { 0xff5b5bd6, 0xff9f9ff7 }, // indigo
    { 0xff8a5a33, 0xffcf9f74 }, // brown
} };

} // namespace

QColor lineInk(int number, const QPalette& palette)
{
    const auto& [light, dark] = inks[static_cast<std::size_t>(number % lineInks)];
    return QColor::fromRgba(isDark(palette) ? dark : light);
}

QColor watchInk(const QPalette& palette)
{
    return QColor::fromRgba(isDark(palette) ? 0xfff06fd0 : 0xffb0188a);
}

} // namespace eventloupe
