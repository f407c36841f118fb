#include "command/commandhandler.h"
#include "domain/workspacetemplate.h"
#include "store/openstore.h"
#include "support/storefiles.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/testcase/testcasedialog.h"
#include "value/json.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

class TestTestCaseDialog final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void showsTheCursorsEvent();
    void shortensAndCopies();
    void addsToTheExamples();
    void exportsARefusedCommand();
    void remembersTheForm();
    void saysWhyATestDoesNotHold();

private:
    [[nodiscard]] CommandOutcome issue(const char* name, const QByteArray& data);
    TestCaseDialog* openFor(const char* text);
    template <class T> static T* part(TestCaseDialog* dialog, const char* name)
    {
        return dialog->findChild<T*>(QString::fromUtf8(name));
    }
    static QString textOf(TestCaseDialog* dialog)
    {
        return part<QPlainTextEdit>(dialog, "testPreview")->toPlainText();
    }

    QTemporaryDir m_folder;
    QString m_workspace;
    std::unique_ptr<WindowBench> m_bench;
};

void TestTestCaseDialog::initTestCase()
{
    m_workspace = m_folder.filePath(QStringLiteral("shop"));
    QVERIFY(writeWorkspace(QStringLiteral("shop"), m_workspace));
    m_bench = std::make_unique<WindowBench>();
    QVERIFY(m_bench->open(m_workspace));
    const QByteArray cart = "\"cartId\":\"018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01\"";
    (void)issue("OPEN_CART", "{" + cart + ",\"currency\":\"EUR\"}");
    for (int i = 1; i <= 4; ++i)
        (void)issue("ADD_ITEM",
            "{" + cart + ",\"sku\":\"TEA-" + QByteArray::number(i)
                + "\",\"title\":\"Tea\",\"qty\":1,\"unitPrice\":4.5}");
    (void)issue("REMOVE_ITEM", "{" + cart + ",\"sku\":\"TEA-2\"}");
}

void TestTestCaseDialog::init()
{
    m_bench->cursor().moveToHead();
}

/// A rule that reads what no test can give again.
void TestTestCaseDialog::saysWhyATestDoesNotHold()
{
    const QDir folder(m_folder.filePath(QStringLiteral("odd")));
    QVERIFY(folder.mkpath(QStringLiteral("events")));
    writeContent(folder.filePath(QStringLiteral("workspace.json")), "{}");
    writeContent(folder.filePath(QStringLiteral("events/TAGGED.json")),
        "{\"evolve\":{\"/tag\":\"event.id\"}}");
    auto store = openStore(folder.filePath(QStringLiteral("events.eventlog")), OpenMode::Create);
    QVERIFY(store);
    const NewEvent event { QStringLiteral("TAGGED"), "{}", "{}", Timestamp::now(), {} };
    QVERIFY((*store)->append({ QStringLiteral("tag-1"), ExpectedVersion::any(), { event } }));
    store->reset();
    QVERIFY(m_bench->open(folder.path()));
    QTRY_COMPARE(m_bench->cursor().position(), 1);
    auto* dialog = openFor("Export Event as a Test…");
    const auto* info = dialog->findChild<InfoBar*>();
    QTRY_VERIFY(info->isVisible());
    const auto labels = info->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text().contains(QStringLiteral("does not hold"));
    }));
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
    QVERIFY(m_bench->open(m_workspace));
}

CommandOutcome TestTestCaseDialog::issue(const char* name, const QByteArray& data)
{
    auto& commands = m_bench->workbench().parts().commands;
    QSignalSpy finished(&commands, &CommandHandler::finished);
    CommandRequest request;
    request.name = QString::fromUtf8(name);
    request.data = *parseJson(viewOf(data));
    request.context = CommandContext::make(QStringLiteral("ada"));
    commands.issue(request);
    if (!finished.wait(WindowBench::patience))
        qFatal("%s was not answered", name);
    return finished.first().at(1).value<CommandOutcome>();
}

/// By the menu Inspect.
TestCaseDialog* TestTestCaseDialog::openFor(const char* text)
{
    for (auto* action : m_bench->window().findChildren<QAction*>()) {
        if (action->text().remove(u'&') == QString::fromUtf8(text) && action->isEnabled())
            action->trigger();
    }
    auto* dialog = m_bench->window().findChild<TestCaseDialog*>();
    if (!dialog)
        qFatal("%s opens nothing", text);
    (void)QTest::qWaitFor([dialog] { return !textOf(dialog).isEmpty(); }, WindowBench::patience);
    return dialog;
}

void TestTestCaseDialog::showsTheCursorsEvent()
{
    QTRY_COMPARE(m_bench->cursor().position(), 6);
    auto* dialog = openFor("Export Event as a Test…");
    QVERIFY2(textOf(dialog).contains(QStringLiteral("REMOVE_ITEM")), qPrintable(textOf(dialog)));
    QVERIFY(textOf(dialog).contains(QStringLiteral("TEA-4")));
    dialog->chooseFormat(QStringLiteral("marten"));
    QTRY_VERIFY(textOf(dialog).contains(QStringLiteral("StartStream<Cart>")));
    // Only the workspace's own form goes among its examples.
    QVERIFY(!part<QPushButton>(dialog, "testExample")->isEnabled());
    QTest::keyClicks(part<QLineEdit>(dialog, "testTitle"), QStringLiteral(" well"));
    QTRY_VERIFY(textOf(dialog).contains(QStringLiteral("ItemRemovedWell")));
    dialog->chooseFormat(exampleFormatName());
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
}

void TestTestCaseDialog::shortensAndCopies()
{
    auto* dialog = openFor("Export Event as a Test…");
    part<QCheckBox>(dialog, "testShrink")->setChecked(true);
    QTRY_VERIFY(!textOf(dialog).contains(QStringLiteral("TEA-4")));
    QVERIFY(textOf(dialog).contains(QStringLiteral("TEA-2")));
    QTRY_VERIFY(part<QPushButton>(dialog, "testCopy")->isEnabled());
    part<QPushButton>(dialog, "testCopy")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("REMOVE_ITEM")));
    part<QCheckBox>(dialog, "testShrink")->setChecked(false);
    QTRY_VERIFY(textOf(dialog).contains(QStringLiteral("TEA-4")));
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
}

void TestTestCaseDialog::addsToTheExamples()
{
    auto* dialog = openFor("Export Event as a Test…");
    QSignalSpy saved(dialog, &TestCaseDialog::exampleSaved);
    part<QLineEdit>(dialog, "testTitle")->setText(QStringLiteral("From the Log"));
    QTRY_VERIFY(part<QPushButton>(dialog, "testExample")->isEnabled());
    part<QPushButton>(dialog, "testExample")->click();
    QTRY_COMPARE(saved.size(), 1);
    QCOMPARE(saved.first().first().toString(), QStringLiteral("examples/from-the-log.json"));
    QVERIFY(QFileInfo::exists(m_workspace + QStringLiteral("/examples/from-the-log.json")));
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
}

void TestTestCaseDialog::exportsARefusedCommand()
{
    const auto outcome = issue("REMOVE_ITEM",
        R"({"cartId":"018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01","sku":"TEA-9"})");
    QVERIFY(std::holds_alternative<Rejected>(outcome));
    auto* dialog = openFor("Export Last Command as a Test…");
    QVERIFY2(textOf(dialog).contains(QStringLiteral("\"rejected\"")), qPrintable(textOf(dialog)));
    QVERIFY(textOf(dialog).contains(QStringLiteral("TEA-9")));
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
}

void TestTestCaseDialog::remembersTheForm()
{
    auto* dialog = openFor("Export Event as a Test…");
    dialog->chooseFormat(QStringLiteral("emmett"));
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
    dialog = openFor("Export Event as a Test…");
    QCOMPARE(dialog->format(), QStringLiteral("emmett"));
    dialog->reject();
    QTRY_VERIFY(!m_bench->window().findChild<TestCaseDialog*>());
}

QTEST_MAIN(TestTestCaseDialog)
#include "tst_testcasedialog.moc"
