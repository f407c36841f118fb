#include "projection/projectionexport.h"
#include "support/projected.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QTest>

using namespace eventloupe;

/// Rows that leave as text, and the cells that they are made of.
class TestProjectionExport final : public QObject {
    Q_OBJECT

private slots:
    void exportsCsvAndJson();
    void cellsKeepWhatTheyWereGiven_data();
    void cellsKeepWhatTheyWereGiven();
};

void TestProjectionExport::exportsCsvAndJson()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'name':'=Ada, \\'A\\'','n':1.50}"));
    append(*store, u"u-2"_qs, u"SET"_qs, json("{'name':null,'n':{'a':[1]}}"));
    const Projected projected(*store,
        json("{'key':'event.stream','columns':[{'name':'name'},{'name':'n'}],"
             "'evolve':{'SET':{'/name':'data.name','/n':'data.n'}}}"));
    projected.foldTo(2);
    const TextFiles files;
    ProjectionQuery query;
    query.position = 2;
    const auto exported = [&](ExchangeFormat format) {
        const QString file = files.path(u"out"_qs);
        const auto rows = exportProjection(*projected.view, query, *projected.definition,
            { file, format, {} }, Progress(), CancelToken());
        return rows && *rows == 2 ? TextFiles::read(file) : QByteArray("failed");
    };
    QCOMPARE(exported(ExchangeFormat::Csv),
        QByteArray("key,name,n\r\nu-1,\"'=Ada, \"\"A\"\"\",1.50\r\nu-2,,\"{\"\"a\"\":[1]}\"\r\n"));
    QCOMPARE(exported(ExchangeFormat::Ndjson),
        QByteArray("{\"key\":\"u-1\",\"name\":\"=Ada, \\\"A\\\"\",\"n\":1.50}\n"
                   "{\"key\":\"u-2\",\"name\":null,\"n\":{\"a\":[1]}}\n"));
    const auto whole = parseJson(viewOf(exported(ExchangeFormat::Json)));
    QVERIFY(whole.ok());
    QCOMPARE(whole->size(), 2);
    query.position = 0;
    const auto none = exportProjection(*projected.view, query, *projected.definition,
        { files.path(u"none"_qs), ExchangeFormat::Json, {} }, Progress(), CancelToken());
    QCOMPARE(*none, 0);
    QCOMPARE(parseJson(viewOf(TextFiles::read(files.path(u"none"_qs))))->size(), 0);
    CancelToken cancel;
    cancel.cancel();
    query.position = 2;
    const auto cancelled = exportProjection(*projected.view, query, *projected.definition,
        { files.path(u"cancelled"_qs), ExchangeFormat::Csv, {} }, Progress(), cancel);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(files.path(u"cancelled"_qs)));
}

void TestProjectionExport::cellsKeepWhatTheyWereGiven_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : { "null", "true", "false", "0", "-1", "140737488355328",
             "-9223372036854775808", "18446744073709551615", "1.5", "100.10", "1e2", "-0", "0.1",
             "\"\"", "\"a\"", "\"sixsix\"", "\"seven77\"", "\"\\u0000\"", "\"\\\"\\\\\\n\"",
             "\"Zürich am See\"", "[]", "[1,{\"a\":null}]", "{\"a\":1}" })
        QTest::newRow(text) << QByteArray(text);
}

void TestProjectionExport::cellsKeepWhatTheyWereGiven()
{
    QFETCH(QByteArray, text);
    const auto file = ScratchFile::create();
    QVERIFY(file.ok());
    CellTexts texts(**file);
    const Cell cell = texts.cellOfJson(viewOf(text));
    std::string written;
    cell.appendJson(written);
    QCOMPARE(QByteArray::fromStdString(written), text);
    const auto value = cell.toValue().toJson();
    QVERIFY(value.ok());
    QVERIFY(*value == *parseJson(viewOf(text)));
}

QTEST_APPLESS_MAIN(TestProjectionExport)
#include "tst_projectionexport.moc"
