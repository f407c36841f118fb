#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <QStringList>

namespace eventloupe {

/// Where the window's colours come from.
enum class ThemeMode {
    System, ///< The desktop's palette; ours where the desktop has none.
    Light,
    Dark,
};

/// "system", "light", "dark", as the session keeps it; another name is System.
[[nodiscard]] ThemeMode themeModeFromName(const QString& name);
[[nodiscard]] QString themeModeName(ThemeMode mode);

/// Makes the application look like the mode: Fusion style and a palette. Widgets that paint with
/// the colours below follow by QEvent::PaletteChange. GUI thread; needs a QApplication.
void applyTheme(ThemeMode mode);

/// Whether the palette is light text on a dark ground.
[[nodiscard]] bool isDark(const QPalette& palette);

/// The colours beside the palette's own: all that the window uses, in one place.
struct Colours {
    QColor added; ///< A field that came, as text on Base.
    QColor removed; ///< A field that went.
    QColor changed; ///< A field that has another value.
    QColor dimmed; ///< Text of what lies after the cursor.
    QColor cursor; ///< The mark of the cursor.
    QColor cursorGround; ///< Behind the cursor's row.
    QColor live; ///< The light of a live cursor.
    QColor error; ///< Text of a failure, on Base or Window.
    QColor errorGround;
    QColor warningGround;
    QColor informationGround;
    QColor line; ///< Hairlines between panels.
    QColor jsonKey;
    QColor jsonString;
    QColor jsonNumber;
    QColor jsonWord; ///< true, false, null
    QColor branchGround; ///< Behind what is on a branch alone.
};

/// The colours that go with a palette: one set for light, one for dark.
[[nodiscard]] Colours coloursOf(const QPalette& palette);

/// A category's colour, with a contrast of at least 3:1 against the palette's Base (WCAG 2.1,
/// 1.4.11); see CategoryInks for who has which.
[[nodiscard]] QColor categoryColour(const QString& category, const QPalette& palette);
/// The colour of the categories without one of their own.
[[nodiscard]] QColor otherCategoriesColour(const QPalette& palette);
[[nodiscard]] bool hasOwnColour(const QString& category);
/// Gives the most frequent categories of the open log colours of their own; none forgets them.
/// Tells whether a colour changed, so that the window has to be painted again. GUI thread.
bool rankCategories(const QStringList& mostFirst);

/// The contrast of two opaque colours, 1 to 21 (WCAG 2.1, "contrast ratio").
[[nodiscard]] double contrastOf(const QColor& one, const QColor& other);

} // namespace eventloupe
