#include "branch/branchsession.h"
#include "support/samplestore.h"
#include "support/textfile.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/store/verifydialog.h"
#include "ui/window/filemenu.h"
#include "ui/window/runningwork.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace eventloupe;

/// How a window ends while something runs in it, and when somebody else ends it.
class TestClosing : public QObject {
    Q_OBJECT

private:
    static constexpr int patience = 60'000; ///< Milliseconds, for a start of the program.

    TextFiles m_files;

    /// A file whose import takes some seconds.
    QString longLog()
    {
        const QString file = m_files.path(u"long.ndjson"_qs);
        if (QFile::exists(file))
            return file;
        QByteArray lines;
        for (int n = 0; n < 400'000; ++n)
            lines += "{\"stream\":\"s-" + QByteArray::number(n % 5000)
                + "\",\"type\":\"T\",\"data\":{\"n\":" + QByteArray::number(n) + "}}\n";
        return m_files.write(u"long.ndjson"_qs, lines);
    }

    static ExchangeController& exchange(WindowBench& bench)
    {
        return *bench.window().findChild<ExchangeController*>();
    }

    /// The window waits no longer than it promises, and a busy disk undoes slowly.
    static void waitForTheEnd(WindowBench& bench)
    {
        QTRY_VERIFY_WITH_TIMEOUT(!exchange(bench).isRunning(), patience);
    }

    /// The text of the last one.
    static QString& question()
    {
        static QString text;
        return text;
    }

    /// Presses a button of the question once it is there; `asked` counts.
    static void answer(WindowBench& bench, const QString& button, int& asked)
    {
        QTimer::singleShot(0, &bench.window(), [&bench, button, &asked] {
            auto* box = bench.window().findChild<QMessageBox*>(u"stillRunningBox"_qs);
            if (!box)
                return;
            ++asked;
            question() = box->text();
            for (auto* each : box->findChildren<QPushButton*>()) {
                if (each->text().remove(u'&') == button)
                    each->click();
            }
        });
    }

    /// Closes the window and stops what runs in it, which has not ended for the window before its
    /// event loop comes round: so there is a question.
    static void stopAndClose(WindowBench& bench)
    {
        int asked = 0;
        answer(bench, u"Stop and Close"_qs, asked);
        bench.window().close();
        QCOMPARE(asked, 1);
        QTRY_VERIFY(!bench.window().isVisible());
        bench.endWithoutClosing();
    }

    static QStringList filesOf(const QString& folder)
    {
        return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    /// Starts the program on a store, with what it is to do about a signal; it stands then.
    static void startUnder(QProcess& program, const QString& store, const QString& configuration,
        int number, void (*handler)(int))
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"EVENTLOUPE_CONFIG_DIR"_qs, configuration);
        environment.insert(u"QT_QPA_PLATFORM"_qs, u"offscreen"_qs);
        program.setProcessEnvironment(environment);
        program.setChildProcessModifier([number, handler] { ::signal(number, handler); });
        program.start(QStringLiteral(EVENTLOUPE_PROGRAM), { store });
        // It is open once the session says so.
        const QString session = configuration + u"/session.json"_qs;
        QTRY_VERIFY_WITH_TIMEOUT(TextFiles::read(session).contains("\"open\""), patience);
    }

private slots:
    void closingDuringAnImportAsks()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        QSignalSpy ended(&exchange(bench), &ExchangeController::failed);
        exchange(bench).runImport({ longLog(), std::nullopt, std::nullopt });
        int asked = 0;
        answer(bench, u"Go On"_qs, asked);
        QVERIFY(!bench.window().close());
        QCOMPARE(asked, 1);
        QCOMPARE(question(),
            u"Importing long.ndjson has not ended yet. Stopped now, it leaves nothing behind."_qs);
        QVERIFY(bench.window().isVisible());
        QVERIFY(exchange(bench).isRunning());

        answer(bench, u"Stop and Close"_qs, asked);
        bench.window().close();
        QCOMPARE(asked, 2);
        QTRY_VERIFY(!bench.window().isVisible());
        waitForTheEnd(bench);
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(ended.constFirst().constFirst().value<Error>().code, ErrorCode::Cancelled);
        bench.endWithoutClosing();
        // All or nothing, and nothing beside it.
        const auto store = openStore(sample.location(), OpenMode::ReadOnly);
        QVERIFY(store);
        QCOMPARE(*(*store)->head(), 5);
        const QFileInfo info(sample.location());
        for (const auto& file : filesOf(info.absolutePath()))
            QVERIFY2(file.startsWith(info.fileName()) && !file.endsWith(u".new"_qs),
                qPrintable(file));
    }

    void closingDuringAnImportIntoANewStoreLeavesNone()
    {
        WindowBench bench;
        const QString store = m_files.path(u"made.eventlog"_qs);
        const QString log = longLog();
        const QStringList before = filesOf(QFileInfo(log).absolutePath());
        exchange(bench).runImport({ log, std::nullopt, std::nullopt }, store);
        stopAndClose(bench);
        QCOMPARE(filesOf(QFileInfo(log).absolutePath()), before);
    }

    void closingDuringAnExportLeavesNoFile()
    {
        SampleStore sample(SampleStore::numbered(200'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        ExportRequest request;
        request.file = m_files.path(u"out.ndjson"_qs);
        const QStringList before = filesOf(QFileInfo(request.file).absolutePath());
        exchange(bench).runExport(request);
        stopAndClose(bench);
        QCOMPARE(filesOf(QFileInfo(request.file).absolutePath()), before);
    }

    void closingDuringACopyLeavesWholeEvents()
    {
        SampleStore sample(SampleStore::numbered(200'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        CopyRequest request;
        request.to = m_files.path(u"copy.eventlog"_qs);
        request.batch = 1000;
        exchange(bench).runCopy(request);
        QTRY_VERIFY_WITH_TIMEOUT(exchange(bench).keepsPart(), patience);
        stopAndClose(bench);
        QVERIFY2(question().endsWith(u"Stopped now, it keeps what it has stored, and goes on from "
                                     "there another time."_qs),
            qPrintable(question()));
        // Up to the last batch, or none; a copy goes on from there.
        if (QFile::exists(request.to)) {
            const auto copy = openStore(request.to, OpenMode::ReadOnly);
            QVERIFY(copy);
            QVERIFY((*copy)->verify(
                {}, [](Position) { }, [](const StoreFault&) { QFAIL("torn"); }));
        }
    }

    void closingDuringTheFirstPartOfACopyKeepsNothing()
    {
        SampleStore sample(SampleStore::numbered(200'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        CopyRequest request;
        request.to = m_files.path(u"copy.eventlog"_qs);
        const QStringList before = filesOf(QFileInfo(request.to).absolutePath());
        exchange(bench).runCopy(request);
        stopAndClose(bench);
        QVERIFY2(question().endsWith(u"Stopped now, it leaves nothing behind."_qs),
            qPrintable(question()));
        QCOMPARE(filesOf(QFileInfo(request.to).absolutePath()), before);
    }

    void theQuestionEndsWithTheWork()
    {
        SampleStore sample(SampleStore::numbered(100'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        ExportRequest request;
        request.file = m_files.path(u"whole.ndjson"_qs);
        QSignalSpy finished(&exchange(bench), &ExchangeController::finished);
        exchange(bench).runExport(request);
        // Nobody answers, and nobody has to.
        bench.window().close();
        QCOMPARE(finished.count(), 1);
        QVERIFY(!bench.window().isVisible());
        bench.endWithoutClosing();
        QVERIFY(TextFiles::read(request.file).count('\n') == 100'000);
    }

    void aFailureBehindTheQuestionIsShown()
    {
        SampleStore sample(SampleStore::numbered(100'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        emit exchange(bench).failed({ ErrorCode::InputOutput, u"before"_qs });
        ExportRequest request;
        request.file = m_files.path(u"failed.ndjson"_qs);
        exchange(bench).runExport(request);
        QTimer::singleShot(0, &bench.window(), [&bench] {
            exchange(bench).cancel();
            emit exchange(bench).failed({ ErrorCode::InputOutput, u"the disk is full"_qs });
        });
        QVERIFY(!bench.window().close());
        QVERIFY(bench.window().isVisible());
        QTRY_VERIFY(!exchange(bench).isRunning());
    }

    void closingDuringARepairLeavesNoStore()
    {
        SampleStore sample(SampleStore::numbered(100'000));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.window().findChild<QAction*>(u"verifyAction"_qs)->trigger();
        auto* dialog = bench.window().findChild<VerifyDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), patience);
        const QString repaired = m_files.path(u"repaired.eventlog"_qs);
        const QStringList before = filesOf(QFileInfo(repaired).absolutePath());
        dialog->repairTo(repaired);
        stopAndClose(bench);
        QCOMPARE(filesOf(QFileInfo(repaired).absolutePath()), before);
    }

    void openingAnotherStoreDuringAnImportAsks()
    {
        SampleStore sample(SampleStore::numbered(5));
        SampleStore other(SampleStore::numbered(7));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        exchange(bench).runImport({ longLog(), std::nullopt, std::nullopt });
        int asked = 0;
        answer(bench, u"Go On"_qs, asked);
        emit bench.window().findChild<FileMenu*>()->openAsked(other.location());
        QCOMPARE(asked, 1);
        QVERIFY(exchange(bench).isRunning());
        answer(bench, u"Stop It"_qs, asked);
        emit bench.window().findChild<FileMenu*>()->openAsked(other.location());
        QCOMPARE(asked, 2);
        QTRY_COMPARE_WITH_TIMEOUT(bench.cursor().head(), 7, WindowBench::patience);
        waitForTheEnd(bench);
    }

    void nothingIsAskedForUnsentText()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.find<QLineEdit>("watchEdit")->setText(u"state."_qs);
        QVERIFY(bench.window().close());
        bench.endWithoutClosing();
        QCOMPARE(
            Session().place(sample.location()).others.value(u"watch"_qs), QByteArray("state."));
    }

    void endsWithoutAQuestion()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.cursor().moveTo(3);
        exchange(bench).runImport({ longLog(), std::nullopt, std::nullopt });
        auto* modal = new QDialog(&bench.window());
        modal->open();
        bool isEnded = false;
        bench.window().endNow([&isEnded] { isEnded = true; });
        QTRY_VERIFY(isEnded);
        waitForTheEnd(bench);
        QVERIFY(!bench.window().findChild<QMessageBox*>());
        bench.endWithoutClosing();
        QCOMPARE(Session().place(sample.location()).position, 3);
    }

    void isWrittenBeforeTheDesktopsSessionEnds()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.cursor().moveTo(2);
        bench.window().keepNow();
        QFile file(bench.configuration() + u"/session.json"_qs);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains(sample.location().toUtf8()));
        QVERIFY(bench.window().isVisible());
    }

    void signalsEndTheProgramInOrder_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void signalsEndTheProgramInOrder()
    {
        QFETCH(int, number);
        SampleStore sample(SampleStore::numbered(5));
        const QTemporaryDir configuration;
        QProcess program;
        startUnder(program, sample.location(), configuration.path(), number, SIG_DFL);
        ::kill(pid_t(program.processId()), number);
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        qputenv("EVENTLOUPE_CONFIG_DIR", configuration.path().toLocal8Bit());
        QCOMPARE(Session().text(u"open"_qs), sample.location());
        QVERIFY(filesOf(configuration.path()).filter(u".new"_qs).isEmpty());
    }

    void whatNohupHasIgnoredStaysIgnored()
    {
#ifndef Q_OS_LINUX
        QSKIP("Signals of a process are read from /proc");
#endif
        SampleStore sample(SampleStore::numbered(5));
        const QTemporaryDir configuration;
        QProcess program;
        startUnder(program, sample.location(), configuration.path(), SIGHUP, SIG_IGN);
        const QByteArray status
            = TextFiles::read(u"/proc/%1/status"_qs.arg(program.processId()));
        const auto ignores = [&status](int number) {
            const auto line = status.mid(status.indexOf("SigIgn:") + 7);
            const auto mask = line.left(line.indexOf('\n')).trimmed().toULongLong(nullptr, 16);
            return ((mask >> (number - 1)) & 1) == 1;
        };
        QVERIFY(ignores(SIGHUP));
        QVERIFY(!ignores(SIGTERM));
        ::kill(pid_t(program.processId()), SIGTERM);
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    }

    void workThatDoesNotAnswerIsNotWaitedForForEver()
    {
        RunningWork work;
        int cancelled = 0;
        work.add({ [] { return u"stuck"_qs; }, [&cancelled] { ++cancelled; }, true });
        work.add({ [] { return QString(); }, [&cancelled] { cancelled += 100; }, true });
        QCOMPARE(work.titles(), QStringList { u"stuck"_qs });
        bool isCalled = false;
        work.stopThen([&isCalled] { isCalled = true; });
        QCOMPARE(cancelled, 1);
        QTRY_VERIFY(isCalled);
    }
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
