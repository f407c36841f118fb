#include "support/storecontract.h"

#include "value/uuid.h"

#include <QTest>

namespace eventloupe {

namespace {

template <class T> T taken(Result<T> result)
{
    if (!result)
        QTest::qFail(qPrintable(result.error().message), __FILE__, __LINE__);
    return result ? std::move(*result) : T {};
}

/// Three streams in two categories, seven events:
/// 1 user-1@1, 2 order-1@1, 3 user-1@2, 4 user-2@1, 5 order-1@2, 6 user-1@3, 7 order-1@3.
void fill(EventStore& store)
{
    const auto add = [&store](const char* stream, const char* type, qint64 time) {
        StoreContract::append(store, stream, { StoreContract::makeEvent(type, "{}", "", time) });
    };
    add("user-1", "CREATED", 100);
    add("order-1", "PLACED", 200);
    add("user-1", "RENAMED", 200);
    add("user-2", "CREATED", 300);
    add("order-1", "PAID", 400);
    add("user-1", "RENAMED", 500);
    add("order-1", "SHIPPED", 500);
}

} // namespace

NewEvent StoreContract::makeEvent(const char* type, const char* data, const char* id, qint64 time)
{
    return { QString::fromUtf8(type), QByteArray(data), QByteArray(), Timestamp { time },
        QString::fromUtf8(id) };
}

Appended StoreContract::append(EventStore& store, const char* stream, const QList<NewEvent>& events,
    const ExpectedVersion& expected)
{
    const auto outcome = store.append({ QString::fromUtf8(stream), expected, events });
    if (!outcome)
        QTest::qFail(qPrintable(outcome.error().message), __FILE__, __LINE__);
    else if (const auto* conflict = std::get_if<VersionConflict>(&*outcome))
        QTest::qFail(qPrintable(conflict->toText()), __FILE__, __LINE__);
    else
        return std::get<Appended>(*outcome);
    return {};
}

QStringList StoreContract::lines(const QList<Event>& events)
{
    QStringList result;
    for (const Event& each : events)
        result.append(QStringLiteral("%1 %2@%3 %4 %5")
                          .arg(each.position)
                          .arg(each.stream)
                          .arg(each.version)
                          .arg(each.type, QString::fromUtf8(each.data)));
    return result;
}

QStringList StoreContract::lines(const QList<StreamAt>& streams)
{
    QStringList result;
    for (const StreamAt& each : streams)
        result.append(QStringLiteral("%1 %2 %3@%4")
                          .arg(each.info.id)
                          .arg(each.info.name, each.info.category)
                          .arg(each.version));
    return result;
}

QStringList StoreContract::faults(EventStore& store)
{
    QStringList result;
    const auto read = store.verify({}, {}, [&result](const StoreFault& fault) {
        result.append(QStringLiteral("%1: %2").arg(fault.position).arg(fault.message));
    });
    if (!read)
        result.append(read.error().message);
    return result;
}

void StoreContract::emptyStoreHasNothing()
{
    const Store store = makeStore();
    QCOMPARE(taken(store->head()), 0);
    QVERIFY(taken(store->readLog(1, 10)).isEmpty());
    QVERIFY(taken(store->readAt({ 1, 2 })).isEmpty());
    QVERIFY(!taken(store->findStream(QStringLiteral("user-1"))));
    QCOMPARE(taken(store->streamCountAt(100)), 0);
    QCOMPARE(taken(store->categoryCountAt(100)), 0);
    QCOMPARE(taken(store->versionAt(1, 100)), 0);
    QCOMPARE(taken(store->positionAtTime({ 100 })), 0);
    QVERIFY(taken(store->types()).isEmpty());
    QVERIFY(store->readOnlyReason().isEmpty());
    QVERIFY(store->openingFault().isEmpty());
}

void StoreContract::appendedEventIsReadBack()
{
    const Store store = makeStore();
    NewEvent created = makeEvent("CREATED", R"({"name":"Ada"})", "e-1", 1234567);
    created.metadata = R"({"actor":"me"})";
    const Appended appended = append(*store, "user-42", { created, makeEvent("RENAMED") });
    QCOMPARE(appended.first, 1);
    QCOMPARE(appended.last, 2);
    QCOMPARE(appended.version, 2);
    QVERIFY(!appended.wasStoredBefore);

    const Event stored = taken(store->readLog(1, 1)).value(0);
    QCOMPARE(stored.position, 1);
    QCOMPARE(stored.stream, QStringLiteral("user-42"));
    QCOMPARE(stored.streamId, 1);
    QCOMPARE(stored.version, 1);
    QCOMPARE(stored.type, QStringLiteral("CREATED"));
    QCOMPARE(stored.time.microseconds, 1234567);
    QCOMPARE(stored.id, QStringLiteral("e-1"));
    QCOMPARE(stored.data, QByteArray(R"({"name":"Ada"})"));
    QCOMPARE(stored.metadata, QByteArray(R"({"actor":"me"})"));
    QCOMPARE(taken(store->types()),
        QStringList({ QStringLiteral("CREATED"), QStringLiteral("RENAMED") }));

    const auto stream = taken(store->findStream(QStringLiteral("user-42")));
    QVERIFY(stream);
    QCOMPARE(stream->category, QStringLiteral("user"));
    QCOMPARE(stream->firstPosition, 1);
    QCOMPARE(stream->headVersion, 2);
    QCOMPARE(stream->headPosition, 2);
    QCOMPARE(taken(store->positionOf(stream->id, 2)), 2);
    QCOMPARE(store->positionOf(stream->id, 3).error().code, ErrorCode::NotFound);
}

void StoreContract::bytesOfPayloadsAreKept()
{
    const Store store = makeStore();
    const QByteArray data = R"( {"b": 100.10, "a":1e2, "a":18446744073709551615,"\u00e9":"\/"} )";
    NewEvent given = makeEvent("ODD", data.constData());
    given.metadata = "[\n1 ,2]";
    append(*store, "s", { given, makeEvent("EMPTY", "") });
    const auto stored = taken(store->readLog(1, 2));
    QCOMPARE(stored.at(0).data, data);
    QCOMPARE(stored.at(0).metadata, given.metadata);
    QCOMPARE(stored.at(1).data, QByteArray("{}"));
    QCOMPARE(stored.at(1).metadata, QByteArray("{}"));
}

void StoreContract::idsAreKept()
{
    const Store store = makeStore();
    const QStringList ids { QStringLiteral("0194f3a0-0000-7000-8000-00000000abcd"),
        QStringLiteral("0194F3A0-0000-7000-8000-00000000ABCD"), QStringLiteral("16 bytes of text"),
        QStringLiteral("42"), QString(200, QLatin1Char('x')), QString() };
    QList<NewEvent> events;
    for (const QString& id : ids)
        events.append(makeEvent("E", "{}", id.toUtf8().constData()));
    append(*store, "s", events);
    const auto stored = taken(store->readLog(1, 10));
    for (int i = 0; i + 1 < ids.size(); ++i)
        QCOMPARE(stored.at(i).id, ids.at(i));
    QVERIFY(packUuid(stored.last().id.toStdString()));
}

void StoreContract::pagesOfTheLog()
{
    const Store store = makeStore();
    fill(*store);
    QCOMPARE(taken(store->head()), 7);
    QCOMPARE(lines(taken(store->readLog(3, 2))),
        QStringList(
            { QStringLiteral("3 user-1@2 RENAMED {}"), QStringLiteral("4 user-2@1 CREATED {}") }));
    QCOMPARE(taken(store->readLog(7, 10)).size(), 1);
    QCOMPARE(taken(store->readLog(8, 10)).size(), 0);
    QCOMPARE(taken(store->readLog(0, 2)).value(0).position, 1);
    QCOMPARE(taken(store->readLog(1, 0)).size(), 0);
    QCOMPARE(lines(taken(store->readAt({ 6, 2, 99, 2 }))),
        QStringList({ QStringLiteral("6 user-1@3 RENAMED {}"),
            QStringLiteral("2 order-1@1 PLACED {}"), QStringLiteral("2 order-1@1 PLACED {}") }));
}

void StoreContract::streamsUpToAPosition()
{
    const Store store = makeStore();
    fill(*store);
    const auto positions = [&store](StreamVersion after, Position upTo, int limit) {
        QList<Position> result;
        for (const Event& each : taken(store->readStream(1, after, upTo, limit)))
            result.append(each.position);
        return result;
    };
    QCOMPARE(positions(0, 7, 10), QList<Position>({ 1, 3, 6 }));
    QCOMPARE(positions(0, 5, 10), QList<Position>({ 1, 3 }));
    QCOMPARE(positions(1, 6, 10), QList<Position>({ 3, 6 }));
    QCOMPARE(positions(0, 7, 1), QList<Position>({ 1 }));
    QCOMPARE(positions(3, 7, 10), QList<Position>());
    QVERIFY(taken(store->readStream(99, 0, 7, 10)).isEmpty());
}

void StoreContract::scansGiveTheColumnsAskedFor()
{
    const Store store = makeStore();
    append(*store, "user-1", { makeEvent("CREATED", R"({"a":1})", "id-1", 5) });
    int seen = 0;
    const auto all = [&seen](const EventView& view) {
        ++seen;
        return view.position == 1 && view.stream == "user-1" && view.type == "CREATED"
            && view.time.microseconds == 5 && view.id == "id-1" && view.data == R"({"a":1})"
            && view.metadata == "{}" && view.version == 1 && view.streamId == 1;
    };
    append(*store, "user-1", { makeEvent("RENAMED") });
    bool fits = false;
    QVERIFY(store->scanLog(
        1, 1, allScanColumns, {}, [&](const EventView& view) { return fits = all(view); }));
    QVERIFY(fits);
    QVERIFY(store->scanStream(
        1, 0, 1, allScanColumns, [&](const EventView& view) { return fits = all(view); }));
    QVERIFY(fits);
    QCOMPARE(seen, 2);
    QVERIFY(store->scanLog(1, 1, ScanColumn::Data, {}, [&](const EventView& view) {
        fits = view.data == R"({"a":1})" && view.stream.empty() && view.type.empty()
            && view.id.empty() && view.metadata.empty() && view.position == 1;
        return true;
    }));
    QVERIFY(fits);
}

void StoreContract::scansStopAndCancel()
{
    const Store store = makeStore();
    fill(*store);
    int seen = 0;
    QVERIFY(store->scanLog(1, 7, {}, {}, [&](const EventView&) { return ++seen < 3; }));
    QCOMPARE(seen, 3);
    seen = 0;
    QVERIFY(store->scanStream(1, 0, 7, {}, [&](const EventView&) { return ++seen < 2; }));
    QCOMPARE(seen, 2);
    const CancelToken cancel;
    seen = 0;
    const auto cancelled = store->scanLog(1, 7, {}, cancel, [&](const EventView&) {
        if (++seen == 2)
            cancel.cancel();
        return true;
    });
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QCOMPARE(seen, 2);
    // A read inside a read, and a store that works on after a scan was cancelled.
    seen = 0;
    QVERIFY(store->scanLog(1, 7, {}, {}, [&](const EventView& outer) {
        return store
            ->scanLog(1, outer.position, {}, {},
                [&](const EventView&) {
                    ++seen;
                    return true;
                })
            .ok();
    }));
    QCOMPARE(seen, 28);
}

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

void StoreContract::streamsAtEachPosition()
{
    const Store store = makeStore();
    fill(*store);
    QCOMPARE(taken(store->streamCountAt(0)), 0);
    QCOMPARE(taken(store->streamCountAt(1)), 1);
    QCOMPARE(taken(store->streamCountAt(3)), 2);
    QCOMPARE(taken(store->streamCountAt(7)), 3);
    QVERIFY(taken(store->streamsAt(0, 1, 10)).isEmpty());
    QCOMPARE(lines(taken(store->streamsAt(3, 1, 10))),
        QStringList({ QStringLiteral("1 user-1 user@2"), QStringLiteral("2 order-1 order@1") }));
    QCOMPARE(lines(taken(store->streamsAt(7, 2, 10))),
        QStringList({ QStringLiteral("2 order-1 order@3"), QStringLiteral("3 user-2 user@1") }));
    QCOMPARE(taken(store->streamsAt(7, 1, 2)).size(), 2);
}

void StoreContract::categoriesAtEachPosition()
{
    const Store store = makeStore();
    fill(*store);
    const auto text = [&store](Position position) {
        QStringList result;
        for (const CategoryAt& each : taken(store->categoriesAt(position, 1, 10)))
            result.append(QStringLiteral("%1 %2:%3").arg(each.id).arg(each.name).arg(each.streams));
        return result.join(QStringLiteral(", "));
    };
    QCOMPARE(text(0), QString());
    QCOMPARE(text(1), QStringLiteral("1 user:1"));
    QCOMPARE(text(3), QStringLiteral("1 user:1, 2 order:1"));
    QCOMPARE(text(4), QStringLiteral("1 user:2, 2 order:1"));
    QCOMPARE(taken(store->categoryCountAt(1)), 1);
    QCOMPARE(taken(store->categoryCountAt(7)), 2);
    QCOMPARE(lines(taken(store->streamsOfCategoryAt(1, 7, 0, 10))),
        QStringList({ QStringLiteral("1 user-1 user@3"), QStringLiteral("3 user-2 user@1") }));
    QCOMPARE(lines(taken(store->streamsOfCategoryAt(1, 7, 1, 10))),
        QStringList({ QStringLiteral("3 user-2 user@1") }));
    QCOMPARE(lines(taken(store->streamsOfCategoryAt(1, 3, 0, 10))),
        QStringList({ QStringLiteral("1 user-1 user@2") }));
    QVERIFY(taken(store->streamsOfCategoryAt(9, 7, 0, 10)).isEmpty());
}

void StoreContract::versionsAtEachPosition()
{
    const Store store = makeStore();
    QList<Position> ours;
    for (int i = 0; i < 60; ++i) {
        const char* stream = i % 7 == 3 || i % 5 == 1 ? "ours" : "other";
        const Appended appended = append(*store, stream, { makeEvent("E") });
        if (*stream == 'o' && stream[1] == 'u')
            ours.append(appended.last);
    }
    const auto stream = taken(store->findStream(QStringLiteral("ours")));
    for (Position position = 0; position <= 61; ++position) {
        const auto expected = std::count_if(
            ours.begin(), ours.end(), [position](Position each) { return each <= position; });
        QCOMPARE(taken(store->versionAt(stream->id, position)), expected);
    }
}

void StoreContract::streamsAreSearched()
{
    const Store store = makeStore();
    for (const char* name : { "user-Ada", "user-Bob", "order-adams", "Ärger-1", "ärger-2" })
        append(*store, name, { makeEvent("E") });
    const auto found = [&store](const QString& text, Position position, StreamId after, int limit) {
        QStringList names;
        for (const StreamAt& each : taken(store->searchStreams(text, position, after, limit, {})))
            names.append(each.info.name);
        return names.join(QLatin1Char(' '));
    };
    QCOMPARE(found(QStringLiteral("ADA"), 5, 0, 10), QStringLiteral("user-Ada order-adams"));
    QCOMPARE(found(QStringLiteral("ada"), 5, 0, 1), QStringLiteral("user-Ada"));
    QCOMPARE(found(QStringLiteral("ada"), 5, 1, 10), QStringLiteral("order-adams"));
    QCOMPARE(found(QStringLiteral("ada"), 2, 0, 10), QStringLiteral("user-Ada"));
    QCOMPARE(found(QStringLiteral("%"), 5, 0, 10), QString());
    QCOMPARE(found(QStringLiteral("äRGER"), 5, 0, 10), QStringLiteral("Ärger-1 ärger-2"));
    QCOMPARE(found(QString(), 2, 0, 10), QStringLiteral("user-Ada user-Bob"));
    const CancelToken cancelled;
    cancelled.cancel();
    QCOMPARE(
        store->searchStreams(QString(), 5, 0, 10, cancelled).error().code, ErrorCode::Cancelled);
}

void StoreContract::timeFindsPositions()
{
    const Store store = makeStore();
    fill(*store);
    QCOMPARE(taken(store->positionAtTime({ 99 })), 0);
    QCOMPARE(taken(store->positionAtTime({ 100 })), 1);
    QCOMPARE(taken(store->positionAtTime({ 199 })), 1);
    QCOMPARE(taken(store->positionAtTime({ 200 })), 3);
    QCOMPARE(taken(store->positionAtTime({ 450 })), 5);
    QCOMPARE(taken(store->positionAtTime({ 500 })), 7);
    QCOMPARE(taken(store->positionAtTime({ 9999 })), 7);
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

void StoreContract::growthIsSeen()
{
    const Store store = makeStore();
    const Store other = connectAgain();
    QVERIFY(!taken(store->hasChanged()));
    append(*other, "s", { makeEvent("A") });
    QVERIFY(taken(store->hasChanged()));
    QCOMPARE(taken(store->head()), 1);
    QVERIFY(!taken(store->hasChanged()));
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

void StoreContract::verifiedStoreHasNoFaults()
{
    const Store store = makeStore();
    QCOMPARE(faults(*store), QStringList());
    fill(*store);
    QCOMPARE(faults(*store), QStringList());
    Position done = 0;
    QCOMPARE(taken(store->verify(
                 {}, [&done](Position position) { done = position; }, [](const StoreFault&) {})),
        7);
    QCOMPARE(done, 7);
    const CancelToken cancelled;
    cancelled.cancel();
    QCOMPARE(
        store->verify(cancelled, {}, [](const StoreFault&) {}).error().code, ErrorCode::Cancelled);
}

} // namespace eventloupe
