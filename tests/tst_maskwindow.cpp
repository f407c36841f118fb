#include "support/windowbench.h"

#include "branch/branchsession.h"
#include "command/commandhandler.h"
#include "domain/projection.h"
#include "log/eventlogmodel.h"
#include "log/logcolumns.h"
#include "mask/masked.h"
#include "store/openstore.h"
#include "store/storeclient.h"
#include "state/comparison.h"
#include "state/stateloader.h"
#include "state/subject.h"
#include "time/timecursor.h"
#include "ui/branch/stateside.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/log/filterbar.h"
#include "ui/plot/plotpanel.h"
#include "ui/state/diffpage.h"
#include "ui/state/statepanel.h"
#include "value/json.h"
#include "value/workpool.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>
#include <QTextEdit>

// The whole window over a log whose masked values are known again: nowhere is one of them. The same
// walk without masks finds them, so it looks where they would be.

using namespace eventloupe;

namespace {

QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

void write(const QString& path, const QByteArray& text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

void append(EventStore& store, const QString& stream, const char* type, const char* data,
    const char* metadata = "{}")
{
    const NewEvent event { QString::fromLatin1(type), json(data), json(metadata),
        Timestamp::now(), {} };
    const auto done = store.append({ stream, ExpectedVersion::any(), { event } });
    if (!done)
        qFatal("cannot append: %s", qPrintable(done.error().message));
}

void makeWorkspace(const QString& folder, bool isMasked)
{
    write(folder + u"/workspace.json"_qs,
        isMasked ? json("{'masks':[{'type':'CREATED','pointers':['/email','/people/-/name'],"
                        "'metadata':['/ip']},{'category':'order','pointers':['/card']}]}")
                 : "{}");
    write(folder + u"/events/CREATED.json"_qs,
        json("{'evolve':{'/mail':'data.email','/name':'data.name','/people':'data.people',"
             "'/age':'data.age','/copy':'data.email + data.name'}}"));
    write(folder + u"/events/BROKEN.json"_qs, json("{'evolve':{'/x':'int(state.mail)'}}"));
    write(folder + u"/aggregates/user.json"_qs,
        json("{'headline':['/mail'],'events':['CREATED','BROKEN']}"));
    write(folder + u"/commands/GREET.json"_qs,
        json("{'stream':'user-1','require':[{'that':'!exists','message':'{state.mail} is there'}],"
             "'emit':[{'type':'GREETED','data':{'to':'state.mail'}}]}"));
    write(folder + u"/projections/mails.json"_qs,
        json("{'key':'data.email','columns':[{'name':'mail'},{'name':'people'}],"
             "'evolve':{'CREATED':{'/mail':'data.email','/people':'data.people'}}}"));
    const auto store = openStore(folder + u"/events.eventlog"_qs, OpenMode::Create);
    if (!store)
        qFatal("no store");
    append(**store, u"user-1"_qs, "CREATED",
        "{'email':'SECRET-1','name':'Ada','age':3,'people':[{'name':'SECRET-2'}]}",
        "{'ip':'SECRET-3','correlationId':'c1','causationId':'c0'}");
    append(**store, u"order-1"_qs, "PAID", "{'card':'SECRET-4','sum':5}",
        "{'correlationId':'c1'}");
    append(**store, u"user-1"_qs, "BROKEN", "{}");
    append(**store, u"user-1"_qs, "CREATED",
        "{'email':'SECRET-5','name':'Eve','age':4,'people':[{'name':'SECRET-6'}]}",
        "{'ip':'SECRET-7','correlationId':'c1'}");
}

/// All that a model says of an item, by any role that it may have.
void addModel(QStringList& texts, const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    constexpr int mostRows = 200;
    const int rows = std::min(model.rowCount(parent), mostRows);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (int role = 0; role < 32; ++role)
                texts.append(model.data(index, role).toString());
            for (int role = Qt::UserRole; role < Qt::UserRole + 64; ++role) {
                const QVariant value = model.data(index, role);
                texts.append(value.toString());
                if (value.canConvert<Event>()) {
                    const auto event = value.value<Event>();
                    texts << QString::fromUtf8(event.data) << QString::fromUtf8(event.metadata);
                }
            }
        }
        if (const QModelIndex first = model.index(row, 0, parent); model.hasChildren(first))
            addModel(texts, model, first);
    }
}

void addMenu(QStringList& texts, const QMenu& menu)
{
    for (const QAction* action : menu.actions()) {
        texts << action->text() << action->toolTip() << action->statusTip();
        if (action->menu())
            addMenu(texts, *action->menu());
    }
}

/// All texts of all widgets there are.
QString everything()
{
    QStringList texts;
    for (QWidget* widget : QApplication::allWidgets()) {
        texts << widget->toolTip() << widget->statusTip() << widget->whatsThis()
              << widget->accessibleName() << widget->accessibleDescription()
              << widget->windowTitle();
        for (const char* name : { "text", "title", "plainText", "placeholderText" })
            texts << widget->property(name).toString();
        if (const auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->model())
            addModel(texts, *view->model());
        if (const auto* box = qobject_cast<QComboBox*>(widget))
            addModel(texts, *box->model());
        if (const auto* menu = qobject_cast<QMenu*>(widget))
            addMenu(texts, *menu);
        if (const auto* tabs = qobject_cast<QTabWidget*>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                texts << tabs->tabText(i) << tabs->tabToolTip(i);
    }
    for (const QObject* model : qApp->findChildren<QAbstractItemModel*>())
        addModel(texts, *qobject_cast<const QAbstractItemModel*>(model));
    texts << QApplication::clipboard()->text();
    return texts.join(u'\n');
}

/// Until what was asked for is answered, however slow the machine is: a value that is not shown yet
/// is not looked for in vain.
void settle(WindowBench& bench)
{
    constexpr int longest = 1000; ///< Milliseconds.
    const StoreClient& client = bench.workbench().parts().client;
    QTest::qWait(100);
    (void)QTest::qWaitFor(
        [&client] {
            qsizetype jobs = workPool().activeThreadCount();
            for (const auto lane : { StoreClient::Lane::Interactive, StoreClient::Lane::Background,
                     StoreClient::Lane::Scan })
                jobs += client.jobCount(lane);
            return jobs == 0;
        },
        longest);
    QTest::qWait(50);
}

} // namespace

class TestMaskWindow : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// Walks the window; what it said at each step.
    QString walk(WindowBench& bench)
    {
        QString said;
        const auto look = [&] {
            settle(bench);
            said += everything();
        };
        MainWindow& window = bench.window();
        for (QDockWidget* dock : window.findChildren<QDockWidget*>())
            dock->show();
        WindowParts parts = bench.workbench().parts();
        addAll(said, bench, parts.log);
        for (Position position = 1; position <= 4; ++position) {
            bench.cursor().moveTo(position);
            look();
            for (QTabWidget* tabs : window.findChildren<QTabWidget*>()) {
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    look();
                }
            }
            copyAll(window);
            look();
        }
        addAll(said, bench, parts.log);
        return said;
    }

    static void addAll(QString& said, WindowBench& bench, const QAbstractItemModel& model)
    {
        QStringList texts;
        addModel(texts, model);
        settle(bench);
        addModel(texts, model);
        said += texts.join(u'\n');
    }

    /// Selects all in each view and copies it.
    static void copyAll(MainWindow& window)
    {
        for (QAbstractItemView* view : window.findChildren<QAbstractItemView*>()) {
            if (!view->isVisible())
                continue;
            view->setFocus();
            view->selectAll();
            QTest::keySequence(view, QKeySequence::Copy);
        }
        for (QPlainTextEdit* text : window.findChildren<QPlainTextEdit*>()) {
            text->selectAll();
            text->copy();
        }
    }

private slots:
    void initTestCase()
    {
        makeWorkspace(m_folder.filePath(u"open"_qs), false);
        makeWorkspace(m_folder.filePath(u"hidden"_qs), true);
    }

    void showsNoMaskedValue()
    {
        WindowBench bench;
        QVERIFY(bench.open(m_folder.filePath(u"hidden"_qs)));
        const QString said = walk(bench);
        const auto at = said.indexOf(u"SECRET-"_qs);
        QVERIFY2(at < 0, qPrintable(said.mid(std::max<qsizetype>(0, at - 300), 600)));
        QVERIFY(said.contains(maskSignText()));
        auto* badge = bench.find<QWidget>("statusMasks");
        QVERIFY(badge->isVisible());
        QVERIFY(badge->property("text").toString().contains(u"4 masks"_qs));
        QVERIFY(badge->toolTip().contains(u"workspace.json, line 1"_qs));
    }

    void showsThemWithoutMasks()
    {
        WindowBench bench;
        QVERIFY(bench.open(m_folder.filePath(u"open"_qs)));
        const QString said = walk(bench);
        for (int i = 1; i <= 7; ++i)
            QVERIFY2(said.contains(u"SECRET-%1"_qs.arg(i)), qPrintable(QString::number(i)));
        QVERIFY(!bench.find<QWidget>("statusMasks")->isVisible());
    }

    /// Where a masked value is asked for, the answer says that it is one.
    void saysWhyThereIsNothing()
    {
        WindowBench bench;
        QVERIFY(bench.open(m_folder.filePath(u"hidden"_qs)));
        auto* status = bench.find<QLabel>("filterStatus");
        auto* filter = bench.window().findChild<FilterBar*>();
        filter->apply(u"data.name == 'Ada'"_qs);
        QTRY_VERIFY(status->text().contains(u"match"_qs));
        QVERIFY(!status->text().contains(u"masked"_qs));
        filter->apply(u"data.email == 'SECRET-1'"_qs);
        QTRY_VERIFY(status->text().contains(u"data.email is masked"_qs));
        auto* plot = bench.find<PlotPanel>("plotPanel");
        plot->add({ u"user-1"_qs, "/mail", {} });
        const auto told = [&bench] { return bench.find<QLabel>("plotTold")->toolTip(); };
        QTRY_VERIFY_WITH_TIMEOUT(
            told().contains(u"/mail is masked by the workspace"_qs), WindowBench::patience);
        // Where nothing would be told, nothing is offered.
        const auto watch = [&bench](const char* pointer) {
            QMenu menu;
            emit bench.window().findChild<StatePanel*>()->menuOpening(menu, pointer);
            for (const auto* action : menu.actions()) {
                if (action->text().remove(u'&') == u"Watch This Field"_qs)
                    return std::pair(action->isEnabled(), action->toolTip());
            }
            return std::pair(false, QString());
        };
        bench.cursor().moveTo(1);
        QTRY_COMPARE(bench.workbench().parts().state.view()->stream, u"user-1"_qs);
        QVERIFY(watch("/name").first);
        QVERIFY(!watch("/mail").first);
        QVERIFY(!watch("/people").first); // Something in it is masked.
        QVERIFY2(watch("/mail").second.contains(u"masks this field"_qs),
            qPrintable(watch("/mail").second));
        bench.window().findChild<ExchangeController*>()->exportLog({});
        QVERIFY(bench.find<QLabel>("exportMasked")->isVisible());
        bench.find<QDialog>("exportDialog")->reject();
    }

    /// What is masked may differ, so nothing is said of it.
    void doesNotDenyDifferences()
    {
        WindowBench bench;
        QVERIFY(bench.open(m_folder.filePath(u"hidden"_qs)));
        auto* nothing = bench.find<QLabel>("diffNothing");
        auto* caption = bench.find<QLabel>("diffCaption");
        auto* page = bench.window().findChild<DiffPage*>();
        auto* tabs = bench.window().findChild<StatePanel*>();
        tabs->tabs().setCurrentWidget(page);
        bench.cursor().moveTo(3);
        QTRY_COMPARE_WITH_TIMEOUT(nothing->text(),
            u"Nothing that is shown differs from v1 to v2; 3 masked fields are not compared."_qs,
            WindowBench::patience);
        bench.cursor().moveTo(4);
        QTRY_COMPARE(
            caption->text(), u"from v2 to v3; 3 masked fields are not compared"_qs);
        QVERIFY(page->textAs(DiffPage::Format::Markdown)
                    .endsWith(u"\n3 masked fields are not compared.\n"_qs));
        // The same state is the same.
        page->compareWith(compareWithHead());
        QTRY_COMPARE(nothing->text(), u"No difference from v3 to v3."_qs);
        StateSides sides;
        BothStates states;
        const QByteArray masked = "{\"a\":\"" + maskSignText().toUtf8() + "\",\"b\":1}";
        states.main.value = states.branch.value = *parseJson(viewOf(masked));
        sides.showStates(u"s"_qs, states);
        QCOMPARE(sides.findChild<QLabel*>(u"differingFields"_qs)->text(),
            u"s: Nothing that is shown differs; 1 masked field is not compared."_qs);
        states.branch.value = *parseJson("{\"b\":1}");
        states.main.value = states.branch.value;
        sides.showStates(u"s"_qs, states);
        QCOMPARE(sides.findChild<QLabel*>(u"differingFields"_qs)->text(),
            u"s: The states are the same."_qs);
    }

    void masksWhileItIsOpen()
    {
        const QString folder = m_folder.filePath(u"changing"_qs);
        makeWorkspace(folder, false);
        WindowBench bench;
        QVERIFY(bench.open(folder));
        QVERIFY(QTest::qWaitFor(
            [] { return everything().contains(u"SECRET-5"_qs); }, WindowBench::patience));
        write(folder + u"/workspace.json"_qs,
            json("{'masks':[{'type':'CREATED','pointers':['/email','/people'],"
                 "'metadata':['/ip']}]}"));
        emit bench.window().reloadAsked();
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QWidget>("statusMasks")->isVisible(), 10000);
        QApplication::clipboard()->clear();
        QString left;
        const bool isGone = QTest::qWaitFor(
            [&left] { return !(left = everything()).contains(u"SECRET-5"_qs); },
            WindowBench::patience);
        const auto at = left.indexOf(u"SECRET-5"_qs);
        QVERIFY2(isGone, qPrintable(left.mid(std::max<qsizetype>(0, at - 300), 600).simplified()));
        // What is broken now leaves the last good text in use.
        write(folder + u"/workspace.json"_qs, json("{'masks':[{'type':'CREATED'}]}"));
        emit bench.window().reloadAsked();
        settle(bench);
        settle(bench);
        QVERIFY(!everything().contains(u"SECRET-5"_qs));
    }

    void keepsMaskedValuesOnABranch()
    {
        WindowBench bench;
        QVERIFY(bench.open(m_folder.filePath(u"hidden"_qs)));
        settle(bench);
        WindowParts parts = bench.workbench().parts();
        const QByteArray edited
            = "{\"email\":\"" + maskSignText().toUtf8() + "\",\"name\":\"Zoe\",\"people\":[]}";
        parts.branch.change(1,
            { u"user-1"_qs, { u"CREATED"_qs, edited, "{}", Timestamp::now(), {} } });
        QTRY_VERIFY_WITH_TIMEOUT(parts.branch.isActive(), 10000);
        const auto edits = parts.branch.branch().edits();
        QCOMPARE(edits.size(), 1);
        QVERIFY(edits.first().events.first().event.data.contains("SECRET-1"));
        settle(bench);
        QVERIFY(!everything().contains(u"SECRET-"_qs));
    }
};

QTEST_MAIN(TestMaskWindow)
#include "tst_maskwindow.moc"
