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

QTEST_GUILESS_MAIN(TestLogFilter)
#include "tst_logfilter.moc"
