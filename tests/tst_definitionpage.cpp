#include "support/domainbench.h"
#include "ui/domain/completionpopup.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/problemlist.h"
#include "value/workpool.h"

#include <QMenu>
#include <QPushButton>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTimer>

using namespace eventloupe;

/// One definition that is open while its file is written, here and by others.
class TestDefinitionPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DomainBench> m_bench;

private slots:
    void init() { m_bench = std::make_unique<DomainBench>(); }
    void cleanup() { m_bench.reset(); }

    void problemsAreShownWithTheirMends()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
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
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
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

    void checksSeeWhatOthersHaveNotSaved()
    {
        const auto command = u"commands/ADD.json"_qs;
        const auto levels = [](DefinitionPage& page) {
            QStringList messages;
            for (const auto& problem : page.editor().problems())
                messages.append(problem.message);
            return messages.join(u'\n');
        };
        auto& event = m_bench->openPage(u"events/ADDED.json"_qs);
        event.editor().replaceText(u"{\"type\": \"PUT_IN\"}"_qs);
        auto& emitting = m_bench->openPage(command);
        QTRY_VERIFY(levels(emitting).contains(u"'ADDED'"_qs));
        // Nor are its names on disk.
        const auto text = QString::fromUtf8(js("{'stream': 'a-1', 'emit': [{'type': ''}]}"));
        emitting.editor().replaceText(text);
        emitting.editor().goTo(static_cast<int>(text.indexOf(u"\"\""_qs)) + 1);
        QTest::keyClicks(&emitting.editor(), u"PU"_qs);
        QTRY_COMPARE(emitting.editor().completions().names(), QStringList(u"PUT_IN"_qs));
        emitting.editor().completions().hide();
        // What is broken by now still gives the names that it gave.
        m_bench->panel().openFile(u"events/ADDED.json"_qs);
        QTRY_VERIFY(event.goodText().contains(u"PUT_IN"_qs));
        event.editor().replaceText(u"{\"type\": \"PUT_IN\", "_qs);
        QTRY_VERIFY(!levels(event).isEmpty());
        m_bench->panel().openFile(command);
        QSignalSpy checked(&emitting, &DefinitionPage::problemsChanged);
        emitting.editor().replaceText(text);
        QTRY_VERIFY(checked.count() > 0);
        emitting.editor().goTo(static_cast<int>(text.indexOf(u"\"\""_qs)) + 1);
        QTest::keyClicks(&emitting.editor(), u"PU"_qs);
        QTRY_COMPARE(emitting.editor().completions().names(), QStringList(u"PUT_IN"_qs));
    }

    void savingWaitsForNoCheck()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        auto* pool = &workPool();
        const auto gate = std::make_shared<QSemaphore>(); // Outlives the test for the threads.
        for (int i = 0; i < pool->maxThreadCount(); ++i)
            pool->start([gate] { gate->acquire(); });
        QSignalSpy saved(&open, &DefinitionPage::saved);
        open.editor().replaceText(u"{}"_qs);
        open.save();
        const bool isSaved = QTest::qWaitFor([&] { return saved.count() == 1; });
        gate->release(pool->maxThreadCount());
        QVERIFY(isSaved);
    }

    void whatWasReadBeforeASaveIsNotTaken()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        QSignalSpy saved(&open, &DefinitionPage::saved);
        for (int i = 0; i < 30; ++i) {
            const auto text = u"{\"title\": \"%1\"}"_qs.arg(i);
            open.fileChanged();
            open.editor().replaceText(text);
            open.fileChanged();
            open.save();
            QSignalSpy changed(&open.editor(), &QPlainTextEdit::textChanged);
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), i + 1, 30'000);
            QTest::qWait(5);
            QCOMPARE(changed.count(), 0);
            QCOMPARE(open.editor().text(), text);
        }
    }

    void bytesStayAsTheyAre()
    {
        const QByteArray text = "{\r\n\t\"title\": \"a\xc2\xa0z \xf0\x9f\x98\x80\"  \r\n}\r\n\r\n";
        m_bench->folder.write(u"events/ADDED.json"_qs, text);
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        QTRY_VERIFY(open.editor().text().contains(u"title"_qs));
        QTextCursor cursor(open.editor().document());
        cursor.insertText(u" "_qs);
        m_bench->panel().save();
        QTRY_COMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)), ' ' + text);
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
        m_bench->folder.write(u"events/ODD.json"_qs, text);
        auto& open = m_bench->openPage(u"events/ODD.json"_qs);
        QVERIFY(open.editor().isReadOnly());
        QVERIFY(!open.findChild<InfoBar*>()->message().isEmpty());
        QCOMPARE(contentOf(m_bench->pathOf(u"events/ODD.json"_qs)), text);
    }

    void aChangeOnDiskIsAConflict()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        auto* keep = open.findChild<QPushButton*>(u"keepMine"_qs);
        QTRY_VERIFY(keep->isVisible());
        QCOMPARE(open.editor().text(), u"{\"title\": \"mine\"}"_qs);
        m_bench->panel().save();
        QTest::qWait(100);
        QCOMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            QByteArray("{\"title\": \"theirs\"}"));
        keep->click();
        QTRY_COMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            QByteArray("{\"title\": \"mine\"}"));
        QTRY_VERIFY(!open.isModified());

        open.editor().replaceText(u"{\"title\": \"mine again\"}"_qs);
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"theirs again\"}");
        QTRY_VERIFY(keep->isVisible());
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
        QCOMPARE(open.editor().text(), u"{\"title\": \"theirs again\"}"_qs);
        QVERIFY(!open.isModified());
        // The text that was given up can be had back.
        open.editor().undo();
        QCOMPARE(open.editor().text(), u"{\"title\": \"mine again\"}"_qs);
    }

    void aConflictEndsWhereTheFileIsAsBefore()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        const auto before = contentOf(m_bench->pathOf(u"events/ADDED.json"_qs));
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        auto* keep = open.findChild<QPushButton*>(u"keepMine"_qs);
        QTRY_VERIFY(keep->isVisible());
        m_bench->folder.write(u"events/ADDED.json"_qs, before);
        QTRY_VERIFY(!keep->isVisible());
        QVERIFY(open.isModified());
        m_bench->panel().save();
        QTRY_COMPARE(contentOf(m_bench->pathOf(u"events/ADDED.json"_qs)),
            QByteArray("{\"title\": \"mine\"}"));
    }

    void aFileThatIsNotWrittenHereIsFollowed()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"new\"}");
        QTRY_COMPARE(open.editor().text(), u"{\"title\": \"new\"}"_qs);
        QVERIFY(!open.isModified());
    }

    void savingAgainstAConflictSaysWhy()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(u"{\"title\": \"mine\"}"_qs);
        m_bench->folder.write(u"events/ADDED.json"_qs, "{\"title\": \"theirs\"}");
        QTRY_VERIFY(open.findChild<QPushButton*>(u"keepMine"_qs)->isVisible());
        open.findChild<InfoBar*>()->dismiss();
        QSignalSpy said(&m_bench->panel(), &DomainPanel::said);
        m_bench->panel().save();
        QCOMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(u"not saved"_qs));
        QVERIFY(!open.findChild<InfoBar*>()->message().isEmpty());
        m_bench->panel().openFile(u"events/ADDED.json"_qs);
        open.findChild<QPushButton*>(u"takeTheirs"_qs)->click();
    }

    void theListOfProblemsLeavesTheLineInView()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
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
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        open.editor().replaceText(QString::fromUtf8(js("{'evolv': 'merge'}")));
        QTRY_VERIFY(!open.editor().problems().isEmpty());
        QTimer::singleShot(100, this, [&] {
            if (auto* menu = open.editor().findChild<QMenu*>(u"fixMenu"_qs))
                QTest::keyClick(menu, Qt::Key_Return);
        });
        open.editor().showFixes();
        QCOMPARE(open.editor().text(), QString::fromUtf8(js("{'evolve': 'merge'}")));
    }

    void isCheckedByOneAtATime()
    {
        auto& open = m_bench->openPage(u"events/ADDED.json"_qs);
        QTRY_VERIFY(workPool().activeThreadCount() == 0);
        int begun = 0;
        open.setTextsBeside([&begun] {
            ++begun;
            return OpenTexts();
        });
        // Every thread is taken, so that a check that was begun waits.
        auto& pool = workPool();
        QSemaphore taken;
        QSemaphore free;
        const auto letGo = qScopeGuard([&] {
            free.release(pool.maxThreadCount());
            pool.waitForDone();
        });
        for (int i = 0; i < pool.maxThreadCount(); ++i) {
            pool.start([&taken, &free] {
                taken.release();
                free.acquire();
            });
        }
        QVERIFY(taken.tryAcquire(pool.maxThreadCount(), 5000));
        open.editor().replaceText(u"{\"evolve\": 1}"_qs);
        QTRY_COMPARE(begun, 1);
        open.editor().replaceText(u"{\"evolve\": \"merge\"}"_qs);
        QTest::qWait(500); // Longer than a pause in typing.
        QCOMPARE(begun, 1);
        free.release(pool.maxThreadCount());
        // What was written meanwhile is checked then.
        QTRY_COMPARE(begun, 2);
        QTRY_VERIFY(open.editor().problems().isEmpty());
    }

    void aMissingEventIsMade()
    {
        auto& open = m_bench->openPage(u"commands/ADD.json"_qs);
        open.editor().replaceText(
            QString::fromUtf8(js("{'stream': 'a-1', 'emit': [{'type': 'UNKNOWN'}]}")));
        QTRY_VERIFY(!open.editor().problems().isEmpty());
        const auto fix = open.editor().problems().first().fixes.last();
        open.applyFix(fix);
        QTRY_VERIFY(QFile::exists(m_bench->pathOf(u"events/UNKNOWN.json"_qs)));
        m_bench->panel().save();
    }
};

QTEST_MAIN(TestDefinitionPage)
#include "tst_definitionpage.moc"
