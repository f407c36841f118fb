#include "support/samplestore.h"
#include "time/density.h"
#include "time/timecursor.h"
#include "ui/base/theme.h"
#include "ui/time/timelineslider.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace eventloupe;

namespace {

struct Bench {
    explicit Bench(Position head)
        : slider(cursor, density)
    {
        cursor.setHead(head);
        slider.resize(600, 60);
        slider.show();
        isShown = QTest::qWaitForWindowExposed(&slider);
    }

    StoreClient client;
    TimeCursor cursor;
    Density density { client };
    TimelineSlider slider;
    bool isShown = false;
};

void wheel(QWidget& widget, int notches)
{
    const QPointF place(20, 20);
    QWheelEvent event(place, widget.mapToGlobal(place), {}, { 0, notches * 120 }, Qt::NoButton, {},
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class TestTimelineSlider : public QObject {
    Q_OBJECT

private slots:
    void everyPositionHasItsPoint_data()
    {
        QTest::addColumn<qint64>("head");
        for (const qint64 head : { 1, 3, 8, 100, 500 })
            QTest::addRow("%lld", static_cast<long long>(head)) << head;
    }
    void everyPositionHasItsPoint()
    {
        QFETCH(qint64, head);
        Bench bench(head);
        QVERIFY(bench.isShown);
        for (Position position = 0; position <= head; ++position)
            QCOMPARE(bench.slider.positionAt(bench.slider.pointOf(position)), position);
    }

    void pressMovesTheCursor()
    {
        Bench bench(8);
        QVERIFY(bench.isShown);
        for (const Position position : { 0, 5, 8, 1 }) {
            QTest::mouseClick(&bench.slider, Qt::LeftButton, {}, bench.slider.pointOf(position));
            QCOMPARE(bench.cursor.position(), position);
        }
        QTest::mouseClick(&bench.slider, Qt::RightButton, {}, bench.slider.pointOf(5));
        QCOMPARE(bench.cursor.position(), 1);
    }

    void dragTellsTheNewestPlaceOnly()
    {
        Bench bench(100);
        QVERIFY(bench.isShown);
        QTest::mousePress(&bench.slider, Qt::LeftButton, {}, bench.slider.pointOf(90));
        QTRY_COMPARE(bench.cursor.position(), 90);
        QSignalSpy moved(&bench.cursor, &TimeCursor::positionChanged);
        for (const Position position : { 80, 60, 40, 20 }) {
            const QPointF place(bench.slider.pointOf(position));
            QMouseEvent move(QEvent::MouseMove, place, bench.slider.mapToGlobal(place),
                Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&bench.slider, &move);
        }
        QCOMPARE(moved.count(), 0);
        QTRY_COMPARE(bench.cursor.position(), 20);
        QCOMPARE(moved.count(), 1);
        QTest::mouseRelease(&bench.slider, Qt::LeftButton, {}, bench.slider.pointOf(20));
        QCOMPARE(bench.cursor.position(), 20);
        QTest::mouseMove(&bench.slider, bench.slider.pointOf(50));
        QCoreApplication::processEvents();
        QCOMPARE(bench.cursor.position(), 20);
    }

    void keysStep()
    {
        Bench bench(100);
        QVERIFY(bench.isShown);
        const auto press = [&bench](Qt::Key key) {
            QTest::keyClick(&bench.slider, key);
            QCoreApplication::processEvents();
            return bench.cursor.position();
        };
        QCOMPARE(press(Qt::Key_Left), 99);
        QCOMPARE(press(Qt::Key_PageDown), 94);
        QCOMPARE(press(Qt::Key_Right), 95);
        QCOMPARE(press(Qt::Key_Home), 0);
        QCOMPARE(press(Qt::Key_Left), 0);
        QCOMPARE(press(Qt::Key_PageUp), 5);
        QCOMPARE(press(Qt::Key_End), 100);
    }

    void wheelSteps()
    {
        Bench bench(100);
        QVERIFY(bench.isShown);
        wheel(bench.slider, 3);
        QTRY_COMPARE(bench.cursor.position(), 97);
        wheel(bench.slider, -1);
        QTRY_COMPARE(bench.cursor.position(), 98);
    }

    void followsTheCursor()
    {
        Bench bench(10);
        QVERIFY(bench.isShown);
        QCOMPARE(bench.slider.value(), 10);
        bench.cursor.moveTo(4);
        QCOMPARE(bench.slider.value(), 4);
        bench.cursor.setHead(20);
        QCOMPARE(bench.slider.maximum(), 20);
        QCOMPARE(bench.slider.value(), 4);
        QCoreApplication::processEvents();
        QCOMPARE(bench.cursor.position(), 4);
    }

    void emptyLogTakesNothing()
    {
        Bench bench(0);
        QVERIFY(bench.isShown);
        QTest::mouseClick(&bench.slider, Qt::LeftButton, {}, QPoint(100, 30));
        QCOMPARE(bench.cursor.position(), 0);
        QCOMPARE(bench.slider.positionAt(QPoint(500, 30)), 0);
    }

    void isAccessible()
    {
        Bench bench(10);
        QVERIFY(bench.isShown);
        auto* face = QAccessible::queryAccessibleInterface(&bench.slider);
        QVERIFY(face);
        QCOMPARE(face->text(QAccessible::Name), u"Time cursor"_qs);
        auto* value = face->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->currentValue().toInt(), 10);
        QCOMPARE(value->maximumValue().toInt(), 10);
        value->setCurrentValue(3);
        QTRY_COMPARE(bench.cursor.position(), 3);
    }

    void marksToggle()
    {
        Bench bench(10);
        QSignalSpy changed(&bench.slider, &TimelineSlider::marksChanged);
        bench.slider.toggleMark(4);
        bench.slider.toggleMark(7);
        QCOMPARE(bench.slider.marks(), (std::set<Position> { 4, 7 }));
        bench.slider.toggleMark(4);
        QCOMPARE(bench.slider.marks(), (std::set<Position> { 7 }));
        QCOMPARE(changed.count(), 3);
        // The flag above the strip is a place to click.
        const QPoint flag(bench.slider.pointOf(7).x() + 3, 2);
        QTest::mouseClick(&bench.slider, Qt::LeftButton, {}, flag);
        QCOMPARE(bench.cursor.position(), 7);
    }

    void drawsDensityInColour()
    {
        SampleStore sample(SampleStore::numbered(60));
        StoreClient client;
        QVERIFY(sample.openIn(client));
        TimeCursor cursor;
        Density density(client);
        TimelineSlider slider(cursor, density);
        cursor.setHead(client.head());
        slider.resize(600, 60);
        slider.show();
        QVERIFY(QTest::qWaitForWindowExposed(&slider));
        const auto colours = [&slider] {
            const auto image = slider.grab().toImage();
            QSet<QRgb> seen;
            for (int x = 20; x < image.width() - 20; ++x)
                seen.insert(image.pixel(x, image.height() - 8));
            return seen.size();
        };
        QTRY_VERIFY(
            !density.buckets().isEmpty() && !density.buckets().first().categories.isEmpty());
        QVERIFY(colours() >= 3); // Ground and two categories.
        // The rest of the window knows the colours as well.
        QVERIFY(hasOwnColour(u"user"_qs) && hasOwnColour(u"order"_qs));
        // Events a second apart all along: every bar is high.
        const auto image = slider.grab().toImage();
        const auto ground = QApplication::palette().color(QPalette::Base).rgb();
        int high = 0;
        for (int x = 20; x < image.width() - 20; ++x)
            high += image.pixel(x, 18) != ground ? 1 : 0;
        QVERIFY2(high > image.width() / 2, qPrintable(QString::number(high)));
        client.close();
        QTRY_VERIFY(!hasOwnColour(u"user"_qs));
    }
};

QTEST_MAIN(TestTimelineSlider)
#include "tst_timelineslider.moc"
