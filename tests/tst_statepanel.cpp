#include "state/stateloader.h"
#include "state/statemodel.h"
#include "state/streamlistmodel.h"
#include "support/samplestore.h"
#include "support/workspacefolder.h"
#include "time/timecursor.h"
#include "ui/base/jsonview.h"
#include "ui/base/theme.h"
#include "ui/log/windowtable.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace eventloupe;

namespace {

QList<SampleEvent> twoUsers()
{
    return {
        { u"user-1"_qs, u"USER_CREATED"_qs, R"({"name":"Ada","email":"a@x.org"})" },
        { u"user-2"_qs, u"USER_CREATED"_qs, R"({"name":"Bob"})" },
        { u"user-1"_qs, u"EMAIL_CHANGED"_qs, R"({"email":"ada@x.org","phone":"1"})" },
        { u"user-1"_qs, u"PHONE_REMOVED"_qs, R"({"phone":null})" },
    };
}

struct Bench {
    explicit Bench(const QList<SampleEvent>& events)
        : sample(events)
        , panel(loader, subject, cursor)
        , list(streams, subject, cursor, frame)
    {
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        for (QWidget* widget : std::initializer_list<QWidget*> { &panel, &list }) {
            widget->resize(420, 400);
            widget->show();
            isOpen = isOpen && QTest::qWaitForWindowExposed(widget);
        }
    }
    [[nodiscard]] QString title() const
    {
        return panel.findChild<QLabel*>(u"stateTitle"_qs)->text();
    }
    /// The tree's rows as text, and "-" where none is shown.
    [[nodiscard]] QStringList rows() const
    {
        const auto* tree = panel.findChild<QTreeView*>(u"stateView"_qs);
        QStringList lines;
        for (int row = 0; tree->isVisible() && row < tree->model()->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < tree->model()->columnCount(); ++column)
                cells.append(tree->model()->index(row, column).data().toString());
            lines.append(cells.join(u" | "_qs).trimmed());
        }
        return lines;
    }
    [[nodiscard]] WindowTable* table() const { return &list.table(); }
    [[nodiscard]] QStringList streamRows() const
    {
        QStringList lines;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            lines.append(table()->model()->index(row, 0).data().toString().trimmed() + u' '
                + table()->model()->index(row, 1).data().toString());
        return lines;
    }
    void clickStream(int row)
    {
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
            table()->visualRect(table()->model()->index(row, 0)).center());
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    Subject subject { client, frame };
    StateLoader loader { client, frame, subject };
    StreamListModel streams { client, frame };
    StatePanel panel;
    StreamListView list;
    bool isOpen = false;
};

} // namespace

class TestStatePanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void showsWhatChanged()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        bench.cursor.moveTo(3);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 2"_qs);
        QCOMPARE(bench.rows(),
            (QStringList { u"name | Ada |  | v1 USER_CREATED"_qs,
                u"email | ada@x.org | ● was a@x.org | v2 EMAIL_CHANGED"_qs,
                u"phone | 1 | + added | v2 EMAIL_CHANGED"_qs }));
        bench.cursor.moveTo(4);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 3"_qs);
        QVERIFY2(bench.rows().last().endsWith(u"− removed | v3 PHONE_REMOVED"_qs),
            qPrintable(bench.rows().last()));
    }

    void followsOrStaysPinned()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        auto* pin = bench.panel.findChild<QToolButton*>(u"pinButton"_qs);
        bench.cursor.moveTo(2);
        QTRY_COMPARE(bench.title(), u"State of user-2 at version 1"_qs);
        QCOMPARE(pin->text(), u"Following"_qs);
        QTest::mouseClick(pin, Qt::LeftButton);
        QCOMPARE(pin->text(), u"Pinned"_qs);
        bench.cursor.moveTo(1);
        QTRY_COMPARE(bench.title(), u"user-2 does not exist yet at #1"_qs);
        QVERIFY(bench.rows().isEmpty());
        QTest::mouseClick(pin, Qt::LeftButton);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 1"_qs);
    }

    void restsWhileItIsHidden()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 3"_qs);
        bench.panel.hide();
        bench.cursor.moveTo(2);
        QTRY_COMPARE(bench.frame.position(), 2);
        QCOMPARE(bench.loader.view()->stream, u"user-2"_qs);
        QCOMPARE(bench.title(), u"State of user-1 at version 3"_qs);
        bench.panel.setVisible(true);
        QCOMPARE(bench.title(), u"State of user-2 at version 1"_qs);
        QCOMPARE(bench.rows().size(), 1);
    }

    void saysHowFarAFoldIs()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 3"_qs);
        const auto says = [&](const QString& text) {
            const auto labels = bench.panel.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
                return label->isVisible() && label->text().contains(text);
            });
        };
        auto view = std::make_shared<StateView>();
        view->stream = u"user-9"_qs;
        view->position = 4;
        view->version = 200'000;
        view->foldedTo = 120'000;
        emit bench.loader.stateChanged(view);
        QCOMPARE(bench.title(), u"State of user-9 at version 200,000"_qs);
        QVERIFY(says(u"Folding 120,000 of 200,000 events…"_qs));
        QVERIFY(bench.rows().isEmpty());
        QVERIFY(!says(u"last event"_qs));

        view = std::make_shared<StateView>();
        view->stream = u"user-9"_qs;
        view->position = 4;
        view->unreadable = u"the page is <b>damaged</b>"_qs;
        emit bench.loader.stateChanged(view);
        QCOMPARE(bench.title(), u"State of user-9 at #4"_qs);
        QVERIFY(says(u"The state could not be read: the page is <b>damaged</b>"_qs));
    }

    void saysWhatToDoWhereThereIsNothing()
    {
        Bench bench({});
        QVERIFY(bench.isOpen);
        QCOMPARE(bench.title(), u"State"_qs);
        const auto labels = bench.panel.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(u"Issue a command"_qs);
        }));
    }

    void saysWhichEventItsAggregateLeavesOut()
    {
        WorkspaceFolder folder;
        folder.write(u"aggregates/user.json"_qs,
            R"({"category":"user","events":["USER_CREATED","PHONE_REMOVED"]})");
        folder.write(
            u"events/PHONE_REMOVED.json"_qs, R"({"type":"PHONE_REMOVED","was":["PHONE_GONE"]})");
        auto events = twoUsers();
        events.append({ u"user-1"_qs, u"PHONE_GONE"_qs, "{}" });
        events.append({ u"user-3"_qs, u"<b>X</b>"_qs, R"({"name":"a"})" });
        Bench bench(events);
        QVERIFY(bench.isOpen);
        const auto workspace = folder.load();
        QVERIFY(workspace);
        bench.loader.setWorkspace(workspace);
        auto* note = bench.panel.findChild<QLabel*>(u"stateUnchanged"_qs);
        bench.cursor.moveTo(3);
        QTRY_VERIFY(note->isVisible());
        QCOMPARE(note->text(),
            u"EMAIL_CHANGED is not among the events of the aggregate user, so it leaves the state "
            "as it is."_qs);
        QVERIFY(!bench.rows().isEmpty());
        bench.cursor.moveTo(4);
        QTRY_VERIFY(!note->isVisible());
        bench.cursor.moveTo(5); // An older name of one that is.
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 4"_qs);
        QVERIFY(!note->isVisible());
        bench.cursor.moveTo(6);
        QTRY_VERIFY(note->isVisible());
        QVERIFY(note->text().startsWith(u"<b>X</b> is not among"_qs));
        QCOMPARE(note->textFormat(), Qt::PlainText);
        QVERIFY(bench.rows().isEmpty());
    }

    void jsonIsTheWholeState()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        bench.cursor.moveTo(1);
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 1"_qs);
        bench.panel.findChild<QTabWidget*>()->setCurrentIndex(1);
        QCOMPARE(bench.panel.findChild<JsonView*>()->toPlainText(),
            u"{\n  \"name\": \"Ada\",\n  \"email\": \"a@x.org\"\n}"_qs);
    }

    void streamsAreThoseOfTheCursor()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        QTRY_COMPARE(
            bench.streamRows(), (QStringList { u"▾ user 2"_qs, u"user-1 v3"_qs, u"user-2 v1"_qs }));
        QCOMPARE(bench.list.title(), u"Streams at #4"_qs);
        bench.cursor.moveTo(1);
        QTRY_COMPARE(bench.streamRows(), (QStringList { u"▾ user 1"_qs, u"user-1 v1"_qs }));
    }

    void clickPinsAStreamAndTogglesACategory()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        QTRY_COMPARE(bench.streamRows().value(2), u"user-2 v1"_qs);
        bench.clickStream(2);
        QVERIFY(bench.subject.isPinned());
        QCOMPARE(bench.subject.stream(), u"user-2"_qs);
        QTRY_COMPARE(bench.title(), u"State of user-2 at version 1"_qs);
        bench.clickStream(0);
        QTRY_COMPARE(bench.streamRows(), (QStringList { u"▸ user 2"_qs }));
        bench.clickStream(0);
        QTRY_COMPARE(bench.streamRows().size(), 3);
    }

    void searchFindsStreams()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        auto* search = bench.list.findChild<QLineEdit*>(u"streamSearch"_qs);
        QTest::keyClicks(search, u"r-2"_qs);
        QTRY_COMPARE(bench.streamRows(), (QStringList { u"user-2 v1"_qs }));
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_COMPARE(bench.streamRows().size(), 3);
    }

    void decorationsAreModels()
    {
        Bench bench(twoUsers());
        QVERIFY(bench.isOpen);
        QAbstractItemModelTester tree(bench.panel.findChild<QTreeView*>(u"stateView"_qs)->model(),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester list(
            bench.table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const Position position : { 1, 4, 2, 3, 0, 4 }) {
            bench.cursor.moveTo(position);
            QTest::qWait(20);
        }
        QTRY_COMPARE(bench.title(), u"State of user-1 at version 3"_qs);
    }

    void largeJsonIsLaidOutAside()
    {
        JsonView view;
        QByteArray large("[");
        for (int i = 0; i < 20000; ++i)
            large += "12345,";
        large += "1]";
        view.setJson(large);
        QVERIFY(view.toPlainText().startsWith(u"Laying out"_qs));
        QTRY_VERIFY(view.toPlainText().startsWith(u"[\n  12345,"_qs));
        view.setJson("{}");
        QCOMPARE(view.toPlainText(), u"{}"_qs);
        QCOMPARE(view.json(), QByteArray("{}"));
    }
};

QTEST_MAIN(TestStatePanel)
#include "tst_statepanel.moc"
