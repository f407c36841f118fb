#include "domain/evolver.h"
#include "exchange/exporter.h"
#include "exchange/rawjson.h"
#include "support/scratchstore.h"
#include "support/textfile.h"
#include "value/json.h"

#include <QDir>
#include <QHash>
#include <QTest>

using namespace eventloupe;

/// Logs that this project did not make, read as the issue asks: all import, verify and come back.
class RealLogsTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    static QString shared(const QString& name)
    {
        return QStringLiteral(EVENTLOUPE_SHARED "/data/") + name;
    }

    static Result<ImportSummary> load(
        const ScratchStore& store, const QString& path, const QByteArray& map)
    {
        ImportRequest request;
        request.file = path;
        if (!map.isEmpty())
            request.mapping = *Mapping::fromJson(*parseJson(viewOf(map)));
        return importFile(*store, request, Progress(), CancelToken());
    }

    QString save(const ScratchStore& store, ExchangeFormat format) const
    {
        ExportRequest request;
        request.file = m_files.path(QStringLiteral("out.") + exchangeFormatName(format));
        request.format = format;
        const auto saved = exportEvents(*store, request, Progress(), CancelToken());
        return saved ? request.file : saved.error().message;
    }

    /// A member of a line, as it stands there.
    static QByteArray member(const QByteArray& line, const char* name)
    {
        const auto value = resolveRaw(viewOf(line), { QByteArray(name) });
        return value ? toBytes(*value) : QByteArray();
    }

    /// The streams that exist after folding up to a position, with their blobs.
    static QHash<QString, QByteArray> fold(const ScratchStore& store,
        const std::shared_ptr<const Workspace>& workspace, Position to, QByteArray& fault)
    {
        const Evolver evolver(workspace);
        QHash<QString, AggregateState> states;
        const auto scanned
            = store->scanLog(1, to, allScanColumns, CancelToken(), [&](const EventView& event) {
                  const QString stream = QString::fromUtf8(
                      event.stream.data(), static_cast<qsizetype>(event.stream.size()));
                  auto state = states.find(stream);
                  if (state == states.end())
                      state = states.insert(stream, evolver.initialState(categoryOf(stream)));
                  const auto evolved = evolver.evolve(*state, event);
                  if (!evolved)
                      fault = evolved.error().message.toUtf8();
                  return evolved.ok();
              });
        if (!scanned)
            fault = scanned.error().message.toUtf8();
        QHash<QString, QByteArray> files;
        for (auto state = states.cbegin(); state != states.cend(); ++state) {
            const JsonValue* blob = state->value.find("blob");
            if (state->exists)
                files.insert(state.key(), blob ? blob->toUtf8() : QByteArray());
        }
        return files;
    }

    std::shared_ptr<const Workspace> gitWorkspace() const
    {
        const QDir folder(m_files.path(QStringLiteral("git")));
        folder.mkpath(QStringLiteral("events"));
        m_files.write(QStringLiteral("git/workspace.json"), "{\"name\":\"git\"}");
        m_files.write(QStringLiteral("git/events/FileDeleted.json"),
            "{\"type\":\"FileDeleted\",\"evolve\":\"delete\"}");
        const auto workspace = Workspace::load(folder.path());
        if (!workspace || !(*workspace)->problems().isEmpty())
            return nullptr;
        return *workspace;
    }

private slots:
    void importsVerifiesAndComesBack_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<qint64>("events");
        const auto row = [](const char* file, const char* map, qint64 events) {
            QTest::newRow(file) << QString::fromLatin1(file) << QByteArray(map) << events;
        };
        row("running-example.csv", "", 42);
        row("reviewing.csv", "", 3730);
        row("interval_event_log.csv", "", 8109);
        row("loghub_HDFS_2k_structured.csv",
            "{\"stream\":{\"template\":\"hdfs-{Component}\"},\"type\":\"EventTemplate\","
            "\"timeFormat\":\"yyMMdd HHmmss\"}",
            2000);
        row("loghub_OpenStack_2k_structured.csv",
            "{\"stream\":\"Component\",\"type\":\"EventTemplate\"}", 2000);
        row("birdstrikes.csv",
            "{\"stream\":{\"template\":\"airport-{Airport Name}\"},"
            "\"type\":{\"value\":\"BIRD_STRIKE\"},\"time\":\"Flight Date\"}",
            10000);
        row("flights-20k.json",
            "{\"stream\":{\"template\":\"airport-{origin}\"},\"type\":{\"value\":\"FLIGHT\"}}",
            20000);
        row("earthquakes.json",
            "{\"stream\":{\"template\":\"net-{/properties/net}\"},\"type\":\"/properties/type\","
            "\"time\":\"/properties/time\",\"records\":\"/features\"}",
            1707);
        row("EventSauce-files.ndjson", "", 3384);
        row("eventstore-files.ndjson", "", 2777);
        row("marten-files.ndjson", "", 45884);
    }

    void importsVerifiesAndComesBack()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, map);
        QFETCH(qint64, events);
        if (!QFile::exists(shared(file)))
            QSKIP("the shared data is absent");
        const ScratchStore store;
        const auto summary = load(store, shared(file), map);
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        QCOMPARE(summary->events, events);
        QCOMPARE(*store->head(), events);
        QCOMPARE(store.faults(), QByteArray());

        const QList<Event> before = store.events();
        QCOMPARE(before.size(), events);
        for (const ExchangeFormat format :
            { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv }) {
            const QString exported = save(store, format);
            const ScratchStore copy;
            const auto again = load(copy, exported, {});
            QVERIFY2(again.ok(), qPrintable(again ? QString() : again.error().message));
            const QList<Event> after = copy.events();
            QCOMPARE(after.size(), before.size());
            for (qsizetype i = 0; i < before.size(); ++i) {
                QCOMPARE(after[i].data, before[i].data);
                QCOMPARE(after[i].metadata, before[i].metadata);
                QCOMPARE(after[i].id, before[i].id);
                QCOMPARE(after[i].time, before[i].time);
            }
        }
    }

    void givesBackTheBytesOfTheGitLogs_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "EventSauce", "eventstore", "marten" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void givesBackTheBytesOfTheGitLogs()
    {
        QFETCH(QString, name);
        const QString source = shared(name + QStringLiteral("-files.ndjson"));
        if (!QFile::exists(source))
            QSKIP("the shared data is absent");
        const ScratchStore store;
        const auto summary = load(store, source, {});
        QVERIFY2(summary.ok(), qPrintable(summary ? QString() : summary.error().message));
        QCOMPARE(summary->renumbered, 0);
        QCOMPARE(summary->keptMembers, QStringList { QStringLiteral("recorded") });
        const QList<QByteArray> came = TextFiles::read(source).split('\n');
        const QList<QByteArray> went
            = TextFiles::read(save(store, ExchangeFormat::Ndjson)).split('\n');
        QCOMPARE(went.size(), came.size());
        for (qsizetype i = 0; i < came.size(); ++i) {
            QCOMPARE(member(went[i], "data"), member(came[i], "data"));
            QCOMPARE(member(went[i], "metadata"), member(came[i], "meta"));
            QCOMPARE(member(went[i], "recorded"), member(came[i], "recorded"));
            QCOMPARE(member(went[i], "stream"), member(came[i], "stream"));
            QCOMPARE(member(went[i], "id"), member(came[i], "id"));
        }
    }

    void agreesWithGit_data() { givesBackTheBytesOfTheGitLogs_data(); }

    /// After each of the oracle's positions exactly git's files exist, with git's blobs.
    void agreesWithGit()
    {
        QFETCH(QString, name);
        const QString source = shared(name + QStringLiteral("-files.ndjson"));
        if (!QFile::exists(source))
            QSKIP("the shared data is absent");
        const auto oracle = parseJson(
            viewOf(TextFiles::read(shared(name + QStringLiteral("-files.expected.json")))));
        QVERIFY(oracle.ok());
        const auto workspace = gitWorkspace();
        QVERIFY(workspace);
        const ScratchStore store;
        QVERIFY(load(store, source, {}).ok());
        int positions = 0;
        for (const auto& [position, expected] : oracle->find("positions")->members()) {
            QByteArray fault;
            const auto files = fold(store, workspace, position.toLongLong(), fault);
            QCOMPARE(fault, QByteArray());
            QHash<QString, QByteArray> wanted;
            for (const auto& [path, blob] : expected.find("treeOfPaths")->members())
                wanted.insert(QStringLiteral("file:") + QString::fromUtf8(path), blob.toUtf8());
            QCOMPARE(files.size(), wanted.size());
            QVERIFY(files == wanted);
            ++positions;
        }
        QCOMPARE(positions, 3);
    }
};

QTEST_GUILESS_MAIN(RealLogsTest)
#include "tst_reallogs.moc"
