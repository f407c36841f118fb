#include "benchfigures.h"
#include "domain/projection.h"
#include "projection/projectionfold.h"
#include "projection/projectionview.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <random>

// bench_projection STORE [JUMPS [NAME...]]: projections of a whole log of the generator's: of one
// event type (rare), of eight rows (small), of a row a stream (large). Building them, and the rows
// of a screen after jumps of the cursor. One JSON object a figure.

using namespace eventloupe;

namespace {

constexpr qint64 rowsOfAScreen = 50;

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_projection: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

QByteArray definitionFor(const QStringList& types, const QByteArray& key)
{
    QByteArray evolve;
    for (const QString& type : types) {
        evolve += (evolve.isEmpty() ? "\"" : ",\"") + type.toUtf8()
            + R"(":{"/events":"row.events + 1","/amount":"row.amount + data.amount",)"
              R"("/currency":"data.currency","/last":"data.name"})";
    }
    return R"({"key":")" + key
        + R"(","initialRow":{"events":0,"amount":0},"columns":[{"name":"events"},)"
          R"({"name":"amount"},{"name":"currency"},{"name":"last"}],"evolve":{)"
        + evolve + "}}";
}

std::shared_ptr<const Workspace> workspaceFor(EventStore& store)
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            std::exit(1);
    };
    QDir(folder.path()).mkdir(QStringLiteral("projections"));
    write(QStringLiteral("workspace.json"), "{}");
    const QStringList types = taken(store.types());
    write(QStringLiteral("projections/small.json"), definitionFor(types, "data.address.city"));
    write(QStringLiteral("projections/large.json"), definitionFor(types, "event.stream"));
    write(QStringLiteral("projections/rare.json"),
        definitionFor({ QStringLiteral("LIMIT_CHANGED") }, "event.stream"));
    return taken(Workspace::load(folder.path()));
}

struct Built {
    std::shared_ptr<ProjectionHistory> history;
    std::unique_ptr<ProjectionFold> fold;
};

Built build(EventStore& store, const std::string& name,
    const std::shared_ptr<const ProjectionDefinition>& definition)
{
    const Position events = taken(store.head());
    const double before = memoryOf("RssAnon");
    Built built;
    built.history = taken(
        ProjectionHistory::create(static_cast<std::size_t>(definition->columns.size()) + 1));
    built.fold = std::make_unique<ProjectionFold>(definition, built.history);
    QElapsedTimer clock;
    clock.start();
    double longest = 0;
    while (built.fold->position() < events) {
        const qint64 start = clock.nsecsElapsed();
        const auto done = built.fold->advance(store, events, CancelToken());
        if (!done)
            std::exit(1);
        longest = std::max(longest, static_cast<double>(clock.nsecsElapsed() - start) / 1e6);
    }
    const double seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    report(name + "_build", "events/s", { static_cast<double>(events) / seconds }, Better::Higher);
    report(name + "_longest_slice", "ms", { longest });
    report(name + "_rows", "rows", { static_cast<double>(built.history->head().rows()) });
    report(name + "_memory", "MB", { memoryOf("RssAnon") - before });
    const auto figures = built.history->figures();
    report(name + "_checkpoints", "checkpoints", { static_cast<double>(figures.checkpoints) });
    report(name + "_checkpoint_memory", "MB",
        { static_cast<double>(figures.checkpointBytes) / 1048576.0 });
    report(name + "_scratch_file", "MB", { static_cast<double>(figures.scratchBytes) / 1048576.0 });
    return built;
}

/// As long as a frame of the window waits for rows to be looked at; the rest is behind it.
constexpr std::chrono::milliseconds frameSlice { 12 };

/// The cursor jumps, and the rows of a screen are read as they are shown: in the first frame, and
/// when all rows were looked at.
void jump(const std::string& name, ProjectionView& view, ProjectionQuery query, Position head,
    int jumps, Position step)
{
    std::mt19937_64 random(7);
    std::vector<double> times;
    std::vector<double> frames;
    std::string text;
    const auto read = [&] {
        for (const RowNumber row : view.rows(view.count() / 2, rowsOfAScreen)) {
            for (std::size_t cell = 0; cell + 1 < view.table().stride; ++cell)
                view.table().cell(row, cell).appendPlain(text);
            text.clear();
        }
    };
    query.position = head / 2;
    for (int i = 0; i < jumps; ++i) {
        query.position = step > 0
            ? query.position + step
            : static_cast<Position>(random() % static_cast<quint64>(head)) + 1;
        QElapsedTimer clock;
        clock.start();
        const bool isDone = view.ask(query, frameSlice);
        read();
        frames.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        while (!isDone && !view.ask(query, frameSlice)) { }
        if (!isDone)
            read();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    report(name, "ms", times);
    report(name + "_first_frame", "ms", frames);
}

void measure(EventStore& store, const std::string& name,
    const std::shared_ptr<const ProjectionDefinition>& definition, int jumps)
{
    const Built built = build(store, name, definition);
    ProjectionView view(built.history);
    const Position head = built.fold->position();
    ProjectionQuery query;
    jump(name + "_jump", view, query, head, jumps, 0);
    jump(name + "_step", view, query, head, jumps, 1);
    query.sortedBy = 2;
    query.isDescending = true;
    jump(name + "_jump_sorted", view, query, head, jumps, 0);
    query.sortedBy = 4;
    jump(name + "_jump_sorted_by_text", view, query, head, jumps, 0);
    query.sortedBy = -1;
    query.filter = taken(ProjectionFilter::compile(*definition, QStringLiteral("amount > 1000.0")));
    jump(name + "_jump_filtered", view, query, head, jumps / 4, 0);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_projection STORE [JUMPS [NAME...]]\n", stderr);
        return 2;
    }
    const QStringList words = QCoreApplication::arguments();
    const int jumps = argc > 2 ? words.at(2).toInt() : 200;
    const QStringList all { QStringLiteral("rare"), QStringLiteral("small"),
        QStringLiteral("large") };
    const auto store = taken(openStore(words.at(1), OpenMode::ReadOnly));
    const auto workspace = workspaceFor(*store);
    for (const QString& name : argc > 3 ? words.mid(3) : all)
        measure(*store, "projection_" + name.toStdString(), workspace->projection(name), jumps);
    return 0;
}
