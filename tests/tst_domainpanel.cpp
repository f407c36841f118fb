#include "state/stateloader.h"
#include "support/windowbench.h"
#include "support/workspacefolder.h"
#include "ui/base/infobar.h"
#include "ui/command/schemaform.h"
#include "ui/domain/completionpopup.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/domainpanel.h"
#include "ui/domain/domaintree.h"
#include "ui/domain/problemlist.h"

#include <QDialogButtonBox>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace eventloupe;

namespace {

QByteArray js(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// A workspace that is open while its files are written, here and by others.
class TestDomainPanel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WorkspaceFolder> m_folder;
    std::unique_ptr<WindowBench> m_bench;

    DomainPanel& panel() { return *m_bench->find<DomainPanel>("domainPanel"); }
    DefinitionPage& page()
    {
        auto* found = m_bench->window().findChild<DefinitionPage*>();
        if (!found)
            qFatal("no page is open");
        return *found;
    }
    DefinitionPage& openPage(const QString& path)
    {
        panel().openFile(path);
        if (!QTest::qWaitFor([this] { return page().isLoaded(); }))
            qFatal("not loaded");
        return page();
    }
    QString pathOf(const QString& name) const { return m_folder->filePath(name); }
    QString message() { return m_bench->find<InfoBar>("problemsBar")->message(); }

private slots:
    void init()
    {
        m_folder = std::make_unique<WorkspaceFolder>();
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n'}}\n"));
        m_folder->write(u"commands/ADD.json"_qs,
            js("{'stream': 'a-1', 'schema': {'type': 'object', 'required': ['n'], "
               "'properties': {'n': {'type': 'integer'}, 'note': {'type': 'string'}}}, "
               "'emit': [{'type': 'ADDED'}]}"));
        m_bench = std::make_unique<WindowBench>();
        QVERIFY(m_bench->open(m_folder->path()));
        m_bench->find<QDockWidget>("domainDock")->toggleViewAction()->trigger();
    }
    void cleanup()
    {
        m_bench.reset();
        m_folder.reset();
    }

    void listsWhatThereIs()
    {
        auto* tree = m_bench->find<DomainTree>("domainTree");
        QTRY_COMPARE(tree->findItems(u"ADD*"_qs, Qt::MatchWildcard | Qt::MatchRecursive).size(), 2);
        m_folder->write(u"events/REMOVED.json"_qs, "{}");
        QTRY_COMPARE(
            tree->findItems(u"REMOVED"_qs, Qt::MatchExactly | Qt::MatchRecursive).size(), 1);
    }

    void aSavedFileFoldsAnew()
    {
        auto& commands = m_bench->workbench().parts().commands;
        auto parts = m_bench->workbench().parts();
        QSignalSpy stored(&commands, &CommandHandler::finished);
        commands.issue({ u"ADD"_qs, jsonOf("{\"n\": 5}"), CommandContext::make(), {} });
        QTRY_COMPARE(stored.count(), 1);
        const auto sum = [&] {
            const auto* value = parts.state.view()->now.find("sum");
            return value ? value->toInt() : -1;
        };
        QTRY_COMPARE(sum(), 5);
        // By another editor.
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n * 10'}}\n"));
        QTRY_COMPARE_WITH_TIMEOUT(sum(), 50, 3000);
        // By this one.
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(open.editor().text().replace(u"10"_qs, u"100"_qs));
        QVERIFY(open.isModified());
        panel().save();
        QTRY_COMPARE(sum(), 500);
        QVERIFY(!open.isModified());
        QCOMPARE(contentOf(pathOf(u"events/ADDED.json"_qs)),
            js("{'evolve': {'/sum': 'data.n * 100'}}\n"));
    }

    void aBrokenFileKeepsWorkingAndSaysSo()
    {
        QSignalSpy reloaded(&m_bench->workbench(), &Workbench::reloaded);
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'dta.n'}}"));
        QTRY_VERIFY(reloaded.count() > 0);
        QTRY_VERIFY(message().contains(u"dta"_qs));
        const auto workspace = m_bench->workbench().parts().commands.workspace();
        QCOMPARE(workspace->event(u"ADDED"_qs)->kind, EvolveKind::Rules);
        // What is said of it is the same at all places.
        QVERIFY2(message().contains(u"last good text stays in use"_qs), qPrintable(message()));
        auto* note = m_bench->find<QLabel>("domainNote");
        QVERIFY(note->isVisible() && note->wordWrap());
        QVERIFY(note->text().contains(u"ADDED"_qs));
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': 'merge'}"));
        QTRY_COMPARE(message(), QString());
    }

    void examplesThatFailAreTold()
    {
        const auto status = [this] { return m_bench->find<QLabel>("statusMessage")->text(); };
        m_folder->write(u"examples/adds.json"_qs,
            js("{'title': 'Adds', 'when': {'command': 'ADD', 'data': {'n': 2}}, "
               "'then': {'state': {'/sum': 2}}}"));
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n * 10'}}"));
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"1 of 1 examples fail"_qs), 5000);
        QVERIFY(status().contains(u"Ctrl+Shift+E"_qs));
        m_folder->write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n'}}"));
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(u"hold again"_qs), 5000);
    }

    void aFolderThatIsGoneIsToldAndReadAgainWhenItIsBack()
    {
        QSignalSpy failed(&m_bench->workbench(), &Workbench::failed);
        QSignalSpy reloaded(&m_bench->workbench(), &Workbench::reloaded);
        // The settings alone: all else goes on, and it is said.
        QVERIFY(QFile::remove(pathOf(u"workspace.json"_qs)));
        QTRY_VERIFY(reloaded.count() > 0);
        QVERIFY(reloaded.last().at(1).toStringList().contains(u"workspace.json"_qs));
        QVERIFY(m_bench->workbench().parts().commands.workspace()->event(u"ADDED"_qs));
        m_folder->write(u"workspace.json"_qs, "{}");
        QTRY_VERIFY(reloaded.last().at(1).toStringList().isEmpty());
        QCOMPARE(failed.count(), 0);
        // All of it.
        const QString folder = m_folder->path();
        QVERIFY(QDir().rename(folder, folder + u".away"_qs));
        QTRY_VERIFY(failed.count() > 0);
        QVERIFY(m_bench->workbench().parts().commands.workspace()->event(u"ADDED"_qs));
        const auto count = reloaded.count();
        QVERIFY(QDir().rename(folder + u".away"_qs, folder));
        QTRY_VERIFY(reloaded.count() > count);
    }

    void aFormKeepsWhatWasTyped()
    {
        auto* form = m_bench->window().findChild<SchemaForm*>();
        QVERIFY(form);
        form->restore(jsonOf("{\"note\": \"half a thou\"}"));
        const auto before = form->draft();
        QSignalSpy reloaded(&m_bench->workbench(), &Workbench::reloaded);
        m_folder->write(u"commands/ADD.json"_qs,
            js("{'stream': 'a-1', 'schema': {'type': 'object', 'required': ['n'], "
               "'properties': {'n': {'type': 'integer'}, 'note': {'type': 'string'}, "
               "'more': {'type': 'string'}}}, 'emit': [{'type': 'ADDED'}]}"));
        QTRY_VERIFY(reloaded.count() > 0);
        const auto* note = form->draft().find("note");
        QVERIFY(note && before.find("note"));
        QCOMPARE(note->toString(), before.find("note")->toString());
    }

    void problemsAreShownWithTheirMends()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(QString::fromUtf8(js("{'evolv': 'merge'}")));
        QTRY_VERIFY(!open.editor().problems().isEmpty());
        QVERIFY(open.editor().problemOfLine(1));
        QVERIFY(!open.editor().extraSelections().isEmpty());
        auto* list = open.findChild<ProblemList*>();
        QVERIFY(list->isVisible());
        auto* mend = list->topLevelItem(0)->child(0);
        QVERIFY2(mend->text(0).contains(u"evolve"_qs), qPrintable(mend->text(0)));
        emit list->itemActivated(mend, 0);
        QCOMPARE(open.editor().text(), QString::fromUtf8(js("{'evolve': 'merge'}")));
        QTRY_VERIFY(open.editor().problems().isEmpty());
        QTRY_VERIFY(!list->isVisible());
    }

    void typingCompletes()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        auto& editor = open.editor();
        editor.replaceText(QString::fromUtf8(js("{'evolve': {'/sum': ''}}")));
        editor.goTo(21);
        QTest::keyClicks(&editor, u"sta"_qs);
        QTRY_VERIFY(editor.completions().isShown());
        QCOMPARE(editor.completions().names().first(), u"state"_qs);
        QTest::keyClick(editor.completions().popup(), Qt::Key_Return);
        QCOMPARE(editor.text(), QString::fromUtf8(js("{'evolve': {'/sum': 'state'}}")));
        QVERIFY(!editor.completions().isShown());
    }

    void bytesStayAsTheyAre()
    {
        const QByteArray text = "{\r\n\t\"title\": \"a\xc2\xa0z \xf0\x9f\x98\x80\"  \r\n}\r\n\r\n";
        m_folder->write(u"events/ADDED.json"_qs, text);
        auto& open = openPage(u"events/ADDED.json"_qs);
        QTRY_VERIFY(open.editor().text().contains(u"title"_qs));
        QTextCursor cursor(open.editor().document());
        cursor.insertText(u" "_qs);
        panel().save();
        QTRY_COMPARE(contentOf(pathOf(u"events/ADDED.json"_qs)), ' ' + text);
    }

    void whatCannotComeBackIsNotEdited_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("mixed line ends") << QByteArray("{\r\n\"a\":\n1}");
        QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}");
        QTest::newRow("separators") << QByteArray("{\"a\": \"\xe2\x80\xa9\"}");
        QTest::newRow("zero") << QByteArray("{\"a\": \"\0\"}", 9);
        QTest::newRow("one line") << '"' + QByteArray(500'000, 'a') + '"';
    }
    void whatCannotComeBackIsNotEdited()
    {
        QFETCH(QByteArray, text);
        m_folder->write(u"events/ODD.json"_qs, text);
        auto& open = openPage(u"events/ODD.json"_qs);
        QVERIFY(open.editor().isReadOnly());
        QVERIFY(!open.findChild<InfoBar*>()->message().isEmpty());
        QCOMPARE(contentOf(pathOf(u"events/ODD.json"_qs)), text);
    }

    void aChangeOnDiskIsAConflict()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        m_folder->write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        auto* keep = open.findChild<QPushButton*>(u"keepMine"_qs);
        QTRY_VERIFY(keep->isVisible());
        QCOMPARE(open.editor().text(), u"{\"title\": \"mine\"}"_qs);
        panel().save();
        QTest::qWait(100);
        QCOMPARE(contentOf(pathOf(u"events/ADDED.json"_qs)), QByteArray("{\"title\": \"theirs\"}"));
        keep->click();
        QTRY_COMPARE(
            contentOf(pathOf(u"events/ADDED.json"_qs)), QByteArray("{\"title\": \"mine\"}"));
        QTRY_VERIFY(!open.isModified());

        open.editor().replaceText(u"{\"title\": \"mine again\"}"_qs);
        m_folder->write(u"events/ADDED.json"_qs, "{\"title\": \"theirs again\"}");
        QTRY_VERIFY(keep->isVisible());
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
        QCOMPARE(open.editor().text(), u"{\"title\": \"theirs again\"}"_qs);
        QVERIFY(!open.isModified());
        // The text that was given up can be had back.
        open.editor().undo();
        QCOMPARE(open.editor().text(), u"{\"title\": \"mine again\"}"_qs);
    }

    void aFileThatIsNotWrittenHereIsFollowed()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        m_folder->write(u"events/ADDED.json"_qs, "{\"title\": \"new\"}");
        QTRY_COMPARE(open.editor().text(), u"{\"title\": \"new\"}"_qs);
        QVERIFY(!open.isModified());
    }

    void closingAsks()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{}"_qs);
        bool wasAsked = false;
        QTimer::singleShot(200, this, [&] {
            if (auto* box = m_bench->window().findChild<QMessageBox*>(u"notSavedBox"_qs)) {
                wasAsked = true;
                box->button(QMessageBox::Cancel)->click();
            }
        });
        QVERIFY(!m_bench->window().close());
        QVERIFY(wasAsked);
        QVERIFY(m_bench->window().isVisible());
        panel().save();
        QTRY_VERIFY(!open.isModified());
    }

    void leavingSaves()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        const auto closeWithSave = [this] {
            QTimer::singleShot(200, this, [this] {
                if (auto* box = m_bench->window().findChild<QMessageBox*>(u"notSavedBox"_qs))
                    box->button(QMessageBox::Save)->click();
            });
            return m_bench->window().close();
        };
        // What cannot be saved keeps the window open.
        m_folder->write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        QTRY_VERIFY(open.findChild<QPushButton*>(u"keepMine"_qs)->isVisible());
        QVERIFY(!closeWithSave());
        QVERIFY(m_bench->window().isVisible());
        QCOMPARE(contentOf(pathOf(u"events/ADDED.json"_qs)), QByteArray("{\"title\": \"theirs\"}"));
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        QVERIFY(closeWithSave());
        QCOMPARE(contentOf(pathOf(u"events/ADDED.json"_qs)), QByteArray("{\"title\": \"mine\"}"));
    }

    void savingAgainstAConflictSaysWhy()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        m_folder->write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        QTRY_VERIFY(open.findChild<QPushButton*>(u"keepMine"_qs)->isVisible());
        open.findChild<InfoBar*>()->dismiss();
        QSignalSpy said(&panel(), &DomainPanel::said);
        panel().save();
        QCOMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(u"not saved"_qs));
        QVERIFY(!open.findChild<InfoBar*>()->message().isEmpty());
        panel().openFile(u"events/ADDED.json"_qs);
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
    }

    void aNewDefinitionKeepsItsQuestionUntilItIsNamed()
    {
        QVERIFY(m_bench->find<QWidget>("domainHint")->isVisible());
        panel().askNew(DefinitionKind::Event);
        auto* dialog = panel().findChild<QDialog*>(u"newDefinitionDialog"_qs);
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
        QTRY_VERIFY(QFile::exists(pathOf(u"events/A_B.json"_qs)));
        QTRY_VERIFY(!panel().findChild<QDialog*>(u"newDefinitionDialog"_qs));
        QTRY_VERIFY(m_bench->window().findChild<DefinitionPage*>());
        QVERIFY(!m_bench->find<QWidget>("domainHint")->isVisible());
    }

    void theListOfProblemsLeavesTheLineInView()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        auto& editor = open.editor();
        editor.replaceText(u"{"_qs + QString(100, u'\n') + u"}"_qs);
        // The last line that is seen.
        QTRY_VERIFY(!open.findChild<ProblemList*>()->isVisible());
        editor.goTo(0);
        const auto seen = editor.cursorForPosition({ 0, editor.viewport()->height() - 4 });
        editor.setTextCursor(seen);
        QVERIFY(editor.viewport()->rect().contains(editor.cursorRect().center()));
        editor.insertPlainText(u"nonsense"_qs);
        QTRY_VERIFY(open.findChild<ProblemList*>()->isVisible());
        QTest::qWait(50); // Laid out.
        QVERIFY(editor.viewport()->rect().contains(editor.cursorRect().center()));
    }

    void theFirstMendIsSelected()
    {
        auto& open = openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(QString::fromUtf8(js("{'evolv': 'merge'}")));
        QTRY_VERIFY(!open.editor().problems().isEmpty());
        QTimer::singleShot(100, this, [&] {
            if (auto* menu = open.editor().findChild<QMenu*>(u"fixMenu"_qs))
                QTest::keyClick(menu, Qt::Key_Return);
        });
        open.editor().showFixes();
        QCOMPARE(open.editor().text(), QString::fromUtf8(js("{'evolve': 'merge'}")));
    }

    void aMissingEventIsMade()
    {
        auto& open = openPage(u"commands/ADD.json"_qs);
        open.editor().replaceText(
            QString::fromUtf8(js("{'stream': 'a-1', 'emit': [{'type': 'UNKNOWN'}]}")));
        QTRY_VERIFY(!open.editor().problems().isEmpty());
        const auto fix = open.editor().problems().first().fixes.last();
        open.applyFix(fix);
        QTRY_VERIFY(QFile::exists(pathOf(u"events/UNKNOWN.json"_qs)));
        panel().save();
    }
};

QTEST_MAIN(TestDomainPanel)
#include "tst_domainpanel.moc"
