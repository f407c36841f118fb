#include "ui/base/theme.h"

#include "ui/base/categoryinks.h"
#include "ui/base/quickstyle.h"

#include <QApplication>
#include <QStyle>

#include <algorithm>
#include <array>
#include <cmath>

namespace eventloupe {

namespace {

/// The grounds and inks of one of our palettes.
struct Inks {
    QRgb window, base, alternate, button, text, faint, highlight, link, toolTip;
};

constexpr Inks lightInks { 0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xfff9fafb, 0xff1b1f24, 0xff8b929c,
    0xff2563c9, 0xff1d5bbf, 0xfffffbe6 };
constexpr Inks darkInks { 0xff24272c, 0xff1b1d21, 0xff202328, 0xff2f333a, 0xffe3e6ea, 0xff7d858f,
    0xff2f68cc, 0xff79abff, 0xff34383f };

QPalette paletteOf(const Inks& inks)
{
    QPalette palette(QColor::fromRgba(inks.button), QColor::fromRgba(inks.window));
    palette.setColor(QPalette::Base, QColor::fromRgba(inks.base));
    palette.setColor(QPalette::AlternateBase, QColor::fromRgba(inks.alternate));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
             QPalette::ToolTipText, QPalette::BrightText })
        palette.setColor(role, QColor::fromRgba(inks.text));
    palette.setColor(QPalette::ToolTipBase, QColor::fromRgba(inks.toolTip));
    palette.setColor(QPalette::PlaceholderText, QColor::fromRgba(inks.faint));
    palette.setColor(QPalette::Highlight, QColor::fromRgba(inks.highlight));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor::fromRgba(inks.link));
    palette.setColor(QPalette::LinkVisited, QColor::fromRgba(inks.link));
    for (const auto role :
        { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText })
        palette.setColor(QPalette::Disabled, role, QColor::fromRgba(inks.faint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgba(inks.button));
    return palette;
}

/// The desktop's palette as Qt found it at start, before any of ours was set.
const QPalette& desktopPalette()
{
    static const QPalette palette = QApplication::palette();
    return palette;
}

/// True when no desktop theme had a say, so that Qt's built-in grey is all there is.
bool isBuiltIn(const QPalette& palette)
{
    const auto standard = QApplication::style()->standardPalette();
    return palette.color(QPalette::Window) == standard.color(QPalette::Window)
        && palette.color(QPalette::Base) == standard.color(QPalette::Base)
        && palette.color(QPalette::Highlight) == standard.color(QPalette::Highlight);
}

double linearOf(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminanceOf(const QColor& colour)
{
    return 0.2126 * linearOf(colour.redF()) + 0.7152 * linearOf(colour.greenF())
        + 0.0722 * linearOf(colour.blueF());
}

/// Hues that people with a colour vision deficiency tell apart best come first (after Okabe, Ito).
constexpr std::array<std::pair<QRgb, QRgb>, 12> categoryInks { {
    { 0xff0072b2, 0xff56b4e9 }, // blue
    { 0xffc25700, 0xfff0903c }, // vermilion
    { 0xff00806a, 0xff2cc9a4 }, // green
    { 0xffa8468f, 0xffe08ac4 }, // purple
    { 0xff8f6f00, 0xffe0b83c }, // gold
    { 0xff5b5bd6, 0xff9f9ff7 }, // indigo
    { 0xff3f7d20, 0xff8fce5f }, // leaf
    { 0xffc2304e, 0xffff7f93 }, // crimson
    { 0xff007f99, 0xff4fcbe0 }, // teal
    { 0xff8a5a33, 0xffcf9f74 }, // brown
    { 0xff7a3fb8, 0xffc08cf5 }, // violet
    { 0xff5f6b7a, 0xffaab4c0 }, // slate, of the rest
} };

/// Of the application, as its palette is.
CategoryInks& sharedInks()
{
    static CategoryInks inks(static_cast<int>(categoryInks.size()));
    return inks;
}

QColor inkColour(int ink, const QPalette& palette)
{
    const auto& [light, dark] = categoryInks[static_cast<std::size_t>(ink)];
    return QColor::fromRgba(isDark(palette) ? dark : light);
}

Colours lightColours()
{
    return { 0xff1a7f37, 0xffc0312b, 0xff9a5b00, 0xff6b7480, 0xff2563c9, 0xffdfeafc, 0xffd1242f,
        0xffb42318, 0xfffde8e7, 0xfffff4d6, 0xffe6effc, 0xffd5d9df, 0xff7a3e9d, 0xff1a6b3c,
        0xff0b5cad, 0xffa8460f, 0xfff0e6fa };
}

Colours darkColours()
{
    return { 0xff57c776, 0xffff7b72, 0xffe3b341, 0xff878f9a, 0xff79abff, 0xff2a3a55, 0xffff5c66,
        0xffff8a80, 0xff4a2526, 0xff453a1c, 0xff23344e, 0xff3b4048, 0xffcfa4ee, 0xff86d79b,
        0xff86b9ff, 0xfff0a66e, 0xff3a2b4d };
}

} // namespace

ThemeMode themeModeFromName(const QString& name)
{
    if (name == QLatin1String("light"))
        return ThemeMode::Light;
    return name == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

QString themeModeName(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        break;
    }
    return QStringLiteral("system");
}

void applyTheme(ThemeMode mode)
{
    const auto& desktop = desktopPalette();
    if (qobject_cast<QuickStyle*>(QApplication::style()) == nullptr)
        QApplication::setStyle(new QuickStyle);
    if (mode == ThemeMode::System && !isBuiltIn(desktop))
        QApplication::setPalette(desktop);
    else
        QApplication::setPalette(paletteOf(mode == ThemeMode::Dark ? darkInks : lightInks));
}

bool isDark(const QPalette& palette)
{
    return luminanceOf(palette.color(QPalette::Active, QPalette::Base))
        < luminanceOf(palette.color(QPalette::Active, QPalette::Text));
}

Colours coloursOf(const QPalette& palette)
{
    return isDark(palette) ? darkColours() : lightColours();
}

bool rankCategories(const QStringList& mostFirst)
{
    return sharedInks().rank(mostFirst);
}

bool hasOwnColour(const QString& category)
{
    return sharedInks().hasOwn(category);
}

QColor categoryColour(const QString& category, const QPalette& palette)
{
    return inkColour(sharedInks().inkOf(category), palette);
}

QColor otherCategoriesColour(const QPalette& palette)
{
    return inkColour(static_cast<int>(categoryInks.size()) - 1, palette);
}

double contrastOf(const QColor& one, const QColor& other)
{
    const auto [dark, bright] = std::minmax({ luminanceOf(one), luminanceOf(other) });
    return (bright + 0.05) / (dark + 0.05);
}

} // namespace eventloupe
