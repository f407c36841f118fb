#include "state/streamoutline.h"

#include <QTest>

using namespace eventloupe;

namespace {

QStringList pictureOf(const StreamOutline& outline)
{
    QStringList rows;
    for (qint64 row = 0; row < outline.rowCount(); ++row) {
        const StreamOutline::Place place = outline.place(row);
        rows.append(QStringLiteral("%1:%2").arg(place.group).arg(place.index));
        if (outline.rowOf(place) != row)
            rows.last() += QStringLiteral(" but row %1").arg(outline.rowOf(place));
    }
    return rows;
}

} // namespace

class TestStreamOutline final : public QObject {
    Q_OBJECT

private slots:
    void isEmptyAtFirst();
    void placesFlatRows();
    void placesStreamsBelowTheirHeaders();
    void changesOneCategory();
    void countsBeyondMemory();
};

void TestStreamOutline::isEmptyAtFirst()
{
    const StreamOutline outline;
    QCOMPARE(outline.rowCount(), 0);
    QVERIFY(!outline.isFlat());
    QCOMPARE(outline.withStreams(1, 0).rowCount(), 0);
}

void TestStreamOutline::placesFlatRows()
{
    const auto outline = StreamOutline::flat(StreamOutline::Found, 2);
    QVERIFY(outline.isFlat());
    QCOMPARE(pictureOf(outline), QStringList({ QStringLiteral("-2:0"), QStringLiteral("-2:1") }));
    QCOMPARE(outline.rowOf({ StreamOutline::AllStreams, 0 }), -1);
    QCOMPARE(outline.rowOf({ StreamOutline::Found, 2 }), -1);
}

void TestStreamOutline::placesStreamsBelowTheirHeaders()
{
    const auto outline = StreamOutline::grouped(5, { { 2, 2 }, { 3, 1 }, { 5, 1 } });
    QCOMPARE(pictureOf(outline).join(u' '), QStringLiteral("0:0 0:1 2:0 2:1 0:2 3:0 0:3 0:4 5:0"));
    QCOMPARE(outline.rowOf({ 1, 0 }), -1);
    QCOMPARE(outline.rowOf({ 2, 2 }), -1);
    QCOMPARE(outline.rowOf({ StreamOutline::Headers, 5 }), -1);
}

void TestStreamOutline::changesOneCategory()
{
    const auto outline = StreamOutline::grouped(3, { { 2, 2 } });
    QCOMPARE(
        pictureOf(outline.withStreams(1, 1)).join(u' '), QStringLiteral("0:0 1:0 0:1 2:0 2:1 0:2"));
    QCOMPARE(pictureOf(outline.withStreams(2, 1)).join(u' '), QStringLiteral("0:0 0:1 2:0 0:2"));
    QCOMPARE(pictureOf(outline.withStreams(2, 0)).join(u' '), QStringLiteral("0:0 0:1 0:2"));
    QCOMPARE(
        pictureOf(outline.withStreams(3, 1)).join(u' '), QStringLiteral("0:0 0:1 2:0 2:1 0:2 3:0"));
    QCOMPARE(pictureOf(outline.withCount(2)).join(u' '), QStringLiteral("0:0 0:1 2:0 2:1"));
    QCOMPARE(outline.streamsShown(2), 2);
    QCOMPARE(outline.streamsShown(1), 0);
}

void TestStreamOutline::countsBeyondMemory()
{
    const qint64 many = 100'000'000;
    const auto outline = StreamOutline::grouped(many, { { 3, many }, { many, 7 } });
    QCOMPARE(outline.rowCount(), 2 * many + 7);
    QCOMPARE(outline.place(many + 2), (StreamOutline::Place { 3, many - 1 }));
    QCOMPARE(outline.place(many + 3), (StreamOutline::Place { StreamOutline::Headers, 3 }));
    QCOMPARE(outline.rowOf({ many, 6 }), 2 * many + 6);
}

QTEST_GUILESS_MAIN(TestStreamOutline)
#include "tst_streamoutline.moc"
