// What is drawn by our own hand for speed must look as it would otherwise.
#include "ui/base/quickstyle.h"
#include "ui/base/theme.h"
#include "ui/log/rowdelegate.h"

#include <QApplication>
#include <QCheckBox>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

namespace {

/// The place of the thumb along a scroll bar: first and last pixel of its colour; -1 for none.
QPair<int, int> thumbOf(QScrollBar& bar)
{
    const auto picture = bar.grab().toImage();
    const bool isHorizontal = bar.orientation() == Qt::Horizontal;
    const int length = isHorizontal ? picture.width() : picture.height();
    const int middle = (isHorizontal ? picture.height() : picture.width()) / 2;
    QPair<int, int> found(-1, -1);
    const int button = isHorizontal ? picture.height() : picture.width();
    const auto groove
        = picture.pixelColor(isHorizontal ? QPoint(button + 1, 2) : QPoint(2, button + 1));
    for (int i = button; i < length - button; ++i) {
        const auto pixel = picture.pixelColor(isHorizontal ? QPoint(i, middle) : QPoint(middle, i));
        if (contrastOf(pixel, groove) < 2.0)
            continue;
        if (found.first < 0)
            found.first = i;
        found.second = i;
    }
    return found;
}

/// A cell of this width as the delegate paints it, on a white ground twice as wide.
QImage paintedCell(const QString& text, int width)
{
    QStandardItemModel model(1, 1);
    model.setItem(0, 0, new QStandardItem(text));
    QImage picture(2 * width, 24, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 24);
    option.state = QStyle::State_Enabled | QStyle::State_Active;
    option.textElideMode = Qt::ElideRight;
    option.font = QApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    const int noNames = -1;
    RowDelegate(nullptr, noNames).paint(&painter, option, model.index(0, 0));
    return picture;
}

int lastInkedColumn(const QImage& picture)
{
    for (int x = picture.width() - 1; x >= 0; --x)
        for (int y = 0; y < picture.height(); ++y)
            if (picture.pixelColor(x, y) != QColor(Qt::white))
                return x;
    return -1;
}

} // namespace

class TestQuickStyle : public QObject {
    Q_OBJECT

private slots:
    void thumbFollowsTheValue_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("horizontal");
        QTest::newRow("light, vertical") << false << false;
        QTest::newRow("dark, vertical") << true << false;
        QTest::newRow("light, horizontal") << false << true;
        QTest::newRow("dark, horizontal") << true << true;
    }

    void thumbFollowsTheValue()
    {
        QFETCH(bool, dark);
        QFETCH(bool, horizontal);
        applyTheme(dark ? ThemeMode::Dark : ThemeMode::Light);
        QScrollBar bar(horizontal ? Qt::Horizontal : Qt::Vertical);
        bar.resize(horizontal ? QSize(300, 16) : QSize(16, 300));
        bar.setRange(0, 100);
        bar.setPageStep(100);
        const auto top = thumbOf(bar);
        bar.setValue(100);
        const auto bottom = thumbOf(bar);
        QVERIFY(top.first >= 0);
        QVERIFY(bottom.first > top.first + 50);
        QVERIFY(top.second - top.first > 80);
        bar.setRange(0, 0);
        QCOMPARE(thumbOf(bar), qMakePair(-1, -1));
    }

    void aBoxToTickShows_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void aBoxToTickShows()
    {
        QFETCH(bool, dark);
        applyTheme(dark ? ThemeMode::Dark : ThemeMode::Light);
        QCheckBox box;
        box.setAutoFillBackground(true);
        box.resize(box.sizeHint());
        const auto picture = box.grab().toImage();
        double most = 0;
        for (int x = 0; x < picture.width(); ++x)
            most = std::max(most,
                contrastOf(picture.pixelColor(x, picture.height() / 2),
                    box.palette().color(QPalette::Window)));
        QVERIFY2(most > 2.0, QByteArray::number(most));
    }

    void textThatFitsIsWhole()
    {
        applyTheme(ThemeMode::Light);
        const QString narrow(60, u'i'); // More characters than fit on average.
        const int width = QFontMetrics(QApplication::font()).horizontalAdvance(narrow) + 20;
        QVERIFY(paintedCell(narrow, width) != paintedCell(narrow.chopped(1) + u'l' + u'.', width));
        QVERIFY(paintedCell(narrow, width) != paintedCell(narrow.chopped(1), width));
    }

    void textThatDoesNotFitIsCut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("usual") << QStringLiteral("amount=425.22 currency=EUR count=17 name=Ada");
        QTest::newRow("narrow") << QString(200, u'i');
        QTest::newRow("wide") << QString(80, u'W');
        QTest::newRow("emoji") << QStringLiteral("👩‍👩‍👧").repeated(40);
        QTest::newRow("arabic") << QStringLiteral("مرحبا بالعالم ").repeated(10);
    }

    void textThatDoesNotFitIsCut()
    {
        QFETCH(QString, text);
        applyTheme(ThemeMode::Light);
        constexpr int width = 150;
        const auto cell = paintedCell(text, width);
        QVERIFY(lastInkedColumn(cell) > width / 2);
        QVERIFY(lastInkedColumn(cell) < width);
        if (!text.isRightToLeft())
            QCOMPARE(paintedCell(text + QStringLiteral("another end"), width), cell);
    }
};

QTEST_MAIN(TestQuickStyle)
#include "tst_quickstyle.moc"
