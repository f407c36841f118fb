#include "foreign/mappingproposal.h"
#include "foreign/sqliteforeigndatabase.h"
#include "support/foreignfiles.h"
#include "value/jsonpointer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

/// A field as a profile spells it, with its place behind a '#'.
QString spelt(const ProfileField& field)
{
    const QString pointer = QString::fromUtf8(JsonPointer(field.pointer).toText());
    return pointer.isEmpty() ? field.column.text() : field.column.text() + u'#' + pointer;
}

/// "order stream version type data time id", each as spelt(), "-" where there is none.
QStringList parts(const StoreProfile& profile)
{
    QStringList texts { profile.order.first().text(),
        profile.stream.isEmpty() ? QString() : spelt(profile.stream.first()),
        spelt(profile.version), spelt(profile.type), spelt(profile.data), spelt(profile.time),
        spelt(profile.id) };
    for (QString& text : texts)
        text = text.isEmpty() ? QStringLiteral("-") : text;
    return texts;
}

/// A UUID that a number stands for.
QByteArray uuid(int number)
{
    return "0190b5a4-7c3e-7000-8000-" + QByteArray::number(number).rightJustified(12, '0');
}

/// Some rows: row n of `columns` is what `row` gives for n, from 0.
QByteArray table(const QByteArray& columns, const std::function<QByteArray(int)>& row)
{
    QByteArray sql = "CREATE TABLE t(" + columns + "); BEGIN;";
    for (int n = 0; n < 40; ++n)
        sql += "INSERT INTO t VALUES(" + row(n) + ");";
    return sql + "COMMIT;";
}

const QList<QByteArray> types { "OrderPlaced", "ItemAdded", "ItemAdded", "OrderPaid" };

} // namespace

/// Mappings for tables that no library is known for, proposed by names, contents and places inside
/// of payloads.
class tst_MappingProposals final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void aMappingIsProposedPreviewedAndSaved();
    void proposes_data();
    void proposes();
    void placesInsidePayloadsAreRead();
    void whatIsUnlikelyIsNotProposed();

private:
    /// The best proposal for a database made by these statements.
    std::optional<MappingProposal> proposalFor(const QByteArray& sql);

    QTemporaryDir m_folder;
    QString m_path;
    int m_made = 0;
};

std::optional<MappingProposal> tst_MappingProposals::proposalFor(const QByteArray& sql)
{
    m_path = m_folder.filePath(QStringLiteral("%1.db").arg(++m_made));
    {
        OtherProgram writer(m_path);
        writer.run(sql);
    }
    auto database = SqliteForeignDatabase::open(m_path);
    if (!database)
        return std::nullopt;
    const auto catalog = (*database)->catalog();
    const auto proposals = proposeMappings(**database, *catalog);
    return proposals && !proposals->empty() ? std::optional(proposals->front()) : std::nullopt;
}

void tst_MappingProposals::aMappingIsProposedPreviewedAndSaved()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("own.db"));
    {
        OtherProgram writer(path);
        writer.run("CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT, born TEXT);"
                   "INSERT INTO customers VALUES(1,'Ada','1815');"
                   "CREATE TABLE journal_entries(seq INTEGER PRIMARY KEY, entity_id TEXT,"
                   " revision INTEGER, kind TEXT, body TEXT, occurred_at INTEGER);"
                   "INSERT INTO journal_entries VALUES(5,'cart-1',0,'Opened','{\"a\":1}',"
                   "1767600104000);"
                   "INSERT INTO journal_entries VALUES(9,'cart-1',1,'Paid','{\"b\":2}',"
                   "1767600105000);");
    }
    QVERIFY(openingError(path).contains(QStringLiteral("journal_entries")));
    auto database = SqliteForeignDatabase::open(path);
    QVERIFY(database.ok());
    const auto catalog = (*database)->catalog();
    QVERIFY(catalog.ok());
    const auto proposals = proposeMappings(**database, *catalog);
    QVERIFY(proposals.ok());
    QCOMPARE(proposals->size(), std::size_t(1));
    const StoreProfile& mapping = proposals->front().profile;
    QCOMPARE(mapping.tables.first().name, QStringLiteral("journal_entries"));
    QCOMPARE(mapping.order.first().name, QStringLiteral("seq"));
    QCOMPARE(mapping.stream.first().column.name, QStringLiteral("entity_id"));
    QCOMPARE(mapping.versionBase, 0);
    QCOMPARE(int(mapping.timeUnit), int(TimeUnit::Milliseconds));
    QCOMPARE(proposals->front().missing, QStringList());
    const auto preview = previewMapping(**database, *catalog, mapping);
    QVERIFY(preview.ok());
    QCOMPARE(preview->size(), 2);
    QCOMPARE(preview->at(1).type, QStringLiteral("Paid"));
    QCOMPARE(preview->at(1).version, 2);
    QCOMPARE(preview->at(1).origin, QByteArray("{\"position\":9,\"version\":1}"));
    const auto saved = saveMapping(mapping, folder.path());
    QVERIFY2(saved.ok(), qPrintable(saved ? QString() : saved.error().message));
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 2);
    QCOMPARE(
        store->readLog(1, 1)->value(0).time.toRfc3339(), QByteArray("2026-01-05T08:01:44.000000Z"));
    StoreProfile badName = mapping;
    badName.name = QStringLiteral("../x");
    QVERIFY(!saveMapping(badName, folder.path()).ok());
}

void tst_MappingProposals::proposes_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QStringList>("byContent");
    const auto number = [](qint64 value) { return QByteArray::number(value); };
    const QStringList all { QStringLiteral("time"), QStringLiteral("type"),
        QStringLiteral("stream"), QStringLiteral("version") };
    QTest::newRow("odd names, ISO times")
        << table("a INTEGER PRIMARY KEY, b TEXT, c INTEGER, d TEXT, e TEXT, f TEXT, g TEXT",
               [&](int n) {
                   return number(n * 3 + 7) + ",'cart-" + number(n % 4) + "'," + number(n / 4)
                       + ",'" + types[n % 4] + "','2026-03-01T14:" + number(10 + n)
                       + ":00Z','{\"n\":" + number(n) + "}','" + uuid(n) + "'";
               })
        << QStringList({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
               QStringLiteral("d"), QStringLiteral("f"), QStringLiteral("e"),
               QStringLiteral("g") })
        << int(TimeUnit::Text) << all + QStringList({ QStringLiteral("id") });
    // The stream is that of two columns of UUIDs in which another counts; codes are no types.
    QTest::newRow("UUIDs, milliseconds, SNAKE_CASE")
        << table("p INTEGER PRIMARY KEY, corr TEXT, ent TEXT, cnt INTEGER, cur TEXT, what TEXT,"
                 " moment INTEGER, doc TEXT",
               [&](int n) {
                   return number(n + 1) + ",'" + uuid(500 + n / 7) + "','" + uuid(n % 3) + "',"
                       + number(n / 3 + 1) + ",'EUR','" + (n < 3 ? "CART_OPENED" : "ITEM_ADDED")
                       + "'," + number(1'772'000'000'000 + n * 1000) + ",'{\"n\":1}'";
               })
        << QStringList({ QStringLiteral("p"), QStringLiteral("ent"), QStringLiteral("cnt"),
               QStringLiteral("what"), QStringLiteral("doc"), QStringLiteral("moment"),
               QStringLiteral("-") })
        << int(TimeUnit::Milliseconds) << all;
    QTest::newRow("all in the payload")
        << table("x INTEGER PRIMARY KEY, y TEXT",
               [&](int n) {
                   return number(n + 1) + ",'{\"type\":\"" + types[n % 4]
                       + "\",\"meta\":{\"stream\":\"order-" + number(n % 5)
                       + "\",\"rev\":" + number(n / 5) + ",\"at\":" + number(1'772'000'000 + n)
                       + ",\"eventId\":\"" + uuid(n) + "\"},\"body\":{\"qty\":"
                       + number(n) + "}}'";
               })
        << QStringList({ QStringLiteral("x"), QStringLiteral("y#/meta/stream"),
               QStringLiteral("y#/meta/rev"), QStringLiteral("y#/type"), QStringLiteral("y"),
               QStringLiteral("y#/meta/at"), QStringLiteral("y#/meta/eventId") })
        << int(TimeUnit::Seconds) << all + QStringList({ QStringLiteral("id") });
}

void tst_MappingProposals::proposes()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, expected);
    QFETCH(int, unit);
    QFETCH(QStringList, byContent);
    const auto proposal = proposalFor(sql);
    QVERIFY(proposal);
    QCOMPARE(parts(proposal->profile), expected);
    QCOMPARE(int(proposal->profile.timeUnit), unit);
    QCOMPARE(proposal->byContent, byContent);
    QCOMPARE(proposal->missing, QStringList());
}

void tst_MappingProposals::placesInsidePayloadsAreRead()
{
    const auto proposal = proposalFor(table("x INTEGER PRIMARY KEY, y TEXT", [](int n) {
        return QByteArray::number(n + 1) + ",'{\"kind\":\"" + types[n % 4]
            + "\",\"who\":\"order-" + QByteArray::number(n % 5) + "\",\"rev\":"
            + QByteArray::number(n / 5) + ",\"when\":\"2026-03-01T14:" + QByteArray::number(10 + n)
            + ":00Z\",\"qty\":1}'";
    }));
    QVERIFY(proposal);
    QCOMPARE(proposal->documents, { QStringLiteral("y") });
    QCOMPARE(proposal->members.value(QStringLiteral("y")),
        QStringList({ QStringLiteral("/kind"), QStringLiteral("/qty"), QStringLiteral("/rev"),
            QStringLiteral("/when"), QStringLiteral("/who") }));
    // What is saved is read back as it was, and the log has it.
    StoreProfile mapping = proposal->profile;
    mapping.name = QStringLiteral("inside");
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("own.db"));
    QVERIFY(QFile::copy(m_path, path));
    QVERIFY(saveMapping(mapping, folder.path()).ok());
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 40);
    const Event event = store->readLog(12, 1)->value(0);
    QCOMPARE(event.stream, QStringLiteral("order-1"));
    QCOMPARE(event.version, 3);
    QCOMPARE(event.type, QStringLiteral("OrderPaid"));
    QCOMPARE(event.time.toRfc3339(), QByteArray("2026-03-01T14:21:00.000000Z"));
    QCOMPARE((*store->findStream(QStringLiteral("order-1")))->headVersion, 8);
    qint64 faults = 0;
    QVERIFY(store->verify({}, {}, [&faults](const StoreFault&) { ++faults; }).ok());
    QCOMPARE(faults, 0);
}

void tst_MappingProposals::whatIsUnlikelyIsNotProposed()
{
    // Names of people, amounts near to seconds of our years, texts of many kinds: a read model.
    const auto proposal = proposalFor(table(
        "who TEXT, amount INTEGER, remark TEXT, country TEXT, doc TEXT", [](int n) {
            return "'Ada " + QByteArray::number(n) + "'," + QByteArray::number(n * 90'000'000LL)
                + ",'Thanks, no. " + QByteArray::number(n)
                + "!','DE','{\"limit\":1700000000,\"code\":\"A" + QByteArray::number(n) + "\"}'";
        }));
    QVERIFY(proposal);
    QCOMPARE(proposal->byContent, QStringList());
    QCOMPARE(proposal->profile.typeName, QStringLiteral("event"));
    QVERIFY(proposal->missing.contains(QStringLiteral("stream")));
}

QTEST_GUILESS_MAIN(tst_MappingProposals)
#include "tst_mappingproposals.moc"
