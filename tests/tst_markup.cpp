#include "branch/branchsession.h"
#include "command/commandhandler.h"
#include "projection/projectionmodel.h"
#include "state/subject.h"
#include "support/markupstore.h"
#include "support/textwalk.h"
#include "support/windowbench.h"
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
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDockWidget>
#include <QFileDialog>
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
#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSocketNotifier>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QTextDocument>
#include <QTimer>
#include <QToolTip>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>

using namespace eventloupe;

namespace {

/// What nobody may ask for: a picture of this machine's port, and a link of any kind.
class Outside final : public QObject {
    Q_OBJECT

public:
    Outside()
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (m_socket < 0 || bind(m_socket, any, size) != 0 || listen(m_socket, 8) != 0
            || getsockname(m_socket, any, &size) != 0)
            qFatal("no port");
        m_port = ntohs(address.sin_port);
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
            close(accept(m_socket, nullptr, nullptr));
            ++asked;
        });
        for (const auto& scheme : schemes())
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Outside() override
    {
        for (const auto& scheme : schemes())
            QDesktopServices::unsetUrlHandler(scheme);
        close(m_socket);
    }
    [[nodiscard]] quint16 port() const { return m_port; }

    int asked = 0;
    int opened = 0;

public slots:
    void open(const QUrl&) { ++opened; }

private:
    static QStringList schemes() { return { u"http"_qs, u"https"_qs, u"file"_qs, u"mailto"_qs }; }

    int m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    quint16 m_port = 0;
    QSocketNotifier m_notifier { m_socket, QSocketNotifier::Read };
};

/// A window on a store of markup. What opens over it, menus and dialogs, is looked at and closed.
class Bench : public WindowBench {
public:
    Bench()
        : store(outside.port())
    {
        QObject::connect(&m_janitor, &QTimer::timeout, [this] { clearTop(); });
        m_janitor.start(20);
        if (!open(store.folder()))
            qFatal("not opened");
        settle();
    }

    /// Lets the workers answer, and looks.
    void settle(int milliseconds = 300)
    {
        QTest::qWait(milliseconds);
        walk.look();
    }

    /// Looks until a text with the word was met.
    void lookFor(const QString& word)
    {
        (void)QTest::qWaitFor(
            [&] {
                walk.look();
                return walk.texts(word) > 0;
            },
            patience);
    }

    void clearTop()
    {
        QPointer<QWidget> top = QApplication::activePopupWidget();
        if (!top)
            top = QApplication::activeModalWidget();
        if (!top || m_isLooking)
            return;
        const QScopedValueRollback guard(m_isLooking, true);
        if (!qobject_cast<QFileDialog*>(top)) // Qt's own, of the file system.
            walk.look();
        auto* dialog = qobject_cast<QDialog*>(top);
        if (dialog && visit)
            visit(*dialog);
        else if (dialog)
            dialog->reject();
        else if (top)
            top->close();
    }

    /// Opens the menu that a person would get there.
    void openMenu(QWidget& widget, const QPoint& place)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, widget.mapToGlobal(place));
        QApplication::sendEvent(&widget, &event);
        QTest::qWait(40);
    }
    void openMenus(QAbstractItemView& view)
    {
        for (int row = 0; view.model() && row < std::min(4, view.model()->rowCount()); ++row) {
            const auto index
                = view.model()->index(row, std::min(1, view.model()->columnCount() - 1));
            view.setCurrentIndex(index);
            openMenu(*view.viewport(), view.visualRect(index).center());
        }
    }

    void triggerAll(const QMenu& menu)
    {
        // Of Qt or of the system, or the end of the test.
        static const QStringList others { u"About Qt"_qs, u"Quit"_qs, u"Close"_qs,
            u"New Workspace"_qs, u"Open Recent"_qs, u"Theme"_qs };
        for (auto* action : menu.actions()) {
            const auto name = action->text().remove(u'&');
            if (!action->isEnabled() || action->isSeparator() || others.contains(name))
                continue;
            if (action->menu()) {
                triggerAll(*action->menu());
                continue;
            }
            action->trigger();
            settle(60);
        }
    }

    [[nodiscard]] QAction* action(const QString& text)
    {
        for (auto* each : window().findChildren<QAction*>())
            if (each->text().remove(u'&') == text)
                return each;
        return nullptr;
    }

    Outside outside;
    MarkupStore store;
    TextWalk walk;
    std::function<void(QDialog&)> visit; ///< Uses a dialog and closes it.

private:
    QTimer m_janitor;
    bool m_isLooking = false;
};

} // namespace

class tst_Markup : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Bench> m_bench;

    /// What a test of a part ends with.
    void verifyPlain(const QStringList& windows = {})
    {
        auto& bench = *m_bench;
        bench.settle();
        for (const auto& fault : bench.walk.faults())
            qWarning().noquote() << fault;
        QCOMPARE(bench.walk.faults().size(), 0);
        QCOMPARE(bench.outside.asked, 0);
        QCOMPARE(bench.outside.opened, 0);
        for (const auto& name : windows)
            QVERIFY2(bench.walk.windows().contains(name),
                qPrintable(name + u" was not seen, but "_qs + bench.walk.windows().join(u' ')));
    }

private slots:
    void init() { m_bench = std::make_unique<Bench>(); }
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
            QVERIFY2(bench.walk.texts(word) > 0, qPrintable(word));
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
        QVERIFY(bench.walk.texts(u"Example<img"_qs) > 0);
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
        QVERIFY(bench.walk.texts(u"Filter for Type Type<"_qs) > 0);
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
        QVERIFY(bench.walk.texts(u"Mark<img"_qs) > 0);
        QVERIFY(bench.walk.texts(u"Watched<img"_qs) > 0);
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
        bench.lookFor(u"Inserted<img"_qs);
        for (const auto& text : { u"Edit Event on a Branch…"_qs,
                 u"Insert Event behind This One…"_qs, u"Compare with the Log"_qs }) {
            QVERIFY2(bench.action(text) && bench.action(text)->isEnabled(), qPrintable(text));
            bench.action(text)->trigger();
            bench.settle();
        }
        QVERIFY(bench.walk.texts(u"Inserted<img"_qs) > 0);
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
        QVERIFY(bench.walk.texts(u"Appended<img"_qs) > 0);
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
        QVERIFY(bench.walk.texts(u"Command<img"_qs) > 0);
        QVERIFY(bench.walk.texts(u"Hint<img"_qs) > 0);
        QVERIFY(bench.walk.texts(u"first<img"_qs) > 0);
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
        QVERIFY(bench.walk.texts(u"none<img"_qs) > 0);
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
            bench.lookFor(u"Head<img"_qs);
            dialog.reject();
        };
        bench.window().findChild<ExchangeController*>()->importFile(bench.store.eventsFile());
        QTRY_VERIFY2(
            bench.walk.texts(u"Head<img"_qs) > 0, qPrintable(bench.walk.windows().join(u' ')));
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
            bench.lookFor(u"table<img"_qs);
            dialog.reject();
        };
        emit bench.window().openAsked(file);
        QTRY_VERIFY(bench.walk.texts(u"table<img"_qs) > 0);
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
