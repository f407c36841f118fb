#include "value/event.h"
#include "value/uuid.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace eventloupe;

class TestUuid : public QObject {
    Q_OBJECT

private slots:
    void versionSeven();
    void laterOnesSortLater();
    void packs();
    void packsOnlyCanonicalText_data();
    void packsOnlyCanonicalText();
};

void TestUuid::versionSeven()
{
    const auto before = QDateTime::currentMSecsSinceEpoch();
    const QString uuid = makeUuidV7();
    static const QRegularExpression form(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    QVERIFY2(form.match(uuid).hasMatch(), qPrintable(uuid));
    const qint64 time = (uuid.left(8) + uuid.mid(9, 4)).toLongLong(nullptr, 16);
    QVERIFY(time >= before && time <= QDateTime::currentMSecsSinceEpoch());
}

void TestUuid::laterOnesSortLater()
{
    QSet<QString> seen;
    QString previous;
    for (int i = 0; i < 20'000; ++i) {
        const QString uuid = makeUuidV7();
        QVERIFY2(uuid > previous, qPrintable(previous + uuid));
        seen.insert(uuid);
        previous = uuid;
    }
    QCOMPARE(seen.size(), qsizetype(20'000));
}

void TestUuid::packs()
{
    const std::string_view text = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
    const auto packed = packUuid(text);
    QVERIFY(packed.has_value());
    QCOMPARE((*packed)[0], static_cast<unsigned char>(0x01));
    QCOMPARE((*packed)[15], static_cast<unsigned char>(0x5b));
    QCOMPARE(unpackUuid(packed->data()), toBytes(text));
}

void TestUuid::packsOnlyCanonicalText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : { "", "user-1", "0190A1B2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
             "{190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5}", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
             "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5bx", "0190a1b2c3d4-7e5f-8a9b-0c1d2e3f4a5b0",
             "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g" }) {
        QTest::addRow("'%s'", text) << QByteArray(text);
    }
}

void TestUuid::packsOnlyCanonicalText()
{
    QFETCH(QByteArray, text);
    QVERIFY(!packUuid(viewOf(text)).has_value());
}

QTEST_APPLESS_MAIN(TestUuid)
#include "tst_uuid.moc"
