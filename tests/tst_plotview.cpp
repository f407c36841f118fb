#include "plot/streamplots.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"
#include "time/cursorframe.h"
#include "time/timecursor.h"
#include "ui/base/theme.h"
#include "ui/plot/plotpanel.h"
#include "ui/plot/plotview.h"
#include "ui/plot/sparklinedelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QListWidget>
#include <QPainter>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace eventloupe;

namespace {

PlotSeries lineOf(const QString& name, const QList<double>& values)
{
    PlotSeries series;
    series.name = name;
    series.pointer = "/total";
    for (const double value : values) {
        const auto version = static_cast<StreamVersion>(series.points.size() + 1);
        series.points.push_back({ version * 10, version, { version * 1'000'000 }, value });
    }
    series.all = values.size();
    series.version = values.size() + 2;
    series.position = series.version * 10;
    series.time = { series.version * 1'000'000 };
    series.isComplete = true;
    return series;
}

int inkIn(QWidget& widget, const QColor& colour)
{
    const QImage image = widget.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    return count;
}

} // namespace

/// A plot draws its lines, tells what is pointed at, and goes to the event of a value; lines come
/// from the store as it grows.
class TestPlotView final : public QObject {
    Q_OBJECT

private slots:
    void init() { applyTheme(ThemeMode::Light); }

    void tellsAndChoosesTheNearestValue()
    {
        PlotView view;
        view.resize(400, 200);
        view.setSeries(
            { lineOf(u"a-1"_qs, { 1, 5, 3 }), lineOf(u"a-2"_qs, { 2, std::nan(""), 8 }) });
        QSignalSpy activated(&view, &PlotView::activated);
        QSignalSpy picked(&view, &PlotView::pickChanged);
        const QPointF second = view.pointOf({ 0, 1 });
        QCOMPARE(view.pickAt(second + QPointF(3, -4)), std::optional(PlotView::Pick { 0, 1 }));
        QVERIFY(!view.pickAt({ -100, -100 }));
        QTest::mouseMove(&view, second.toPoint());
        QTest::mouseClick(&view, Qt::LeftButton, {}, second.toPoint());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toLongLong(), 20);
        QCOMPARE(picked.last().at(0).toString().section(u',', 0, 1),
            u"total of a-1: 5 at version 2, #20"_qs);
        QVERIFY(view.accessibleDescription().startsWith(picked.last().at(0).toString()));
    }

    void movesByKeys()
    {
        PlotView view;
        view.resize(400, 200);
        view.setSeries(
            { lineOf(u"a-1"_qs, { 1, 5, 3 }), lineOf(u"a-2"_qs, { 2, std::nan(""), 8 }) });
        QSignalSpy activated(&view, &PlotView::activated);
        const auto press = [&](std::initializer_list<Qt::Key> keys) {
            for (const Qt::Key key : keys)
                QTest::keyClick(&view, key);
            return view.picked().value_or(PlotView::Pick { 99, 99 });
        };
        QCOMPARE(press({ Qt::Key_Right }), (PlotView::Pick { 0, 0 }));
        QCOMPARE(press({ Qt::Key_Right, Qt::Key_Right, Qt::Key_Right }), (PlotView::Pick { 0, 2 }));
        QCOMPARE(press({ Qt::Key_Down }), (PlotView::Pick { 1, 0 }));
        QCOMPARE(press({ Qt::Key_Right }), (PlotView::Pick { 1, 2 }));
        QCOMPARE(press({ Qt::Key_Left }), (PlotView::Pick { 1, 0 }));
        QCOMPARE(press({ Qt::Key_Up, Qt::Key_End }), (PlotView::Pick { 0, 2 }));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).toLongLong(), 30);
    }

    void drawsInEitherThemeAndSaysWhenThereIsNothing()
    {
        PlotView view;
        view.resize(400, 200);
        view.setEmptyText(u"Nothing here"_qs);
        QCOMPARE(view.accessibleDescription(), u"Nothing here"_qs);
        const QImage empty = view.grab().toImage();
        for (const auto mode : { ThemeMode::Light, ThemeMode::Dark }) {
            applyTheme(mode);
            view.setPalette(QApplication::palette());
            view.setSeries({ lineOf(u"a-1"_qs, { 4, 4, 4 }) });
            Event event;
            event.time = { 2'000'000 };
            view.setCursor(20, event);
            QVERIFY(view.grab().toImage() != empty);
            QVERIFY(inkIn(view, view.palette().color(QPalette::Base)) > 40'000);
            const QImage over = view.grab().toImage();
            view.setAxis(PlotAxis::Times);
            QVERIFY(view.grab().toImage() != over);
            view.setAxis(PlotAxis::Versions);
        }
        QCOMPARE(
            view.accessibleDescription(), u"total of a-1: 3 values from 4 to 4, the last 4"_qs);
    }

    void readsLinesAsTheLogGrows()
    {
        SampleStore sample(SampleStore::numbered(30));
        StoreClient client;
        TimeCursor cursor;
        CursorFrame frame(client, cursor);
        QVERIFY(sample.openIn(client));
        cursor.setHead(client.head());
        StreamPlots plots(client);
        PlotPanel panel(plots, cursor, frame);
        QSignalSpy said(&panel, &PlotPanel::said);
        panel.add({ u"user-1"_qs, "/n", {} });
        panel.addStream(u"user-3"_qs);
        auto* list = panel.findChild<QListWidget*>(u"plotLines"_qs);
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->item(1)->text(), u"n of user-3"_qs);
        const auto pointsOf = [&](std::size_t line) -> std::size_t {
            return line < plots.series().size() ? plots.series()[line].points.size() : 0;
        };
        QTRY_COMPARE(pointsOf(0), std::size_t(5));
        QCOMPARE(pointsOf(1), std::size_t(5));
        sample.append({ { u"user-1"_qs, u"CHANGED"_qs, "{\"n\":77}" } });
        client.checkForGrowth();
        QTRY_COMPARE(pointsOf(0), std::size_t(6));
        QCOMPARE(plots.series()[0].points.back().value, 77.0);
        panel.findChild<QToolButton*>(u"plotCopy"_qs)->click();
        QCOMPARE(QApplication::clipboard()->text().count(u'\n'), 12);
        QCOMPARE(said.count(), 1);
        list->setCurrentRow(0);
        list->actions().constFirst()->trigger();
        QCOMPARE(list->count(), 1);
        panel.add({ u"nobody"_qs, "/n", {} });
        QTRY_VERIFY(plots.series().size() == 2 && !plots.series()[1].fault.isEmpty());
        panel.clear();
        QVERIFY(plots.fields().isEmpty() && plots.series().empty());
    }

    void readsSparklinesOfAStream()
    {
        const SampleStore sample(SampleStore::numbered(30));
        StoreClient client;
        QVERIFY(sample.openIn(client));
        StreamPlots plots(client);
        plots.setSparklineStream(u"order-1"_qs);
        QTRY_VERIFY(plots.sparkline("/n") != nullptr);
        QCOMPARE(plots.sparkline("/n")->points.size(), std::size_t(5));
        QVERIFY(plots.sparkline("/m") == nullptr);
        plots.setSparklineStream({});
        QVERIFY(plots.sparkline("/n") == nullptr);
    }

    void drawsASparklineWhereThereIsRoom()
    {
        const PlotSeries line = lineOf(u"a-1"_qs, { 1, 9, 3, std::nan(""), 7 });
        const PlotSeries* shown = nullptr;
        const SparklineDelegate delegate([&](const QModelIndex&) { return shown; }, nullptr);
        QStandardItemModel model;
        model.appendRow(new QStandardItem(u"7"_qs));
        const auto paint = [&](int width) {
            QImage image(width, 20, QImage::Format_ARGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            QStyleOptionViewItem option;
            option.rect = image.rect();
            option.palette = QApplication::palette();
            delegate.paint(&painter, option, model.index(0, 0));
            painter.end();
            return image;
        };
        const QImage wide = paint(160);
        const QImage narrow = paint(30);
        shown = &line;
        QVERIFY(paint(160) != wide);
        QVERIFY(paint(30) == narrow);
    }
};

QTEST_MAIN(TestPlotView)
#include "tst_plotview.moc"
