#include "support/program.h"

#include <QFile>
#include <QTest>

#include <sqlite3.h>

// By-ways on which a masked value may come out: names of places, guesses, failures, payloads that
// nobody reads, slips in the masks themselves. What is masked holds SECRET.

using namespace eventloupe;

class TestCliMaskLeaks : public QObject {
    Q_OBJECT

private:
    Program m_program;

    ProgramRun run(const QString& words) { return m_program.run(words); }

    /// A workspace with definitions, of file and JSON, and events in its store.
    void make(const QString& folder, const QByteArray& settings,
        const QList<std::pair<QString, const char*>>& definitions, const QByteArray& events)
    {
        m_program.write(folder + u"/workspace.json"_qs, settings);
        for (const auto& [file, text] : definitions)
            m_program.write(folder + u'/' + file, json(text));
        m_program.write(folder + u".ndjson"_qs, events);
        const auto imported = run(u"import %1 %1.ndjson"_qs.arg(folder));
        QVERIFY2(imported.code == 0, imported.err.constData());
    }

    static void verifyHidden(const ProgramRun& done, const QString& words)
    {
        const QByteArray all = words.toUtf8() + '\n' + done.out + done.err;
        QVERIFY2(done.code == 0, all.constData());
        QVERIFY2(!(done.out + done.err).contains("SECRET"), all.constData());
    }

private slots:
    /// A rule may make a name of the value.
    void namesOfStatePlaces()
    {
        const QByteArray events
            = json("{'stream':'user-1','type':'LINKED','data':{'email':'SECRET-a','n':1}}\n"
                   "{'stream':'user-1','type':'LINKED','data':{'email':'SECRET-b','n':2}}\n");
        make(u"named"_qs, json("{'masks':[{'type':'LINKED','pointers':['/email']}]}"),
            { { u"events/LINKED.json"_qs,
                "{'evolve':{'/by/{data.email}':'data.n','/n':'data.n'}}" } },
            events);
        for (const char* words : { "example named 2", "example named 2 --format emmett",
                 "branch named --skip 1 example 1" })
            verifyHidden(run(QString::fromUtf8(words)), QString::fromUtf8(words));
        const auto shown = run(u"example named 2"_qs);
        QVERIFY2(shown.out.contains("\"/by\"") && shown.out.contains("\"/n\""), shown.out);
        // Whether a name was ever there tells it as well.
        const auto right = run(u"blame named user-1 /by/SECRET-a --history"_qs);
        const auto wrong = run(u"blame named user-1 /by/GUESS-zz --history"_qs);
        QCOMPARE(QByteArray(right.out).replace("SECRET-a", "*"),
            QByteArray(wrong.out).replace("GUESS-zz", "*"));
        QCOMPARE(right.code, wrong.code);
    }

    void fieldsOfAnEventThatGetsAnotherType()
    {
        make(u"typed"_qs,
            json("{'masks':[{'type':'CREATED','pointers':['/email'],'metadata':['/ip']}]}"), {},
            json("{'stream':'user-1','type':'CREATED','data':{'email':'SECRET-a','n':1},"
                 "'metadata':{'ip':'SECRET-b'}}\n"));
        const auto other = m_program.run({ u"branch"_qs, u"typed"_qs, u"--edit"_qs,
            QString::fromUtf8(json("1={'type':'OTHER'}")), u"log"_qs });
        QVERIFY2(!(other.out + other.err).contains("SECRET"), other.out + other.err);
        QVERIFY2(other.code == 1 && other.err.contains("type a value instead"), other.err);
        // Its values stay where they stay masked.
        const auto same = m_program.run({ u"branch"_qs, u"typed"_qs, u"--edit"_qs,
            QString::fromUtf8(json("1={'data':{'email':'new','n':2}}")), u"log"_qs });
        QVERIFY2(same.code == 0 && same.out.contains("\"n\":2"), same.out + same.err);
        QVERIFY2(!(same.out + same.err).contains("SECRET"), same.out + same.err);
    }

    /// It is proven once more when it is shortened.
    void whyAShortenedTestDoesNotHold()
    {
        make(u"shrunk"_qs, json("{'masks':[{'type':'TAGGED','pointers':['/email']}]}"),
            { { u"events/TAGGED.json"_qs, "{'evolve':{'/tag':'event.id + data.email'}}" } },
            json("{'stream':'user-1','type':'TAGGED','data':{'email':'SECRET-1'}}\n"
                 "{'stream':'user-1','type':'TAGGED','data':{'email':'SECRET-2'}}\n"));
        for (const QString& words : { u"example shrunk 2"_qs, u"example shrunk 2 --shrink"_qs }) {
            const auto done = run(words);
            verifyHidden(done, words);
            QCOMPARE(done.err.count("It does not hold"), 1);
        }
    }

    /// A command's member of the same name is filled from the event, though nothing reads it.
    void guessedDataOfACommand()
    {
        make(u"guessed"_qs, json("{'masks':[{'type':'SENT','pointers':['/email']}]}"),
            { { u"commands/SEND.json"_qs,
                "{'stream':'user-{data.id}','schema':{'type':'object','properties':"
                "{'id':{'type':'string'},'mail':{'type':'string'},'email':{'type':'string'}}},"
                "'emit':[{'type':'SENT','data':{'email':'data.mail'}}]}" } },
            json("{'stream':'user-1','type':'SENT','data':{'email':'SECRET-1'}}\n"));
        const auto shown = run(u"example guessed 1"_qs);
        verifyHidden(shown, u"example guessed 1"_qs);
        QVERIFY2(shown.out.contains("\"SEND\""), shown.out.constData());
    }

    /// A pointer leads nowhere in what is no JSON.
    void payloadsThatNobodyReads()
    {
        m_program.write(u"lib/workspace.json"_qs,
            json("{'store':'log.db','masks':[{'type':'REG','pointers':['/email']}]}"));
        sqlite3* database = nullptr;
        QCOMPARE(sqlite3_open(
                     QFile::encodeName(m_program.path(u"lib/log.db"_qs)).constData(), &database),
            SQLITE_OK);
        const char* sql
            = "CREATE TABLE events(global_position INTEGER PRIMARY KEY, stream_id TEXT,"
              " version INTEGER, type TEXT, data BLOB, created TEXT);"
              "INSERT INTO events VALUES"
              "(1,'user-1',1,'REG','{\"email\":\"SECRET-1\",}','2024-01-01T00:00:00Z'),"
              "(2,'user-1',2,'REG',CAST('{\"email\":\"SECRET-2\"' || x'ff' AS BLOB),"
              "'2024-01-01T00:00:00Z'),"
              "(3,'user-1',3,'REG','{\"email\":\"SECRET-3\",\"n\":3}','2024-01-01T00:00:00Z');";
        QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
        m_program.write(u"lib/stores/log.json"_qs,
            json("{'name':'log','title':'Log','databases':['sqlite'],'tables':[{'table':'events',"
                 "'columns':['global_position','stream_id','version','type','data','created']}],"
                 "'order':['global_position'],'stream':'stream_id','version':'version',"
                 "'type':'type','time':'created','data':{'column':'data','encoding':'json'}}"));
        const auto log = run(u"log lib"_qs);
        verifyHidden(log, u"log lib"_qs);
        QCOMPARE(log.lines().size(), 3);
        QVERIFY2(log.out.contains("$text") && log.out.contains("$bytes"), log.out.constData());
        for (const char* words : { "export lib --format csv", "state lib user-1",
                 "blame lib user-1", "diff lib user-1 --from 0", "state lib user-1 --at 1" })
            verifyHidden(run(QString::fromUtf8(words)), QString::fromUtf8(words));
        const auto found = run(u"log lib --where data[\"$text\"].contains(\"SECRET\")"_qs);
        QVERIFY2(found.out.isEmpty(), found.out.constData());
    }

    /// JSON in a string: it is text to whoever looks into it.
    void jsonInAString()
    {
        make(u"text"_qs, json("{'masks':[{'type':'SENT','pointers':['/email']},"
                                "{'type':'PACKED','pointers':['/in/email']}]}"),
            {}, json("{'stream':'user-1','type':'SENT','data':'{\\'email\\':\\'SECRET-1\\'}'}\n"
                 "{'stream':'user-1','type':'SENT','data':'only words'}\n"
                 "{'stream':'user-1','type':'SENT','data':'\\'{\\\\\\'email\\\\\\':1,SECRET-2}\\''}\n"
                 "{'stream':'user-1','type':'SENT','data':{'email':'[SECRET-3]','to':'{1}'}}\n"
                 "{'stream':'user-1','type':'PACKED','data':{'in':'\\u007bSECRET-4}','of':'{2}'}}\n"));
        verifyHidden(run(u"log text"_qs), u"log text"_qs);
        const auto log = run(u"log text"_qs);
        // What no pointer leads to or into is no mask's.
        for (const char* seen : { "only words", "{1}", "{2}" })
            QVERIFY2(log.out.contains(seen), log.out.constData());
        verifyHidden(run(u"state text user-1"_qs), u"state text user-1"_qs);
    }

    /// Of what a command makes of a masked value, nobody wrote a mask.
    void payloadsOfDerivedMasksThatNobodyReads()
    {
        make(u"derived"_qs, json("{'masks':[{'type':'SENT','pointers':['/email']}]}"),
            { { u"commands/GREET.json"_qs,
                "{'stream':'user-1','emit':[{'type':'GREETED','data':{'greeting':'state.email'}}]}" } },
            json("{'stream':'user-1','type':'GREETED','data':{'$text':'{greeting: SECRET-1,}',"
                 "'kind':'text'}}\n"));
        verifyHidden(run(u"log derived"_qs), u"log derived"_qs);
        verifyHidden(run(u"state derived user-1"_qs), u"state derived user-1"_qs);
    }

    void whyABranchRefusesACommand()
    {
        make(u"refused"_qs, json("{'masks':[{'metadata':['/actor']}]}"),
            { { u"aggregates/user.json"_qs, "{'events':['BLOCKED','SENT']}" },
                { u"commands/SEND.json"_qs,
                    "{'stream':'user-{data.id}','require':[{'that':'has(state.ok)',"
                    "'message':'{command.actor} is blocked'}],"
                    "'emit':[{'type':'SENT','data':{'id':'data.id'}}]}" } },
            json("{'stream':'user-1','type':'BLOCKED','data':{'ok':true}}\n"
                 "{'stream':'user-1','type':'SENT','data':{'id':'1'},"
                 "'metadata':{'actor':'SECRET','command':'SEND'}}\n"));
        const auto told = run(u"branch refused --skip 1 consequences"_qs);
        QVERIFY2(!(told.out + told.err).contains("SECRET"), told.out + told.err);
        QVERIFY2(told.out.contains("rejected") && told.out.contains("may quote a masked value"),
            told.out + told.err);
    }

    void aSlipInTheNameOfTheMasks()
    {
        make(u"slip"_qs, json("{'mask':[{'pointers':['/email']}]}"), {},
            json("{'stream':'user-1','type':'SENT','data':{'email':'SECRET-1'}}\n"));
        const auto log = run(u"log slip"_qs);
        verifyHidden(log, u"log slip"_qs);
        QVERIFY2(log.err.contains("did you mean 'masks'?"), log.err.constData());
        // Another unknown member is none of them.
        m_program.write(u"slip/workspace.json"_qs, json("{'colour':'red'}"));
        QVERIFY(run(u"log slip"_qs).out.contains("SECRET-1"));
    }

    /// Also what follows from its own rules.
    void derivedMasksWithAnotherWorkspace()
    {
        make(u"was"_qs, json("{'masks':[{'type':'NEW','pointers':['/email']}]}"),
            { { u"events/NEW.json"_qs, "{'was':['OLD']}" } },
            json("{'stream':'user-1','type':'OLD','data':{'email':'SECRET-1'}}\n"));
        m_program.write(u"bare/workspace.json"_qs, "{}");
        for (const char* words :
            { "example was/events.eventlog 1 --workspace bare", "state was user-1 --workspace bare",
                "blame was user-1 --workspace bare" })
            verifyHidden(run(QString::fromUtf8(words)), QString::fromUtf8(words));
    }

    /// What only its commands and rules name is masked where another one folds it.
    void derivedTypesWithAnotherWorkspace()
    {
        make(u"greet"_qs,
            json("{'masks':[{'type':'USER_CREATED','pointers':['/email']}]}"),
            { { u"aggregates/user.json"_qs, "{'category':'user'}" },
                { u"events/USER_CREATED.json"_qs, "{'evolve':'merge'}" },
                { u"events/GREETED.json"_qs, "{'evolve':{'/greeted':'true'}}" },
                { u"commands/GREET.json"_qs,
                    "{'stream':'user-{data.id}','schema':{'type':'object','properties':"
                    "{'id':{'type':'string'}}},'emit':[{'type':'GREETED',"
                    "'data':{'text':'\\\"Dear \\\" + state.email'}}]}" } },
            json("{'stream':'user-1','type':'USER_CREATED','data':{'email':'SECRET-1'}}\n"));
        const auto done = run(u"command greet GREET id=1"_qs);
        QVERIFY2(done.code == 0, done.err.constData());
        m_program.write(u"plain/workspace.json"_qs, "{}");
        m_program.write(u"merged/workspace.json"_qs, "{}");
        m_program.write(u"merged/aggregates/user.json"_qs,
            json("{'category':'user','events':['USER_CREATED','GREETED']}"));
        for (const char* other : { "plain", "merged" })
            for (const char* words :
                { "state greet user-1", "state greet/events.eventlog user-1 --workspace %1",
                    "blame greet/events.eventlog user-1 --workspace %1",
                    "log greet/events.eventlog",
                    "example greet/events.eventlog 2 --workspace %1" }) {
                const QString line
                    = QString::fromUtf8(words).replace(u"%1"_qs, QLatin1String(other));
                verifyHidden(run(line), line);
            }
        const auto shown = run(u"state greet/events.eventlog user-1 --workspace plain"_qs);
        QVERIFY2(shown.out.contains("\"text\""), shown.out.constData());
    }

    /// What a masked field was made of is masked in all that a command makes of it.
    void oneFieldOfACommandInTwoEvents()
    {
        make(u"twice"_qs, json("{'masks':[{'type':'CREATED','pointers':['/email']}]}"),
            { { u"commands/CREATE.json"_qs,
                "{'stream':'user-{data.id}','schema':{'type':'object','properties':"
                "{'id':{'type':'string'},'mail':{'type':'string'},'n':{'type':'integer'}}},"
                "'emit':[{'type':'CONTACT','data':{'addr':'data.mail','n':'data.n'}},"
                "{'type':'CREATED','data':{'email':'data.mail'}}]}" },
                { u"commands/PASS.json"_qs,
                    "{'stream':'user-{data.id}','schema':{'type':'object','properties':"
                    "{'id':{'type':'string'},'email':{'type':'string'},'n':{'type':'integer'}}},"
                    "'emit':[{'type':'CREATED'},{'type':'PASSED'}]}" } },
            {});
        for (const char* words : { "command twice CREATE id=1 mail=SECRET-1 n=7",
                 "command twice PASS id=2 email=SECRET-2 n=8" }) {
            const auto done = run(QString::fromUtf8(words));
            QVERIFY2(done.code == 0, done.err.constData());
        }
        for (const char* words : { "log twice", "state twice user-1", "state twice user-2",
                 "example twice 1", "example twice 3", "blame twice user-1" })
            verifyHidden(run(QString::fromUtf8(words)), QString::fromUtf8(words));
        // No more than that.
        const auto log = run(u"log twice"_qs);
        QVERIFY2(log.out.count("\"n\":7") == 1 && log.out.count("\"n\":8") == 2, log.out);
    }

    /// The masks of where a store lies hold by whatever definitions it is read.
    void aStoreWithAnotherWorkspace()
    {
        make(u"own"_qs, json("{'masks':[{'type':'SENT','pointers':['/email']}]}"), {},
            json("{'stream':'user-1','type':'SENT','data':{'email':'SECRET-1','n':1}}\n"));
        m_program.write(u"other/workspace.json"_qs, json("{'masks':[{'pointers':['/n']}]}"));
        for (const char* words :
            { "state own user-1 --workspace other",
                 "state own/events.eventlog user-1 --workspace other",
                 "blame own/events.eventlog user-1 --workspace other" }) {
            const auto done = run(QString::fromUtf8(words));
            verifyHidden(done, QString::fromUtf8(words));
            QVERIFY2(!done.out.contains("\"n\":1") && !done.out.contains("\"n\": 1"), done.out);
        }
    }
};

QTEST_GUILESS_MAIN(TestCliMaskLeaks)
#include "tst_climaskleaks.moc"
