#include "domain/definitionformat.h"
#include "domain/definitiontexts.h"
#include "schema/schema.h"
#include "support/workspacefolder.h"

#include <QDirIterator>
#include <QTest>

using namespace eventloupe;

namespace {

QByteArray js(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

/// "" when the text fits the format of its kind, else why not.
QString violation(const QString& path, const QByteArray& text)
{
    const auto kind = definitionKindOf(path);
    if (!kind)
        return u"no definition"_qs;
    const auto schema = Schema::compile(DefinitionFormat::of(*kind).schema());
    if (!schema)
        return schema.error().message;
    const auto violations = schema->validate(jsonOf(text));
    return violations.isEmpty() ? QString()
                                : QString::fromUtf8(violations.first().place.toText()) + u": "_qs
            + violations.first().message;
}

} // namespace

/// The JSON Schemas of the definition files, which other editors check by.
class TestDefinitionSchemas : public QObject {
    Q_OBJECT

private slots:
    void everySampleFits()
    {
        const QDir root(QStringLiteral(EVENTLOUPE_SOURCE "/resources/workspaces"));
        int count = 0;
        for (const QString& sample : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QDir folder(root.filePath(sample));
            QDirIterator files(
                folder.path(), { u"*.json"_qs }, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString name = files.next();
                const QString path = folder.relativeFilePath(name);
                if (!definitionKindOf(path))
                    continue;
                QFile file(name);
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString wrong = violation(path, file.readAll());
                QVERIFY2(wrong.isEmpty(), qPrintable(name + u' ' + wrong));
                ++count;
            }
        }
        QVERIFY(count > 40);
    }

    void theLoaderAgrees_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const QString& path, const char* text, bool isGood = false) {
            QTest::addRow("%s %s", qPrintable(path), text) << path << js(text) << isGood;
        };
        const QString event = u"events/E.json"_qs;
        const QString command = u"commands/C.json"_qs;
        const QString aggregate = u"aggregates/a.json"_qs;
        row(event, "{}", true);
        row(event, "{'$schema': 'x', 'evolve': 'merge'}", true);
        row(event, "{'evolve': {'/a': 'data.a', '/b': null}}", true);
        row(event, "{'evolv': 'merge'}");
        row(event, "{'evolve': 'merg'}");
        row(event, "{'evolve': 1}");
        row(event, "{'evolve': {'a': '1'}}");
        row(event, "{'evolve': {'/a': 1}}");
        row(event, "{'type': ''}");
        row(event, "{'type': 1}");
        row(event, "{'title': []}");
        row(event, "{'schema': 1}");
        row(event, "{'schema': {'type': 'strin'}}");
        row(event, "{'schema': {'minLength': -1}}");
        row(command, "{'stream': 'a-1', 'emit': []}", true);
        row(command, "{'stream': 'a-1', 'emit': [{'type': 'E', 'data': {'a': ['1', 2]}}]}", true);
        row(command, "{'stream': 'a-1'}");
        row(command, "{'emit': []}");
        row(command, "{'stream': 1, 'emit': []}");
        row(command, "{'stream': 'a-1', 'emit': {}}");
        row(command, "{'stream': 'a-1', 'emit': [{}]}");
        row(command, "{'stream': 'a-1', 'emit': [{'type': ''}]}");
        row(command, "{'stream': 'a-1', 'emit': [{'type': 'E', 'data': 1}]}");
        row(command, "{'stream': 'a-1', 'emit': [{'type': 'E', 'wen': 'true'}]}");
        row(command, "{'stream': 'a-1', 'emit': [], 'require': [{'message': 'x'}]}");
        row(command, "{'stream': 'a-1', 'emit': [], 'require': [{'that': 1}]}");
        row(command, "{'stream': 'a-1', 'emit': [], 'require': 'exists'}");
        row(aggregate, "{'initialState': {}, 'headline': ['/a', '']}", true);
        row(aggregate, "{'category': 'a-b'}");
        row(aggregate, "{'category': ''}");
        row(aggregate, "{'initialState': []}");
        row(aggregate, "{'headline': ['a']}");
        row(aggregate, "{'headline': '/a'}");
        row(aggregate, "{'events': [1]}");
        row(u"workspace.json"_qs, "{'name': 'x', 'store': 'y.eventlog'}", true);
        row(u"workspace.json"_qs, "{'nam': 'x'}");
        row(u"workspace.json"_qs, "{'commands': 'x'}");
    }
    void theLoaderAgrees()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, text);
        QFETCH(bool, isGood);
        WorkspaceFolder folder;
        folder.write(path, text);
        QCOMPARE(folder.problems().isEmpty(), isGood);
        const QString wrong = violation(path, text);
        QVERIFY2(wrong.isEmpty() == isGood, qPrintable(wrong));
    }

    void theyNeedNoOther()
    {
        for (const auto kind :
            { DefinitionKind::Workspace, DefinitionKind::Aggregate, DefinitionKind::Event,
                DefinitionKind::Command, DefinitionKind::Projection, DefinitionKind::Example }) {
            const auto schema = Schema::compile(DefinitionFormat::of(kind).schema());
            QVERIFY2(schema.ok(), schema ? "" : qPrintable(schema.error().message));
            QVERIFY(!DefinitionFormat::of(kind).schemaText().contains("\"$ref\": \"http"));
        }
    }
};

QTEST_APPLESS_MAIN(TestDefinitionSchemas)
#include "tst_definitionschemas.moc"
