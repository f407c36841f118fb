#include "domain/schemafiles.h"
#include "domain/workspacecheck.h"
#include "domain/workspacetemplate.h"
#include "support/workspacefolder.h"
#include "value/event.h"
#include "value/json.h"

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

QString textOf(const WorkspaceCheck::Item& item)
{
    QString text;
    for (const ExampleDifference& difference : item.differences)
        text += u'\n' + difference.place + QStringLiteral(": expected ") + difference.expected
            + QStringLiteral(", came ") + difference.came;
    return text;
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
    const auto check = checkWorkspace(sampleFolder(name));
    QVERIFY(check.ok());
    QCOMPARE(check->problems.size(), 0);
    QCOMPARE(check->examples.isEmpty(), name == QStringLiteral("empty"));
    for (const WorkspaceCheck::Item& item : check->examples)
        QVERIFY2(item.differences.isEmpty(), qPrintable(item.example.file + textOf(item)));
    QVERIFY(check->isGood());
    // Each command is shown to be accepted and to be rejected.
    QCOMPARE(check->untried, QStringList());
    QVERIFY2(check->notes.isEmpty(), qPrintable(check->notes.value(0).message));
    for (const CommandDefinition& command : check->workspace->commands()) {
        const auto shows = [&](bool rejected) {
            return std::any_of(check->examples.begin(), check->examples.end(),
                [&](const WorkspaceCheck::Item& item) {
                    return item.example.command == command.name
                        && item.example.rejection.has_value() == rejected;
                });
        };
        QVERIFY2(shows(false), qPrintable(command.name));
        QVERIFY2(shows(true), qPrintable(command.name));
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
    for (const QString& file : filesBelow(target)) {
        const QByteArray text = contentOf(QDir(target).filePath(file));
        QCOMPARE(text, withSchemaFile(contentOf(QDir(sampleFolder(name)).filePath(file)), file));
        // The schema that it names is there, by its path from the file.
        const auto schema = parseJson(viewOf(text))->find("$schema")->toString();
        QVERIFY2(QFileInfo(QDir(QFileInfo(QDir(target).filePath(file)).path()).filePath(schema))
                     .isFile(),
            qPrintable(schema));
    }
    QVERIFY(QFileInfo(target + QStringLiteral("/commands")).isDir());
    const auto workspace = Workspace::load(target);
    QVERIFY(workspace.ok());
    QVERIFY((*workspace)->problems().isEmpty());
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
    QVERIFY(written.error().message.contains(QStringLiteral("users, shop, bank, library, empty")));
    QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("x"))));
}

QTEST_APPLESS_MAIN(tst_Samples)
#include "tst_samples.moc"
