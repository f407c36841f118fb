#include "support/projected.h"

#include "support/plainprojection.h"

#include <random>

namespace eventloupe {

QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

Lines linesOf(ProjectionView& view, const ProjectionQuery& query)
{
    while (!view.ask(query, std::chrono::milliseconds(1))) { }
    Lines lines;
    for (const RowNumber row : view.rows(0, view.count())) {
        std::string line;
        for (std::size_t cell = 0; cell + 1 < view.table().stride; ++cell) {
            line += cell > 0 ? " " : "";
            view.table().cell(row, cell).appendJson(line);
        }
        lines.append(QString::fromStdString(line));
    }
    return lines;
}

Lines linesAt(ProjectionView& view, Position position)
{
    ProjectionQuery query;
    query.position = position;
    return linesOf(view, query);
}

Projected::Projected(EventStore& events, const QByteArray& text, qint64 checkpointBytes,
    qint64 scratchBytes, qint64 memoryBytes)
    : store(events)
{
    folder.write(u"projections/p.json"_qs, text);
    if (!folder.problems().isEmpty())
        qFatal("%s", qPrintable(folder.problems().join(u'\n')));
    definition = folder.load()->projections().constFirst();
    history = *ProjectionHistory::create(static_cast<std::size_t>(definition->columns.size()) + 1,
        { memoryBytes, checkpointBytes, scratchBytes });
    fold = std::make_unique<ProjectionFold>(definition, history);
    view = std::make_unique<ProjectionView>(history);
}

void Projected::foldTo(Position to) const
{
    while (fold->position() < to) {
        const auto done = fold->advance(store, to, CancelToken());
        if (!done)
            qFatal("%s", qPrintable(done.error().message));
    }
}

Error Projected::failureTo(Position to) const
{
    while (fold->position() < to) {
        const auto done = fold->advance(store, to, CancelToken());
        if (!done)
            return done.error();
    }
    return { ErrorCode::Internal, u"it did not fail"_qs };
}

Lines Projected::plainLinesAt(Position position) const
{
    PlainProjection plain(definition);
    const auto scanned
        = store.scanLog(1, position, allScanColumns, CancelToken(), [&](const EventView& event) {
              plain.fold(event);
              return true;
          });
    return scanned ? plain.lines() : Lines { scanned.error().message };
}

void append(EventStore& store, const QString& stream, const QString& type, const QByteArray& data)
{
    AppendRequest request;
    request.stream = stream;
    NewEvent event;
    event.type = type;
    event.data = data;
    event.time = Timestamp { 1'772'000'000'000'000 };
    request.events = { event };
    if (!store.append(request))
        qFatal("an event was not stored");
}

void fillWithNumbers(EventStore& store, int count, unsigned seed)
{
    std::mt19937 random(seed);
    auto bulk = store.beginBulk();
    for (int i = 0; i < count; ++i) {
        NewEvent event;
        event.type = u"SET"_qs;
        event.data = "{\"v\":" + QByteArray::number(random() % 5000) + "}";
        if (!(*bulk)->add(u"s-%1"_qs.arg(i), event))
            qFatal("an event was not taken");
    }
    if (!(*bulk)->commit(CancelToken()))
        qFatal("not committed");
}

/// Events of accounts that pay each other, close, and come again; some are odd.
void fillWithPayments(EventStore& store, int count)
{
    std::mt19937 random(5);
    auto bulk = store.beginBulk();
    for (int i = 0; i < count; ++i) {
        const int from = static_cast<int>(random() % 23);
        const int to = static_cast<int>(random() % 23);
        const int roll = static_cast<int>(random() % 50);
        NewEvent event;
        event.time = Timestamp { 1'772'000'000'000'000 + i * 1'000'000LL };
        event.type = roll == 0 ? u"CLOSED"_qs : roll < 3 ? u"NAMED"_qs : u"PAID"_qs;
        event.data = R"({"from":"account-)" + QByteArray::number(from) + R"(","to":"a)"
            + QByteArray::number(to) + R"(","n":)" + QByteArray::number(to) + R"(,"amount":)"
            + QByteArray::number(roll) + (roll % 3 == 0 ? ".50" : "") + R"(,"city":{"name":")"
            + (roll % 2 == 0 ? "Zürich" : "a \\\"quoted\\\" town") + "\"}}";
        if (roll == 7)
            event.data = R"({"from":"account-1","to":"a2","amount":"much"})";
        if (roll == 8)
            event.data = R"({"amount":1})";
        const auto added = (*bulk)->add(u"account-%1"_qs.arg(from), event);
        if (!added)
            qFatal("%s", qPrintable(added.error().message));
    }
    if (!(*bulk)->commit(CancelToken()))
        qFatal("not committed");
}

const char* const payments
    = "{'keys':['data.from','data.to'],'initialRow':{'sum':0,'count':0},"
      "'columns':[{'name':'sum'},{'name':'count'},{'name':'city','pointer':'/city/name'},"
      "{'name':'at'},{'name':'all','pointer':'/city'},{'name':'last'}],"
      "'evolve':{'PAID':{'/sum':'row.sum + data.amount','/count':'row.count + 1',"
      "'/city':'data.city','/at':'event.time','/last':'data.amount',"
      "'when':'!has(data.n) || data.n != 3'},"
      "'NAMED':{'/{row.key}':'data.n','/count':'row.count + 100'},"
      "'CLOSED':{'key':'data.from','delete':'row.count > 2'}}}";

} // namespace eventloupe
