#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QTest>

// What is masked leaves by no verb; and without masks it does, or this test would see nothing.

using namespace eventloupe;

namespace {

const QByteArray sign = "\u2592\u2592\u2592 masked";

struct Verb {
    const char* words;
    bool showsSecrets; ///< Without masks.
};

/// @ is the workspace. Each writes what it has to standard output or to the file "out".
const QList<Verb> verbs {
    { "log @", true },
    { "log @/s.eventlog", true },
    { "log @ --where data.email.startsWith('SECRET')", true },
    { "export @", true },
    { "export @ --format json", true },
    { "export @ --format csv", true },
    { "export @ -o out.ndjson", true },
    { "export @ -o out.csv", true },
    { "export @ --stream user-1", true },
    { "state @ user-1", true },
    { "state @ user-2 --version 1", true },
    { "state @ order-1", true },
    { "diff @ user-1", false },
    { "diff @ user-1 user-2", true },
    { "diff @ user-1 --from 0 --format patch", true },
    { "diff @ user-1 --from 0 --format json", true },
    { "diff @ user-1 --from 0 --format markdown", true },
    { "blame @ user-1", true },
    { "blame @ user-1 /mail --history", true },
    { "blame @ order-1 /by --history", false },
    { "blame @ order-1 /card --history", true },
    { "watch @ state.mail", true },
    { "watch @ data.email", true },
    { "watch @ state --stream user-1", true },
    { "watch @ event.metadata.ip", true },
    { "watch @ int(state.mail)>1", true },
    { "plot @ user-1 /age /mail", false },
    { "projection @ mails", true },
    { "projection @ mails --format json", true },
    { "projection @ mails -o out-p.csv", true },
    { "causation @ 1", false },
    { "causation @ --correlation c1", false },
    { "example @ 2", true },
    { "example @ 2 --shrink", true },
    { "example @ 2 --format emmett", true },
    { "example @ 2 --format marten", true },
    { "example @ 6", true },
    { "example @ 5 --format pyeventsourcing -o out.py", true },
    { "command @ GREET id=9", false },
    { "command @ GREET id=1", true },
    { "command @ BREAK id=1", true },
    { "replay @", false },
    { "streams @", false },
    { "verify @", false },
    { "branch @ --skip 2", true },
    { "branch @ --skip 2 consequences", false },
    { "branch @ --skip 2 state user-1", true },
    { "branch @ --skip 2 log", true },
    { "branch @ --edit 1={\"data\":{\"name\":\"N\"}} log", true },
    { "describe @ described", false },
};

} // namespace

class TestCliMasks : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) { return m_program->run(words); }
    void writeWorkspace(const QString& folder, bool isMasked)
    {
        const auto write = [&](const QString& name, const char* text) {
            m_program->write(folder + u'/' + name, json(text));
        };
        write(u"workspace.json"_qs,
            isMasked ? "{'store':'s.eventlog','masks':["
                       "{'type':'CREATED','pointers':['/email','/people/-/name'],"
                       "'metadata':['/ip']},{'category':'order','pointers':['/card']},"
                       "{'type':'AGED','pointers':['/age']}]}"
                     : "{'store':'s.eventlog'}");
        write(u"events/CREATED.json"_qs,
            "{'was':['MADE'],'upcasts':[{'when':'has(data.address)',"
            "'rename':{'/address':'/email'}}],"
            "'evolve':{'/mail':'data.email','/name':'data.name','/ip':'event.metadata.?ip.orValue(null)',"
            "'/people':'data.?people.orValue(null)','/copy':'string(data.email) + data.name'}}");
        write(u"events/BROKEN.json"_qs, "{'evolve':{'/x':'int(state.mail)'}}");
        write(u"aggregates/user.json"_qs,
            "{'headline':['/mail'],'events':['CREATED','BROKEN','AGED']}");
        write(u"commands/CREATE.json"_qs,
            "{'stream':'user-{data.id}','emit':[{'type':'CREATED',"
            "'data':{'email':'data.email','name':'data.name'}}]}");
        write(u"commands/AGE.json"_qs,
            "{'stream':'user-{data.id}','require':[{'that':'!has(state.age) || state.age < 3',"
            "'message':'{state.mail} is old'}],'emit':[{'type':'AGED','data':{'age':'data.age'}}]}");
        write(u"commands/GREET.json"_qs,
            "{'stream':'user-{data.id}','require':[{'that':'!exists','message':'{state.mail} is "
            "there'}],'emit':[]}");
        write(u"commands/BREAK.json"_qs,
            "{'stream':'user-{data.id}','emit':[{'type':'BROKEN','data':{'n':'int(state.mail)'}}]}");
        write(u"projections/mails.json"_qs,
            "{'key':'data.email','columns':[{'name':'mail'},{'name':'people'},{'name':'n'}],"
            "'evolve':{'CREATED':{'/mail':'data.email','/people':'data.?people.orValue(null)','/n':'1',"
            "'/x':'int(data.email)'}}}");
        m_program->write(folder + u".ndjson"_qs,
            json("{'stream':'user-1','type':'CREATED','data':{'email':'SECRET-1','name':'Ada',"
                 "'people':[{'name':'SECRET-2'},{'name':'SECRET-3','k':1}]},"
                 "'metadata':{'ip':'SECRET-4','correlationId':'c1','command':'CREATE'}}\n"
                 "{'stream':'user-1','type':'CREATED','data':{'email':'SECRET-5','name':'Ada'},"
                 "'metadata':{'ip':'SECRET-6','causationId':'c1','command':'CREATE'}}\n"
                 "{'stream':'user-2','type':'MADE','data':{'address':'SECRET-7','name':'B'}}\n"
                 "{'stream':'user-2','type':'BROKEN','data':{}}\n"
                 "{'stream':'order-1','type':'PAID','data':{'card':'SECRET-8','by':{'a':1}}}\n"
                 "{'stream':'user-1','type':'AGED','data':{'age':4}}\n"
                 "{'stream':'user-3','type':'CREATED','data':{'email':7,'name':'C'}}\n"));
        const auto imported = run(u"import %1 %1.ndjson"_qs.arg(folder));
        QVERIFY2(imported.code == 0, imported.err.constData());
    }

    /// All that a run said, and what it wrote.
    QByteArray allOf(const Verb& verb, const QString& folder)
    {
        QString words = QString::fromUtf8(verb.words);
        words.replace(u'@', folder);
        for (const char* name : { "out.ndjson", "out.csv", "out-p.csv", "out.py" })
            QFile::remove(m_program->path(QString::fromUtf8(name)));
        QDir(m_program->path(u"described"_qs)).removeRecursively();
        const auto done = run(words);
        QByteArray all = done.out + done.err;
        for (const char* name : { "out.ndjson", "out.csv", "out-p.csv", "out.py" })
            if (QFile::exists(m_program->path(QString::fromUtf8(name))))
                all += m_program->read(QString::fromUtf8(name));
        return all;
    }

private slots:
    void initTestCase()
    {
        m_program = std::make_unique<Program>();
        writeWorkspace(u"open"_qs, false);
        writeWorkspace(u"hidden"_qs, true);
    }

    void noVerbTells_data()
    {
        QTest::addColumn<int>("verb");
        for (int i = 0; i < verbs.size(); ++i)
            QTest::newRow(verbs.at(i).words) << i;
    }

    void noVerbTells()
    {
        QFETCH(int, verb);
        const auto open = allOf(verbs.at(verb), u"open"_qs);
        const auto hidden = allOf(verbs.at(verb), u"hidden"_qs);
        QVERIFY2(open.contains("SECRET-") == verbs.at(verb).showsSecrets, open.constData());
        QVERIFY2(!hidden.contains("SECRET-"), hidden.constData());
        QVERIFY2(!hidden.isEmpty() || open.isEmpty(), "it says nothing at all");
    }

    void saysThatItIsMasked()
    {
        const auto first = run(u"log hidden --limit 1"_qs);
        QCOMPARE(first.object()[u"masked"_qs].toBool(), true);
        QCOMPARE(first.object()[u"data"_qs].toObject()[u"email"_qs].toString().toUtf8(), sign);
        QCOMPARE(first.object()[u"data"_qs].toObject()[u"name"_qs].toString(), u"Ada"_qs);
        QVERIFY(!run(u"log hidden --from 6 --to 6"_qs).out.contains("\"age\":4"));
        QVERIFY(!run(u"plot hidden user-1 /age"_qs).out.contains("value\":4"));
        QVERIFY(run(u"plot hidden user-1 /age"_qs).err.contains("is masked"));
        QVERIFY(run(u"watch hidden state.mail"_qs).err.contains("state.mail, which is masked"));
        QCOMPARE(run(u"watch hidden state.mail"_qs).code, 1);
        QVERIFY(run(u"example hidden 2"_qs).err.contains("masks"));
        QVERIFY(run(u"export hidden"_qs).err.contains("use copy"));
        QCOMPARE(run(u"export open"_qs).err, QByteArray());
        QCOMPARE(run(u"log hidden --where data.email=='SECRET-1'"_qs).out, QByteArray());
    }

    void doesNotDenyDifferences()
    {
        const auto text = run(u"diff hidden user-2 --from v1 --to v2"_qs);
        QCOMPARE(text.out, QByteArray());
        QVERIFY2(text.err.contains("nothing that is shown differs: user-2 v1 (event #3) and user-2 "
                                   "v2 (event #4)"),
            text.err.constData());
        QVERIFY2(text.err.contains("4 masked fields are not compared"), text.err.constData());
        QVERIFY(!text.err.contains("equal"));
        const auto object = run(u"diff hidden user-2 --from v1 --to v2 --format json"_qs);
        QCOMPARE(object.object()[u"masked_fields"_qs].toInt(), 4);
        QVERIFY(object.err.contains("4 masked fields are not compared"));
        const auto page = run(u"diff hidden user-2 --from v1 --to v2 --format markdown"_qs);
        QVERIFY2(page.out.contains("Nothing that is shown differs from v1 to v2; 4 masked fields"),
            page.out.constData());
        QVERIFY(run(u"diff hidden user-2 --from v1 --to v2 --format patch"_qs)
                    .err.contains("4 masked fields"));
        // One and the same state is equal, and so is one without masks.
        QVERIFY(run(u"diff hidden user-2 --from v2 --to v2"_qs).err.contains("equal: "));
        const auto open = run(u"diff open user-2 --from v1 --to v2 --format json"_qs);
        QVERIFY(!open.out.contains("masked"));
        QVERIFY(!open.err.contains("masked"));
        const auto branch = run(u"branch hidden --skip 2 diff"_qs);
        QVERIFY2(branch.object()[u"masked_fields"_qs].toInt() > 0, branch.out.constData());
        QVERIFY2(branch.err.contains("not compared"), branch.err.constData());
        QVERIFY(!run(u"branch open --skip 2 diff"_qs).out.contains("masked"));
    }

    void aLinkToTheStoreIsMasked()
    {
        QVERIFY(QFile::link(
            m_program->path(u"hidden/s.eventlog"_qs), m_program->path(u"link.eventlog"_qs)));
        const auto log = run(u"log link.eventlog"_qs);
        QCOMPARE(log.code, 0);
        QVERIFY(!log.out.isEmpty());
        QVERIFY(!log.out.contains("SECRET-"));
    }

    void isNotDescribedWithoutItsMasks()
    {
        const auto done = run(u"describe hidden described"_qs);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains("masks values"), done.err.constData());
        QVERIFY(!QFile::exists(m_program->path(u"described"_qs)));
    }

    void foldsAndDecidesOnTheTruth()
    {
        const auto digest = [this](const QString& folder) {
            return run(u"replay "_qs + folder).object()[u"digest"_qs].toString();
        };
        QVERIFY(!digest(u"open"_qs).isEmpty());
        QCOMPARE(digest(u"hidden"_qs), digest(u"open"_qs));
        // What is masked, 4, decides.
        QCOMPARE(run(u"command hidden AGE id=1 age=5"_qs).code, 1);
        QCOMPARE(run(u"command hidden AGE id=3 age=5"_qs).code, 0);
        QCOMPARE(run(u"command open AGE id=3 age=5"_qs).code, 0);
        QCOMPARE(digest(u"hidden"_qs), digest(u"open"_qs));
    }

    void copiesTheHistoryItself()
    {
        const auto copied = run(u"copy hidden copy.eventlog"_qs);
        QCOMPARE(copied.code, 0);
        QVERIFY2(copied.err.contains("masks"), copied.err.constData());
        QVERIFY(run(u"log copy.eventlog"_qs).out.contains("SECRET-1"));
        QCOMPARE(run(u"verify hidden"_qs).code, 0);
    }

    void takesNoMaskForAValue()
    {
        for (const char* format : { "ndjson", "json", "csv" }) {
            const auto file = QStringLiteral("masked.") + QString::fromUtf8(format);
            QCOMPARE(run(u"export hidden -o "_qs + file).code, 0);
            const auto taken = run(u"import other.eventlog "_qs + file);
            QCOMPARE(taken.code, 1);
            QVERIFY2(taken.err.contains("exported with masks"), taken.err.constData());
            QVERIFY(!QFile::exists(m_program->path(u"other.eventlog"_qs)));
        }
    }

    void saysThatAFilterReadsWhatIsMasked()
    {
        for (const QString& words : { u"log hidden --where data.email=='x'"_qs,
                 u"export hidden --where data.email=='x'"_qs }) {
            const auto done = run(words);
            QVERIFY2(done.err.contains("data.email is masked"), done.err.constData());
        }
        QVERIFY(!run(u"log hidden --where data.name=='x'"_qs).err.contains("is masked"));
    }

    void keepsMaskedValuesOnABranch()
    {
        const auto words = QStringList { u"branch"_qs, u"hidden"_qs, u"--edit"_qs,
            QString::fromUtf8("1={\"data\":{\"email\":\"" + sign + "\",\"name\":\"Eve\"}}") };
        QCOMPARE(m_program->run(words + QStringList { u"copy"_qs, u"kept.eventlog"_qs }).code, 0);
        const auto kept = run(u"log kept.eventlog --limit 1"_qs);
        QVERIFY2(kept.out.contains("SECRET-1") && kept.out.contains("Eve"), kept.out.constData());
        QVERIFY(m_program->run(words + QStringList { u"log"_qs }).out.contains("Eve"));
        const auto wrong = m_program->run({ u"branch"_qs, u"hidden"_qs, u"--edit"_qs,
            QString::fromUtf8("1={\"data\":{\"name\":\"" + sign + "\"}}"), u"log"_qs });
        QVERIFY(wrong.code != 0 && wrong.err.contains("type a value instead"));
        // As another type, which masks nothing there, the value would be seen.
        const auto bare = m_program->run({ u"branch"_qs, u"hidden"_qs, u"--edit"_qs,
            QString::fromUtf8("1={\"type\":\"PAID\",\"data\":{\"email\":\"" + sign + "\"}}"),
            u"log"_qs });
        QVERIFY(bare.code != 0 && bare.err.contains("type a value instead"));
        QVERIFY(!(bare.out + bare.err).contains("SECRET-"));
        // By other definitions the store's own masks hold.
        const auto other
            = m_program->run(words + QStringList { u"--workspace"_qs, u"open"_qs, u"log"_qs });
        QVERIFY2(other.code == 0 && other.out.contains("Eve"), other.err.constData());
        QVERIFY2(!other.out.contains("SECRET-1"), other.out.constData());
        // Without masks, it stands for nothing.
        auto plain = words;
        plain[1] = u"kept.eventlog"_qs;
        QVERIFY(m_program->run(plain + QStringList { u"log"_qs }).code != 0);
    }

    void refusesTheSignAsAValue()
    {
        const auto done = m_program->run({ u"command"_qs, u"hidden"_qs, u"CREATE"_qs, u"id=77"_qs,
            u"name=Zoe"_qs, u"email="_qs + QString::fromUtf8(sign) });
        QVERIFY2(done.code == 1 && done.err.contains("type a value instead"), done.err);
    }

    void masksAllWhereItCannotBeTold()
    {
        m_program->write(u"hidden/workspace.json"_qs, json("{'store':'s.eventlog','masks':[{'type':1}]}"));
        for (const char* words : { "log hidden/s.eventlog", "state hidden user-1" }) {
            const auto done = run(QString::fromUtf8(words));
            QVERIFY2(!(done.out + done.err).contains("SECRET-"), done.out + done.err);
        }
        // What names no store may mean this one.
        m_program->write(u"hidden/workspace.json"_qs,
            json("{'store':7,'masks':[{'type':'CREATED','pointers':['/email']}]}"));
        const auto meant = run(u"log hidden/s.eventlog"_qs);
        QVERIFY2(!(meant.out + meant.err).contains("SECRET-"), meant.out + meant.err);
        QVERIFY2(meant.err.contains("all data is masked"), meant.err.constData());
        m_program->write(u"hidden/workspace.json"_qs, "{\"store\":");
        const auto log = run(u"log hidden/s.eventlog"_qs);
        QVERIFY(log.out.contains(sign) && !log.out.contains("Ada"));
        QVERIFY2(log.err.contains("all data is masked"), log.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliMasks)
#include "tst_climasks.moc"
