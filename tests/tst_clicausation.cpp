#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

// The verbs that tell what caused what, and that write tests.

using namespace eventloupe;

class TestCliCausation : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words, const QByteArray& input = {})
    {
        return m_program->run(words, input);
    }
    void makeChain()
    {
        m_program->write(u"chain.ndjson"_qs,
            json("{'stream':'a-1','type':'A','id':'1','data':{},"
                 "'metadata':{'correlationId':'k','causationId':'c','command':'DO'},"
                 "'time':'2026-03-01T14:00:00Z'}\n"
                 "{'stream':'b-1','type':'B','id':'2','data':{},"
                 "'metadata':{'correlationId':'k','causationId':'1'},"
                 "'time':'2026-03-01T14:00:00.25Z'}\n"
                 "{'stream':'b-2','type':'B','id':'3','data':{},'metadata':{}}\n"));
        QCOMPARE(run(u"import s.eventlog chain.ndjson"_qs).code, 0);
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void printsATree()
    {
        makeChain();
        for (const auto& words : { u"causation s.eventlog 2"_qs,
                 u"causation s.eventlog --correlation k"_qs }) {
            const auto result = run(words);
            QCOMPARE(result.code, 0);
            QCOMPARE(result.lines().size(), 3);
            QCOMPARE(result.object(0)[u"kind"], u"command"_qs);
            QCOMPARE(result.object(0)[u"command"], u"DO"_qs);
            QCOMPARE(result.object(1)[u"position"], 1);
            QCOMPARE(result.object(1)[u"cause"], QJsonValue());
            QCOMPARE(result.object(2)[u"depth"], 2);
            QCOMPARE(result.object(2)[u"cause"], 1);
            QCOMPARE(result.object(2)[u"after_us"], 250'000);
        }
        QCOMPARE(run(u"causation s.eventlog 3"_qs).lines().size(), 1);
    }

    void refusesWhatMakesNoSense()
    {
        makeChain();
        QCOMPARE(run(u"causation s.eventlog"_qs).code, 2);
        QCOMPARE(run(u"causation s.eventlog x"_qs).code, 2);
        QCOMPARE(run(u"causation s.eventlog 1 --correlation k"_qs).code, 2);
        const auto past = run(u"causation s.eventlog 9"_qs);
        QCOMPARE(past.code, 1);
        QVERIFY2(past.err.contains("#9"), past.err.constData());
        QCOMPARE(run(u"causation s.eventlog --correlation none"_qs).code, 1);
    }

    void writesAnExampleThatHolds()
    {
        QCOMPARE(run(u"init shop --template shop"_qs).code, 0);
        const QString cart = u"cartId=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01"_qs;
        QCOMPARE(run(u"command shop OPEN_CART currency=EUR "_qs + cart).code, 0);
        for (int i = 1; i <= 3; ++i) {
            const auto words = u"command shop ADD_ITEM sku=T-%1 title=Tea qty=1 unitPrice=2 %2"_qs;
            QCOMPARE(run(words.arg(i).arg(cart)).code, 0);
        }
        QCOMPARE(run(u"command shop REMOVE_ITEM sku=T-2 "_qs + cart).code, 0);
        const auto whole = run(u"example shop 5 -o shop/examples/whole.json"_qs);
        QVERIFY2(whole.code == 0, whole.err.constData());
        const auto cut = run(u"example shop 5 --shrink -o shop/examples/cut.json"_qs);
        QVERIFY2(cut.err.contains("2 of the 4"), cut.err.constData());
        QCOMPARE(run(u"example shop 4"_qs).object(0)[u"title"], QJsonValue()); // Over lines.
        const auto document
            = QJsonDocument::fromJson(m_program->read(u"shop/examples/cut.json"_qs)).object();
        QCOMPARE(document[u"given"].toArray().size(), 2);
        const auto check = run(u"check shop"_qs);
        QVERIFY2(check.code == 0 && check.out.contains("cut.json"), check.out.constData());
    }

    void writesSourceByTemplates()
    {
        makeChain();
        const auto emmett = run(u"example s.eventlog 2 --format emmett"_qs);
        QVERIFY2(emmett.out.contains("node:test"), emmett.out.constData());
        QVERIFY(run(u"example s.eventlog --list"_qs).lines().size() >= 6);
        // One of the workspace's own.
        m_program->write(u"w/workspace.json"_qs, "{}");
        m_program->write(
            u"w/templates/mine.tmpl"_qs, "{\"language\":\"python\"}\n---\n{{stream|string}}\n");
        m_program->write(u"w/templates/broken.tmpl"_qs, "{}\n---\n");
        const auto mine = run(u"example s.eventlog 2 --workspace w --format mine"_qs);
        QCOMPARE(mine.out, QByteArray("\"b-1\"\n"));
        QVERIFY2(mine.err.contains("broken.tmpl"), mine.err.constData());
        QCOMPARE(run(u"example s.eventlog 2 --format nope"_qs).code, 2);
        QCOMPARE(run(u"example s.eventlog 0"_qs).code, 2);
        QCOMPARE(run(u"example s.eventlog 99"_qs).code, 1);
    }

    void neverWritesOverTheStore()
    {
        makeChain();
        const auto before = m_program->read(u"s.eventlog"_qs);
        QCOMPARE(run(u"example s.eventlog 2 -o s.eventlog"_qs).code, 1);
        QCOMPARE(m_program->read(u"s.eventlog"_qs), before);
    }

    void readsStoresOfLibraries()
    {
        const QDir stores(QStringLiteral(EVENTLOUPE_SHARED "/stores"));
        if (!stores.exists())
            QSKIP("the stores of other libraries are not here");
        const auto rails = run(
            { u"causation"_qs, stores.filePath(u"rails-event-store.db"_qs), u"1"_qs });
        QVERIFY2(rails.code == 0, rails.err.constData());
        QVERIFY(rails.lines().size() >= 1);
        const auto emmett
            = run({ u"causation"_qs, stores.filePath(u"emmett-sqlite.db"_qs), u"1"_qs });
        QVERIFY2(emmett.code == 0, emmett.err.constData());
        // Its cause is a command, which the log does not hold.
        QCOMPARE(emmett.object(0)[u"kind"], u"unknown"_qs);
        QCOMPARE(emmett.object(1)[u"position"], 1);
    }

private:
    ProgramRun run(const QStringList& words) { return m_program->run(words); }
};

QTEST_GUILESS_MAIN(TestCliCausation)
#include "tst_clicausation.moc"
