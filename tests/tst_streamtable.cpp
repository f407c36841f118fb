#include "store/streamtable.h"

#include <QTest>

using namespace eventloupe;

/// The streams of a bulk load, found by name.
class StreamTableTest final : public QObject {
    Q_OBJECT

private slots:
    void findsEachByItsName()
    {
        constexpr int count = 100000; // the table grows several times
        StreamTable table;
        std::vector<StreamTable::Stream*> placed;
        for (int i = 0; i < count; ++i) {
            StreamTable::Stream* stream = table.place("s-" + std::to_string(i));
            QCOMPARE(stream->id, 0);
            stream->id = i + 1;
            placed.push_back(stream);
        }
        QCOMPARE(table.streams().size(), std::size_t(count));
        for (int i = 0; i < count; ++i) {
            const StreamTable::Stream* stream = table.place("s-" + std::to_string(i));
            QCOMPARE(stream, placed[static_cast<std::size_t>(i)]);
            QCOMPARE(stream->id, i + 1);
            QCOMPARE(stream, &table.streams()[static_cast<std::size_t>(i)]);
        }
        QCOMPARE(table.streams().size(), std::size_t(count));
    }

    void keepsTheNameItself()
    {
        StreamTable table;
        std::string name = "user-1";
        StreamTable::Stream* stream = table.place(name);
        name = "user-2";
        QCOMPARE(toBytes(stream->name()), QByteArray("user-1"));
        QVERIFY(table.place(name) != stream);
        QCOMPARE(table.place("user-1"), stream);
    }
};

QTEST_GUILESS_MAIN(StreamTableTest)
#include "tst_streamtable.moc"
