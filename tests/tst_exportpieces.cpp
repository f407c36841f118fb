#include "exchange/exporter.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QDir>
#include <QTest>

#include <functional>
#include <thread>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(ExportRequest)

namespace {

/// The formats as plainly as they can be written, for logs that take several pieces.
class PlainWriter {
public:
    explicit PlainWriter(ExchangeFormat format)
        : m_format(format)
    {
        if (format == ExchangeFormat::Json)
            m_text = "[";
        if (format == ExchangeFormat::Csv)
            m_text = "position,stream,version,type,time,id,data,metadata\r\n";
    }

    void add(const Event& event)
    {
        const auto number = [](qint64 value) { return QByteArray::number(value); };
        const QByteArrayList cells { number(event.position), event.stream.toUtf8(),
            number(event.version), event.type.toUtf8(), event.time.toRfc3339(), event.id.toUtf8(),
            event.data, event.metadata };
        if (m_format == ExchangeFormat::Csv) {
            const auto quoted
                = [](QByteArray cell) { return '"' + cell.replace('"', "\"\"") + '"'; };
            m_text += cells.mid(0, 6).join(',') + ',' + quoted(cells[6]) + ',' + cells[7] + "\r\n";
            return;
        }
        const QByteArray record = "{\"position\":" + cells[0] + ",\"stream\":\"" + cells[1]
            + "\",\"version\":" + cells[2] + ",\"type\":\"" + cells[3] + "\",\"time\":\"" + cells[4]
            + "\",\"id\":\"" + cells[5] + "\",\"data\":" + cells[6] + ",\"metadata\":" + cells[7]
            + '}';
        if (m_format == ExchangeFormat::Ndjson)
            m_text += record + '\n';
        else
            m_text += (m_text.size() == 1 ? "\n" : ",\n") + record;
    }

    QByteArray end() { return m_format == ExchangeFormat::Json ? m_text + "\n]\n" : m_text; }

private:
    ExchangeFormat m_format;
    QByteArray m_text;
};

/// A log that is exported in many pieces, two of which do not fit into one batch of text.
class LongLog {
public:
    static constexpr qint64 events = 12'000;
    static constexpr qint64 huge = 4'000; ///< Larger than a batch by itself.
    static constexpr qint64 large = 8'000; ///< From here on some that fill a batch together.

    LongLog()
    {
        const auto begun = m_store->beginBulk();
        BulkAppend& bulk = **begun;
        for (qint64 n = 1; n <= events; ++n) {
            qsizetype pad = n % 50;
            if (n == huge)
                pad = 6'000'000;
            else if (n >= large && n < large + 60)
                pad = 100'000;
            const QByteArray data
                = "{\"n\":" + QByteArray::number(n) + ",\"pad\":\"" + QByteArray(pad, 'x') + "\"}";
            const NewEvent event { n % 3 == 0 ? u"THIRD"_s : u"OTHER"_s, data, "{}",
                Timestamp { n * 7'654'321 }, u"event %1"_s.arg(n) };
            if (!bulk.add(u"stream-%1"_s.arg(n % 7), event))
                qFatal("a test's event is refused");
        }
        if (!bulk.commit(CancelToken()))
            qFatal("a test's store is refused");
    }

    /// What `request` is to give, `admits` being what its filter says.
    QByteArray expected(
        const ExportRequest& request, const std::function<bool(const Event&)>& admits) const
    {
        PlainWriter writer(request.format);
        qint64 count = 0;
        const auto log = m_store->readLog(request.from, events);
        for (const Event& event : *log) {
            const bool isWanted = (request.to == 0 || event.position <= request.to)
                && (request.stream.isEmpty() || event.stream == request.stream)
                && (request.type.isEmpty() || event.type == request.type) && admits(event);
            if (isWanted && (request.limit == 0 || ++count <= request.limit))
                writer.add(event);
        }
        return writer.end();
    }

    QByteArray exported(ExportRequest request) const
    {
        request.file = m_files.path(u"out"_s);
        const auto summary = exportEvents(*m_store, request, Progress(), CancelToken());
        return summary ? TextFiles::read(request.file) : summary.error().message.toUtf8();
    }

    EventStore& operator*() const { return *m_store; }

private:
    ScratchStore m_store;
    TextFiles m_files;
};

} // namespace

/// Exports of logs that are worked on piece by piece, on several threads.
class ExportPiecesTest final : public QObject {
    Q_OBJECT

private slots:
    void manyPiecesAreOneExport_data();
    void manyPiecesAreOneExport();
    void cancelEndsItInTheMiddle();
    void progressComesToItsEnd();

private:
    const LongLog& longLog()
    {
        if (!m_longLog)
            m_longLog = std::make_unique<LongLog>();
        return *m_longLog;
    }

    std::unique_ptr<LongLog> m_longLog;
};

void ExportPiecesTest::manyPiecesAreOneExport_data()
{
    QTest::addColumn<ExportRequest>("request");
    for (const auto format :
        { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv }) {
        const auto add = [format](const char* name, ExportRequest request) {
            request.format = format;
            QTest::addRow("%s, %s", qPrintable(exchangeFormatName(format)), name) << request;
        };
        add("all", {});
        ExportRequest request;
        request.from = 2345;
        request.to = 9876;
        add("a range", request);
        request = {};
        request.limit = 5000;
        add("a limit behind the huge event", request);
        request.limit = 3999;
        add("a limit before it", request);
        request.limit = 8030;
        add("a limit among the large ones", request);
        request = {};
        request.type = u"THIRD"_s;
        add("a type", request);
        request.limit = 3000;
        add("a type and a limit", request);
        request = {};
        request.stream = u"stream-3"_s; // the huge event's is stream-3
        add("a stream", request);
        request.limit = 700;
        add("a stream and a limit", request);
        request = {};
        request.where = "data.n % 1000 == 1";
        add("a filter", request);
        request.limit = 5;
        add("a filter and a limit", request);
        request = {};
        request.limit = 0;
        request.where = "data.n % 1000 == 1 && type in ['THIRD', 'NONE']";
        request.type = u"THIRD"_s;
        add("a filter and a type", request);
        request.type = u"OTHER"_s;
        add("a filter and a type that exclude each other", request);
        request = {};
        request.where = "false";
        add("nothing", request);
    }
}

void ExportPiecesTest::manyPiecesAreOneExport()
{
    QFETCH(ExportRequest, request);
    const auto admits = [&request](const Event& event) {
        if (!request.where)
            return true;
        return *request.where != "false" && event.position % 1000 == 1
            && (!request.where->contains("THIRD") || event.type == u"THIRD"_s);
    };
    const QByteArray expected = longLog().expected(request, admits);
    const QByteArray exported = longLog().exported(request);
    // Not QCOMPARE, which would print megabytes.
    QCOMPARE(exported.size(), expected.size());
    QVERIFY(exported == expected);
}

void ExportPiecesTest::cancelEndsItInTheMiddle()
{
    const TextFiles files;
    ExportRequest request;
    request.file = files.write(u"out"_s, "before");
    request.where = "data.pad.contains('y')";
    const CancelToken cancel;
    const Progress progress;
    std::thread canceller([&] {
        while (progress.total() == 0)
            std::this_thread::yield();
        cancel.cancel();
    });
    const auto ended = exportEvents(*longLog(), request, progress, cancel);
    canceller.join();
    QVERIFY(!ended.ok());
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
    QCOMPARE(TextFiles::read(request.file), QByteArray("before"));
    QCOMPARE(QDir(files.path({})).entryList({ u"*.part"_s }).size(), 0);
}

void ExportPiecesTest::progressComesToItsEnd()
{
    const TextFiles files;
    ExportRequest request;
    request.file = files.path(u"out"_s);
    request.from = 100;
    const Progress progress;
    const auto summary = exportEvents(*longLog(), request, progress, CancelToken());
    QVERIFY(summary.ok());
    QCOMPARE(summary->events, LongLog::events - 99);
    QCOMPARE(progress.total(), LongLog::events - 99);
    QCOMPARE(progress.done(), progress.total());
    QCOMPARE(progress.events(), summary->events);
}

QTEST_GUILESS_MAIN(ExportPiecesTest)
#include "tst_exportpieces.moc"
