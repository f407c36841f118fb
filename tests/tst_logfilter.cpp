#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "support/modelpicture.h"
#include "support/samplestore.h"
#include "time/timecursor.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

class TestLogFilter final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsWhatFits();
    void readsEveryColumn_data();
    void readsEveryColumn();
    void refusesAndKeepsTheFormerOne();
    void clears();
    void theNewerExpressionWins();
    void filtersWhatIsAppended();
    void findsNothing();
    void movesToMatches();
    void comesAlongToAnotherStore();
    void beginsAtTheCursor();
    void keepsRowsThatAreThere();
    void stepsWhenTheScanHasComeThatFar();
    void countsFailures();
    void tellsWhyAStepDoesNotMove();
    void followsTheCursor();
    void usesIndexes_data();
    void usesIndexes();

private:
    /// Sets an expression and waits for the end of the scan.
    void filter(const QString& expression);
    [[nodiscard]] QList<Position> positions() const;

    struct Parts {
        SampleStore store { SampleStore::numbered(300) };
        StoreClient client;
        TimeCursor cursor;
        EventLogModel model { client };
        LogFilter filter { client, cursor, model };
        QAbstractItemModelTester tester { &model,
            QAbstractItemModelTester::FailureReportingMode::QtTest };
        QSignalSpy finished { &filter, &LogFilter::finished };
    };
    std::unique_ptr<Parts> m_parts;
};

void TestLogFilter::init()
{
    m_parts = std::make_unique<Parts>();
    QVERIFY(m_parts->store.openIn(m_parts->client));
    m_parts->cursor.setHead(m_parts->client.head());
}

void TestLogFilter::filter(const QString& expression)
{
    m_parts->finished.clear();
    m_parts->filter.setExpression(expression);
    QVERIFY(!m_parts->finished.isEmpty() || m_parts->finished.wait());
}

QList<Position> TestLogFilter::positions() const
{
    QList<Position> positions;
    for (int row = 0; row < m_parts->model.rowCount(); ++row)
        positions.append(m_parts->model.positionOf(row));
    return positions;
}

void TestLogFilter::showsWhatFits()
{
    filter(u" data.n > 297 "_s);
    QVERIFY(m_parts->filter.isActive());
    QVERIFY(m_parts->filter.isComplete());
    QCOMPARE(m_parts->filter.expression(), u"data.n > 297"_s);
    QCOMPARE(m_parts->filter.matchCount(), 3);
    QCOMPARE(m_parts->filter.scannedCount(), 300);
    m_parts->model.prefetch(0, 3);
    QTRY_VERIFY(m_parts->model.eventAt(0));
    QCOMPARE(pictureOf(m_parts->model),
        QStringList({
            u"298 | 2026-03-01 14:04:57 | order-1 | 50 | CHANGED | n=298"_s,
            u"299 | 2026-03-01 14:04:58 | user-2 | 50 | CHANGED | n=299"_s,
            u"300 | 2026-03-01 14:04:59 | order-3 | 50 | CHANGED | n=300"_s,
        }));
}

void TestLogFilter::readsEveryColumn_data()
{
    QTest::addColumn<qint64>("matches");
    QTest::newRow("position <= 10") << qint64 { 10 };
    QTest::newRow("stream == \"user-1\"") << qint64 { 50 };
    QTest::newRow("category == \"order\"") << qint64 { 150 };
    QTest::newRow("version == 1") << qint64 { 6 };
    QTest::newRow("type == \"CHANGED\" && data.n == 7") << qint64 { 1 };
    QTest::newRow("has(data.n) && size(id) == 36") << qint64 { 300 };
    QTest::newRow("has(metadata.actor)") << qint64 { 0 };
}

void TestLogFilter::readsEveryColumn()
{
    QFETCH(qint64, matches);
    filter(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(m_parts->filter.matchCount(), matches);
}

void TestLogFilter::refusesAndKeepsTheFormerOne()
{
    filter(u"data.n == 5"_s);
    QSignalSpy invalid(&m_parts->filter, &LogFilter::invalid);
    m_parts->filter.setExpression(u"data.n == == 5"_s);
    QCOMPARE(invalid.count(), 1);
    QVERIFY(!invalid.first().at(0).toString().isEmpty());
    QCOMPARE(invalid.first().at(1).toInt(), 11);
    QCOMPARE(m_parts->filter.expression(), u"data.n == 5"_s);
    QCOMPARE(positions(), QList<Position>({ 5 }));
}

void TestLogFilter::clears()
{
    filter(u"data.n == 5"_s);
    QSignalSpy changed(&m_parts->filter, &LogFilter::expressionChanged);
    m_parts->filter.setExpression(u"  "_s);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!m_parts->filter.isActive());
    QVERIFY(m_parts->filter.isComplete());
    QCOMPARE(m_parts->filter.matchCount(), 0);
    QCOMPARE(m_parts->model.rowCount(), 300);
}

void TestLogFilter::theNewerExpressionWins()
{
    m_parts->filter.setExpression(u"data.n < 100"_s);
    m_parts->filter.setExpression(u"data.n == 200"_s);
    filter(u"data.n == 250 || data.n == 251"_s);
    QCOMPARE(positions(), QList<Position>({ 250, 251 }));
    QCOMPARE(m_parts->finished.count(), 1);
}

void TestLogFilter::filtersWhatIsAppended()
{
    filter(u"data.n % 100 == 0"_s);
    QCOMPARE(m_parts->filter.matchCount(), 3);
    QSignalSpy reset(&m_parts->model, &QAbstractItemModel::modelReset);
    m_parts->store.append(SampleStore::numbered(150, 301));
    m_parts->client.checkForGrowth();
    QVERIFY(m_parts->finished.wait());
    QCOMPARE(positions(), QList<Position>({ 100, 200, 300, 400 }));
    QCOMPARE(m_parts->filter.scannedCount(), 450);
    QCOMPARE(reset.count(), 0);
}

void TestLogFilter::findsNothing()
{
    filter(u"data.missing == 1"_s);
    QCOMPARE(m_parts->filter.matchCount(), 0);
    QCOMPARE(m_parts->model.rowCount(), 0);
    QVERIFY(m_parts->filter.isActive());
}

void TestLogFilter::movesToMatches()
{
    filter(u"data.n % 100 == 0"_s);
    m_parts->cursor.moveTo(150);
    m_parts->filter.moveToNextMatch();
    QCOMPARE(m_parts->cursor.position(), 200);
    m_parts->filter.moveToPreviousMatch();
    QCOMPARE(m_parts->cursor.position(), 100);
    m_parts->filter.moveToPreviousMatch();
    QCOMPARE(m_parts->cursor.position(), 100);
    m_parts->cursor.moveTo(300);
    m_parts->filter.moveToNextMatch();
    QCOMPARE(m_parts->cursor.position(), 300);
}

void TestLogFilter::comesAlongToAnotherStore()
{
    filter(u"data.n == 5"_s);
    m_parts->client.close();
    QTRY_COMPARE(m_parts->model.rowCount(), 0);
    const SampleStore other(SampleStore::numbered(5, 3));
    QVERIFY(other.openIn(m_parts->client));
    QTRY_COMPARE(positions(), QList<Position>({ 3 }));
}

/// A log of several pieces, with the cursor somewhere in it.
void TestLogFilter::beginsAtTheCursor()
{
    m_parts->store.append(SampleStore::numbered(20'000, 301));
    m_parts->client.checkForGrowth();
    QTRY_COMPARE(m_parts->client.head(), 20'300);
    m_parts->cursor.setHead(20'300);
    m_parts->cursor.moveTo(12'000);
    QList<Position> firstShown;
    connect(&m_parts->model, &QAbstractItemModel::rowsInserted, this, [&] {
        if (firstShown.isEmpty())
            firstShown = positions();
    });
    filter(u"data.n % 10 == 0"_s);
    QVERIFY(!firstShown.isEmpty());
    // Of the pieces at the cursor any may be done first, and others with it; none at an end of the
    // log, and never all.
    QVERIFY(firstShown.first() <= 16'000 && firstShown.last() >= 8'000);
    QVERIFY(firstShown.size() < 2030);
    QCOMPARE(m_parts->filter.matchCount(), 2030);
    QCOMPARE(m_parts->filter.scannedCount(), 20'300);
    for (int row = 0; row < 2030; ++row)
        QCOMPARE(m_parts->model.positionOf(row), (row + 1) * 10);
}

void TestLogFilter::keepsRowsThatAreThere()
{
    m_parts->store.append(SampleStore::numbered(20'000, 301));
    m_parts->client.checkForGrowth();
    QTRY_COMPARE(m_parts->client.head(), 20'300);
    m_parts->cursor.setHead(20'300);
    m_parts->cursor.moveTo(20'300);
    QSignalSpy reset(&m_parts->model, &QAbstractItemModel::modelReset);
    QPersistentModelIndex row;
    Position position = 0;
    connect(&m_parts->model, &QAbstractItemModel::rowsInserted, this, [&] {
        if (!row.isValid()) {
            row = m_parts->model.index(m_parts->model.rowCount() / 2, 0);
            position = m_parts->model.positionOf(row.row());
        }
    });
    filter(u"data.n % 2 == 0"_s);
    QCOMPARE(reset.count(), 1); // At the start, to no rows.
    QVERIFY(row.isValid());
    QCOMPARE(m_parts->model.positionOf(row.row()), position);
    QVERIFY(row.row() > 5'000);
}

void TestLogFilter::stepsWhenTheScanHasComeThatFar()
{
    m_parts->store.append(SampleStore::numbered(20'000, 301));
    m_parts->client.checkForGrowth();
    QTRY_COMPARE(m_parts->client.head(), 20'300);
    m_parts->cursor.setHead(20'300);
    m_parts->cursor.moveTo(10'000);
    m_parts->filter.setExpression(u"data.n == 20000 || data.n == 7"_s);
    m_parts->filter.moveToNextMatch();
    QCOMPARE(m_parts->cursor.position(), 10'000);
    QTRY_COMPARE(m_parts->cursor.position(), 20'000);
    // One that is not there moves nothing, neither now nor later.
    QTRY_VERIFY(m_parts->filter.isComplete());
    m_parts->filter.moveToNextMatch();
    QCOMPARE(m_parts->cursor.position(), 20'000);
    m_parts->filter.moveToPreviousMatch();
    QCOMPARE(m_parts->cursor.position(), 7);
    // A cursor that moved by itself meanwhile is left alone.
    m_parts->cursor.moveTo(10'000);
    m_parts->filter.setExpression(u"data.n == 20001"_s);
    m_parts->filter.moveToNextMatch();
    m_parts->cursor.moveTo(9'999);
    QTRY_VERIFY(m_parts->filter.isComplete());
    QCOMPARE(m_parts->cursor.position(), 9'999);
}

void TestLogFilter::countsFailures()
{
    m_parts->store.append({ { u"user-1"_s, u"ODD"_s, R"({"n":"text"})" },
        { u"user-1"_s, u"ODD"_s, R"({"n":"text"})" }, { u"user-1"_s, u"ODD"_s, "{}" } });
    m_parts->client.checkForGrowth();
    QTRY_COMPARE(m_parts->client.head(), 303);
    filter(u"data.n > 290"_s);
    QCOMPARE(m_parts->filter.matchCount(), 10);
    const FilterFailures& failures = m_parts->filter.failures();
    QCOMPARE(failures.failed.events, 2);
    QCOMPARE(failures.failed.first, 301);
    QVERIFY2(failures.failed.reason.contains(u"string"_s), qPrintable(failures.failed.reason));
    QCOMPARE(failures.missing.events, 1);
    QCOMPARE(failures.missing.first, 303);
    QVERIFY(!m_parts->filter.lacksAll());
    filter(u"data.missing > 290"_s);
    QCOMPARE(failures.failed.events, 0);
    QCOMPARE(failures.missing.events, 303);
    QCOMPARE(failures.missing.first, 1);
    QVERIFY(m_parts->filter.lacksAll());
    // Of those that the indexes leave; what they decide is not tested.
    filter(u"type == 'ODD' && data.missing > 290"_s);
    QCOMPARE(failures.missing.events, 3);
    QVERIFY(m_parts->filter.lacksAll());
    filter(u"type == 'ODD'"_s);
    QCOMPARE(failures.missing.events, 0);
    QVERIFY(!m_parts->filter.lacksAll());
}

void TestLogFilter::tellsWhyAStepDoesNotMove()
{
    QSignalSpy told(&m_parts->filter, &LogFilter::stepTold);
    const auto said = [&told] { return told.takeLast().constFirst().toString(); };
    m_parts->filter.moveToNextMatch();
    QCOMPARE(said(), u"There is no filter, so no event is a match"_s);
    m_parts->cursor.moveTo(150);
    QCOMPARE(said(), QString());
    // Nothing is found before the event loop runs.
    m_parts->filter.setExpression(u"data.n == 200"_s);
    m_parts->filter.moveToNextMatch();
    QCOMPARE(said(), u"Still searching for the next match"_s);
    QTRY_COMPARE(m_parts->cursor.position(), 200);
    QCOMPARE(said(), QString());
    QTRY_VERIFY(m_parts->filter.isComplete());
    m_parts->filter.moveToNextMatch();
    QCOMPARE(said(), u"No further match"_s);
    m_parts->filter.moveToPreviousMatch();
    QCOMPARE(said(), u"No match before this"_s);
    // A search that ends without one says so as well.
    m_parts->filter.setExpression(u"data.n == 1000"_s);
    m_parts->filter.moveToNextMatch();
    QCOMPARE(said(), u"Still searching for the next match"_s);
    QTRY_VERIFY(m_parts->filter.isComplete());
    QCOMPARE(said(), u"No further match"_s);
}

void TestLogFilter::followsTheCursor()
{
    constexpr Position head = 100'000;
    FilterCourse course(50'000, head);
    QVERIFY(course.next(head, 50'000)->first < 50'000);
    for (int i = 0; i < 5; ++i)
        QVERIFY(course.next(head, 90'000)->first > 50'000);
    FilterCourse other(50'000, head);
    QVERIFY(other.next(head, 50'000)->first < 50'000);
    for (int i = 0; i < 5; ++i)
        QVERIFY(other.next(head, 10)->second < 50'000);
    // At a cursor within, both ends by turns; what is left when one end is reached.
    QVERIFY(other.next(head, 49'000)->first > 50'000);
    QVERIFY(other.next(head, 49'000)->second < 50'000);
    while (other.next(head, 90'000)->second < head) { }
    QVERIFY(other.next(head, 90'000)->second < 50'000);
}

void TestLogFilter::usesIndexes_data()
{
    QTest::addColumn<QList<Position>>("matches");
    const auto row = [](const char* source, const QList<Position>& matches) {
        QTest::newRow(source) << matches;
    };
    row("type == 'RARE'", { 301, 303 });
    row("type == 'RARE' && data.n == 3", { 303 });
    row("'RARE' == type && stream == 'rare-1'", { 301 });
    row("type in ['RARE', 'NONE'] && position > 301", { 303 });
    row("type == 'NONE'", {});
    row("stream in ['rare-1', 'rare-2'] && version == 2", { 302 });
    row("category == 'rare' && type != 'RARE'", { 302 });
    row("position >= 10 && position < 12 && data.n > 0", { 10, 11 });
    row("time >= timestamp('2026-03-01T14:04:58Z') && category == 'user'", { 299 });
    row("type == 'RARE' || position == 5", { 5, 301, 303 });
}

void TestLogFilter::usesIndexes()
{
    m_parts->store.append({ { u"rare-1"_s, u"RARE"_s, R"({"n":1})" },
        { u"rare-1"_s, u"OTHER"_s, R"({"n":2})" }, { u"rare-2"_s, u"RARE"_s, R"({"n":3})" } });
    m_parts->client.checkForGrowth();
    QTRY_COMPARE(m_parts->client.head(), 303);
    QFETCH(QList<Position>, matches);
    filter(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(positions(), matches);
    QCOMPARE(m_parts->filter.matchCount(), matches.size());
}

QTEST_GUILESS_MAIN(TestLogFilter)
#include "tst_logfilter.moc"
