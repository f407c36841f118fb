#include "mysql/mariadblibrary.h"
#include "mysql/mysqladdress.h"
#include "mysql/mysqlconnection.h"
#include "server/mysqlrows.h"
#include "server/mysqlstatement.h"
#include "store/storesecrets.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace eventloupe;

/// Where a MySQL or MariaDB server is, and how statements are written for it.
class tst_MysqlAddress final : public QObject {
    Q_OBJECT

private slots:
    void aMissingLibraryIsNamedWithItsPackage();
    void partsAreTaken();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void passwordsAreTakenOut();
    void optionFileFillsWhatIsOpen();
    void parametersAreWrittenInHex();
    void marksInQuotesStay();
    void rowsKeepWhatTheyAre();
};

void tst_MysqlAddress::aMissingLibraryIsNamedWithItsPackage()
{
    const auto library = MariaDbLibrary::load(QStringLiteral("nothing-of-this-name"));
    QVERIFY(!library);
    QCOMPARE(library.error().code, ErrorCode::Unsupported);
    QVERIFY2(library.error().message.contains(QStringLiteral("libmariadb3")),
        qPrintable(library.error().message));
    QVERIFY2(library.error().message.contains(QStringLiteral("nothing-of-this-name")),
        qPrintable(library.error().message));
    QVERIFY(MariaDbLibrary::instance());
}

void tst_MysqlAddress::partsAreTaken()
{
    QVERIFY(MysqlAddress::claims(QStringLiteral("mysql://a/b")));
    QVERIFY(MysqlAddress::claims(QStringLiteral("mariadb://a/b")));
    QVERIFY(!MysqlAddress::claims(QStringLiteral("postgresql://a/b")));
    const auto address = MysqlAddress::parse(QStringLiteral(
        "mysql://ad%40a@[::1]:3307/sh%20op?ssl-mode=verify_identity&ssl-ca=/a%20b.pem"
        "&connect-timeout=3"));
    QVERIFY2(address, qPrintable(address ? QString() : address.error().message));
    QCOMPARE(address->user, QStringLiteral("ad@a"));
    QCOMPARE(address->host, QStringLiteral("::1"));
    QCOMPARE(address->port, 3307);
    QCOMPARE(address->database, QStringLiteral("sh op"));
    QCOMPARE(address->tls, MysqlTls::Verified);
    QCOMPARE(address->authorities, QStringLiteral("/a b.pem"));
    QCOMPARE(address->connectTimeout, 3);
    QVERIFY(!address->isLocal());
    QCOMPARE(MysqlAddress::parse(QStringLiteral("mysql://my_db/a"))->host, QStringLiteral("my_db"));
    const auto local = MysqlAddress::parse(QStringLiteral("mariadb:///shop?socket=/run/x.sock"));
    QVERIFY(local);
    QCOMPARE(local->socket, QStringLiteral("/run/x.sock"));
    QVERIFY(local->isLocal());
    QCOMPARE(local->tls, MysqlTls::Preferred);
}

void tst_MysqlAddress::mistakesAreNamed_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("what");
    QTest::newRow("mode") << QStringLiteral("mysql://a/b?ssl-mode=maybe")
                          << QStringLiteral("maybe");
    QTest::newRow("parameter") << QStringLiteral("mysql://a/b?sslmode=x")
                               << QStringLiteral("sslmode");
    QTest::newRow("port") << QStringLiteral("mysql://a:x/b") << QStringLiteral("mysql://a:x/b");
    QTest::newRow("path") << QStringLiteral("mysql://a/b/c") << QStringLiteral("'/'");
    QTest::newRow("time") << QStringLiteral("mysql://a/b?connect-timeout=soon")
                          << QStringLiteral("soon");
}

void tst_MysqlAddress::mistakesAreNamed()
{
    QFETCH(QString, location);
    QFETCH(QString, what);
    const auto address = MysqlAddress::parse(location);
    QVERIFY(!address);
    QCOMPARE(address.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(address.error().message.contains(what), qPrintable(address.error().message));
    QVERIFY(address.error().message.contains(QStringLiteral("mysql://user@host")));
}

void tst_MysqlAddress::passwordsAreTakenOut()
{
    const auto address
        = MysqlAddress::parse(QStringLiteral("mysql://ada:s%C3%A4cret@db.example.org/shop"));
    QVERIFY(address);
    QCOMPARE(address->location, QStringLiteral("mysql://ada@db.example.org/shop"));
    QCOMPARE(secretOf(address->location),
        QByteArray("s\xc3\xa4"
                   "cret"));
}

void tst_MysqlAddress::optionFileFillsWhatIsOpen()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("my.cnf"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[mysqld]\npassword=wrong\n[client]\n# password=no\nuser = \"bob\"\n"
               "password='a\\\\b#c'\nhost=db.example.org\nport=3310\nsocket=/x\ncompress\n"
               "[mysql]\nuser=carl\n[client-mariadb]\nssl_ca=/ca.pem\n");
    file.close();
    qputenv("MYSQL_PWD", "environment");
    const auto open = MysqlAddress::parse(QStringLiteral("mysql:///shop"))->completed(path);
    QCOMPARE(open.user, QStringLiteral("bob"));
    QCOMPARE(open.password, QByteArray("a\\b#c"));
    QCOMPARE(open.host, QStringLiteral("db.example.org"));
    QCOMPARE(open.port, 3310);
    QVERIFY(open.socket.isEmpty());
    QCOMPARE(open.authorities, QStringLiteral("/ca.pem"));
    const auto given
        = MysqlAddress::parse(QStringLiteral("mysql://eve@other/shop"))->completed(path);
    QCOMPARE(given.user, QStringLiteral("eve"));
    QCOMPARE(given.host, QStringLiteral("other"));
    QCOMPARE(given.port, MysqlAddress::usualPort);
    const auto bare = MysqlAddress::parse(QStringLiteral("mysql://eve@other/shop"))
                          ->completed(folder.filePath(QStringLiteral("none")));
    QCOMPARE(bare.password, QByteArray("environment"));
    qunsetenv("MYSQL_PWD");
}

void tst_MysqlAddress::parametersAreWrittenInHex()
{
    const std::vector<ForeignValue> values { qint64(-5), QByteArray("a'\\\0b", 5),
        ForeignBlob { QByteArray("\0\xff", 2) }, 0.1, std::monostate() };
    QCOMPARE(boundStatement("SELECT ?1, ?2, ?3, ?5 WHERE a > ?1", values),
        std::string("SELECT -5, _utf8mb4 x'61275c0062', x'00ff', NULL WHERE a > -5"));
    QCOMPARE(boundStatement("SELECT ?4", values).substr(0, 8), std::string("SELECT 1"));
    const std::vector<ForeignValue> numbers { qint64(7), qint64(30) };
    QCOMPARE(boundStatement("LIMIT ?1+?2 OFFSET ?2", numbers), std::string("LIMIT 37 OFFSET 30"));
}

void tst_MysqlAddress::marksInQuotesStay()
{
    const std::vector<ForeignValue> values { qint64(1) };
    QCOMPARE(boundStatement("SELECT `a``?1`, '?1''?1\\'?1', ?1 FROM `?1`.`\\`, ?1", values),
        std::string("SELECT `a``?1`, '?1''?1\\'?1', 1 FROM `?1`.`\\`, 1"));
}

void tst_MysqlAddress::rowsKeepWhatTheyAre()
{
    const std::array values { "18446744073709551615", "-7", "1.50", "42", "0.1", "\x01\x02",
        "\xff" };
    const std::array<unsigned long, 7> lengths { 20, 2, 4, 2, 3, 2, 1 };
    const std::array kinds { MysqlKind::Integer, MysqlKind::Integer, MysqlKind::Decimal,
        MysqlKind::Decimal, MysqlKind::Real, MysqlKind::Bits, MysqlKind::Bytes };
    RowPage page;
    page.begin(7);
    copyRow(MysqlRow(values.data(), lengths.data(), kinds), page);
    QCOMPARE(page.kind(0, 0), RowPage::Kind::Text);
    QCOMPARE(page.integer(0, 1), -7);
    QCOMPARE(page.bytes(0, 2), std::string_view("1.50"));
    QCOMPARE(page.kind(0, 3), RowPage::Kind::Integer);
    QCOMPARE(page.real(0, 4), 0.1);
    QCOMPARE(page.integer(0, 5), 258);
    QCOMPARE(page.kind(0, 6), RowPage::Kind::Blob);
}

QTEST_GUILESS_MAIN(tst_MysqlAddress)
#include "tst_mysqladdress.moc"
