#include "exchange/bytesource.h"
#include "exchange/exporter.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace eventloupe;

/// A store into files: shapes, choices, and files that are replaced whole or not at all.
class ExporterTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    static void fill(const ScratchStore& store)
    {
        const auto add = [&](const char* stream, const char* type, const QByteArray& data,
                             const QByteArray& metadata) {
            const qint64 n = *store->head() + 1;
            NewEvent event { QString::fromUtf8(type), data, metadata, Timestamp { n * 1'000'000 },
                QStringLiteral("e%1").arg(n) };
            QVERIFY(store->append({ QString::fromUtf8(stream), ExpectedVersion::any(), { event } })
                        .ok());
        };
        add("user-1", "CREATED", "{\"name\":\"Ada\",\"n\":1.50}", "{}");
        add("user-2", "CREATED", "{ \"name\" :\n\t\"Bob\" }",
            "{\"m\":1,\"$imported\":{\"recorded\":\"x\"}}");
        add("=cmd", "@type", "\"-5\"", "-5");
        add("user-1", "RENAMED", "{\"name\":\"Ada L.\"}", "{\"$imported\":{\"stream\":\"q\"}}");
    }

    Result<ExportSummary> run(const ScratchStore& store, ExportRequest request) const
    {
        if (request.file.isEmpty())
            request.file = m_files.path(QStringLiteral("out"));
        return exportEvents(*store, request, Progress(), CancelToken());
    }

    QByteArray out(const ScratchStore& store, const ExportRequest& request) const
    {
        const auto summary = run(store, request);
        if (!summary)
            return summary.error().message.toUtf8();
        const QByteArray text = TextFiles::read(m_files.path(QStringLiteral("out")));
        return summary->bytes == text.size() ? text : QByteArray("wrong size");
    }

    /// The ids of what was exported.
    QByteArray ids(const ScratchStore& store, const ExportRequest& request) const
    {
        QByteArray found;
        for (const QByteArray& line : out(store, request).split('\n')) {
            const qsizetype at = line.indexOf("\"id\":\"");
            if (at > 0)
                found += line.mid(at + 6, 2) + ' ';
        }
        return found.trimmed();
    }

private slots:
    void tellsOfEventsThatNoImportTakes()
    {
        const ScratchStore store;
        fill(store);
        const QByteArray large = "{\"x\":\"" + QByteArray(maximumRecordBytes, 'y') + "\"}";
        for (const QByteArray& data : { QByteArray("{}"), large, QByteArray("{}") })
            QVERIFY(store
                        ->append({ u"s"_qs, ExpectedVersion::any(),
                            { NewEvent { u"T"_qs, data, "{}", {}, {} } } })
                        .ok());
        const auto summary = run(store, {});
        QVERIFY(summary.ok());
        QCOMPARE(summary->events, 7);
        QCOMPARE(summary->tooLarge, 1);
        QVERIFY(summary->tooLargeText().startsWith(u"1 event is over 64 MB"));
        ExportRequest small;
        small.stream = u"user-1"_qs;
        QCOMPARE(run(store, small)->tooLarge, 0);
        QCOMPARE(run(store, small)->tooLargeText(), QString());
    }

    void writesNdjson()
    {
        const ScratchStore store;
        fill(store);
        const QByteArray expected
            = "{\"position\":1,\"stream\":\"user-1\",\"version\":1,\"type\":\"CREATED\",\"time\":"
              "\"1970-01-01T00:00:01.000000Z\",\"id\":\"e1\",\"data\":{\"name\":\"Ada\",\"n\":1.50}"
              ",\"metadata\":{}}"
              "\n"
              "{\"position\":2,\"stream\":\"user-2\",\"version\":1,\"type\":\"CREATED\",\"time\":"
              "\"1970-01-01T00:00:02.000000Z\",\"id\":\"e2\",\"data\":{ \"name\" : "
              "\t"
              "\"Bob\" },\"metadata\":{\"m\":1},\"recorded\":\"x\"}"
              "\n"
              "{\"position\":3,\"stream\":\"=cmd\",\"version\":1,\"type\":\"@type\",\"time\":"
              "\"1970-01-01T00:00:03.000000Z\",\"id\":\"e3\",\"data\":\"-5\",\"metadata\":-5}"
              "\n"
              "{\"position\":4,\"stream\":\"user-1\",\"version\":2,\"type\":\"RENAMED\",\"time\":"
              "\"1970-01-01T00:00:04.000000Z\",\"id\":\"e4\",\"data\":{\"name\":\"Ada "
              "L.\"},\"metadata\":{},\"$imported\":{\"stream\":\"q\"}}"
              "\n";
        QCOMPARE(out(store, {}), expected);
    }

    void writesCsv()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.format = ExchangeFormat::Csv;
        const QByteArray text = out(store, request);
        QVERIFY(text.startsWith("position,stream,version,type,time,id,data,metadata\r\n"
                                "1,user-1,1,CREATED,1970-01-01T00:00:01.000000Z,e1,"));
        const QByteArray third
            = "3,\"'=cmd\",1,\"'@type\",1970-01-01T00:00:03.000000Z,e3,\"\"\"-5\"\"\",-5\r\n";
        QVERIFY2(text.contains(third), text.constData());
        const QByteArray broken = "\"{ \"\"name\"\" :\n\t\"\"Bob\"\" }\"";
        QVERIFY2(text.contains(broken), text.constData());
    }

    void comesBackFromEachFormat_data()
    {
        QTest::addColumn<QString>("format");
        for (const char* format : { "ndjson", "json", "csv" })
            QTest::newRow(format) << QString::fromLatin1(format);
    }

    void comesBackFromEachFormat()
    {
        QFETCH(QString, format);
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.format = *exchangeFormatFromName(format);
        request.file = m_files.path(QStringLiteral("out.") + format);
        QVERIFY(run(store, request).ok());
        const ScratchStore copy;
        const auto summary = importFile(
            *copy, { request.file, std::nullopt, std::nullopt }, Progress(), CancelToken());
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        QCOMPARE(summary->renumbered, 0);
        const QList<Event> before = store.events();
        const QList<Event> after = copy.events();
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].stream, before[i].stream);
            QCOMPARE(after[i].version, before[i].version);
            QCOMPARE(after[i].type, before[i].type);
            QCOMPARE(after[i].time, before[i].time);
            QCOMPARE(after[i].id, before[i].id);
            QByteArray data = before[i].data;
            if (format == QLatin1String("ndjson"))
                data.replace('\n', ' ');
            QCOMPARE(after[i].data, data);
            QCOMPARE(after[i].metadata, before[i].metadata);
        }
        // And what came back is exported as it was.
        ExportRequest again = request;
        again.file = m_files.path(QStringLiteral("again.") + format);
        QVERIFY(run(copy, again).ok());
        QCOMPARE(TextFiles::read(again.file), TextFiles::read(request.file));
    }

    void choosesEvents()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.from = 2;
        request.to = 3;
        QCOMPARE(ids(store, request), QByteArray("e2 e3"));
        request = {};
        request.stream = QStringLiteral("user-1");
        QCOMPARE(ids(store, request), QByteArray("e1 e4"));
        request.to = 3;
        QCOMPARE(ids(store, request), QByteArray("e1"));
        request.to = 99;
        request.from = 2;
        QCOMPARE(ids(store, request), QByteArray("e4"));
        request = {};
        request.type = QStringLiteral("CREATED");
        QCOMPARE(ids(store, request), QByteArray("e1 e2"));
        request.limit = 1;
        QCOMPARE(ids(store, request), QByteArray("e1"));
        request = {};
        request.where = QByteArray("data.name == \"Bob\" || position == 4");
        QCOMPARE(ids(store, request), QByteArray("e2 e4"));
        // What an index answers, and type and filter together.
        request.where = QByteArray("type == \"CREATED\" && position > 1");
        QCOMPARE(ids(store, request), QByteArray("e2"));
        request.type = QStringLiteral("CREATED");
        request.where = QByteArray("stream == \"user-1\"");
        QCOMPARE(ids(store, request), QByteArray("e1"));
        request.where = QByteArray("type == \"RENAMED\"");
        QCOMPARE(ids(store, request), QByteArray());
    }

    void replacesNoOtherStore()
    {
        const ScratchStore store;
        const ScratchStore other;
        fill(store);
        fill(other);
        ExportRequest request;
        request.file = other.path();
        const auto summary = run(store, request);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(*other->head(), 4);
        QCOMPARE(other.faults(), QByteArray());
    }

    void refusesWhatIsNotThere()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.file = m_files.path(QStringLiteral("refused"));
        request.stream = QStringLiteral("user-9");
        QCOMPARE(run(store, request).error().code, ErrorCode::NotFound);
        request.stream.clear();
        request.where = QByteArray("position ==");
        QVERIFY(!run(store, request).ok());
        QVERIFY(!QFile::exists(request.file));
        QCOMPARE(QDir(m_files.path(QString())).entryList({ QStringLiteral("*.part") }).size(), 0);
    }

    void anEmptyLogIsAnEmptyExport()
    {
        const ScratchStore store;
        QCOMPARE(out(store, {}), QByteArray());
        ExportRequest request;
        request.format = ExchangeFormat::Json;
        QCOMPARE(out(store, request), QByteArray("[\n]\n"));
    }

    void replacesAFileInOneStep()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.file = m_files.write(QStringLiteral("old"), "before");
        const auto before = QFileInfo(request.file).permissions();
        const CancelToken cancelled;
        cancelled.cancel();
        const auto refused = exportEvents(*store, request, Progress(), cancelled);
        QCOMPARE(refused.error().code, ErrorCode::Cancelled);
        QCOMPARE(TextFiles::read(request.file), QByteArray("before"));
        QVERIFY(run(store, request).ok());
        QVERIFY(TextFiles::read(request.file).startsWith("{\"position\":1,"));
        // It keeps its mode, and a new one is its owner's alone.
        constexpr auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QCOMPARE(QFileInfo(request.file).permissions() & others, before & others);
        request.file = m_files.path(QStringLiteral("new"));
        QVERIFY(run(store, request).ok());
        QCOMPARE(QFileInfo(request.file).permissions() & others, QFileDevice::Permissions());
        QCOMPARE(QDir(m_files.path(QString())).entryList({ QStringLiteral("*.part") }).size(), 0);
    }

    void theStoreIsNoTarget()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.file = store.path();
        QCOMPARE(run(store, request).error().code, ErrorCode::InvalidArgument);
        const QString link = m_files.path(QStringLiteral("link.ndjson"));
        QVERIFY(QFile::link(store.path(), link));
        request.file = link;
        QCOMPARE(run(store, request).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(store.faults(), QByteArray());
        QCOMPARE(*(*openStore(store.path(), OpenMode::ReadOnly))->head(), 4);
    }

    void namesTheFileAndTheReason()
    {
        const ScratchStore store;
        fill(store);
        ExportRequest request;
        request.file = QStringLiteral("/dev/full");
        if (!QFile::exists(request.file))
            QSKIP("there is no /dev/full here");
        const auto full = run(store, request);
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QVERIFY2(full.error().message.contains(request.file), qPrintable(full.error().message));
        request.file = m_files.path(QStringLiteral("no/such/folder/out"));
        const auto missing = run(store, request);
        QCOMPARE(missing.error().code, ErrorCode::InputOutput);
        QVERIFY2(
            missing.error().message.contains(request.file), qPrintable(missing.error().message));
        request.file = m_files.path(QString());
        QCOMPARE(run(store, request).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(ExporterTest)
#include "tst_exporter.moc"
