#include "support/storecontractparts.h"

#include "value/uuid.h"

namespace eventloupe {

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

/// Nothing is fine, from a store that keeps none; what it gives has to be the chain's.
void StoreContract::hashesCoverTheLogUpToThem()
{
    const auto store = makeStore();
    fill(*store);
    const auto first = taken(store->hashAt(0));
    if (!first)
        return;
    EventHash expected {};
    QVERIFY(*first == expected);
    HashChain chain;
    QVERIFY(store->scanLog(1, 7, allScanColumns, {}, [&](const EventView& event) {
        expected = chain.next(expected, event);
        return true;
    }));
    QVERIFY(taken(store->hashAt(7)) == std::optional(expected));
    QVERIFY(taken(store->hashAt(6)) != std::optional(expected));
    QCOMPARE(store->hashAt(8).error().code, ErrorCode::NotFound);
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

void StoreContract::scansAtPositions()
{
    const Store store = makeStore();
    fill(*store);
    const ScanColumns columns = ScanColumns(ScanColumn::Stream) | ScanColumn::Time;
    const auto scanned = [&](qsizetype most, const CancelToken& cancel) {
        QStringList seen;
        const auto result
            = store->scanAt({ 6, 2, 99, 3 }, columns, cancel, [&](const EventView& event) {
                  seen.append(
                      QStringLiteral("%1 %2 %3")
                          .arg(event.position)
                          .arg(QString::fromUtf8(toBytes(event.stream)),
                              event.type.empty() && event.data.empty() ? QStringLiteral("no more")
                                                                       : QStringLiteral("more")));
                  return seen.size() < most;
              });
        return result ? seen : QStringList(QString::number(static_cast<int>(result.error().code)));
    };
    const QStringList all { QStringLiteral("6 user-1 no more"), QStringLiteral("2 order-1 no more"),
        QStringLiteral("3 user-1 no more") };
    QCOMPARE(scanned(10, CancelToken()), all);
    QCOMPARE(scanned(2, CancelToken()), all.mid(0, 2));
    const CancelToken cancelled;
    cancelled.cancel();
    QCOMPARE(scanned(10, cancelled),
        QStringList(QString::number(static_cast<int>(ErrorCode::Cancelled))));
    QCOMPARE(scanned(10, CancelToken()), all);
}

/// More streams than any cache of names holds at first, some with long names, in and out of order.
void StoreContract::namesOfManyStreams()
{
    constexpr int streams = 9000;
    const auto nameOf = [](qint64 number) {
        return QStringLiteral("s-%1").arg(number)
            + (number % 7 == 0 ? QString(100, QLatin1Char('x')) : QString());
    };
    const Store store = makeStore();
    {
        const auto bulk = store->beginBulk();
        QVERIFY(bulk.ok());
        for (int n = 1; n <= streams; ++n)
            QVERIFY((*bulk)->add(nameOf(n), makeEvent("CREATED")).ok());
        for (int n = streams; n >= 1; n -= 2)
            QVERIFY((*bulk)->add(nameOf(n), makeEvent("CHANGED")).ok());
        QVERIFY((*bulk)->commit({}).ok());
    }
    const Store scanner = connectAgain();
    qint64 wrong = 0;
    const auto scanned = scanner->scanLog(
        1, taken(scanner->head()), ScanColumn::Stream, {}, [&](const EventView& event) {
            wrong += event.stream != nameOf(event.streamId).toStdString() ? 1 : 0;
            return true;
        });
    QVERIFY(scanned.ok());
    QCOMPARE(wrong, 0);
    const Store seeker = connectAgain();
    for (const Position position : { 9000, 1, 7, 8999, 13'500, 4096, 9001, 5 }) {
        const auto event = taken(seeker->readAt({ position })).value(0);
        QCOMPARE(event.stream, nameOf(event.streamId));
    }
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
