// Signs keep their size on a screen that has two dots for each point.
#include "ui/base/swatch.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QTest>
#include <QWidget>

using namespace eventloupe;

namespace {

/// Where something is drawn, in dots, when the sign is painted into a cell of this size.
QRect drawn(const QIcon& sign, const QSize& cell)
{
    QImage picture(cell * 2, QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(2);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    sign.paint(&painter, QRect(QPoint(), cell));
    painter.end();
    QRect found;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (qAlpha(picture.pixel(x, y)) > 0)
                found |= QRect(x, y, 1, 1);
        }
    }
    return found;
}

} // namespace

class TestSwatch : public QObject {
    Q_OBJECT

private slots:
    void isAsLargeAsALetter()
    {
        const QWidget widget;
        QCOMPARE(widget.devicePixelRatioF(), 2.0);
        const int side = widget.fontMetrics().ascent();
        const QSize cell(side + 6, side + 10);
        const auto sign = swatch(Qt::red, widget);
        QCOMPARE(sign.actualSize(cell), QSize(side, side));
        const auto dots = drawn(sign, cell);
        QVERIFY2(dots.width() > side && dots.width() <= side * 2, QByteArray::number(dots.width()));
        QVERIFY(dots.height() > side && dots.height() <= side * 2);
        QVERIFY(qAbs(dots.center().x() - cell.width()) <= 2);
        QVERIFY(qAbs(dots.center().y() - cell.height()) <= 2);
    }

    void isTheSameInASelectedRow()
    {
        const QWidget widget;
        const auto sign = swatch(Qt::red, widget);
        QCOMPARE(sign.pixmap(QSize(16, 16), QIcon::Selected).toImage(),
            sign.pixmap(QSize(16, 16), QIcon::Normal).toImage());
        QVERIFY(cursorSign(true, widget).pixmap(QSize(16, 16), QIcon::Selected).toImage()
            != cursorSign(true, widget).pixmap(QSize(16, 16), QIcon::Normal).toImage());
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", "2");
    QApplication application(argc, argv);
    TestSwatch test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_swatch.moc"
