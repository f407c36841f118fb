#include "postgres/postgresconnection.h"
#include "store/storesecrets.h"
#include "support/postgresserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

/// A session on a PostgreSQL server: what it gives, and that every call ends.
class tst_PostgresConnection final : public QObject {
    Q_OBJECT

    using Connection = std::unique_ptr<PostgresConnection>;

private slots:
    void initTestCase() { QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure())); }
    void valuesCameAsText();
    void stepsRunTogether();
    void rowsAreStreamed();
    void rowsAreCopiedIn();
    void interruptEndsAStatement();
    void tokenEndsAStatement();
    void silentServerIsGivenUp();
    void interruptEndsASilentServer();
    void lockIsNotWaitedForLong();
    void closedPortIsTold();
    void tlsIsShown();
    void wrongTlsModeIsRefused();
    void sessionGoesOnAfterTheServerCancelled();
    void passwordIsAskedForAndNeverShown();
    void serviceAndPasswordFilesAreUsed();

private:
    [[nodiscard]] PostgresOptions options(const QString& location = {}) const
    {
        PostgresOptions options;
        options.address = *PostgresAddress::parse(
            location.isEmpty() ? m_server.location(QStringLiteral("public")) : location);
        options.isReadOnly = false;
        return options;
    }
    [[nodiscard]] Connection connected() const
    {
        auto connection = PostgresConnection::open(options());
        if (!connection)
            qFatal("%s", qPrintable(connection.error().message));
        return std::move(*connection);
    }
    [[nodiscard]] QString to(const char* rest) const
    {
        return QStringLiteral("postgresql://%1").arg(QString::fromUtf8(rest).arg(m_server.port()));
    }

    PostgresServer m_server;
};

void tst_PostgresConnection::valuesCameAsText()
{
    const Connection connection = connected();
    const std::string odd = "a\tb\\c\"d{},'é";
    const auto row = connection->query(
        "SELECT $1::bigint, $2::text, $3::bytea, $4::int, ($5::bigint[])[2], ($6::text[])[1],"
        " 0.1::float8, true",
        PostgresParameters()
            .add(-7)
            .addText(odd)
            .addBytes(std::string_view("\0\xff", 2))
            .addNull()
            .addNumbers({ 1, 9007199254740993 })
            .addTexts({ odd, "x" }));
    QVERIFY2(row, qPrintable(row ? QString() : row.error().message));
    QCOMPARE(row->integer(0, 0), -7);
    QCOMPARE(row->text(0, 1), std::string_view(odd));
    QCOMPARE(row->bytes(0, 2), QByteArray("\0\xff", 2));
    QVERIFY(row->isNull(0, 3));
    QCOMPARE(row->integer(0, 4), 9007199254740993);
    QCOMPARE(row->text(0, 5), std::string_view(odd));
    QCOMPARE(row->text(0, 6), std::string_view("0.1"));
    QVERIFY(row->boolean(0, 7));
    QCOMPARE(row->columnType(0), 20U);
    QCOMPARE(quotedIdentifier(QStringLiteral("a.\"b")), QByteArray("\"a.\"\"b\""));
    const auto wrong = connection->query("SELECT nothing");
    QVERIFY(!wrong);
    QCOMPARE(connection->sqlState(), QByteArray("42703"));
    QVERIFY(!connection->isBroken());
}

void tst_PostgresConnection::stepsRunTogether()
{
    const Connection connection = connected();
    const auto results = connection->run({ { "SELECT 1", {} },
        { "SELECT $1::text", PostgresParameters().addText("two") }, { "SELECT 3", {} } });
    QVERIFY(results);
    QCOMPARE(results->size(), std::size_t(3));
    QCOMPARE(results->at(1).text(0, 0), std::string_view("two"));
    const auto failed = connection->run({ { "BEGIN", {} },
        { "SELECT 1 / $1::int", PostgresParameters().add(0) }, { "COMMIT", {} } });
    QVERIFY(!failed);
    QCOMPARE(connection->sqlState(), QByteArray("22012"));
    QVERIFY(connection->isInTransaction());
    QVERIFY(connection->execute("ROLLBACK"));
    QVERIFY(connection->query("SELECT 1"));
}

void tst_PostgresConnection::rowsAreStreamed()
{
    const Connection connection = connected();
    qint64 sum = 0;
    QVERIFY(connection->stream("SELECT generate_series(1, $1::int)",
        PostgresParameters().add(50'000), [&sum](const PostgresResult& row) {
            sum += row.integer(0, 0);
            return true;
        }));
    QCOMPARE(sum, 50'000LL * 50'001 / 2);
    int seen = 0;
    QVERIFY(connection->stream("SELECT generate_series(1, 100000000)", {},
        [&seen](const PostgresResult&) { return ++seen < 10; }));
    QCOMPARE(seen, 10);
    QCOMPARE(connection->query("SELECT 5").value().integer(0, 0), 5);
}

void tst_PostgresConnection::rowsAreCopiedIn()
{
    const Connection connection = connected();
    QVERIFY(connection->execute("CREATE TEMPORARY TABLE t(a int, b text)"));
    QVERIFY(connection->beginCopy("COPY t FROM STDIN"));
    std::string rows;
    for (int i = 0; i < 100'000; ++i)
        rows += std::to_string(i) + "\tx\\ty\n";
    QVERIFY(connection->putCopy(rows));
    QCOMPARE(connection->endCopy().value(), 100'000);
    QCOMPARE(connection->query("SELECT b FROM t WHERE a = 7").value().text(0, 0),
        std::string_view("x\ty"));
    QVERIFY(connection->beginCopy("COPY t FROM STDIN"));
    QVERIFY(connection->putCopy("nonsense\n"));
    QVERIFY(!connection->endCopy());
    QVERIFY(connection->query("SELECT 1"));
}

void tst_PostgresConnection::interruptEndsAStatement()
{
    const Connection connection = connected();
    std::thread other([&connection] {
        std::this_thread::sleep_for(150ms);
        connection->interrupt();
    });
    const auto slept = connection->query("SELECT pg_sleep(60)");
    other.join();
    QVERIFY(!slept);
    QCOMPARE(slept.error().code, ErrorCode::Cancelled);
}

void tst_PostgresConnection::tokenEndsAStatement()
{
    const Connection connection = connected();
    const CancelToken token;
    std::thread other([token] {
        std::this_thread::sleep_for(150ms);
        token.cancel();
    });
    const PostgresWatch watch(*connection, token);
    const auto slept = connection->query("SELECT pg_sleep(60)");
    other.join();
    QVERIFY(!slept);
    QCOMPARE(slept.error().code, ErrorCode::Cancelled);
}

/// Half open: the system of the server's still answers, the server does not.
void tst_PostgresConnection::silentServerIsGivenUp()
{
    const Connection connection = connected();
    connection->setAnswerTimeout(500ms);
    QVERIFY(m_server.command("stop"));
    const auto row = connection->query("SELECT 1");
    PostgresOptions impatient = options();
    impatient.connectTimeout = 500ms;
    const auto second = PostgresConnection::open(impatient);
    QVERIFY(m_server.command("continue"));
    QVERIFY(!row);
    QCOMPARE(row.error().code, ErrorCode::InputOutput);
    QVERIFY(row.error().message.contains(QStringLiteral("did not answer")));
    QVERIFY(connection->isBroken());
    QVERIFY(!connection->query("SELECT 1"));
    QVERIFY(!second);
    QVERIFY(second.error().message.contains(QStringLiteral("does not answer")));
}

void tst_PostgresConnection::interruptEndsASilentServer()
{
    const Connection connection = connected();
    QVERIFY(m_server.command("stop"));
    std::thread other([&connection] {
        std::this_thread::sleep_for(150ms);
        connection->interrupt();
    });
    const auto row = connection->query("SELECT 1");
    other.join();
    QVERIFY(m_server.command("continue"));
    QVERIFY(!row);
    QCOMPARE(row.error().code, ErrorCode::Cancelled);
    QVERIFY(connection->isBroken());
}

void tst_PostgresConnection::lockIsNotWaitedForLong()
{
    QCOMPARE(m_server.run("CREATE TABLE held(i int)"), QString());
    const Connection holder = connected();
    QVERIFY(holder->execute("BEGIN; LOCK TABLE held"));
    PostgresOptions impatient = options();
    impatient.lockTimeout = 200ms;
    const auto other = PostgresConnection::open(impatient);
    QVERIFY(other);
    const auto row = (*other)->query("SELECT * FROM held");
    QVERIFY(!row);
    QCOMPARE(row.error().code, ErrorCode::Busy);
    QVERIFY(!(*other)->isBroken());
}

void tst_PostgresConnection::closedPortIsTold()
{
    const auto connection = PostgresConnection::open(
        options(QStringLiteral("postgresql://ada:s3cret@127.0.0.1:1/shop")));
    QVERIFY(!connection);
    QCOMPARE(connection.error().code, ErrorCode::InputOutput);
    QVERIFY(connection.error().message.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!connection.error().message.contains(QStringLiteral("s3cret")));
}

void tst_PostgresConnection::tlsIsShown()
{
    const auto plain
        = PostgresConnection::open(options(to("eventloupe@127.0.0.1:%1/postgres?sslmode=disable")));
    QVERIFY(plain);
    QVERIFY(!(*plain)->transport().isEncrypted);
    const auto encrypted
        = PostgresConnection::open(options(to("eventloupe@127.0.0.1:%1/postgres?sslmode=require")));
    QVERIFY(encrypted);
    const PostgresTransport transport = (*encrypted)->transport();
    QVERIFY(transport.isEncrypted);
    QCOMPARE(transport.mode, QStringLiteral("require"));
    QVERIFY(transport.protocol.startsWith(QStringLiteral("TLS")));
    QVERIFY(transport.toText().contains(QStringLiteral("not verified")));
    const auto verified = PostgresConnection::open(
        options(to("eventloupe@127.0.0.1:%1/postgres?sslmode=verify-ca&sslrootcert=")
            + m_server.folder() + QStringLiteral("/server.crt")));
    QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().message));
    QVERIFY((*verified)->transport().toText().contains(QStringLiteral("host name not")));
}

void tst_PostgresConnection::wrongTlsModeIsRefused()
{
    // The certificate is for another name.
    const auto connection = PostgresConnection::open(
        options(to("eventloupe@127.0.0.1:%1/postgres?sslmode=verify-full&sslrootcert=")
            + m_server.folder() + QStringLiteral("/server.crt")));
    QVERIFY(!connection);
    QVERIFY(connection.error().message.contains(QStringLiteral("db.example.org")));
    const auto unknown = PostgresConnection::open(
        options(to("eventloupe@127.0.0.1:%1/postgres?sslmode=sometimes")));
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message.contains(QStringLiteral("sometimes")));
}

/// Not by us: by a limit of its own, or another session.
void tst_PostgresConnection::sessionGoesOnAfterTheServerCancelled()
{
    PostgresOptions limited = options(to("eventloupe@127.0.0.1:%1/postgres"));
    limited.statementTimeout = std::chrono::milliseconds(50);
    const auto connection = PostgresConnection::open(limited);
    QVERIFY(connection);
    const auto row = [](const PostgresResult&) { return true; };
    QCOMPARE((*connection)->query("SELECT pg_sleep(20)").error().code, ErrorCode::Cancelled);
    QCOMPARE((*connection)->stream("SELECT pg_sleep(20)", {}, row).error().code,
        ErrorCode::Cancelled);
    QCOMPARE((*connection)->execute("SELECT pg_sleep(20)").error().code, ErrorCode::Cancelled);
    QCOMPARE((*connection)->query("SELECT 1").value().number(0), 1);
}

void tst_PostgresConnection::passwordIsAskedForAndNeverShown()
{
    QCOMPARE(m_server.run("CREATE ROLE guarded LOGIN PASSWORD 'r1ght-one'"), QString());
    const QString location = to("guarded@127.0.0.1:%1/postgres");
    const auto without = PostgresConnection::open(options(location));
    QVERIFY(!without);
    QVERIFY(without.error().message.contains(QStringLiteral("PGPASSFILE")));

    QList<bool> refusals;
    setPasswordPrompt([&refusals](const PasswordRequest& request) -> std::optional<QByteArray> {
        refusals.append(request.wasRefused);
        return refusals.size() == 1 ? "wr0ng-one" : "r1ght-one";
    });
    const auto asked = PostgresConnection::open(options(location));
    QVERIFY2(asked, qPrintable(asked ? QString() : asked.error().message));
    QCOMPARE(refusals, QList<bool>({ false, true }));
    QVERIFY(PostgresConnection::open(options(location)));
    QCOMPARE(refusals.size(), 2);
    setPasswordPrompt({});

    const auto wrong
        = PostgresConnection::open(options(to("guarded:wr0ng-two@127.0.0.1:%1/template1")));
    QVERIFY(!wrong);
    QVERIFY(!wrong.error().message.contains(QStringLiteral("wr0ng-two")));
    QVERIFY(wrong.error().message.contains(QStringLiteral("guarded")));
    const auto given = PostgresConnection::open(
        options(to("guarded:r1ght-one@127.0.0.1:%1/postgres?application_name=x")));
    QVERIFY2(given, qPrintable(given ? QString() : given.error().message));
}

void tst_PostgresConnection::serviceAndPasswordFilesAreUsed()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const char* name, const QString& text) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(text.toUtf8());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName().toUtf8();
    };
    qputenv("PGSERVICEFILE",
        write("services",
            QStringLiteral("[shop]\nhost=127.0.0.1\nport=%1\nuser=guarded\ndbname=postgres\n")
                .arg(m_server.port())));
    qputenv("PGPASSFILE", write("passwords", QStringLiteral("*:*:*:guarded:r1ght-one\n")));
    const auto connection = PostgresConnection::open(options(QStringLiteral("service=shop")));
    QVERIFY2(connection, qPrintable(connection ? QString() : connection.error().message));
    QCOMPARE((*connection)->userName(), QStringLiteral("guarded"));
    qunsetenv("PGSERVICEFILE");
    qunsetenv("PGPASSFILE");
}

QTEST_GUILESS_MAIN(tst_PostgresConnection)
#include "tst_postgresconnection.moc"
