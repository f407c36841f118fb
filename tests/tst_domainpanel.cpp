#include "domain/workspacewatcher.h"
#include "state/stateloader.h"
#include "support/domainbench.h"
#include "ui/command/schemaform.h"
#include "ui/domain/domaintree.h"
#include "value/jsonpointer.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>

using namespace eventloupe;

/// A workspace that is open while its files are written, here and by others.
class TestDomainPanel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DomainBench> m_bench;

private slots:
    void init() { m_bench = std::make_unique<DomainBench>(); }
    void cleanup() { m_bench.reset(); }

    void listsWhatThereIs()
    {
        auto* tree = m_bench->window.find<DomainTree>("domainTree");
        QTRY_COMPARE(tree->findItems(u"ADD*"_qs, Qt::MatchWildcard | Qt::MatchRecursive).size(), 2);
        m_bench->folder.write(u"events/REMOVED.json"_qs, "{}");
        QTRY_COMPARE(
            tree->findItems(u"REMOVED"_qs, Qt::MatchExactly | Qt::MatchRecursive).size(), 1);
    }

    void aSavedFileFoldsAnew()
    {
        auto& commands = m_bench->window.workbench().parts().commands;
        auto parts = m_bench->window.workbench().parts();
        QSignalSpy stored(&commands, &CommandHandler::finished);
        commands.issue({ u"ADD"_qs, jsonOf("{\"n\": 5}"), CommandContext::make(), {} });
        QTRY_COMPARE(stored.count(), 1);
        const auto sum = [&] {
            const auto* value = parts.state.view()->now.find("sum");
            return value ? value->toInt() : -1;
        };
        QTRY_COMPARE(sum(), 5);
        // By another editor.
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n * 10'}}\n"));
        QTRY_COMPARE_WITH_TIMEOUT(sum(), 50, 3000);
        // By this one.
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(open.editor().text().replace(u"10"_qs, u"100"_qs));
        QVERIFY(open.isModified());
        m_bench->panel().save();
        QTRY_COMPARE(sum(), 500);
        QVERIFY(!open.isModified());
        QCOMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            js("{'evolve': {'/sum': 'data.n * 100'}}\n"));
    }

    void aSavedFileIsReadOnce()
    {
        QSignalSpy reloaded(&m_bench->window.workbench(), &Workbench::reloaded);
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(QString::fromUtf8(js("{'evolve': {'/sum': 'data.n * 100'}}\n")));
        m_bench->panel().save();
        QTRY_COMPARE(reloaded.count(), 1);
        // Long enough for the watcher to look again by itself, twice.
        QTest::qWait(2 * WorkspaceWatcher::interval + 100);
        QCOMPARE(reloaded.count(), 1);
    }

    void aBrokenFileKeepsWorkingAndSaysSo()
    {
        QSignalSpy reloaded(&m_bench->window.workbench(), &Workbench::reloaded);
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'dta.n'}}"));
        QTRY_VERIFY(reloaded.count() > 0);
        QTRY_VERIFY(m_bench->problemsMessage().contains(u"dta"_qs));
        const auto workspace = m_bench->window.workbench().parts().commands.workspace();
        QCOMPARE(workspace->event(u"ADDED"_qs)->kind, EvolveKind::Rules);
        // What is said of it is the same at all places.
        QVERIFY2(m_bench->problemsMessage().contains(u"last good text stays in use"_qs),
            qPrintable(m_bench->problemsMessage()));
        auto* note = m_bench->window.find<QLabel>("domainNote");
        QVERIFY(note->isVisible() && note->wordWrap());
        QVERIFY(note->text().contains(u"ADDED"_qs));
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': 'merge'}"));
        QTRY_COMPARE(m_bench->problemsMessage(), QString());
    }

    void examplesThatFailAreTold()
    {
        const auto status
            = [this] { return m_bench->window.find<QLabel>("statusMessage")->text(); };
        m_bench->folder.write(u"examples/adds.json"_qs,
            js("{'title': 'Adds', 'when': {'command': 'ADD', 'data': {'n': 2}}, "
               "'then': {'state': {'/sum': 2}}}"));
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n * 10'}}"));
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"1 of 1 examples fail"_qs), 5000);
        QVERIFY(status().contains(u"Ctrl+Shift+E"_qs));
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n'}}"));
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"hold again"_qs), 5000);
    }

    void examplesThatWereNotRunDoNotHoldAgain()
    {
        const auto status
            = [this] { return m_bench->window.find<QLabel>("statusMessage")->text(); };
        m_bench->folder.write(u"examples/adds.json"_qs,
            js("{'title': 'Adds', 'when': {'command': 'ADD', 'data': {'n': 2}}, "
               "'then': {'state': {'/sum': 2}}}"));
        m_bench->folder.write(u"examples/other.json"_qs,
            js("{'title': 'Other', 'when': {'command': 'OTHER', 'data': {}}, "
               "'then': {'state': {}}}"));
        m_bench->folder.write(u"commands/OTHER.json"_qs, js("{'stream': 'dta.n'}"));
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n * 10'}}"));
        QTRY_VERIFY2_WITH_TIMEOUT(
            status().contains(u"1 of 2 examples fail, 1 of 2 examples not run"_qs),
            qPrintable(status()), 5000);
        m_bench->folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n'}}"));
        QTRY_VERIFY2_WITH_TIMEOUT(
            status().contains(u"· 1 of 2 examples not run"_qs), qPrintable(status()), 5000);
        m_bench->folder.write(u"examples/other.json"_qs,
            js("{'title': 'Other', 'when': {'command': 'ADD', 'data': {'n': 1}}, "
               "'then': {'state': {'/sum': 1}}}"));
        QTRY_VERIFY2_WITH_TIMEOUT(
            status().contains(u"all 2 examples hold again"_qs), qPrintable(status()), 5000);
    }

    void aFileThatIsGoneIsNotCalledBroken()
    {
        QSignalSpy reloaded(&m_bench->window.workbench(), &Workbench::reloaded);
        const auto status
            = [this] { return m_bench->window.find<QLabel>("statusMessage")->text(); };
        QVERIFY(QFile::remove(m_bench->pathOf(u"workspace.json"_qs)));
        QTRY_VERIFY(reloaded.count() > 0);
        QCOMPARE(reloaded.last().at(2).toStringList(), QStringList(u"workspace.json"_qs));
        QVERIFY2(status().contains(u"workspace.json: gone"_qs), qPrintable(status()));
        QVERIFY2(m_bench->problemsMessage().contains(u"gone"_qs),
            qPrintable(m_bench->problemsMessage()));
        QVERIFY(!m_bench->problemsMessage().contains(u"broken"_qs));
        m_bench->folder.write(u"workspace.json"_qs, "{");
        QTRY_VERIFY(status().contains(u"workspace.json: broken"_qs));
        QVERIFY(reloaded.last().at(2).toStringList().isEmpty());
    }

    void aFolderThatIsGoneIsToldAndReadAgainWhenItIsBack()
    {
        QSignalSpy failed(&m_bench->window.workbench(), &Workbench::failed);
        QSignalSpy reloaded(&m_bench->window.workbench(), &Workbench::reloaded);
        // The settings alone: all else goes on, and it is said.
        QVERIFY(QFile::remove(m_bench->pathOf(u"workspace.json"_qs)));
        QTRY_VERIFY(reloaded.count() > 0);
        QVERIFY(reloaded.last().at(1).toStringList().contains(u"workspace.json"_qs));
        QVERIFY(m_bench->window.workbench().parts().commands.workspace()->event(u"ADDED"_qs));
        m_bench->folder.write(u"workspace.json"_qs, "{}");
        QTRY_VERIFY(reloaded.last().at(1).toStringList().isEmpty());
        QCOMPARE(failed.count(), 0);
        // All of it.
        const QString folder = m_bench->folder.path();
        QVERIFY(QDir().rename(folder, folder + u".away"_qs));
        QTRY_VERIFY(failed.count() > 0);
        auto* bar = m_bench->window.find<InfoBar>("infoBar");
        QVERIFY(!bar->message().isEmpty());
        QVERIFY(m_bench->window.workbench().parts().commands.workspace()->event(u"ADDED"_qs));
        const auto count = reloaded.count();
        QVERIFY(QDir().rename(folder + u".away"_qs, folder));
        QTRY_VERIFY(reloaded.count() > count);
        // Nothing is said of it any more.
        QTRY_COMPARE(bar->message(), QString());
        QVERIFY(!m_bench->window.workbench().parts().client.isReplaced());
    }

    void aFormKeepsWhatWasTyped()
    {
        auto* form = m_bench->window.window().findChild<SchemaForm*>();
        QVERIFY(form);
        form->restore(jsonOf("{\"note\": \"half a thou\"}"));
        QSignalSpy reloaded(&m_bench->window.workbench(), &Workbench::reloaded);
        m_bench->folder.write(u"commands/ADD.json"_qs,
            js("{'stream': 'a-1', 'schema': {'type': 'object', 'required': ['n'], "
               "'properties': {'n': {'type': 'integer'}, 'note': {'type': 'string'}, "
               "'more': {'type': 'string'}}}, 'emit': [{'type': 'ADDED'}]}"));
        QTRY_VERIFY(reloaded.count() > 0);
        const auto after = form->draft();
        const auto* note = JsonPointer({ "$fields", "note" }).resolve(after);
        QVERIFY(note);
        QCOMPARE(note->toString(), u"half a thou"_qs);
    }

    void closingAsks()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{}"_qs);
        bool wasAsked = false;
        QTimer::singleShot(200, this, [&] {
            if (auto* box = m_bench->window.window().findChild<QMessageBox*>(u"notSavedBox"_qs)) {
                wasAsked = true;
                box->button(QMessageBox::Cancel)->click();
            }
        });
        QVERIFY(!m_bench->window.window().close());
        QVERIFY(wasAsked);
        QVERIFY(m_bench->window.window().isVisible());
        m_bench->panel().save();
        QTRY_VERIFY(!open.isModified());
    }

    void unsavedTextOutlivesItsWorkspace()
    {
        const auto path = u"events/ADDED.json"_qs;
        const auto mine = u"{\"title\": \"half a thou"_qs;
        m_bench->openPage(path).editor().replaceText(mine);
        // The store is lost: nobody was asked.
        m_bench->window.workbench().close();
        QVERIFY(!m_bench->window.workbench().parts().client.isOpen());
        WorkspaceFolder other;
        other.write(path, "{}");
        QVERIFY(m_bench->window.open(other.path()));
        QCOMPARE(m_bench->openPage(path).editor().text(), u"{}"_qs);
        QSignalSpy said(&m_bench->panel(), &DomainPanel::said);
        QVERIFY(m_bench->window.open(m_bench->folder.path()));
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(path));
        auto& back = m_bench->openPage(path);
        QCOMPARE(back.editor().text(), mine);
        QVERIFY(back.isModified() && back.isVisible());
        // What changed meanwhile is asked about, as ever.
        m_bench->window.workbench().close();
        m_bench->folder.write(path, "{\"title\": \"theirs\"}");
        QVERIFY(m_bench->window.open(m_bench->folder.path()));
        QTRY_VERIFY(back.findChild<QPushButton*>(u"keepMine"_qs)->isVisible());
        QCOMPARE(back.editor().text(), mine);
    }

    void whatWasGivenUpIsGone()
    {
        const auto path = u"events/ADDED.json"_qs;
        m_bench->openPage(path).editor().replaceText(u"{}"_qs);
        const auto closeWith = [this](QMessageBox::StandardButton answer) {
            QTimer::singleShot(200, this, [this, answer] {
                if (auto* box = m_bench->window.window().findChild<QMessageBox*>(u"notSavedBox"_qs))
                    box->button(answer)->click();
            });
            const auto actions = m_bench->window.window().findChildren<QAction*>();
            const auto close = std::find_if(actions.begin(), actions.end(), [](auto* action) {
                return action->shortcut() == QKeySequence(QKeySequence::Close);
            });
            if (close != actions.end())
                (*close)->trigger();
        };
        closeWith(QMessageBox::Cancel);
        QVERIFY(m_bench->window.workbench().parts().client.isOpen());
        closeWith(QMessageBox::Discard);
        QVERIFY(!m_bench->window.workbench().parts().client.isOpen());
        QVERIFY(m_bench->window.open(m_bench->folder.path()));
        QVERIFY(!m_bench->window.window().findChild<DefinitionPage*>());
        QVERIFY(!m_bench->openPage(path).isModified());
    }

    // Opening what is no store leaves all as it is.
    void whatWasGivenUpStaysWhenNothingWasLeft()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{}"_qs);
        QTimer::singleShot(200, this, [this] {
            if (auto* box = m_bench->window.window().findChild<QMessageBox*>(u"notSavedBox"_qs))
                box->button(QMessageBox::Discard)->click();
        });
        QVERIFY(m_bench->panel().mayLeave());
        QVERIFY(open.isGivenUp());
        QVERIFY(!m_bench->window.open(m_bench->pathOf(u"nothing.eventlog"_qs)));
        QVERIFY(!open.isGivenUp());
        QCOMPARE(open.editor().text(), u"{}"_qs);
    }

    void leavingSaves()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        const auto closeWithSave = [this] {
            QTimer::singleShot(200, this, [this] {
                if (auto* box = m_bench->window.window().findChild<QMessageBox*>(u"notSavedBox"_qs))
                    box->button(QMessageBox::Save)->click();
            });
            return m_bench->window.window().close();
        };
        // What cannot be saved keeps the window open.
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        QTRY_VERIFY(open.findChild<QPushButton*>(u"keepMine"_qs)->isVisible());
        QVERIFY(!closeWithSave());
        QVERIFY(m_bench->window.window().isVisible());
        QCOMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            QByteArray("{\"title\": \"theirs\"}"));
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        QVERIFY(closeWithSave());
        QCOMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            QByteArray("{\"title\": \"mine\"}"));
    }

    void aFileMadeInAnotherWorkspaceIsNotOpened()
    {
        const auto path = u"events/A_B.json"_qs;
        WorkspaceFolder other;
        const auto loaded = Workspace::load(other.path());
        QVERIFY(loaded.ok());
        m_bench->panel().askNew(DefinitionKind::Event);
        auto* dialog = m_bench->panel().findChild<QDialog*>(u"newDefinitionDialog"_qs);
        dialog->findChild<QLineEdit*>(u"newDefinitionName"_qs)->setText(u"A_B"_qs);
        QSignalSpy said(&m_bench->panel(), &DomainPanel::said);
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        // Before the answer is there, another one is open.
        m_bench->panel().setWorkspace(*loaded);
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(QFile::exists(m_bench->pathOf(path)));
        QVERIFY(!QFile::exists(other.path() + u'/' + path));
        QVERIFY(!m_bench->window.find<DefinitionTabs>("definitionTabs")->page(path));
    }

    void aNewDefinitionKeepsItsQuestionUntilItIsNamed()
    {
        QVERIFY(m_bench->window.find<QWidget>("domainHint")->isVisible());
        m_bench->panel().askNew(DefinitionKind::Event);
        auto* dialog = m_bench->panel().findChild<QDialog*>(u"newDefinitionDialog"_qs);
        QVERIFY(dialog);
        auto* name = dialog->findChild<QLineEdit*>(u"newDefinitionName"_qs);
        auto* reason = dialog->findChild<QWidget*>(u"newDefinitionReason"_qs);
        const auto give = [&](const QString& text) {
            name->setText(text);
            dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        };
        give(u"a/b"_qs);
        QVERIFY(dialog->isVisible() && reason->isVisible());
        QCOMPARE(name->text(), u"a/b"_qs);
        give(u"ADDED"_qs);
        QTRY_VERIFY(reason->isVisible());
        QVERIFY(dialog->isVisible());
        give(u"A_B"_qs);
        QTRY_VERIFY(QFile::exists(m_bench->pathOf(u"events/A_B.json"_qs)));
        QTRY_VERIFY(!m_bench->panel().findChild<QDialog*>(u"newDefinitionDialog"_qs));
        QTRY_VERIFY(m_bench->window.window().findChild<DefinitionPage*>());
        QVERIFY(!m_bench->window.find<QWidget>("domainHint")->isVisible());
    }
};

QTEST_MAIN(TestDomainPanel)
#include "tst_domainpanel.moc"
