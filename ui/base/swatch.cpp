#include "ui/base/swatch.h"

#include "ui/base/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QStyle>
#include <QWidget>

#include <utility>

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

/// Draws its pictures in their own size. QIcon's engine for pixmaps would take a picture's dots for
/// its size, and stretch it where a screen has two for each, and tint it in a selected row.
class PictureEngine final : public QIconEngine {
public:
    PictureEngine(QPixmap normal, QPixmap selected)
        : m_normal(std::move(normal))
        , m_selected(std::move(selected))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto& picture = pictureOf(mode);
        const auto size = picture.deviceIndependentSize().toSize();
        painter->drawPixmap(
            QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, size, rect), picture);
    }
    QSize actualSize(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return pictureOf(mode).deviceIndependentSize().toSize().boundedTo(size);
    }
    QPixmap pixmap(const QSize&, QIcon::Mode mode, QIcon::State) override
    {
        return pictureOf(mode);
    }
    [[nodiscard]] QIconEngine* clone() const override { return new PictureEngine(*this); }

private:
    [[nodiscard]] const QPixmap& pictureOf(QIcon::Mode mode) const
    {
        return mode == QIcon::Selected ? m_selected : m_normal;
    }

    QPixmap m_normal;
    QPixmap m_selected;
};

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
    return QIcon(new PictureEngine(picture, picture));
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
        return QIcon(new PictureEngine(sign(Qt::transparent), sign(Qt::transparent)));
    return QIcon(new PictureEngine(sign(coloursOf(widget.palette()).cursor),
        sign(widget.palette().color(QPalette::HighlightedText))));
}

} // namespace eventloupe
