#include "foreign/foreignstores.h"
#include "server/serverstores.h"
#include "support/profilesamples.h"
#include "support/scratchdatabase.h"

#include <QTest>

using namespace eventloupe;

/// The tables of each library as its own sources make them on PostgreSQL (the profiles in
/// resources/stores name the files), with a few rows that show what is odd about it.
class tst_PostgresProfiles final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
    }
    void tablesAreRead_data();
    void tablesAreRead();

private:
    PostgresServer m_server;
};

void eventloupe::addProfileSample(const char* profile, const QByteArray& sql,
    const QStringList& lines, const QStringList& origins, const char* metadata)
{
    QTest::newRow(profile) << sql << lines << origins << QByteArray(metadata);
}

void tst_PostgresProfiles::tablesAreRead_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("lines"); ///< "stream@version type data"; where each ends.
    QTest::addColumn<QStringList>("origins"); ///< What is in each event's origin.
    QTest::addColumn<QByteArray>("metadata"); ///< What is in the first event's.
    addDotNetSamples();
    addJvmSamples();
    addPhpSamples();
    addDynamicSamples();
    addRustSamples();
}

void tst_PostgresProfiles::tablesAreRead()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, lines);
    QFETCH(QStringList, origins);
    QFETCH(QByteArray, metadata);
    const ScratchDatabase scratch(m_server);
    scratch.run(sql);
    const auto found = recogniseStores(scratch.location());
    QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
    QVERIFY(!found->stores.empty());
    QCOMPARE(found->stores.front().profile.name, QString::fromUtf8(QTest::currentDataTag()));
    const auto store = openCounted(scratch.location());
    QCOMPARE(store->counting().fault, QString());
    const auto events = store->readLog(1, 100);
    QVERIFY2(events, qPrintable(events ? QString() : events.error().message));
    QCOMPARE(events->size(), lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const Event& event = events->at(i);
        QVERIFY2(lineOf(event).contains(lines.at(i)), qPrintable(lineOf(event)));
        QVERIFY2(event.origin.contains(origins.at(i).toUtf8()), event.origin.constData());
        QVERIFY(!event.id.isEmpty());
        if (!QByteArray(QTest::currentDataTag()).endsWith("legacy"))
            QCOMPARE(event.time.toRfc3339().left(19), QByteArray("2026-01-05T08:00:00"));
    }
    QVERIFY2(events->first().metadata.contains(metadata), events->first().metadata.constData());
    // Each event alone, by its position, is the same.
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(lineOf(store->readLog(i + 1, 1)->value(0)), lineOf(events->at(i)));
}

QTEST_GUILESS_MAIN(tst_PostgresProfiles)
#include "tst_postgresprofiles.moc"
