#include "domain/definitioncheck.h"
#include "domain/memberuses.h"
#include "support/workspacefolder.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// JSON with apostrophes for its quotes.
QString js(const char* text)
{
    return QString::fromUtf8(text).replace(u'\'', u'"');
}

QString textOf(const QList<MemberUse>& uses)
{
    QStringList texts;
    for (const MemberUse& use : uses)
        texts.append(use.variable + u'.' + use.names.join(u'.'));
    return texts.join(u' ');
}

} // namespace

/// Members that expressions read and nothing has. What a whole workspace says of them is in
/// tests/broken.
class TestMemberChecks : public QObject {
    Q_OBJECT

private slots:
    void usesAreFound_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("uses");
        const auto row = [](const char* expression, const char* uses) {
            QTest::newRow(expression)
                << QString::fromLatin1(expression) << QString::fromLatin1(uses);
        };
        row("data.a.b + row.c > 1", "data.a.b row.c");
        row("data.a.size() + data.items.map(i, i.x).size()", "data.a data.items");
        row("has(data.a) || has(data.a.b)", "data.a");
        row("data.?a.orValue(1) + state.data.b + mydata.c", "");
        row("'data.a' + \"it's data.b\" + data.c", "data.c");
        row("[1].map(data, data.x)", "");
        row("data['a'] == data", "");
    }
    void usesAreFound()
    {
        QFETCH(QString, expression);
        QTEST(textOf(memberUses(expression)), "uses");
    }

    void templatesAreLookedIntoInTheirBraces()
    {
        QCOMPARE(
            textOf(memberUsesOfTemplate(u"data.a is {data.b} and {row.c}"_qs)), u"data.b row.c"_qs);
    }

    void openSchemasAreNoted()
    {
        const WorkspaceFolder folder;
        const auto problems = checkDefinition(folder.path(), u"commands/DO.json"_qs,
            js("{'stream': 'a-{data.id}', 'schema': {'properties': {'id': {}, 'name': {}}},"
               " 'emit': [{'type': 'A', 'data': {'n': 'data.nmae', 'f': 'data.free.x'}}]}"))
                                  .problems;
        QStringList notes;
        for (const DefinitionProblem& problem : problems) {
            QCOMPARE(problem.level, DefinitionProblem::Level::Hint);
            if (problem.message.startsWith(u"nothing says"))
                notes.append(problem.message);
        }
        QCOMPARE(notes,
            QStringList({ u"nothing says that 'data' has a member 'nmae', did you mean 'name'?"_qs,
                u"nothing says that 'data' has a member 'free'; there are: id, name"_qs }));
    }

    void whatMayBeIsNoMistake_data()
    {
        QTest::addColumn<QString>("schema");
        const auto row = [](const char* schema) { QTest::newRow(schema) << js(schema); };
        row("{'properties': {'id': {}, 'x': {}}, 'additionalProperties': false}");
        row("{'properties': {'id': {}}}");
        row("{'properties': {'id': {}}, 'patternProperties': {'^x': {}}, "
            "'additionalProperties': false}");
        row("{'properties': {'id': {}}, 'unevaluatedProperties': false, "
            "'oneOf': [{'properties': {'x': {}}}, {'properties': {'y': {}}}]}");
        row("{'properties': {'id': {}}, 'unevaluatedProperties': false, "
            "'if': {}, 'then': {'properties': {'x': {}}}}");
        row("{'properties': {'id': {}}, 'unevaluatedProperties': false, "
            "'dependentSchemas': {'id': {'properties': {'x': {}}}}}");
        row("{'allOf': [{'$ref': '#/$defs/a'}], 'properties': {'id': {}}, "
            "'unevaluatedProperties': false, '$defs': {'a': {'properties': {'x': {}}}}}");
    }
    void whatMayBeIsNoMistake()
    {
        QFETCH(QString, schema);
        WorkspaceFolder folder;
        folder.write(u"commands/DO.json"_qs,
            js("{'stream': 'a-{data.id}', 'schema': %1,"
               " 'emit': [{'type': 'A', 'data': {'x': 'data.x'}}]}")
                .arg(schema)
                .toUtf8());
        QCOMPARE(folder.problems(), QStringList());
    }
};

QTEST_APPLESS_MAIN(TestMemberChecks)
#include "tst_memberchecks.moc"
