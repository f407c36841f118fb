#include "log/logcolumns.h"
#include "state/diffloader.h"
#include "state/fieldhistorymodel.h"
#include "state/statecolumns.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "ui/base/jsonview.h"
#include "ui/base/theme.h"
#include "ui/log/logview.h"
#include "ui/state/diffpage.h"
#include "ui/state/historypage.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace eventloupe;

/// Blame, a field's history and states compared, in the real window.
class TestStateTabs : public QObject {
    Q_OBJECT

private:
    static QList<SampleEvent> log()
    {
        return { { u"user-1"_qs, u"MADE"_qs, R"({"name":"Ada","mail":"a","city":{"zip":1}})" },
            { u"user-2"_qs, u"MADE"_qs, R"({"name":"Bob"})" },
            { u"user-1"_qs, u"MAILED"_qs, R"({"mail":"b"})" },
            { u"user-1"_qs, u"MOVED"_qs, R"({"city":{"zip":2}})" } };
    }

    struct Bench : WindowBench {
        explicit Bench(const SampleStore& sample)
        {
            isOpen = open(sample.location());
            tree = find<QTreeView>("stateView");
            panel = find<StatePanel>("statePanel");
        }
        bool showsVersion(int version)
        {
            return QTest::qWaitFor([&] {
                return workbench().parts().state.view()->version == version
                    && !workbench().parts().frame.isBehind();
            });
        }
        QModelIndex field(const QString& name)
        {
            for (int row = 0; row < tree->model()->rowCount(); ++row)
                if (tree->model()->index(row, 0).data().toString() == name)
                    return tree->model()->index(row, 0);
            return {};
        }
        QAction* action(const QString& text)
        {
            for (auto* action : window().findChildren<QAction*>())
                if (action->text().remove(u'&') == text)
                    return action;
            return nullptr;
        }
        void choose(const QString& text)
        {
            auto* chosen = action(text);
            QVERIFY2(chosen, qPrintable(text));
            chosen->trigger();
        }
        QStringList rowsOf(const char* view)
        {
            auto* model = find<QTreeView>(view)->model();
            QStringList rows;
            for (int row = 0; row < model->rowCount(); ++row) {
                QStringList cells;
                for (int column = 0; column < 3; ++column)
                    cells.append(model->index(row, column).data().toString());
                rows.append(cells.join(u" | "_qs));
            }
            return rows;
        }
        QTreeView* tree = nullptr;
        StatePanel* panel = nullptr;
        bool isOpen = false;
    };

    static QStringList textsOf(const QMenu& menu)
    {
        QStringList texts;
        for (const auto* action : menu.actions())
            texts.append(action->text());
        return texts;
    }

private slots:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void goesToWhatSetAField()
    {
        const SampleStore sample(log());
        Bench bench(sample);
        QVERIFY(bench.isOpen && bench.showsVersion(3));
        const auto mail = bench.field(u"mail"_qs);
        const auto setter = mail.siblingAtColumn(int(StateColumn::SetBy));
        QCOMPARE(setter.data().toString(), u"v2 MAILED"_qs);
        QVERIFY2(setter.data(Qt::ToolTipRole).toString().contains(u"Event #3"_qs),
            qPrintable(setter.data(Qt::ToolTipRole).toString()));
        bench.tree->scrollTo(setter);
        QTest::mouseClick(bench.tree->viewport(), Qt::LeftButton, {},
            bench.tree->visualRect(setter).center());
        QVERIFY(bench.showsVersion(2));
        QCOMPARE(bench.cursor().position(), 3);
        // By key, from the row that is selected.
        bench.tree->setCurrentIndex(bench.field(u"name"_qs));
        bench.choose(u"Go to the Event That Set the Field"_qs);
        QVERIFY(bench.showsVersion(1));
        QCOMPARE(bench.cursor().position(), 1);
    }

    void showsAFieldsHistory()
    {
        const SampleStore sample(log());
        Bench bench(sample);
        QVERIFY(bench.isOpen && bench.showsVersion(3));
        bench.tree->setCurrentIndex(bench.field(u"mail"_qs));
        bench.choose(u"History of the Field"_qs);
        auto* view = bench.find<QTreeView>("historyView");
        QTRY_COMPARE(view->model()->rowCount(), 2);
        QCOMPARE(bench.find<QLabel>("historyCaption")->text(), u"/mail of user-1"_qs);
        QCOMPARE(view->model()->index(0, int(HistoryColumn::After)).data().toString(), u"● b"_qs);
        QVERIFY(view->isVisible());
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
            view->visualRect(view->model()->index(1, 0)).center());
        QVERIFY(bench.showsVersion(1));
        QCOMPARE(view->model()->rowCount(), 2);
        QVERIFY(view->model()->index(1, 0).data(HistoryIsCurrentRole).toBool());
        QVERIFY(view->model()->index(1, 0).data(Qt::FontRole).value<QFont>().bold());
    }

    void comparesStates()
    {
        const SampleStore sample(log());
        Bench bench(sample);
        QVERIFY(bench.isOpen && bench.showsVersion(3));
        bench.choose(u"Differences"_qs);
        QTRY_COMPARE(bench.rowsOf("diffView"),
            (QStringList { u"city | {zip: 2} | … changed inside"_qs, u"… 2 unchanged |  | "_qs }));
        QCOMPARE(bench.find<QLabel>("diffCaption")->text(), u"from v2 to v3"_qs);
        auto* view = bench.find<QTreeView>("diffView");
        QVERIFY(view->isVisible() && view->isExpanded(view->model()->index(0, 0)));
        bench.cursor().moveTo(1);
        QVERIFY(bench.showsVersion(1));
        bench.choose(u"Pin This Point to Compare With"_qs);
        bench.cursor().moveTo(4);
        QTRY_COMPARE(bench.find<QLabel>("diffCaption")->text(), u"from v1 to v3"_qs);
        QCOMPARE(bench.find<QComboBox>("comparisonChoice")->currentText(), u"Pinned point #1"_qs);
        QCOMPARE(bench.rowsOf("diffView").size(), 3);
        bench.choose(u"Compare with the Head"_qs);
        QTRY_COMPARE(
            bench.find<QLabel>("diffNothing")->text(), u"No difference from v3 to v3."_qs);
        bench.choose(u"Compare with the Previous Event"_qs);
        QTRY_COMPARE(bench.find<QLabel>("diffCaption")->text(), u"from v2 to v3"_qs);
    }

    void copiesTheDifference()
    {
        const SampleStore sample(log());
        Bench bench(sample);
        QVERIFY(bench.isOpen && bench.showsVersion(3));
        bench.choose(u"Differences"_qs);
        QTRY_COMPARE(bench.find<QLabel>("diffCaption")->text(), u"from v2 to v3"_qs);
        const auto* page = bench.panel->findChild<DiffPage*>();
        QCOMPARE(page->textAs(DiffPage::Format::Patch).simplified().remove(u' '),
            uR"([{"op":"replace","path":"/city/zip","value":2}])"_qs);
        QVERIFY(page->textAs(DiffPage::Format::Json).contains(u"\"old\": 1"_qs));
        bench.choose(u"Copy as Markdown"_qs);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
            u"**user-1**\n\n| | field | v2 | v3 |\n| --- | --- | --- | --- |\n"
            "| ● | `/city/zip` | `1` | `2` |\n"_qs);
        for (auto* button : page->findChildren<QToolButton*>())
            if (button->isCheckable())
                button->click();
        QTRY_VERIFY(page->findChild<JsonView*>()->json().contains("/city/zip"));
        QVERIFY(page->findChild<JsonView*>()->isVisible());
    }

    void offersAllInContextMenus()
    {
        const SampleStore sample(log());
        Bench bench(sample);
        QVERIFY(bench.isOpen && bench.showsVersion(3));
        QMenu field;
        emit bench.panel->menuOpening(field, "/mail");
        QVERIFY(textsOf(field).contains(u"Go to the Event That Set This"_qs));
        QVERIFY(textsOf(field).contains(u"History of This Field"_qs));
        QMenu event;
        Event second;
        second.position = 2;
        second.stream = u"user-2"_qs;
        emit bench.find<LogView>("logView")->menuOpening(event, second);
        QVERIFY(textsOf(event).contains(u"Compare the State with the One at This Event"_qs));
        for (auto* action : event.actions())
            if (action->text() == u"Compare with user-2 at This Event"_qs)
                action->trigger();
        QTRY_COMPARE(bench.find<QLabel>("diffCaption")->text(), u"from user-2 v1 to v3"_qs);
        QMenu stream;
        auto* streams = bench.window().findChild<StreamListView*>();
        emit streams->menuOpening(stream, u"user-2"_qs);
        QVERIFY(textsOf(stream).contains(u"Compare the State with This Stream's"_qs));
    }

    void showsWhatIsNotThere()
    {
        const SampleStore sample;
        Bench bench(sample);
        QVERIFY(bench.isOpen);
        bench.choose(u"Differences"_qs);
        bench.choose(u"History of the Field"_qs);
        bench.choose(u"Go to the Event That Set the Field"_qs);
        QVERIFY(!bench.find<QTreeView>("historyView")->isVisible());
    }
};

QTEST_MAIN(TestStateTabs)
#include "tst_statetabs.moc"
