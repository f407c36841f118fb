#include "support/storecontractparts.h"

#include <QRandomGenerator>

namespace eventloupe {

namespace {

/// What a selection says, worked out for one event without a store.
bool isAdmitted(const LogSelection& selection, const Event& event)
{
    const auto isIn = [](const std::optional<QStringList>& texts, const QString& text) {
        return !texts || texts->contains(text);
    };
    return selection.positions.holds(event.position) && selection.versions.holds(event.version)
        && selection.times.holds(event.time.microseconds) && isIn(selection.types, event.type)
        && isIn(selection.streams, event.stream)
        && isIn(selection.categories, categoryOf(event.stream)) && isIn(selection.ids, event.id);
}

QList<Position> selected(EventStore& store, const LogSelection& selection, Position from,
    Position to, ScanColumns columns)
{
    QList<Position> positions;
    const auto scanned
        = store.scanSelected(selection, from, to, columns, {}, [&](const EventView& event) {
              positions.append(event.position);
              return true;
          });
    if (!scanned)
        QTest::qFail(qPrintable(scanned.error().message), __FILE__, __LINE__);
    return positions;
}

/// Many events of a frequent type, few of a rare one, over streams of several categories.
void fillUnevenly(EventStore& store, int events)
{
    auto bulk = taken(store.beginBulk());
    for (int i = 1; i <= events; ++i) {
        const QString type = i % 97 == 0 ? QStringLiteral("RARE")
            : i % 3 == 0                 ? QStringLiteral("SOME")
                                         : QStringLiteral("OFTEN");
        const QString stream
            = QStringLiteral("%1-%2").arg(QStringLiteral("abc").at(i % 3)).arg(i % 41);
        const auto added = bulk->add(stream,
            { type, QByteArray("{\"n\":" + QByteArray::number(i) + "}"), {}, { 1000 + i * 7 % 500 },
                QStringLiteral("e-%1").arg(i) });
        QVERIFY(added.ok());
    }
    QVERIFY(bulk->commit({}).ok());
}

class Selections {
public:
    LogSelection next(int events)
    {
        LogSelection selection;
        if (m_random.bounded(3) == 0)
            selection.types = some({ QStringLiteral("RARE"), QStringLiteral("SOME"),
                QStringLiteral("OFTEN"), QStringLiteral("NONE") });
        if (m_random.bounded(4) == 0)
            selection.streams = some({ QStringLiteral("a-3"), QStringLiteral("b-1"),
                QStringLiteral("c-40"), QStringLiteral("d-1") });
        if (m_random.bounded(4) == 0)
            selection.categories
                = some({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("d") });
        if (m_random.bounded(6) == 0)
            selection.ids = some({ QStringLiteral("e-17"), QStringLiteral("e-3"),
                QStringLiteral("e-0"), QStringLiteral("e-97"), QStringLiteral("e-3") });
        if (m_random.bounded(4) == 0)
            selection.positions = range(events);
        if (m_random.bounded(5) == 0)
            selection.versions = range(20);
        if (m_random.bounded(5) == 0)
            selection.times = { 1000, 1000 + m_random.bounded(500) };
        return selection;
    }
    NumberRange range(int most)
    {
        const int first = m_random.bounded(-2, most);
        return { first, first + m_random.bounded(most) };
    }

private:
    QStringList some(const QStringList& texts)
    {
        QStringList chosen;
        for (const QString& text : texts)
            if (m_random.bounded(2) == 0)
                chosen.append(text);
        return chosen;
    }

    QRandomGenerator m_random { 31 };
};

} // namespace

void StoreContract::selectionsGiveWhatTheyAdmit()
{
    constexpr int count = 1500;
    const Store store = makeStore();
    fillUnevenly(*store, count);
    const QList<Event> events = taken(store->readLog(1, count));
    QCOMPARE(events.size(), count);
    Selections selections;
    for (int round = 0; round < 600; ++round) {
        const LogSelection selection = selections.next(count);
        const NumberRange range = selections.range(count);
        QList<Position> expected;
        for (const Event& event : events)
            if (range.holds(event.position) && isAdmitted(selection, event))
                expected.append(event.position);
        QCOMPARE(selected(*store, selection, range.first, range.last, {}), expected);
        QCOMPARE(selected(*store, selection, range.first, range.last, ScanColumn::Data), expected);
    }
}

void StoreContract::selectionsGiveTheColumnsAskedFor()
{
    const Store store = makeStore();
    fillUnevenly(*store, 500);
    LogSelection rare;
    rare.types = { QStringLiteral("RARE") };
    QStringList seen;
    const auto scanned
        = store->scanSelected(rare, 1, 500, allScanColumns, {}, [&seen](const EventView& event) {
              seen.append(QStringLiteral("%1 %2@%3 %4 %5 %6")
                              .arg(event.position)
                              .arg(QString::fromUtf8(toBytes(event.stream)))
                              .arg(event.version)
                              .arg(QString::fromUtf8(toBytes(event.type)),
                                  QString::fromUtf8(toBytes(event.id)),
                                  QString::fromUtf8(toBytes(event.data))));
              return seen.size() < 2;
          });
    QVERIFY(scanned.ok());
    QCOMPARE(seen,
        QStringList({ QStringLiteral("97 b-15@1 RARE e-97 {\"n\":97}"),
            QStringLiteral("194 c-30@2 RARE e-194 {\"n\":194}") }));
}

void StoreContract::selectionsAreCancelled()
{
    const Store store = makeStore();
    fillUnevenly(*store, 500);
    LogSelection byType;
    byType.types = { QStringLiteral("OFTEN") };
    for (const LogSelection& selection : { LogSelection(), byType }) {
        for (const ScanColumns columns : { ScanColumns(), ScanColumns(ScanColumn::Data) }) {
            const CancelToken cancel;
            int visited = 0;
            const auto scanned
                = store->scanSelected(selection, 1, 500, columns, cancel, [&](const EventView&) {
                      if (++visited == 3)
                          cancel.cancel();
                      return true;
                  });
            QVERIFY(!scanned.ok());
            QCOMPARE(scanned.error().code, ErrorCode::Cancelled);
            QCOMPARE(visited, 3);
        }
    }
}

void StoreContract::manyStreamsKeepTheirNames()
{
    // More than a cache of names begins with, some longer than it keeps.
    constexpr int streams = 6000;
    const auto nameOf = [](Position position) {
        const auto number = (position - 1) % streams;
        return (number % 10 == 0 ? QString(80, u'x') : QStringLiteral("s"))
            + QStringLiteral("-%1").arg(number);
    };
    const Store store = makeStore();
    auto bulk = taken(store->beginBulk());
    for (Position position = 1; position <= 2 * streams; ++position)
        QVERIFY(bulk->add(nameOf(position), makeEvent("E")).ok());
    QVERIFY(bulk->commit({}).ok());
    Position seen = 0;
    bool areRight = true;
    const auto scanned
        = store->scanLog(1, 2 * streams, ScanColumn::Stream, {}, [&](const EventView& event) {
              ++seen;
              areRight = areRight && event.stream == viewOf(nameOf(event.position).toUtf8());
              return true;
          });
    QVERIFY(scanned.ok());
    QCOMPARE(seen, 2 * streams);
    QVERIFY(areRight);
    QCOMPARE(taken(store->readLog(streams + 11, 1)).first().stream, nameOf(streams + 11));
}

void StoreContract::namesOfARolledBackLoadAreForgotten()
{
    const Store store = makeStore();
    append(*store, "a-1", { makeEvent("E") });
    {
        auto bulk = taken(store->beginBulk());
        QVERIFY(bulk->add(QStringLiteral("lost-1"), makeEvent("LOST")).ok());
        // Read beside the load: where a store sees its own, what is known of names is known.
        QVERIFY(taken(store->readLog(2, 1)).size() <= 1);
    }
    append(*store, "b-1", { makeEvent("F") });
    QCOMPARE(lines(taken(store->readLog(1, 5))),
        QStringList({ QStringLiteral("1 a-1@1 E {}"), QStringLiteral("2 b-1@1 F {}") }));
}

} // namespace eventloupe
