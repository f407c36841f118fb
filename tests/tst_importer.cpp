#include "exchange/exporter.h"
#include "exchange/importer.h"
#include "support/passingstore.h"
#include "support/scratchstore.h"
#include "support/textfile.h"
#include "value/json.h"

#include <QTest>

#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace eventloupe;

/// Files into a store: what is stored, what is refused, and that a refusal leaves nothing.
class ImporterTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    static Mapping mappingOf(std::string_view text) { return *Mapping::fromJson(*parseJson(text)); }

    Result<ImportSummary> import(const ScratchStore& store, const QString& name,
        const QByteArray& content, std::string_view map = {}) const
    {
        ImportRequest request;
        request.file = m_files.write(name, content);
        if (!map.empty())
            request.mapping = mappingOf(map);
        return importFile(*store, request, Progress(), CancelToken());
    }

    /// "stream version type data metadata", a line each.
    static QByteArray log(const ScratchStore& store)
    {
        QByteArray text;
        for (const Event& event : store.events())
            text += event.stream.toUtf8() + ' ' + QByteArray::number(event.version) + ' '
                + event.type.toUtf8() + ' ' + event.data + ' ' + event.metadata + '\n';
        return text;
    }

private slots:
    /// What was read of a pipe by then would be lost.
    void aStoreThatCanOnlyBeReadIsToldBeforeAnythingIsRead()
    {
        class ReadOnlyStore final : public PassingStore {
        public:
            using PassingStore::PassingStore;
            QString readOnlyReason() const override { return QStringLiteral("it is a branch"); }
        };
        const ScratchStore store;
        ReadOnlyStore shown(*store);
        const auto summary = importFile(
            shown, { m_files.path(QStringLiteral("none")), {}, {} }, Progress(), CancelToken());
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::ReadOnly);
        const QString told = summary.error().message;
        QVERIFY2(told.endsWith(u"can only be read: it is a branch."), qPrintable(told));
    }

    void importsTheExchangeFormat()
    {
        const ScratchStore store;
        const QByteArray line
            = "{\"position\":9,\"stream\":\"user-42\",\"version\":1,\"type\":\"USER_CREATED\","
              "\"time\":\"2026-03-01T14:03:22.000001Z\",\"id\":\"e1\",\"data\":{\"b\":100.10, "
              "\"a\":1},\"metadata\":{ }}";
        const auto summary = import(store, QStringLiteral("a.ndjson"), line + '\n');
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        QCOMPARE(summary->events, 1);
        QCOMPARE(summary->streams, 1);
        QCOMPARE(summary->first, 1);
        QCOMPARE(summary->last, 1);
        QCOMPARE(summary->renumbered, 0);
        QVERIFY(summary->keptMembers.isEmpty());
        const Event event = store.events().constFirst();
        QCOMPARE(event.position, 1);
        QCOMPARE(event.id, QStringLiteral("e1"));
        QCOMPARE(event.time.toRfc3339(), QByteArray("2026-03-01T14:03:22.000001Z"));
        const QByteArray data = "{\"b\":100.10, \"a\":1}";
        QCOMPARE(event.data, data);
        QCOMPARE(event.metadata, QByteArray("{ }"));
        QCOMPARE(store.faults(), QByteArray());
    }

    void keepsWhatNothingMaps()
    {
        const ScratchStore store;
        const QByteArray lines
            = "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"a\":1},\"meta\":{\"m\":1},\"recorded\":"
              "\"x\",\"n\":[1, 2]}"
              "\n"
              "{\"stream\":\"s\",\"type\":\"T\",\"data\":null,\"meta\":null,\"n\":null}"
              "\n"
              "{\"stream\":\"s\",\"type\":\"T\",\"n\":1}"
              "\n";
        const auto summary = import(store, QStringLiteral("a.ndjson"), lines);
        QVERIFY(summary.ok());
        QCOMPARE(summary->keptMembers,
            (QStringList { QStringLiteral("recorded"), QStringLiteral("n") }));
        QVERIFY(summary->notes.join(QLatin1Char(' ')).contains(QStringLiteral("recorded, n")));
        const QByteArray expected
            = "s 1 T {\"a\":1} {\"m\":1,\"$imported\":{\"recorded\":\"x\",\"n\":[1, 2]}}"
              "\n"
              "s 2 T null {\"$metadata\":null,\"$imported\":{\"n\":null}}"
              "\n"
              "s 3 T {} {\"$imported\":{\"n\":1}}"
              "\n";
        QCOMPARE(log(store), expected);
    }

    void gathersMembersAsData()
    {
        const ScratchStore store;
        const QByteArray lines = "{\"stream\":\"s\",\"type\":\"T\",\"b\": "
                                 "1.50,\"position\":\"goalkeeper\",\"a\":{ \"x\":1 }}";
        const auto summary = import(store, QStringLiteral("a.ndjson"), lines);
        QVERIFY(summary.ok());
        const QByteArray expected
            = "s 1 T {\"b\":1.50,\"position\":\"goalkeeper\",\"a\":{ \"x\":1 }} {}";
        QCOMPARE(log(store), expected + '\n');
        QCOMPARE(summary->keptMembers.size(), 3);
    }

    void importsCells()
    {
        const ScratchStore store;
        const auto summary = import(store, QStringLiteral("a.csv"),
            "case id;activity;Cost;Note;Done\r\n7;pay;1.50;\"a;\"\"b\"\"\";true\r\n7;ship;;x;\r\n");
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        const QByteArray expected
            = "7 1 pay {\"Cost\":1.50,\"Note\":\"a;\\\"b\\\"\",\"Done\":true} {}"
              "\n"
              "7 2 ship {\"Note\":\"x\"} {}"
              "\n";
        QCOMPARE(log(store), expected);
    }

    void mapsByTemplatesConstantsAndPointers()
    {
        const ScratchStore store;
        const QByteArray document = "{\"type\":\"FeatureCollection\",\"features\":["
                                    "{\"type\":\"Feature\",\"properties\":{\"time\":1517966773840,"
                                    "\"net\":\"ci\"},\"id\":\"a\"},"
                                    "{\"type\":\"Feature\",\"properties\":{\"time\":1517966773841,"
                                    "\"net\":\"nc\"},\"id\":\"b\"}]}";
        const auto summary = import(store, QStringLiteral("a.json"), document,
            "{\"stream\":{\"template\":\"net-{/properties/"
            "net}\"},\"type\":{\"value\":\"QUAKE\"},\"time\":\"/properties/"
            "time\",\"data\":\"properties\"}");
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        const QByteArray expected = "net-ci 1 QUAKE {\"time\":1517966773840,\"net\":\"ci\"} "
                                    "{\"$imported\":{\"type\":\"Feature\"}}"
                                    "\n"
                                    "net-nc 1 QUAKE {\"time\":1517966773841,\"net\":\"nc\"} "
                                    "{\"$imported\":{\"type\":\"Feature\"}}"
                                    "\n";
        QCOMPARE(log(store), expected);
        QCOMPARE(store.events().constFirst().time.toRfc3339(),
            QByteArray("2018-02-07T01:26:13.840000Z"));
        QCOMPARE(store.events().constFirst().id, QStringLiteral("a"));
    }

    void numbersEventsByOrder()
    {
        const ScratchStore store;
        const QByteArray lines = "{\"stream\":\"a\",\"type\":\"T\",\"version\":1,\"data\":{}}"
                                 "\n"
                                 "{\"stream\":\"a\",\"type\":\"T\",\"version\":3,\"data\":{}}"
                                 "\n"
                                 "{\"stream\":\"b\",\"type\":\"T\",\"version\":\"1\",\"data\":{}}"
                                 "\n";
        const auto summary = import(store, QStringLiteral("a.ndjson"), lines);
        QCOMPARE(summary->renumbered, 1);
        QVERIFY(!summary->notes.isEmpty());
        // A second import of the same streams goes on behind the first.
        const auto again = import(store, QStringLiteral("b.ndjson"),
            "{\"stream\":\"a\",\"type\":\"T\",\"version\":3,\"data\":{}}");
        QCOMPARE(again->renumbered, 0);
        QCOMPARE(again->first, 4);
        QCOMPARE(store.events().constLast().version, 3);
    }

    void aVersionThatIsNoNumberIsKept()
    {
        const ScratchStore store;
        const QByteArray line = "{\"stream\":\"a\",\"type\":\"T\",\"version\":\"1.2\",\"data\":{}}";
        QVERIFY(import(store, QStringLiteral("a.ndjson"), line).ok());
        const QByteArray expected = "a 1 T {} {\"$imported\":{\"version\":\"1.2\"}}";
        QCOMPARE(log(store), expected + '\n');
    }

    void aFaultNamesItsPlaceAndStoresNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("place");
        const QByteArray good = "{\"stream\":\"s\",\"type\":\"T\",\"data\":{}}\n";
        const auto row
            = [](const char* what, const char* name, const QByteArray& content, const char* place) {
                  QTest::newRow(what) << QString::fromLatin1(name) << content << QByteArray(place);
              };
        row("cut line", "a.ndjson", good + "{\"stream\":", ":2: byte ");
        row("late", "a.ndjson", good.repeated(5000) + "oops\n", ":5001: byte 1: ");
        row("no stream", "a.ndjson", good + "{\"type\":\"T\"}\n",
            ":2: byte 1: the event has no stream");
        row("stream is an object", "a.ndjson", good + "{\"stream\":{},\"type\":\"T\"}\n",
            ":2: byte 11: stream must be");
        row("empty type", "a.ndjson", good + "{\"stream\":\"s\",\"type\":\"\"}\n",
            ":2: byte 22: the event has no type");
        row("time", "a.ndjson", good + "{\"stream\":\"s\",\"type\":\"T\",\"time\":\"soon\"}\n", "");
        row("twice", "a.ndjson", good + "{\"stream\":\"s\",\"stream\":\"t\",\"type\":\"T\"}\n",
            ":2: byte 24: the member 'stream' comes twice");
        row("ragged", "a.csv", "stream,type\ns,T\ns\n",
            ":3: byte 1: the row has 1 cells where the first has 2");
        row("data cell", "a.csv", "stream,type,data\ns,T,{}\ns,T,{x\n",
            ":3: byte 5: data is not JSON, at its byte 2: ");
        row("document", "a.json", "[" + good + ",\n{]", ":3: byte 2: ");
    }

    void aFaultNamesItsPlaceAndStoresNothing()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, place);
        const ScratchStore store;
        const auto summary = import(store, name, content);
        QVERIFY(!summary.ok());
        const QByteArray message = summary.error().message.toUtf8();
        QVERIFY2(message.contains(m_files.path(name).toUtf8() + place), message.constData());
        QCOMPARE(*store->head(), 0);
        QVERIFY(!store->findStream(QStringLiteral("s"))->has_value());
        // The store is as good as before.
        QVERIFY(
            import(store, QStringLiteral("good.ndjson"), "{\"stream\":\"s\",\"type\":\"T\"}").ok());
        QCOMPARE(store.faults(), QByteArray());
    }

    void anIdThatComesTwiceIsRefused()
    {
        const ScratchStore store;
        const QByteArray lines = "{\"stream\":\"s\",\"type\":\"T\",\"id\":\"one\",\"data\":1}\n"
                                 "{\"stream\":\"s\",\"type\":\"T\",\"id\":\"one\",\"data\":2}\n";
        const auto refused = import(store, QStringLiteral("a.ndjson"), lines);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::DuplicateEvent);
        QVERIFY2(refused.error().message.contains(QStringLiteral("one")),
            qPrintable(refused.error().message));
        QCOMPARE(*store->head(), 0);
        // A column that only looks like ids is not taken for one.
        const auto table
            = import(store, QStringLiteral("a.csv"), "stream,type,EventId\ns,T,E1\ns,T,E1\n");
        QVERIFY2(table.ok(), qPrintable(table ? QString() : table.error().message));
        const QByteArray data = "{\"EventId\":\"E1\"}";
        QCOMPARE(store.events().constFirst().data, data);
    }

    void whatNamesNoStreamIsMendedByTheMappingItShows()
    {
        const ScratchStore store;
        const QByteArray table = "Airport,Wildlife\nORD,owl\nORD,gull\nLAX,owl\n";
        const auto refused = import(store, QStringLiteral("strikes.csv"), table);
        QVERIFY(!refused.ok());
        const QString message = refused.error().message;
        QVERIFY2(message.contains(QStringLiteral("Airport, Wildlife")), qPrintable(message));
        const qsizetype start = message.indexOf(QLatin1Char('{'));
        QVERIFY(start > 0);
        const QByteArray map = message.mid(start).toUtf8();
        const auto mended = import(store, QStringLiteral("strikes.csv"), table, viewOf(map));
        QVERIFY2(mended.ok(), qPrintable(mended ? QString() : mended.error().message));
        QCOMPARE(mended->events, 3);
        QCOMPARE(store.events().constFirst().type, QStringLiteral("STRIKES"));
    }

    void refusesOtherKindsByName()
    {
        const ScratchStore store;
        for (const QByteArray& content : { QByteArray("<log/>"), QByteArray("\x1F\x8B\x08 x"),
                 QByteArray("SQLite format 3\0 x", 18) }) {
            const auto summary = import(store, QStringLiteral("a.json"), content);
            QVERIFY(!summary.ok());
            QCOMPARE(summary.error().code, ErrorCode::Unsupported);
        }
    }

    void detectsTheFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("format");
        const auto row = [](const char* name, const char* content, const char* format) {
            QTest::addRow("%s %s", name, format)
                << QString::fromLatin1(name) << QByteArray(content) << QString::fromLatin1(format);
        };
        row("a.ndjson", "x", "ndjson");
        row("a.csv", "[1]", "csv");
        row("a.json", "[{}]", "json");
        row("a.json", "{\"a\":1}\n{\"a\":2}\n", "ndjson");
        row("a.json", "{\n\"a\":1}", "json");
        row("noname", "{\"a\":1}\n{\"a\":2}\n", "ndjson");
        row("noname", "a,b\n1,2\n", "csv");
        row("a.log", " [ {} ]", "json");
    }

    void detectsTheFormat()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, format);
        const auto found = detectFormat(m_files.write(name, content));
        QVERIFY(found.ok());
        QCOMPARE(exchangeFormatName(*found), format);
        QVERIFY(!exchangeFormatFromName(QStringLiteral("xml")));
    }

    void anEmptyFileIsNoFault()
    {
        const ScratchStore store;
        for (const char* name : { "a.ndjson", "a.csv", "a.json" }) {
            const auto summary = import(store, QString::fromLatin1(name), "");
            QVERIFY2(summary.ok(), name);
            QCOMPARE(summary->events, 0);
            QVERIFY(!summary->notes.isEmpty());
        }
    }

    void aCancelLeavesNothing()
    {
        const ScratchStore store;
        ImportRequest request;
        request.file = m_files.write(QStringLiteral("long.ndjson"),
            QByteArray("{\"stream\":\"s\",\"type\":\"T\",\"data\":{}}\n").repeated(300'000));
        const Progress progress;
        const CancelToken cancel;
        std::thread canceller([&] {
            while (progress.events() == 0)
                std::this_thread::yield();
            cancel.cancel();
        });
        const auto summary = importFile(*store, request, progress, cancel);
        canceller.join();
        QVERIFY(!summary.ok());
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
        QVERIFY(progress.events() < 300'000);
        QCOMPARE(progress.total(), QFile(request.file).size());
        QCOMPARE(*store->head(), 0);
        QCOMPARE(store.faults(), QByteArray());
    }

#ifdef Q_OS_UNIX
    /// What is refused ends the import at once, though its pipe stays open.
    void aRefusalDoesNotWaitForAPipe()
    {
        const ScratchStore store;
        ImportRequest request;
        request.file = m_files.path(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(request.file.toLocal8Bit().constData(), 0600), 0);
        QFile holder(request.file);
        QVERIFY(holder.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        const QByteArray lines = "{\"stream\":\"" + QByteArray(1001, 's') + "\",\"type\":\"T\"}\n"
            + QByteArray("{\"stream\":\"s\",\"type\":\"T\"}\n").repeated(600);
        QCOMPARE(holder.write(lines), lines.size());
        const auto summary = importFile(*store, request, Progress(), CancelToken());
        QVERIFY(!summary.ok());
        QCOMPARE(summary.error().code, ErrorCode::InvalidInput);
        QVERIFY(summary.error().message.contains(QStringLiteral("pipe:1: ")));
        QCOMPARE(*store->head(), 0);
    }
#endif

    void previewsWhatWouldBeStored()
    {
        ImportRequest request;
        request.file = m_files.write(QStringLiteral("p.ndjson"),
            QByteArray("{\"streamId\":\"s\",\"kind\":\"T\",\"data\":{\"a\":1},\"x\":{\"y\":1}}\n")
                .repeated(30));
        auto preview = previewImport(request);
        QVERIFY(preview.ok());
        QCOMPARE(preview->members.join(QLatin1Char(' ')),
            QStringLiteral("streamId kind data x /data/a /x/y"));
        QCOMPARE(preview->problems.size(), 1);
        QVERIFY(preview->events.isEmpty());
        request.mapping = preview->mapping;
        request.mapping->setSource(
            EventField::Type, FieldSource { FieldSource::Kind::Member, QStringLiteral("kind") });
        preview = previewImport(request);
        QVERIFY(preview->problems.isEmpty());
        QCOMPARE(preview->events.size(), 20);
        QCOMPARE(preview->events.constFirst().type, QStringLiteral("T"));
        const QByteArray metadata = "{\"$imported\":{\"x\":{\"y\":1}}}";
        QCOMPARE(preview->events.constFirst().metadata, metadata);
    }
};

QTEST_GUILESS_MAIN(ImporterTest)
#include "tst_importer.moc"
