#include "support/postgresserver.h"
#include "support/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace eventloupe;

namespace {

/// The program on a terminal of its own: `answer` is typed each time that `question` has been
/// written. What it wrote, and its exit code.
ProgramRun runOnTerminal(
    const QStringList& words, const QByteArray& question, const QByteArray& answer)
{
    QList<QByteArray> bytes { EVENTLOUPE_PROGRAM };
    for (const QString& word : words)
        bytes.append(word.toUtf8());
    std::vector<char*> arguments;
    for (QByteArray& each : bytes)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        execv(arguments.front(), arguments.data());
        _exit(127);
    }
    ProgramRun run;
    qsizetype answered = 0;
    QElapsedTimer timer;
    timer.start();
    while (!timer.hasExpired(Program::patience)) {
        pollfd watched { terminal, POLLIN, 0 };
        std::array<char, 4096> buffer {};
        if (poll(&watched, 1, 100) == 0)
            continue;
        const auto count = read(terminal, buffer.data(), buffer.size());
        if (count <= 0)
            break; // It has ended.
        run.out.append(buffer.data(), static_cast<qsizetype>(count));
        if (run.out.count(question) > answered) {
            ++answered;
            const QByteArray line = answer + '\n';
            if (write(terminal, line.constData(), static_cast<std::size_t>(line.size())) < 0)
                break;
        }
    }
    close(terminal);
    int status = 0;
    waitpid(child, &status, 0);
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

} // namespace

/// The command line on a store of a server.
class CliServerTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        QCOMPARE(m_server.run("CREATE ROLE guarded LOGIN PASSWORD 'r1ght-one'; GRANT CREATE ON"
                              " DATABASE postgres TO guarded"),
            QString());
    }
    void init() { m_program = std::make_unique<Program>(); }
    void verbsTakeAUri();
    void failedImportLeavesNoSchema();
    void failedImportLeavesASchemaThatWasThere();
    void failedImportLeavesAStoreThatWasThere();
    void initPutsTheStoreOnAServer();
    void initUsesAStoreThatIsThere();
    void initThatFailsLeavesNothing();
    void passwordInAWorkspaceIsRefused();
    void terminalIsAskedForThePassword();
    void withoutATerminalNobodyIsAsked();

private:
    ProgramRun run(const QStringList& words, const QByteArray& input = {}) const
    {
        return m_program->run(words, input);
    }
    ProgramRun import(const QString& location, const QByteArray& lines) const
    {
        return run({ QStringLiteral("import"), location, QStringLiteral("-") }, lines);
    }
    [[nodiscard]] QString count(const QByteArray& what) const
    {
        return m_server.value("SELECT count(*) FROM " + what);
    }
    [[nodiscard]] QString asGuarded(const QString& password, const QString& schema) const
    {
        return m_server.location(schema, QStringLiteral("guarded") + password);
    }

    PostgresServer m_server;
    std::unique_ptr<Program> m_program;
    const QByteArray m_good = json("{'stream':'a-1','type':'T','data':{'n':1}}\n"
                                   "{'stream':'a-1','type':'T','data':{'n':2}}\n");
    const QByteArray m_bad = m_good + json("{'stream':'a-1','type':'T','data':\n");
};

void CliServerTest::verbsTakeAUri()
{
    const QString location = m_server.location(QStringLiteral("verbs"));
    const auto imported = import(location, m_good);
    QVERIFY2(imported.code == 0, imported.err.constData());
    const auto log = run({ QStringLiteral("log"), location });
    QCOMPARE(log.lines().size(), 2);
    const auto state = run({ QStringLiteral("state"), location, QStringLiteral("a-1") });
    QVERIFY(state.out.contains("\"n\":2"));
    QCOMPARE(run({ QStringLiteral("verify"), location }).code, 0);
}

void CliServerTest::failedImportLeavesNoSchema()
{
    const auto failed = import(m_server.location(QStringLiteral("newone")), m_bad);
    QCOMPARE(failed.code, 1);
    QVERIFY2(failed.err.contains("standard input:3:"), failed.err.constData());
    QCOMPARE(count("pg_namespace WHERE nspname = 'newone'"), QStringLiteral("0"));
}

void CliServerTest::failedImportLeavesASchemaThatWasThere()
{
    QCOMPARE(m_server.run("CREATE SCHEMA readymade"), QString());
    QCOMPARE(import(m_server.location(QStringLiteral("readymade")), m_bad).code, 1);
    QCOMPARE(count("pg_namespace WHERE nspname = 'readymade'"), QStringLiteral("1"));
    QCOMPARE(count("pg_class WHERE relnamespace = 'readymade'::regnamespace"),
        QStringLiteral("0"));
    QCOMPARE(count("pg_proc WHERE pronamespace = 'readymade'::regnamespace"),
        QStringLiteral("0"));
}

void CliServerTest::failedImportLeavesAStoreThatWasThere()
{
    const QString location = m_server.location(QStringLiteral("present"));
    QCOMPARE(run({ QStringLiteral("init"), QStringLiteral("w"), QStringLiteral("--store"),
                     location })
                 .code,
        0);
    QCOMPARE(import(location, m_bad).code, 1);
    QCOMPARE(count("present.head"), QStringLiteral("1"));
}

void CliServerTest::initPutsTheStoreOnAServer()
{
    const auto made = run({ QStringLiteral("init"), QStringLiteral("shop"),
        QStringLiteral("--template"), QStringLiteral("shop"), QStringLiteral("--store"),
        asGuarded(QStringLiteral(":r1ght-one"), QStringLiteral("shop")) });
    QVERIFY2(made.code == 0, made.err.constData());
    QVERIFY(made.err.contains("the password is not written into workspace.json"));
    const QString location = asGuarded({}, QStringLiteral("shop"));
    const QByteArray text = m_program->read(QStringLiteral("shop/workspace.json"));
    QVERIFY2(text.contains("\"store\": \"" + location.toUtf8() + '"'), text.constData());
    QVERIFY(m_program->shell(QStringLiteral("! grep -r r1ght-one .")).code == 0);
    QVERIFY(!QFile::exists(m_program->path(QStringLiteral("shop/events.eventlog"))));
    QCOMPARE(count("shop.head"), QStringLiteral("1"));
    // The workspace's folder stands for its store.
    const auto log = m_program->shell(
        QStringLiteral("PGPASSWORD=r1ght-one $E import shop - <<< '%1' && PGPASSWORD=r1ght-one $E "
                       "log shop")
            .arg(QString::fromUtf8(m_good)));
    QVERIFY2(log.code == 0, log.err.constData());
    QVERIFY(log.out.contains("\"a-1\""));
}

void CliServerTest::initUsesAStoreThatIsThere()
{
    const QString location = m_server.location(QStringLiteral("team"));
    QCOMPARE(import(location, m_good).code, 0);
    const auto made
        = run({ QStringLiteral("init"), QStringLiteral("w"), QStringLiteral("--store"), location });
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(run({ QStringLiteral("log"), QStringLiteral("w") }).lines().size(), 2);
    const auto beside = run({ QStringLiteral("init"), QStringLiteral("v"),
        QStringLiteral("--store"), QStringLiteral("other.eventlog") });
    QVERIFY2(beside.code == 0, beside.err.constData());
    QVERIFY(QFile::exists(m_program->path(QStringLiteral("v/other.eventlog"))));
}

void CliServerTest::initThatFailsLeavesNothing()
{
    const auto away = run({ QStringLiteral("init"), QStringLiteral("w"), QStringLiteral("--store"),
        QStringLiteral("postgresql://ada:s3cret@127.0.0.1:1/shop") });
    QCOMPARE(away.code, 1);
    QVERIFY(!away.err.contains("s3cret"));
    QVERIFY(!QFile::exists(m_program->path(QStringLiteral("w"))));
    m_program->write(QStringLiteral("full/notes.txt"), "mine");
    const auto full = run({ QStringLiteral("init"), QStringLiteral("full"),
        QStringLiteral("--store"), m_server.location(QStringLiteral("unborn")) });
    QCOMPARE(full.code, 1);
    QVERIFY2(full.err.contains("not empty"), full.err.constData());
    QCOMPARE(count("pg_namespace WHERE nspname = 'unborn'"), QStringLiteral("0"));
}

void CliServerTest::passwordInAWorkspaceIsRefused()
{
    const QByteArray location
        = asGuarded(QStringLiteral(":r1ght-one"), QStringLiteral("shop")).toUtf8();
    m_program->write(QStringLiteral("w/workspace.json"),
        json("{'name':'Shop','store':'") + location + json("'}"));
    for (const QString& verb : { QStringLiteral("check"), QStringLiteral("log") }) {
        const auto refused = run({ verb, QStringLiteral("w") });
        QCOMPARE(refused.code, 1);
        const QByteArray all = refused.out + refused.err;
        QVERIFY2(all.contains("leave the password out of the URI"), all.constData());
        QVERIFY(!all.contains("r1ght-one"));
    }
}

void CliServerTest::terminalIsAskedForThePassword()
{
    const QString location = asGuarded({}, QStringLiteral("asked"));
    QCOMPARE(import(asGuarded(QStringLiteral(":r1ght-one"), QStringLiteral("asked")), m_good).code,
        0);
    const auto log
        = runOnTerminal({ QStringLiteral("log"), location }, "Password of guarded", "r1ght-one");
    QVERIFY2(log.code == 0, log.out.constData());
    QCOMPARE(log.out.count("\"a-1\""), 2);
    QVERIFY(!log.out.contains("r1ght-one")); // What is typed is not shown.
    const auto wrong = runOnTerminal(
        { QStringLiteral("log"), location }, "assword of guarded", "wr0ng-one");
    QCOMPARE(wrong.code, 1);
    QVERIFY(wrong.out.contains("The password was refused"));
    QVERIFY(!wrong.out.contains("wr0ng-one"));
    // Looking whether there is a store does not ask on its own.
    const auto import = runOnTerminal({ QStringLiteral("import"), location,
                                          m_program->write(QStringLiteral("e.ndjson"), m_good) },
        "assword of guarded", "wr0ng-one");
    QCOMPARE(import.code, 1);
    QCOMPARE(import.out.count("assword of guarded"), 3);
}

void CliServerTest::withoutATerminalNobodyIsAsked()
{
    const auto log
        = run({ QStringLiteral("log"), asGuarded({}, QStringLiteral("asked")) }, "r1ght-one\n");
    QCOMPARE(log.code, 1);
    QVERIFY2(log.err.contains("PGPASSFILE"), log.err.constData());
}

QTEST_GUILESS_MAIN(CliServerTest)
#include "tst_cliserver.moc"
