#include "exchange/importer.h"
#include "support/projected.h"
#include "support/scratchstore.h"

#include <QTest>

#include <random>

using namespace eventloupe;

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
    void marksWhatFailed();
    void keepsLargeNumbersAndTextsApart();
    void endsWhereItsHistoryIsFull();
    void endsWhereARowIsTooLarge_data();
    void endsWhereARowIsTooLarge();
    void deletesRowsAndTakesThemBack();
    void keepsJsonThatDidNotChange();
    void endsWhereItsRowsTakeTooMuchMemory();
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

void TestProjectionFold::keepsJsonThatDidNotChange()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"SET"_qs,
        json("{'n':1,'list':[1,2],'big':100.10,'name':'long enough to lie elsewhere'}"));
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'n':2}"));
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'n':3,'list':[1,2,3]}"));
    const Projected projected(*store,
        json("{'key':'event.stream','columns':[{'name':'n'},{'name':'list'},{'name':'big'},"
             "{'name':'name'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(3);
    const auto cellsAt = [&](Position position) {
        linesAt(*projected.view, position);
        std::vector<quint64> bits;
        for (std::size_t i = 1; i < 5; ++i)
            bits.push_back(projected.view->table().cell(0, i).bits());
        return bits;
    };
    const auto first = cellsAt(1);
    const auto second = cellsAt(2);
    const auto third = cellsAt(3);
    QVERIFY(first[0] != second[0]);
    QVERIFY(std::equal(first.begin() + 1, first.end(), second.begin() + 1));
    QVERIFY(second[1] != third[1]);
    QVERIFY(std::equal(second.begin() + 2, second.end(), third.begin() + 2));
}

void TestProjectionFold::endsWhereItsRowsTakeTooMuchMemory()
{
    constexpr int rows = 60'000;
    ScratchStore store;
    fillWithNumbers(*store, rows, 3);
    constexpr qint64 bound = 8LL * 1024 * 1024;
    const Projected projected(*store,
        json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':'merge'}}"), bound,
        ScratchFile::maximumBytes, bound);
    const Error error = projected.failureTo(rows);
    QCOMPARE(error.code, ErrorCode::Unsupported);
    QVERIFY2(error.message.contains(u"more than 8 MB of memory"), qPrintable(error.message));
    QVERIFY(projected.fold->isOver());
    const auto figures = projected.history->figures();
    QCOMPARE(figures.checkpoints, 0); // They went first.
    QVERIFY(figures.rows > 1000 && figures.rows < rows);
    // What was folded is still there to be read.
    const Position reached = projected.fold->position();
    QCOMPARE(linesAt(*projected.view, rows).size(), reached);
    QCOMPARE(projected.view->position(), reached);
}

QTEST_APPLESS_MAIN(TestProjectionFold)
#include "tst_projectionfold.moc"
