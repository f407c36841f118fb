#include "exchange/exporter.h"
#include "exchange/importer.h"
#include "store/openstore.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// The generator of the benchmarks: what its logs are like, and that its ways agree.
class GenerateTest final : public QObject {
    Q_OBJECT

private:
    static constexpr int events = 5000;
    QTemporaryDir m_folder;

    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    static QByteArray run(const QStringList& arguments)
    {
        QProcess process;
        process.start(QStringLiteral(EVENTLOUPE_GENERATE), arguments);
        if (!process.waitForFinished(60000) || process.exitCode() != 0)
            qFatal("%s", process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }
    QByteArray lines(const QStringList& more = {}) const
    {
        return run(QStringList(QString::number(events)) + more);
    }
    QByteArray exported(EventStore& store) const
    {
        ExportRequest request;
        request.file = path("out.ndjson");
        request.format = ExchangeFormat::Ndjson;
        if (!exportEvents(store, request, Progress(), CancelToken()))
            return {};
        QFile file(request.file);
        const bool isOpen = file.open(QIODevice::ReadOnly);
        QByteArray content = isOpen ? file.readAll() : QByteArray();
        file.remove();
        return content;
    }

private slots:
    void storeAndLinesAreTheSame()
    {
        const QByteArray log = lines();
        QFile file(path("log.ndjson"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(log);
        file.close();
        const auto imported = openStore(path("imported.eventlog"), OpenMode::Create);
        QVERIFY(importFile(**imported, { file.fileName(), {}, {} }, Progress(), CancelToken()));
        QCOMPARE(exported(**imported), log);

        run({ QString::number(events), QStringLiteral("--store"), path("straight.eventlog") });
        const auto straight = openStore(path("straight.eventlog"), OpenMode::ReadOnly);
        QVERIFY(straight);
        QCOMPARE(exported(**straight), log);
        qint64 faults = 0;
        QVERIFY((*straight)->verify({}, {}, [&faults](const StoreFault&) { ++faults; }));
        QCOMPARE(faults, 0);
    }

    void seedDecides()
    {
        QCOMPARE(lines({ QStringLiteral("1") }), lines());
        QVERIFY(lines({ QStringLiteral("2") }) != lines());
    }

    void logIsOfThePromisedShape()
    {
        run({ QString::number(events), QStringLiteral("7"), QStringLiteral("--store"),
            path("shape.eventlog") });
        const auto store = openStore(path("shape.eventlog"), OpenMode::ReadOnly);
        QVERIFY(store);
        QCOMPARE((*store)->head().value(), events);
        QCOMPARE((*store)->types().value().size(), 20);
        QCOMPARE((*store)->categoryCountAt(events).value(), 5);
        QCOMPARE((*store)->streamCountAt(events).value(), events / 10 + 1);
        const auto longest = (*store)->findStream(QStringLiteral("account-1")).value();
        QVERIFY(longest.has_value());
        QCOMPARE(longest->headVersion, events / 50);
        const auto scanned
            = (*store)->scanLog(1, events, ScanColumn::Data, {}, [](const EventView& event) {
                  return event.data.size() >= 120 && event.data.size() <= 250;
              });
        QVERIFY(scanned);
    }

    void rowsAreThoseOfTheStore()
    {
        run({ QString::number(events), QStringLiteral("--rows"), m_folder.path() });
        const auto rowsOf = [this](const char* name) {
            QFile file(path(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : -1;
        };
        QCOMPARE(rowsOf("event.csv"), events);
        QCOMPARE(rowsOf("stream.csv"), events / 10 + 1);
        QCOMPARE(rowsOf("category.csv"), 5);
        QCOMPARE(rowsOf("event_type.csv"), 20);
    }
};

QTEST_GUILESS_MAIN(GenerateTest)
#include "tst_generate.moc"
