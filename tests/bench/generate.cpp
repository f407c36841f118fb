// Writes N generated events (see eventmaker.h), the same bytes for the same seed:
//     generate N [SEED] > events.ndjson             in the exchange format
//     generate N [SEED] --store FILE.eventlog       into a new store, by a bulk load
//     generate N [SEED] --rows FOLDER               as
//     FOLDER/{event,stream,category,event_type}.csv,
//                                                   the rows of the store's tables without the hash

#include "eventmaker.h"

#include "exchange/batchqueue.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace eventloupe;

namespace {

constexpr std::size_t bufferBytes = std::size_t(1024) * 1024;

/// A file that is written in large pieces.
class Output {
public:
    explicit Output(FILE* file)
        : m_file(file)
    {
    }
    explicit Output(const QString& path)
        : m_file(std::fopen(qPrintable(path), "wb"))
        , m_isOurs(true)
    {
    }
    ~Output()
    {
        flush();
        if (m_isOurs && m_file)
            std::fclose(m_file);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    /// To be written to; flushed by endRecord().
    Bytes& bytes() { return m_bytes; }
    void endRecord()
    {
        m_bytes.text("\n");
        if (m_bytes.view().size() >= bufferBytes)
            flush();
    }
    void flush()
    {
        const std::string_view bytes = m_bytes.view();
        m_isGood = m_isGood && m_file
            && std::fwrite(bytes.data(), 1, bytes.size(), m_file) == bytes.size()
            && std::fflush(m_file) == 0;
        m_bytes.clear();
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    FILE* m_file;
    Bytes m_bytes;
    bool m_isOurs = false;
    bool m_isGood = true;
};

int writeLines(EventMaker& maker)
{
    Output out(stdout);
    while (maker.next()) {
        const MadeEvent& event = maker.event();
        Bytes& line = out.bytes();
        line.text(R"({"position":)").number(event.position).text(R"(,"stream":")");
        line.text(event.streamName).text(R"(","version":)").number(event.version);
        line.text(R"(,"type":")").text(event.typeName).text(R"(","time":")").text(event.time);
        line.text(R"(","id":")").text(event.id).text(R"(","data":)").text(event.data);
        line.text(R"(,"metadata":)").text(event.metadata).text("}");
        out.endRecord();
    }
    out.flush();
    return out.isGood() ? 0 : 1;
}

/// A CSV cell in quotes.
void quote(Bytes& out, std::string_view cell)
{
    out.text("\"");
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t end = std::min(cell.find('"', at), cell.size());
        out.text(cell.substr(at, end - at));
        if (end < cell.size())
            out.text("\"\"");
        at = end + 1;
    }
    out.text("\"");
}

struct StreamRow {
    std::uint64_t first = 0;
    std::uint64_t version = 0;
    std::uint64_t head = 0;
};

void writeStreams(const QString& folder, const std::vector<StreamRow>& streams, Output& out)
{
    Output categories(folder + QStringLiteral("/category.csv"));
    std::array<std::size_t, EventMaker::categoryCount> ranks {};
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const std::size_t category = i % EventMaker::categoryCount;
        const StreamRow& row = streams[i];
        if (ranks[category]++ == 0) {
            categories.bytes().number(category + 1).text(",");
            categories.bytes().text(EventMaker::categoryOf(i)).text(",").number(row.first);
            categories.endRecord();
        }
        Bytes& line = out.bytes();
        line.number(i + 1).text(",").text(EventMaker::categoryOf(i)).text("-").number(i + 1);
        line.text(",").number(category + 1).text(",").number(ranks[category]).text(",");
        line.number(row.first).text(",").number(row.version).text(",").number(row.head);
        out.endRecord();
    }
}

int writeRows(EventMaker& maker, const QString& folder)
{
    Output events(folder + QStringLiteral("/event.csv"));
    Output types(folder + QStringLiteral("/event_type.csv"));
    Output streamTable(folder + QStringLiteral("/stream.csv"));
    std::vector<StreamRow> streams;
    std::size_t typeCount = 0;
    while (maker.next()) {
        const MadeEvent& event = maker.event();
        if (event.type == typeCount) {
            types.bytes().number(++typeCount).text(",").text(event.typeName);
            types.endRecord();
        }
        if (event.stream == streams.size())
            streams.push_back({ event.position, 0, 0 });
        streams[event.stream].version = event.version;
        streams[event.stream].head = event.position;
        Bytes& line = events.bytes();
        line.number(event.position).text(",").number(event.stream + 1).text(",");
        line.number(event.version).text(",").number(event.type + 1).text(",");
        line.number(event.microseconds).text(",").text(event.id).text(",");
        quote(line, event.data);
        line.text(",");
        quote(line, event.metadata);
        events.endRecord();
    }
    writeStreams(folder, streams, streamTable);
    for (Output* out : { &events, &types, &streamTable })
        out->flush();
    return events.isGood() && types.isGood() && streamTable.isGood() ? 0 : 1;
}

/// On a thread of its own: a generator's fault is a bug, so nothing is said but that it was one.
void makeBatches(EventMaker& maker, BatchQueue& queue)
{
    constexpr std::size_t batchEvents = 512;
    ImportBatch batch;
    while (maker.next()) {
        const MadeEvent& event = maker.event();
        EventTexts texts { event.streamName, event.typeName, event.id,
            { static_cast<qint64>(event.microseconds) }, {}, {} };
        if (texts.data.check(event.data) || texts.metadata.check(event.metadata)
            || !batch.events.add(texts)) {
            batch.fault = std::make_shared<const Error>(
                Error { ErrorCode::Internal, QStringLiteral("a generated event is not right") });
            break;
        }
        if (batch.events.size() == batchEvents && !queue.push(std::exchange(batch, ImportBatch())))
            return;
    }
    batch.last = true;
    queue.push(std::move(batch));
}

Result<void> drain(BatchQueue& queue, BulkAppend& bulk)
{
    constexpr int patience = 1000; // milliseconds
    std::vector<StreamVersion> versions;
    for (;;) {
        const std::optional<ImportBatch> batch = queue.pop(patience);
        if (!batch)
            continue;
        versions.clear();
        if (const auto added = bulk.add(batch->events, versions); !added)
            return added;
        if (batch->fault)
            return *batch->fault;
        if (batch->last)
            return {};
    }
}

Result<void> fill(EventMaker& maker, const QString& path)
{
    if (QFileInfo::exists(path))
        return Error { ErrorCode::AlreadyExists, path + QStringLiteral(" exists already") };
    const auto store = openStore(path, OpenMode::Create);
    if (!store)
        return store.error();
    const auto bulk = (*store)->beginBulk();
    if (!bulk)
        return bulk.error();
    BatchQueue queue;
    std::thread thread([&] { makeBatches(maker, queue); });
    const Result<void> drained = drain(queue, **bulk);
    queue.close();
    thread.join();
    if (!drained)
        return drained;
    const auto committed = (*bulk)->commit({});
    return committed ? Result<void>() : committed.error();
}

int writeStore(EventMaker& maker, const QString& path)
{
    const Result<void> filled = fill(maker, path);
    if (!filled)
        std::fprintf(stderr, "generate: %s\n", qPrintable(filled.error().message));
    return filled ? 0 : 1;
}

int usage()
{
    std::fputs("usage: generate N [SEED] [--store FILE | --rows FOLDER]\n", stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    QString target;
    QString option;
    if (arguments.size() >= 3 && arguments.at(arguments.size() - 2).startsWith(u"--")) {
        target = arguments.takeLast();
        option = arguments.takeLast();
    }
    const quint64 events = arguments.value(0).toULongLong();
    bool isSeed = true;
    const quint64 seed = arguments.size() > 1 ? arguments.at(1).toULongLong(&isSeed) : 1;
    if (events == 0 || !isSeed || arguments.size() > 2)
        return usage();
    EventMaker maker(events, seed);
    if (option.isEmpty())
        return writeLines(maker);
    if (option == QLatin1String("--store"))
        return writeStore(maker, target);
    if (option == QLatin1String("--rows"))
        return writeRows(maker, target);
    return usage();
}
