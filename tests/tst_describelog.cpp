#include "describe/descriptionfiles.h"
#include "describe/shapesampler.h"
#include "domain/workspace.h"
#include "exchange/importer.h"
#include "support/scratchstore.h"
#include "support/workspacefolder.h"
#include "time/replayer.h"

#include <QTest>

using namespace eventloupe;

namespace {

QByteArray js(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

QByteArray digestOf(EventStore& store, const std::shared_ptr<const Workspace>& workspace)
{
    const auto summary = replayAll(store, Evolver(workspace), *store.head(), CancelToken(), {});
    return summary ? summary->digest : QByteArray();
}

Result<LogDescription> describe(EventStore& store)
{
    return describeLog(store, DescribeLimits(), Progress(), CancelToken());
}

QByteArray fileOf(const LogDescription& description, const QString& path)
{
    for (const DescribedFile& file : description.files) {
        if (file.path == path)
            return file.text;
    }
    return {};
}

} // namespace

/// What a log says about its domain.
class TestDescribeLog : public QObject {
    Q_OBJECT

private slots:
    void shapesFitTheirValues_data()
    {
        QTest::addColumn<QByteArrayList>("values");
        QTest::addColumn<QByteArray>("schema");
        const auto row = [](const char* name, const QByteArrayList& values, const char* schema) {
            QTest::newRow(name) << values << js(schema);
        };
        row("integers", { "1", "2" }, "{'type':'integer'}");
        row("numbers", { "1", "2.5" }, "{'type':'number'}");
        row("mixed", { "1", "null", "true" }, "{'type':['integer','boolean','null']}");
        row("a format", { js("'2026-03-01'"), js("'2026-12-31'") },
            "{'type':'string','format':'date'}");
        row("no format", { js("'2026-03-01'"), js("'soon'") }, "{'type':'string'}");
        row("always and sometimes", { js("{'a':1,'b':'x'}"), js("{'a':2}") },
            "{'type':'object','required':['a'],'properties':{'a':{'type':'integer'},"
            "'b':{'type':'string'}}}");
        row("elements", { "[1,2]", "[]" }, "{'type':'array','items':{'type':'integer'}}");
        row("no elements", { "[]" }, "{'type':'array'}");
        QByteArrayList repeated;
        for (int i = 0; i < 40; ++i)
            repeated << (i % 2 ? js("'open'") : js("'shut'"));
        row("a choice", repeated, "{'type':'string','enum':['open','shut']}");
        row("no choice of a few", repeated.mid(0, 4), "{'type':'string'}");
    }
    void shapesFitTheirValues()
    {
        QFETCH(QByteArrayList, values);
        QFETCH(QByteArray, schema);
        ShapeSampler shape;
        for (const QByteArray& value : values)
            shape.add(jsonOf(value));
        QCOMPARE(shape.schema().toJson(), schema);
        const auto compiled = Schema::compile(shape.schema());
        QVERIFY(compiled.ok());
        for (const QByteArray& value : values)
            QVERIFY(compiled->validate(jsonOf(value)).isEmpty());
    }

    void aMapIsNotDescribedByItsKeys()
    {
        JsonValue map = JsonValue::emptyObject();
        for (int i = 0; i < 500; ++i)
            map.insert("key" + QByteArray::number(i), JsonValue::fromInt(i));
        ShapeSampler shape;
        shape.add(map);
        QCOMPARE(shape.schema().toJson(), js("{'type':'object'}"));
    }

    void findsTypesIdentityAndHeadline()
    {
        ScratchStore store;
        for (int i = 0; i < 30; ++i) {
            const QString stream = QStringLiteral("user-%1").arg(i);
            QList<NewEvent> events(1);
            events[0].type = QStringLiteral("SIGNED UP");
            events[0].data = js("{'userId':'%1','name':'Name %1','plan':'basic'}")
                                 .replace("%1", QByteArray::number(i));
            if (i == 29) {
                events.append(NewEvent());
                events[1].type = QStringLiteral("RARE/../x");
                events[1].data = "[]";
            }
            QVERIFY(store->append({ stream, ExpectedVersion::any(), events }).ok());
        }
        const auto description = describe(*store);
        QVERIFY(description.ok());
        const auto aggregate = jsonOf(fileOf(*description, u"aggregates/user.json"_qs));
        QCOMPARE(aggregate.find("headline")->toJson(), js("['/name']"));
        QVERIFY(aggregate.find("description")->toString().contains(u"user-{data.userId}"_qs));
        const auto event = jsonOf(fileOf(*description, u"events/SIGNED_UP.json"_qs));
        QCOMPARE(event.find("type")->toString(), u"SIGNED UP"_qs);
        QVERIFY(!fileOf(*description, u"events/RARE_.._x.json"_qs).isEmpty());
    }

    void nothingIsOverwritten()
    {
        ScratchStore store;
        WorkspaceFolder folder;
        const auto description = describe(*store);
        QVERIFY(description.ok());
        const auto written = writeDescription(*description, store.path(), folder.path());
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::AlreadyExists);
        QFile file(folder.filePath(u"workspace.json"_qs));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{}"));
    }

    void cancelEnds()
    {
        ScratchStore store;
        NewEvent event;
        event.type = u"A"_qs;
        event.data = "{}";
        QVERIFY(store->append({ u"a-1"_qs, ExpectedVersion::any(), { event } }).ok());
        const CancelToken cancel;
        cancel.cancel();
        const auto description = describeLog(*store, DescribeLimits(), Progress(), cancel);
        QVERIFY(!description.ok());
        QCOMPARE(description.error().code, ErrorCode::Cancelled);
    }

    void realLogs_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("map");
        QTest::newRow("EventSauce") << u"EventSauce-files.ndjson"_qs << QByteArray();
        QTest::newRow("eventstore") << u"eventstore-files.ndjson"_qs << QByteArray();
        QTest::newRow("marten") << u"marten-files.ndjson"_qs << QByteArray();
        QTest::newRow("earthquakes")
            << u"earthquakes.json"_qs
            << js("{'stream':'/properties/net','type':'/properties/type','time':'/properties/time',"
                  "'records':'/features'}");
        QTest::newRow("birdstrikes") << u"birdstrikes.csv"_qs
                                     << js("{'stream':{'template':'airport-{Origin State}'},"
                                           "'type':{'value':'BIRD_STRIKE'},'time':'Flight Date'}");
    }
    /// The workspace loads without a problem, and states are those of the default rules.
    void realLogs()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, map);
        const QString path = QStringLiteral(EVENTLOUPE_SHARED "/data/") + file;
        if (!QFile::exists(path))
            QSKIP("no shared logs here");
        ScratchStore store;
        ImportRequest request;
        request.file = path;
        if (!map.isEmpty())
            request.mapping = *Mapping::fromJson(jsonOf(map));
        const auto imported = importFile(*store, request, Progress(), CancelToken());
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().message));

        const auto description = describe(*store);
        QVERIFY(description.ok());
        QTemporaryDir parent;
        const QString folder = parent.filePath(u"described"_qs);
        const auto written = writeDescription(*description, store.path(), folder);
        QVERIFY2(written.ok(), written ? "" : qPrintable(written.error().message));
        const auto workspace = Workspace::load(folder);
        QVERIFY(workspace.ok());
        for (const WorkspaceProblem& problem : (*workspace)->problems())
            QFAIL(qPrintable(problem.file + u": "_qs + problem.message));
        QCOMPARE((*workspace)->store(), store.path());
        QVERIFY(!(*workspace)->events().isEmpty());
        QCOMPARE(digestOf(*store, *workspace), digestOf(*store, Workspace::empty()));
    }
};

QTEST_GUILESS_MAIN(TestDescribeLog)
#include "tst_describelog.moc"
