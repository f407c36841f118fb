#pragma once

#include <QIcon>

class QColor;
class QWidget;

namespace eventloupe {

/// A small rounded square of a colour, as wide as a cell's decoration. Cached.
[[nodiscard]] QIcon swatch(const QColor& colour, const QWidget& widget);

/// The sign of the cursor, "▶", in a colour that shows on a selected row as well; or the same space
/// left empty. Cached.
[[nodiscard]] QIcon cursorSign(bool here, const QWidget& widget);

} // namespace eventloupe
