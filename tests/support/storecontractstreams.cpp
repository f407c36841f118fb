// StoreContract: streams, categories and times at a position.

#include "support/storecontractparts.h"

namespace eventloupe {

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
    QByteArrayList names;
    const auto scanned = store->scanStreamNames(2, 9, [&](StreamId id, std::string_view name) {
        names.append(QByteArray::number(id) + ' ' + toBytes(name));
    });
    QVERIFY(scanned);
    QCOMPARE(names, QByteArrayList({ "2 order-1", "3 user-2" }));
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

} // namespace eventloupe
