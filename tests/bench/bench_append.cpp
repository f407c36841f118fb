#include "benchfigures.h"
#include "store/openstore.h"
#include "value/uuid.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include <sqlite3.h>

// bench_append STORE [FOLDER]: durable single appends to a copy of a store, ours and, in turns, a
// bare loop through SQLite's C interface that inserts the same rows: one transaction with a sync an
// event, no hash, no check, no head file. One JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 10;
constexpr int appendsOfRound = 300;

[[noreturn]] void stop(const char* why)
{
    std::fprintf(stderr, "bench_append: %s\n", why);
    std::exit(1);
}

template <class T> T taken(Result<T> result)
{
    if (!result)
        stop(qPrintable(result.error().message));
    return std::move(*result);
}

/// What both of them append: an event for a stream that is there, its id new.
struct Task {
    StreamInfo stream;
    NewEvent event;
};

std::vector<Task> makeTasks(EventStore& store, std::mt19937_64& random)
{
    const Position head = taken(store.head());
    const auto streams = static_cast<quint64>(taken(store.streamCountAt(head)));
    std::vector<Task> tasks;
    for (int i = 0; i < appendsOfRound; ++i) {
        const auto id = 1 + static_cast<StreamId>(random() % streams);
        NewEvent event { QStringLiteral("BENCH_APPENDED"),
            "{\"number\":" + QByteArray::number(i)
                + R"(,"name":"Ada Lovelace","address":{"city":"Zürich","lines":["1 Main St"]}})",
            R"({"actor":"bench"})", Timestamp::now(), makeUuidV7() };
        tasks.push_back({ taken(store.streamsAt(head, id, 1)).value(0).info, std::move(event) });
    }
    return tasks;
}

/// The bare loop: what it must know of the log it keeps in memory.
class BareLoop {
public:
    explicit BareLoop(const QString& path)
    {
        if (sqlite3_open_v2(path.toUtf8().constData(), &m_database,
                SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr)
            != SQLITE_OK)
            stop("the copy cannot be opened");
        sqlite3_exec(m_database, "PRAGMA synchronous=FULL; PRAGMA cache_size=-16384", nullptr,
            nullptr, nullptr);
        m_begin = prepare("BEGIN IMMEDIATE");
        m_commit = prepare("COMMIT");
        m_event = prepare("INSERT INTO event(position, stream_id, version, type_id, time, id, hash,"
                          " data, metadata) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        m_stream = prepare("UPDATE stream SET head_version = ?2, head_position = ?3 WHERE id = ?1");
    }
    ~BareLoop()
    {
        for (sqlite3_stmt* statement : { m_begin, m_commit, m_event, m_stream })
            sqlite3_finalize(statement);
        sqlite3_close(m_database);
    }
    BareLoop(const BareLoop&) = delete;
    BareLoop& operator=(const BareLoop&) = delete;

    void append(const Task& task, Position position, StreamVersion version)
    {
        run(m_begin);
        const auto id = packUuid(viewOf(task.event.id.toLatin1())).value();
        const std::array<unsigned char, 32> hash {};
        sqlite3_bind_int64(m_event, 1, position);
        sqlite3_bind_int64(m_event, 2, task.stream.id);
        sqlite3_bind_int64(m_event, 3, version);
        sqlite3_bind_int64(m_event, 4, 1);
        sqlite3_bind_int64(m_event, 5, task.event.time.microseconds);
        sqlite3_bind_blob(m_event, 6, id.data(), 16, SQLITE_STATIC);
        sqlite3_bind_blob(m_event, 7, hash.data(), 32, SQLITE_STATIC);
        bindText(8, task.event.data);
        bindText(9, task.event.metadata);
        run(m_event);
        sqlite3_bind_int64(m_stream, 1, task.stream.id);
        sqlite3_bind_int64(m_stream, 2, version);
        sqlite3_bind_int64(m_stream, 3, position);
        run(m_stream);
        run(m_commit);
    }

private:
    sqlite3_stmt* prepare(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) != SQLITE_OK)
            stop(sqlite3_errmsg(m_database));
        return statement;
    }
    void bindText(int parameter, const QByteArray& text)
    {
        sqlite3_bind_text(
            m_event, parameter, text.constData(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    void run(sqlite3_stmt* statement)
    {
        if (sqlite3_step(statement) != SQLITE_DONE)
            stop(sqlite3_errmsg(m_database));
        sqlite3_reset(statement);
    }

    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_begin = nullptr;
    sqlite3_stmt* m_commit = nullptr;
    sqlite3_stmt* m_event = nullptr;
    sqlite3_stmt* m_stream = nullptr;
};

/// Microseconds that each call took are put behind `times`; returns the seconds of all.
template <class Call> double measure(std::vector<double>& times, Call call)
{
    double sum = 0;
    for (std::size_t i = 0; i < appendsOfRound; ++i) {
        const auto start = Clock::now();
        call(i);
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        times.push_back(seconds * 1e6);
        sum += seconds;
    }
    return sum;
}

void bench(const QString& path)
{
    const auto store = taken(openStore(path, OpenMode::ReadWrite));
    BareLoop bare(path);
    std::mt19937_64 random(1);
    std::vector<double> ourTimes;
    std::vector<double> bareTimes;
    std::vector<double> ours;
    std::vector<double> bares;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const auto forBare = makeTasks(*store, random);
        const Position head = taken(store->head());
        QHash<StreamId, StreamVersion> versions;
        const double bareSeconds = measure(bareTimes, [&](std::size_t i) {
            const StreamInfo& stream = forBare[i].stream;
            StreamVersion& version = versions[stream.id];
            version = std::max(version, stream.headVersion) + 1;
            bare.append(forBare[i], head + 1 + static_cast<Position>(i), version);
        });
        const auto forUs = makeTasks(*store, random);
        const double ourSeconds = measure(ourTimes, [&](std::size_t i) {
            taken(store->append(
                { forUs[i].stream.name, ExpectedVersion::any(), { forUs[i].event } }));
        });
        bares.push_back(appendsOfRound / bareSeconds);
        ours.push_back(appendsOfRound / ourSeconds);
        ratios.push_back(bareSeconds / ourSeconds);
    }
    report("durable_append", "us", ourTimes);
    report("bare_durable_append", "us", bareTimes);
    report("durable_appends", "appends/s", ours, Better::Higher);
    report("bare_durable_appends", "appends/s", bares, Better::Higher);
    report("durable_appends_over_bare", "times", ratios, Better::Higher);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_append STORE [FOLDER]\n", stderr);
        return 2;
    }
    const QTemporaryDir folder(
        arguments.value(2, QDir::tempPath()) + QStringLiteral("/append-XXXXXX"));
    const QString copy = folder.filePath(QStringLiteral("copy.eventlog"));
    if (!QFile::copy(arguments.at(1), copy)
        || !QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner))
        stop("the store cannot be copied");
    bench(copy);
    return 0;
}
