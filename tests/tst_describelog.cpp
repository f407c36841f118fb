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

void append(EventStore& store, const QString& stream, const QString& type, const QByteArray& data)
{
    NewEvent event;
    event.type = type;
    event.data = data;
    const auto appended = store.append({ stream, ExpectedVersion::any(), { event } });
    QVERIFY2(appended.ok(), appended ? "" : qPrintable(appended.error().message));
}

/// Writes the description beside the store and loads it; problems fail the test.
void writesAWorkspace(const ScratchStore& store, const LogDescription& description)
{
    QTemporaryDir parent;
    const QString folder = parent.filePath(u"described"_qs);
    const auto written = writeDescription(description, store.path(), folder);
    QVERIFY2(written.ok(), written ? "" : qPrintable(written.error().message));
    const auto workspace = Workspace::load(folder);
    QVERIFY(workspace.ok());
    for (const WorkspaceProblem& problem : (*workspace)->problems())
        QFAIL(qPrintable(problem.file + u": "_qs + problem.message));
    QCOMPARE((*workspace)->store(), store.path());
    QCOMPARE(digestOf(*store, *workspace), digestOf(*store, Workspace::empty()));
}

QStringList pathsUnder(const LogDescription& description, const QString& folder)
{
    QStringList paths;
    for (const DescribedFile& file : description.files) {
        if (file.path.startsWith(folder))
            paths.append(file.path);
    }
    return paths;
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
        QByteArrayList within;
        for (const QByteArray& text : repeated)
            within << "[{\"a\":" + text + "}]";
        row("a choice within", within,
            "{'type':'array','items':{'type':'object','required':['a'],'properties':{'a':"
            "{'type':'string','enum':['open','shut']}}}}");
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
        QCOMPARE(shape.listsTexts(), schema.contains("enum"));
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

    void aTypeOfManyCategoriesNamesAFew()
    {
        ScratchStore store;
        for (int i = 0; i < 10; ++i)
            append(*store, QStringLiteral("kind%1-1").arg(i), QStringLiteral("MADE"), "{}");
        auto description = describe(*store);
        QVERIFY(description.ok());
        const auto text = [&description] {
            return jsonOf(fileOf(*description, u"events/MADE.json"_qs))
                .find("description")
                ->toString();
        };
        QVERIFY(text().endsWith(u", kind9."_qs));
        append(*store, QStringLiteral("kind10-1"), QStringLiteral("MADE"), "{}");
        description = describe(*store);
        QVERIFY(description.ok());
        QVERIFY(text().endsWith(u", kind9 and others."_qs));
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

    void everyEventCountsOnce()
    {
        ScratchStore store;
        append(*store, u"a-1"_qs, u"A"_qs, "{}");
        QCOMPARE(describe(*store)->eventsRead, qint64(1));
        for (int i = 0; i < 7; ++i)
            append(*store, u"b-%1"_qs.arg(i % 3), i % 2 ? u"A"_qs : u"B"_qs, "{}");
        QCOMPARE(describe(*store)->eventsRead, qint64(8));
    }

    void anEmptyLogSaysSo()
    {
        ScratchStore store;
        const auto description = describe(*store);
        QVERIFY(description.ok());
        QVERIFY(description->files.isEmpty());
        QCOMPARE(description->eventsRead, qint64(0));
        QCOMPARE(description->notes.size(), 1);
        QVERIFY(description->notes.first().contains(u"holds no events yet"_qs));
    }

    /// Streams whose names have a '-' by chance make no aggregates.
    void scatteredCategoriesAreLeftOut()
    {
        ScratchStore store;
        for (int i = 0; i < 60; ++i)
            append(*store, u"file %1-x"_qs.arg(i), u"A"_qs, "{}");
        auto description = describe(*store);
        QCOMPARE(pathsUnder(*description, u"aggregates/"_qs), QStringList());
        QCOMPARE(description->notes,
            QStringList(u"None of the 60 categories has several streams or at least 20 events, so "
                        "no aggregate is described."_qs));
        for (int i = 0; i < 20; ++i)
            append(*store, u"busy-1"_qs, u"A"_qs, "{}");
        append(*store, u"pair-1"_qs, u"A"_qs, "{}");
        append(*store, u"pair-2"_qs, u"A"_qs, "{}");
        description = describe(*store);
        QCOMPARE(pathsUnder(*description, u"aggregates/"_qs),
            QStringList({ u"aggregates/busy.json"_qs, u"aggregates/pair.json"_qs }));
        QCOMPARE(description->notes,
            QStringList(u"Of 62 categories, only those with several streams or at least 20 events "
                        "are described: 2."_qs));
    }

    void manyCategoriesAndTypesAreBounded()
    {
        ScratchStore store;
        for (int i = 0; i < 240; ++i) {
            append(*store, u"c%1-%2"_qs.arg(i % 60).arg(i / 60), u"T%1"_qs.arg(i), "{}");
            if (i % 60 == 59)
                append(*store, u"c59-more%1"_qs.arg(i), u"T0"_qs, "{}");
        }
        const auto description = describe(*store);
        const auto aggregates = pathsUnder(*description, u"aggregates/"_qs);
        QCOMPARE(aggregates.size(), 50);
        QVERIFY(aggregates.contains(u"aggregates/c59.json"_qs));
        QCOMPARE(pathsUnder(*description, u"events/"_qs).size(), 200);
        QCOMPARE(description->notes,
            QStringList({ u"Of 60 categories, the 50 with the most streams are described."_qs,
                u"Of 240 event types, the first 200 are described."_qs }));
    }

    void oddDataIsDescribed_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("number") << QByteArray("5");
        QTest::newRow("text") << js("'x'");
        QTest::newRow("array") << js("[1,'a',{'b':2}]");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("odd names") << js("{'a/b':1,'~':'x','a b':{'/':2},'':3,'$ref':'y'}");
        QTest::newRow("a megabyte") << js("{'text':'") + QByteArray(1024 * 1024, 'x') + js("'}");
    }
    void oddDataIsDescribed()
    {
        QFETCH(QByteArray, data);
        ScratchStore store;
        for (int i = 0; i < 60; ++i)
            append(*store, u"odd-%1"_qs.arg(i % 2), u"ODD"_qs, data);
        append(*store, u"odd-1"_qs, u"EVEN"_qs, js("{'n':1}"));
        const auto description = describe(*store);
        QVERIFY(description.ok());
        QVERIFY(description->eventsRead <= 61);
        writesAWorkspace(store, *description);
    }

    void oddNamesMakeSafeFiles()
    {
        ScratchStore store;
        const QStringList names { u".."_qs, u"..."_qs, u"a/b"_qs, u"a\\b"_qs, u"../../etc/x"_qs,
            u"A/B"_qs, u"Paid"_qs, u"PAID"_qs, u"paid"_qs, u"con"_qs, u"Aux.x"_qs, u" "_qs,
            u"\u6771\u4eac"_qs, u"\U0001f600"_qs, QString(300, u'x'), QString(301, u'x'),
            QString(100, QChar(0x6771)) };
        for (const QString& name : names)
            append(*store, name + u"-1"_qs, name, "{}");
        const auto description = describe(*store);
        QVERIFY(description.ok());
        QSet<QString> known;
        for (const DescribedFile& file : description->files) {
            const auto parts = file.path.split(u'/');
            QCOMPARE(parts.size(), 2);
            QVERIFY2(!parts.at(1).startsWith(u'.'), qPrintable(file.path));
            QVERIFY2(!parts.at(1).startsWith(u"con.", Qt::CaseInsensitive), qPrintable(file.path));
            QVERIFY2(parts.at(1).toUtf8().size() < 255, qPrintable(file.path));
            QVERIFY2(!known.contains(file.path.toLower()), qPrintable(file.path));
            known.insert(file.path.toLower());
        }
        QCOMPARE(known.size(), 2 * names.size());
        writesAWorkspace(store, *description);
    }

    void aFolderThatCannotBeWrittenIsNamed()
    {
        ScratchStore store;
        append(*store, u"a-1"_qs, u"A"_qs, "{}");
        const auto description = describe(*store);
        const auto refused = [&](const QString& folder) {
            const auto written = writeDescription(*description, store.path(), folder);
            return written ? QString() : written.error().message;
        };
        QVERIFY(refused(store.path())
                    .endsWith(u"s.eventlog is a file: name a folder to write into"_qs));
        QVERIFY(refused(store.path() + u"/in"_qs).contains(u"cannot be made"_qs));
        QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
        if (!QFileInfo(folder.path()).isWritable())
            QVERIFY(refused(folder.path()).contains(u"nothing may be written into"_qs));
        QVERIFY(QFile::setPermissions(
            folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    /// What was written before a failure is taken away again.
    void noHalfOfADescriptionStays()
    {
        ScratchStore store;
        append(*store, u"a-1"_qs, u"A"_qs, "{}");
        const auto description = describe(*store);
        QTemporaryDir folder;
        QFile inTheWay(folder.filePath(u"events"_qs));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const auto written = writeDescription(*description, store.path(), folder.path());
        QVERIFY(!written.ok());
        QVERIFY(written.error().message.contains(u"events"_qs));
        QVERIFY(!QFile::exists(folder.filePath(u"aggregates/a.json"_qs)));
        QVERIFY(!QFile::exists(folder.filePath(u"workspace.json"_qs)));
        QVERIFY(inTheWay.exists());
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
        QVERIFY(!pathsUnder(*description, u"events/"_qs).isEmpty());
        QVERIFY(pathsUnder(*description, u"aggregates/"_qs).size() <= 50);
        writesAWorkspace(store, *description);
    }
};

QTEST_GUILESS_MAIN(TestDescribeLog)
#include "tst_describelog.moc"
