#include "store/checkedevents.h"
#include "store/eventrules.h"
#include "value/utf8.h"

#include <QTest>

using namespace eventloupe;

/// What may be stored, checked on any thread, and the proof that it was.
class CheckedEventsTest final : public QObject {
    Q_OBJECT

private:
    static EventTexts texts(
        std::string_view stream, std::string_view type, std::string_view id = "i")
    {
        return { stream, type, id, { 1 }, {}, {} };
    }

private slots:
    void packsWhatItTakes()
    {
        CheckedEvents events;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray number = QByteArray::number(i);
            const QByteArray json = "{\"n\":" + number + '}';
            EventTexts event = texts(viewOf(number), "TYPE", viewOf(number));
            QVERIFY(!event.data.check(viewOf(json)));
            event.time.microseconds = i;
            QVERIFY(events.add(event));
        }
        QCOMPARE(events.size(), std::size_t(1000));
        for (int i = 0; i < 1000; ++i) {
            const CheckedEventView event = events.at(static_cast<std::size_t>(i));
            QCOMPARE(toBytes(event.stream()), QByteArray::number(i));
            QCOMPARE(toBytes(event.type()), QByteArray("TYPE"));
            QCOMPARE(toBytes(event.id()), QByteArray::number(i));
            QCOMPARE(event.time().microseconds, i);
            QCOMPARE(toBytes(event.data()), "{\"n\":" + QByteArray::number(i) + '}');
            QCOMPARE(toBytes(event.metadata()), QByteArray("{}"));
        }
    }

    void givesAnIdWhereThereIsNone()
    {
        CheckedEvents events;
        QVERIFY(events.add(texts("s", "T", {})));
        QVERIFY(events.add(texts("s", "T", {})));
        QCOMPARE(events.at(0).id().size(), std::size_t(36));
        QVERIFY(events.at(0).id() != events.at(1).id());
    }

    void refusesWhatCheckEventRefuses_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("fits");
        QTest::newRow("good") << QByteArray("s") << QByteArray("T") << QByteArray("i") << true;
        QTest::newRow("longest") << QByteArray(1000, 's') << QByteArray(1000, 't')
                                 << QByteArray(200, 'i') << true;
        QTest::newRow("unicode") << QByteArray("straße-東京") << QByteArray("T")
                                 << QByteArray("\xf0\x9f\x98\x80") << true;
        QTest::newRow("no stream") << QByteArray() << QByteArray("T") << QByteArray("i") << false;
        QTest::newRow("no type") << QByteArray("s") << QByteArray() << QByteArray("i") << false;
        QTest::newRow("long stream")
            << QByteArray(1001, 's') << QByteArray("T") << QByteArray("i") << false;
        QTest::newRow("long type")
            << QByteArray("s") << QByteArray(1001, 't') << QByteArray("i") << false;
        QTest::newRow("long id") << QByteArray("s") << QByteArray("T") << QByteArray(201, 'i')
                                 << false;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("T") << QByteArray("i")
                             << false;
        QTest::newRow("NUL in the id")
            << QByteArray("s") << QByteArray("T") << QByteArray("\0", 1) << false;
        QTest::newRow("invalid UTF-8")
            << QByteArray("\xff") << QByteArray("T") << QByteArray("i") << false;
        QTest::newRow("surrogate in UTF-8")
            << QByteArray("s") << QByteArray("\xed\xa0\x80") << QByteArray("i") << false;
        QTest::newRow("cut UTF-8")
            << QByteArray("s") << QByteArray("T") << QByteArray("\xe6\x9d") << false;
    }
    void refusesWhatCheckEventRefuses()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, id);
        QFETCH(bool, fits);
        CheckedEvents events;
        QVERIFY(events.add(texts("before", "T")));
        const auto added = events.add(texts(viewOf(stream), viewOf(type), viewOf(id)));
        QCOMPARE(added.ok(), fits);
        QCOMPARE(events.size(), std::size_t(fits ? 2 : 1));
        QCOMPARE(toBytes(events.at(0).stream()), QByteArray("before"));
        if (!fits)
            QCOMPARE(added.error().code, ErrorCode::InvalidInput);
        const bool isText = isUtf8(viewOf(stream)) && isUtf8(viewOf(type)) && isUtf8(viewOf(id));
        if (isText) {
            const auto checked
                = checkEvent({ QString::fromUtf8(type), {}, {}, { 1 }, QString::fromUtf8(id) });
            const auto name = checkStreamName(QString::fromUtf8(stream));
            QCOMPARE(checked.ok() && name.ok(), fits);
        }
    }

    void refusesATimeThatNoFormatSpells()
    {
        CheckedEvents events;
        EventTexts event = texts("s", "T");
        event.time.microseconds = 253402300800000000; // the year 10000
        QVERIFY(!events.add(event));
        event.time.microseconds = 253402300799999999;
        QVERIFY(events.add(event));
    }

    void jsonIsTakenOnlyWhenItIsValid()
    {
        CheckedJson json;
        QCOMPARE(toBytes(json.text()), QByteArray("{}"));
        const std::string line = R"({"a":[1,2],"b":{"c":null}})";
        QVERIFY(!json.check(line));
        const auto fault = json.check("{\"a\":}");
        QVERIFY(fault.has_value());
        QCOMPARE(fault->offset, 5);
        QCOMPARE(json.text().data(), line.data());
        const std::string_view part = json.text().substr(5, 5);
        QVERIFY(json.contains(part));
        QCOMPARE(toBytes(json.value(part).text()), QByteArray("[1,2]"));
        const std::string other = "[1,2]";
        QVERIFY(!json.contains(other));
        QVERIFY(!json.value(part).contains(json.text()));
    }
};

QTEST_GUILESS_MAIN(CheckedEventsTest)
#include "tst_checkedevents.moc"
