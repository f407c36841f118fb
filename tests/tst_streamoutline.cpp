#include "state/outlinesteps.h"

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
    void stepsFromListToList();
    void beginsAnewWhereThatIsSimpler();
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

void TestStreamOutline::stepsFromListToList()
{
    const auto picture = [](const StreamOutline& from, const StreamOutline& to) {
        QStringList texts;
        const auto steps = stepsBetween(from, to);
        for (const OutlineStep& step : *steps)
            texts.append(QStringLiteral("%1%2..%3")
                             .arg(QChar(step.isInsertion ? u'+' : u'-'))
                             .arg(step.first)
                             .arg(step.last));
        texts.append(steps->empty() || steps->back().after == to ? QStringLiteral("as wanted")
                                                                 : QStringLiteral("not there"));
        return texts.join(u' ');
    };
    const auto small = StreamOutline::grouped(2, { { 1, 1 }, { 2, 1 } }); // h s h s
    const auto large = StreamOutline::grouped(3, { { 1, 3 }, { 2, 1 }, { 3, 2 } });
    QCOMPARE(picture(small, small), QStringLiteral("as wanted"));
    QCOMPARE(picture(small, large), QStringLiteral("+2..3 +6..6 +7..8 as wanted"));
    QCOMPARE(picture(large, small), QStringLiteral("-2..3 -5..6 -4..4 as wanted"));
    QCOMPARE(picture(large, StreamOutline::grouped(0, {})),
        QStringLiteral("-1..3 -2..2 -3..4 -0..2 as wanted"));
    QCOMPARE(picture(StreamOutline::flat(StreamOutline::Found, 2),
                 StreamOutline::flat(StreamOutline::Found, 5)),
        QStringLiteral("+2..4 as wanted"));
}

void TestStreamOutline::beginsAnewWhereThatIsSimpler()
{
    const auto grouped = StreamOutline::grouped(2, { { 1, 1 } });
    QVERIFY(!stepsBetween(grouped, StreamOutline::flat(StreamOutline::Found, 2)));
    std::vector<StreamOutline::Expanded> many;
    for (qint64 category = 1; category <= 100; ++category)
        many.push_back({ category, 5 });
    QVERIFY(!stepsBetween(grouped, StreamOutline::grouped(100, many)));
}

QTEST_GUILESS_MAIN(TestStreamOutline)
#include "tst_streamoutline.moc"
