#include "branch/branchsession.h"
#include "command/commandhandler.h"
#include "projection/projectionmodel.h"
#include "state/subject.h"
#include "support/markupbench.h"
#include "time/marks.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/command/commandpanel.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/definitiontabs.h"
#include "ui/domain/domainpanel.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/log/filterbar.h"
#include "ui/log/logview.h"
#include "ui/plot/plotpanel.h"
#include "ui/time/timelineslider.h"
#include "ui/watch/watchpanel.h"

#include <QAction>
#include <QCompleter>
#include <QDockWidget>
#include <QHeaderView>
#include <QHelpEvent>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QTextDocument>
#include <QTimer>
#include <QToolTip>

#include <memory>

using namespace eventloupe;

class tst_Markup : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MarkupBench> m_bench;

    /// What a test of a part ends with.
    void verifyPlain(const QStringList& windows = {})
    {
        auto& bench = *m_bench;
        bench.settle();
        for (const auto& name : windows)
            QVERIFY2(bench.seesWindow(name),
                qPrintable(name + u" was not seen, but "_qs + bench.walk.windows().join(u' ')));
        for (const auto& fault : bench.walk.faults())
            qWarning().noquote() << fault;
        QCOMPARE(bench.walk.faults().size(), 0);
        QCOMPARE(bench.outside.asked, 0);
        QCOMPARE(bench.outside.opened, 0);
    }

private slots:
    void init() { m_bench = std::make_unique<MarkupBench>(); }
    void cleanup() { m_bench.reset(); }

    void theWalkFindsWhatIsWrong()
    {
        QLabel label(u"<img src=x>"_qs);
        QPushButton button(u"a&b"_qs);
        button.setToolTip(u"<a href=\"x\">x</a>"_qs);
        QLabel hidden(QStringLiteral("x\u202Ey"));
        QListWidget list;
        list.addItem(u"x"_qs);
        list.item(0)->setToolTip(u"<img src=x>"_qs);
        list.show();
        QWidget title;
        title.setWindowTitle(u"x[*]"_qs);
        TextWalk walk;
        walk.look();
        const auto all = walk.faults().join(u'\n');
        for (const auto& part : { u"label of rich text"_qs, u"button with a key by accident"_qs,
                 u"tool tip link to x"_qs, u"label with U+202e"_qs,
                 u"tool tip of a cell picture of x"_qs, u"place holder in the title"_qs })
            QVERIFY2(all.contains(part), qPrintable(part + u'\n' + all));
        m_bench->walk = walk = {};
    }

    void panels()
    {
        auto& bench = *m_bench;
        for (auto* dock : bench.window().findChildren<QDockWidget*>()) {
            if (!dock->isVisible())
                dock->toggleViewAction()->trigger();
            dock->raise();
            bench.settle(100);
        }
        auto parts = bench.workbench().parts();
        parts.subject.pin(bench.store.stream(4));
        for (const Position position : { 3, 5, 12 }) {
            bench.cursor().moveTo(position);
            bench.settle();
        }
        for (auto* tabs : bench.window().findChildren<QTabWidget*>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                bench.settle(100);
            }
        }
        // What the store is of was shown, not only looked past.
        for (const auto& word : { u"Type<img"_qs, u"cat<img"_qs, u"value<img"_qs, u"Name<img"_qs,
                 u"Projection<img"_qs, u"Column<img"_qs, u"Command<img"_qs, u"run<img"_qs })
            QVERIFY2(bench.sees(word), qPrintable(word));
        verifyPlain();
    }

    void menusAndDialogs()
    {
        auto& bench = *m_bench;
        bench.cursor().moveTo(7);
        bench.settle();
        for (auto* entry : bench.window().menuBar()->actions())
            bench.triggerAll(*entry->menu());
        verifyPlain({ u"exportDialog"_qs, u"examplesDialog"_qs, u"diagnosticsDialog"_qs,
            u"serverDialog"_qs, u"shortcutsDialog"_qs });
        QVERIFY(bench.sees(u"Example<img"_qs));
    }

    void contextMenus()
    {
        auto& bench = *m_bench;
        bench.cursor().moveTo(9);
        for (auto* dock : bench.window().findChildren<QDockWidget*>())
            if (!dock->isVisible())
                dock->toggleViewAction()->trigger();
        bench.settle();
        for (auto* view : bench.window().findChildren<QAbstractItemView*>()) {
            if (qobject_cast<QHeaderView*>(view))
                continue;
            for (auto* dock = view->parentWidget(); dock; dock = dock->parentWidget())
                if (auto* found = qobject_cast<QDockWidget*>(dock))
                    found->raise();
            bench.openMenus(*view);
        }
        auto* slider = bench.window().findChild<TimelineSlider*>();
        bench.openMenu(*slider, slider->rect().center());
        verifyPlain({ u"QMenu"_qs });
        QVERIFY(bench.sees(u"Filter for Type Type<"_qs));
    }

    void marksWatchesAndPlots()
    {
        auto& bench = *m_bench;
        auto* marks = bench.window().findChild<Marks*>();
        marks->set(4, bench.store.text(u"Mark"_qs));
        bench.action(u"Marks"_qs)->trigger();
        auto& watch = *bench.find<WatchPanel>("watchPanel");
        bench.action(u"Watch…"_qs)->trigger();
        watch.ask(u"data.name"_qs, { WatchScope::Kind::Stream, bench.store.stream(2) });
        bench.settle();
        bench.visit = [&](QDialog& dialog) {
            if (auto* input = qobject_cast<QInputDialog*>(&dialog)) {
                input->setTextValue(bench.store.text(u"Watched"_qs));
                input->accept();
            } else {
                dialog.reject();
            }
        };
        bench.find<QPushButton>("watchKeep")->click();
        bench.settle();
        bench.visit = {};
        watch.ask(u"data['"_qs + bench.store.text(u"no"_qs), {}); // No expression.
        bench.find<PlotPanel>("plotPanel")->add({ bench.store.stream(1), "/n", {} });
        bench.settle();
        // A pointer that rests on the mark.
        auto* slider = bench.window().findChild<TimelineSlider*>();
        const QPoint place(slider->pointOf(4).x(), 2);
        QHelpEvent help(QEvent::ToolTip, place, slider->mapToGlobal(place));
        QApplication::sendEvent(slider, &help);
        QTextDocument tip;
        tip.setHtml(QToolTip::text());
        QVERIFY2(tip.toPlainText().contains(u"Mark<img src"_qs), qPrintable(QToolTip::text()));
        QVERIFY(bench.sees(u"Mark<img"_qs));
        QVERIFY(bench.sees(u"Watched<img"_qs));
        verifyPlain({ u"keepWatchDialog"_qs });
    }

    void branches()
    {
        auto& bench = *m_bench;
        auto& session = bench.workbench().parts().branch;
        bench.action(u"Branch"_qs)->trigger();
        bench.cursor().moveTo(8);
        session.skipStream(bench.store.stream(3));
        QTRY_VERIFY(session.overlay() && bench.cursor().head() == 18);
        session.insertBehind(6,
            { { bench.store.text(u"fresh"_qs),
                { bench.store.text(u"Inserted"_qs), R"({"name":"x"})", "{}", {}, u"n-1"_qs } } });
        QTRY_COMPARE(bench.cursor().head(), 19);
        bench.cursor().moveTo(7);
        QVERIFY(bench.sees(u"Inserted<img"_qs));
        for (const auto& text : { u"Edit Event on a Branch…"_qs,
                 u"Insert Event behind This One…"_qs, u"Compare with the Log"_qs }) {
            QVERIFY2(bench.action(text) && bench.action(text)->isEnabled(), qPrintable(text));
            bench.action(text)->trigger();
            bench.settle();
        }
        QVERIFY(bench.sees(u"Inserted<img"_qs));
        verifyPlain({ u"eventloupe::EventDialog"_qs });
    }

    void appendsOfABranch()
    {
        auto& bench = *m_bench;
        auto& session = bench.workbench().parts().branch;
        session.insertBehind(24,
            { { bench.store.stream(2),
                { bench.store.text(u"Appended"_qs), R"({"name":"y"})", "{}", {}, u"n-2"_qs } } });
        QTRY_VERIFY(session.overlay() && bench.cursor().head() == 25);
        QTRY_VERIFY(bench.action(u"Append at Head…"_qs)->isEnabled());
        bench.action(u"Append at Head…"_qs)->trigger();
        QTRY_VERIFY(bench.walk.windows().contains(u"eventloupe::AppendDialog"_qs));
        QVERIFY(bench.sees(u"Appended<img"_qs));
        verifyPlain();
    }

    void commands()
    {
        auto& bench = *m_bench;
        auto& panel = *bench.window().findChild<CommandPanel*>();
        QVERIFY(panel.selectCommand(MarkupStore::command()));
        bench.settle();
        panel.issue();
        bench.settle();
        for (auto* edit : panel.findChildren<QLineEdit*>())
            edit->setText(bench.store.text(u"typed"_qs));
        bench.settle();
        panel.issue();
        bench.settle();
        QVERIFY(bench.sees(u"Command<img"_qs));
        QVERIFY(bench.sees(u"Hint<img"_qs));
        QVERIFY(bench.sees(u"first<img"_qs));
        verifyPlain();
    }

    void filtersAndFailures()
    {
        auto& bench = *m_bench;
        auto& filter = *bench.window().findChild<FilterBar*>();
        filter.apply(bench.store.text(u"type == "_qs));
        bench.settle();
        filter.apply(u"data.none == 'x'"_qs);
        bench.settle();
        filter.apply({});
        QVERIFY(!bench.open(
            bench.store.folder() + MarkupStore::fileName(u"/none"_qs) + u".eventlog"_qs));
        bench.settle();
        QVERIFY(bench.sees(u"none<img"_qs));
        verifyPlain();
    }

    /// A filter that a menu gives is the true text, spelt so that all of it is seen.
    void filtersForWhatIsUnseen()
    {
        auto& bench = *m_bench;
        auto& filter = *bench.window().findChild<FilterBar*>();
        filter.apply(equalsCondition(u"type"_qs, bench.store.text(u"Type"_qs)));
        auto& log = bench.workbench().parts().filter;
        QTRY_COMPARE(log.matchCount(), 20);
        QVERIFY2(filter.text().contains(u"\\u202egnp"_qs), qPrintable(filter.text()));
        for (const QChar character : filter.text())
            QVERIFY(!isUnseenCharacter(character.unicode()));
        for (auto* completer : filter.findChildren<QCompleter*>()) {
            for (int row = 0; row < completer->model()->rowCount(); ++row)
                for (const QChar character : completer->model()->index(row, 0).data().toString())
                    QVERIFY(!isUnseenCharacter(character.unicode()));
        }
        verifyPlain();
    }

    void definitions()
    {
        auto& bench = *m_bench;
        bench.window().findChild<QDockWidget*>(u"domainDock"_qs)->toggleViewAction()->trigger();
        auto& panel = *bench.find<DomainPanel>("domainPanel");
        const auto path = u"events/%1.json"_qs.arg(MarkupStore::fileName(u"Type"_qs));
        panel.openFile(path);
        auto* page = bench.find<DefinitionTabs>("definitionTabs")->page(path);
        QVERIFY(page);
        QTRY_VERIFY(page->isLoaded());
        panel.openFile(u"events/%1.json"_qs.arg(MarkupStore::fileName(u"Broken"_qs)));
        bench.settle();
        page->findChild<QPlainTextEdit*>()->insertPlainText(u"x"_qs);
        bench.settle();
        // It asks, and the janitor cancels.
        bench.window().close();
        QVERIFY(bench.window().isVisible());
        verifyPlain({ u"notSavedBox"_qs });
    }

    void imports()
    {
        auto& bench = *m_bench;
        bench.visit = [&](QDialog& dialog) {
            (void)bench.sees(u"Head<img"_qs);
            dialog.reject();
        };
        bench.window().findChild<ExchangeController*>()->importFile(bench.store.eventsFile());
        QVERIFY2(bench.sees(u"Head<img"_qs), qPrintable(bench.walk.windows().join(u' ')));
        verifyPlain({ u"importDialog"_qs });
    }

    void exportsOverAFile()
    {
        auto& bench = *m_bench;
        bench.visit = [&](QDialog& dialog) {
            if (auto* box = qobject_cast<QMessageBox*>(&dialog)) {
                bench.walk.look();
                box->reject();
                return;
            }
            dialog.findChild<QLineEdit*>(u"exportFile"_qs)->setText(bench.store.eventsFile());
            bench.walk.look();
            // Not from here: the box that it opens is to be visited as well.
            QTimer::singleShot(0, &dialog, [&dialog] {
                dialog.accept();
                dialog.reject();
            });
        };
        bench.action(u"Export…"_qs)->trigger();
        bench.settle(800);
        verifyPlain({ u"exportDialog"_qs, u"replaceQuestion"_qs });
    }

    void otherDatabases()
    {
        auto& bench = *m_bench;
        const auto file
            = bench.store.folder() + u'/' + MarkupStore::fileName(u"other"_qs) + u".db"_qs;
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"markup"_qs);
            database.setDatabaseName(file);
            QVERIFY(database.open());
            QSqlQuery query(database);
            const auto quoted = [&](const QString& word) {
                return u'"' + bench.store.text(word).replace(u'"', u"\"\""_qs) + u'"';
            };
            QVERIFY2(
                query.exec(u"CREATE TABLE %1 (%2 INTEGER PRIMARY KEY, %3 TEXT, %4 TEXT)"_qs.arg(
                    quoted(u"table"_qs), quoted(u"id"_qs), quoted(u"stream"_qs),
                    quoted(u"body"_qs))),
                qPrintable(query.lastError().text()));
            for (int i = 0; i < 5; ++i) {
                query.prepare(u"INSERT INTO %1 VALUES (NULL, ?, ?)"_qs.arg(quoted(u"table"_qs)));
                query.addBindValue(bench.store.text(u"cart"_qs));
                query.addBindValue(bench.store.text(u"body"_qs));
                QVERIFY(query.exec());
            }
        }
        QSqlDatabase::removeDatabase(u"markup"_qs);
        bench.visit = [&](QDialog& dialog) {
            (void)bench.sees(u"table<img"_qs);
            dialog.reject();
        };
        emit bench.window().openAsked(file);
        QVERIFY(bench.sees(u"table<img"_qs));
        verifyPlain({ u"mappingDialog"_qs });
    }

    void theStartPage()
    {
        auto& bench = *m_bench;
        emit bench.window().closeAsked();
        bench.settle();
        verifyPlain();
    }
};

QTEST_MAIN(tst_Markup)
#include "tst_markup.moc"
