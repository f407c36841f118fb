#include "exchange/fieldnames.h"
#include "exchange/keptmembers.h"
#include "exchange/mapping.h"
#include "exchange/timetext.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

using namespace eventloupe;

/// Mappings as files, proposals by name, times, and members kept in the metadata.
class MappingTest final : public QObject {
    Q_OBJECT

private:
    static QByteArray proposed(const QStringList& members)
    {
        return Mapping::propose(members).toJson().toJson();
    }

    static void refuses(const QByteArray& text, const char* part)
    {
        const auto document = parseJson(viewOf(text));
        const auto mapping = Mapping::fromJson(*document);
        QVERIFY2(!mapping && mapping.error().message.contains(QLatin1String(part)), part);
    }

private slots:
    void roundTripsAsJson()
    {
        const QByteArray text
            = R"({"stream":"Airport","type":{"value":"BIRD_STRIKE"},"time":{"template":"{Date} {Time}"},)"
              R"("id":null,"version":{"member":"/odd"},"data":{"pointer":"/a/b"},)"
              R"("timeFormat":"yyMMdd","records":"/features","delimiter":";"})";
        const auto mapping = Mapping::fromJson(*parseJson(viewOf(text)));
        QVERIFY(mapping.ok());
        QCOMPARE(mapping->toJson().toJson(), text);
        QVERIFY(!mapping->source(EventField::Id));
        QVERIFY(mapping->decides(EventField::Id));
        QVERIFY(!mapping->decides(EventField::Metadata));
        QCOMPARE(mapping->source(EventField::Data)->kind, FieldSource::Kind::Pointer);
    }

    void aTextThatBeginsWithASlashIsAPointer()
    {
        const std::string_view text = R"({"time":"/properties/time"})";
        const auto mapping = Mapping::fromJson(*parseJson(text));
        QCOMPARE(mapping->source(EventField::Time)->kind, FieldSource::Kind::Pointer);
    }

    void refusesWhatItDoesNotKnow()
    {
        refuses("[]", "object");
        refuses(R"({"strem":"a"})", "'strem' is not known");
        refuses(R"({"stream":1})", "'stream'");
        refuses(R"({"stream":{"is":"a"}})", "'is'");
        refuses(R"({"time":"/a~2"})", "/a~2");
        refuses(R"({"delimiter":"ab"})", "delimiter");
        refuses(R"({"records":"features"})", "records");
        refuses(R"({"timeFormat":3})", "timeFormat");
    }

    void proposesByName_data()
    {
        QTest::addColumn<QString>("members");
        QTest::addColumn<QByteArray>("mapping");
        const auto row = [](const char* name, const char* members, const char* mapping) {
            QTest::newRow(name) << QString::fromUtf8(members) << QByteArray(mapping);
        };
        row("exchange format", "position stream version type time id data metadata",
            R"({"stream":"stream","type":"type","time":"time","id":"id","version":"version","data":"data","metadata":"metadata"})");
        row("git logs", "position id stream version type time recorded data meta",
            R"({"stream":"stream","type":"type","time":"time","id":"id","version":"version","data":"data","metadata":"meta"})");
        row("camel case", "eventId streamId streamVersion eventType occurredAt payload headers",
            R"({"stream":"streamId","type":"eventType","time":"occurredAt","id":"eventId","version":"streamVersion","data":"payload","metadata":"headers"})");
        row("snake case", "EVENT_ID AGGREGATE_ID revision event_type created body meta_data",
            R"({"stream":"AGGREGATE_ID","type":"event_type","time":"created","id":"EVENT_ID","version":"revision","data":"body","metadata":"meta_data"})");
        row("XES", "case:concept:name concept:name time:timestamp Activity",
            R"({"stream":"case:concept:name","type":"concept:name","time":"time:timestamp"})");
        row("own name first", "payload data Type type", R"({"type":"type","data":"data"})");
        row("date and time", "Date Time Level", R"({"time":{"template":"{Date} {Time}"}})");
        row("a date beside our own", "stream type time data date",
            R"({"stream":"stream","type":"type","time":"time","data":"data"})");
        row("nothing", "a b c", "{}");
    }

    void proposesByName()
    {
        QFETCH(QString, members);
        QFETCH(QByteArray, mapping);
        QCOMPARE(proposed(members.split(QLatin1Char(' '))), mapping);
    }

    void proposesNamesWithSpaces()
    {
        const QByteArray expected = R"({"stream":"Case ID","type":"Event Type"})";
        QCOMPARE(proposed({ QStringLiteral("Event Type"), QStringLiteral("Case ID") }), expected);
        QVERIFY(isPositionName(QStringLiteral("globalPosition")));
    }

    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("2026-03-01T14:03:22.000001Z", "2026-03-01T14:03:22.000001Z");
        row("2017-04-11T15:44:03+02:00", "2017-04-11T13:44:03.000000Z");
        row("2010-12-30 14:32:00+01:00", "2010-12-30T13:32:00.000000Z");
        row("2010-12-30 14:32:00.123456789 -0330", "2010-12-30T18:02:00.123456Z");
        row("2017-05-16 00:00:00.008", "2017-05-16T00:00:00.008000Z");
        row("2017-05-16 00:00:00,5 UTC", "2017-05-16T00:00:00.500000Z");
        row("1990-01-08", "1990-01-08T00:00:00.000000Z");
        row("2001/01/01 00:47", "2001-01-01T00:47:00.000000Z");
        row("  2001-01-01 00:47  ", "2001-01-01T00:47:00.000000Z");
        row("1517966773", "2018-02-07T01:26:13.000000Z");
        row("1517966773.25", "2018-02-07T01:26:13.250000Z");
        row("1517966773840", "2018-02-07T01:26:13.840000Z");
        row("1517966773840123", "2018-02-07T01:26:13.840123Z");
        row("1517966773840123456", "2018-02-07T01:26:13.840123Z");
        row("0", "1970-01-01T00:00:00.000000Z");
        row("-1", "1969-12-31T23:59:59.000000Z");
        row("1.517966773e9", "2018-02-07T01:26:13.000000Z");
        for (const char* bad : { "", "soon", "2010-13-01", "2010-02-30", "2010-12-30 24:00:00",
                 "2010-12-30 14:32:00 CET", "2010-12-30 14:32:00+25:00", "2010-12/30", "12:00",
                 "2010-12-30T", "2010-12-30 14:32:00.", "1e300", "nan", "0x10", "2010-12-30x" })
            row(bad, "");
    }

    void readsTimes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto time = TimeText({}).parse(viewOf(text));
        QCOMPARE(time ? time->toRfc3339() : QByteArray(), expected);
    }

    void readsTimesByAFormat()
    {
        const TimeText log(QStringLiteral("yyMMdd HHmmss"));
        QCOMPARE(
            log.parse("081109 203615")->toRfc3339(), QByteArray("2008-11-09T20:36:15.000000Z"));
        QCOMPARE(
            log.parse("991109 203615")->toRfc3339(), QByteArray("1999-11-09T20:36:15.000000Z"));
        QVERIFY(!log.parse("2008-11-09T20:36:15Z"));
        const TimeText european(QStringLiteral("dd.MM.yyyy HH:mm"));
        QCOMPARE(european.parse("24.12.1956 18:05")->toRfc3339(),
            QByteArray("1956-12-24T18:05:00.000000Z"));
    }

    void keepsMembersAndGivesTheBytesBack_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<QByteArray>("stored");
        const auto row = [](const char* metadata, const char* kept, const char* stored) {
            QTest::addRow("%s + %s", metadata, kept)
                << QByteArray(metadata) << QByteArray(kept) << QByteArray(stored);
        };
        row(R"({"a": 1})", R"("r":2)", R"({"a": 1,"$imported":{"r":2}})");
        row(R"({})", R"("r":2)", R"({"$imported":{"r":2}})");
        row(R"({"a":1 })", R"("r": "x" )", R"({"a":1 ,"$imported":{"r": "x" }})");
        row(R"({ })", R"("r":2)", R"({"$metadata":{ },"$imported":{"r":2}})");
        row(R"([1,2])", R"("r":2)", R"({"$metadata":[1,2],"$imported":{"r":2}})");
        row(R"(null)", R"("r":2)", R"({"$metadata":null,"$imported":{"r":2}})");
        row(R"({"a":1})", "", R"({"a":1})");
        row(R"(7)", "", "7");
        // What looks like ours already is wrapped once more.
        row(R"({"a":1,"$imported":{"r":2}})", "", R"({"a":1,"$imported":{"r":2},"$imported":{}})");
        row(R"({"$imported":{"r":2}})", R"("q":3)", R"({"$imported":{"r":2},"$imported":{"q":3}})");
        row(R"({"$metadata":[1]})", R"("q":3)",
            R"({"$metadata":{"$metadata":[1]},"$imported":{"q":3}})");
        row(R"({"$metadata":[1],"$imported":{}})", "",
            R"({"$metadata":[1],"$imported":{},"$imported":{}})");
        row(R"({"a":1,"$imported":{"r":2} })", "", R"({"a":1,"$imported":{"r":2} })");
        row("{\"s\":\"\\\"$imported\\\":{}}\"}", "", "{\"s\":\"\\\"$imported\\\":{}}\"}");
    }

    void keepsMembersAndGivesTheBytesBack()
    {
        QFETCH(QByteArray, metadata);
        QFETCH(QByteArray, kept);
        QFETCH(QByteArray, stored);
        const QByteArray made = metadataWithKept(viewOf(metadata), viewOf(kept));
        QCOMPARE(made, stored);
        QVERIFY(!findJsonFault(viewOf(made)));
        const auto lifted = liftKept(viewOf(made));
        if (made == metadata) {
            QVERIFY(!lifted);
            return;
        }
        QVERIFY(lifted.has_value());
        QCOMPARE(lifted->metadata, metadata);
        QCOMPARE(toBytes(lifted->kept), kept);
    }
};

QTEST_GUILESS_MAIN(MappingTest)
#include "tst_mapping.moc"
