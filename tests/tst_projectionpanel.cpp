#include "domain/projection.h"
#include "projection/projectionmodel.h"
#include "support/samplestore.h"
#include "support/workspacefolder.h"
#include "time/timecursor.h"
#include "ui/log/windowtable.h"
#include "ui/projection/projectionexporter.h"
#include "ui/projection/projectionpanel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace eventloupe;

namespace {

QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

QList<SampleEvent> payments()
{
    return {
        { u"a-1"_qs, u"PAID"_qs, json("{'who':'Bob','amount':5}") },
        { u"a-2"_qs, u"PAID"_qs, json("{'who':'Ada','amount':20}") },
        { u"a-1"_qs, u"PAID"_qs, json("{'who':'Bob','amount':7}") },
        { u"a-3"_qs, u"OTHER"_qs, "{}" },
        { u"a-1"_qs, u"PAID"_qs, json("{'who':'Cid','amount':'x'}") },
    };
}

/// A panel over a store with two projections.
struct Bench {
    explicit Bench(const QList<SampleEvent>& events = payments())
        : sample(events)
        , model(client, frame)
        , panel(client, model, cursor)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        folder.write(u"projections/sums.json"_qs,
            json("{'title':'Sums','key':'data.who','initialRow':{'sum':0},"
                 "'columns':[{'name':'sum','title':'Sum','type':'number'}],"
                 "'evolve':{'PAID':{'/sum':'row.sum + data.amount'}}}"));
        folder.write(u"projections/streams.json"_qs,
            json("{'title':'Streams','key':'event.stream','columns':[{'name':'n'}],"
                 "'evolve':{'PAID':{'/n':'event.version'},'OTHER':{'/n':'event.version'}}}"));
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
    }
    [[nodiscard]] bool open(bool withWorkspace = true)
    {
        if (withWorkspace)
            model.setWorkspace(folder.load());
        model.choose(u"sums"_qs);
        const bool isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        panel.resize(500, 400);
        panel.show();
        return isOpen && QTest::qWaitForWindowExposed(&panel);
    }
    [[nodiscard]] QStringList rows() const
    {
        QStringList lines;
        const auto* shown = panel.table().model();
        for (int row = 0; row < shown->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < shown->columnCount(); ++column)
                cells.append(shown->index(row, column).data().toString());
            lines.append(cells.join(u' '));
        }
        return lines;
    }
    [[nodiscard]] QString label(const char* name) const
    {
        return panel.findChild<QLabel*>(QLatin1String(name))->text();
    }

    SampleStore sample;
    WorkspaceFolder folder;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    ProjectionModel model;
    ProjectionPanel panel;
    QAbstractItemModelTester tester;
};

const QStringList allSums { u"Bob 12"_qs, u"Ada 20"_qs, u"Cid 0"_qs };

} // namespace

class TestProjectionPanel final : public QObject {
    Q_OBJECT

private slots:
    void showsTheTableAtTheCursor();
    void followsGrowth();
    void sortsAndFilters();
    void tellsAWrongFilter();
    void marksRowsThatFailed();
    void goesToTheEventOfARow();
    void showsAnotherProjection();
    void restsWhileItIsHidden();
    void explainsThatThereIsNone();
    void exportsWhatIsShown();
    void endsAnExportWithItsStore();
    void triesAgainWhereAConnectionFailed();
    void showsAnotherStore();
    void scrollsThroughManyRows();
};

void TestProjectionPanel::showsTheTableAtTheCursor()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    QCOMPARE(bench.label("projectionStatus").section(u" · "_qs, 0, 0), u"3 rows as of #5"_qs);
    QStringList seen;
    connect(&bench.frame, &CursorFrame::shown, this,
        [&] { seen = bench.rows(); }); // In the frame, not behind it.
    bench.cursor.moveTo(2);
    QTRY_COMPARE(bench.frame.position(), 2);
    QCOMPARE(seen, QStringList({ u"Bob 5"_qs, u"Ada 20"_qs }));
    QCOMPARE(bench.label("projectionStatus").section(u" · "_qs, 0, 0), u"2 rows as of #2"_qs);
    bench.cursor.moveTo(0);
    QTRY_COMPARE(bench.frame.position(), 0);
    QVERIFY(seen.isEmpty());
    QCOMPARE(bench.label("projectionStatus").section(u" · "_qs, 0, 0),
        u"0 rows before the first event"_qs);
}

void TestProjectionPanel::followsGrowth()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    bench.sample.append({ { u"a-9"_qs, u"PAID"_qs, json("{'who':'Dan','amount':1}") } });
    bench.client.checkForGrowth();
    QTRY_COMPARE(bench.rows(), allSums + QStringList { u"Dan 1"_qs });
    QTRY_COMPARE(bench.label("projectionStatus").section(u" · "_qs, 0, 0), u"4 rows as of #6"_qs);
}

void TestProjectionPanel::sortsAndFilters()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    bench.panel.table().sortByColumn(1, Qt::DescendingOrder);
    QTRY_COMPARE(bench.rows(), QStringList({ u"Ada 20"_qs, u"Bob 12"_qs, u"Cid 0"_qs }));
    bench.panel.table().sortByColumn(0, Qt::DescendingOrder);
    QTRY_COMPARE(bench.rows(), QStringList({ u"Cid 0"_qs, u"Bob 12"_qs, u"Ada 20"_qs }));
    auto* filter = bench.panel.findChild<QLineEdit*>(u"projectionFilter"_qs);
    filter->setText(u"sum > 10"_qs);
    QTRY_COMPARE(bench.rows(), QStringList({ u"Bob 12"_qs, u"Ada 20"_qs }));
    QTRY_COMPARE(
        bench.label("projectionStatus").section(u" · "_qs, 0, 0), u"2 of 3 rows as of #5"_qs);
    filter->setText(u"ad"_qs);
    QTRY_COMPARE(bench.rows(), QStringList { u"Ada 20"_qs });
    filter->clear();
    QTRY_COMPARE(bench.rows().size(), 3);
}

void TestProjectionPanel::tellsAWrongFilter()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    auto* filter = bench.panel.findChild<QLineEdit*>(u"projectionFilter"_qs);
    filter->setText(u"summ > 10"_qs);
    QTRY_VERIFY(bench.label("projectionTrouble").contains(u"unknown name 'summ'"));
    QCOMPARE(bench.rows(), allSums);
    filter->setText(u"key > 10"_qs);
    QTRY_VERIFY(bench.label("projectionTrouble").startsWith(u"The filter failed in 3 rows"));
    filter->clear();
    QTRY_COMPARE(bench.rows(), allSums);
}

void TestProjectionPanel::marksRowsThatFailed()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    const auto* shown = bench.panel.table().model();
    QVERIFY(shown->index(0, 0).data(Qt::DecorationRole).isNull());
    QVERIFY(!shown->index(2, 0).data(Qt::DecorationRole).isNull());
    const QString tip = shown->index(2, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(u"#5 could not be folded. PAID: /sum: "), qPrintable(tip));
    QTRY_VERIFY2(bench.label("projectionStatus").contains(u"Cid lacks an event: #5 could not"_qs),
        qPrintable(bench.label("projectionStatus")));
    // An event that came to no row is told below the table.
    bench.sample.append({ { u"a-9"_qs, u"PAID"_qs, "{}" } });
    bench.client.checkForGrowth();
    QTRY_VERIFY(bench.label("projectionTrouble").startsWith(u"1 event came to no row; first #6"));
}

void TestProjectionPanel::goesToTheEventOfARow()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    emit bench.panel.table().rowPicked(0);
    QTest::keyClick(&bench.panel.table(), Qt::Key_Return);
    QCOMPARE(bench.cursor.position(), 3);
}

void TestProjectionPanel::showsAnotherProjection()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    auto* picker = bench.panel.findChild<QComboBox*>(u"projectionPicker"_qs);
    QCOMPARE(picker->count(), 2);
    QCOMPARE(picker->currentText(), u"Sums"_qs);
    const auto hint = [&] {
        return bench.panel.findChild<QLineEdit*>(u"projectionFilter"_qs)->placeholderText();
    };
    QVERIFY(hint().endsWith(u"sum > 100"_qs));
    const int other = picker->findText(u"Streams"_qs);
    picker->setCurrentIndex(other);
    emit picker->activated(other);
    QTRY_COMPARE(bench.rows(), QStringList({ u"a-1 3"_qs, u"a-2 1"_qs, u"a-3 1"_qs }));
    // It is shown on when the workspace is read anew, and folded anew only where it is another.
    bench.model.setWorkspace(bench.folder.load());
    QCOMPARE(bench.model.projection()->name, u"streams"_qs);
    QCOMPARE(bench.rows().size(), 3);
    bench.folder.write(u"projections/streams.json"_qs,
        json("{'title':'Streams','key':'event.stream','columns':[{'name':'n'}],"
             "'evolve':{'PAID':{'/n':'event.version * 10'}}}"));
    bench.model.setWorkspace(bench.folder.load());
    QTRY_COMPARE(bench.rows(), QStringList({ u"a-1 30"_qs, u"a-2 10"_qs }));
    QVERIFY(QFile::remove(bench.folder.filePath(u"projections/streams.json"_qs)));
    bench.model.setWorkspace(bench.folder.load());
    QTRY_COMPARE(bench.rows(), allSums);
}

void TestProjectionPanel::restsWhileItIsHidden()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    bench.panel.hide();
    bench.sample.append({ { u"a-9"_qs, u"PAID"_qs, json("{'who':'Dan','amount':1}") } });
    bench.client.checkForGrowth();
    QTRY_COMPARE(bench.frame.position(), 6);
    QTest::qWait(50);
    QCOMPARE(bench.model.status().builtTo, 5);
    bench.panel.show();
    QTRY_COMPARE(bench.rows().size(), 4);
}

void TestProjectionPanel::explainsThatThereIsNone()
{
    Bench bench;
    QVERIFY(bench.open(false));
    QVERIFY(!bench.panel.findChild<QComboBox*>(u"projectionPicker"_qs)->isEnabled());
    QVERIFY(bench.rows().isEmpty());
    QCOMPARE(bench.label("projectionStatus").section(u" · "_qs, 0, 0), QString());
}

void TestProjectionPanel::exportsWhatIsShown()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    bench.cursor.moveTo(3);
    QTRY_COMPARE(bench.rows(), QStringList({ u"Bob 12"_qs, u"Ada 20"_qs }));
    QVERIFY(bench.model.setFilter(u"sum > 15"_qs).ok());
    const QString file = bench.folder.filePath(u"out.csv"_qs);
    QSignalSpy finished(&bench.panel.exporter(), &ProjectionExporter::finished);
    bench.panel.exporter().exportTo({ file, ExchangeFormat::Csv, {} });
    QTRY_COMPARE(finished.count(), 1);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray("key,sum\r\nAda,20\r\n"));
    bench.panel.exporter().exportTo({ u"/nowhere/at/all.csv"_qs, ExchangeFormat::Csv, {} });
    QTRY_COMPARE(finished.count(), 2);
    QVERIFY(finished.last().first().toString().contains(u"/nowhere/at"));
}

void TestProjectionPanel::endsAnExportWithItsStore()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    const QString file = bench.folder.filePath(u"out.csv"_qs);
    auto& exporter = bench.panel.exporter();
    QSignalSpy finished(&exporter, &ProjectionExporter::finished);
    // The lane is busy, so that the export is under way when the store goes.
    bench.client.run<bool>(
        StoreClient::Lane::Background, &bench.panel,
        [](EventStore&, const CancelToken& cancel) -> Result<bool> {
            while (!cancel.isCancelled())
                QThread::msleep(1);
            return true;
        },
        [](const Result<bool>&) {});
    exporter.exportTo({ file, ExchangeFormat::Csv, {} });
    QVERIFY(exporter.isRunning());
    bench.client.close();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().toString(), u"The store was closed; the export has ended"_qs);
    QVERIFY(!exporter.isRunning());
    bench.cursor.reset();
    QVERIFY(bench.sample.openIn(bench.client));
    bench.cursor.setHead(bench.client.head());
    QTRY_COMPARE(bench.rows(), allSums);
    // Nothing was written meanwhile, and the next one is as the first would have been.
    QVERIFY(!QFile::exists(file));
    exporter.exportTo({ file, ExchangeFormat::Csv, {} });
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(finished.last().first().toString().section(u' ', 0, 2), u"Exported 3 rows"_qs);
    QVERIFY(QFile::exists(file));
}

void TestProjectionPanel::triesAgainWhereAConnectionFailed()
{
    Bench bench;
    bench.model.setWorkspace(bench.folder.load());
    bench.model.choose(u"sums"_qs);
    QVERIFY(bench.sample.openIn(bench.client));
    bench.cursor.setHead(bench.client.head());
    // The connection that scans is opened when it is first needed.
    const QString elsewhere = bench.sample.location() + u".moved"_qs;
    QVERIFY(QFile::rename(bench.sample.location(), elsewhere));
    bench.panel.show();
    QTRY_VERIFY(!bench.model.status().error.isEmpty());
    QVERIFY(bench.rows().isEmpty());
    QVERIFY(QFile::rename(elsewhere, bench.sample.location()));
    bench.sample.append({ { u"a-3"_qs, u"PAID"_qs, json("{'who':'Ada','amount':1}") } });
    bench.client.checkForGrowth();
    QTRY_COMPARE(bench.model.status().builtTo, 6);
    QCOMPARE(bench.model.status().error, QString());
    QTRY_COMPARE(bench.rows(), QStringList({ u"Bob 12"_qs, u"Ada 21"_qs, u"Cid 0"_qs }));
}

void TestProjectionPanel::showsAnotherStore()
{
    Bench bench;
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.rows(), allSums);
    bench.client.close();
    bench.cursor.reset();
    QVERIFY(bench.rows().isEmpty());
    const SampleStore other({ { u"a-1"_qs, u"PAID"_qs, json("{'who':'Eve','amount':5}") } });
    QVERIFY(other.openIn(bench.client));
    bench.cursor.setHead(bench.client.head());
    QTRY_COMPARE(bench.rows(), QStringList { u"Eve 5"_qs });
}

void TestProjectionPanel::scrollsThroughManyRows()
{
    QList<SampleEvent> events;
    for (int i = 0; i < 2000; ++i)
        events.append({ u"a-%1"_qs.arg(i), u"PAID"_qs,
            "{\"who\":" + QByteArray::number(i) + ",\"amount\":" + QByteArray::number(-i) + "}" });
    Bench bench(events);
    QVERIFY(bench.open());
    QTRY_COMPARE(bench.panel.table().totalRows(), 2000);
    bench.panel.table().reveal(1500);
    const auto first
        = [&] { return bench.rows().isEmpty() ? QString() : bench.rows().constFirst(); };
    const qint64 row = bench.panel.table().firstRow();
    QVERIFY(row > 1000);
    QTRY_COMPARE(first(), u"%1 -%1"_qs.arg(row));
    bench.panel.table().sortByColumn(1, Qt::AscendingOrder);
    QTRY_COMPARE(first(), u"%1 -%1"_qs.arg(1999 - row));
    // Fewer rows than the window is at: it moves, and shows the last ones.
    bench.cursor.moveTo(30);
    QTRY_COMPARE(bench.panel.table().totalRows(), 30);
    QTRY_COMPARE(bench.rows().constLast(), u"0 0"_qs);
}

QTEST_MAIN(TestProjectionPanel)
#include "tst_projectionpanel.moc"
