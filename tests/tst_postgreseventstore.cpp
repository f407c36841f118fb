#include "postgres/postgreseventstore.h"
#include "postgres/postgrestakeback.h"
#include "support/postgresserver.h"
#include "support/storecontract.h"

#include <QTest>

using namespace eventloupe;

/// The contract of every store, on PostgreSQL, and what is this one's own.
class tst_PostgresEventStore final : public StoreContract {
    Q_OBJECT

protected:
    Store makeStore() override
    {
        m_schema = QStringLiteral("store %1").arg(++m_made);
        return opened(OpenMode::Create);
    }
    Store connectAgain() override { return opened(OpenMode::ReadWrite); }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addPostgresStores();
    }
    void whatIsNotThereIsNotMade();
    void schemaOfSomethingElseIsLeftAlone();
    void newerFormatIsRefused();
    void eventsAreNotChanged();
    void tamperingIsFound();
    void roleWithoutRightsReads();
    void readingSessionCannotWrite();
    void growthIsAnnounced();
    void bulkHoldsTheEndOfTheLog();
    void manyEventsAtOnce();
    void onlyWhoMadeTheTablesTakesThemBack();

private:
    [[nodiscard]] QString location() const
    {
        return m_server.location(QString::fromUtf8(m_schema.toUtf8().toPercentEncoding()));
    }
    Store opened(OpenMode mode)
    {
        auto store = openStore(location(), mode);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }
    /// The statement in the schema of the present store.
    [[nodiscard]] QString run(const QByteArray& sql) const
    {
        return m_server.run("SET search_path TO " + quotedIdentifier(m_schema) + ';' + sql);
    }

    PostgresServer m_server;
    QString m_schema;
    int m_made = 0;
};

void tst_PostgresEventStore::whatIsNotThereIsNotMade()
{
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite }) {
        const auto store = openStore(m_server.location(QStringLiteral("nowhere")), mode);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NotFound);
    }
    QCOMPARE(m_server.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'nowhere'"),
        QStringLiteral("0"));
}

void tst_PostgresEventStore::schemaOfSomethingElseIsLeftAlone()
{
    QCOMPARE(m_server.run("CREATE SCHEMA other; CREATE TABLE other.event(position int);"
                          "CREATE TABLE other.stream(id int)"),
        QString());
    const auto store = openStore(m_server.location(QStringLiteral("other")), OpenMode::Create);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::NotOurs);
    QCOMPARE(m_server.value("SELECT count(*) FROM pg_class c JOIN pg_namespace n"
                            " ON n.oid = c.relnamespace WHERE n.nspname = 'other'"),
        QStringLiteral("2"));
}

void tst_PostgresEventStore::newerFormatIsRefused()
{
    makeStore();
    QCOMPARE(run("UPDATE store SET format = 2"), QString());
    const auto store = openStore(location(), OpenMode::Create);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::NewerVersion);
}

void tst_PostgresEventStore::eventsAreNotChanged()
{
    const Store store = makeStore();
    append(*store, "s", { makeEvent("A") });
    for (const char* sql : { "UPDATE event SET data = '{}'", "DELETE FROM event", "TRUNCATE event",
             "SET session_replication_role = replica; DELETE FROM event",
             "INSERT INTO event SELECT * FROM event ON CONFLICT (position) DO UPDATE SET data = "
             "''" })
        QVERIFY2(run(sql).contains(QStringLiteral("events are only appended")), sql);
    QCOMPARE(faults(*store), QStringList());
}

void tst_PostgresEventStore::tamperingIsFound()
{
    const Store store = makeStore();
    append(*store, "a-1", { makeEvent("A"), makeEvent("B"), makeEvent("C") });
    append(*store, "b-1", { makeEvent("A") });
    QCOMPARE(run("ALTER TABLE event DISABLE TRIGGER ALL;"
                 "UPDATE event SET data = '[1]' WHERE position = 2;"
                 "UPDATE stream SET head_version = 7 WHERE name = 'b-1';"
                 "DELETE FROM event WHERE position = 3"),
        QString());
    const QStringList found = faults(*store);
    QVERIFY(found.size() >= 4);
    QVERIFY(found.at(0).startsWith(QStringLiteral("2: Event 2 does not fit the hash chain")));
    QCOMPARE(found.at(1), QStringLiteral("4: Events 3 to 3 are missing."));
    QVERIFY(found.join(u'\n').contains(QStringLiteral("The entry of stream b-1 says version 7")));
}

void tst_PostgresEventStore::roleWithoutRightsReads()
{
    const Store store = makeStore();
    append(*store, "s", { makeEvent("A") });
    const QByteArray schema = quotedIdentifier(m_schema);
    QCOMPARE(run("CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA " + schema
                 + " TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO reader"),
        QString());
    const QString asReader = m_server.location(
        QString::fromUtf8(m_schema.toUtf8().toPercentEncoding()), QStringLiteral("reader"));
    const auto reading = openStore(asReader, OpenMode::ReadWrite);
    QVERIFY2(reading, qPrintable(reading ? QString() : reading.error().message));
    QVERIFY((*reading)->readOnlyReason().contains(QStringLiteral("reader")));
    QCOMPARE((*reading)->head().value(), 1);
    const auto refused
        = (*reading)->append({ QStringLiteral("s"), ExpectedVersion::any(), { makeEvent("B") } });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
}

/// What reads could not write if it wanted to.
void tst_PostgresEventStore::readingSessionCannotWrite()
{
    makeStore();
    PostgresOptions options;
    options.address = *PostgresAddress::parse(location());
    const auto connection = PostgresConnection::open(options);
    QVERIFY(connection);
    const auto made = (*connection)->execute("CREATE TABLE public.t(i int)");
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::ReadOnly);
}

void tst_PostgresEventStore::growthIsAnnounced()
{
    const Store store = makeStore();
    const Store other = connectAgain();
    std::atomic<int> heard = 0;
    auto& announcing = dynamic_cast<AnnouncingStore&>(*store);
    announcing.setNotices({ [&heard] { ++heard; }, {} });
    QTRY_VERIFY(announcing.announcesGrowth());
    QTRY_VERIFY(heard > 0);
    heard = 0;
    append(*other, "s", { makeEvent("A") });
    QTRY_VERIFY(heard > 0);
    QCOMPARE(store->head().value(), 1);
    announcing.setNotices({});
    QVERIFY(!announcing.announcesGrowth());
}

void tst_PostgresEventStore::bulkHoldsTheEndOfTheLog()
{
    const Store store = makeStore();
    const Store other = connectAgain();
    auto bulk = store->beginBulk();
    QVERIFY(bulk);
    QVERIFY((*bulk)->add(QStringLiteral("s"), makeEvent("A")));
    const auto refused
        = other->append({ QStringLiteral("s"), ExpectedVersion::any(), { makeEvent("B") } });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Busy);
    QVERIFY((*bulk)->commit({}));
    QCOMPARE(append(*other, "s", { makeEvent("B") }).version, 2);
    QCOMPARE(faults(*store), QStringList());
}

void tst_PostgresEventStore::manyEventsAtOnce()
{
    const Store store = makeStore();
    QList<NewEvent> events;
    for (int i = 0; i < 3000; ++i)
        events.append(
            makeEvent(i % 2 ? "ODD" : "EVEN", R"({"text":"a\\b\tc \u00e9 'quoted' \"x\""})"));
    QCOMPARE(append(*store, "long-1", events).last, 3000);
    QCOMPARE(store->readLog(1, 4000).value().size(), 3000);
    QCOMPARE(store->readStream(1, 2990, 3000, 100).value().size(), 10);
    QCOMPARE(faults(*store), QStringList());
}

/// Of two that find no store, one has made it, however empty it is; and a store that was made anew
/// under its name is nobody's that was before.
void tst_PostgresEventStore::onlyWhoMadeTheTablesTakesThemBack()
{
    m_schema = QStringLiteral("taken back");
    const auto first = postgresTakeBack(location());
    const auto second = postgresTakeBack(location());
    QVERIFY(first && second);
    (*second)();
    QVERIFY(openStore(location(), OpenMode::ReadWrite));
    (*first)();
    QCOMPARE(openStore(location(), OpenMode::ReadOnly).error().code, ErrorCode::NotFound);
    QCOMPARE(m_server.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'taken back'"),
        QStringLiteral("0"));
    opened(OpenMode::Create);
    (*first)();
    QVERIFY(openStore(location(), OpenMode::ReadWrite));
}

QTEST_GUILESS_MAIN(tst_PostgresEventStore)
#include "tst_postgreseventstore.moc"
