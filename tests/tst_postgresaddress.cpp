#include "postgres/postgresaddress.h"
#include "postgres/postgreserror.h"
#include "store/storesecrets.h"
#include "value/storelocation.h"

#include <QTest>

using namespace eventloupe;

/// Locations of PostgreSQL stores, and that no password stays in them.
class tst_PostgresAddress final : public QObject {
    Q_OBJECT

private slots:
    void passwordIsSplitOff_data();
    void passwordIsSplitOff();
    void locationsAreClaimed();
    void schemaIsOurs();
    void hostsAreTriedOneByOne();
    void badAddressesAreNamed();
    void messagesAreScrubbed();
    void promptIsAskedOnce();
};

void tst_PostgresAddress::passwordIsSplitOff_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("secret");
    const auto row = [](const char* given, const char* text, const char* secret) {
        QTest::newRow(given) << QString::fromUtf8(given) << QString::fromUtf8(text)
                             << QByteArray(secret);
    };
    row("postgresql://ada:s3cret@db.example.org:5432/shop",
        "postgresql://ada@db.example.org:5432/shop", "s3cret");
    row("postgresql://ada:p%40ss%2Fw@db/shop?schema=x", "postgresql://ada@db/shop?schema=x",
        "p@ss/w");
    row("postgresql://ada:p@ss@db/shop", "postgresql://ada@db/shop", "p@ss");
    row("postgresql://ada:pa/ss@db/shop", "postgresql://ada@db/shop", "pa/ss");
    row("postgresql://ada@db/shop?password=s3cret&sslmode=require",
        "postgresql://ada@db/shop?sslmode=require", "s3cret");
    row("postgres://db/shop?sslmode=require&password=s3cret", "postgres://db/shop?sslmode=require",
        "s3cret");
    row("postgresql://db/shop?sslpassword=keykey&a=b", "postgresql://db/shop?a=b", "");
    row("postgresql://ada:s3cret@a:1,b:2/shop", "postgresql://ada@a:1,b:2/shop", "s3cret");
    row("postgresql://a:1,b:2/shop@home", "postgresql://a:1,b:2/shop@home", "");
    row("postgresql://[::1]:5432/shop", "postgresql://[::1]:5432/shop", "");
    row("postgresql:///shop", "postgresql:///shop", "");
    row("mysql://u:pw1@h/d", "mysql://u@h/d", "pw1");
    row("service=shop password=s3cret", "service=shop", "s3cret");
    row("host=db password = 'it\\'s me' user=ada", "host=db user=ada", "it's me");
    row("/home/ada/a:b@c.eventlog", "/home/ada/a:b@c.eventlog", "");
}

void tst_PostgresAddress::passwordIsSplitOff()
{
    QFETCH(const QString, given);
    const StoreLocation split = StoreLocation::split(given);
    QTEST(split.text, "text");
    QTEST(split.secret, "secret");
    QCOMPARE(StoreLocation::split(split.text).text, split.text);
    QVERIFY(StoreLocation::split(split.text).secret.isEmpty());
}

void tst_PostgresAddress::locationsAreClaimed()
{
    for (const char* ours :
        { "postgresql://db/shop", "postgres://db/shop", "service=shop", "host=db dbname=shop" })
        QVERIFY2(PostgresAddress::claims(QString::fromUtf8(ours)), ours);
    for (const char* other : { "mysql://db/shop", "shop.eventlog", "/tmp/service", "services=1" })
        QVERIFY2(!PostgresAddress::claims(QString::fromUtf8(other)), other);
}

void tst_PostgresAddress::schemaIsOurs()
{
    const auto uri = PostgresAddress::parse(
        QStringLiteral("postgresql://ada@db/shop?sslmode=require&schema=my%20log"));
    QVERIFY(uri);
    QCOMPARE(uri->schema, QStringLiteral("my log"));
    QCOMPARE(uri->value("sslmode"), QByteArray("require"));
    QCOMPARE(uri->value("dbname"), QByteArray("shop"));
    QCOMPARE(
        uri->location, QStringLiteral("postgresql://ada@db/shop?sslmode=require&schema=my%20log"));
    const auto settings = PostgresAddress::parse(QStringLiteral("service=shop schema=log"));
    QVERIFY(settings);
    QCOMPARE(settings->schema, QStringLiteral("log"));
    QCOMPARE(settings->value("service"), QByteArray("shop"));
}

void tst_PostgresAddress::hostsAreTriedOneByOne()
{
    const auto address = PostgresAddress::parse(
        QStringLiteral("postgresql://ada@a:1,b:2/shop?target_session_attrs=any"));
    QVERIFY(address);
    QVERIFY(address->hasSeveralHosts());
    const auto hosts = address->byHost();
    QCOMPARE(hosts.size(), std::size_t(2));
    QCOMPARE(hosts[1].value("host"), QByteArray("b"));
    QCOMPARE(hosts[1].value("port"), QByteArray("2"));
    QCOMPARE(hosts[1].value("user"), QByteArray("ada"));
    QCOMPARE(hosts[1].serverName(), QStringLiteral("b:2"));
}

void tst_PostgresAddress::badAddressesAreNamed()
{
    const auto address
        = PostgresAddress::parse(QStringLiteral("postgresql://ada:top5ecret@db/shop?colour=red"));
    QVERIFY(!address);
    QCOMPARE(address.error().code, ErrorCode::InvalidArgument);
    QVERIFY(address.error().message.contains(QStringLiteral("colour")));
    QVERIFY(!address.error().message.contains(QStringLiteral("top5ecret")));
}

void tst_PostgresAddress::messagesAreScrubbed()
{
    QCOMPARE(cleanMessage("FATAL:  28P01: no 'p@ss' or p%40ss here\nLOCATION:  auth.c:1\n", "p@ss"),
        QStringLiteral("FATAL: no '***' or *** here"));
    QCOMPARE(sqlStateIn("FATAL:  28P01: password authentication failed"), QByteArray("28P01"));
}

void tst_PostgresAddress::promptIsAskedOnce()
{
    int asked = 0;
    setPasswordPrompt([&asked](const PasswordRequest& request) -> std::optional<QByteArray> {
        ++asked;
        return request.wasRefused ? std::nullopt : std::optional<QByteArray>("given");
    });
    const QString location = admitLocation(QStringLiteral("postgresql://ada:old@db/asked"));
    QCOMPARE(location, QStringLiteral("postgresql://ada@db/asked"));
    QCOMPARE(secretOf(location), std::optional<QByteArray>("old"));
    QCOMPARE(askForSecret({ location, {}, false }, "old"), std::optional<QByteArray>("given"));
    QCOMPARE(askForSecret({ location, {}, false }, "old"), std::optional<QByteArray>("given"));
    QCOMPARE(asked, 1);
    QCOMPARE(askForSecret({ location, {}, true }, "given"), std::optional<QByteArray>());
    setPasswordPrompt({});
}

QTEST_APPLESS_MAIN(tst_PostgresAddress)
#include "tst_postgresaddress.moc"
