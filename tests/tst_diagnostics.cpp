#include "state/stateloader.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "ui/window/diagnostics.h"
#include "ui/window/diagnosticsmodel.h"
#include "ui/window/reportdialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace eventloupe;

namespace {

QString figureOf(const QAbstractItemModel& model, const QString& name)
{
    for (int row = 0; row < model.rowCount(); ++row)
        if (model.index(row, DiagnosticsModel::Name).data().toString() == name)
            return model.index(row, DiagnosticsModel::Figure).data().toString();
    return u"no such row"_qs;
}

void trigger(MainWindow& window, const QString& text)
{
    for (auto* action : window.findChildren<QAction*>())
        if (action->text() == text)
            action->trigger();
}

} // namespace

class TestDiagnostics : public QObject {
    Q_OBJECT

private slots:
    void rowsAreWordsAndFigures()
    {
        DiagnosticsModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // As a view asks that copies with no row chosen.
        QTest::failOnWarning(QRegularExpression(u"not valid"_qs));
        QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
        QCOMPARE(figureOf(model, u"Store"_qs), u"none is open"_qs);
        QCOMPARE(figureOf(model, u"Last frame, asked to painted"_qs), u"none yet"_qs);
        QCOMPARE(figureOf(model, u"Rows of the projection"_qs), u"none is shown"_qs);
        QCOMPARE(figureOf(model, u"Memory of the process"_qs), u"not known on this system"_qs);
        Diagnostics now;
        now.location = u"/stores/<b>shop</b>\n.eventlog"_qs;
        now.events = 100'000'000;
        now.storeBytes = 45'000'000'000;
        now.walBytes = 4096;
        now.states = { 801, 1'500'000, 33'554'432 };
        now.matches = 1234;
        now.matchBytes = 2468;
        now.projection = { true, 1000, 2048, { 3, 1024, 4096 }, 8192, 1024, 2048, 5, 7 };
        now.scanJobs = 2;
        now.frames = 256;
        now.slowFrame = 12.34;
        now.memory = 1000;
        model.show(now);
        QCOMPARE(figureOf(model, u"Events"_qs), u"100,000,000"_qs);
        QCOMPARE(figureOf(model, u"Size of the file"_qs), u"41.91 GiB"_qs);
        QCOMPARE(figureOf(model, u"Not yet merged into it (WAL)"_qs), u"4.0 KiB"_qs);
        QCOMPARE(figureOf(model, u"Checkpoints for states"_qs),
            u"801, about 1.4 MiB of at most 32.0 MiB"_qs);
        QCOMPARE(figureOf(model, u"Matches of the filter"_qs), u"1,234, about 2.4 KiB"_qs);
        QCOMPARE(figureOf(model, u"Rows of the projection"_qs),
            u"1,000, about 2.0 KiB; with the checkpoints at most 8.0 KiB"_qs);
        QCOMPARE(figureOf(model, u"Checkpoints of the projection"_qs),
            u"3, about 1.0 KiB of at most 4.0 KiB"_qs);
        QCOMPARE(figureOf(model, u"Events folded into the projection"_qs), u"5 of 7, building"_qs);
        QCOMPARE(figureOf(model, u"Jobs of the scan lane"_qs), u"2"_qs);
        QCOMPARE(figureOf(model, u"99 % of them within"_qs), u"12.3 ms"_qs);
        QCOMPARE(figureOf(model, u"Memory of the process"_qs), u"1000 bytes"_qs);
        QVERIFY(!figureOf(model, u"Store"_qs).contains(u'\n'));
        QCOMPARE(model.toText().count(u'\n'), model.rowCount());
    }

    void numbersAreOfWhatIsOpen()
    {
        QList<SampleEvent> events { { u"secret-1"_qs, u"T"_qs, R"({"password":"hunter2"})" } };
        for (int i = 0; i < 1500; ++i)
            events.append({ u"long-1"_qs, u"T"_qs, R"({"n":1})" });
        const SampleStore sample(events);
        WindowBench bench;
        QCOMPARE(diagnosticsOf(bench.workbench().parts()).location, QString());
        QVERIFY(bench.open(sample.location()));
        const auto parts = bench.workbench().parts();
        QTRY_COMPARE(parts.state.view()->version, 1500);
        QTRY_VERIFY(!parts.state.view()->foldedTo);
        QTRY_VERIFY(diagnosticsOf(parts).frames > 0);
        Diagnostics now = diagnosticsOf(parts);
        addFileSizes(now);
        QCOMPARE(now.location, sample.location());
        QCOMPARE(now.events, 1501);
        QCOMPARE(now.position, 1501);
        QCOMPARE(now.streams, 2);
        QCOMPARE(now.storeBytes, QFileInfo(sample.location()).size());
        QVERIFY(now.logPages >= 1);
        QVERIFY(now.logPageBytes > 0);
        QVERIFY(now.states.count >= 6); // Six marks, 250 apart.
        QVERIFY(now.states.bytes > 0 && now.states.bytes <= now.states.maximumBytes);
        QVERIFY(now.lastFrame > 0 && now.slowFrame >= now.medianFrame);
        QVERIFY(now.peakMemory >= now.memory);
    }

    void dialogIsKeptUpToDate()
    {
        SampleStore sample(SampleStore::numbered(40));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        trigger(bench.window(), u"&Diagnostics…"_qs);
        auto* view = bench.find<QTreeView>("diagnosticsView");
        QVERIFY(view->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        QTRY_COMPARE(figureOf(*view->model(), u"Events"_qs), u"40"_qs);
        sample.append(SampleStore::numbered(2, 41));
        QTRY_COMPARE(figureOf(*view->model(), u"Events"_qs), u"42"_qs);
        QTest::mouseClick(bench.find<QPushButton>("copyDiagnosticsButton"), Qt::LeftButton);
        const auto text = QApplication::clipboard()->text();
        QVERIFY2(text.contains(u"Events: 42\n"_qs), qPrintable(text));
        // No payload, type or stream.
        for (const auto& stored : { u"user-1"_qs, u"CHANGED"_qs, u"\"n\""_qs })
            QVERIFY2(!text.contains(stored), qPrintable(text));
        // Once more, the same; and after it was closed, another.
        trigger(bench.window(), u"&Diagnostics…"_qs);
        QCOMPARE(bench.window().findChildren<QDialog*>(u"diagnosticsDialog"_qs).size(), 1);
        bench.find<QDialog>("diagnosticsDialog")->reject();
        QTRY_VERIFY(bench.window().findChildren<QDialog*>(u"diagnosticsDialog"_qs).isEmpty());
        emit bench.window().closeAsked();
        trigger(bench.window(), u"&Diagnostics…"_qs);
        QCOMPARE(figureOf(*bench.find<QTreeView>("diagnosticsView")->model(), u"Store"_qs),
            u"none is open"_qs);
    }

    void reportIsShownInFullAndHoldsNothingOfTheStore()
    {
        const QString marker = u"Kx7secret"_qs;
        const SampleStore sample({ { marker + u"-1"_qs, marker, "{\"Kx7secret\":\"Kx7secret\"}" },
            { marker + u"-2"_qs, marker, "{\"n\":2}" } });
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        // What failed is in it too, without what failed.
        QVERIFY(!bench.open(u"/nowhere/Kx7secret.eventlog"_qs));
        trigger(bench.window(), u"Diagnostics &Report…"_qs);
        auto* view = bench.find<JsonView>("reportView");
        QVERIFY(!QApplication::activeModalWidget());
        QTRY_VERIFY(view->toPlainText().contains(u"\"counts\""));
        QTest::mouseClick(bench.find<QPushButton>("copyReportButton"), Qt::LeftButton);
        const QByteArray text = QApplication::clipboard()->text().toUtf8();
        QVERIFY2(!text.contains(marker.toUtf8()), text);
        QVERIFY2(!text.contains("nowhere"), text);
        QCOMPARE(view->json(), text.trimmed());
        const auto report = QJsonDocument::fromJson(text).object();
        const auto store = report.value(u"store").toObject();
        QCOMPARE(store.value(u"counts").toObject().value(u"events").toInt(), 2);
        QCOMPARE(store.value(u"counts").toObject().value(u"streams").toInt(), 2);
        const auto error = report.value(u"errors").toArray().at(0).toObject();
        QCOMPARE(error.value(u"code").toString(), u"NotFound"_qs);
        QVERIFY(report.value(u"window").toObject().value(u"memory_bytes").toInt() > 0);
    }

    void reportIsSavedForItsOwnerAlone()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"report.json"_qs);
        ReportDialog dialog({}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto* button = dialog.findChild<QPushButton*>(u"saveReportButton"_qs);
        QVERIFY(!button->isEnabled());
        dialog.setReport("{\"a\": 1}\n");
        dialog.show();
        QTest::mouseClick(button, Qt::LeftButton);
        auto* choice = dialog.findChild<QFileDialog*>();
        QVERIFY(choice);
        emit choice->fileSelected(file);
        QTRY_VERIFY(dialog.findChild<PlainLabel*>(u"reportSaid"_qs)->text().startsWith(u"Saved"));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), QByteArray("{\"a\": 1}\n"));
        QVERIFY(!(written.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    }
};

QTEST_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"
