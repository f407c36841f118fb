#include "exchange/ndjsonreader.h"
#include "support/recordtext.h"
#include "support/textfile.h"

#include <QTest>

#include <chrono>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace eventloupe;

/// NDJSON as records: bytes as they stand, lines and places as people count them.
class NdjsonTest final : public QObject {
    Q_OBJECT

private:
    static QByteArray read(const QByteArray& bytes)
    {
        NdjsonReader reader(ByteSource::fromBytes(bytes, QStringLiteral("f")));
        return recordsAsText(reader);
    }

private slots:
    void keepsTheBytesOfValues()
    {
        const QByteArray line
            = "{\"b\": {\"x\" :100.10, \"x\":1e2},\"a\":\"é\\u00e9\",\"n\": [ 1 , 2 ] }";
        const QByteArray record = "1: b={\"x\" :100.10, \"x\":1e2}|a=\"é\\u00e9\"|n=[ 1 , 2 ]";
        QCOMPARE(read(line), record + '\n');
    }

    void skipsBlankLinesAndMarks()
    {
        QCOMPARE(read("\xEF\xBB\xBF{\"a\":1}\r\n\r\n  \n{\"a\":2}\n\n{\"a\":3}"),
            QByteArray("1: a=1\n4: a=2\n6: a=3\n"));
        QCOMPARE(read(""), QByteArray());
        QCOMPARE(read("\n"), QByteArray());
    }

    void passesManyEmptyLines()
    {
        const QByteArray many(3'000'000, '\n');
        QCOMPARE(read(many + "{\"a\":1}\n" + many + " {\"a\":2,}"),
            QByteArray("3000001: a=1\n! f:6000002: byte 9: ")
                + read(" {\"a\":2,}").mid(QByteArray("! f:1: byte 9: ").size()));
    }

    void resolvesEscapesInNames()
    {
        const QByteArray line = "{\"\\u0073tream\":\"s\",\"a\\\"b\":1}";
        QCOMPARE(read(line), QByteArray("1: stream=\"s\"|a\"b=1\n"));
    }

    void namesThePlaceOfAFault_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("cut") << QByteArray("{}\n{\"a\":1\n") << QByteArray("1: \n! f:2: byte ");
        QTest::newRow("comma") << QByteArray("{\"a\":1,}") << QByteArray("! f:1: byte 8: ");
        QTest::newRow("two") << QByteArray("{} {}") << QByteArray("! f:1: byte 4: ");
        QTest::newRow("array") << QByteArray("[1]") << QByteArray("! f:1: byte 1: ");
        QTest::newRow("latin-1") << QByteArray("{\"a\":\"\xE9\"}") << QByteArray("! f:1: byte 7: ");
        QTest::newRow("lone surrogate")
            << QByteArray("{\"a\":\"\\ud800\"}") << QByteArray("! f:1: byte ");
        QTest::newRow("second mark")
            << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF{}") << QByteArray("! f:1: byte 1: ");
    }

    void namesThePlaceOfAFault()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, start);
        const QByteArray text = read(bytes);
        QVERIFY2(text.startsWith(start), text.constData());
    }

    void readsLinesAcrossChunks()
    {
        // Lines longer than a chunk, and ends at every place of one.
        QByteArray bytes;
        QByteArray expected;
        for (int i = 1; i <= 40; ++i) {
            const QByteArray value
                = '"' + QByteArray(i * 50'000 + i, static_cast<char>('a' + i % 26)) + '"';
            bytes += "{\"v\":" + value + "}\r\n";
            expected += QByteArray::number(i) + ": v=" + value + '\n';
        }
        const TextFiles files;
        auto source
            = ByteSource::open(files.write(QStringLiteral("long.ndjson"), bytes), CancelToken());
        QVERIFY(source.ok());
        NdjsonReader reader(std::move(*source));
        QVERIFY(recordsAsText(reader) == expected);
        QCOMPARE(reader.bytesDone(), bytes.size());
    }

    void readsWhatAFileGrowsBy()
    {
        const TextFiles files;
        const QString path = files.write(QStringLiteral("small.ndjson"), "{\"v\":1}\n");
        auto source = ByteSource::open(path, CancelToken());
        QVERIFY(source.ok());
        const QByteArray more = "{\"v\":\"" + QByteArray(3'000'000, 'x') + "\"}\n";
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append) && file.write(more) == more.size() && file.flush());
        const auto all = (*source)->readAll(10'000'000);
        QVERIFY(all.ok());
        QVERIFY(*all == "{\"v\":1}\n" + more);
        QCOMPARE((*source)->total(), all->size());
    }

    void refusesALineWithoutEnd()
    {
        const QByteArray text = read("{\"a\":\"" + QByteArray(maximumRecordBytes, 'x') + "\"}\n");
        QVERIFY2(
            text.startsWith("! f:1: byte ") && text.contains("64 MB"), text.left(200).constData());
    }

#ifdef Q_OS_UNIX
    void readsAPipe()
    {
        const TextFiles files;
        const QByteArray path = files.path(QStringLiteral("pipe")).toLocal8Bit();
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        std::thread writer([&] {
            QFile pipe(QString::fromLocal8Bit(path));
            if (pipe.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
                pipe.write("{\"a\":1}\n{\"a\"");
                std::this_thread::sleep_for(std::chrono::milliseconds(120));
                pipe.write(":2}\n");
            }
        });
        auto source = ByteSource::open(QString::fromLocal8Bit(path), CancelToken());
        QVERIFY(source.ok());
        NdjsonReader reader(std::move(*source));
        QCOMPARE(recordsAsText(reader), QByteArray("1: a=1\n2: a=2\n"));
        QCOMPARE(reader.bytesTotal(), 0);
        writer.join();
    }

    void aSilentPipeCanBeCancelled()
    {
        const TextFiles files;
        const QByteArray path = files.path(QStringLiteral("pipe")).toLocal8Bit();
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        QFile holder(QString::fromLocal8Bit(path)); // keeps the pipe open and says nothing
        QVERIFY(holder.open(QIODevice::ReadWrite));
        const CancelToken cancel;
        std::thread canceller([&] { cancel.cancel(); });
        const auto source = ByteSource::open(QString::fromLocal8Bit(path), cancel);
        canceller.join();
        QVERIFY(!source.ok());
        QCOMPARE(source.error().code, ErrorCode::Cancelled);
    }
#endif

    void aMissingFileIsNamedAndNotMade()
    {
        const TextFiles files;
        const QString path = files.path(QStringLiteral("none.ndjson"));
        const auto source = ByteSource::open(path, CancelToken());
        QVERIFY(!source.ok());
        QCOMPARE(source.error().code, ErrorCode::NotFound);
        QVERIFY(source.error().message.contains(path));
        QVERIFY(!QFile::exists(path));
        QVERIFY(!ByteSource::open(files.path(QString()), CancelToken()).ok());
    }
};

QTEST_GUILESS_MAIN(NdjsonTest)
#include "tst_ndjson.moc"
