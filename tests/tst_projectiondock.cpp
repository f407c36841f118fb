#include "projection/projectionmodel.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "support/workspacefolder.h"
#include "ui/log/windowtable.h"

#include <QDockWidget>
#include <QTest>

using namespace eventloupe;

namespace {

/// A workspace with a projection over a store of `events` events.
struct Domain {
    explicit Domain(int events)
        : sample(SampleStore::numbered(events))
    {
        folder.write(u"workspace.json"_qs,
            QByteArray("{'store':'%'}")
                .replace('\'', '"')
                .replace("%", sample.location().toUtf8()));
        folder.write(u"projections/users.json"_qs,
            QByteArray("{'key':'event.stream','initialRow':{'n':0},'columns':[{'name':'n'}],"
                       "'evolve':{'CHANGED':{'/n':'row.n + 1'}}}")
                .replace('\'', '"'));
    }
    SampleStore sample;
    WorkspaceFolder folder;
};

} // namespace

/// The projections' place in the window.
class TestProjectionDock final : public QObject {
    Q_OBJECT

private slots:
    void isThereWhereThereAreProjections();
    void isHiddenWhereThereAreNone();
    void staysHiddenWhereItWasClosed();
};

void TestProjectionDock::isThereWhereThereAreProjections()
{
    const Domain domain(60);
    WindowBench bench;
    QVERIFY(bench.open(domain.folder.path()));
    auto* dock = bench.find<QDockWidget>("projectionsDock");
    QVERIFY(!dock->isHidden());
    dock->raise();
    const auto* table = bench.find<WindowTable>("projectionView");
    QTRY_COMPARE(table->totalRows(), 6);
    bench.cursor().moveTo(2);
    QTRY_COMPARE(table->totalRows(), 2);
    QCOMPARE(table->model()->index(1, 0).data().toString(), u"order-2"_qs);
}

void TestProjectionDock::isHiddenWhereThereAreNone()
{
    const SampleStore plain(SampleStore::numbered(3));
    const Domain domain(6);
    WindowBench bench;
    QVERIFY(bench.open(plain.location()));
    QVERIFY(bench.find<QDockWidget>("projectionsDock")->isHidden());
    QVERIFY(bench.open(domain.folder.path()));
    QVERIFY(!bench.find<QDockWidget>("projectionsDock")->isHidden());
    QVERIFY(bench.open(plain.location()));
    QVERIFY(bench.find<QDockWidget>("projectionsDock")->isHidden());
    bench.quit();
    // It was for want of projections, also when the layout comes back.
    bench.start();
    QVERIFY(bench.open(domain.folder.path()));
    QVERIFY(!bench.find<QDockWidget>("projectionsDock")->isHidden());
}

void TestProjectionDock::staysHiddenWhereItWasClosed()
{
    const Domain domain(6);
    WindowBench bench;
    QVERIFY(bench.open(domain.folder.path()));
    bench.find<QDockWidget>("projectionsDock")->close();
    bench.quit();
    bench.start();
    QVERIFY(bench.open(domain.folder.path()));
    QVERIFY(bench.find<QDockWidget>("projectionsDock")->isHidden());
}

QTEST_MAIN(TestProjectionDock)
#include "tst_projectiondock.moc"
