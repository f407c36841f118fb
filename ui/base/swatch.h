#pragma once

#include <QPixmap>

class QColor;
class QWidget;

namespace eventloupe {

/// A small rounded square of a colour, as wide as a cell's decoration. Cached.
[[nodiscard]] QPixmap swatch(const QColor& colour, const QWidget& widget);

/// The sign of the cursor, "▶", in its colour; or the same space left empty. Cached.
[[nodiscard]] QPixmap cursorSign(bool here, const QWidget& widget);

} // namespace eventloupe
