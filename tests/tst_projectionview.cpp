#include "projection/projectionexport.h"
#include "support/projected.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QTest>

#include <random>

using namespace eventloupe;

/// Rows at a position, in an order, through a filter.
class TestProjectionView final : public QObject {
    Q_OBJECT

private slots:
    void looksAtTheClockAtEachFilteredRow();
    void sortsAllOfAnExportOnce();
    void sortsByValue();
    void pagesAreWhatASortGives();
    void filtersByExpressionOrText();
    void saysWhatAFilterFailedAt();
    void looksAgainOnlyAtWhatChanged_data();
    void looksAgainOnlyAtWhatChanged();
    void selectsAmongNamesThatBeginAlike();
    void forgetsAFailureThatIsOver();
};

void TestProjectionView::looksAtTheClockAtEachFilteredRow()
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

void TestProjectionView::sortsAllOfAnExportOnce()
{
    constexpr int rows = 150'000;
    ScratchStore store;
    fillWithNumbers(*store, rows, 13);
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

void TestProjectionView::sortsByValue()
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

void TestProjectionView::pagesAreWhatASortGives()
{
    constexpr int rows = 30'000;
    ScratchStore store;
    fillWithNumbers(*store, rows, 11);
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

void TestProjectionView::filtersByExpressionOrText()
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

void TestProjectionView::saysWhatAFilterFailedAt()
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

void TestProjectionView::looksAgainOnlyAtWhatChanged_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("sortedBy");
    QTest::newRow("as they came") << QString() << -1;
    QTest::newRow("by number") << QString() << 1;
    QTest::newRow("by text") << QString() << 3;
    QTest::newRow("filtered") << u"sum > 50.0"_qs << -1;
    QTest::newRow("found, by time") << u"town"_qs << 4;
    QTest::newRow("filtered, by JSON") << u"count < 20"_qs << 5;
}

/// A view that moves shows what a new one does, also where it was left before it was done.
void TestProjectionView::looksAgainOnlyAtWhatChanged()
{
    QFETCH(QString, filter);
    QFETCH(int, sortedBy);
    constexpr int events = 1500;
    ScratchStore store;
    fillWithPayments(*store, events);
    const Projected projected(*store, json(payments));
    projected.foldTo(events);
    ProjectionQuery query;
    query.sortedBy = sortedBy;
    query.isDescending = sortedBy == 3;
    if (!filter.isEmpty())
        query.filter = *ProjectionFilter::compile(*projected.definition, filter);
    std::mt19937 random(17);
    query.position = events / 2;
    for (int i = 0; i < 60; ++i) {
        query.position = i % 3 == 0 ? static_cast<Position>(random() % events)
                                    : std::min<Position>(query.position + i % 5, events);
        if (i % 4 == 0) {
            projected.view->ask(query, std::chrono::milliseconds(0));
            QVERIFY(projected.view->rows(0, 10).size() <= 10);
            continue;
        }
        ProjectionView fresh(projected.history);
        QCOMPARE(linesOf(*projected.view, query), linesOf(fresh, query));
        QCOMPARE(projected.view->filterFailures(), fresh.filterFailures());
    }
}

void TestProjectionView::selectsAmongNamesThatBeginAlike()
{
    constexpr int rows = 25'000;
    ScratchStore store;
    auto bulk = store->beginBulk();
    for (int i = 0; i < rows; ++i) {
        NewEvent event;
        event.type = u"SET"_qs;
        // Half of them in each of two categories, and the numbers are not in order.
        QVERIFY((*bulk)->add(u"%1-%2"_qs.arg(i % 2 == 0 ? u"accounts"_qs : u"accountants"_qs)
                                 .arg(i * 7919 % rows, 6, 10, QChar(u'0')),
            event));
    }
    QVERIFY((*bulk)->commit(CancelToken()));
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(rows);
    ProjectionQuery query;
    query.position = rows;
    for (const bool isDescending : { false, true }) {
        query.sortedBy = 0;
        query.isDescending = isDescending;
        QVERIFY(projected.view->ask(query, std::chrono::hours(1)));
        const auto middle = projected.view->rows(12'400, 200);
        const auto end = projected.view->rows(rows - 20, 50);
        const auto all = projected.view->rows(0, rows);
        QVERIFY(std::equal(middle.begin(), middle.end(), all.begin() + 12'400));
        QCOMPARE(end.size(), 20);
        QVERIFY(std::equal(end.begin(), end.end(), all.end() - 20));
        std::string left;
        std::string right;
        const ProjectionTable& table = projected.view->table();
        QVERIFY(std::is_sorted(all.begin(), all.end(), [&](RowNumber a, RowNumber b) {
            return (table.cell(a, 0).toText(left) < table.cell(b, 0).toText(right)) != isDescending;
        }));
    }
}

void TestProjectionView::forgetsAFailureThatIsOver()
{
    ScratchStore store;
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'n':'a text'}"));
    append(*store, u"u-2"_qs, u"SET"_qs, json("{'n':5}"));
    append(*store, u"u-1"_qs, u"SET"_qs, json("{'n':7}"));
    const Projected projected(
        *store, json("{'key':'event.stream','columns':[{'name':'n'}],'evolve':{'SET':'merge'}}"));
    projected.foldTo(3);
    ProjectionQuery query;
    query.filter = *ProjectionFilter::compile(*projected.definition, u"n > 0"_qs);
    query.position = 2;
    QCOMPARE(linesOf(*projected.view, query), Lines { u"\"u-2\" 5"_qs });
    QCOMPARE(projected.view->filterFailures(), 1);
    query.position = 3;
    QCOMPARE(linesOf(*projected.view, query), Lines({ u"\"u-1\" 7"_qs, u"\"u-2\" 5"_qs }));
    QCOMPARE(projected.view->filterFailures(), 0);
    QVERIFY(projected.view->filterReason().isEmpty());
}

QTEST_APPLESS_MAIN(TestProjectionView)
#include "tst_projectionview.moc"
