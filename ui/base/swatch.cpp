#include "ui/base/swatch.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPixmapCache>
#include <QWidget>

namespace eventloupe {

namespace {

/// Draws a square picture of the size of a small letter line, once for each key.
template <class Paint>
QPixmap cachedPicture(const QString& name, int size, double scale, Paint paint)
{
    const auto key = QStringLiteral("eventloupe/%1/%2/%3").arg(name).arg(size).arg(scale);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture))
        return picture;
    picture = QPixmap(QSize(size, size) * scale);
    picture.setDevicePixelRatio(scale);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, QRectF(0, 0, size, size));
    painter.end();
    QPixmapCache::insert(key, picture);
    return picture;
}

/// Without a picture of its own for it, QIcon tints the one of a selected row.
QIcon sameInAllModes(const QPixmap& normal, const QPixmap& selected)
{
    QIcon icon(normal);
    icon.addPixmap(selected, QIcon::Selected);
    return icon;
}

int sizeFor(const QWidget& widget)
{
    return widget.fontMetrics().ascent();
}

} // namespace

QIcon swatch(const QColor& colour, const QWidget& widget)
{
    const auto picture = cachedPicture(QStringLiteral("swatch") + colour.name(), sizeFor(widget),
        widget.devicePixelRatioF(), [&colour](QPainter& painter, const QRectF& area) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            const auto inset = area.width() * 0.12;
            painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), 2, 2);
        });
    return sameInAllModes(picture, picture);
}

QIcon cursorSign(bool here, const QWidget& widget)
{
    const auto sign = [&widget](const QColor& colour) {
        return cachedPicture(QStringLiteral("cursor") + colour.name(QColor::HexArgb),
            sizeFor(widget), widget.devicePixelRatioF(),
            [&colour](QPainter& painter, const QRectF& area) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(colour);
                const auto unit = area.width();
                painter.drawPolygon(QPolygonF { QPointF(unit * 0.2, unit * 0.12),
                    QPointF(unit * 0.9, unit * 0.5), QPointF(unit * 0.2, unit * 0.88) });
            });
    };
    if (!here)
        return sameInAllModes(sign(Qt::transparent), sign(Qt::transparent));
    return sameInAllModes(sign(coloursOf(widget.palette()).cursor),
        sign(widget.palette().color(QPalette::HighlightedText)));
}

} // namespace eventloupe
