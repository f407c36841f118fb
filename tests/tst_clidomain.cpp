#include "support/program.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>

// The verbs that need a domain or an expression: state, command, replay, eval.

using namespace eventloupe;

namespace {

const QString userId = QStringLiteral("018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55");

} // namespace

class TestCliDomain : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words, const QByteArray& input = {})
    {
        return m_program->run(words, input);
    }
    void writeWorkspace(const QByteArray& command)
    {
        m_program->write(u"w/workspace.json"_qs, json("{'name':'W','store':'e.eventlog'}"));
        m_program->write(u"w/commands/DO.json"_qs, command);
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void stateAtAnyPoint()
    {
        m_program->makeStore(20);
        const auto state
            = [&](const QString& more) { return run(u"state s.eventlog item-1 "_qs + more); };
        QCOMPARE(state({}).out,
            json("{'stream':'item-1','version':3,'position':15,'exists':true,"
                 "'state':{'n':15}}\n"));
        QCOMPARE(state(u"--at=14"_qs).object().value(u"version").toInt(), 2);
        const auto past = state(u"--at=99"_qs);
        QCOMPARE(past.object().value(u"version").toInt(), 3);
        QCOMPARE(past.code, 0);
        QCOMPARE(
            past.err, QByteArray("eventloupe: note: the log ends at #20; there is no #99 yet\n"));
        QCOMPARE(state(u"--version=1"_qs).object().value(u"position").toInt(), 1);
        QCOMPARE(state(u"--time=2026-03-01T00:00:08Z"_qs).object().value(u"position").toInt(), 8);
        const auto before = state(u"--at=0"_qs).object();
        QCOMPARE(before.value(u"exists").toBool(true), false);
        QCOMPARE(before.value(u"version").toInt(-1), 0);
        QCOMPARE(state(u"--version=4"_qs).code, 1);
        const auto unknown = run(u"state s.eventlog item-99"_qs);
        QCOMPARE(unknown.code, 1);
        QVERIFY(unknown.err.contains("item-99"));
    }

    void initMakesAWorkspaceThatIsReadyForUse()
    {
        QCOMPARE(run(u"init w --template users"_qs).code, 0);
        const auto twice = run(u"init w --template users"_qs);
        QCOMPARE(twice.code, 1);
        QVERIFY(twice.err.startsWith("eventloupe: "));
        const auto log = run(u"log w"_qs);
        QCOMPARE(log.code, 0);
        QCOMPARE(log.out, QByteArray());
        for (const auto& name : { u"shop"_qs, u"bank"_qs, u"library"_qs, u"empty"_qs })
            QCOMPARE(run(u"init %1 --template %1"_qs.arg(name)).code, 0);
    }

    void initSaysWhatAShellTakes()
    {
        const auto madeLine = [this](const QString& folder) {
            return m_program->run(QStringList { u"init"_qs, folder }).lines().value(0);
        };
        QCOMPARE(madeLine(u"plain-1.x"_qs),
            QByteArray("Made the workspace plain-1.x; open it with: eventloupe plain-1.x"));
        QCOMPARE(madeLine(u"my ws"_qs),
            QByteArray("Made the workspace my ws; open it with: eventloupe 'my ws'"));
        QCOMPARE(madeLine(u"it's"_qs),
            QByteArray("Made the workspace it's; open it with: eventloupe 'it'\\''s'"));
    }

    void commandsAreDecidedAndAppended()
    {
        run(u"init w --template users"_qs);
        const auto created
            = run(u"command w CREATE_USER userId=%1 name=42 email=ada@example.org"_qs.arg(userId));
        QVERIFY2(created.code == 0, created.err.constData());
        QCOMPARE(created.lines().size(), 1);
        const auto event = created.object();
        QCOMPARE(event.value(u"type").toString(), u"USER_CREATED"_qs);
        QCOMPARE(event.value(u"stream").toString(), u"user-"_qs + userId);
        QCOMPARE(event.value(u"data").toObject().value(u"name").toString(), u"42"_qs);
        QCOMPARE(run(u"log w"_qs).out, created.out);

        const auto again = m_program->run({ u"command"_qs, u"w"_qs, u"CREATE_USER"_qs, u"--data"_qs,
            QString::fromUtf8(json("{'userId':'%1','name':'B','email':'b@example.org'}"))
                .arg(userId) });
        QCOMPARE(again.code, 1);
        QVERIFY(again.err.contains("exists already"));
        const auto invalid = run(u"command w CREATE_USER userId=%1"_qs.arg(userId));
        QCOMPARE(invalid.code, 1);
        QVERIFY(invalid.err.contains("rejected"));
        const auto unknown = run(u"command w NO_SUCH"_qs);
        QCOMPARE(unknown.code, 1);
        QVERIFY(unknown.err.contains("CREATE_USER"));
        QCOMPARE(run(u"log w"_qs).lines().size(), 1);
    }

    void expectedVersionMustFit()
    {
        run(u"init w --template users"_qs);
        run(u"command w CREATE_USER userId=%1 name=Ada email=ada@example.org"_qs.arg(userId));
        const auto rename = u"command w RENAME_USER userId=%1 "_qs.arg(userId);
        const auto conflict = run(rename + u"name=Bob --expect=5"_qs);
        QCOMPARE(conflict.code, 1);
        QVERIFY(conflict.err.contains("version 5"));
        QVERIFY2(conflict.err.contains("found version 1; nothing was appended"), conflict.err);
        QCOMPARE(run(rename + u"name=Bob --expect 1"_qs).code, 0);
        const auto state = run(u"state w/events.eventlog user-%1"_qs.arg(userId)).object();
        QCOMPARE(state.value(u"state").toObject().value(u"name").toString(), u"Bob"_qs);
        QCOMPARE(state.value(u"version").toInt(), 2);
        QCOMPARE(run(rename + u"Bob"_qs).code, 2);
        QCOMPARE(run(rename + u"name=Cy --expect=-1"_qs).code, 2);
    }

    void membersAreReadAsTheSchemaSays()
    {
        writeWorkspace(json("{'title':'Do','stream':'thing-1','schema':{'type':'object',"
                            "'properties':{'text':{'type':'string'},'number':{'type':'number'},"
                            "'flag':{'type':'boolean'},'list':{'type':'array'},"
                            "'unit':{'enum':['1','2']}}},"
                            "'emit':[{'type':'DONE','data':'data'}]}"));
        const auto done
            = run(u"command w DO text=12 number=1.50 flag=true list=[1,2] unit=2 other=x=y"_qs);
        QVERIFY2(done.code == 0, done.err.constData());
        QVERIFY2(done.out.contains(json("'data':{'text':'12','number':1.50,'flag':true,"
                                        "'list':[1,2],'unit':'2','other':'x=y'}")),
            done.out.constData());
        QCOMPARE(run(u"command w DO number=many"_qs).code, 2);
        // A workspace elsewhere may decide for a store that is named.
        m_program->makeStore(3);
        QCOMPARE(run(u"command s.eventlog DO text=a --workspace w"_qs).code, 0);
        QCOMPARE(run(u"log s.eventlog"_qs).lines().size(), 4);
        QCOMPARE(run(u"command s.eventlog DO"_qs).code, 1);
    }

    void writersAtOnceLoseNothing()
    {
        writeWorkspace(
            json("{'title':'Do','stream':'sum-1','schema':{},"
                 "'onConflict':'retry','emit':[{'type':'ADDED','data':{'n':'version'}}]}"));
        // A writer that loses six times in a row says so, and is started again.
        const auto result = m_program->shell(
            u"work() { for i in $(seq 10); do until $E command w DO > /dev/null 2>> lost; do "
            "grep -vq 'another writer was faster' lost && exit 1; done; done; }; "
            "work & a=$!; work & b=$!; work & c=$!; wait $a && wait $b && wait $c"_qs);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.code, 0);
        const auto log = run(u"log w"_qs);
        QCOMPARE(log.lines().size(), 30);
        for (int i = 0; i < 30; ++i)
            QCOMPARE(log.object(i).value(u"data").toObject().value(u"n").toInt(-1), i);
        QCOMPARE(run(u"verify w"_qs).code, 0);
    }

    void aConflictIsTold()
    {
        writeWorkspace(json("{'title':'Do','stream':'sum-1','onConflict':'retry',"
                            "'emit':[{'type':'ADDED','data':{'n':'version'}}]}"));
        QCOMPARE(run(u"command w DO"_qs).code, 0);
        const auto conflict = run(u"command w DO --expect 0"_qs);
        QCOMPARE(conflict.code, 1);
        QCOMPARE(conflict.out, QByteArray());
        QVERIFY2(conflict.err.contains("sum-1"), conflict.err.constData());
        QVERIFY2(conflict.err.contains("nothing was appended"), conflict.err.constData());
        QCOMPARE(run(u"log w"_qs).lines().size(), 1);
    }

    void eventsTellWhoAndWhy()
    {
        writeWorkspace(json("{'stream':'sum-1','emit':[{'type':'ADDED','data':{}}]}"));
        const auto metadata = [this](const QString& more) {
            return run(u"command w DO "_qs + more).object().value(u"metadata").toObject();
        };
        const auto own = metadata({});
        QVERIFY(!own.value(u"actor").toString().isEmpty());
        QCOMPARE(own.value(u"correlationId"), own.value(u"causationId"));
        QCOMPARE(own.value(u"command").toString(), u"DO"_qs);
        const auto given = metadata(u"--actor Ada --correlation order-7"_qs);
        QCOMPARE(given.value(u"actor").toString(), u"Ada"_qs);
        QCOMPARE(given.value(u"correlationId").toString(), u"order-7"_qs);
        QVERIFY(given.value(u"causationId").toString() != u"order-7"_qs);
    }

    void storedBytesStayAsTheyAre()
    {
        writeWorkspace(json("{'stream':'sum-1','emit':[{'type':'ADDED','data':{}}]}"));
        m_program->write(u"w/events/ADDED.json"_qs,
            json("{'was':['PLUS'],'upcasts':[{'when':'has(data.n)','rename':{'/n':'/by'}}],"
                 "'evolve':{'/sum':'data.by'}}"));
        m_program->write(
            u"in.ndjson"_qs, json("{'stream':'sum-1','type':'PLUS','data':{ 'n' : 7 }}\n"));
        QCOMPARE(run(u"import w in.ndjson"_qs).code, 0);
        QVERIFY(run(u"log w"_qs).out.contains(json("'type':'PLUS'")));
        QVERIFY(run(u"log w"_qs).out.contains(json("{ 'n' : 7 }")));
        QVERIFY(run(u"export w"_qs).out.contains(json("{ 'n' : 7 }")));
        QVERIFY(run(u"state w sum-1"_qs).out.contains(json("'state':{'sum':7}")));
        QCOMPARE(run(u"replay w"_qs).object().value(u"failures").toInt(-1), 0);
        QCOMPARE(run(u"verify w"_qs).code, 0);
    }

    void checkRunsTheExamples()
    {
        for (const auto& name : { u"users"_qs, u"shop"_qs, u"bank"_qs, u"library"_qs }) {
            QCOMPARE(run(u"init %1 --template %1"_qs.arg(name)).code, 0);
            const auto good = run(u"check "_qs + name);
            QVERIFY2(good.code == 0, good.out.constData());
            QVERIFY2(good.lines().last().endsWith("failed: 0, problems: 0"),
                good.lines().last().constData());
        }
        writeWorkspace(json("{'stream':'a-{data.id}','emit':[{'type':'DONE','data':{'n':2}}]}"));
        m_program->write(u"w/examples/a.json"_qs,
            json("{'title':'Three','when':{'command':'DO','data':{'id':1}},"
                 "'then':[{'type':'DONE','data':{'n':3}}]}"));
        m_program->write(u"w/events/X.json"_qs, json("{\n 'titel': 'x'\n}"));
        const auto result = run(u"check w"_qs);
        QCOMPARE(result.code, 1);
        QCOMPARE(result.out,
            QByteArray("w/events/X.json:2:2: unknown member 'titel', did you mean 'title'?\n"
                       "FAIL  w/examples/a.json: Three\n"
                       "      event 1 DONE /n\n"
                       "        expected 3\n"
                       "        came     2\n"
                       "Examples: 1, failed: 1, problems: 1\n"));
        const auto lines = run(u"check w --json"_qs);
        QCOMPARE(lines.code, 1);
        QCOMPARE(lines.object(0).value(u"line").toInt(), 2);
        QCOMPARE(lines.object(1).value(u"holds").toBool(true), false);
        const auto difference = lines.object(1).value(u"differences").toArray().at(0).toObject();
        QCOMPARE(difference.value(u"place").toString(), u"event 1 DONE /n"_qs);
        QCOMPARE(difference.value(u"came").toString(), u"2"_qs);
        QCOMPARE(lines.object(2).value(u"failures").toInt(), 1);
        writeWorkspace(
            json("{'stream':'a-{data.id}',\n'emit':[{'type':'DONE','data':'data.no'}]}"));
        const auto fault = run(u"check w"_qs);
        QVERIFY2(fault.out.contains("\n      command\n"
                                    "        fault    commands/DO.json:2:31: /emit/0/data: no "),
            fault.out.constData());
        m_program->write(u"w/commands/DO.json"_qs, json("{'titel':'x'}"));
        const auto notRun = run(u"check w"_qs);
        QCOMPARE(notRun.code, 1);
        QVERIFY2(notRun.out.endsWith("\n----  w/examples/a.json: Three\n"
                                     "      not run: w/commands/DO.json has a mistake\n"
                                     "Examples: 1, failed: 0, not run: 1, problems: 4\n"),
            notRun.out.constData());
        const auto file = run(u"check w/workspace.json"_qs);
        QCOMPARE(file.code, 1);
        QVERIFY2(file.err.contains("w/workspace.json is a file; a workspace is a folder, with "
                                   "workspace.json in it: name "),
            file.err.constData());
        QVERIFY2(file.err.endsWith("/w\n"), file.err.constData());
        m_program->write(u"w/workspace.json"_qs, "{\n nonsense}");
        const auto broken = run(u"check w"_qs);
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.err.contains("workspace.json:2:2: is not JSON"), broken.err.constData());
        QCOMPARE(run(u"check none"_qs).code, 1);
        QCOMPARE(run(u"check"_qs).code, 2);
    }

    void workspaceProblemsAreTold()
    {
        writeWorkspace(json("{\n  'title': 7\n}"));
        const auto result = run(u"command w DO"_qs);
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains("w/commands/DO.json:"), result.err.constData());
        const auto folder = run(u"log ."_qs);
        QCOMPARE(folder.code, 1);
        QVERIFY(folder.err.contains("workspace.json"));
    }

    void replayCountsAndDigests()
    {
        m_program->makeStore(20);
        const auto first = run(u"replay s.eventlog"_qs).object();
        QCOMPARE(first.value(u"events").toInt(), 20);
        QCOMPARE(first.value(u"streams").toInt(), 7);
        QCOMPARE(first.value(u"existing").toInt(), 7);
        QCOMPARE(first.value(u"failures").toInt(-1), 0);
        QCOMPARE(first.value(u"digest").toString().size(), 64);
        QVERIFY(first.contains(u"events_per_second"));
        const auto second = run(u"replay s.eventlog"_qs).object();
        QCOMPARE(second.value(u"digest"), first.value(u"digest"));
        const auto part = run(u"replay s.eventlog --to=19"_qs).object();
        QCOMPARE(part.value(u"events").toInt(), 19);
        QVERIFY(part.value(u"digest") != first.value(u"digest"));
    }

    void evalGivesJsonOrTheTypedForm()
    {
        QCOMPARE(run(u"eval 1+x --with {\"x\":41}"_qs).out, QByteArray("42\n"));
        QCOMPARE(run(u"eval -1+2"_qs).out, QByteArray("1\n"));
        QCOMPARE(run(u"eval [1,2u,0.5,\"s\"] --typed"_qs).out,
            json("{'list':[{'int':'1'},{'uint':'2'},{'double':'0.5'},{'string':'s'}]}\n"));
        const auto failed = run(u"eval 1/0"_qs);
        QCOMPARE(failed.code, 1);
        QVERIFY(failed.err.startsWith("eventloupe: "));
    }

    void evalAnswersALineEach()
    {
        const auto answers = run(u"eval -"_qs,
            json("{'expr':'x + 1','bindings':{'x':{'int':'9223372036854775806'}}}\n"
                 "{'expr':'m[2]','bindings':{'m':{'map':[[{'int':'2'},{'bytes':'00ff'}]]}}}\n"
                 "{'expr':'1 +'}\n"
                 "nonsense\n"
                 "{'expr':'-0.0'}\n"
                 "{'expr':'type(1)'}\n"
                 "{'expr':'x','bindings':{'x':{'int':'many'}}}\n"));
        QCOMPARE(answers.code, 0);
        QCOMPARE(answers.lines().size(), 7);
        QCOMPARE(answers.lines().at(0), json("{'int':'9223372036854775807'}"));
        QCOMPARE(answers.lines().at(1), json("{'bytes':'00ff'}"));
        QVERIFY(answers.object(2).contains(u"error"));
        QVERIFY(answers.object(3).contains(u"error"));
        QCOMPARE(answers.lines().at(4), json("{'double':'-0.0'}"));
        QCOMPARE(answers.lines().at(5), json("{'type':'int'}"));
        QVERIFY(answers.object(6).contains(u"error"));
    }

    void evalAnswersBeforeTheNextQuestion()
    {
        QProcess process;
        process.start(QStringLiteral(EVENTLOUPE_PROGRAM), { u"eval"_qs, u"-"_qs });
        for (int i = 0; i < 3; ++i) {
            process.write(json("{'expr':'1 + 1'}\n"));
            QVERIFY(process.waitForReadyRead(Program::patience));
            QCOMPARE(process.readLine(), json("{'int':'2'}\n"));
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(Program::patience));
        QCOMPARE(process.exitCode(), 0);
    }

    void textsAreKnownBehindReferences()
    {
        m_program->write(u"r/workspace.json"_qs, json("{'store':'e.eventlog'}"));
        m_program->write(u"r/commands/MOVE.json"_qs,
            json("{'stream':'house-{data.zip}','emit':[{'type':'MOVED'}],'schema':{'properties':{"
                 "'zip':{'$ref':'#/$defs/zip'}},'$defs':{'zip':{'type':'string'}}}}"));
        // A text, though it looks like a number.
        QCOMPARE(run(u"command r MOVE zip=1234"_qs).code, 0);
        QVERIFY(run(u"log r"_qs).out.contains(json("'data':{'zip':'1234'}")));
    }
};

QTEST_GUILESS_MAIN(TestCliDomain)
#include "tst_clidomain.moc"
