// StoreContract: appending, and loading in bulk.

#include "support/storecontractparts.h"

#include "store/appendall.h"

namespace eventloupe {

void StoreContract::expectedVersionIsChecked_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("version");
    QTest::addColumn<bool>("fitsNew");
    QTest::addColumn<bool>("fitsAtTwo");
    const auto row = [](const char* name, ExpectedVersion expected, bool fitsNew, bool fitsAtTwo) {
        QTest::newRow(name) << int(expected.kind()) << expected.version() << fitsNew << fitsAtTwo;
    };
    row("any", ExpectedVersion::any(), true, true);
    row("no stream", ExpectedVersion::noStream(), true, false);
    row("exists", ExpectedVersion::streamExists(), false, true);
    row("exactly 0", ExpectedVersion::exactly(0), true, false);
    row("exactly 1", ExpectedVersion::exactly(1), false, false);
    row("exactly 2", ExpectedVersion::exactly(2), false, true);
    row("exactly 3", ExpectedVersion::exactly(3), false, false);
}

void StoreContract::expectedVersionIsChecked()
{
    QFETCH(int, kind);
    QFETCH(qint64, version);
    QFETCH(bool, fitsNew);
    QFETCH(bool, fitsAtTwo);
    ExpectedVersion expected = ExpectedVersion::exactly(version);
    switch (ExpectedVersion::Kind(kind)) {
    case ExpectedVersion::Kind::Any:
        expected = ExpectedVersion::any();
        break;
    case ExpectedVersion::Kind::NoStream:
        expected = ExpectedVersion::noStream();
        break;
    case ExpectedVersion::Kind::StreamExists:
        expected = ExpectedVersion::streamExists();
        break;
    case ExpectedVersion::Kind::Exactly:
        break;
    }
    const Store store = makeStore();
    append(*store, "two", { makeEvent("A"), makeEvent("B") });
    const auto fits = [&](const QString& stream) {
        const auto outcome = taken(store->append({ stream, expected, { makeEvent("C") } }));
        return std::holds_alternative<Appended>(outcome);
    };
    QCOMPARE(fits(QStringLiteral("new")), fitsNew);
    QCOMPARE(fits(QStringLiteral("two")), fitsAtTwo);
}

void StoreContract::conflictStoresNothing()
{
    const Store store = makeStore();
    append(*store, "s-1", { makeEvent("A") });
    const auto outcome = taken(store->append(
        { QStringLiteral("s-1"), ExpectedVersion::exactly(4), { makeEvent("NEW") } }));
    const auto* conflict = std::get_if<VersionConflict>(&outcome);
    QVERIFY(conflict);
    QCOMPARE(conflict->stream, QStringLiteral("s-1"));
    QCOMPARE(conflict->expected.version(), 4);
    QCOMPARE(conflict->actual, 1);
    QVERIFY(conflict->toText().contains(QStringLiteral("s-1")));
    QCOMPARE(taken(store->head()), 1);
    QCOMPARE(taken(store->types()), QStringList({ QStringLiteral("A") }));
    append(*store, "s-1", { makeEvent("B") }, ExpectedVersion::exactly(1));
}

void StoreContract::repeatedAppendIsAcknowledged()
{
    const Store store = makeStore();
    const QList<NewEvent> events { makeEvent("A", "{}", "id-1"), makeEvent("B", "{}", "id-2") };
    append(*store, "s", events, ExpectedVersion::noStream());
    append(*store, "s", { makeEvent("C") });
    const Appended again = append(*store, "s", events, ExpectedVersion::noStream());
    QVERIFY(again.wasStoredBefore);
    QCOMPARE(again.first, 1);
    QCOMPARE(again.last, 2);
    QCOMPARE(again.version, 2);
    QCOMPARE(taken(store->head()), 3);
    // For ever: another connection knows as well.
    QVERIFY(append(*connectAgain(), "s", events).wasStoredBefore);
}

void StoreContract::idWithOtherContentIsRefused()
{
    const Store store = makeStore();
    append(*store, "s", { makeEvent("A", "{}", "id-1"), makeEvent("B", "{}", "id-2") });
    const auto refused = [&](const char* stream, const QList<NewEvent>& events) {
        const auto outcome
            = store->append({ QString::fromUtf8(stream), ExpectedVersion::any(), events });
        return !outcome && outcome.error().code == ErrorCode::DuplicateEvent;
    };
    QVERIFY(refused("s", { makeEvent("A", R"({"x":1})", "id-1") }));
    QVERIFY(refused("s", { makeEvent("X", "{}", "id-1") }));
    QVERIFY(refused("t", { makeEvent("A", "{}", "id-1") }));
    QVERIFY(refused("s", { makeEvent("A", "{}", "id-1"), makeEvent("N", "{}", "id-3") }));
    QVERIFY(refused("s", { makeEvent("N", "{}", "id-3"), makeEvent("A", "{}", "id-1") }));
    QVERIFY(refused("s", { makeEvent("B", "{}", "id-2"), makeEvent("A", "{}", "id-1") }));
    QVERIFY(refused("s", { makeEvent("N", "{}", "id-3"), makeEvent("N", "{}", "id-3") }));
    QCOMPARE(taken(store->head()), 2);
    QCOMPARE(append(*store, "s", { makeEvent("N", "{}", "id-3") }).last, 3);
}

void StoreContract::badEventsAreRefused_data()
{
    QTest::addColumn<QString>("stream");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("metadata");
    const QString s = QStringLiteral("s");
    const QString longName(1001, QLatin1Char('n'));
    QTest::newRow("empty stream") << QString() << s << s << QByteArray() << QByteArray();
    QTest::newRow("long stream") << longName << s << s << QByteArray() << QByteArray();
    QTest::newRow("NUL in stream") << QString(QChar(0)) << s << s << QByteArray() << QByteArray();
    QTest::newRow("lone surrogate")
        << QString(QChar(0xd800)) << s << s << QByteArray() << QByteArray();
    QTest::newRow("empty type") << s << QString() << s << QByteArray() << QByteArray();
    QTest::newRow("long type") << s << longName << s << QByteArray() << QByteArray();
    QTest::newRow("long id") << s << s << QString(201, QLatin1Char('i')) << QByteArray()
                             << QByteArray();
    QTest::newRow("data") << s << s << s << QByteArray("{\"a\":}") << QByteArray();
    QTest::newRow("metadata") << s << s << s << QByteArray() << QByteArray("{'a':1}");
    QTest::newRow("UTF-8") << s << s << s << QByteArray("\"\xff\"") << QByteArray();
}

void StoreContract::badEventsAreRefused()
{
    QFETCH(QString, stream);
    QFETCH(QString, type);
    QFETCH(QString, id);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, metadata);
    const Store store = makeStore();
    const NewEvent bad { type, data, metadata, { 1 }, id };
    const auto outcome
        = store->append({ stream, ExpectedVersion::any(), { makeEvent("GOOD"), bad } });
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::InvalidInput);
    {
        const auto bulk = taken(store->beginBulk());
        QCOMPARE(bulk->add(stream, bad).error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(taken(store->head()), 0);
    QCOMPARE(append(*store, "s", { makeEvent("NEXT") }).last, 1);
}

void StoreContract::bulkLoadsIntoAnEmptyStore()
{
    const Store store = makeStore();
    {
        const auto bulk = taken(store->beginBulk());
        for (int i = 0; i < 3000; ++i)
            QVERIFY(bulk->add(QStringLiteral("%1-%2")
                                  .arg(i % 2 ? QStringLiteral("odd") : QStringLiteral("even"))
                                  .arg(i % 100),
                makeEvent(i % 3 ? "A" : "B", "{}", "", i)));
        const Appended loaded = taken(bulk->commit({}));
        QCOMPARE(loaded.first, 1);
        QCOMPARE(loaded.last, 3000);
    }
    QCOMPARE(taken(store->head()), 3000);
    QCOMPARE(taken(store->streamCountAt(3000)), 100);
    QCOMPARE(taken(store->categoriesAt(50, 1, 5)).value(0).streams, 25);
    const auto stream = taken(store->findStream(QStringLiteral("odd-37")));
    QCOMPARE(stream->headVersion, 30);
    QCOMPARE(taken(store->versionAt(stream->id, 1538)), 16);
    QCOMPARE(append(*store, "odd-37", { makeEvent("C") }).version, 31);
    QCOMPARE(faults(*store), QStringList());
}

void StoreContract::bulkGoesOnAfterAppends()
{
    const Store store = makeStore();
    fill(*store);
    {
        const auto bulk = taken(store->beginBulk());
        QVERIFY(bulk->add(QStringLiteral("user-1"), makeEvent("MORE")));
        QVERIFY(bulk->add(QStringLiteral("user-9"), makeEvent("MORE")));
        QVERIFY(bulk->add(QStringLiteral("cart-9"), makeEvent("MORE")));
        QVERIFY(bulk->commit({}));
    }
    QCOMPARE(lines(taken(store->readLog(8, 10))),
        QStringList({ QStringLiteral("8 user-1@4 MORE {}"), QStringLiteral("9 user-9@1 MORE {}"),
            QStringLiteral("10 cart-9@1 MORE {}") }));
    QCOMPARE(faults(*store), QStringList());
}

void StoreContract::bulkIsAllOrNothing()
{
    const Store store = makeStore();
    {
        const auto bulk = taken(store->beginBulk());
        QVERIFY(bulk->add(QStringLiteral("a-1"), makeEvent("A")));
    }
    QCOMPARE(taken(store->head()), 0);
    QVERIFY(taken(store->types()).isEmpty());
    {
        const auto bulk = taken(store->beginBulk());
        QVERIFY(bulk->add(QStringLiteral("a-1"), makeEvent("A")));
        QVERIFY(!bulk->add(QStringLiteral("a-1"), makeEvent("A", "{")));
        QVERIFY(!bulk->commit({}));
    }
    QCOMPARE(taken(connectAgain()->head()), 0);
    append(*store, "a-1", { makeEvent("B") });
    QCOMPARE(lines(taken(store->readLog(1, 9))), QStringList({ QStringLiteral("1 a-1@1 B {}") }));
    QCOMPARE(faults(*store), QStringList());
}

void StoreContract::bulkRefusesDuplicates()
{
    const Store store = makeStore();
    const auto load = [&store] {
        const auto bulk = taken(store->beginBulk());
        auto added = bulk->add(QStringLiteral("a"), makeEvent("A", "{}", "same-id"));
        if (added)
            added = bulk->add(QStringLiteral("b"), makeEvent("B", "{}", "same-id"));
        return bulk->commit({});
    };
    // With the indexes put off, and with live ones.
    for (const Position before : { 0, 1 }) {
        const auto committed = load();
        QVERIFY(!committed);
        QCOMPARE(committed.error().code, ErrorCode::DuplicateEvent);
        QVERIFY(committed.error().message.contains(QStringLiteral("same-id")));
        QCOMPARE(taken(store->head()), before);
        append(*store, "c", { makeEvent("C") });
    }
    QCOMPARE(faults(*store), QStringList());
}

void StoreContract::bulkIsCancelled()
{
    const Store store = makeStore();
    const auto bulk = taken(store->beginBulk());
    QVERIFY(bulk->add(QStringLiteral("a"), makeEvent("A")));
    const CancelToken cancel;
    cancel.cancel();
    QCOMPARE(bulk->commit(cancel).error().code, ErrorCode::Cancelled);
    QCOMPARE(taken(connectAgain()->head()), 0);
}

void StoreContract::writersConflict()
{
    const Store store = makeStore();
    const Store other = connectAgain();
    append(*store, "s", { makeEvent("A") }, ExpectedVersion::exactly(0));
    const auto lost = taken(
        other->append({ QStringLiteral("s"), ExpectedVersion::exactly(0), { makeEvent("B") } }));
    QVERIFY(std::holds_alternative<VersionConflict>(lost));
    append(*other, "s", { makeEvent("B") }, ExpectedVersion::exactly(1));
    QCOMPARE(lines(taken(store->readLog(1, 9))),
        QStringList({ QStringLiteral("1 s@1 A {}"), QStringLiteral("2 s@2 B {}") }));
}

void StoreContract::severalStreamsGetEventsTogether()
{
    const Store store = makeStore();
    fill(*store);
    const QString user = QStringLiteral("user-1");
    const QString cart = QStringLiteral("cart-7");
    const AppendAllRequest request {
        { { user, makeEvent("A", "{}", "all-1") }, { cart, makeEvent("B", "{}", "all-2") },
            { user, makeEvent("C", "{}", "all-3") } },
        { { user, ExpectedVersion::exactly(3) }, { cart, ExpectedVersion::noStream() } }
    };
    const auto outcome = taken(appendAll(*store, request));
    const auto* appended = std::get_if<Appended>(&outcome);
    QVERIFY(appended);
    QCOMPARE(appended->first, 8);
    QCOMPARE(appended->last, 10);
    QCOMPARE(lines(taken(connectAgain()->readLog(8, 9))),
        QStringList({ QStringLiteral("8 user-1@4 A {}"), QStringLiteral("9 cart-7@1 B {}"),
            QStringLiteral("10 user-1@5 C {}") }));
    QCOMPARE(faults(*store), QStringList());
    append(*store, "user-1", { makeEvent("D") }, ExpectedVersion::exactly(5));
    // Once more is acknowledged, whatever was expected, and stores nothing.
    for (const AppendAllRequest& again : { request, AppendAllRequest { request.events, {} } }) {
        const auto repeated = taken(appendAll(*store, again));
        const auto* stored = std::get_if<Appended>(&repeated);
        QVERIFY(stored && stored->wasStoredBefore);
        QCOMPARE(stored->first, 8);
        QCOMPARE(stored->last, 10);
        QCOMPARE(stored->version, 5);
    }
    // With other content, in part, or in another order, it is no repeat.
    AppendAllRequest other { request.events, {} };
    other.events.last().event.data = "{ }";
    QCOMPARE(appendAll(*store, other).error().code, ErrorCode::DuplicateEvent);
    other.events = request.events;
    other.events.swapItemsAt(0, 2);
    QCOMPARE(appendAll(*store, other).error().code, ErrorCode::DuplicateEvent);
    other.events = request.events + QList<StreamEvent> { { request.events.first().stream,
                                        makeEvent("E") } };
    QCOMPARE(appendAll(*store, other).error().code, ErrorCode::DuplicateEvent);
    QCOMPARE(appendAll(*store, {}).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(taken(store->head()), 11);
}

void StoreContract::severalStreamsConflictTogether()
{
    const Store store = makeStore();
    fill(*store);
    const QString user = QStringLiteral("user-1");
    const QString order = QStringLiteral("order-1");
    const QString cart = QStringLiteral("cart-7");
    const AppendAllRequest request { { { cart, makeEvent("B") }, { user, makeEvent("A") },
                                         { order, makeEvent("C") }, { user, makeEvent("A") } },
        { { user, ExpectedVersion::exactly(2) }, { cart, ExpectedVersion::noStream() },
            { order, ExpectedVersion::noStream() } } };
    const auto outcome = taken(appendAll(*store, request));
    const auto* conflicts = std::get_if<QList<VersionConflict>>(&outcome);
    QVERIFY(conflicts);
    QCOMPARE(conflicts->size(), 2);
    QCOMPARE(conflicts->at(0).stream, user);
    QCOMPARE(conflicts->at(0).actual, 3);
    QCOMPARE(conflicts->at(1).stream, order);
    QCOMPARE(conflicts->at(1).actual, 3);
    // Neither the streams that fitted nor the others have anything.
    QCOMPARE(taken(connectAgain()->head()), 7);
    QVERIFY(!taken(store->findStream(cart)));
    append(*store, "cart-7", { makeEvent("B") }, ExpectedVersion::noStream());
    QCOMPARE(faults(*store), QStringList());
}

} // namespace eventloupe
