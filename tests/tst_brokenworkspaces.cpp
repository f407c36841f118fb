#include "domain/workspacecheck.h"
#include "support/workspacefolder.h"

#include <QtTest>

#include <sys/stat.h>

using namespace eventloupe;

namespace {

/// All that a check of the folder says, as the command line does.
QStringList saidOf(const QString& folder)
{
    const auto check = checkWorkspace(folder);
    if (!check)
        return { QString(check.error().message).remove(folder + u'/') };
    QStringList lines;
    for (const WorkspaceProblem& problem : check->problems) {
        lines.append(QStringLiteral("%1:%2:%3: %4")
                         .arg(problem.file)
                         .arg(problem.line)
                         .arg(problem.column)
                         .arg(problem.message));
    }
    return lines;
}

QByteArray repeated(const char* text, int times)
{
    return QByteArray(text).repeated(times);
}

QString brokenFolder()
{
    return QStringLiteral(EVENTLOUPE_SOURCE "/tests/broken");
}

} // namespace

/// A broken workspace is told by file, line and column, each with the mend; nothing hangs, and what
/// is not broken works on. Each folder of tests/broken holds one, and what is said in expected.txt.
class tst_BrokenWorkspaces : public QObject {
    Q_OBJECT

private slots:
    void areTold_data();
    void areTold();
    void largeOnesAreTold_data();
    void largeOnesAreTold();
    void linksAreNotFollowed();
    void pipesAreNotOpened();
    void theRestWorksOn();
};

void tst_BrokenWorkspaces::areTold_data()
{
    QTest::addColumn<QString>("folder");
    const QStringList names = QDir(brokenFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(names.size() >= 20);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << brokenFolder() + u'/' + name;
}

void tst_BrokenWorkspaces::areTold()
{
    QFETCH(QString, folder);
    QFile file(folder + QStringLiteral("/expected.txt"));
    // For whoever changes a message: look at what changed before it is kept.
    if (qEnvironmentVariableIsSet("EVENTLOUPE_WRITE_EXPECTED")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write((saidOf(folder).join(u'\n') + u'\n').toUtf8());
        file.close();
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString expected = QString::fromUtf8(file.readAll());
    QVERIFY(!expected.isEmpty());
    QCOMPARE(saidOf(folder).join(u'\n') + u'\n', expected);
}

void tst_BrokenWorkspaces::largeOnesAreTold_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* file, const QByteArray& text,
                         const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(file) << text << QString::fromUtf8(expected);
    };
    const QByteArray guard = "{\"stream\": \"s\", \"emit\": [], \"require\": [{\"that\": \"";
    row("a large file", "events/A.json", "{\"title\": \"" + repeated("x", 1'000'001) + "\"}",
        "1:1: is larger than 1 MB");
    row("a long expression", "events/A.json",
        "{\"evolve\": {\"/a\": \"1" + repeated(" + 1", 240'000) + "\"}}",
        "1:20: the expression is longer than 64 KiB");
    row("a long name", "events/A.json",
        "{\"evolve\": {\"/a\": \"" + repeated("a", 900'000) + "\"}}",
        "1:20: the expression is longer than 64 KiB");
    row("brackets", "commands/A.json", guard + repeated("(", 20'000) + "\"}]}", "1:");
    row("choices", "commands/A.json", guard + repeated("true ? false : ", 3'000) + "true\"}]}",
        "1:");
    row("deep JSON", "events/A.json", repeated("[", 400'000), "1:1001: is not JSON: ");
    row("many names", "events/A.json",
        "{\"evolve\": {\"/a\": \"data.x" + repeated(" + y", 10'000) + "\"}}", "1:");
}

void tst_BrokenWorkspaces::largeOnesAreTold()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    WorkspaceFolder folder;
    folder.write(file, text);
    const QStringList said = saidOf(folder.path());
    QVERIFY(!said.isEmpty());
    QVERIFY2(said.first().startsWith(file + u':' + expected), qPrintable(said.first().left(500)));
    QVERIFY2(said.first().size() < 400, qPrintable(said.first().left(1000)));
}

void tst_BrokenWorkspaces::linksAreNotFollowed()
{
    const WorkspaceFolder elsewhere;
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/a.json"), "{}");
    QDir().mkpath(elsewhere.filePath(QStringLiteral("events")));
    QVERIFY(QFile::link(elsewhere.path(), folder.filePath(QStringLiteral("events"))));
    QVERIFY(QFile::link(elsewhere.path(), folder.filePath(QStringLiteral("examples"))));
    QVERIFY(QFile::link(elsewhere.filePath(QStringLiteral("workspace.json")),
        folder.filePath(QStringLiteral("aggregates/b.json"))));
    folder.write(QStringLiteral("commands"), "no folder");
    QCOMPARE(saidOf(folder.path()),
        QStringList({ QStringLiteral("events:1:1: is a link, which is not followed; keep the "
                                     "definitions in a folder of the workspace itself"),
            QStringLiteral("commands:1:1: must be a folder, with a file NAME.json for "
                           "each definition"),
            QStringLiteral(
                "examples:1:1: is a link, which is not followed; keep the definitions in "
                "a folder of the workspace itself"),
            QStringLiteral("aggregates/b.json:1:1: is not an ordinary file; put the definition "
                           "itself here") }));
}

void tst_BrokenWorkspaces::pipesAreNotOpened()
{
    WorkspaceFolder folder;
    const auto pipe = [&folder](const char* name) {
        const QString path = folder.filePath(QLatin1String(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile::remove(path);
        return ::mkfifo(QFile::encodeName(path).constData(), 0600);
    };
    QCOMPARE(pipe("commands/A.json"), 0);
    QCOMPARE(pipe("examples/a.json"), 0);
    const QString reason
        = QStringLiteral("1:1: is not an ordinary file; put the definition itself here");
    QCOMPARE(saidOf(folder.path()),
        QStringList({ QStringLiteral("commands/A.json:") + reason,
            QStringLiteral("examples/a.json:") + reason }));
    QCOMPARE(pipe("workspace.json"), 0);
    QCOMPARE(saidOf(folder.path()), QStringList { QStringLiteral("workspace.json:") + reason });
}

void tst_BrokenWorkspaces::theRestWorksOn()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("events/A.json"), "{");
    folder.write(QStringLiteral("commands/DO.json"),
        R"({"stream":"s-{data.id}","emit":[{"type":"B","data":{}}]})");
    folder.write(QStringLiteral("examples/a.json"),
        R"({"when":{"command":"DO","data":{"id":1}},"then":[{"type":"B","data":{}}]})");
    const auto check = checkWorkspace(folder.path());
    QCOMPARE(check->problems.size(), 1);
    QCOMPARE(check->examples.size(), 1);
    QCOMPARE(check->failures(), 0);
}

QTEST_APPLESS_MAIN(tst_BrokenWorkspaces)
#include "tst_brokenworkspaces.moc"
