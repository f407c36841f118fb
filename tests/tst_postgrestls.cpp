#include "postgres/serverreport.h"
#include "support/postgresserver.h"

#include "postgres/postgresconnection.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// What each TLS mode accepts and refuses, on a server whose certificate a made-up authority gave.
class tst_PostgresTls final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void verifiedServerIsSaidToBe();
    void otherHostIsRefused();
    void otherAuthorityIsRefused();
    void expiredCertificateIsRefused();
    void missingAuthorityIsNamed();
    void serverWithoutTlsIsRefused();

private:
    /// One host name, which stands for the server of this test.
    [[nodiscard]] QString location(
        const char* mode, const char* host = "db.example.org", const char* authority = "ca") const
    {
        return QStringLiteral("postgresql://eventloupe@%1:%2/postgres?hostaddr=127.0.0.1"
                              "&sslmode=%3&sslrootcert=%4.crt")
            .arg(QLatin1String(host))
            .arg(m_server.port())
            .arg(QLatin1String(mode), m_folder.filePath(QLatin1String(authority)));
    }
    [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>> open(const QString& location)
    {
        PostgresOptions options;
        options.address = *PostgresAddress::parse(location);
        return PostgresConnection::open(options);
    }
    /// Why it cannot be opened; empty where it can.
    [[nodiscard]] static QString refusal(const QString& location)
    {
        const auto connection = open(location);
        return connection ? QString() : connection.error().message;
    }
    /// A line for bash in the folder of the certificates.
    [[nodiscard]] bool shell(const QString& line) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start(QStringLiteral("bash"), { QStringLiteral("-ec"), line });
        return process.waitForFinished() && process.exitCode() == 0;
    }
    /// Gives the server a certificate for db.example.org that ends in so many days.
    void certify(int days);

    PostgresServer m_server;
    QTemporaryDir m_folder;
};

void tst_PostgresTls::initTestCase()
{
    QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
    for (const char* name : { "ca", "other" })
        QVERIFY(shell(QStringLiteral("openssl req -x509 -newkey ec -pkeyopt "
                                     "ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
                                     "\"/CN=Authority %1\" -keyout %1.key -out %1.crt")
                          .arg(QLatin1String(name))));
    certify(2);
}

void tst_PostgresTls::certify(int days)
{
    // What is there is written over, so that it stays the server's.
    QVERIFY(shell(QStringLiteral(
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
        "-subj /CN=db.example.org -keyout s.key -out s.csr;"
        "openssl x509 -req -in s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days %1 -out s.crt;"
        "cat s.crt > %2/server.crt; cat s.key > %2/server.key; rm s.*")
                      .arg(days)
                      .arg(m_server.folder())));
    const QString before = m_server.value("SELECT pg_conf_load_time()");
    QCOMPARE(m_server.run("SELECT pg_reload_conf()"), QString());
    QTRY_VERIFY(m_server.value("SELECT pg_conf_load_time()") != before);
}

void tst_PostgresTls::verifiedServerIsSaidToBe()
{
    const auto full = open(location("verify-full"));
    QVERIFY2(full, qPrintable(full ? QString() : full.error().message));
    QVERIFY((*full)->transport().isEncrypted);
    QVERIFY2((*full)->transport().toText().endsWith(
                 QStringLiteral(", certificate and host name verified")),
        qPrintable((*full)->transport().toText()));
    const auto authority = open(location("verify-ca", "another.example.org"));
    QVERIFY2(authority, qPrintable(authority ? QString() : authority.error().message));
    QVERIFY((*authority)->transport().toText().contains(QStringLiteral("host name not")));
    const auto report = lookAtServer(location("verify-full"), {});
    QVERIFY(report);
    QVERIFY(report->server.transport.contains(QStringLiteral("host name verified")));
}

void tst_PostgresTls::otherHostIsRefused()
{
    const QString why = refusal(location("verify-full", "another.example.org"));
    QVERIFY2(why.contains(QStringLiteral("\"db.example.org\" does not match host name "
                                         "\"another.example.org\"")),
        qPrintable(why));
}

void tst_PostgresTls::otherAuthorityIsRefused()
{
    for (const char* mode : { "verify-ca", "verify-full" }) {
        const QString why = refusal(location(mode, "db.example.org", "other"));
        QVERIFY2(why.contains(QStringLiteral("other.crt")), qPrintable(why));
        QVERIFY2(why.contains(QStringLiteral("has expired")), qPrintable(why));
    }
    // What verifies nothing says so.
    const auto unverified
        = open(QString(location("require"))
                   .remove(QRegularExpression(QStringLiteral("&sslrootcert=.*"))));
    QVERIFY(unverified);
    QVERIFY((*unverified)->transport().toText().contains(QStringLiteral("not verified")));
}

void tst_PostgresTls::expiredCertificateIsRefused()
{
    certify(-1);
    const QString why = refusal(location("verify-full"));
    certify(2);
    QVERIFY2(why.contains(QStringLiteral("has expired")), qPrintable(why));
    QCOMPARE(refusal(location("verify-full")), QString());
}

void tst_PostgresTls::missingAuthorityIsNamed()
{
    const QString why = refusal(location("verify-full", "db.example.org", "nowhere"));
    QVERIFY2(why.contains(QStringLiteral("nowhere.crt")), qPrintable(why));
}

void tst_PostgresTls::serverWithoutTlsIsRefused()
{
    QCOMPARE(m_server.run("ALTER SYSTEM SET ssl = off"), QString());
    QCOMPARE(m_server.run("SELECT pg_reload_conf()"), QString());
    QTRY_COMPARE(m_server.value("SHOW ssl"), QStringLiteral("off"));
    for (const char* mode : { "require", "verify-ca", "verify-full" }) {
        const QString why = refusal(location(mode));
        QVERIFY2(why.contains(QStringLiteral("server does not support SSL")), qPrintable(why));
    }
    const auto plain
        = open(QString(location("prefer"))
                   .remove(QRegularExpression(QStringLiteral("&sslrootcert=.*"))));
    QVERIFY(plain);
    QCOMPARE((*plain)->transport().toText(), QStringLiteral("not encrypted"));
}

QTEST_GUILESS_MAIN(tst_PostgresTls)
#include "tst_postgrestls.moc"
