#include "ui/base/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

namespace eventloupe {

namespace {

constexpr std::array<const char*, static_cast<std::size_t>(Symbol::COUNT)> names { "first",
    "previous", "play", "pause", "next", "last", "live", "mark", "search", "filter", "clear",
    "open", "new", "workspace", "import", "export", "copy", "goto", "pin", "information", "warning",
    "failure", "streams", "command", "branch" };

/// Draws a one-colour SVG in the palette's colour for the mode.
class SymbolEngine final : public QIconEngine {
public:
    explicit SymbolEngine(QString name)
        : m_name(std::move(name))
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (file.open(QIODevice::ReadOnly))
            m_svg = file.readAll();
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        auto svg = m_svg;
        svg.replace("currentColor", colourFor(mode).name(QColor::HexRgb).toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const auto key = QStringLiteral("eventloupe/%1/%2x%3/%4")
                             .arg(m_name)
                             .arg(size.width())
                             .arg(size.height())
                             .arg(colourFor(mode).name());
        QPixmap picture;
        if (QPixmapCache::find(key, &picture))
            return picture;
        picture = QPixmap(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, picture);
        return picture;
    }

    QIconEngine* clone() const override { return new SymbolEngine(*this); }
    QString key() const override { return QStringLiteral("eventloupe"); }

private:
    static QColor colourFor(QIcon::Mode mode)
    {
        const auto palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        return palette.color(QPalette::ButtonText);
    }

    QString m_name;
    QByteArray m_svg;
};

} // namespace

QIcon icon(Symbol symbol)
{
    return QIcon(new SymbolEngine(QLatin1String(names.at(static_cast<std::size_t>(symbol)))));
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/icons/eventloupe.svg"));
}

} // namespace eventloupe
