#include "exchange/importer.h"
#include "support/plainwatch.h"
#include "support/scratchstore.h"
#include "support/shoplog.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

/// Random watches find exactly what a plain replay finds, in one stream, a category and the whole
/// log: on real logs, and on the sample shop. Twelve watches and 30,000 events of the shop; with
/// EVENTLOUPE_LONG=1, a hundred and 100,000.
class TestWatchSamples final : public QObject {
    Q_OBJECT

private:
    static bool isLong() { return qEnvironmentVariableIsSet("EVENTLOUPE_LONG"); }

    /// Compares random watches of a store with plain ones.
    static void compare(EventStore& store, const Evolver& evolver, quint32 seed)
    {
        QRandomGenerator random(seed);
        const int count = isLong() ? 100 : 12;
        const QByteArrayList watches = randomWatches(store, evolver, count, random);
        QCOMPARE(watches.size(), count);
        const auto streams = *store.streamsAt(*store.head(), 1, 1000);
        QList<PlainWatch> list;
        for (const QByteArray& source : watches) {
            const QString stream
                = streams[random.bounded(static_cast<int>(streams.size()))].info.name;
            const int roll = random.bounded(4);
            list.append({ source,
                roll == 0       ? WatchScope { WatchScope::Kind::Stream, stream }
                    : roll == 1 ? WatchScope { WatchScope::Kind::Category, categoryOf(stream) }
                                : WatchScope {} });
        }
        const auto plain = watchPlainly(store, evolver, list);
        qint64 points = 0;
        for (qsizetype watch = 0; watch < list.size(); ++watch) {
            const QStringList& expected = plain[watch];
            const QStringList found
                = watched(store, evolver, { compiled(list[watch].expression), list[watch].scope });
            for (qsizetype i = 0; i < std::min(expected.size(), found.size()); ++i)
                QVERIFY2(expected[i] == found[i],
                    qPrintable(QString::fromUtf8(list[watch].expression) + u"\n plain "_qs
                        + expected[i] + u"\n found "_qs + found[i]));
            QCOMPARE(found.size(), expected.size());
            points += found.size() - 1;
        }
        QVERIFY(points > 100);
    }

private slots:
    void findsWhatAPlainReplayFindsInRealLogs_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : { "reviewing.csv", "interval_event_log.csv", "running-example.csv",
                 "EventSauce-files.ndjson", "eventstore-files.ndjson", "marten-files.ndjson" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void findsWhatAPlainReplayFindsInRealLogs()
    {
        QFETCH(QString, file);
        ImportRequest request;
        request.file = QStringLiteral(EVENTLOUPE_SHARED "/data/") + file;
        if (!QFile::exists(request.file))
            QSKIP("the shared data is absent");
        const ScratchStore store;
        const auto imported = importFile(*store, request, Progress(), CancelToken());
        QVERIFY2(imported.ok(), qPrintable(imported ? QString() : imported.error().message));
        compare(*store, Evolver(Workspace::empty()), static_cast<quint32>(file.size()));
    }

    void findsWhatAPlainReplayFindsInTheShop()
    {
        const ScratchStore store;
        loadShop(*store, isLong() ? 100'000 : 30'000);
        const auto workspace = shopWorkspace();
        QVERIFY(workspace->problems().isEmpty());
        compare(*store, Evolver(workspace), 3);
    }
};

QTEST_GUILESS_MAIN(TestWatchSamples)
#include "tst_watchsamples.moc"
