#include "domain/evolvelookup.h"
#include "domain/variables.h"
#include "projection/projectionexport.h"
#include "projection/projectionfold.h"
#include "projection/projectionview.h"
#include "support/scratchstore.h"
#include "support/textfile.h"
#include "support/workspacefolder.h"

#include "domain/eventvalues.h"

#include <QTest>

#include <map>
#include <random>

using namespace eventloupe;

namespace {

QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

/// A row as a line: its key and cells as JSON.
using Lines = QStringList;

/// What a projection says, folded over whole values and without a history.
class PlainProjection {
public:
    explicit PlainProjection(std::shared_ptr<const ProjectionDefinition> definition)
        : m_definition(std::move(definition))
        , m_lookup(m_definition->rules)
    {
    }

    void fold(const EventView& event)
    {
        const QString type
            = QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size()));
        const auto found = m_definition->events.constFind(type);
        if (found == m_definition->events.cend())
            return;
        std::vector<JsonValue> keys;
        for (const FieldExpression& key : found->keys.expressions) {
            const auto value = evaluate(key.source(), event, JsonValue());
            const auto keyJson = value ? value->toJson() : Result<JsonValue>(value.error());
            if (!keyJson || keyJson->isObject())
                return;
            for (const JsonValue& one : found->keys.areLists
                    ? std::vector<JsonValue>(keyJson->elements().begin(), keyJson->elements().end())
                    : std::vector<JsonValue> { *keyJson }) {
                if (!one.isNull() && std::find(keys.begin(), keys.end(), one) == keys.end())
                    keys.push_back(one);
            }
        }
        for (const JsonValue& key : keys)
            foldRow(*found, type, key, event);
    }

    [[nodiscard]] Lines lines() const
    {
        Lines lines;
        for (const QByteArray& key : m_order) {
            const auto row = m_rows.find(key);
            if (row == m_rows.end())
                continue;
            QByteArray line = key;
            for (const ProjectionColumn& column : m_definition->columns) {
                const JsonValue* cell = column.pointer.resolve(row->second);
                line += ' ' + (cell ? cell->toJson() : QByteArray("null"));
            }
            lines.append(QString::fromUtf8(line));
        }
        return lines;
    }

private:
    static Result<Value> evaluate(
        const QByteArray& source, const EventView& event, const JsonValue& row)
    {
        static std::map<QByteArray, Expression> known;
        auto expression = known.find(source);
        if (expression == known.end())
            expression = known
                             .emplace(source,
                                 *Expression::compile(viewOf(source), ProjectionVariable::scope))
                             .first;
        std::array<Value, 3> variables { Value::fromJson(row), Value(), Value() };
        if (const auto data = jsonTextValue(event.data))
            variables[1] = *data;
        if (const auto whole = eventValue(event))
            variables[2] = *whole;
        return expression->second.evaluate(variables);
    }

    void foldRow(const ProjectionEvent& type, const QString& name, const JsonValue& key,
        const EventView& event)
    {
        JsonValue row = JsonValue::emptyObject();
        row.insert("key", key);
        for (const JsonValue::Member& member : m_definition->initialRow.members())
            row.insert(member.key, member.value);
        const QByteArray text = key.toJson();
        if (const auto known = m_rows.find(text); known != m_rows.end())
            row = known->second;
        if (type.when) {
            const auto holds = evaluate(type.when->source(), event, row);
            if (!holds || !holds->toBool())
                return;
        }
        const EvolvePlan* plan = m_lookup.plan(name.toStdString());
        bool isGood = true;
        if (plan->definition->kind == EvolveKind::Rules)
            isGood = applyEvolveRules(*plan, row, event).ok();
        if (std::find(m_order.begin(), m_order.end(), text) == m_order.end())
            m_order.push_back(text);
        bool isGone = type.isDelete;
        if (type.deleteWhen && isGood) {
            const auto holds = evaluate(type.deleteWhen->source(), event, row);
            isGone = holds && holds->toBool();
        }
        if (isGone)
            m_rows.erase(text);
        else
            m_rows[text] = row;
    }

    std::shared_ptr<const ProjectionDefinition> m_definition;
    EvolveLookup m_lookup;
    std::vector<QByteArray> m_order;
    std::map<QByteArray, JsonValue> m_rows;
};

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

/// A definition, and what it gives of a store.
struct Projected {
    Projected(EventStore& events, const QByteArray& text, qint64 checkpointBytes = 1 << 20,
        qint64 scratchBytes = ScratchFile::maximumBytes)
        : store(events)
    {
        folder.write(u"projections/p.json"_qs, text);
        if (!folder.problems().isEmpty())
            qFatal("%s", qPrintable(folder.problems().join(u'\n')));
        definition = folder.load()->projections().constFirst();
        history
            = *ProjectionHistory::create(static_cast<std::size_t>(definition->columns.size()) + 1,
                { ProjectionHistory::maximumBytes, checkpointBytes, scratchBytes });
        fold = std::make_unique<ProjectionFold>(definition, history);
        view = std::make_unique<ProjectionView>(history);
    }

    void foldTo(Position to) const
    {
        while (fold->position() < to) {
            const auto done = fold->advance(store, to, CancelToken());
            if (!done)
                qFatal("%s", qPrintable(done.error().message));
        }
    }
    /// Folds until it is over; gives why.
    [[nodiscard]] Error failureTo(Position to) const
    {
        while (fold->position() < to) {
            const auto done = fold->advance(store, to, CancelToken());
            if (!done)
                return done.error();
        }
        return { ErrorCode::Internal, u"it did not fail"_qs };
    }
    [[nodiscard]] Lines plainLinesAt(Position position) const
    {
        PlainProjection plain(definition);
        const auto scanned = store.scanLog(
            1, position, allScanColumns, CancelToken(), [&](const EventView& event) {
                plain.fold(event);
                return true;
            });
        return scanned ? plain.lines() : Lines { scanned.error().message };
    }

    EventStore& store;
    WorkspaceFolder folder;
    std::shared_ptr<const ProjectionDefinition> definition;
    std::shared_ptr<ProjectionHistory> history;
    std::unique_ptr<ProjectionFold> fold;
    std::unique_ptr<ProjectionView> view;
};

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

} // namespace

/// The table at any position is what a plain fold makes of the events up to there.
class TestProjectionFold final : public QObject {
    Q_OBJECT

private slots:
    void isWhatAPlainFoldGives_data();
    void isWhatAPlainFoldGives();
    void isRightOfRealLogs_data();
    void isRightOfRealLogs();
    void thinsItsCheckpointsOut();
    void followsGrowth();
    void goesOnAfterACancel();
    void seesOlderEventsAsTheyAreNow();
    void keepsLargeNumbersAndTextsApart();
    void looksAtTheClockAtEachFilteredRow();
    void sortsAllOfAnExportOnce();
    void marksWhatFailed();
    void endsWhereItsHistoryIsFull();
    void endsWhereARowIsTooLarge_data();
    void endsWhereARowIsTooLarge();
    void deletesRowsAndTakesThemBack();
    void sortsByValue();
    void pagesAreWhatASortGives();
    void filtersByExpressionOrText();
    void saysWhatAFilterFailedAt();
    void exportsCsvAndJson();
    void cellsKeepWhatTheyWereGiven_data();
    void cellsKeepWhatTheyWereGiven();
};

void TestProjectionFold::isWhatAPlainFoldGives_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::newRow("several keys, conditions, deletes") << json(payments);
    QTest::newRow("by a number") << json("{'key':'data.n','initialRow':{'sum':0},'columns':"
                                         "[{'name':'sum'}],'evolve':{'PAID':{'/sum':"
                                         "'row.sum + data.amount'}}}");
    QTest::newRow("by the stream")
        << json("{'key':'event.stream','columns':[{'name':'type'},{'name':'n'}],"
                "'evolve':{'PAID':{'/type':'event.type','/n':'event.version'},'CLOSED':'delete'}}");
    QTest::newRow("by day and category")
        << json("{'key':'event.category + string(event.time.getMinutes())',"
                "'columns':[{'name':'n'}],'evolve':{'PAID':{'/n':'has(row.n) ? row.n + 1 : 1'}}}");
    QTest::newRow("a list of keys")
        << json("{'keys':'[data.from, data.n, null, data.from]','columns':[{'name':'n'}],"
                "'evolve':{'PAID':{'/n':'has(row.n) ? row.n + 1 : 1'}}}");
}

void TestProjectionFold::isWhatAPlainFoldGives()
{
    QFETCH(QByteArray, definition);
    constexpr int events = 1200;
    ScratchStore store;
    fillWithPayments(*store, events);
    const Projected projected(*store, definition);
    projected.foldTo(events);
    std::mt19937 random(3);
    QList<Position> positions { events, 0, 1, 2, events - 1, events };
    for (int i = 0; i < 8; ++i)
        positions.append(static_cast<Position>(random() % events));
    for (const Position position : positions)
        QCOMPARE(linesAt(*projected.view, position), projected.plainLinesAt(position));
    QVERIFY(linesAt(*projected.view, events).size() > 1);
    QCOMPARE(projected.view->position(), events);
}

void TestProjectionFold::isRightOfRealLogs_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("mapping");
    QTest::newRow("git") << u"marten-files.ndjson"_qs << QByteArray();
    QTest::newRow("earthquakes") << u"earthquakes.json"_qs
                                 << json("{'stream':'/properties/net','type':'/properties/type',"
                                         "'time':'/properties/time','records':'/features'}");
}

void TestProjectionFold::isRightOfRealLogs()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, mapping);
    const QString path = QStringLiteral(EVENTLOUPE_SHARED "/data/") + file;
    if (!QFile::exists(path))
        QSKIP("the shared data is absent");
    ScratchStore store;
    ImportRequest request;
    request.file = path;
    if (!mapping.isEmpty())
        request.mapping = *Mapping::fromJson(*parseJson(viewOf(mapping)));
    const auto summary = importFile(*store, request, Progress(), CancelToken());
    QVERIFY2(summary.ok(), summary.ok() ? "" : qPrintable(summary.error().message));
    QByteArray evolve;
    const QStringList types = *store->types();
    for (const QString& type : types) {
        evolve += (evolve.isEmpty() ? "\"" : ",\"") + type.toUtf8()
            + json("':{'/n':'row.n + 1','/at':'event.time','/data':'data'}");
    }
    const Projected projected(*store,
        json("{'key':'event.stream','initialRow':{'n':0},'columns':[{'name':'n'},{'name':'at'},"
             "{'name':'data'}],'evolve':{")
            + evolve + "}}");
    const Position head = *store->head();
    projected.foldTo(head);
    for (const Position position : { head, head / 3, head / 7, head - 1 })
        QCOMPARE(linesAt(*projected.view, position), projected.plainLinesAt(position));
}

void TestProjectionFold::thinsItsCheckpointsOut()
{
    constexpr int events = 50'000;
    ScratchStore store;
    fillWithPayments(*store, events);
    constexpr qint64 bound = 4096;
    const Projected projected(*store, json(payments), bound);
    projected.foldTo(events);
    const auto figures = projected.history->figures();
    QVERIFY(figures.changes > 4 * ProjectionHistory::firstInterval);
    QVERIFY(figures.checkpointBytes <= bound);
    QVERIFY(figures.checkpoints < figures.changes / ProjectionHistory::firstInterval);
    QVERIFY(figures.checkpoints > 0);
    // Back and forth, by what was left of them.
    const Lines last = linesAt(*projected.view, events);
    const Lines early = linesAt(*projected.view, 5000);
    QCOMPARE(early, projected.plainLinesAt(5000));
    QCOMPARE(linesAt(*projected.view, events), last);
    ProjectionView fresh(projected.history);
    QCOMPARE(linesAt(fresh, events), last);
    QCOMPARE(linesAt(fresh, 5000), early);
}

void TestProjectionFold::followsGrowth()
{
    ScratchStore store;
    fillWithPayments(*store, 100);
    const Projected projected(*store, json(payments));
    projected.foldTo(100);
    const Lines before = linesAt(*projected.view, 1000);
    QCOMPARE(projected.view->position(), 100);
    append(*store, u"account-99"_qs, u"PAID"_qs, json("{'from':'new','to':'new','amount':1}"));
    QCOMPARE(linesAt(*projected.view, 101), before);
    projected.foldTo(101);
    QCOMPARE(linesAt(*projected.view, 101).size(), before.size() + 1);
    QCOMPARE(linesAt(*projected.view, 101), projected.plainLinesAt(101));
    QCOMPARE(linesAt(*projected.view, 100), before);
}

void TestProjectionFold::goesOnAfterACancel()
{
    constexpr int events = 5'000;
    ScratchStore store;
    fillWithPayments(*store, events);
    const Projected projected(*store, json(payments));
    CancelToken cancel;
    QVERIFY(projected.fold->advance(*store, events, cancel));
    const Position reached = projected.fold->position();
    QVERIFY(reached > 0 && reached < events);
    cancel.cancel();
    const auto cancelled = projected.fold->advance(*store, events, cancel);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    projected.foldTo(events);
    QCOMPARE(linesAt(*projected.view, events), projected.plainLinesAt(events));
}

void TestProjectionFold::seesOlderEventsAsTheyAreNow()
{
    ScratchStore store;
    append(*store, u"a-1"_qs, u"PAYED"_qs, json("{'who':'x','cents':250}"));
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'who':'x','amount':1.25}"));
    append(*store, u"a-1"_qs, u"PAYED"_qs, json("{'who':'x','cents':'many'}"));
    WorkspaceFolder folder;
    folder.write(u"events/PAID.json"_qs,
        json("{'type':'PAID','was':['PAYED'],'upcasts':[{'when':'has(data.cents)',"
             "'set':{'/amount':'data.cents / 100.0','/cents':null}}]}"));
    folder.write(u"projections/p.json"_qs,
        json("{'key':'data.who','initialRow':{'sum':0},'columns':[{'name':'sum'}],"
             "'evolve':{'PAID':{'/sum':'row.sum + data.amount'}}}"));
    QCOMPARE(folder.problems(), QStringList());
    const auto definition = folder.load()->projections().constFirst();
    const auto history = *ProjectionHistory::create(2);
    ProjectionFold fold(definition, history);
    QVERIFY(fold.advance(*store, 3, CancelToken()));
    ProjectionView view(history);
    QCOMPARE(linesAt(view, 3), Lines { u"\"x\" 3.75"_qs });
    QCOMPARE(view.table().failures, 1);
    QCOMPARE(history->firstFailure().position, 3);
}

void TestProjectionFold::marksWhatFailed()
{
    ScratchStore store;
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'to':'x','amount':1}"));
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'to':'x','amount':'much'}"));
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'amount':1}"));
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'to':'x','amount':2}"));
    append(*store, u"a-1"_qs, u"PAID"_qs, json("{'to':['x'],'amount':2}"));
    const Projected projected(*store,
        json("{'key':'data.to','initialRow':{'sum':0},'columns':[{'name':'sum'}],"
             "'evolve':{'PAID':{'/sum':'row.sum + data.amount'}}}"));
    projected.foldTo(5);
    QCOMPARE(linesAt(*projected.view, 5), Lines { u"\"x\" 3"_qs });
    QVERIFY(projected.view->table().hasFailed(0));
    QCOMPARE(projected.view->table().failures, 2);
    const auto failure = projected.history->failureOf(0);
    QCOMPARE(failure.position, 2);
    QVERIFY2(failure.message.startsWith(u"PAID: /sum: "), qPrintable(failure.message));
    const auto first = projected.history->firstFailure();
    QCOMPARE(first.position, 3);
    QVERIFY2(first.message.contains(u"its key, data.to"), qPrintable(first.message));
    // Before it failed there is nothing to tell.
    QCOMPARE(linesAt(*projected.view, 1), Lines { u"\"x\" 1"_qs });
    QVERIFY(!projected.view->table().hasFailed(0));
    QCOMPARE(projected.view->table().failures, 0);
}

void TestProjectionFold::keepsLargeNumbersAndTextsApart()
{
    ScratchStore store;
    const auto put = [&](const QByteArray& key) {
        append(*store, u"s-1"_qs, u"SET"_qs, "{\"k\":" + key + "}");
    };
    for (const char* key : { "18446744073709551615", "\"18446744073709551615\"",
             "-9223372036854775807", "\"-9223372036854775807\"", "18446744073709551615", "5",
             "\"5\"", "\"18446744073709551615\"" })
        put(key);
    const Projected projected(*store,
        json("{'key':'data.k','initialRow':{'n':0},'columns':[{'name':'n'},"
             "{'name':'k'}],'evolve':{'SET':{'/n':'row.n + 1','/k':'row.key'}}}"));
    projected.foldTo(8);
    QCOMPARE(linesAt(*projected.view, 8),
        Lines({ u"18446744073709551615 2 18446744073709551615"_qs,
            u"\"18446744073709551615\" 2 \"18446744073709551615\""_qs,
            u"-9223372036854775807 1 -9223372036854775807"_qs,
            u"\"-9223372036854775807\" 1 \"-9223372036854775807\""_qs, u"5 1 5"_qs,
            u"\"5\" 1 \"5\""_qs }));
}

void TestProjectionFold::looksAtTheClockAtEachFilteredRow()
{
    constexpr int rows = 500;
    ScratchStore store;
    for (int i = 0; i < rows; ++i)
        append(*store, u"s-%1"_qs.arg(i), u"SET"_qs, "{\"v\":1}");
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(rows);
    ProjectionQuery query;
    query.position = rows;
    query.filter = *ProjectionFilter::compile(*projected.definition, u"v == 1"_qs);
    QVERIFY(!projected.view->ask(query, std::chrono::milliseconds(0)));
    QCOMPARE(projected.view->count(), 1);
    CancelToken cancel;
    cancel.cancel();
    QVERIFY(!projected.view->ask(query, std::chrono::hours(1), cancel));
    QCOMPARE(projected.view->count(), 2);
    QVERIFY(projected.view->ask(query, std::chrono::hours(1)));
    QCOMPARE(projected.view->count(), rows);
}

void TestProjectionFold::sortsAllOfAnExportOnce()
{
    constexpr int rows = 150'000;
    ScratchStore store;
    auto bulk = store->beginBulk();
    std::mt19937 random(13);
    for (int i = 0; i < rows; ++i) {
        NewEvent event;
        event.type = u"SET"_qs;
        event.data = "{\"v\":" + QByteArray::number(random() % 5000) + "}";
        QVERIFY((*bulk)->add(u"s-%1"_qs.arg(i), event));
    }
    QVERIFY((*bulk)->commit(CancelToken()));
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(rows);
    ProjectionQuery query;
    query.position = rows;
    query.sortedBy = 1;
    query.isDescending = true;
    QVERIFY(projected.view->ask(query, std::chrono::hours(1)));
    int looks = 0;
    QVERIFY(!projected.view->sortAll([&] { return ++looks > 2; }));
    QCOMPARE(looks, 3);
    QVERIFY(projected.view->sortAll([] { return false; }));
    const auto all = projected.view->rows(0, rows);
    const ProjectionTable& table = projected.view->table();
    QVERIFY(std::is_sorted(all.begin(), all.end(), [&](RowNumber left, RowNumber right) {
        const double a = table.cell(left, 1).toDouble();
        const double b = table.cell(right, 1).toDouble();
        return a != b ? a > b : left < right;
    }));
    const TextFiles files;
    const CancelToken second;
    second.cancel();
    const auto cancelled = exportProjection(*projected.view, query, *projected.definition,
        { files.path(u"cancelled"_qs), ExchangeFormat::Csv, {} }, Progress(), CancelToken(),
        second);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(files.path(u"cancelled"_qs)));
}

void TestProjectionFold::endsWhereItsHistoryIsFull()
{
    constexpr int events = 400;
    ScratchStore store;
    for (int i = 0; i < events; ++i)
        append(*store, u"a-1"_qs, u"ADDED"_qs, "{\"x\":\"" + QByteArray(200, 'x') + "\"}");
    constexpr qint64 bound = 4 << 20;
    const Projected projected(*store,
        json("{'key':'event.stream','initialRow':{'items':[]},'columns':[{'name':'items'}],"
             "'evolve':{'ADDED':{'/items':'row.items + [data.x]'}}}"),
        1 << 20, bound);
    const Error error = projected.failureTo(events);
    QCOMPARE(error.code, ErrorCode::Unsupported);
    QVERIFY2(error.message.contains(u"'p' ends at #"), qPrintable(error.message));
    QVERIFY2(error.message.contains(u"keep less in a row"), qPrintable(error.message));
    QVERIFY(projected.fold->isOver());
    QVERIFY(projected.history->file().size() <= bound);
    // What was folded is there, whole, and no more of it.
    const Position last = projected.fold->position();
    QVERIFY(last > 50 && last < events);
    QCOMPARE(linesAt(*projected.view, events), projected.plainLinesAt(last));
    QCOMPARE(projected.failureTo(events).message, error.message);
}

void TestProjectionFold::endsWhereARowIsTooLarge_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::newRow("in a column") << QByteArray("items");
    QTest::newRow("beside the columns") << QByteArray("n");
}

void TestProjectionFold::endsWhereARowIsTooLarge()
{
    QFETCH(QByteArray, column);
    constexpr int events = 60;
    ScratchStore store;
    for (int i = 0; i < events; ++i)
        append(*store, u"a-1"_qs, u"ADDED"_qs, "{\"x\":\"" + QByteArray(40'000, 'x') + "\"}");
    const Projected projected(*store,
        json("{'key':'event.stream','initialRow':{'items':[]},'columns':[{'name':'%'}],"
             "'evolve':{'ADDED':{'/items':'row.items + [data.x]'}}}")
            .replace("%", column));
    const Error error = projected.failureTo(events);
    QCOMPARE(error.code, ErrorCode::Unsupported);
    QVERIFY2(error.message.contains(u"'p' ends at #"), qPrintable(error.message));
    QVERIFY2(error.message.contains(u"its row 'a-1'"), qPrintable(error.message));
    QVERIFY(projected.fold->position() > 20 && projected.fold->position() < events);
}

void TestProjectionFold::deletesRowsAndTakesThemBack()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"MADE"_qs, json("{'n':1}"));
    append(*store, u"u-2"_qs, u"MADE"_qs, json("{'n':2}"));
    append(*store, u"u-1"_qs, u"GONE"_qs, "{}");
    append(*store, u"u-1"_qs, u"MADE"_qs, "{}");
    const Projected projected(*store,
        json("{'key':'event.stream','columns':[{'name':'n'}],"
             "'evolve':{'MADE':'merge','GONE':'delete'}}"));
    projected.foldTo(4);
    QCOMPARE(linesAt(*projected.view, 2), Lines({ u"\"u-1\" 1"_qs, u"\"u-2\" 2"_qs }));
    QCOMPARE(linesAt(*projected.view, 3), Lines { u"\"u-2\" 2"_qs });
    QCOMPARE(projected.view->table().existing, 1);
    QCOMPARE(linesAt(*projected.view, 4), Lines({ u"\"u-1\" null"_qs, u"\"u-2\" 2"_qs }));
}

void TestProjectionFold::sortsByValue()
{
    ScratchStore store;
    const auto put = [&](const char* key, const char* value) {
        append(*store, u"s-1"_qs, u"SET"_qs,
            json("{'k':'%1','v':%2}").replace("%1", key).replace("%2", value));
    };
    put("a", "9");
    put("b", "10.50");
    put("c", "-3");
    put("d", "null");
    put("e", "\"text\"");
    put("f", "true");
    put("g", "1e300");
    put("h", "18446744073709551615");
    put("i", "[1]");
    put("j", "9");
    put("k", "\"Text long enough to lie elsewhere A\"");
    put("l", "\"text long enough to lie elsewhere B\"");
    const Projected projected(
        *store, json("{'key':'data.k','columns':[{'name':'v'}],'evolve':{'SET':{'/v':'data.v'}}}"));
    projected.foldTo(12);
    ProjectionQuery query;
    query.position = 12;
    query.sortedBy = 1;
    const auto order = [&] {
        QString keys;
        for (const QString& line : linesOf(*projected.view, query))
            keys += line.at(1);
        return keys;
    };
    QCOMPARE(order(), u"cajbhgeklfid"_qs);
    query.isDescending = true;
    QCOMPARE(order(), u"iflkeghbajcd"_qs);
}

void TestProjectionFold::pagesAreWhatASortGives()
{
    constexpr int rows = 30'000;
    ScratchStore store;
    auto bulk = store->beginBulk();
    std::mt19937 random(11);
    for (int i = 0; i < rows; ++i) {
        NewEvent event;
        event.type = u"SET"_qs;
        event.data = "{\"v\":" + QByteArray::number(random() % 5000) + "}";
        QVERIFY((*bulk)->add(u"s-%1"_qs.arg(i), event));
    }
    QVERIFY((*bulk)->commit(CancelToken()));
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(rows);
    ProjectionQuery query;
    query.position = rows;
    query.sortedBy = 1;
    while (!projected.view->ask(query, std::chrono::milliseconds(1))) { }
    const auto far = projected.view->rows(20'000, 50);
    const auto near = projected.view->rows(100, 50);
    const auto all = projected.view->rows(0, rows);
    QCOMPARE(all.size(), std::size_t(rows));
    QVERIFY(std::equal(far.begin(), far.end(), all.begin() + 20'000));
    QVERIFY(std::equal(near.begin(), near.end(), all.begin() + 100));
    const ProjectionTable& table = projected.view->table();
    QVERIFY(std::is_sorted(all.begin(), all.end(), [&](RowNumber left, RowNumber right) {
        const double a = table.cell(left, 1).toDouble();
        const double b = table.cell(right, 1).toDouble();
        return a != b ? a < b : left < right;
    }));
    QVERIFY(projected.view->rows(rows, 10).empty());
}

void TestProjectionFold::filtersByExpressionOrText()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'name':'Ada','age':36}"));
    append(*store, u"u-2"_qs, u"SET"_qs, json("{'name':'Bob'}"));
    append(*store, u"u-3"_qs, u"SET"_qs, json("{'name':'Adalbert','age':7}"));
    const Projected projected(*store,
        json("{'key':'event.stream','columns':[{'name':'name'},{'name':'age'}],"
             "'evolve':{'SET':'merge'}}"));
    projected.foldTo(3);
    const auto count = [&](const QString& text) -> qint64 {
        const auto filter = ProjectionFilter::compile(*projected.definition, text);
        if (!filter)
            return -1;
        ProjectionQuery query;
        query.position = 3;
        query.filter = *filter;
        linesOf(*projected.view, query);
        return projected.view->count();
    };
    QCOMPARE(count(u"ada"_qs), 2);
    QCOMPARE(count(u"36"_qs), 1);
    QCOMPARE(count(u"u-2"_qs), 1);
    QCOMPARE(count(u"age > 10"_qs), 1);
    QCOMPARE(count(u"age >= 7 && name.startsWith('Ada')"_qs), 2);
    QCOMPARE(count(u"key == 'u-3'"_qs), 1);
    QCOMPARE(count(u"nobody"_qs), 0);
    QCOMPARE(count(u"agee > 10"_qs), -1);
}

void TestProjectionFold::saysWhatAFilterFailedAt()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'n':'a text'}"));
    append(*store, u"u-2"_qs, u"SET"_qs, json("{'n':1}"));
    append(*store, u"u-3"_qs, u"SET"_qs, "{}");
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(3);
    ProjectionQuery query;
    query.position = 3;
    query.filter = *ProjectionFilter::compile(*projected.definition, u"n > 0"_qs);
    QCOMPARE(linesOf(*projected.view, query), Lines { u"\"u-2\" 1"_qs });
    QCOMPARE(projected.view->filterFailures(), 1);
    QVERIFY(!projected.view->filterReason().isEmpty());
}

void TestProjectionFold::exportsCsvAndJson()
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

void TestProjectionFold::cellsKeepWhatTheyWereGiven_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : { "null", "true", "false", "0", "-1", "140737488355328",
             "-9223372036854775808", "18446744073709551615", "1.5", "100.10", "1e2", "-0", "0.1",
             "\"\"", "\"a\"", "\"sixsix\"", "\"seven77\"", "\"\\u0000\"", "\"\\\"\\\\\\n\"",
             "\"Zürich am See\"", "[]", "[1,{\"a\":null}]", "{\"a\":1}" })
        QTest::newRow(text) << QByteArray(text);
}

void TestProjectionFold::cellsKeepWhatTheyWereGiven()
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

QTEST_APPLESS_MAIN(TestProjectionFold)
#include "tst_projectionfold.moc"
