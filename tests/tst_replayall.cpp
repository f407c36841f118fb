#include "exchange/importer.h"
#include "support/awkwardjson.h"
#include "support/plainfold.h"
#include "support/scratchstore.h"
#include "support/storefiles.h"
#include "support/workspacefolder.h"
#include "value/json.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

/// Types T0..T5 that merge, are evolved by rules, by rules that fail now and then, end the
/// aggregate, or are not evolved by in one category.
std::shared_ptr<const Workspace> rules()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"),
        R"({"initialState":{"n":0,"sum":1.5},"events":["T0","T1","T2","T3"]})");
    folder.write(QStringLiteral("events/T1.json"),
        R"x({"evolve":{"/n":"state.n + 1","/last":"data.amount","/o/k":"has(data.a) ? 1 : 2"}})x");
    folder.write(QStringLiteral("events/T2.json"),
        R"({"evolve":{"/sum":"state.sum + data.amount","/who":"event.metadata.actor"}})");
    folder.write(QStringLiteral("events/T3.json"), R"({"evolve":"delete"})");
    folder.write(QStringLiteral("events/T4.json"), R"({"evolve":{"/by/{data.name}":"data"}})");
    return folder.load();
}

/// Random events, with an awkward payload now and then, as a store is loaded in bulk.
void load(EventStore& store, QRandomGenerator& random, int events, int streams)
{
    QByteArrayList awkward;
    for (const QByteArray& payload : awkwardPayloads()) {
        if (payload.isEmpty() || validateJson(viewOf(payload)))
            awkward.append(payload);
    }
    const auto bulk = store.beginBulk();
    static const QStringList categories { QStringLiteral("user"), QStringLiteral("order"),
        QStringLiteral("plain") };
    for (int i = 0; i < events; ++i) {
        NewEvent event;
        event.type = QStringLiteral("T%1").arg(random.bounded(6));
        event.data = random.bounded(50) == 0
            ? awkward[random.bounded(static_cast<int>(awkward.size()))]
            : randomPayload(random);
        event.metadata = random.bounded(2) == 0 ? "{\"actor\":\"Ada\"}" : "";
        event.time = Timestamp { 1'772'373'802'000'000 + i };
        const int number = random.bounded(streams);
        const auto added
            = (*bulk)->add(QStringLiteral("%1-%2").arg(categories[number % 3]).arg(number), event);
        if (!added)
            qFatal("%s", qPrintable(added.error().message));
    }
    if (const auto done = (*bulk)->commit({}); !done)
        qFatal("%s", qPrintable(done.error().message));
}

} // namespace

/// A replay gives what folding one event after the other gives, on any number of threads; a store
/// whose stream numbers were tampered with ends it by a reason.
class TestReplayAll final : public QObject {
    Q_OBJECT

private slots:
    void givesWhatAPlainFoldGives_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<int>("streams");
        QTest::addColumn<bool>("withRules");
        QTest::newRow("one thread, merge") << 3'000 << 100 << false;
        QTest::newRow("one thread, rules") << 3'000 << 100 << true;
        QTest::newRow("threads, merge") << 30'000 << 2'000 << false;
        QTest::newRow("threads, rules") << 30'000 << 2'000 << true;
        QTest::newRow("threads, one stream") << 21'000 << 1 << false;
    }

    void givesWhatAPlainFoldGives()
    {
        QFETCH(int, events);
        QFETCH(int, streams);
        QFETCH(bool, withRules);
        QRandomGenerator random(static_cast<quint32>(events + streams));
        const ScratchStore scratch;
        load(*scratch, random, events, streams);
        const Evolver evolver(withRules ? rules() : Workspace::empty());
        QVERIFY(evolver.workspace()->problems().isEmpty());
        for (const Position to : { Position(events), Position(events - 777) }) {
            const auto summary = replayAll(*scratch, evolver, to, {}, {});
            QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().message));
            QCOMPARE(describe(*summary), describe(foldPlainly(*scratch, evolver, to)));
            QCOMPARE(summary->events, to);
            QCOMPARE(summary->failures > 0, withRules);
        }
    }

    void foldsLargePayloads()
    {
        const ScratchStore scratch;
        {
            const auto bulk = scratch->beginBulk();
            for (int i = 0; i < 20'500; ++i) {
                const QByteArray data = i % 100 == 0
                    ? "{\"blob\":\"" + QByteArray("b").repeated(i * 10) + "\"}"
                    : QByteArray("{\"n\":1}");
                QVERIFY((*bulk)->add(QStringLiteral("file-%1").arg(i % 50),
                    { QStringLiteral("T"), data, {}, { 1 }, {} }));
            }
            QVERIFY((*bulk)->commit({}));
        }
        const Evolver evolver(Workspace::empty());
        const auto summary = replayAll(*scratch, evolver, 20'500, {}, {});
        QCOMPARE(describe(*summary), describe(foldPlainly(*scratch, evolver, 20'500)));
    }

    void foldsRealLogs_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : { "EventSauce-files.ndjson", "eventstore-files.ndjson",
                 "marten-files.ndjson", "reviewing.csv", "interval_event_log.csv" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void foldsRealLogs()
    {
        QFETCH(QString, file);
        ImportRequest request;
        request.file = QStringLiteral(EVENTLOUPE_SHARED "/data/") + file;
        if (!QFile::exists(request.file))
            QSKIP("the shared data is absent");
        const ScratchStore scratch;
        const auto imported = importFile(*scratch, request, Progress(), CancelToken());
        QVERIFY2(imported.ok(), qPrintable(imported ? QString() : imported.error().message));
        const Evolver evolver(Workspace::empty());
        const auto summary = replayAll(*scratch, evolver, imported->events, {}, {});
        QCOMPARE(describe(*summary), describe(foldPlainly(*scratch, evolver, imported->events)));
        QCOMPARE(summary->events, imported->events);
    }

    void damagedStreamNumbersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* number : { "9", "0", "-1", "9223372036854775807", "-9223372036854775808" })
            QTest::newRow(number) << QByteArray(number);
    }

    void damagedStreamNumbersAreNamed()
    {
        QFETCH(QByteArray, number);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.eventlog"));
        makeStoreFile(path, 30);
        const Evolver evolver(Workspace::empty());
        const auto whole = replayAll(**openStore(path, OpenMode::ReadOnly), evolver, 30, {}, {});
        QCOMPARE(whole->streams, 3);
        QCOMPARE(tamper(path, "UPDATE event SET stream_id = " + number + " WHERE position = 17"),
            QString());
        const auto damaged = replayAll(**openStore(path, OpenMode::ReadOnly), evolver, 30, {}, {});
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().code, ErrorCode::Corrupt);
        QVERIFY2(damaged.error().message.startsWith(QStringLiteral("Event 17 is in stream number ")
                     + QString::fromLatin1(number) + u','),
            qPrintable(damaged.error().message));
    }
};

QTEST_GUILESS_MAIN(TestReplayAll)
#include "tst_replayall.moc"
