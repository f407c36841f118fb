#include "domain/projection.h"
#include "support/workspacefolder.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// JSON with apostrophes for its quotes.
QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

/// What a projection's definition file says, and what is wrong with it.
class TestProjection final : public QObject {
    Q_OBJECT

private slots:
    void readsADefinition();
    void isSortedByTitle();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void readsOnlyWhatItNeeds();
};

void TestProjection::readsADefinition()
{
    WorkspaceFolder folder;
    folder.write(u"projections/revenue.json"_qs,
        json("{'title':'Revenue','key':'data.currency','initialRow':{'sum':0},"
             "'columns':[{'name':'sum','title':'Sum','type':'number'},"
             "{'name':'city','pointer':'/last/city'}],"
             "'evolve':{'PAID':{'/sum':'row.sum + data.amount','when':'data.amount > 0'},"
             "'MOVED':{'keys':['data.from','data.to'],'delete':'row.sum == 0'},"
             "'NOTED':'merge','CLOSED':'delete'}}"));
    QCOMPARE(folder.problems(), QStringList());
    const auto workspace = folder.load();
    const auto projection = workspace->projection(u"revenue"_qs);
    QVERIFY(projection);
    QCOMPARE(projection->title, u"Revenue"_qs);
    QCOMPARE(projection->columns.size(), 2);
    QCOMPARE(projection->columns.at(0).type, ProjectionColumnType::Number);
    QCOMPARE(projection->columns.at(1).pointer.toText(), QByteArray("/last/city"));
    QCOMPARE(projection->events.size(), 4);
    QVERIFY(projection->events.value(u"PAID"_qs).when);
    QCOMPARE(projection->events.value(u"MOVED"_qs).keys.expressions.size(), std::size_t(2));
    QVERIFY(projection->events.value(u"MOVED"_qs).deleteWhen);
    QVERIFY(projection->events.value(u"CLOSED"_qs).isDelete);
    QVERIFY(!workspace->projection(u"other"_qs));
}

void TestProjection::isSortedByTitle()
{
    WorkspaceFolder folder;
    const auto write = [&](const QString& name, const char* title) {
        folder.write(u"projections/%1.json"_qs.arg(name),
            json("{'title':'%','key':'event.stream','columns':[{'name':'n'}],"
                 "'evolve':{'A':'merge'}}")
                .replace("%", title));
    };
    write(u"a"_qs, "Zebra");
    write(u"b"_qs, "Apple");
    const auto workspace = folder.load();
    QCOMPARE(workspace->projections().size(), 2);
    QCOMPARE(workspace->projections().first()->name, u"b"_qs);
}

void TestProjection::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const char* text, const QString& problem) {
        QTest::newRow(name) << json(text) << problem;
    };
    row("no key", "{'columns':[{'name':'n'}],\n'evolve':{'A':{}}}",
        u"p.json:2:15: there is no key for this event"_qs);
    row("no columns", "{'key':'event.stream','evolve':{'A':{}}}",
        u"p.json:1:1: the member 'columns' is missing"_qs);
    row("empty columns", "{'key':'event.stream','columns':[],'evolve':{'A':{}}}",
        u"lists at least one column"_qs);
    row("no evolve", "{'key':'event.stream','columns':[{'name':'n'}]}",
        u"p.json:1:1: the member 'evolve' is missing"_qs);
    row("empty evolve", "{'key':'event.stream','columns':[{'name':'n'}],'evolve':{}}",
        u"lists at least one event"_qs);
    row("evolve is a list", "{'key':'event.stream','columns':[{'name':'n'}],'evolve':[]}",
        u"must be an object"_qs);
    row("key reads the row", "{'key':'row.n','columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"cannot read 'row'"_qs);
    row("key and keys",
        "{'key':'event.stream','keys':['data.a'],'columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"there is 'key' already"_qs);
    row("no keys", "{'keys':[],'columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"names at least one expression"_qs);
    row("a key that does not compile", "{'key':'dta.n','columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"p.json:1:9: unknown name 'dta'"_qs);
    row("a rule without a slash",
        "{'key':'event.stream','columns':[{'name':'n'}],\n'evolve':{'A':{'n':'row.n + 1'}}}",
        u"p.json:2:16: 'n' is no rule"_qs);
    row("a misspelt member",
        "{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'A':{'wen':'true'}}}",
        u"did you mean 'when'"_qs);
    row("state for row",
        "{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'A':{'/n':'state.n'}}}",
        u"unknown name 'state'"_qs);
    row("delete is a number",
        "{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'A':{'delete':1}}}",
        u"must be true, or an expression"_qs);
    row("an unknown kind", "{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'A':'merg'}}",
        u"did you mean 'merge'"_qs);
    row("a column's name", "{'key':'event.stream','columns':[{'name':'a b'}],'evolve':{'A':{}}}",
        u"a column's name is a word"_qs);
    row("a column without a name",
        "{'key':'event.stream','columns':[{'title':'A'}],'evolve':{'A':{}}}",
        u"the member 'name' is missing"_qs);
    row("a column twice",
        "{'key':'event.stream','columns':[{'name':'n'},{'name':'n'}],'evolve':{'A':{}}}",
        u"there is a column 'n' already"_qs);
    row("a column that is the key",
        "{'key':'event.stream','columns':[{'name':'key'}],'evolve':{'A':{}}}",
        u"there is a column 'key' already"_qs);
    row("a column's type",
        "{'key':'event.stream','columns':[{'name':'n','type':'nmber'}],'evolve':{'A':{}}}",
        u"did you mean 'number'"_qs);
    row("a column that is a text", "{'key':'event.stream','columns':['n'],'evolve':{'A':{}}}",
        u"must be an object such as"_qs);
    row("a pointer", "{'key':'event.stream','columns':[{'name':'n','pointer':'n'}],'evolve':{}}",
        u"must be a JSON Pointer"_qs);
    row("an initial row",
        "{'key':'event.stream','initialRow':[],'columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"must be an object"_qs);
    row("an initial key",
        "{'key':'event.stream','initialRow':{'key':1},'columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"choose another name"_qs);
    row("an unknown member",
        "{'key':'event.stream','colums':[],'columns':[{'name':'n'}],'evolve':{'A':{}}}",
        u"did you mean 'columns'"_qs);
}

void TestProjection::namesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    WorkspaceFolder folder;
    folder.write(u"projections/p.json"_qs, text);
    const QStringList problems = folder.problems();
    QVERIFY(!problems.isEmpty());
    QVERIFY2(problems.join(u'\n').contains(problem), qPrintable(problems.join(u'\n')));
    QVERIFY(problems.first().startsWith(u"projections/p.json:"));
    QVERIFY(folder.load()->projections().isEmpty());
}

void TestProjection::readsOnlyWhatItNeeds()
{
    const auto columnsOf = [](const char* key, const char* rule) {
        WorkspaceFolder folder;
        folder.write(u"projections/p.json"_qs,
            json("{'key':'%1','columns':[{'name':'n'}],'evolve':{'A':{'/n':'%2'}}}")
                .replace("%1", key)
                .replace("%2", rule));
        const auto workspace = folder.load();
        return workspace->projections().value(0)->scanColumns;
    };
    QCOMPARE(columnsOf("event.stream", "row.key"),
        ScanColumns({ ScanColumn::Type, ScanColumn::Stream }));
    QCOMPARE(columnsOf("data.a", "1"), ScanColumns({ ScanColumn::Type, ScanColumn::Data }));
    QCOMPARE(columnsOf("data.a", "event.time"),
        ScanColumns({ ScanColumn::Type, ScanColumn::Data, ScanColumn::Time }));
    QCOMPARE(columnsOf("event.metadata.actor", "1"), allScanColumns);
}

QTEST_APPLESS_MAIN(TestProjection)
#include "tst_projection.moc"
