#include "encoding/likelyencoding.h"
#include "encoding/payloaddecoder.h"
#include "support/textfile.h"
#include "value/event.h"
#include "value/json.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QtTest>

using namespace eventloupe;

// Payloads that other libraries wrote themselves, and what they say is in them.

namespace {

const QString folder = QStringLiteral(EVENTLOUPE_SHARED "/stores/");

/// All values of a query's columns, as they are stored.
QByteArrayList payloadsOf(const QString& name, const QString& statement)
{
    QByteArrayList payloads;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_OPEN_READONLY"));
        database.setDatabaseName(QStringLiteral("file:%1%2?immutable=1").arg(folder, name));
        database.open();
        QSqlQuery query(database);
        query.setForwardOnly(true);
        query.exec(statement);
        while (query.next()) {
            for (int i = 0; i < query.record().count(); ++i)
                payloads.append(query.value(i).toByteArray());
        }
    }
    QSqlDatabase::removeDatabase(name);
    return payloads;
}

EncodingGuess guess(const QByteArrayList& payloads)
{
    std::vector<std::string_view> views;
    for (const auto& payload : payloads)
        views.push_back(viewOf(payload));
    return guessEncoding(views);
}

} // namespace

class tst_EncodingStores : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!QFileInfo::exists(folder))
            QSKIP("../shared/stores is absent");
    }

    void readsTheYamlOfRailsEventStore()
    {
        const auto payloads = payloadsOf(QStringLiteral("rails-event-store.db"),
            QStringLiteral("SELECT data, metadata FROM event_store_events ORDER BY id"));
        QCOMPARE(payloads.size(), 2 * 1295);
        QCOMPARE(guess(payloads).spec.names(), QStringList(QStringLiteral("yaml")));
        QCOMPARE(guess(payloads).certainty, 1.0);
        const PayloadDecoder decoder(EncodingSpec(Encoding::Yaml));
        for (const auto& payload : payloads) {
            const auto decoded = decoder.decode(viewOf(payload));
            QVERIFY2(decoded.readable, qPrintable(decoded.problem));
            QVERIFY2(decoded.losses.isEmpty(), payload.constData());
            QVERIFY(!findJsonFault(viewOf(decoded.json)));
        }
        const auto expected = parseJson(
            viewOf(TextFiles::read(folder + QStringLiteral("rails-event-store.expected.json"))));
        const auto events = expected->find("firstEvents")->elements();
        QVERIFY(!events.empty());
        for (std::size_t i = 0; i < events.size(); ++i) {
            const auto json = decoder.decode(viewOf(payloads.at(qsizetype(2 * i)))).json;
            QCOMPARE(parseJson(viewOf(json)).value(), *events[i].find("data"));
        }
    }

    void keepsTheJsonOfOthers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("statement");
        QTest::addColumn<int>("count");
        QTest::newRow("Broadway") << QStringLiteral("broadway.db")
                                  << QStringLiteral("SELECT payload, metadata FROM events")
                                  << 2 * 1144;
        QTest::newRow("eventsourcing") << QStringLiteral("pyeventsourcing-sqlite.db")
                                       << QStringLiteral("SELECT state FROM stored_events") << 1400;
        QTest::newRow("Emmett") << QStringLiteral("emmett-sqlite.db")
                                << QStringLiteral(
                                       "SELECT message_data, message_metadata FROM emt_messages")
                                << 2 * 1625;
    }
    void keepsTheJsonOfOthers()
    {
        QFETCH(QString, name);
        QFETCH(QString, statement);
        QFETCH(int, count);
        const auto payloads = payloadsOf(name, statement);
        QCOMPARE(payloads.size(), count);
        QCOMPARE(guess(payloads).spec.names(), QStringList(QStringLiteral("json")));
        const PayloadDecoder decoder(EncodingSpec(Encoding::Json));
        for (const auto& payload : payloads) {
            QVERIFY(decoder.keeps(viewOf(payload)));
            QCOMPARE(decoder.decode(viewOf(payload)).json, payload);
        }
    }
};

QTEST_GUILESS_MAIN(tst_EncodingStores)
#include "tst_encodingstores.moc"
