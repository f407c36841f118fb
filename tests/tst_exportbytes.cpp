#include "exchange/exporter.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(ExchangeFormat)

namespace {

/// The bytes that each format gives a small log in which everything needs care, as literals: no
/// change of the writers may move one of them.
struct Sample {
    QString stream, type, id;
    qint64 time;
    QByteArray data, metadata;
};

const QList<Sample>& samples()
{
    static const QList<Sample> all {
        { u"user-1"_s, u"CREATED"_s, u"e1"_s, 1'772'373'802'000'001, R"({"n":1.50,"a":100.10})",
            "{}" },
        { u"user-1"_s, u"RENAMED"_s, u"018f3c5e-7b2a-7c3d-8e4f-001122334455"_s, 0, "{}",
            R"({"correlation":"c","n":{"deep":{}}})" },
        { u"say \"hi\" \\ a\tb\u001f"_s, u"r\u00e9sum\u00e9 \U0001f600"_s, u"\"quoted\\id\""_s, -1,
            "[1,\n 2,\r\n\t{\"k\":\"a\\nb\"} ]", "\n null \n" },
        { u"=cmd, x"_s, u"@type"_s, u"-5"_s, -62'135'596'800'000'000, "\"-5\"", "-5" },
        { u"'=kept"_s, u"+1"_s, u"'+x"_s, 253'402'300'799'999'999, "\"say \\\"x\\\", y\"",
            R"({"m":1,"$imported":{"recorded":"x"}})" },
        { u"user-1"_s, u"RENAMED"_s, u"e6"_s, 86'399'999'999, R"({"name":"Ada L."})",
            R"({"$imported":{"stream":"q"}})" },
        { u"user-2"_s, u"RENAMED"_s, u"e7"_s, 86'400'000'000, "1e400",
            R"({"$metadata":[1,2],"$imported":{"a":1,"b":{}}})" },
        { u"user-2"_s, u"RENAMED"_s, u"e8"_s, 951'782'400'123'456, "-0",
            R"({"$imported":{"a":1}, "x":{}})" },
        { u"user-2"_s, u"RENAMED"_s, u"e9"_s, 951'782'400'123'457, "true",
            R"({"text":"\"$imported\":{", "x":{"y":{}}})" },
        { u"user-2"_s, u"RENAMED"_s, u"e10"_s, 4'102'444'800'000'000, "{\"a\":1,\"a\":2}",
            "{\n\"m\":1,\"$imported\":{\"kept\":[\n1]}}" },
    };
    return all;
}

constexpr const char* expectedNdjson
    = "{\"position\":1,\"stream\":\"user-1\",\"version\":1,\"type\":\"CREATED\",\"time\":\"2026-03-"
      "01T14:03:22.000001Z\",\"id\":\"e1\",\"data\":{\"n\":1.50,\"a\":100.10},\"metadata\":{}}\n"
      "{\"position\":2,\"stream\":\"user-1\",\"version\":2,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "01T00:00:00.000000Z\",\"id\":\"018f3c5e-7b2a-7c3d-8e4f-001122334455\",\"data\":{},"
      "\"metadata\":{\"correlation\":\"c\",\"n\":{\"deep\":{}}}}\n"
      "{\"position\":3,\"stream\":\"say \\\"hi\\\" \\\\ "
      "a\\tb\\u001f\",\"version\":1,\"type\":\"r\303\251sum\303\251 "
      "\360\237\230\200\",\"time\":\"1969-12-31T23:59:59.999999Z\",\"id\":\"\\\"quoted\\\\id\\\"\","
      "\"data\":[1,  2,\r \t{\"k\":\"a\\nb\"} ],\"metadata\":  null  }\n"
      "{\"position\":4,\"stream\":\"=cmd, "
      "x\",\"version\":1,\"type\":\"@type\",\"time\":\"0001-01-01T00:00:00.000000Z\",\"id\":\"-5\","
      "\"data\":\"-5\",\"metadata\":-5}\n"
      "{\"position\":5,\"stream\":\"'=kept\",\"version\":1,\"type\":\"+1\",\"time\":\"9999-12-"
      "31T23:59:59.999999Z\",\"id\":\"'+x\",\"data\":\"say \\\"x\\\", "
      "y\",\"metadata\":{\"m\":1},\"recorded\":\"x\"}\n"
      "{\"position\":6,\"stream\":\"user-1\",\"version\":3,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "01T23:59:59.999999Z\",\"id\":\"e6\",\"data\":{\"name\":\"Ada "
      "L.\"},\"metadata\":{},\"$imported\":{\"stream\":\"q\"}}\n"
      "{\"position\":7,\"stream\":\"user-2\",\"version\":1,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "02T00:00:00.000000Z\",\"id\":\"e7\",\"data\":1e400,\"metadata\":[1,2],\"a\":1,\"b\":{}}\n"
      "{\"position\":8,\"stream\":\"user-2\",\"version\":2,\"type\":\"RENAMED\",\"time\":\"2000-02-"
      "29T00:00:00.123456Z\",\"id\":\"e8\",\"data\":-0,\"metadata\":{\"$imported\":{\"a\":1}, "
      "\"x\":{}}}\n"
      "{\"position\":9,\"stream\":\"user-2\",\"version\":3,\"type\":\"RENAMED\",\"time\":\"2000-02-"
      "29T00:00:00.123457Z\",\"id\":\"e9\",\"data\":true,\"metadata\":{\"text\":\"\\\"$"
      "imported\\\":{\", \"x\":{\"y\":{}}}}\n"
      "{\"position\":10,\"stream\":\"user-2\",\"version\":4,\"type\":\"RENAMED\",\"time\":\"2100-"
      "01-01T00:00:00.000000Z\",\"id\":\"e10\",\"data\":{\"a\":1,\"a\":2},\"metadata\":{ "
      "\"m\":1},\"kept\":[ 1]}\n";

constexpr const char* expectedJson
    = "[\n"
      "{\"position\":1,\"stream\":\"user-1\",\"version\":1,\"type\":\"CREATED\",\"time\":\"2026-03-"
      "01T14:03:22.000001Z\",\"id\":\"e1\",\"data\":{\"n\":1.50,\"a\":100.10},\"metadata\":{}},\n"
      "{\"position\":2,\"stream\":\"user-1\",\"version\":2,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "01T00:00:00.000000Z\",\"id\":\"018f3c5e-7b2a-7c3d-8e4f-001122334455\",\"data\":{},"
      "\"metadata\":{\"correlation\":\"c\",\"n\":{\"deep\":{}}}},\n"
      "{\"position\":3,\"stream\":\"say \\\"hi\\\" \\\\ "
      "a\\tb\\u001f\",\"version\":1,\"type\":\"r\303\251sum\303\251 "
      "\360\237\230\200\",\"time\":\"1969-12-31T23:59:59.999999Z\",\"id\":\"\\\"quoted\\\\id\\\"\","
      "\"data\":[1,\n"
      " 2,\r\n"
      "\t{\"k\":\"a\\nb\"} ],\"metadata\":\n"
      " null \n"
      "},\n"
      "{\"position\":4,\"stream\":\"=cmd, "
      "x\",\"version\":1,\"type\":\"@type\",\"time\":\"0001-01-01T00:00:00.000000Z\",\"id\":\"-5\","
      "\"data\":\"-5\",\"metadata\":-5},\n"
      "{\"position\":5,\"stream\":\"'=kept\",\"version\":1,\"type\":\"+1\",\"time\":\"9999-12-"
      "31T23:59:59.999999Z\",\"id\":\"'+x\",\"data\":\"say \\\"x\\\", "
      "y\",\"metadata\":{\"m\":1},\"recorded\":\"x\"},\n"
      "{\"position\":6,\"stream\":\"user-1\",\"version\":3,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "01T23:59:59.999999Z\",\"id\":\"e6\",\"data\":{\"name\":\"Ada "
      "L.\"},\"metadata\":{},\"$imported\":{\"stream\":\"q\"}},\n"
      "{\"position\":7,\"stream\":\"user-2\",\"version\":1,\"type\":\"RENAMED\",\"time\":\"1970-01-"
      "02T00:00:00.000000Z\",\"id\":\"e7\",\"data\":1e400,\"metadata\":[1,2],\"a\":1,\"b\":{}},\n"
      "{\"position\":8,\"stream\":\"user-2\",\"version\":2,\"type\":\"RENAMED\",\"time\":\"2000-02-"
      "29T00:00:00.123456Z\",\"id\":\"e8\",\"data\":-0,\"metadata\":{\"$imported\":{\"a\":1}, "
      "\"x\":{}}},\n"
      "{\"position\":9,\"stream\":\"user-2\",\"version\":3,\"type\":\"RENAMED\",\"time\":\"2000-02-"
      "29T00:00:00.123457Z\",\"id\":\"e9\",\"data\":true,\"metadata\":{\"text\":\"\\\"$"
      "imported\\\":{\", \"x\":{\"y\":{}}}},\n"
      "{\"position\":10,\"stream\":\"user-2\",\"version\":4,\"type\":\"RENAMED\",\"time\":\"2100-"
      "01-01T00:00:00.000000Z\",\"id\":\"e10\",\"data\":{\"a\":1,\"a\":2},\"metadata\":{\n"
      "\"m\":1},\"kept\":[\n"
      "1]}\n"
      "]\n";

constexpr const char* expectedCsv
    = "position,stream,version,type,time,id,data,metadata\r\n"
      "1,user-1,1,CREATED,2026-03-01T14:03:22.000001Z,e1,\"{\"\"n\"\":1.50,\"\"a\"\":100.10}\",{}"
      "\r\n"
      "2,user-1,2,RENAMED,1970-01-01T00:00:00.000000Z,018f3c5e-7b2a-7c3d-8e4f-001122334455,{},\"{"
      "\"\"correlation\"\":\"\"c\"\",\"\"n\"\":{\"\"deep\"\":{}}}\"\r\n"
      "3,\"say \"\"hi\"\" \\ a\tb\037\",1,r\303\251sum\303\251 "
      "\360\237\230\200,1969-12-31T23:59:59.999999Z,\"\"\"quoted\\id\"\"\",\"[1,\n"
      " 2,\r\n"
      "\t{\"\"k\"\":\"\"a\\nb\"\"} ]\",\"\n"
      " null \n"
      "\"\r\n"
      "4,\"'=cmd, x\",1,\"'@type\",0001-01-01T00:00:00.000000Z,-5,\"\"\"-5\"\"\",-5\r\n"
      "5,\"''=kept\",1,+1,9999-12-31T23:59:59.999999Z,\"''+x\",\"\"\"say \\\"\"x\\\"\", "
      "y\"\"\",\"{\"\"m\"\":1,\"\"$imported\"\":{\"\"recorded\"\":\"\"x\"\"}}\"\r\n"
      "6,user-1,3,RENAMED,1970-01-01T23:59:59.999999Z,e6,\"{\"\"name\"\":\"\"Ada "
      "L.\"\"}\",\"{\"\"$imported\"\":{\"\"stream\"\":\"\"q\"\"}}\"\r\n"
      "7,user-2,1,RENAMED,1970-01-02T00:00:00.000000Z,e7,1e400,\"{\"\"$metadata\"\":[1,2],\"\"$"
      "imported\"\":{\"\"a\"\":1,\"\"b\"\":{}}}\"\r\n"
      "8,user-2,2,RENAMED,2000-02-29T00:00:00.123456Z,e8,-0,\"{\"\"$imported\"\":{\"\"a\"\":1}, "
      "\"\"x\"\":{}}\"\r\n"
      "9,user-2,3,RENAMED,2000-02-29T00:00:00.123457Z,e9,true,\"{\"\"text\"\":\"\"\\\"\"$"
      "imported\\\"\":{\"\", \"\"x\"\":{\"\"y\"\":{}}}\"\r\n"
      "10,user-2,4,RENAMED,2100-01-01T00:00:00.000000Z,e10,\"{\"\"a\"\":1,\"\"a\"\":2}\",\"{\n"
      "\"\"m\"\":1,\"\"$imported\"\":{\"\"kept\"\":[\n"
      "1]}}\"\r\n";

} // namespace

class ExportBytesTest final : public QObject {
    Q_OBJECT

private slots:
    void bytesStayAsTheyWere_data();
    void bytesStayAsTheyWere();
};

void ExportBytesTest::bytesStayAsTheyWere_data()
{
    QTest::addColumn<ExchangeFormat>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("ndjson") << ExchangeFormat::Ndjson << QByteArray(expectedNdjson);
    QTest::addRow("json") << ExchangeFormat::Json << QByteArray(expectedJson);
    QTest::addRow("csv") << ExchangeFormat::Csv << QByteArray(expectedCsv);
}

void ExportBytesTest::bytesStayAsTheyWere()
{
    QFETCH(ExchangeFormat, format);
    QFETCH(QByteArray, expected);
    const ScratchStore store;
    for (const Sample& sample : samples()) {
        const NewEvent event { sample.type, sample.data, sample.metadata, Timestamp { sample.time },
            sample.id };
        const auto stored = store->append({ sample.stream, ExpectedVersion::any(), { event } });
        QVERIFY2(stored.ok(), qPrintable(stored ? QString() : stored.error().message));
    }
    const TextFiles files;
    ExportRequest request;
    request.format = format;
    request.file = files.path(u"out"_s);
    const auto summary = exportEvents(*store, request, Progress(), CancelToken());
    QVERIFY(summary.ok());
    QCOMPARE(TextFiles::read(request.file), expected);
    QCOMPARE(summary->bytes, expected.size());
    QCOMPARE(summary->events, samples().size());
}

QTEST_GUILESS_MAIN(ExportBytesTest)
#include "tst_exportbytes.moc"
