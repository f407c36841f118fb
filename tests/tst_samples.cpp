#include "domain/example.h"
#include "domain/workspacetemplate.h"
#include "support/workspacefolder.h"

#include <QtTest>

using namespace eventloupe;

class tst_Samples : public QObject {
    Q_OBJECT

private slots:
    void load_data();
    void load();
    void holdTheirExamples_data();
    void holdTheirExamples();
    void areWrittenIntoANewFolder_data();
    void areWrittenIntoANewFolder();
    void areNotWrittenOverAnything();
    void haveNoUnknownTemplate();
    void tellAnExampleThatDoesNotHold();
    void reportBrokenExamples();
};

namespace {

QString sampleFolder(const QString& name)
{
    return QStringLiteral(EVENTLOUPE_SOURCE "/resources/workspaces/") + name;
}

void addSamples()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : workspaceTemplates())
        QTest::newRow(qPrintable(name)) << name;
}

QStringList filesBelow(const QString& folder)
{
    QStringList files;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(QDir(folder).relativeFilePath(it.next()));
    files.sort();
    return files;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

void tst_Samples::load_data()
{
    addSamples();
}

void tst_Samples::load()
{
    QFETCH(QString, name);
    const auto workspace = Workspace::load(sampleFolder(name));
    QVERIFY(workspace.ok());
    for (const WorkspaceProblem& problem : (*workspace)->problems())
        qWarning() << problem.file << problem.line << problem.column << problem.message;
    QVERIFY((*workspace)->problems().isEmpty());
    for (const CommandDefinition& command : (*workspace)->commands()) {
        QVERIFY2(!command.description.isEmpty(), qPrintable(command.name));
        QVERIFY2((*workspace)->aggregate(command.category), qPrintable(command.name));
        for (const Emission& emission : command.emissions)
            QVERIFY2((*workspace)->event(emission.type), qPrintable(emission.type));
    }
}

void tst_Samples::holdTheirExamples_data()
{
    addSamples();
}

void tst_Samples::holdTheirExamples()
{
    QFETCH(QString, name);
    const auto workspace = Workspace::load(sampleFolder(name));
    QVERIFY(workspace.ok());
    QList<WorkspaceProblem> problems;
    const QList<Example> examples = loadExamples(**workspace, problems);
    for (const WorkspaceProblem& problem : problems)
        qWarning() << problem.file << problem.line << problem.column << problem.message;
    QVERIFY(problems.isEmpty());
    QCOMPARE(examples.isEmpty(), name == QStringLiteral("empty"));
    for (const Example& example : examples) {
        const auto failure = runExample(*workspace, example);
        QVERIFY2(!failure,
            qPrintable(example.file + QStringLiteral(": ") + failure.value_or(QString())));
    }
}

void tst_Samples::areWrittenIntoANewFolder_data()
{
    addSamples();
}

void tst_Samples::areWrittenIntoANewFolder()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("new/deep"));
    const auto written = writeWorkspace(name, target);
    QVERIFY2(written.ok(), written.ok() ? "" : qPrintable(written.error().message));
    QCOMPARE(filesBelow(target), filesBelow(sampleFolder(name)));
    for (const QString& file : filesBelow(target))
        QCOMPARE(contentOf(QDir(target).filePath(file)),
            contentOf(QDir(sampleFolder(name)).filePath(file)));
    QVERIFY(QFileInfo(target + QStringLiteral("/commands")).isDir());
    QVERIFY(Workspace::load(target).ok());
}

void tst_Samples::areNotWrittenOverAnything()
{
    const WorkspaceFolder folder;
    const QByteArray before = contentOf(folder.filePath(QStringLiteral("workspace.json")));
    const auto written = writeWorkspace(QStringLiteral("users"), folder.path());
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::AlreadyExists);
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("workspace.json"))), before);
    QCOMPARE(filesBelow(folder.path()).size(), 1);
    const auto file = writeWorkspace(
        QStringLiteral("users"), folder.filePath(QStringLiteral("workspace.json")));
    QCOMPARE(file.error().code, ErrorCode::AlreadyExists);
}

void tst_Samples::haveNoUnknownTemplate()
{
    const QTemporaryDir folder;
    const auto written
        = writeWorkspace(QStringLiteral("../users"), folder.filePath(QStringLiteral("x")));
    QCOMPARE(written.error().code, ErrorCode::InvalidArgument);
    QVERIFY(written.error().message.contains(QStringLiteral("users, shop, empty")));
    QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("x"))));
}

void tst_Samples::tellAnExampleThatDoesNotHold()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("commands/DO.json"),
        R"({"stream":"a-{data.id}","emit":[{"type":"DONE","data":{"n":"data.n"}}],
            "require":[{"that":"!exists","message":"done already"}]})");
    folder.write(QStringLiteral("examples/a.json"),
        R"({"when":{"command":"DO","data":{"id":1,"n":2}},"then":[{"type":"DONE","data":{"n":3}}]})");
    folder.write(QStringLiteral("examples/b.json"),
        R"({"when":{"command":"DO","data":{"id":1,"n":2}},"then":{"rejected":"no"}})");
    folder.write(QStringLiteral("examples/c.json"),
        R"({"given":[{"type":"DONE","data":{}}],"when":{"command":"DO","data":{"id":1,"n":2}},
            "then":[{"type":"DONE","data":"*"}]})");
    folder.write(QStringLiteral("examples/d.json"),
        R"({"when":{"command":"DO","data":{"id":1,"n":2}},"then":[{"type":"DONE","data":{"n":"*"}}]})");
    const auto workspace = folder.load();
    QList<WorkspaceProblem> problems;
    const QList<Example> examples = loadExamples(*workspace, problems);
    QVERIFY(problems.isEmpty());
    QCOMPARE(examples.size(), 4);
    QCOMPARE(runExample(workspace, examples.at(0)).value_or(QString()),
        QStringLiteral(R"(expected DONE {"n":3}; came DONE {"n":2})"));
    QCOMPARE(runExample(workspace, examples.at(1)).value_or(QString()),
        QStringLiteral(R"(expected a rejection, "no"; came DONE {"n":2})"));
    QCOMPARE(runExample(workspace, examples.at(2)).value_or(QString()),
        QStringLiteral(R"(expected DONE "*"; came a rejection, "done already")"));
    QVERIFY(!runExample(workspace, examples.at(3)));
}

void tst_Samples::reportBrokenExamples()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("examples/a.json"), R"({"when":{"command":"NO"},"then":1})");
    QList<WorkspaceProblem> problems;
    QVERIFY(loadExamples(*folder.load(), problems).isEmpty());
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems.first().file, QStringLiteral("examples/a.json"));
    QCOMPARE(problems.first().column, 20);
}

QTEST_APPLESS_MAIN(tst_Samples)
#include "tst_samples.moc"
