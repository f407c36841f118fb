#include "domain/workspacechecker.h"
#include "domain/workspacewatcher.h"
#include "support/workspacefolder.h"
#include "ui/command/examplesdialog.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace eventloupe;

namespace {

const QByteArray emitsTwo = R"({"stream":"a-{data.id}","emit":[{"type":"DONE","data":{"n":2}}]})";
const QByteArray emitsThree = R"({"stream":"a-{data.id}","emit":[{"type":"DONE","data":{"n":3}}]})";

WorkspaceFolder folderWith(const QByteArray& command)
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("commands/DO.json"), command);
    folder.write(QStringLiteral("examples/a.json"),
        R"({"title":"Three <b>are</b> made","when":{"command":"DO","data":{"id":1}},"then":[{"type":"DONE","data":{"n":3}}]})");
    folder.write(QStringLiteral("examples/b.json"),
        R"({"title":"Something is made","when":{"command":"DO","data":{"id":1}},"then":[{"type":"DONE","data":"*"}]})");
    return folder;
}

/// The dialog, and its widgets by name.
struct Shown {
    explicit Shown(const QString& folder)
        : dialog(checker)
    {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        checker.setFolder(folder);
        checker.check();
        dialog.show();
    }
    [[nodiscard]] QStringList rows() const
    {
        QStringList texts;
        const auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("examplesList"));
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            texts.append(list->topLevelItem(i)->text(0));
        return texts;
    }
    [[nodiscard]] QStringList differences() const
    {
        QStringList texts;
        const auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("differencesList"));
        for (int i = 0; list->isVisible() && i < list->topLevelItemCount(); ++i) {
            const auto* item = list->topLevelItem(i);
            texts.append(item->text(0) + u'|' + item->text(1) + u'|' + item->text(2));
        }
        return texts;
    }
    [[nodiscard]] QString text(const char* name) const
    {
        const auto* label = dialog.findChild<QLabel*>(QString::fromLatin1(name));
        return label ? label->text()
                     : dialog.findChild<QPlainTextEdit*>(QString::fromLatin1(name))->toPlainText();
    }
    void select(int row) const
    {
        auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("examplesList"));
        list->setCurrentItem(list->topLevelItem(row));
    }
    [[nodiscard]] QPushButton* run() const
    {
        return dialog.findChild<QPushButton*>(QStringLiteral("runExamplesButton"));
    }
    WorkspaceChecker checker;
    ExamplesDialog dialog;
};

} // namespace

class TestExamplesDialog final : public QObject {
    Q_OBJECT

private slots:
    void listsWhatHoldsAndWhatDoesNot();
    void showsTheExample();
    void tellsFaultsAndWhatWasNotRunApart();
    void cancelAnswersAtOnce();
    void runsAgainWhenAFileChanges();
    void showsProblems();
    void returnOpensWhatIsChosen();
    void saysThatThereIsNoWorkspace();
    void everyControlHasAName();
};

void TestExamplesDialog::listsWhatHoldsAndWhatDoesNot()
{
    const WorkspaceFolder folder = folderWith(emitsTwo);
    const Shown shown(folder.path());
    QTRY_COMPARE(shown.rows(),
        QStringList(
            { QStringLiteral("✗ Three <b>are</b> made"), QStringLiteral("✓ Something is made") }));
    QCOMPARE(shown.text("examplesSummary"), QStringLiteral("✗ 1 of 2 examples do not hold."));
    QCOMPARE(shown.text("exampleVerdict"), QStringLiteral("✗ It does not hold:"));
    QCOMPARE(shown.differences(), QStringList { QStringLiteral("event 1 DONE /n|3|2") });
}

void TestExamplesDialog::showsTheExample()
{
    const WorkspaceFolder folder = folderWith(emitsThree);
    const Shown shown(folder.path());
    QTRY_COMPARE(shown.rows().size(), 2);
    QCOMPARE(shown.text("examplesSummary"), QStringLiteral("✓ All 2 examples hold."));
    QCOMPARE(shown.text("exampleVerdict"), QStringLiteral("✓ It holds."));
    QCOMPARE(shown.differences(), QStringList());
    QCOMPARE(shown.text("exampleText"),
        QStringLiteral("Given\n  no events\nWhen\n  DO {\"id\":1}\nThen\n  DONE {\"n\":3}"));
}

void TestExamplesDialog::tellsFaultsAndWhatWasNotRunApart()
{
    WorkspaceFolder folder = folderWith(emitsTwo);
    // Its data cannot be computed.
    folder.write(QStringLiteral("commands/FAIL.json"),
        "{\"stream\":\"a-1\",\n\"emit\":[{\"type\":\"DONE\",\"data\":{\"n\":\"data.none\"}}]}");
    folder.write(QStringLiteral("examples/c.json"),
        "{\"title\":\"A "
        "fault\",\"when\":{\"command\":\"FAIL\",\"data\":{}},\"then\":[{\"type\":\"DONE\",\"data\":"
        "\"*\"}]}");
    folder.write(QStringLiteral("commands/BROKEN.json"),
        "{\"stream\":\"a-1\",\"emit\":[{\"type\":\"DONE\"}],\"titel\":\"a\"}");
    folder.write(QStringLiteral("examples/d.json"),
        "{\"title\":\"Not run\",\"when\":{\"command\":\"BROKEN\",\"data\":{}},\"then\":[]}");
    folder.write(QStringLiteral("events/OTHER.json"), "{}");
    Shown shown(folder.path());
    QTRY_VERIFY(!shown.rows().isEmpty());
    QCOMPARE(shown.rows(),
        QStringList({ QStringLiteral("⚠ commands/BROKEN.json"), QStringLiteral("⚠ A fault"),
            QStringLiteral("✗ Three <b>are</b> made"), QStringLiteral("– Not run"),
            QStringLiteral("ℹ commands/DO.json"), QStringLiteral("ℹ commands/FAIL.json"),
            QStringLiteral("✓ Something is made") }));
    QVERIFY2(
        shown.text("examplesSummary")
            .startsWith(QStringLiteral("✗ 1 of 4 examples do not hold. ⚠ Not compared, for the "
                                       "fault of a definition: 1. – Not run: 1.")),
        qPrintable(shown.text("examplesSummary")));
    // Each opens where it is to be mended.
    QSignalSpy asked(&shown.dialog, &ExamplesDialog::placeAsked);
    auto* open = shown.dialog.findChild<QPushButton*>(QStringLiteral("openFileButton"));
    shown.select(1);
    QVERIFY(shown.text("exampleVerdict").contains(QStringLiteral("commands/FAIL.json:2:")));
    QCOMPARE(shown.differences(), QStringList());
    open->click();
    QCOMPARE(asked.last().at(0).toString(), QStringLiteral("commands/FAIL.json"));
    QCOMPARE(asked.last().at(1).toInt(), 2);
    shown.select(3);
    QVERIFY(shown.text("exampleVerdict").contains(QStringLiteral("commands/BROKEN.json")));
    open->click();
    QCOMPARE(asked.last().at(0).toString(), QStringLiteral("examples/d.json"));
    shown.select(4);
    QVERIFY(shown.text("exampleText").contains(QStringLiteral("DONE")));
}

void TestExamplesDialog::cancelAnswersAtOnce()
{
    const WorkspaceFolder folder = folderWith(emitsTwo);
    Shown shown(folder.path());
    QVERIFY(shown.checker.isRunning());
    QCOMPARE(shown.run()->text(), QStringLiteral("&Cancel"));
    shown.run()->click();
    QVERIFY(!shown.checker.isRunning());
    QCOMPARE(shown.text("examplesSummary"), QStringLiteral("the check was cancelled"));
    shown.run()->click();
    QTRY_COMPARE(shown.rows().size(), 2);
    QCOMPARE(shown.run()->text(), QStringLiteral("&Run Again"));
}

void TestExamplesDialog::runsAgainWhenAFileChanges()
{
    WorkspaceFolder folder = folderWith(emitsTwo);
    const Shown shown(folder.path());
    WorkspaceWatcher watcher;
    connect(&watcher, &WorkspaceWatcher::changed, &shown.checker, &WorkspaceChecker::check);
    watcher.watch(folder.path());
    QTRY_COMPARE(shown.rows().value(0), QStringLiteral("✗ Three <b>are</b> made"));
    folder.write(QStringLiteral("commands/DO.json"), emitsThree);
    QTRY_COMPARE(shown.rows().value(0), QStringLiteral("✓ Three <b>are</b> made"));
    // The same one stays selected, wherever it stands.
    QCOMPARE(shown.text("exampleVerdict"), QStringLiteral("✓ It holds."));
    folder.write(QStringLiteral("examples/c.json"),
        R"({"title":"None","when":{"command":"DO","data":{"id":1}},"then":[]})");
    QTRY_COMPARE(shown.rows().size(), 3);
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("examples/a.json"))));
    QTRY_COMPARE(shown.rows().size(), 2);
}

void TestExamplesDialog::showsProblems()
{
    WorkspaceFolder folder = folderWith(emitsThree);
    folder.write(QStringLiteral("events/X.json"), "{\n \"titel\": 1}");
    const Shown shown(folder.path());
    QTRY_COMPARE(shown.rows().size(), 3);
    QCOMPARE(shown.rows().first(), QStringLiteral("⚠ events/X.json"));
    QVERIFY(shown.text("examplesSummary")
                .contains(QStringLiteral("⚠ Problems in the workspace's files: 1.")));
    QCOMPARE(shown.text("exampleVerdict"), QStringLiteral("Line 2, column 2"));
    QVERIFY(shown.text("exampleText").contains(QStringLiteral("did you mean 'title'?")));
}

void TestExamplesDialog::returnOpensWhatIsChosen()
{
    const WorkspaceFolder folder = folderWith(emitsTwo);
    const Shown shown(folder.path());
    QTRY_COMPARE(shown.rows().size(), 2);
    const QSignalSpy asked(&shown.dialog, &ExamplesDialog::placeAsked);
    QTest::keyClick(
        shown.dialog.findChild<QTreeWidget*>(QStringLiteral("examplesList")), Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toString(), QStringLiteral("examples/a.json"));
    QVERIFY(shown.dialog.isVisible());
}

void TestExamplesDialog::saysThatThereIsNoWorkspace()
{
    Shown shown({});
    QVERIFY(shown.text("examplesSummary").startsWith(QStringLiteral("No workspace is open")));
    shown.checker.setFolder(QStringLiteral("/does/not/exist"));
    shown.checker.check();
    QTRY_VERIFY(shown.text("examplesSummary").contains(QStringLiteral("/does/not/exist")));
}

void TestExamplesDialog::everyControlHasAName()
{
    const Shown shown({});
    for (const auto* tree : shown.dialog.findChildren<QTreeWidget*>())
        QVERIFY(!tree->accessibleName().isEmpty());
    for (const auto* button : shown.dialog.findChildren<QPushButton*>())
        QVERIFY(!button->text().isEmpty());
}

QTEST_MAIN(TestExamplesDialog)
#include "tst_examplesdialog.moc"
