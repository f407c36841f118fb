#include "plot/plotseries.h"
#include "plot/streamcolumns.h"
#include "support/scratchstore.h"
#include "support/shoplog.h"
#include "time/replayer.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace eventloupe;

namespace {

StreamInfo streamOf(EventStore& store, const QString& name)
{
    return **store.findStream(name);
}

void append(EventStore& store, const QString& stream, const QString& type, const QByteArray& data)
{
    const auto done
        = store.append({ stream, ExpectedVersion::any(), { { type, data, {}, {}, {} } } });
    if (!done)
        qFatal("%s", qPrintable(done.error().message));
}

/// Folds a whole stream, some events at a time.
void fold(StreamColumns& columns, EventStore& store, qint64 piece)
{
    for (auto more = columns.advance(store, piece, {}); more && *more;)
        more = columns.advance(store, piece, {});
}

/// What a column is to say of a field: nothing where the field is missing or no scalar.
QByteArray textOf(const StreamColumns& columns, const FieldColumn* column, StreamVersion version)
{
    const FieldColumn::Entry* entry = column ? column->at(version) : nullptr;
    if (entry == nullptr || entry->kind == FieldColumn::Kind::Missing)
        return {};
    if (entry->kind == FieldColumn::Kind::Opaque)
        return "?";
    return columns.valueOf(*entry).toJson()->toJson();
}

void collect(
    QList<std::pair<QByteArray, JsonValue>>& fields, const QByteArray& at, const JsonValue& value)
{
    if (value.isObject() && value.size() > 0) {
        for (const JsonValue::Member& member : value.members())
            collect(fields, at + JsonPointer({ member.key }).toText(), member.value);
    } else {
        fields.append({ at, value });
    }
}

} // namespace

/// The columns of a stream's fields say what a fold of each version says, and lines are drawn of
/// them.
class TestStreamColumns final : public QObject {
    Q_OBJECT

private:
    static void compare(EventStore& store, const std::shared_ptr<const Evolver>& evolver,
        const QString& name, qint64 piece)
    {
        const StreamInfo stream = streamOf(store, name);
        StreamColumns columns(evolver, stream);
        fold(columns, store, piece);
        QCOMPARE(columns.version(), stream.headVersion);
        Replayer replayer(evolver);
        for (StreamVersion version = 1; version <= stream.headVersion; ++version) {
            const auto state = replayer.stateAtVersion(store, stream, version);
            QList<std::pair<QByteArray, JsonValue>> fields;
            if (state->exists)
                collect(fields, {}, state->value);
            qsizetype there = 0;
            for (const auto& [pointer, value] : fields) {
                if (pointer.isEmpty())
                    continue;
                const QByteArray found = textOf(columns, columns.column(pointer), version);
                const bool isOpaque = value.isArray() || value.isObject();
                const auto parsed = parseJson(viewOf(found));
                QVERIFY2(isOpaque ? found == "?" : parsed && *parsed == value,
                    qPrintable(
                        QStringLiteral("%1 at %2: %3 instead of %4")
                            .arg(QString::fromUtf8(pointer))
                            .arg(version)
                            .arg(QString::fromUtf8(found), QString::fromUtf8(value.toJson()))));
                ++there;
            }
            for (const FieldColumn& column : columns.columns())
                there -= textOf(columns, &column, version).isEmpty() ? 0 : 1;
            QCOMPARE(there, 0);
        }
    }

private slots:
    void saysWhatEachVersionWas_data()
    {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<int>("piece");
        QTest::newRow("cart") << u"cart-1"_qs << 1000;
        QTest::newRow("cart, one by one") << u"cart-3"_qs << 1;
        QTest::newRow("order") << u"order-2"_qs << 7;
    }

    void saysWhatEachVersionWas()
    {
        QFETCH(QString, stream);
        QFETCH(int, piece);
        const ScratchStore store;
        loadShop(*store, 10'000);
        compare(*store, std::make_shared<const Evolver>(shopWorkspace()), stream, piece);
    }

    void saysWhatOddStatesWere()
    {
        const ScratchStore store;
        for (const char* data : { "{'a':{'b':1,'c~/d':{'e':2.50}},'n':-0}",
                 "{'a':{'b':'x\\ny'},'t':true}", "{'a':{'b':null},'n':18446744073709551615}",
                 "{'a':[1,{'b':2}],'o':{}}", "{'a':{'b':{'c':1e400}}}", "'text'", "{'n':1e2}",
                 "[1]", "{'m':7}", "{'a':{'b':[]},'n':'7'}" })
            append(*store, u"a-1"_qs, u"SET"_qs, QByteArray(data).replace('\'', '"'));
        const StreamInfo stream = streamOf(*store, u"a-1"_qs);
        StreamColumns columns(std::make_shared<const Evolver>(Workspace::empty()), stream);
        fold(columns, *store, 3);
        const auto at = [&](const char* pointer, StreamVersion version) {
            return textOf(columns, columns.column(pointer), version);
        };
        QCOMPARE(at("/a/c~0~1d/e", 1), QByteArray("2.5"));
        QCOMPARE(at("/a/b", 2), QByteArray("\"x\\ny\""));
        QCOMPARE(at("/a/c~0~1d/e", 4), QByteArray());
        QCOMPARE(at("/a", 4), QByteArray("?"));
        QCOMPARE(at("/a", 3), QByteArray());
        QCOMPARE(at("/n", 3), QByteArray("?"));
        QCOMPARE(at("/n", 6), QByteArray());
        QCOMPARE(at("/m", 9), QByteArray("7"));
        QVERIFY(columns.isInner("/a"));
        QVERIFY(columns.isInner("/a/b"));
        QVERIFY(!columns.isInner("/n"));
    }

    void growsWithItsStream()
    {
        const ScratchStore store;
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"n\":1}");
        StreamColumns columns(
            std::make_shared<const Evolver>(Workspace::empty()), streamOf(*store, u"a-1"_qs));
        fold(columns, *store, 10);
        append(*store, u"b-1"_qs, u"SET"_qs, "{\"n\":5}");
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"n\":2}");
        fold(columns, *store, 10);
        QCOMPARE(columns.version(), 2);
        QCOMPARE(columns.event(2).position, 3);
        QCOMPARE(textOf(columns, columns.column("/n"), 2), QByteArray("2"));
    }

    void drawsLinesWithGaps()
    {
        const ScratchStore store;
        for (const char* n : { "1", "1", "2.5", "null", "null", "\"x\"", "4" })
            append(*store, u"a-1"_qs, u"SET"_qs, QByteArray("{\"n\":") + n + '}');
        StreamColumns columns(
            std::make_shared<const Evolver>(Workspace::empty()), streamOf(*store, u"a-1"_qs));
        fold(columns, *store, 100);
        const PlotSeries series = seriesOf(columns, "/n", 100);
        QStringList points;
        for (const PlotPoint& point : series.points)
            points.append(std::isnan(point.value)
                    ? QStringLiteral("%1:gap").arg(point.version)
                    : QStringLiteral("%1:%2").arg(point.version).arg(point.value));
        QCOMPARE(points.join(u' '), u"1:1 3:2.5 4:gap 7:4"_qs);
        QCOMPARE(series.version, 7);
        QVERIFY(seriesOf(columns, "/m", 100).points.empty());
        const auto csv = plotCsv({ series }).split('\n');
        QCOMPARE(csv.at(0), QByteArray("series,field,position,version,time,value\r"));
        QVERIFY(csv.at(2).startsWith("\"a-1\",\"/n\",3,3,"));
        QVERIFY(csv.at(2).endsWith(",2.5\r"));
        QVERIFY(csv.at(3).endsWith(",\r"));
    }

    void keepsTheEdgesOfWhatItThinsOut()
    {
        QRandomGenerator random(5);
        PlotSampler sampler(50);
        std::vector<PlotPoint> all;
        double value = 0;
        for (int i = 1; i <= 10'000; ++i) {
            value += random.bounded(100) - 49.5;
            all.push_back({ i, i, {}, i == 5000 ? 1e9 : i == 7000 ? -1e9 : value });
            sampler.add(all.back());
        }
        const auto points = sampler.points();
        QVERIFY(points.size() >= 100 && points.size() <= 400);
        QCOMPARE(points.front(), all.front());
        QCOMPARE(points.back(), all.back());
        QVERIFY(std::is_sorted(points.begin(), points.end(),
            [](const auto& left, const auto& right) { return left.position < right.position; }));
        for (const int extreme : { 5000, 7000 })
            QVERIFY(
                std::find(points.begin(), points.end(), all[static_cast<std::size_t>(extreme - 1)])
                != points.end());
        QCOMPARE(sampler.count(), 10'000);
    }
};

QTEST_GUILESS_MAIN(TestStreamColumns)
#include "tst_streamcolumns.moc"
