#include "exchange/importer.h"
#include "support/awkwardjson.h"
#include "support/plainfold.h"
#include "support/replaysamples.h"
#include "support/sampleworkspace.h"
#include "support/scratchstore.h"
#include "support/storefiles.h"
#include "support/workspacefolder.h"
#include "value/json.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>
#include <QThread>

using namespace eventloupe;

namespace {

/// Types T0..T5 that merge, are evolved by rules, by rules that fail now and then, end the
/// aggregate, or are not evolved by in one category; of older shapes, or an older name.
std::shared_ptr<const Workspace> rules()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"),
        R"({"initialState":{"n":0,"sum":1.5},"events":["T0","T1","T2","T3"]})");
    folder.write(QStringLiteral("events/T1.json"),
        R"x({"evolve":{"/n":"state.n + 1","/last":"data.amount","/o/k":"has(data.a) ? 1 : 2"},"was":["T5"]})x");
    folder.write(QStringLiteral("events/T2.json"),
        R"x({"evolve":{"/sum":"state.sum + data.amount","/who":"event.metadata.actor"},
             "upcasts":[{"when":"!has(data.amount) && !has(metadata.actor)","set":{"/amount":"0.25"}},
                        {"when":"data.amount > 20","rename":{"/amount":"/much"},"set":{"/amount":"20"}}]})x");
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
    void replaysAllStreams_data();
    void replaysAllStreams();
    void replaysALongLogOnThreads();
    void replaysUpToAPosition();
    void stopsWhenCancelled();
    void mixesNoTwoFiles();
    void saysWhyAPieceCannotBeRead();

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

void TestReplayAll::replaysAllStreams_data()
{
    QTest::addColumn<bool>("withRules");
    QTest::newRow("merge") << false;
    QTest::newRow("rules") << true;
}

void TestReplayAll::replaysAllStreams()
{
    QFETCH(bool, withRules);
    QRandomGenerator random(7);
    QList<SampleEvent> events;
    for (int i = 0; i < 500; ++i)
        events.append(randomEvent(random, 10));
    const SampleStore sample(events);
    const SampleStore sameAgain(events);
    const auto store = open(sample);
    const Evolver evolver(withRules ? SampleWorkspace::counter() : Workspace::empty());
    const auto summary = replayAll(*store, evolver, 500, {}, {});
    QVERIFY(summary);
    QCOMPARE(summary->events, 500);
    const qint64 streams = *store->streamCountAt(500);
    QCOMPARE(summary->streams, streams);
    qint64 existing = 0;
    const auto all = store->streamsAt(500, 1, 1000);
    for (const StreamAt& stream : *all)
        existing += foldNaively(*store, evolver, stream.info, stream.version).exists ? 1 : 0;
    QCOMPARE(summary->existing, existing);
    QCOMPARE(summary->failures > 0, withRules);
    QCOMPARE(summary->digest.size(), 64);
    const auto other = open(sameAgain);
    QCOMPARE(replayAll(*other, evolver, 500, {}, {})->digest, summary->digest);
    QVERIFY(replayAll(*other, evolver, 499, {}, {})->digest != summary->digest);
}

void TestReplayAll::replaysALongLogOnThreads()
{
    QRandomGenerator random(11);
    QList<SampleEvent> events;
    for (int i = 0; i < 25'000; ++i)
        events.append(randomEvent(random, 200));
    const SampleStore sample(events);
    const auto store = open(sample);
    const Evolver evolver(SampleWorkspace::counter());
    const auto summary = replayAll(*store, evolver, 25'000, {}, {});
    QVERIFY(summary);

    // The digest as its description has it, from states folded one by one.
    QCryptographicHash digest(QCryptographicHash::Sha256);
    const auto add = [&](qint64 number) {
        const qint64 bytes = qToLittleEndian(number);
        digest.addData(QByteArrayView(reinterpret_cast<const char*>(&bytes), sizeof bytes));
    };
    const auto addText = [&](const QByteArray& text) {
        add(text.size());
        digest.addData(text);
    };
    const auto streams = store->streamsAt(25'000, 1, 1000);
    for (const StreamAt& stream : *streams) {
        const AggregateState state = foldNaively(*store, evolver, stream.info, stream.version);
        addText(stream.info.name.toUtf8());
        add(state.version);
        add(state.exists ? 1 : 0);
        addText(state.value.toJson());
    }
    QCOMPARE(summary->streams, streams->size());
    QCOMPARE(summary->digest, digest.result().toHex());
}

void TestReplayAll::replaysUpToAPosition()
{
    const SampleStore sample({ { QStringLiteral("a-1"), QStringLiteral("X"), "{\"v\":1}" },
        { QStringLiteral("b-1"), QStringLiteral("X"), "{\"v\":1}" } });
    const auto store = open(sample);
    const Evolver evolver(Workspace::empty());
    const auto one = replayAll(*store, evolver, 1, {}, {});
    QCOMPARE(one->streams, 1);
    QCOMPARE(one->events, 1);
    const auto none = replayAll(*store, evolver, 0, {}, {});
    QCOMPARE(none->streams, 0);
    QCOMPARE(none->digest,
        QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestReplayAll::stopsWhenCancelled()
{
    const SampleStore sample(longStream(20'000));
    const auto store = open(sample);
    const Evolver evolver(Workspace::empty());
    const CancelToken cancel;
    QList<Position> passed;
    const auto summary = replayAll(*store, evolver, 20'000, cancel, [&](Position position) {
        passed.append(position);
        cancel.cancel();
    });
    QVERIFY(!summary);
    QCOMPARE(summary.error().code, ErrorCode::Cancelled);
    QCOMPARE(passed, QList<Position>({ 10'000 }));
}

void TestReplayAll::mixesNoTwoFiles()
{
    const ScratchStore scratch;
    QRandomGenerator random(3);
    load(*scratch, random, 25'000, 100);
    makeStoreFile(scratch.path() + QStringLiteral(".new"), 25'000);
    QVERIFY(QFile::remove(scratch.path()));
    QVERIFY(QFile::rename(scratch.path() + QStringLiteral(".new"), scratch.path()));
    const auto summary = replayAll(*scratch, Evolver(Workspace::empty()), 25'000, {}, {});
    if (QThread::idealThreadCount() < 2) {
        QCOMPARE(summary->streams, 100);
        return;
    }
    QVERIFY(!summary);
    QCOMPARE(summary.error().code, ErrorCode::InputOutput);
    QVERIFY2(summary.error().message.contains(QStringLiteral("replaced")),
        qPrintable(summary.error().message));
}

/// A page of the events that is damaged: whichever thread reads it.
void TestReplayAll::saysWhyAPieceCannotBeRead()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.eventlog"));
    makeStoreFile(path, 25'000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qsizetype place = file.readAll().indexOf("{\"n\":20017}");
    QVERIFY(place > 0);
    constexpr qsizetype pageSize = 8192;
    QVERIFY(file.seek(place / pageSize * pageSize));
    file.write(QByteArray(pageSize, '\xff'));
    file.close();
    const auto store = openStore(path, OpenMode::ReadOnly);
    QVERIFY(store.ok());
    const auto summary = replayAll(**store, Evolver(Workspace::empty()), 25'000, {}, {});
    QVERIFY(!summary);
    QCOMPARE(summary.error().code, ErrorCode::Corrupt);
    QVERIFY(!summary.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestReplayAll)
#include "tst_replayall.moc"
