#include "log/windowproxy.h"
#include "support/logviewbench.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/log/eventdetail.h"
#include "ui/log/logdisplaymodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextDocument>
#include <QWheelEvent>

using namespace eventloupe;

namespace {

struct Bench : LogViewBench {
    using LogViewBench::LogViewBench;

    void click(Position position)
    {
        const auto rectangle = view->visualRect(view->model()->index(placeOf(position), 1));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, rectangle.center());
    }
};

void wheel(QWidget* viewport, int notches)
{
    const QPointF place(20, 20);
    QWheelEvent event(place, viewport->mapToGlobal(place), {}, { 0, notches * 120 }, Qt::NoButton,
        {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &event);
}

} // namespace

class TestLogView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void opensAtTheCursor()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        QVERIFY(bench.loaded(0));
        QCOMPARE(bench.cursor.position(), 1000);
        QVERIFY(bench.view->isRowVisible(999));
        QCOMPARE(bench.cell(bench.placeOf(1000), LogColumn::Position), u"1,000"_qs);
        QVERIFY(bench.view->visibleRows() < 40);
    }

    void typeIsInViewWhereThereIsLittleRoom()
    {
        Bench bench(SampleStore::numbered(10));
        QVERIFY(bench.isOpen);
        const auto end = [&] {
            const int type = static_cast<int>(LogColumn::Type);
            return bench.view->columnViewportPosition(type) + bench.view->columnWidth(type);
        };
        const int wide = bench.view->columnWidth(static_cast<int>(LogColumn::Type));
        bench.pane.resize(500, 400);
        QTRY_VERIFY(bench.view->width() < 500);
        QVERIFY2(end() <= bench.view->viewport()->width(), qPrintable(QString::number(end())));
        QVERIFY(bench.view->columnWidth(static_cast<int>(LogColumn::Stream)) > 40);
        bench.pane.resize(900, 400);
        QTRY_COMPARE(bench.view->columnWidth(static_cast<int>(LogColumn::Type)), wide);
        // What somebody made wider stays so.
        bench.view->setColumnWidth(static_cast<int>(LogColumn::Stream), 300);
        bench.pane.resize(500, 400);
        QTRY_VERIFY(bench.view->width() < 500);
        QCOMPARE(bench.view->columnWidth(static_cast<int>(LogColumn::Stream)), 300);
    }

    void furtherMatchesLeaveTheViewWhereItIs()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        bench.cursor.moveTo(500);
        QVERIFY(bench.settled());
        std::vector<Position> middle;
        std::vector<Position> before;
        std::vector<Position> after;
        for (Position position = 1; position <= 1000; ++position)
            (position < 400 ? before : position <= 600 ? middle : after).push_back(position);
        auto matches = MatchList().extendedBy(middle);
        const auto show
            = [&] { bench.model.setMatches(std::make_shared<const MatchList>(matches)); };
        show();
        QVERIFY(bench.loaded(0));
        const auto isAt = [&bench](const QString& first) {
            return bench.cell(0, LogColumn::Position) == first;
        };
        // With the cursor in view, and without.
        for (const qint64 row : { qint64 { 90 }, qint64 { 0 }, qint64 { 150 } }) {
            bench.view->bar()->setValue(static_cast<int>(row));
            QVERIFY(bench.loaded(0));
            const QString first = bench.cell(0, LogColumn::Position);
            const auto cursorPlace = bench.model.rowOf(500) - bench.view->firstRow();
            matches = matches.precededBy({ before.back() });
            before.pop_back();
            show();
            QVERIFY(isAt(first));
            matches = matches.extendedBy({ after.front() });
            after.erase(after.begin());
            show();
            QVERIFY(isAt(first));
            QCOMPARE(bench.model.rowOf(500) - bench.view->firstRow(), cursorPlace);
        }
    }

    void fontIsThePanesAllTheSame()
    {
        Bench bench(SampleStore::numbered(20));
        QVERIFY(bench.isOpen);
        auto font = bench.pane.font();
        font.setPointSizeF(font.pointSizeF() + 5);
        font.setItalic(true);
        bench.pane.setFont(font);
        QCOMPARE(bench.view->font().pointSizeF(), font.pointSizeF());
        QVERIFY(bench.view->font().italic());
        // Painting it is what a step costs most: only what needs shaping is shaped.
        QVERIFY(bench.view->font().styleStrategy() & QFont::PreferNoShaping);
    }

    void positionsAreNeverCut()
    {
        Bench bench(SampleStore::numbered(1200));
        QVERIFY(bench.isOpen);
        const auto width
            = [&] { return bench.view->columnWidth(static_cast<int>(LogColumn::Position)); };
        const auto needed = [&](const QString& text) {
            return bench.view->fontMetrics().horizontalAdvance(text)
                + bench.view->fontMetrics().ascent();
        };
        QVERIFY(width() > needed(u"1,200"_qs));
        // Made narrow by hand it stays so, until the log has more digits.
        bench.view->setColumnWidth(static_cast<int>(LogColumn::Position), 40);
        bench.cursor.moveTo(5);
        QVERIFY(bench.settled());
        QCOMPARE(width(), 40);
        bench.sample.append(SampleStore::numbered(8800, 1201));
        bench.client.checkForGrowth();
        QTRY_COMPARE(bench.cursor.head(), 10'000);
        bench.cursor.moveTo(7);
        QVERIFY(bench.settled());
        QVERIFY(width() > needed(u"10,000"_qs));
    }

    void keysMoveOverTheWholeLog()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        QTest::keyClick(bench.view, Qt::Key_Up);
        QCOMPARE(bench.cursor.position(), 999);
        QTest::keyClick(bench.view, Qt::Key_Home);
        QCOMPARE(bench.cursor.position(), 1);
        QTest::keyClick(bench.view, Qt::Key_Up);
        QCOMPARE(bench.cursor.position(), 1);
        QTest::keyClick(bench.view, Qt::Key_Down);
        QCOMPARE(bench.cursor.position(), 2);
        QTest::keyClick(bench.view, Qt::Key_PageDown);
        QCOMPARE(bench.cursor.position(), 2 + bench.view->visibleRows() - 1);
        QTest::keyClick(bench.view, Qt::Key_PageUp);
        QCOMPARE(bench.cursor.position(), 2);
        // Ahead of what is shown, and then as far.
        QCOMPARE(bench.frame.position(), 1000);
        QVERIFY(bench.settled());
        QCOMPARE(bench.view->firstRow(), 0);
        QTest::keyClick(bench.view, Qt::Key_Down);
        QCOMPARE(bench.cursor.position(), 3);
        QTest::keyClick(bench.view, Qt::Key_End);
        QCOMPARE(bench.cursor.position(), 1000);
        QVERIFY(bench.settled());
        QVERIFY(bench.view->isRowVisible(999));
    }

    void clickMovesTheCursor()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        bench.click(995);
        QCOMPARE(bench.cursor.position(), 995);
        QVERIFY(!bench.cursor.isLive());
        QVERIFY(bench.settled());
        QCOMPARE(bench.view->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(bench.view->selectionModel()->selectedRows().first().row(), bench.placeOf(995));
    }

    void otherButtonsLeaveTheCursor()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        const auto place
            = bench.view->visualRect(bench.view->model()->index(bench.placeOf(995), 1)).center();
        QTest::mousePress(bench.view->viewport(), Qt::RightButton, {}, place);
        QTest::mouseRelease(bench.view->viewport(), Qt::RightButton, {}, place);
        QCOMPARE(bench.cursor.position(), 1000);
        QCOMPARE(bench.view->selectionModel()->selectedRows().first().row(), bench.placeOf(1000));
    }

    void scrollingLeavesTheCursor()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        const auto first = bench.view->firstRow();
        wheel(bench.view->viewport(), 2);
        QCOMPARE(bench.view->firstRow(), first - 6);
        bench.view->bar()->setValue(100);
        QCOMPARE(bench.view->firstRow(), 100);
        QCOMPARE(bench.cursor.position(), 1000);
        QVERIFY(bench.view->selectionModel()->selectedRows().isEmpty());
        bench.cursor.moveTo(500);
        QVERIFY(bench.settled());
        QVERIFY(bench.view->isRowVisible(499));
        QCOMPARE(bench.view->bar()->value(), static_cast<int>(bench.view->firstRow()));
    }

    void resizingLeavesTheCursor()
    {
        Bench bench(SampleStore::numbered(1000));
        QVERIFY(bench.isOpen);
        QSignalSpy moved(&bench.cursor, &TimeCursor::positionChanged);
        for (const int height : { 200, 600, 120, 400 }) {
            bench.pane.resize(800, height);
            QCoreApplication::processEvents();
            QVERIFY(bench.view->isRowVisible(999));
        }
        QCOMPARE(moved.count(), 0);
        QCOMPARE(bench.cursor.position(), 1000);
    }

    void rowsAfterTheCursorAreDimmed()
    {
        Bench bench(SampleStore::numbered(20));
        QVERIFY(bench.isOpen);
        bench.cursor.moveTo(10);
        QVERIFY(bench.settled());
        QVERIFY(bench.loaded(0));
        const auto dimmed = QVariant(coloursOf(bench.view->palette()).dimmed);
        const int here = bench.placeOf(10);
        QVERIFY(bench.look(here - 1, LogColumn::Type, Qt::ForegroundRole) != dimmed);
        QVERIFY(bench.look(here, LogColumn::Type, Qt::ForegroundRole) != dimmed);
        QCOMPARE(bench.look(here + 1, LogColumn::Type, Qt::ForegroundRole), dimmed);
        QCOMPARE(bench.look(here, LogColumn::Position, Qt::AccessibleTextRole).toString(),
            u"10, the cursor"_qs);
        QVERIFY(bench.look(here, LogColumn::Type, Qt::BackgroundRole).isValid());
        QVERIFY(!bench.look(here + 1, LogColumn::Type, Qt::BackgroundRole).isValid());
    }

    void growthIsFollowedWhereTheCursorIsInView()
    {
        Bench bench(SampleStore::numbered(200));
        QVERIFY(bench.isOpen);
        bench.sample.append(SampleStore::numbered(10, 201));
        bench.client.checkForGrowth();
        QTRY_COMPARE(bench.cursor.position(), 210);
        QTRY_VERIFY(bench.view->isRowVisible(209));

        bench.view->bar()->setValue(0);
        bench.sample.append(SampleStore::numbered(10, 211));
        bench.client.checkForGrowth();
        QTRY_COMPARE(bench.cursor.position(), 220);
        QTRY_COMPARE(bench.view->totalRows(), 220);
        QCOMPARE(bench.view->firstRow(), 0);
    }

    void payloadIsText()
    {
        Bench bench({ { u"a-1"_qs, u"<b>T</b>\nx"_qs, R"({"k":"<img src=x>"})" } });
        QVERIFY(bench.isOpen);
        QVERIFY(bench.loaded(0));
        QCOMPARE(bench.cell(0, LogColumn::Type), u"<b>T</b>¶x"_qs);
        QTextDocument tip;
        tip.setHtml(bench.look(0, LogColumn::Summary, Qt::ToolTipRole).toString());
        QVERIFY2(tip.toPlainText().contains(u"<img src=x>"_qs), qPrintable(tip.toPlainText()));
    }

    void anEventThatIsNotThereIsNamed()
    {
        EventDetail detail;
        const auto titles = [&detail] {
            QStringList texts;
            for (const auto* label : detail.findChildren<PlainLabel*>())
                texts.append(label->text());
            return texts.join(u' ');
        };
        detail.setEvent(std::nullopt, 0);
        QVERIFY(titles().contains(u"No event at the cursor"));
        detail.setEvent(std::nullopt, 1190);
        QVERIFY(titles().contains(u"#1,190 is lost"));
        QVERIFY(titles().contains(u"Verify…"));
        // In full, below a title that fits.
        detail.resize(340, 200);
        detail.show();
        auto* reason = detail.findChild<PlainLabel*>(u"missingEvent"_qs);
        QVERIFY(reason->isVisible());
        QVERIFY(reason->wordWrap());
        QVERIFY(reason->height() >= reason->heightForWidth(reason->width()));
        QVERIFY(reason->mapTo(&detail, reason->rect().bottomRight()).y() < detail.height());
        QVERIFY(!detail.findChild<QTabWidget*>()->isVisible());
        detail.setEvent(Event(), 1);
        QVERIFY(!reason->isVisible());
        QVERIFY(detail.findChild<QTabWidget*>()->isVisible());
    }

    void failureIsMarked()
    {
        Bench bench(SampleStore::numbered(5));
        QVERIFY(bench.isOpen);
        QVERIFY(bench.loaded(0));
        bench.model.setFailure(3, u"no field total"_qs);
        QVERIFY(bench.look(2, LogColumn::Type, Qt::ToolTipRole).toString().contains(u"total"_qs));
        QVERIFY(!bench.look(2, LogColumn::Type, Qt::DecorationRole).value<QIcon>().isNull());
        QVERIFY(!bench.look(1, LogColumn::Type, Qt::DecorationRole).isValid());
    }

    void copiesTheExchangeLine()
    {
        Bench bench(SampleStore::numbered(5));
        QVERIFY(bench.isOpen);
        QVERIFY(bench.loaded(4));
        QTest::keyClick(bench.view, Qt::Key_C, Qt::ControlModifier);
        const auto line = QGuiApplication::clipboard()->text();
        QVERIFY2(line.startsWith(u"{\"position\":5,\"stream\":\"user-2\""_qs), qPrintable(line));
    }

    void conditionsAreQuoted()
    {
        QCOMPARE(equalsCondition(u"type"_qs, u"a\"b\\"_qs), u"type == \"a\\\"b\\\\\""_qs);
    }

    void decorationIsAModel()
    {
        Bench bench(SampleStore::numbered(30));
        QVERIFY(bench.isOpen);
        QAbstractItemModelTester tester(
            bench.view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        bench.cursor.moveTo(3);
        bench.pane.resize(500, 200);
        bench.sample.append(SampleStore::numbered(10, 31));
        bench.client.checkForGrowth();
        QTRY_COMPARE(bench.cursor.head(), 40);
        QVERIFY(bench.settled());
    }
};

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
