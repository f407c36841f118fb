#include "support/program.h"

#include <QFile>
#include <QTest>

// Masks hold by whatever name a store is opened, in streams that show events of others, and for
// what is said of failures.

using namespace eventloupe;

class TestCliMaskPlaces : public QObject {
    Q_OBJECT

private:
    Program m_program;

    ProgramRun run(const QString& words) { return m_program.run(words); }

    /// A database that a library wrote, in a workspace; false where there are none on this machine.
    bool bring(const QString& folder, const QString& database)
    {
        const QString from = QStringLiteral(EVENTLOUPE_SHARED "/stores/") + database;
        return QFile::exists(from) && QFile::copy(from, m_program.path(folder + u"/shop.db"_qs));
    }

private slots:
    void holdForAChosenProfile()
    {
        for (const char* store : { "shop.db", "shop.db#emmett-sqlite" }) {
            const QString folder = u"chosen%1"_qs.arg(qstrlen(store));
            m_program.write(folder + u"/workspace.json"_qs,
                json("{'store':'%','masks':[{'pointers':['']}]}").replace('%', store));
            if (!bring(folder, u"emmett-sqlite.db"_qs))
                QSKIP("no databases of other libraries here");
            for (const char* name :
                { "", "/shop.db", "/shop.db#emmett-sqlite", "#emmett-sqlite" }) {
                const auto log
                    = run(u"log "_qs + folder + QString::fromUtf8(name) + u" --limit 9"_qs);
                QVERIFY2(log.code == 0, log.err.constData());
                QCOMPARE(log.lines().size(), 9);
                for (const QByteArray& line : log.lines())
                    QVERIFY2(line.contains("\"masked\":true"), line.constData());
            }
        }
    }

    /// What is in one stream's category shows in all streams that link to it.
    void holdInLinkedStreams()
    {
        m_program.write(u"rails/workspace.json"_qs,
            json("{'store':'shop.db','masks':[{'category':'Ordering::Order','pointers':['/"
                 "customer']}]}"));
        if (!bring(u"rails"_qs, u"rails-event-store.db"_qs))
            QSKIP("no databases of other libraries here");
        const QString placed = u"$by_type_Ordering::OrderPlaced"_qs;
        QFile::copy(m_program.path(u"rails/shop.db"_qs), m_program.path(u"bare.db"_qs));
        const auto open = m_program.run(
            { u"log"_qs, u"bare.db"_qs, u"--stream"_qs, placed, u"--limit"_qs, u"1"_qs });
        const auto customer = open.object()[u"data"_qs].toObject()[u"customer"_qs].toString();
        QVERIFY2(!customer.isEmpty(), open.out + open.err);
        const QByteArray secret = '"' + customer.toUtf8() + '"';
        const QList<QStringList> verbs { { u"log"_qs, u"rails"_qs, u"--stream"_qs, placed },
            { u"export"_qs, u"rails"_qs, u"--stream"_qs, placed },
            { u"state"_qs, u"rails"_qs, placed }, { u"blame"_qs, u"rails"_qs, placed },
            { u"diff"_qs, u"rails"_qs, placed, u"--from"_qs, u"0"_qs },
            { u"plot"_qs, u"rails"_qs, placed, u"/customer"_qs },
            { u"watch"_qs, u"rails"_qs, u"state.customer"_qs, u"--stream"_qs, placed },
            { u"watch"_qs, u"rails"_qs, u"data.customer"_qs, u"--stream"_qs, placed } };
        for (const QStringList& words : verbs) {
            const auto done = m_program.run(words);
            QVERIFY2(!(done.out + done.err).contains(secret),
                (words.join(u' ') + u'\n').toUtf8() + done.out.left(2000) + done.err);
        }
        QVERIFY(m_program.run(verbs.first()).out.contains("masked"));
    }

    /// The words of an upcast that failed quote what it read.
    void hideWhyAnUpcastFails()
    {
        for (const bool isMasked : { false, true }) {
            const QString folder = isMasked ? u"hidden"_qs : u"open"_qs;
            m_program.write(folder + u"/workspace.json"_qs,
                isMasked ? json("{'masks':[{'type':'CREATED','pointers':['/email']}]}")
                         : QByteArray("{}"));
            m_program.write(folder + u"/events/CREATED.json"_qs,
                json("{'upcasts':[{'when':'!has(data.age)','set':{'/age':'int(data.email)'}}]}"));
            m_program.write(u"events.ndjson"_qs,
                json("{'stream':'user-1','type':'CREATED','data':{'email':'SECRET@x.org'}}\n"));
            QCOMPARE(run(u"import %1 events.ndjson"_qs.arg(folder)).code, 0);
            for (const char* words : { "watch %1 event.type", "watch %1 data.name --stream user-1",
                     "state %1 user-1", "log %1 --where data.age>1", "replay %1",
                     "plot %1 user-1 /age", "report %1", "example %1 1" }) {
                const auto done = run(QString::fromUtf8(words).arg(folder));
                const QByteArray all = done.out + done.err;
                QVERIFY2(!isMasked || !all.contains("SECRET@x.org"), words + all);
            }
            const auto watched = run(u"watch %1 event.type"_qs.arg(folder));
            QVERIFY2(watched.err.contains(isMasked ? "may quote a masked value" : "SECRET@x.org"),
                watched.err.constData());
        }
    }

    void hideTheCommandOfAnExample()
    {
        m_program.write(u"shop/workspace.json"_qs, json("{'masks':[{'metadata':['/command']}]}"));
        m_program.write(u"shop/commands/SECRETRUN.json"_qs,
            json("{'stream':'user-{data.id}','emit':[{'type':'RUN','data':{'id':'data.id'}}]}"));
        m_program.write(u"shop.ndjson"_qs,
            json("{'stream':'user-1','type':'DONE','data':{},'metadata':{'command':'SECRETCMD'}}\n"
                 "{'stream':'user-1','type':'RUN','data':{'id':'1'},"
                 "'metadata':{'command':'SECRETRUN'}}\n"));
        QCOMPARE(run(u"import shop shop.ndjson"_qs).code, 0);
        for (const char* format : { "example", "emmett", "marten", "axon", "pyeventsourcing" }) {
            for (int position = 1; position <= 2; ++position) {
                const auto done = run(
                    u"example shop %1 --format %2"_qs.arg(position).arg(QString::fromUtf8(format)));
                QVERIFY2(done.code == 0 && !(done.out + done.err).contains("SECRET"),
                    done.out + done.err);
                QVERIFY2(done.err.contains("masks which command it came from"), done.err);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCliMaskPlaces)
#include "tst_climaskplaces.moc"
