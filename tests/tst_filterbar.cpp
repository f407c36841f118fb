#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "support/samplestore.h"
#include "time/timecursor.h"
#include "ui/base/theme.h"
#include "ui/log/filterbar.h"
#include "ui/log/filtercompleter.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

struct Bench {
    explicit Bench(int events)
        : sample(SampleStore::numbered(events))
        , bar(filter, cursor)
    {
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        bar.resize(800, 40);
        bar.show();
        isOpen = isOpen && QTest::qWaitForWindowExposed(&bar);
        edit = bar.findChild<QLineEdit*>(u"filterEdit"_qs);
        status = bar.findChild<QLabel*>(u"filterStatus"_qs);
    }
    void type(const QString& text)
    {
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    EventLogModel model { client };
    LogFilter filter { client, cursor, model };
    FilterBar bar;
    QLineEdit* edit = nullptr;
    QLabel* status = nullptr;
    bool isOpen = false;
};

} // namespace

class TestFilterBar : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void saysHowManyFit()
    {
        Bench bench(2000);
        QVERIFY(bench.isOpen);
        QVERIFY(bench.status->isHidden());
        QSignalSpy left(&bench.bar, &FilterBar::left);
        bench.type(u"data.n > 500"_qs);
        QTRY_COMPARE(bench.status->text(), u"1,500 of 2,000 match"_qs);
        QVERIFY(!bench.status->isHidden());
        QCOMPARE(left.count(), 1);
        QCOMPARE(bench.model.rowCount(), 1500);
        // An empty log has no use for the keyboard.
        bench.type(u"data.n > 5000"_qs);
        QTRY_COMPARE(bench.status->text(), u"0 of 2,000 match"_qs);
        QCOMPARE(left.count(), 1);
        bench.type(u"data.n > 1999"_qs);
        QTRY_COMPARE(left.count(), 2);
    }

    void appliesWhenTypingRests()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        QTest::keyClicks(bench.edit, u"position == 3"_qs);
        QCOMPARE(bench.filter.expression(), QString());
        QTRY_COMPARE(bench.status->text(), u"1 of 10 match"_qs);
    }

    void faultIsAtTheField()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        const auto ground = bench.edit->palette().color(QPalette::Base);
        QSignalSpy left(&bench.bar, &FilterBar::left);
        bench.type(u"position == "_qs);
        QVERIFY2(bench.status->text().startsWith(u"Column "_qs), qPrintable(bench.status->text()));
        QVERIFY2(!bench.status->text().contains(u": 1:"_qs), qPrintable(bench.status->text()));
        QVERIFY(bench.edit->palette().color(QPalette::Base) != ground);
        QCOMPARE(bench.status->palette().color(QPalette::WindowText),
            coloursOf(bench.bar.palette()).error);
        QCOMPARE(left.count(), 0);
        QCOMPARE(bench.model.rowCount(), 10);

        bench.type(u"position == 3"_qs);
        QTRY_COMPARE(bench.status->text(), u"1 of 10 match"_qs);
        QCOMPARE(bench.edit->palette().color(QPalette::Base), ground);
    }

    void saysWhatCouldNotBeTested()
    {
        Bench bench(100);
        QVERIFY(bench.isOpen);
        bench.type(u"position < 7 || data.amount > 1"_qs);
        QTRY_COMPARE(bench.status->text(),
            u"6 of 100 match; 94 events could not be tested: no such key 'amount' (column 22) "
            "(first at #7)"_qs);
        bench.type(u"data.amount > 1"_qs);
        QTRY_COMPARE(bench.status->text(), u"No event has such a field: is the name right?"_qs);
        QVERIFY2(bench.status->toolTip().contains(u"0 of 100 match; no event has what the "
                                                  "filter asks for (is the name right?); 100 "
                                                  "events could not be tested"_qs),
            qPrintable(bench.status->toolTip()));
    }

    void leavesTheWindowItsKeys()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        int exports = 0;
        QAction action;
        action.setShortcut(Qt::CTRL | Qt::Key_E);
        connect(&action, &QAction::triggered, this, [&exports] { ++exports; });
        action.setParent(&bench.bar);
        bench.bar.addAction(&action);
        bench.bar.activateWindow();
        bench.edit->setFocus();
        QTRY_VERIFY(bench.edit->hasFocus());
        bench.edit->setText(u"type"_qs);
        bench.edit->setCursorPosition(0);
        QTest::keyClick(bench.edit, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(exports, 1);
        // One that is no key of the window's is the field's.
        QTest::keyClick(bench.edit, Qt::Key_End);
        QCOMPARE(bench.edit->cursorPosition(), 4);
    }

    void keepsTheKeysThatWrite()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        int taken = 0;
        QAction action;
        action.setShortcuts({ Qt::Key_Space, Qt::Key_J, Qt::CTRL | Qt::Key_C });
        connect(&action, &QAction::triggered, this, [&taken] { ++taken; });
        action.setParent(&bench.bar);
        bench.bar.addAction(&action);
        bench.bar.activateWindow();
        bench.edit->setFocus();
        QTRY_VERIFY(bench.edit->hasFocus());
        QTest::keyClicks(bench.edit, u"a > j"_qs);
        QTest::keyClick(bench.edit, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(bench.edit->text(), u"a > j"_qs);
        QCOMPARE(taken, 0);
    }

    void faultIsOneLine()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        bench.type(u"type = \"x\""_qs);
        QCOMPARE(bench.status->text(), u"Column 6: to compare, write '=='"_qs);
    }

    void faultThatIsTakenBackIsForgotten()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        bench.type(u"position == 3"_qs);
        QTRY_COMPARE(bench.status->text(), u"1 of 10 match"_qs);
        bench.type(u"position == 3 &&"_qs);
        QVERIFY(bench.status->text().startsWith(u"Column "_qs));
        bench.type(u"position == 3"_qs);
        QCOMPARE(bench.status->text(), u"1 of 10 match"_qs);
    }

    void escapeClears()
    {
        Bench bench(10);
        QVERIFY(bench.isOpen);
        bench.type(u"position == 3"_qs);
        QTRY_COMPARE(bench.model.rowCount(), 1);
        QTest::keyClick(bench.edit, Qt::Key_Escape);
        QCOMPARE(bench.edit->text(), QString());
        QTRY_COMPARE(bench.model.rowCount(), 10);
        QVERIFY(bench.status->isHidden());
        QSignalSpy left(&bench.bar, &FilterBar::left);
        QTest::keyClick(bench.edit, Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
    }

    void wordAtTheCursor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("start");
        QTest::newRow("first") << u"typ"_qs << 0;
        QTest::newRow("after an operator") << u"position>2&&ty"_qs << 12;
        QTest::newRow("path") << u"a == data.to"_qs << 5;
        QTest::newRow("string") << u"type == \"USER_C"_qs << 8;
        QTest::newRow("after a string") << u"\"x\" == ty"_qs << 7;
        QTest::newRow("nothing") << u"type == "_qs << 8;
    }
    void wordAtTheCursor()
    {
        QFETCH(QString, text);
        QFETCH(int, start);
        QCOMPARE(FilterCompleter::wordStart(text, static_cast<int>(text.size())), start);
    }

    void typesAreOffered()
    {
        QLineEdit edit;
        auto* completer = new FilterCompleter(edit);
        completer->setTypes({ u"USER_CREATED"_qs, u"odd\"one"_qs });
        QVERIFY(completer->words().contains(u"\"USER_CREATED\""_qs));
        QVERIFY(completer->words().contains(u"\"odd\\\"one\""_qs));
        QVERIFY(completer->words().contains(u"category"_qs));
    }
};

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
