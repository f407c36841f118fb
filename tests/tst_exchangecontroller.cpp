#include "support/scratchstore.h"
#include "support/textfile.h"
#include "ui/exchange/exchangecontroller.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>

using namespace eventloupe;

/// Imports and exports as the window runs them.
class ExchangeControllerTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    QString log(int events) const
    {
        return m_files.write(QStringLiteral("log%1.ndjson").arg(events),
            QByteArray("{\"stream\":\"s\",\"type\":\"T\",\"data\":{}}\n").repeated(events));
    }

    static void open(StoreClient& client, const QString& path)
    {
        QSignalSpy opened(&client, &StoreClient::opened);
        client.open(path, OpenMode::Create);
        QTRY_COMPARE(opened.count(), 1);
    }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qRegisterMetaType<Error>();
    }

    void importsIntoTheOpenStoreAndExports()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        open(client, m_files.path(QStringLiteral("a.eventlog")));
        QSignalSpy started(&controller, &ExchangeController::started);
        QSignalSpy finished(&controller, &ExchangeController::finished);
        QSignalSpy grown(&client, &StoreClient::headChanged);
        controller.runImport({ log(300), std::nullopt, std::nullopt });
        QVERIFY(controller.isRunning());
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!controller.isRunning());
        QCOMPARE(started.constFirst().constFirst().toString(),
            QStringLiteral("Importing log300.ndjson"));
        QVERIFY(finished.constFirst().constFirst().toString().contains(QStringLiteral("300")));
        QTRY_COMPARE(client.head(), 300);

        ExportRequest request;
        request.file = m_files.path(QStringLiteral("out.ndjson"));
        controller.runExport(request);
        QTRY_COMPARE(finished.count(), 2);
        QCOMPARE(TextFiles::read(request.file).count('\n'), 300);

        request.where = "data.amount > 1 || position < 3";
        controller.runExport(request);
        QTRY_COMPARE(finished.count(), 3);
        const QString closing = finished.constLast().constFirst().toString();
        QVERIFY2(closing.contains(u"The filter could not be evaluated for 298 events, the first at "
                                  "position 3: no such key 'amount'"),
            qPrintable(closing));
    }

    void makesANewStore()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        QSignalSpy finished(&controller, &ExchangeController::finished);
        QSignalSpy made(&controller, &ExchangeController::storeMade);
        const QString location = m_files.path(QStringLiteral("new.eventlog"));
        controller.runImport({ log(10), std::nullopt, std::nullopt }, location);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(made.count(), 1);
        QCOMPARE(*(*openStore(location, OpenMode::ReadOnly))->head(), 10);
    }

    void aFailedImportLeavesNoStore()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        QSignalSpy failed(&controller, &ExchangeController::failed);
        const QString location = m_files.path(QStringLiteral("bad.eventlog"));
        controller.runImport({ m_files.write(QStringLiteral("bad.ndjson"),
                                   "{\"stream\":\"s\",\"type\":\"T\"}\noops\n"),
                                 std::nullopt, std::nullopt },
            location);
        QTRY_COMPARE(failed.count(), 1);
        const Error error = failed.constFirst().constFirst().value<Error>();
        QVERIFY2(
            error.message.contains(QStringLiteral("bad.ndjson:2: ")), qPrintable(error.message));
        QVERIFY(!QFile::exists(location));
        // A store that is there is not touched.
        const QString taken = m_files.write(QStringLiteral("taken.eventlog"), "mine");
        controller.runImport({ log(10), std::nullopt, std::nullopt }, taken);
        QTRY_COMPARE(failed.count(), 2);
        QCOMPARE(TextFiles::read(taken), QByteArray("mine"));
    }

    void withoutAStoreThereIsNothingToImportInto()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        QSignalSpy failed(&controller, &ExchangeController::failed);
        controller.runImport({ log(10), std::nullopt, std::nullopt });
        QCOMPARE(failed.count(), 1);
        QVERIFY(!controller.isRunning());
    }

    void copiesTheOpenLog()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        QSignalSpy started(&controller, &ExchangeController::started);
        QSignalSpy finished(&controller, &ExchangeController::finished);
        QSignalSpy failed(&controller, &ExchangeController::failed);
        const CopyRequest request { m_files.path(QStringLiteral("copy.eventlog")), false, false,
            0 };
        controller.runCopy(request);
        QCOMPARE(failed.count(), 1); // no store is open
        open(client, m_files.path(QStringLiteral("copied.eventlog")));
        controller.runImport({ log(300), std::nullopt, std::nullopt });
        QTRY_COMPARE(finished.count(), 1);
        controller.runCopy(request);
        QVERIFY(controller.isRunning());
        QTRY_COMPARE(finished.count(), 2);
        QVERIFY(!controller.isRunning());
        QCOMPARE(
            started.constLast().constFirst().toString(), QStringLiteral("Copying copied.eventlog"));
        QCOMPARE(finished.constLast().constFirst().toString(),
            QStringLiteral("Copied 300 events to %1, read back and verified.").arg(request.to));
        QCOMPARE(*(*openStore(request.to, OpenMode::ReadOnly))->head(), 300);
        controller.runCopy(request);
        QTRY_COMPARE(finished.count(), 3);
        QCOMPARE(finished.constLast().constFirst().toString(),
            QStringLiteral("%1 has all of the log already, 300 events.").arg(request.to));
        controller.runCopy({ client.location(), false, false, 0 });
        QTRY_COMPARE(failed.count(), 2);
        QCOMPARE(failed.constLast().constFirst().value<Error>().code, ErrorCode::InvalidArgument);
    }

    void aCancelledCopyGoesOn()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        open(client, m_files.path(QStringLiteral("long.eventlog")));
        QSignalSpy finished(&controller, &ExchangeController::finished);
        QSignalSpy failed(&controller, &ExchangeController::failed);
        controller.runImport({ log(100'000), std::nullopt, std::nullopt });
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        const CopyRequest request { m_files.path(QStringLiteral("part.eventlog")), false, false,
            1000 };
        controller.runCopy(request);
        QTRY_VERIFY(QFile::exists(request.to));
        controller.cancel();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.constLast().constFirst().value<Error>().code, ErrorCode::Cancelled);
        controller.runCopy({ request.to, false, false, 0 });
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 60'000);
        QCOMPARE(*(*openStore(request.to, OpenMode::ReadOnly))->head(), 100'000);
    }

    void closingTheStoreEndsTheWork()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        open(client, m_files.path(QStringLiteral("d.eventlog")));
        QSignalSpy failed(&controller, &ExchangeController::failed);
        QSignalSpy finished(&controller, &ExchangeController::finished);
        controller.runImport({ log(400'000), std::nullopt, std::nullopt });
        client.close();
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.constFirst().constFirst().value<Error>().code, ErrorCode::Cancelled);
        QVERIFY(!controller.isRunning());

        controller.runExport({});
        QCOMPARE(failed.count(), 2);
        QVERIFY(!controller.isRunning());
        // The next store is free for other work, and nothing of the import was stored.
        open(client, m_files.path(QStringLiteral("d.eventlog")));
        QCOMPARE(client.head(), 0);
        controller.runImport({ log(10), std::nullopt, std::nullopt });
        QTRY_COMPARE(finished.count(), 1);
        QTRY_COMPARE(client.head(), 10);
    }

    void oneAtATimeAndCancelled()
    {
        StoreClient client;
        QWidget window;
        ExchangeController controller(client, &window);
        open(client, m_files.path(QStringLiteral("c.eventlog")));
        QSignalSpy failed(&controller, &ExchangeController::failed);
        QSignalSpy progressed(&controller, &ExchangeController::progressed);
        controller.runImport({ log(400'000), std::nullopt, std::nullopt });
        controller.runExport({});
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.constLast().constFirst().value<Error>().code, ErrorCode::Busy);
        QTRY_VERIFY(!progressed.isEmpty());
        controller.cancel();
        QTRY_COMPARE(failed.count(), 2);
        QCOMPARE(failed.constLast().constFirst().value<Error>().code, ErrorCode::Cancelled);
        QVERIFY(!controller.isRunning());
        QCOMPARE(client.head(), 0);
    }
};

QTEST_MAIN(ExchangeControllerTest)
#include "tst_exchangecontroller.moc"
