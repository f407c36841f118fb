#include "postgres/postgreseventstore.h"
#include "support/postgresserver.h"
#include "support/storecontract.h"

#include <QTest>

using namespace eventloupe;

/// A first load, which takes the indexes of events away and builds them behind its rows.
class tst_PostgresLoad final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void indexesAreBuiltBehindTheRows();
    void aFailedLoadLeavesTheIndexes();
    void idThatComesTwiceIsFound();
    void readersOfAnEmptyStoreAreNotHeldUp();
    void indexesStayWhereSomebodyReads();
    void whoDoesNotOwnTheTableLoadsAsWell();
    void nextLoadFindsStreamsInBetween();
    void aCancelledLoadLeavesTheIndexes();

private:
    using Store = StoreContract::Store;
    Store opened(const QString& location, OpenMode mode)
    {
        auto store = PostgresEventStore::open(location, mode);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    Store made()
    {
        m_schema = "load" + QByteArray::number(++m_made);
        m_location = m_server.location(QString::fromUtf8(m_schema));
        return opened(m_location, OpenMode::Create);
    }
    /// So many events of 256 KiB each; 16 are more than waits before a COPY is begun.
    static Result<void> add(BulkAppend& bulk, int count, const QString& stream)
    {
        const QByteArray data = '"' + QByteArray(256 * 1024, 'x') + '"';
        for (int i = 0; i < count; ++i)
            if (const auto added = bulk.add(
                    stream, StoreContract::makeEvent(i % 2 ? "ODD" : "EVEN", data.constData()));
                !added)
                return added.error();
        return {};
    }
    [[nodiscard]] QString indexes() const
    {
        return m_server.value("SELECT string_agg(indexdef, E'\\n' ORDER BY indexdef) FROM"
                              " pg_indexes WHERE tablename = 'event' AND schemaname = '"
            + m_schema + '\'');
    }
    [[nodiscard]] bool isHeld() const
    {
        return m_server.value("SELECT count(*) FROM pg_locks WHERE relation = '" + m_schema
                   + ".event'::regclass AND mode = 'AccessExclusiveLock' AND granted")
            == QLatin1String("1");
    }

    PostgresServer m_server;
    QByteArray m_schema;
    QString m_location;
    int m_made = 0;
};

void tst_PostgresLoad::initTestCase()
{
    QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
}

void tst_PostgresLoad::indexesAreBuiltBehindTheRows()
{
    const Store store = made();
    const QString before = indexes();
    QCOMPARE(before.count(u'\n'), 4);
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY(add(**bulk, 8, QStringLiteral("a-1")));
    QVERIFY(!isHeld()); // What is short is stored as it always was.
    QVERIFY(add(**bulk, 32, QStringLiteral("a-2")));
    QVERIFY(isHeld());
    const Progress progress;
    QCOMPARE((*bulk)->commit({}, progress).value().last, 40);
    QCOMPARE(indexes(), before);
    QCOMPARE(store->readStream(2, 30, 40, 10).value().size(), 2);
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

void tst_PostgresLoad::aFailedLoadLeavesTheIndexes()
{
    const Store store = made();
    const QString before = indexes();
    {
        const auto bulk = store->beginBulk();
        QVERIFY(bulk);
        QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
        QVERIFY(!(*bulk)->add(QStringLiteral("a-1"), StoreContract::makeEvent("A", "{")));
    }
    QCOMPARE(indexes(), before);
    {
        const auto bulk = store->beginBulk();
        QVERIFY(bulk);
        QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
        QVERIFY(isHeld());
    }
    QCOMPARE(indexes(), before);
    QCOMPARE(store->head().value(), 0);
    StoreContract::append(*store, "a-1", { StoreContract::makeEvent("A") });
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

void tst_PostgresLoad::idThatComesTwiceIsFound()
{
    const Store store = made();
    const QString before = indexes();
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY((*bulk)->add(QStringLiteral("a-1"), StoreContract::makeEvent("A", "{}", "same")));
    QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
    QVERIFY((*bulk)->add(QStringLiteral("a-2"), StoreContract::makeEvent("A", "{}", "same")));
    const auto committed = (*bulk)->commit({});
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::DuplicateEvent);
    QVERIFY2(committed.error().message.contains(QStringLiteral("same")),
        qPrintable(committed.error().message));
    QCOMPARE(indexes(), before);
    QCOMPARE(store->head().value(), 0);
}

void tst_PostgresLoad::readersOfAnEmptyStoreAreNotHeldUp()
{
    const Store store = made();
    const Store other = opened(m_location, OpenMode::ReadWrite);
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
    QVERIFY(isHeld());
    const Store third = opened(m_location, OpenMode::ReadWrite);
    for (EventStore* each : { store.get(), other.get(), third.get() }) {
        const auto ignore = [](const auto&...) { return true; };
        QCOMPARE(each->head().value(), 0);
        QVERIFY(!each->hasChanged().value());
        QVERIFY(each->readLog(1, 10).value().isEmpty());
        QVERIFY(each->readAt({ 1 }).value().isEmpty());
        QVERIFY(each->readStream(1, 0, 10, 10).value().isEmpty());
        QVERIFY(each->scanLog(1, 10, allScanColumns, {}, ignore));
        QVERIFY(each->scanAt({ 1 }, allScanColumns, {}, ignore));
        QVERIFY(each->scanStream(1, 0, 10, allScanColumns, ignore));
        QVERIFY(each->scanSelected({}, 1, 10, allScanColumns, {}, ignore));
        QVERIFY(each->streamsAt(0, 1, 10).value().isEmpty());
        QVERIFY(each->streamsOfCategoryAt(1, 0, 0, 10).value().isEmpty());
        QVERIFY(each->searchStreams(QStringLiteral("a"), 0, 0, 10, {}).value().isEmpty());
        QCOMPARE(each->streamCountAt(0).value(), 0);
        QCOMPARE(each->categoriesAt(0, 1, 10).value().size(), 0);
        QCOMPARE(each->versionAt(1, 0).value(), 0);
        QCOMPARE(each->positionAtTime({ 1000 }).value(), 0);
        QVERIFY(each->types().value().isEmpty());
    }
    QVERIFY((*bulk)->commit({}));
    QVERIFY(other->hasChanged().value());
    QCOMPARE(other->readLog(1, 100).value().size(), 20);
    QCOMPARE(StoreContract::append(*third, "a-1", { StoreContract::makeEvent("B") }).version, 21);
}

void tst_PostgresLoad::indexesStayWhereSomebodyReads()
{
    const Store store = made();
    PostgresOptions options;
    options.address = *PostgresAddress::parse(m_location);
    const auto reading = PostgresConnection::open(options);
    QVERIFY(reading);
    QVERIFY((*reading)->execute("BEGIN"));
    QVERIFY((*reading)->query("SELECT position FROM " + m_schema.toStdString() + ".event"));
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
    QVERIFY(!isHeld());
    QVERIFY((*bulk)->commit({}));
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

void tst_PostgresLoad::whoDoesNotOwnTheTableLoadsAsWell()
{
    made();
    QCOMPARE(m_server.run("CREATE ROLE loader LOGIN; GRANT USAGE ON SCHEMA " + m_schema
                 + " TO loader; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA " + m_schema
                 + " TO loader"),
        QString());
    const Store store
        = opened(m_server.location(QString::fromUtf8(m_schema), QStringLiteral("loader")),
            OpenMode::ReadWrite);
    QCOMPARE(store->readOnlyReason(), QString());
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
    QVERIFY(!isHeld());
    QVERIFY((*bulk)->commit({}));
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

/// A COPY of rows is open when a stream, a type or a category is met that has to be asked for.
void tst_PostgresLoad::nextLoadFindsStreamsInBetween()
{
    const Store store = made();
    for (const char* stream : { "a-1", "a-2", "b-1" })
        StoreContract::append(*store, stream, { StoreContract::makeEvent("EVEN") });
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    for (const char* stream : { "a-1", "a-2", "c-1", "b-1", "b-2", "a-1" })
        QVERIFY2(add(**bulk, 18, QString::fromLatin1(stream)), stream);
    QCOMPARE((*bulk)->commit({}).value().last, 3 + 6 * 18);
    QCOMPARE(store->findStream(QStringLiteral("a-1")).value()->headVersion, 37);
    QCOMPARE(StoreContract::faults(*store), QStringList());
}

void tst_PostgresLoad::aCancelledLoadLeavesTheIndexes()
{
    const Store store = made();
    const QString before = indexes();
    const auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY(add(**bulk, 20, QStringLiteral("a-1")));
    const CancelToken cancel;
    cancel.cancel();
    QCOMPARE((*bulk)->commit(cancel, {}).error().code, ErrorCode::Cancelled);
    QCOMPARE(indexes(), before);
    QCOMPARE(store->head().value(), 0);
}

QTEST_GUILESS_MAIN(tst_PostgresLoad)
#include "tst_postgresload.moc"
