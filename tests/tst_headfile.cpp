#include "store/headfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace eventloupe;

namespace {

LogHead makeHead(Position position)
{
    LogHead head { position, {} };
    head.hash.fill(0xab);
    return head;
}

} // namespace

class tst_HeadFile final : public QObject {
    Q_OBJECT

private slots:
    void missingFileSaysNothing();
    void writtenHeadIsReadBack();
    void olderHeadIsOverwritten();
    void removedOrReplacedFileIsWrittenAnew();
    void aFileOfSomethingElseIsLeft();
    void whatMayBeATornLineIsWrittenAnew();
    void halfOfEachOfTwoLinesSaysNothing();
    void damageBetweenWritesIsMended();
    void lineIsReadable();
    void tornLineSaysNothing_data();
    void tornLineSaysNothing();
    void pipeSaysNothing();
    void missingFolderIsNoHarm();

private:
    QString store(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void tst_HeadFile::missingFileSaysNothing()
{
    const HeadFile file(store("missing"));
    QVERIFY(!file.read());
    QVERIFY(!QFile::exists(file.path()));
}

void tst_HeadFile::writtenHeadIsReadBack()
{
    const HeadFile file(store("written"));
    QVERIFY(file.write(makeHead(8120)));
    QVERIFY(file.read() == makeHead(8120));
    QCOMPARE(file.path(), store("written.head"));
    QCOMPARE(QFile(file.path()).permissions()
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
}

void tst_HeadFile::olderHeadIsOverwritten()
{
    const HeadFile file(store("overwritten"));
    for (const Position position :
        { Position(1), Position(99), Position(9000000000), Position(3) }) {
        QVERIFY(file.write(makeHead(position)));
        QVERIFY(file.read() == makeHead(position));
    }
    // As stores had it at first, without a check sum.
    const QByteArray line = HeadFile::encode(makeHead(4)).left(85) + '\n';
    QFile raw(file.path());
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(line);
    raw.close();
    QCOMPARE(file.read(), makeHead(4));
    QVERIFY(file.write(makeHead(5)));
    QVERIFY(file.read() == makeHead(5));
}

void tst_HeadFile::aFileOfSomethingElseIsLeft()
{
    const QByteArray line = HeadFile::encode(makeHead(3));
    for (const QByteArray& content :
        { QByteArray(1000, 'x'), QByteArray("nonsense"), line + "0", line.mid(1), '1' + line.mid(1),
            QByteArray("96cdb17e3a5f06b3c2de1f9d3b5a7c90e1f2a3b4\n"),
            QByteArray("0123456789012345678901234567890123456789\n"), QByteArray(20, 'a'),
            QByteArray("0815\n"), QByteArray("20261126"), QByteArray(" ") }) {
        const HeadFile file(store("else"));
        QFile raw(file.path());
        QVERIFY(raw.open(QIODevice::WriteOnly));
        raw.write(content);
        raw.close();
        QVERIFY(file.isTaken());
        QVERIFY(!file.read());
        QVERIFY(!file.write(makeHead(4)));
        QVERIFY(raw.open(QIODevice::ReadOnly));
        QCOMPARE(raw.readAll(), content);
    }
}

void tst_HeadFile::whatMayBeATornLineIsWrittenAnew()
{
    const QByteArray line = HeadFile::encode(makeHead(3));
    const QByteArray first = line.left(85) + '\n'; // Of the first version.
    const QByteArray zeros(line.size(), '\0');
    QByteArrayList torn { first, first + line.mid(first.size()) };
    for (qsizetype at = 0; at <= line.size(); ++at)
        torn += { line.left(at), line.left(at) + zeros.mid(at), zeros.left(at) + line.mid(at) };
    for (const QByteArray& content : torn) {
        const HeadFile file(store("may-be-torn"));
        QFile raw(file.path());
        QVERIFY(raw.open(QIODevice::WriteOnly));
        raw.write(content);
        raw.close();
        QVERIFY2(!file.isTaken(), content.constData());
        QVERIFY(file.write(makeHead(4)));
        QCOMPARE(file.read(), makeHead(4));
    }
}

/// A reader may come in the middle of a writer, and the program may end there.
void tst_HeadFile::halfOfEachOfTwoLinesSaysNothing()
{
    LogHead other { 9121, {} };
    other.hash.fill(0x37);
    const QByteArray before = HeadFile::encode(makeHead(8120));
    const QByteArray after = HeadFile::encode(other);
    for (qsizetype at = 0; at <= after.size(); ++at) {
        const QByteArray mixed = after.left(at) + before.mid(at);
        QVERIFY(!HeadFile::decode(mixed) || mixed == before || mixed == after);
    }
}

/// The file is kept open; who deletes it, to go on after a loss, or puts another in its place must
/// not be left with what is no longer there.
void tst_HeadFile::removedOrReplacedFileIsWrittenAnew()
{
    const HeadFile file(store("replaced"));
    QVERIFY(file.write(makeHead(1)));
    QVERIFY(QFile::remove(file.path()));
    QVERIFY(file.write(makeHead(2)));
    QCOMPARE(file.read(), makeHead(2));
    const QString other = file.path() + QStringLiteral(".other");
    QVERIFY(QFile::copy(file.path(), other));
    QCOMPARE(std::rename(QFile::encodeName(other), QFile::encodeName(file.path())), 0);
    QVERIFY(file.write(makeHead(3)));
    QCOMPARE(file.read(), makeHead(3));
}

void tst_HeadFile::damageBetweenWritesIsMended()
{
    const HeadFile file(store("damaged"));
    Position position = 0;
    for (const int size : { 0, 10, 86, 95, 500 }) {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(file.write(makeHead(++position)));
            QCOMPARE(file.read(), makeHead(position));
        }
        QVERIFY(QFile::resize(file.path(), size));
        QVERIFY(file.write(makeHead(++position)));
        QCOMPARE(file.read(), makeHead(position));
        QVERIFY(file.write(makeHead(++position)));
        QVERIFY(QFile::remove(file.path()));
    }
}

void tst_HeadFile::lineIsReadable()
{
    // printf '%020d %s' 12 $(printf 'ab%.0s' {1..32}) | sha256sum
    QCOMPARE(HeadFile::encode(makeHead(12)),
        QByteArray("00000000000000000012 ") + QByteArray(32, '\xab').toHex() + " ed723a60\n");
}

void tst_HeadFile::tornLineSaysNothing_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray whole = HeadFile::encode(makeHead(12));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << whole.left(50);
    QTest::newRow("no line feed") << whole.chopped(1);
    QTest::newRow("longer") << whole + 'x';
    QTest::newRow("not a number") << 'x' + whole.mid(1);
    QTest::newRow("negative") << '-' + whole.mid(1);
    QTest::newRow("not hex") << whole.left(40) + 'g' + whole.mid(41);
    QTest::newRow("zeros") << QByteArray(whole.size(), '\0');
}

void tst_HeadFile::tornLineSaysNothing()
{
    QFETCH(QByteArray, line);
    QVERIFY(!HeadFile::decode(line));
    const HeadFile file(store("torn"));
    QFile raw(file.path());
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(line);
    raw.close();
    QVERIFY(!file.read());
}

void tst_HeadFile::pipeSaysNothing()
{
#ifdef Q_OS_UNIX
    const HeadFile file(store("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(file.path()).constData(), 0600), 0);
    QVERIFY(!file.read());
    QVERIFY(file.isTaken());
    QVERIFY(!file.write(makeHead(1)));
#endif
}

void tst_HeadFile::missingFolderIsNoHarm()
{
    QVERIFY(!HeadFile(store("no/such/folder")).write(makeHead(1)));
}

QTEST_GUILESS_MAIN(tst_HeadFile)
#include "tst_headfile.moc"
