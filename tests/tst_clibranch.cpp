#include "support/program.h"

#include <QJsonArray>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// `eventloupe branch`, as a script has it.
class CliBranchTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) const { return m_program->run(words); }
    QByteArray log() const { return run(QStringLiteral("log s.eventlog")).out; }

private slots:
    /// item-1 at 1, item-2 at 2, ..., item-0 at 7, item-1 at 8, ...
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->makeStore(20);
    }

    void anyVerbRunsOverABranch()
    {
        const auto before = log();
        const auto state = run(QStringLiteral("branch s.eventlog --skip 15 state item-1"));
        QCOMPARE(state.err, QByteArray());
        QCOMPARE(state.code, 0);
        QCOMPARE(state.lines().constFirst(),
            json("{'stream':'item-1','version':2,'position':8,'exists':true,'state':{'n':8}}"));
        QCOMPARE(run(QStringLiteral("branch s.eventlog --skip 15 3 5-7 log")).lines().size(), 15);
        QCOMPARE(run(QStringLiteral("branch s.eventlog --skip 3 --skip 5 log")).lines().size(), 18);
        QCOMPARE(run(QStringLiteral("branch s.eventlog --at 6 streams")).lines().size(), 6);
        QCOMPARE(run(QStringLiteral("branch s.eventlog --skip-stream item-2 streams --limit 3"))
                     .object(1)
                     .value(QStringLiteral("stream"))
                     .toString(),
            QStringLiteral("item-3"));
        const auto verified = run(QStringLiteral("branch s.eventlog --skip 3 verify"));
        QCOMPARE(verified.code, 0);
        QVERIFY2(verified.out.startsWith("19 events"), verified.out.constData());
        QCOMPARE(log(), before);
    }

    void namesTheFirstDifference()
    {
        const auto diff = run(QStringLiteral("branch s.eventlog --skip 15 9"));
        QCOMPARE(diff.code, 0);
        QCOMPARE(diff.lines().size(), 2);
        QCOMPARE(diff.lines().at(0),
            json("{'stream':'item-2','version':2,'main':{'position':9,'type':'ODD','version':3},"
                 "'branch':{'position':14,'type':'EVEN','version':2},'exists_in_main':true,"
                 "'exists_on_branch':true,'fields':[]}"));
        QCOMPARE(diff.object(1).value(QStringLiteral("stream")).toString(),
            QStringLiteral("item-1"));
        QCOMPARE(diff.object(1).value(QStringLiteral("fields")).toArray().size(), 1);
        QCOMPARE(run(QStringLiteral("branch s.eventlog diff")).err,
            QByteArray("eventloupe: the branch is the log up to #20\n"));
    }

    void eventsAreChanged()
    {
        const auto changed = m_program->run({ QStringLiteral("branch"),
            QStringLiteral("s.eventlog"), QStringLiteral("--edit"),
            QStringLiteral("15={\"type\":\"NEW\",\"data\":{\"n\":1.50}}"), QStringLiteral("log"),
            QStringLiteral("--type"), QStringLiteral("NEW") });
        QCOMPARE(changed.lines().size(), 1);
        QVERIFY2(changed.out.contains("\"data\":{\"n\":1.50}"), changed.out.constData());
        QCOMPARE(changed.object().value(QStringLiteral("position")).toInt(), 15);
    }

    void filesArePutIn()
    {
        m_program->write(QStringLiteral("in.ndjson"),
            json("{'stream':'item-1','type':'LATE','data':{'n':100}}\n"
                 "{'stream':'cart-1','type':'OPENED'}\n"));
        const auto end = run(QStringLiteral("branch s.eventlog --insert in.ndjson log --from 21"));
        QCOMPARE(end.lines().size(), 2);
        QCOMPARE(end.object().value(QStringLiteral("version")).toInt(), 4);
        const auto within
            = run(QStringLiteral("branch s.eventlog --insert in.ndjson --after 1 log --limit 3"));
        QCOMPARE(within.object(1).value(QStringLiteral("type")).toString(), QStringLiteral("LATE"));
        QCOMPARE(within.object(1).value(QStringLiteral("version")).toInt(), 2);
        m_program->write(QStringLiteral("bad.ndjson"), "{\"stream\":\"item-1\"}\n{");
        const auto bad = run(QStringLiteral("branch s.eventlog --insert bad.ndjson log"));
        QCOMPARE(bad.code, 1);
        QVERIFY2(bad.err.contains("bad.ndjson:"), bad.err.constData());
    }

    void appendsWhenItIsMeant()
    {
        m_program->write(QStringLiteral("in.ndjson"),
            json("{'stream':'item-1','type':'LATE'}\n{'stream':'cart-1','type':'OPENED'}\n"));
        const auto before = log();
        const auto shown = run(QStringLiteral("branch s.eventlog --insert in.ndjson append"));
        QCOMPARE(shown.code, 0);
        QCOMPARE(shown.lines().size(), 2);
        QVERIFY2(shown.err.contains("--yes"), shown.err.constData());
        QCOMPARE(log(), before);
        const auto moved
            = run(QStringLiteral("branch s.eventlog --at 14 --insert in.ndjson append --yes"));
        QCOMPARE(moved.code, 1);
        QVERIFY2(moved.err.contains("item-1: expected version 2, found version 3"),
            moved.err.constData());
        QCOMPARE(log(), before);
        const auto skipped
            = run(QStringLiteral("branch s.eventlog --skip 3 --insert in.ndjson append --yes"));
        QCOMPARE(skipped.code, 1);
        QVERIFY2(skipped.err.contains("history"), skipped.err.constData());
        const auto done = run(QStringLiteral("branch s.eventlog --insert in.ndjson append --yes"));
        QCOMPARE(done.lines(),
            QList<QByteArray> { json("{'appended':2,'streams':2,'first':21,'last':22}") });
        QCOMPARE(run(QStringLiteral("verify s.eventlog")).code, 0);
        QVERIFY(log().startsWith(before));
    }

    void tellsWhatIsRuledOut()
    {
        QCOMPARE(run(QStringLiteral("init users --template users")).code, 0);
        const QString id = QStringLiteral("018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01");
        const auto created = run(QStringLiteral("command users CREATE_USER userId=%1 name=Ada "
                                                "email=a@example.org")
                                     .arg(id));
        QVERIFY2(created.code == 0, created.err.constData());
        const auto renamed
            = run(QStringLiteral("command users RENAME_USER userId=%1 name=Bea").arg(id));
        QVERIFY2(renamed.code == 0, renamed.err.constData());
        const auto told = run(QStringLiteral("branch users --skip 1 consequences"));
        QCOMPARE(told.lines().size(), 1);
        QCOMPARE(told.object().value(QStringLiteral("would_be")).toString(),
            QStringLiteral("rejected"));
        QCOMPARE(told.object().value(QStringLiteral("command")).toString(),
            QStringLiteral("RENAME_USER"));
        QVERIFY(!told.object().value(QStringLiteral("reason")).toString().isEmpty());
        QCOMPARE(run(QStringLiteral("branch users consequences")).out, QByteArray());
    }

    void commandsRunOnABranch()
    {
        QCOMPARE(run(QStringLiteral("init users --template users")).code, 0);
        const QString words = QStringLiteral(
            "CREATE_USER userId=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a01 name=Ada "
            "email=a@example.org");
        QCOMPARE(run(QStringLiteral("branch users command ") + words).lines().size(), 1);
        QCOMPARE(run(QStringLiteral("log users")).out, QByteArray());
    }

    void wrongWordsAreTold_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* words, int code, const char* part) {
            QTest::newRow(words) << QString::fromLatin1(words) << code << QByteArray(part);
        };
        row("--skip x", 2, "--skip takes positions");
        row("--skip 9-7", 2, "--skip takes positions");
        row("--skip 99 log", 1, "no event #99");
        row("--at 99 log", 1, "ends at #20");
        row("--skip-stream none-1 log", 1, "none-1");
        row("--edit 3 log", 2, "--edit takes a position");
        row("--edit 3={} --edit 99={} log", 1, "no event #99");
        row("--edit 3={\"id\":1} log", 2, "not 'id'");
        row("--after 3 log", 2, "--insert");
        row("init x", 2, "not for a branch");
        row("nonsense", 2, "no verb 'nonsense'");
        row("append --maybe", 2, "--yes");
        row("diff item-1", 2, "no further words");
    }

    void wrongWordsAreTold()
    {
        QFETCH(QString, words);
        QFETCH(int, code);
        QFETCH(QByteArray, part);
        const auto refused = run(QStringLiteral("branch s.eventlog ") + words);
        QCOMPARE(refused.code, code);
        QVERIFY2(refused.err.contains(part), refused.err.constData());
    }
};

QTEST_GUILESS_MAIN(CliBranchTest)
#include "tst_clibranch.moc"
