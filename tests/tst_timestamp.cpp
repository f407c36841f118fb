#include "value/event.h"
#include "value/timestamp.h"

#include <QDateTime>
#include <QTest>

using namespace eventloupe;

class TestTimestamp : public QObject {
    Q_OBJECT

private slots:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void roundTrips();
    void localText();
    void nowIsNow();
};

void TestTimestamp::accepted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("utc");
    const auto row = [](const char* text, const char* utc) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(utc);
    };
    row("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z");
    row("2026-03-01T14:03:22.000001Z", "2026-03-01T14:03:22.000001Z");
    row("2026-03-01t14:03:22z", "2026-03-01T14:03:22.000000Z");
    row("2026-03-01T14:03:22+03:30", "2026-03-01T10:33:22.000000Z");
    row("2026-03-01T14:03:22-00:00", "2026-03-01T14:03:22.000000Z");
    row("2026-01-01T00:00:00+23:59", "2025-12-31T00:01:00.000000Z");
    row("2026-12-31T23:59:59-23:59", "2027-01-01T23:58:59.000000Z");
    row("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z");
    row("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000000Z");
    row("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z");
    row("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
    row("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
    row("2026-03-01T14:03:22.5Z", "2026-03-01T14:03:22.500000Z");
    row("2026-03-01T14:03:22.123456789Z", "2026-03-01T14:03:22.123456Z");
    row("1998-12-31T23:59:60Z", "1999-01-01T00:00:00.000000Z");
    row("1998-12-31T15:59:60.123-08:00", "1999-01-01T00:00:00.123000Z");
}

void TestTimestamp::accepted()
{
    QFETCH(QByteArray, text);
    const auto time = Timestamp::fromRfc3339(viewOf(text));
    QVERIFY(time.ok());
    QTEST(time->toRfc3339(), "utc");
}

void TestTimestamp::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
        { "", "2026", "2026-03-01", "2026-03-01T14:03:22", "2026-03-01 14:03:22Z",
            "2026-03-01T14:03Z", "2026-03-01T24:00:00Z", "2026-03-01T14:60:00Z",
            "2026-03-01T14:03:61Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
            "2026-03-01T14:03:22Zx", "2026-03-01T14:03:22Z ", " 2026-03-01T14:03:22Z",
            "2026-03-01T14:03:22.Z", "2026-03-01T14:03:22.1234567890Z", "2026-03-01T14:03:22,5Z",
            "2026-03-01T14:03:22+0330", "2026-03-01T14:03:22+24:00", "2026-03-01T14:03:22+03:60",
            "2026-03-01T14:03:22+03", "2026-3-01T14:03:22Z", "+026-03-01T14:03:22Z",
            "2026-03-01T12:30:60Z", "1998-12-31T23:58:60Z", "2026-03-01T14:03:22\xc2\xb2Z" }) {
        QTest::addRow("'%s'", text) << QByteArray(text);
    }
}

void TestTimestamp::refused()
{
    QFETCH(QByteArray, text);
    const auto time = Timestamp::fromRfc3339(viewOf(text));
    QVERIFY(!time.ok());
    QCOMPARE(time.error().code, ErrorCode::InvalidInput);
}

void TestTimestamp::roundTrips()
{
    constexpr qint64 step = 1'234'567'890'123'457;
    const auto first = Timestamp::fromRfc3339("0001-01-01T00:00:00Z");
    const auto last = Timestamp::fromRfc3339("9999-12-31T23:59:59.999999Z");
    for (qint64 at = first->microseconds; at <= last->microseconds; at += step) {
        const QByteArray text = Timestamp { at }.toRfc3339();
        const auto again = Timestamp::fromRfc3339(viewOf(text));
        QVERIFY2(again.ok(), text.constData());
        QCOMPARE(again->microseconds, at);
    }
}

void TestTimestamp::localText()
{
    const auto time = Timestamp::fromRfc3339("2026-03-01T14:03:22Z");
    const auto expected = QDateTime::fromMSecsSinceEpoch(time->microseconds / 1000)
                              .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    QCOMPARE(time->toLocalText(), expected);
    QCOMPARE(
        Timestamp { time->microseconds + 7 }.toLocalText(), expected + QStringLiteral(".000007"));
    QVERIFY(Timestamp { -1 }.toLocalText().endsWith(QStringLiteral(":59.999999")));
}

void TestTimestamp::nowIsNow()
{
    const auto before = QDateTime::currentMSecsSinceEpoch();
    const auto now = Timestamp::now();
    QVERIFY(now.microseconds / 1000 >= before);
    QVERIFY(now.microseconds / 1000 <= QDateTime::currentMSecsSinceEpoch());
}

QTEST_APPLESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
