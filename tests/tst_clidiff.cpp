#include "support/program.h"

#include <QFile>
#include <QTest>

// The verbs that compare states and say what set their fields.

using namespace eventloupe;

class TestCliDiff : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) { return m_program->run(words); }

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->write(u"w/workspace.json"_qs, "{\"store\":\"s.eventlog\"}");
        m_program->write(u"w/events/ITEM_PUT.json"_qs,
            json("{'evolve':{'/items':'[data.sku] + state.items'}}"));
        m_program->write(u"w/events/COUNTED.json"_qs, json("{'evolve':{'/n':'data.n + 1'}}"));
        m_program->write(u"w/aggregates/cart.json"_qs,
            json("{'category':'cart','initialState':{'items':[]}}"));
        m_program->write(u"log.ndjson"_qs,
            json("{'stream':'cart-1','type':'NAMED','data':{'name':'Ada','a':{'b':1}},"
                 "'time':'2026-03-01T14:00:00Z'}\n"
                 "{'stream':'cart-2','type':'NAMED','data':{'name':'Bob'}}\n"
                 "{'stream':'cart-1','type':'ITEM_PUT','data':{'sku':'A'},"
                 "'time':'2026-03-01T15:00:00Z'}\n"
                 "{'stream':'cart-1','type':'ITEM_PUT','data':{'sku':'B'},"
                 "'time':'2026-03-01T16:00:00Z'}\n"
                 "{'stream':'cart-1','type':'NAMED','data':{'name':'Ada','a':null},"
                 "'time':'2026-03-01T17:00:00Z'}\n"));
        QCOMPARE(run(u"import w log.ndjson"_qs).code, 0);
    }

    void comparesTwoPoints()
    {
        QCOMPARE(run(u"diff w cart-1"_qs).out, json("- /a: {'b':1}\n"));
        QCOMPARE(run(u"diff w cart-1 --to v3"_qs).out, json("+ /items/0: 'B'\n"));
        QCOMPARE(run(u"diff w cart-1 --from 1 --to 4"_qs).out,
            json("+ /items/0: 'B'\n+ /items/1: 'A'\n"));
        QCOMPARE(run(u"diff w cart-1 --from v4 --to v2"_qs).out,
            json("- /items/0: 'B'\n+ /a: {'b':1}\n"));
        QCOMPARE(run(u"diff w cart-1 --from 2026-03-01T14:30:00Z --to v2"_qs).out,
            json("+ /items/0: 'A'\n"));
        QCOMPARE(run(u"diff w cart-1 --from v2 --to v2"_qs).out, QByteArray());
        QCOMPARE(run(u"diff w cart-1 --from 0 --to 1"_qs).out,
            json("+ /items: []\n+ /name: 'Ada'\n+ /a: {'b':1}\n"));
    }

    void comparesTwoStreams()
    {
        QCOMPARE(run(u"diff w cart-1 cart-2 --from v1"_qs).out,
            json("~ /name: 'Ada' -> 'Bob'\n- /a: {'b':1}\n"));
    }

    void writesEachFormat()
    {
        QCOMPARE(run(u"diff w cart-1 --to v3 --format patch"_qs).out,
            json("[{'op':'add','path':'/items/0','value':'B'}]\n"));
        QCOMPARE(run(u"diff w cart-1 --to v3 --format json"_qs).out,
            json("{'from':{'stream':'cart-1','version':2,'position':3,'exists':true},"
                 "'to':{'stream':'cart-1','version':3,'position':4,'exists':true},"
                 "'differences':[{'pointer':'/items/0','change':'added','new':'B'}]}\n"));
        QCOMPARE(run(u"diff w cart-1 --to v3 --format markdown"_qs).out,
            QByteArray("**cart-1**\n\n| | field | v2 | v3 |\n| --- | --- | --- | --- |\n"
                       "| + | `/items/0` |  | `\"B\"` |\n"));
    }

    void saysWhereBothAreEqual()
    {
        const auto result = run(u"diff w cart-1 --from v2 --to v2"_qs);
        QCOMPARE(result.code, 0);
        QCOMPARE(result.out, QByteArray()); // A script sees by that that there is no difference.
        QVERIFY2(result.err.contains("equal: cart-1 v2 (event #3) and cart-1 v2 (event #3)"),
            result.err);
    }

    void refusesWhatIsNotThere()
    {
        auto result = run(u"diff w cart-9"_qs);
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("there is no stream 'cart-9'"), result.err);
        result = run(u"diff w cart-1 --to v5"_qs);
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("cart-1 has no version 5; it is at version 4"), result.err);
        for (const auto& words : { u"diff w cart-1 --to x"_qs, u"diff w cart-1 --from -1"_qs,
                 u"diff w cart-1 --format yaml"_qs, u"diff w"_qs, u"blame w cart-1 a"_qs,
                 u"blame w cart-1 --at v"_qs })
            QCOMPARE(run(words).code, 2);
        result = run(u"diff w cart-1 --to 99"_qs);
        QCOMPARE(result.code, 0);
        QVERIFY2(result.err.contains("99"), result.err);
    }

    void blamesEachField()
    {
        const auto result = run(u"blame w cart-1 --at v3"_qs);
        QCOMPARE(result.out,
            json("{'pointer':'/items/0','value':'B','type':'ITEM_PUT','version':3,'position':4,"
                 "'time':'2026-03-01T16:00:00.000000Z'}\n"
                 "{'pointer':'/items/1','value':'A','type':'ITEM_PUT','version':2,'position':3,"
                 "'time':'2026-03-01T15:00:00.000000Z'}\n"
                 "{'pointer':'/name','value':'Ada','type':'NAMED','version':1,'position':1,"
                 "'time':'2026-03-01T14:00:00.000000Z'}\n"
                 "{'pointer':'/a/b','value':1,'type':'NAMED','version':1,'position':1,"
                 "'time':'2026-03-01T14:00:00.000000Z'}\n"));
        QCOMPARE(run(u"blame w cart-1 /items --at v3"_qs).lines().size(), 3);
        QCOMPARE(run(u"blame w cart-1 /items --at 3"_qs).object()[u"version"].toInt(), 2);
        QCOMPARE(run(u"blame w cart-2 /items"_qs).out,
            json("{'pointer':'/items','value':[],'type':null,'version':0,'position':0,"
                 "'time':null}\n"));
        const auto missing = run(u"blame w cart-1 /a"_qs);
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.err.contains("there is nothing at '/a'"), missing.err);
    }

    void listsAFieldsHistory()
    {
        const auto name = run(u"blame w cart-1 /name --history"_qs);
        QCOMPARE(name.lines().size(), 2);
        QCOMPARE(name.object(0)[u"changed"].toBool(true), false);
        QCOMPARE(name.object(0)[u"version"].toInt(), 4);
        QCOMPARE(name.object(1)[u"changed"].toBool(), true);
        // The element, wherever it stood.
        const auto element = run(u"blame w cart-1 /items/1 --history"_qs);
        QCOMPARE(element.out,
            json("{'pointer':'/items/0','value':'A','changed':true,'type':'ITEM_PUT','version':2,"
                 "'position':3,'time':'2026-03-01T15:00:00.000000Z'}\n"));
        const auto removed = run(u"blame w cart-1 /a --history"_qs);
        QCOMPARE(removed.object(0),
            QJsonDocument::fromJson(
                json("{'pointer':'/a','old':{'b':1},'changed':true,'type':'NAMED','version':4,"
                     "'position':5,'time':'2026-03-01T17:00:00.000000Z'}"))
                .object());
        QCOMPARE(run(u"blame w cart-1 /none --history"_qs).code, 1);
    }

    void worksOnAnotherLibrarysStore()
    {
        const auto file = QStringLiteral(EVENTLOUPE_SHARED "/stores/emmett-sqlite.db");
        if (!QFile::exists(file))
            QSKIP("the shared stores are absent");
        const QString stream
            = run(u"streams "_qs + file + u" --limit 1"_qs).object()[u"stream"].toString();
        QVERIFY(!stream.isEmpty());
        const auto blame = m_program->run({ u"blame"_qs, file, stream });
        QCOMPARE(blame.code, 0);
        QVERIFY(blame.object()[u"version"].toInt() > 0);
        const auto diff = m_program->run(
            { u"diff"_qs, file, stream, u"--from"_qs, u"v0"_qs, u"--to"_qs, u"v1"_qs });
        QCOMPARE(diff.code, 0);
        QVERIFY(diff.out.startsWith("+ /"));
    }

    void tellsOfEventsThatCouldNotBeFolded()
    {
        m_program->write(u"more.ndjson"_qs, json("{'stream':'cart-2','type':'COUNTED','data':{}}\n"));
        QCOMPARE(run(u"import w more.ndjson"_qs).code, 0);
        const auto result = run(u"blame w cart-2"_qs);
        QCOMPARE(result.code, 0);
        QVERIFY2(result.err.contains("the event #6 (version 2) could not be folded"), result.err);
        QCOMPARE(run(u"diff w cart-2"_qs).out, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestCliDiff)
#include "tst_clidiff.moc"
