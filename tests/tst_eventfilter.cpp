#include "domain/eventfilter.h"

#include <QtTest>

using namespace eventloupe;

class tst_EventFilter : public QObject {
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void namesThePlaceOfAFault();
    void leavesAloneWhatItDoesNotUse();
};

void tst_EventFilter::matches_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* source, bool expected) {
        QTest::newRow(source) << QByteArray(source) << expected;
    };
    row("position == 7", true);
    row("stream == 'order-42'", true);
    row("category == \"order\"", true);
    row("version == 3", true);
    row("type == \"ORDER_PLACED\" && data.total > 100", true);
    row("type == \"ORDER_PLACED\" && data.total > 200", false);
    row("id == 'e-1'", true);
    row("metadata.actor == 'ada'", true);
    row("has(data.none)", false);
    row("data.none == 1", false); // fails, so it does not fit
    row("'TEA' in data.skus", true);
    row("position", false); // no boolean
    row("true", true);
}

void tst_EventFilter::matches()
{
    QFETCH(QByteArray, source);
    QFETCH(bool, expected);
    const auto filter = EventFilter::compile(viewOf(source));
    QVERIFY2(filter.ok(), filter.ok() ? "" : qPrintable(filter.error().message));
    QCOMPARE(filter->source(), source);
    EventView event;
    event.position = 7;
    event.stream = "order-42";
    event.version = 3;
    event.type = "ORDER_PLACED";
    event.id = "e-1";
    event.data = R"({"total":150.5,"skus":["TEA"]})";
    event.metadata = R"({"actor":"ada"})";
    QCOMPARE(filter->matches(event), expected);
}

void tst_EventFilter::namesThePlaceOfAFault()
{
    const auto filter = EventFilter::compile("type == 'A' && dta.x > 1");
    QVERIFY(!filter.ok());
    QVERIFY2(filter.error().message.startsWith(QStringLiteral("1:16: ")),
        qPrintable(filter.error().message));
}

void tst_EventFilter::leavesAloneWhatItDoesNotUse()
{
    EventView event;
    event.type = "A";
    event.data = "damaged";
    QVERIFY(EventFilter::compile("type == 'A'")->matches(event));
    QVERIFY(!EventFilter::compile("type == 'A' && data.x == 1")->matches(event));
}

QTEST_APPLESS_MAIN(tst_EventFilter)
#include "tst_eventfilter.moc"
