#include "support/foreignfiles.h"

#include "foreign/sqliteforeigndatabase.h"
#include "foreign/storeprofiles.h"
#include "schema/schema.h"
#include "value/json.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// Store profiles as data, and which one a database is recognised by.
class tst_ForeignProfiles final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void allProfilesAreRead();
    void wrongProfilesAreNamed_data();
    void wrongProfilesAreNamed();
    void tablesAreRecognised_data();
    void tablesAreRecognised();
    void commitsAreSplit();
    void severalThatFitAreOffered();
    void missingIndexesAreNamed();
};

void tst_ForeignProfiles::allProfilesAreRead()
{
    const QDir folder(QStringLiteral(EVENTLOUPE_SOURCE "/resources/stores"));
    QStringList faults;
    const auto profiles = profilesIn(folder.path(), faults);
    QCOMPARE(faults, QStringList());
    QCOMPARE(profiles.size(), folder.entryList({ QStringLiteral("*.json") }).size());
    QCOMPARE(builtInProfiles().size(), profiles.size());
    const auto jsonIn = [](const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(path));
        return *parseJson(viewOf(file.readAll()));
    };
    const auto schema = Schema::compile(
        jsonIn(QStringLiteral(EVENTLOUPE_SOURCE "/resources/schemas/store.json")));
    QVERIFY(schema.ok());
    for (const QString& name : folder.entryList({ QStringLiteral("*.json") })) {
        const auto violations = schema->validate(jsonIn(folder.filePath(name)));
        QVERIFY2(violations.isEmpty(), qPrintable(name));
    }
    for (const StoreProfile& profile : profiles) {
        const auto again = StoreProfile::fromJson(profile.toJson(), profile.name);
        QVERIFY2(again.ok(), qPrintable(again ? QString() : again.error().message));
        QCOMPARE(again->toJson(), profile.toJson());
    }
}

void tst_ForeignProfiles::wrongProfilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("x.json");
    for (const char* category : { "\"\"", "{\"before\":\"\"}", "{\"type\":\"\"}" })
        QTest::newRow(category) << QByteArray("{\"name\":\"x\",\"stream\":\"s\",\"category\":")
                + category + '}' << QStringLiteral("/category: its text is empty");
    QTest::newRow("no field") << QByteArray(
        "{\"name\":\"x\",\"stream\":\"s\",\"category\":{\"field\":\"\"}}")
                              << QStringLiteral("/category/field: a column is expected");
    QTest::newRow("unknown") << QByteArray("{\"name\":\"x\",\"tabels\":[]}")
                             << QStringLiteral("/tabels: there is no such member");
    QTest::newRow("encoding") << QByteArray(
        "{\"name\":\"x\",\"data\":{\"column\":\"a\",\"encoding\":\"jason\"}}")
                              << QStringLiteral("/data/encoding");
    QTest::newRow("needed") << QByteArray("{\"name\":\"x\",\"databases\":[\"sqlite\"]}")
                            << QStringLiteral("/tables: this is needed");
    QTest::newRow("database") << QByteArray("{\"name\":\"x\",\"databases\":[\"oracle\"]}")
                              << QStringLiteral("'oracle' is not known");
}

void tst_ForeignProfiles::wrongProfilesAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto profile = StoreProfile::fromJson(json, QStringLiteral("x.json"));
    QVERIFY(!profile.ok());
    QVERIFY2(profile.error().message.contains(says), qPrintable(profile.error().message));
}

/// Libraries for PHP, as below.
static void addPhpTables()
{
    QTest::newRow("spatie") << QByteArray(
        "CREATE TABLE stored_events(id INTEGER PRIMARY KEY, aggregate_uuid TEXT,"
        " aggregate_version INTEGER, event_version INTEGER, event_class TEXT,"
        " event_properties TEXT, meta_data TEXT, created_at TEXT);"
        "INSERT INTO stored_events VALUES(1,'u-1',1,1,'App\\Events\\Added',"
        "'{\"e\":5}','{}','2026-01-05 08:00:00')")
                            << QStringLiteral("spatie")
                            << QStringLiteral("aggregate-u-1@1 App\\Events\\Added {\"e\":5}");
    QTest::newRow("eventsauce")
        << QByteArray("CREATE TABLE carts(id INTEGER PRIMARY KEY, event_id BLOB, aggregate_root_id "
                      "BLOB, version INTEGER, payload TEXT);"
                      "INSERT INTO carts VALUES(1,x'00112233445566778899aabbccddeeff',"
                      "x'ffeeddccbbaa99887766554433221100',1,'{\"headers\":{\"__event_type\":"
                      "\"cart.opened\",\"__aggregate_root_type\":\"cart\",\"__time_of_recording\":"
                      "\"2026-01-05 08:00:00.000000+0000\"},\"payload\":{\"f\":6}}')")
        << QStringLiteral("eventsauce")
        << QStringLiteral("cart-ffeeddcc-bbaa-9988-7766-554433221100@1 cart.opened {\"f\":6}");
    QTest::newRow("patchlevel") << QByteArray(
        "CREATE TABLE eventstore(id INTEGER PRIMARY KEY, aggregate TEXT, aggregate_id "
        "TEXT, playhead INTEGER, event TEXT, payload TEXT, recorded_on TEXT,"
        " new_stream_start INTEGER, archived INTEGER, custom_headers TEXT);"
        "INSERT INTO eventstore VALUES(1,'guest-book','g1',1,'guest.signed',"
        "'{\"g\":7}','2026-01-05 08:00:00',0,1,'[]')")
                                << QStringLiteral("patchlevel")
                                << QStringLiteral("guest_book-g1@1 guest.signed {\"g\":7}");
}

/// The tables as the libraries' own sources make them; the profiles name the files.
void tst_ForeignProfiles::tablesAreRecognised_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("first"); ///< "stream@version type data" of the first event.
    QTest::newRow("act") << QByteArray(
        "CREATE TABLE events(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
        " data TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL,"
        " created TEXT NOT NULL, meta TEXT NOT NULL);"
        "INSERT INTO events VALUES(7,'Opened','{\"a\":1}','cart-1',0,"
        "'2026-01-05T08:00:00.123Z','{}')")
                         << QStringLiteral("act") << QStringLiteral("cart-1@1 Opened {\"a\":1}");
    QTest::newRow("eventuous") << QByteArray(
        "CREATE TABLE streams(stream_id INTEGER PRIMARY KEY, stream_name TEXT UNIQUE,"
        " version INTEGER);"
        "CREATE TABLE messages(message_id TEXT, message_type TEXT, stream_id INTEGER,"
        " stream_position INTEGER, global_position INTEGER PRIMARY KEY,"
        " json_data TEXT, json_metadata TEXT, created TEXT);"
        "INSERT INTO streams VALUES(3,'Booking-9',0);"
        "INSERT INTO messages VALUES('m','V1.Booked',3,0,12,'{\"b\":2}',NULL,"
        "'2026-01-05 08:00:00')")
                               << QStringLiteral("eventuous")
                               << QStringLiteral("Booking-9@1 V1.Booked {\"b\":2}");
    QTest::newRow("sqlstreamstore")
        << QByteArray("CREATE TABLE streams(id TEXT, id_original TEXT, id_internal INTEGER PRIMARY "
                      "KEY, version INTEGER, position INTEGER, max_age INTEGER, max_count INTEGER);"
                      "CREATE TABLE messages(event_id TEXT, stream_id_internal INTEGER,"
                      " stream_version INTEGER, position INTEGER PRIMARY KEY, created_utc DATETIME,"
                      " type TEXT, json_data TEXT, json_metadata TEXT);"
                      "INSERT INTO streams VALUES('h','order-5',1,0,0,NULL,NULL);"
                      "INSERT INTO messages VALUES('e',1,0,0,'2026-01-05 08:00:00','Placed',"
                      "'{\"c\":3}','{}')")
        << QStringLiteral("sqlstreamstore") << QStringLiteral("order-5@1 Placed {\"c\":3}");
    QTest::newRow("chronicle") << QByteArray(
        "CREATE TABLE \"event-log\"(SequenceNumber INTEGER PRIMARY KEY, CorrelationId,"
        " Causation, CausedBy, Type, Occurred, EventSourceType, EventSourceId,"
        " EventStreamType, EventStreamId, Content, ContentHashes, Compensations,"
        " Subject, Tags);"
        "INSERT INTO \"event-log\" VALUES(0,'c','[]','me','AccountOpened',"
        "'2026-01-05T08:00:00+00:00','Account','77','All','Default',"
        "'{\"1\":{\"d\":4}}','{}','{}','','')")
                               << QStringLiteral("chronicle")
                               << QStringLiteral("Account-77@1 AccountOpened {\"d\":4}");
    addPhpTables();
}

void tst_ForeignProfiles::tablesAreRecognised()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, profile);
    QFETCH(QString, first);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.db"));
    {
        OtherProgram writer(path);
        writer.run(sql);
    }
    const auto found = recogniseStores(path);
    QVERIFY(found.ok());
    QVERIFY(!found->stores.empty());
    QCOMPARE(found->stores.front().profile.name, profile);
    QVERIFY(isClear(found->stores));
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 1);
    const Event event = store->readLog(1, 1)->value(0);
    QCOMPARE(QStringLiteral("%1@%2 %3 %4")
                 .arg(event.stream)
                 .arg(event.version)
                 .arg(event.type, QString::fromUtf8(event.data)),
        first);
    QCOMPARE(event.time.toRfc3339().left(19), QByteArray("2026-01-05T08:00:00"));
    QVERIFY(!event.id.isEmpty());
    QVERIFY2(event.origin.startsWith("{\"position\":"), event.origin.constData());
}

void tst_ForeignProfiles::commitsAreSplit()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("n.db"));
    {
        OtherProgram writer(path);
        writer.run("CREATE TABLE Commits(BucketId TEXT, StreamId TEXT, StreamIdOriginal TEXT,"
                   " StreamRevision INTEGER, Items INTEGER, CommitId BLOB, CommitSequence INTEGER,"
                   " CommitStamp TEXT, CheckpointNumber INTEGER PRIMARY KEY, Headers BLOB,"
                   " Payload BLOB);");
        QByteArray sql = "BEGIN;";
        for (int commit = 1; commit <= 1000; ++commit) {
            const int items = 1 + commit % 3;
            QByteArray payload;
            for (int item = 0; item < items; ++item)
                payload += QByteArray(item > 0 ? "," : "")
                    + "{\"Headers\":{},\"Body\":{\"$type\":\"E" + QByteArray::number(item)
                    + "\",\"n\":" + QByteArray::number(commit * 10 + item) + "}}";
            sql += "INSERT INTO Commits VALUES('default','h','cart',"
                + QByteArray::number(2 * commit) + "," + QByteArray::number(items)
                + ",x'01',1,'2026-01-05 08:00:00'," + QByteArray::number(commit * 2) + ",'{}','["
                + payload + "]');";
        }
        writer.run(sql + "COMMIT;");
    }
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 2000);
    QList<QByteArray> data;
    QVERIFY(store->scanLog(1, 2000, ScanColumn::Data, {}, [&data](const EventView& event) {
        data.append(toBytes(event.data));
        return true;
    }));
    QCOMPARE(data.size(), 2000);
    for (const Position position : { 1, 2, 3, 999, 1000, 1001, 2000 })
        QCOMPARE(store->readLog(position, 1)->value(0).data, data.at(position - 1));
    QCOMPARE(data.at(0), QByteArray("{\"$type\":\"E0\",\"n\":10}"));
    QCOMPARE(store->readLog(2, 1)->value(0).type, QStringLiteral("E1"));
    QCOMPARE(store->types()->size(), 3);
    QCOMPARE(store->readLog(2, 1)->value(0).version, 2);
    QCOMPARE(store->readLog(2, 1)->value(0).stream, QStringLiteral("default-cart"));
}

void tst_ForeignProfiles::severalThatFitAreOffered()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("two.db"));
    {
        OtherProgram writer(path);
        for (const char* table : { "carts", "orders" })
            writer.run(QByteArray("CREATE TABLE ") + table
                + "(id INTEGER PRIMARY KEY, event_id, aggregate_root_id, version, payload);"
                  "INSERT INTO "
                + table
                + " VALUES(1,'e','a',1,'{\"headers\":{\"__event_type\":\"x\"},\"payload\":{}}')");
    }
    const auto refused = openStore(path, OpenMode::ReadOnly);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(refused.error().message.contains(QStringLiteral("#eventsauce:orders'")),
        qPrintable(refused.error().message));
    const auto chosen = openCounted(path + QStringLiteral("#eventsauce:orders"));
    QCOMPARE(*chosen->head(), 1);
    QVERIFY(openingError(path + QStringLiteral("#marten")).contains(QStringLiteral("'marten'")));
}

void tst_ForeignProfiles::missingIndexesAreNamed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.db"));
    {
        OtherProgram writer(path);
        writer.run("CREATE TABLE eventstore(id INTEGER, aggregate TEXT, aggregate_id TEXT,"
                   " playhead INTEGER, event TEXT, payload TEXT, recorded_on TEXT,"
                   " new_stream_start INTEGER, archived INTEGER, custom_headers TEXT)");
    }
    const auto advice = openCounted(path)->advice();
    QCOMPARE(advice.size(), 1);
    QVERIFY2(
        advice.first().contains(QStringLiteral("eventstore (id)")), qPrintable(advice.first()));
}

QTEST_GUILESS_MAIN(tst_ForeignProfiles)
#include "tst_foreignprofiles.moc"
