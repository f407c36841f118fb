#include "exchange/celltext.h"
#include "exchange/csvguard.h"
#include "exchange/csvreader.h"
#include "support/recordtext.h"
#include "support/textfile.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QTest>

using namespace eventloupe;

/// CSV as records: RFC 4180, delimiter and header found, places as people count them.
class CsvTest final : public QObject {
    Q_OBJECT

private:
    static QByteArray read(const QByteArray& bytes, char delimiter = '\0')
    {
        auto reader = CsvReader::open(ByteSource::fromBytes(bytes, QStringLiteral("f")), delimiter);
        if (!reader)
            return "! " + reader.error().message.toUtf8();
        return recordsAsText(**reader);
    }

    /// The suite's form: an array of objects of strings.
    static JsonValue asJson(RecordReader& reader)
    {
        JsonValue rows = JsonValue::emptyArray();
        Record record;
        for (Result<bool> found = reader.next(record); found && *found;
             found = reader.next(record)) {
            JsonValue row = JsonValue::emptyObject();
            for (const RecordMember& member : record.members)
                row.insert(toBytes(member.name), JsonValue::fromString(toBytes(member.value)));
            rows.append(row);
        }
        return rows;
    }

private slots:
    void readsCsvSpectrum_data()
    {
        QTest::addColumn<QString>("name");
        const QDir folder(QStringLiteral(EVENTLOUPE_SHARED "/suites/csv-spectrum/csvs"));
        for (const QString& file : folder.entryList({ QStringLiteral("*.csv") }))
            QTest::newRow(qPrintable(file)) << file.chopped(4);
        if (!folder.exists())
            QTest::newRow("absent") << QString();
    }

    void readsCsvSpectrum()
    {
        QFETCH(QString, name);
        if (name.isEmpty())
            QSKIP("the shared suites are absent");
        const QString folder = QStringLiteral(EVENTLOUPE_SHARED "/suites/csv-spectrum/");
        const auto expected
            = parseJson(viewOf(TextFiles::read(folder + QStringLiteral("json/%1.json").arg(name))));
        QVERIFY(expected.ok());
        const QString file = folder + QStringLiteral("csvs/%1.csv").arg(name);
        auto source = ByteSource::open(file, CancelToken());
        QVERIFY(source.ok());
        auto reader = CsvReader::open(std::move(*source), '\0');
        QVERIFY(reader.ok());
        const JsonValue rows = asJson(**reader);
        if (name == QLatin1String("location_coordinates")) {
            // Its JSON is an object instead of an array, of another telephone number.
            QCOMPARE(rows.size(), 1);
            QCOMPARE(*rows.elements()[0].find("Location Coordinates"),
                *expected->find("Location Coordinates"));
            return;
        }
        // The copy of newlines_crlf.csv at hand has lost its CRs.
        QByteArray wanted = expected->toJson();
        if (!TextFiles::read(file).contains('\r'))
            wanted.replace("\\r\\n", "\\n");
        QCOMPARE(rows.toJson(), wanted);
    }

    void findsTheDelimiter_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("records");
        const QByteArray expected = "2: a=x|b=1,5\n3: a=y|b=2,5\n";
        QTest::newRow("semicolon") << QByteArray("a;b\nx;1,5\ny;2,5\n") << expected;
        QTest::newRow("tab") << QByteArray("a\tb\nx\t1,5\ny\t2,5\n") << expected;
        QTest::newRow("pipe") << QByteArray("a|b\nx|1,5\ny|2,5") << expected;
        QTest::newRow("comma") << QByteArray("a,b\r\nx,\"1,5\"\r\ny,\"2,5\"\r\n") << expected;
        QTest::newRow("comma, others inside") << QByteArray("a,b\nx;1,p;q\ny;2,r;s\n")
                                              << QByteArray("2: a=x;1|b=p;q\n3: a=y;2|b=r;s\n");
        QTest::newRow("one column") << QByteArray("a\nx\ny\n") << QByteArray("2: a=x\n3: a=y\n");
        QTest::newRow("mark, lone CR") << QByteArray("\xEF\xBB\xBF"
                                                     "a,b\rx,\"1,5\"\ry,\"2,5\"")
                                       << QByteArray("1: a=x|b=1,5\n1: a=y|b=2,5\n");
    }

    void findsTheDelimiter()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, records);
        QCOMPARE(read(bytes), records);
    }

    void takesAGivenDelimiter()
    {
        QCOMPARE(read("a;b\nx;y,z\n", ','),
            QByteArray("! f:2: byte 1: the row has 2 cells where the first has 1\n"));
    }

    void findsTheHeader()
    {
        QCOMPARE(read("order-1,PLACED,2020-01-01\norder-2,PAID,2020-01-02\n"),
            QByteArray("1: column1=order-1|column2=PLACED|column3=2020-01-01\n"
                       "2: column1=order-2|column2=PAID|column3=2020-01-02\n"));
        QCOMPARE(
            read(",name,name,\nx,y,z,\n"), QByteArray("2: column1=x|name=y|name (2)=z|column4=\n"));
        QCOMPARE(read("a,b\n"), QByteArray());
        QCOMPARE(read(""), QByteArray());
    }

    void namesThePlaceOfAFault_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("ragged")
            << QByteArray("a,b\n1,2\n\n1,2,3\n")
            << QByteArray("! f:4: byte 1: the row has 3 cells where the first has 2\n");
        QTest::newRow("open quote") << QByteArray("a,b\nx,\"y\nz\n")
                                    << QByteArray("! f:2: byte 3: the quote is never closed\n");
        QTest::newRow("after quote") << QByteArray("a,b\n\"x\ny\"z,1\n")
                                     << QByteArray("! f:3: byte 3: text follows a closing quote\n");
        QTest::newRow("latin-1")
            << QByteArray("a,b\nx,\xE9"
                          "t\xE9\n")
            << QByteArray("! f:2: byte 3: the text is not UTF-8; convert it first, for "
                          "example with iconv -f LATIN1 -t UTF-8\n");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                              "a\0,\0b\0\n\0",
            10) << QByteArray("! f:1: byte 1: the text is UTF-16; convert it to UTF-8 first");
    }

    void namesThePlaceOfAFault()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, end);
        const QByteArray text = read(bytes);
        QVERIFY2(text.endsWith(end), text.constData());
    }

    void readsRowsAcrossChunks()
    {
        QByteArray bytes = "name,text\r\n";
        QByteArray expected;
        int line = 2;
        for (int i = 0; i < 60; ++i) {
            const QByteArray text(i * 40'000 + i, static_cast<char>('a' + i % 26));
            bytes += "n,\"" + text + "\"\"\n" + text + "\"\r\n";
            expected += QByteArray::number(line) + ": name=n|text=" + text + "\"\n" + text + '\n';
            line += 2;
        }
        const TextFiles files;
        auto source
            = ByteSource::open(files.write(QStringLiteral("long.csv"), bytes), CancelToken());
        auto reader = CsvReader::open(std::move(*source), '\0');
        QVERIFY(reader.ok());
        QVERIFY(recordsAsText(**reader) == expected);
    }

    void findsUtf8Faults()
    {
        QVERIFY(!findUtf8Fault("plain, é, 東, \xF0\x9F\x98\x80"));
        QCOMPARE(findUtf8Fault("a\xC0\x80"), std::optional<std::size_t>(1)); // overlong
        QCOMPARE(findUtf8Fault("\xED\xA0\x80"), std::optional<std::size_t>(0)); // surrogate
        QCOMPARE(findUtf8Fault("\xF4\x90\x80\x80"), std::optional<std::size_t>(0)); // too large
        QCOMPARE(findUtf8Fault("ab\xE6\x9D"), std::optional<std::size_t>(2)); // cut
        QCOMPARE(findUtf8Fault("\xE0\x80\x80"), std::optional<std::size_t>(0));
    }

    void guardsFormulas_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<bool>("guarded");
        QTest::newRow("formula") << QByteArray("=1+2") << true;
        QTest::newRow("plus") << QByteArray("+cmd") << true;
        QTest::newRow("minus") << QByteArray("-5+cmd") << true;
        QTest::newRow("at") << QByteArray("@SUM(A1)") << true;
        QTest::newRow("tab") << QByteArray("\t=1") << true;
        QTest::newRow("CR") << QByteArray("\r=1") << true;
        QTest::newRow("negative") << QByteArray("-5.25") << false;
        QTest::newRow("positive") << QByteArray("+7e-2") << false;
        QTest::newRow("not quite a number") << QByteArray("-5.") << true;
        QTest::newRow("text") << QByteArray("a=b") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("apostrophe") << QByteArray("'s") << false;
        QTest::newRow("guarded before") << QByteArray("'=1") << true;
        QTest::newRow("guarded twice") << QByteArray("''-1") << true;
    }

    void guardsFormulas()
    {
        QFETCH(QByteArray, cell);
        QFETCH(bool, guarded);
        QCOMPARE(needsGuard(viewOf(cell)), guarded);
        const QByteArray written = guarded ? '\'' + cell : cell;
        QCOMPARE(toBytes(withoutGuard(viewOf(written))), cell);
    }

    void readsCellsAsJson_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("integer") << QByteArray("-12") << QByteArray("-12");
        QTest::newRow("decimal") << QByteArray("100.10") << QByteArray("100.10");
        QTest::newRow("true") << QByteArray("true") << QByteArray("true");
        QTest::newRow("True") << QByteArray("True") << QByteArray("\"True\"");
        QTest::newRow("null") << QByteArray("null") << QByteArray("\"null\"");
        QTest::newRow("leading zero") << QByteArray("081109") << QByteArray("\"081109\"");
        QTest::newRow("uint64") << QByteArray("18446744073709551615")
                                << QByteArray("18446744073709551615");
        QTest::newRow("too large")
            << QByteArray("18446744073709551616") << QByteArray("\"18446744073709551616\"");
        QTest::newRow("space") << QByteArray(" 1") << QByteArray("\" 1\"");
        QTest::newRow("text") << QByteArray("a\"b\n") << QByteArray("\"a\\\"b\\n\"");
    }

    void readsCellsAsJson()
    {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, json);
        QByteArray out;
        appendCellValue(out, viewOf(cell));
        QCOMPARE(out, json);
    }
};

QTEST_GUILESS_MAIN(CsvTest)
#include "tst_csv.moc"
