#include "support/plainwatch.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"
#include "watch/watches.h"
#include "watch/watchfollower.h"
#include "watch/watchpointmodel.h"
#include "watch/watchrun.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

bool isReady(const WatchRunner& runner, Position head)
{
    return QTest::qWaitFor(
        [&] { return runner.state() == WatchRunner::State::Following && runner.doneTo() == head; });
}

QStringList linesOf(const WatchRunner& runner)
{
    QStringList lines;
    for (const WatchPoint& point : runner.points())
        lines.append(lineOf(point));
    return lines;
}

QString textOf(const QAbstractItemModel& model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(model.index(row, column).data().toString());
    return cells.join(u'|');
}

} // namespace

/// Watches run over the open store, follow it as it grows, and come back as they were kept.
class TestWatches final : public QObject {
    Q_OBJECT

private slots:
    void followsTheLogAsAWholeRunWould_data()
    {
        QTest::addColumn<QByteArray>("expression");
        for (const char* source :
            { "state.n > 9", "state.n", "data.by > 2", "state.n - previous.n > 1", "event.type",
                "state.n % 3 == 0 && event.version > 2", "data", "state.nothing > 1" })
            QTest::newRow(source) << QByteArray(source);
    }

    void followsTheLogAsAWholeRunWould()
    {
        QFETCH(QByteArray, expression);
        SampleStore sample;
        QRandomGenerator random(3);
        const auto more = [&](int count) {
            QList<SampleEvent> events;
            for (int i = 0; i < count; ++i) {
                SampleEvent event;
                event.stream = QStringLiteral("%1-%2")
                                   .arg(random.bounded(2) == 0 ? u"a"_qs : u"b"_qs)
                                   .arg(random.bounded(3));
                const int roll = random.bounded(12);
                event.type = roll == 0 ? u"CLOSED"_qs : roll == 1 ? u"NOTED"_qs : u"ADDED"_qs;
                event.data = roll == 2 ? QByteArray("{\"by\":\"x\"}")
                                       : "{\"by\":" + QByteArray::number(random.bounded(4)) + '}';
                events.append(event);
            }
            sample.append(events);
        };
        more(40);
        StoreClient client;
        QVERIFY(sample.openIn(client));
        WatchRunner runner(client);
        const auto workspace = SampleWorkspace::counter();
        const WatchSetting setting { {}, QString::fromUtf8(expression), {} };
        QVERIFY(runner.start(setting, workspace).ok());
        QVERIFY(isReady(runner, 40));
        for (int round = 1; round <= 4; ++round) {
            more(15);
            client.checkForGrowth();
            QVERIFY(isReady(runner, 40 + 15 * round));
        }
        const auto store = openStore(sample.location(), OpenMode::ReadOnly);
        QStringList expected
            = watchPlainly(**store, Evolver(workspace), { { expression } }).constFirst();
        QCOMPARE(lineOf(runner.failures()), expected.takeLast());
        QCOMPARE(linesOf(runner), expected);
        QCOMPARE(runner.count(), expected.size());
        QCOMPARE(runner.events(), 100);
    }

    void stepsFromPointToPoint()
    {
        const SampleStore sample(SampleStore::numbered(20));
        StoreClient client;
        QVERIFY(sample.openIn(client));
        WatchRunner runner(client);
        QVERIFY(runner.start({ {}, u"data.n % 5 == 0"_qs, {} }, Workspace::empty()).ok());
        QVERIFY(isReady(runner, 20));
        QCOMPARE(runner.positions(), (std::vector<Position> { 5, 10, 15, 20 }));
        QCOMPARE(runner.next(0), 5);
        QCOMPARE(runner.next(5), 10);
        QCOMPARE(runner.next(20), 0);
        QCOMPARE(runner.previous(20), 15);
        QCOMPARE(runner.previous(5), 0);
    }

    void refusesWhatDoesNotCompile()
    {
        const SampleStore sample(SampleStore::numbered(3));
        StoreClient client;
        QVERIFY(sample.openIn(client));
        Watches watches(client);
        const QAbstractItemModelTester tester(&watches);
        const auto started = watches.start({ {}, u"state. > 3"_qs, {} });
        QVERIFY(!started);
        QVERIFY(started.error().message.startsWith(u"1:"_qs));
        QCOMPARE(watches.rowCount(), 0);
    }

    void keepsAndBringsBack()
    {
        const SampleStore sample(SampleStore::numbered(12));
        StoreClient client;
        QVERIFY(sample.openIn(client));
        Watches watches(client);
        const QAbstractItemModelTester tester(&watches);
        QSignalSpy kept(&watches, &Watches::keptChanged);
        QCOMPARE(
            *watches.start({ {}, u"data.n > 5"_qs, { WatchScope::Kind::Category, u"user"_qs } }),
            0);
        QVERIFY(!watches.keep(u"  "_qs));
        QVERIFY(watches.keep(u"Large"_qs));
        QCOMPARE(*watches.start({ {}, u"true"_qs, { WatchScope::Kind::Stream, u"user-1"_qs } }), 1);
        QCOMPARE(*watches.start({ {}, u"data.n"_qs, {} }), 1);
        QVERIFY(isReady(*watches.runner(0), 12) && isReady(*watches.runner(1), 12));
        QCOMPARE(textOf(watches, 0), u"Large|3"_qs);
        QCOMPARE(textOf(watches, 1), u"data.n|12"_qs);
        QVERIFY(!watches.index(1, 0).data(IsKeptRole).toBool());
        QCOMPARE(kept.count(), 1);
        const QByteArray json = watches.save();
        QCOMPARE(json,
            QByteArray(
                "[{\"name\":\"Large\",\"expression\":\"data.n > 5\",\"category\":\"user\"}]"));
        watches.remove(0);
        QCOMPARE(kept.count(), 2);
        QVERIFY(watches.save().isEmpty());
        watches.restore("[7, {\"name\":\"bad\",\"expression\":\"1 +\"}," + json.mid(1));
        QCOMPARE(watches.rowCount(), 1);
        QVERIFY(isReady(*watches.runner(0), 12));
        QCOMPARE(textOf(watches, 0), u"Large|3"_qs);
        QByteArray many = "[";
        for (int i = 0; i < 5; ++i)
            many += "{\"name\":\"W" + QByteArray::number(i)
                + "\",\"expression\":\"data.n > 5\"}" + (i < 4 ? "," : "]");
        watches.restore(many);
        QCOMPARE(watches.rowCount(), 5);
        for (int row = 0; row < 5; ++row)
            QVERIFY(isReady(*watches.runner(row), 12));
        watches.setWorkspace(Workspace::empty());
        for (int row = 0; row < 5; ++row)
            QVERIFY(isReady(*watches.runner(row), 12));
        QCOMPARE(textOf(watches, 4), u"W4|6"_qs);
        client.close();
        QTRY_COMPARE(watches.rowCount(), 0);
    }

    void showsPointsAndFailures()
    {
        SampleStore sample(
            { { u"a-1"_qs, u"SET"_qs, "{\"n\":1}" }, { u"a-1"_qs, u"SET"_qs, "{\"n\":\"x\"}" },
                { u"a-1"_qs, u"SET"_qs, "{\"n\":7}" }, { u"b-1"_qs, u"SET"_qs, "{}" } });
        StoreClient client;
        QVERIFY(sample.openIn(client));
        WatchPointModel points(WatchPointModel::Content::Points);
        WatchPointModel failures(WatchPointModel::Content::Failures);
        const QAbstractItemModelTester pointTester(&points);
        const QAbstractItemModelTester failureTester(&failures);
        WatchRunner runner(client);
        points.setRunner(&runner);
        failures.setRunner(&runner);
        QVERIFY(runner.start({ {}, u"data.n > 3"_qs, {} }, Workspace::empty()).ok());
        QVERIFY(isReady(runner, 4));
        QCOMPARE(points.rowCount(), 1);
        QCOMPARE(textOf(points, 0), u"3|a-1|3|SET|–|true"_qs);
        QCOMPARE(points.rowAt(2), -1);
        QCOMPARE(points.rowAt(4), 0);
        QCOMPARE(failures.rowCount(), 2);
        QVERIFY2(
            textOf(failures, 0).startsWith(u"2|a-1|2|SET|"_qs), qPrintable(textOf(failures, 0)));
        QVERIFY2(
            textOf(failures, 1).startsWith(u"4|b-1|1|SET|"_qs), qPrintable(textOf(failures, 1)));
        sample.append({ { u"b-1"_qs, u"SET"_qs, "{\"n\":4}" } });
        client.checkForGrowth();
        QTRY_COMPARE(points.rowCount(), 2);
        QVERIFY(runner.start({ {}, u"data.n == 1"_qs, {} }, Workspace::empty()).ok());
        QVERIFY(isReady(runner, 5));
        QCOMPARE(points.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(TestWatches)
#include "tst_watches.moc"
