#include "support/program.h"

#include <QFile>
#include <QTest>

// The verb that prints a projection's table, on rules of a test's own and on the samples'.

using namespace eventloupe;

class TestCliProjection : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words, const QByteArray& input = {})
    {
        return m_program->run(words, input);
    }
    void writeProjection(const QByteArray& text)
    {
        m_program->write(u"w/workspace.json"_qs, "{}");
        m_program->write(u"w/projections/sums.json"_qs, text);
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void printsTheTableAtAPosition()
    {
        m_program->makeStore(20);
        writeProjection(
            json("{'key':'event.type','initialRow':{'sum':0},'columns':[{'name':'sum'}],"
                 "'evolve':{'ODD':{'/sum':'row.sum + data.n'},"
                 "'EVEN':{'/sum':'row.sum + data.n'}}}"));
        const QString words = u"projection s.eventlog sums --workspace w "_qs;
        QCOMPARE(run(words).out, json("{'key':'ODD','sum':100}\n{'key':'EVEN','sum':110}\n"));
        QCOMPARE(
            run(words + u"--at 3"_qs).out, json("{'key':'ODD','sum':4}\n{'key':'EVEN','sum':2}\n"));
        QCOMPARE(run(words + u"--at 0"_qs).out, QByteArray());
        QCOMPARE(run(words + u"--at 3 --format csv"_qs).out,
            QByteArray("key,sum\r\nODD,4\r\nEVEN,2\r\n"));
        QCOMPARE(run(words + u"--at 99 -o out.csv"_qs).code, 0);
        QCOMPARE(m_program->read(u"out.csv"_qs), QByteArray("key,sum\r\nODD,100\r\nEVEN,110\r\n"));
        QCOMPARE(run(words + u"-o out.json"_qs).code, 0);
        QCOMPARE(m_program->read(u"out.json"_qs),
            json("[\n{'key':'ODD','sum':100},\n{'key':'EVEN','sum':110}\n]\n"));
    }

    void neverWritesOverTheStore()
    {
        m_program->makeStore(20);
        writeProjection(
            json("{'key':'event.type','columns':[{'name':'sum'}],'evolve':{'ODD':{}}}"));
        QVERIFY(QFile::link(m_program->path(u"s.eventlog"_qs), m_program->path(u"link.csv"_qs)));
        for (const auto& target :
            { u"s.eventlog"_qs, u"link.csv"_qs, u"./s.eventlog"_qs, u"s.eventlog.head"_qs }) {
            const auto result = run(u"projection s.eventlog sums --workspace w -o "_qs + target);
            QCOMPARE(result.code, 1);
            QVERIFY2(result.err.contains("is the store itself"), result.err.constData());
        }
        QCOMPARE(run(u"verify s.eventlog"_qs).code, 0);
    }

    void saysWhatCouldNotBeFolded()
    {
        m_program->makeStore(4);
        writeProjection(json("{'key':'data.n > 3 ? [] : data.n > 2','columns':[{'name':'x'}],"
                             "'evolve':{'ODD':{'/x':'row.x + 1'},'EVEN':{'/x':'1'}}}"));
        const auto result = run(u"projection s.eventlog sums --workspace w"_qs);
        QCOMPARE(result.code, 0);
        QCOMPARE(result.out, json("{'key':false,'x':1}\n{'key':true,'x':null}\n"));
        QVERIFY2(result.err.contains("1 event came to no row; first #4: EVEN: its key"),
            result.err.constData());
        QVERIFY2(result.err.contains("2 rows lack an event that could not be folded; first #1"),
            result.err.constData());
    }

    void refusesWhatIsNotThere()
    {
        m_program->makeStore(4);
        writeProjection(json("{'key':'data.n','columns':[{'name':'x'}],'evolve':{'ODD':'merge'}}"));
        const auto unknown = run(u"projection s.eventlog sms --workspace w"_qs);
        QCOMPARE(unknown.code, 1);
        QVERIFY(unknown.err.contains("there is no projection 'sms', only sums"));
        const auto none = run(u"projection s.eventlog sums"_qs);
        QCOMPARE(none.code, 1);
        QVERIFY(none.err.contains("projections/sums.json"));
        QCOMPARE(run(u"projection s.eventlog"_qs).code, 2);
        QCOMPARE(run(u"projection s.eventlog sums --workspace w --format xls"_qs).code, 2);
        QCOMPARE(run(u"projection s.eventlog sums --workspace w --at x"_qs).code, 2);
        const auto wrong
            = run(u"projection s.eventlog sums --workspace w -o /nowhere/at/all.csv"_qs);
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.err.contains("/nowhere/at"));
    }

    void samplesHaveTablesToShow()
    {
        QCOMPARE(run(u"init shop --template shop"_qs).code, 0);
        const QByteArray tea = json("{'sku':'TEA','title':'Tea','qty':2,'unitPrice':4.5}");
        const QByteArray cup = json("{'sku':'CUP','title':'Cup','qty':1,'unitPrice':9}");
        const auto order = [&](const char* number, const char* time, const QByteArray& items,
                               const char* currency) {
            return json("{'stream':'order-%1','type':'ORDER_PLACED','time':'%2',"
                        "'data':{'customer':'ada@x.org','currency':'%4','items':[%3],'total':9}}\n")
                .replace("%1", number)
                .replace("%2", time)
                .replace("%3", items)
                .replace("%4", currency);
        };
        QCOMPARE(run(u"import shop -"_qs,
                     order("1", "2026-03-01T23:59:59Z", tea, "EUR")
                         + order("2", "2026-11-12T00:00:00Z", tea + ',' + cup, "USD")
                         + order("3", "2026-03-01T01:00:00Z", cup, "EUR"))
                     .code,
            0);
        QCOMPARE(run(u"projection shop orders-by-day --format csv"_qs).out,
            QByteArray("key,currency,orders,total\r\n2026-03-01 EUR,EUR,2,18\r\n"
                       "2026-11-12 USD,USD,1,9\r\n"));
        QCOMPARE(run(u"projection shop customers"_qs).out,
            json("{'key':'ada@x.org','orders':3,'spent':{'EUR':18,'USD':9},"
                 "'lastOrder':'2026-03-01T01:00:00Z'}\n"));
        QCOMPARE(run(u"projection shop items-ordered --at 2"_qs).out,
            json("{'key':'TEA','title':'Tea','orders':2,'price':4.5,"
                 "'lastOrder':'2026-11-12T00:00:00Z'}\n"
                 "{'key':'CUP','title':'Cup','orders':1,'price':9,"
                 "'lastOrder':'2026-11-12T00:00:00Z'}\n"));
        QCOMPARE(run(u"init users --template users"_qs).code, 0);
        QCOMPARE(run(u"command users CREATE_USER userId=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55 "
                     "name=Ada email=a@x.org"_qs)
                     .code,
            0);
        const auto users = run(u"projection users users"_qs);
        QCOMPARE(users.code, 0);
        QCOMPARE(users.object().value(u"email").toString(), u"a@x.org"_qs);
        QCOMPARE(users.object().value(u"status").toString(), u"active"_qs);
    }
};

QTEST_GUILESS_MAIN(TestCliProjection)
#include "tst_cliprojection.moc"
