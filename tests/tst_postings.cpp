#include "foreign/foreignsql.h"
#include "foreign/foreigntime.h"
#include "foreign/postings.h"

#include <QRandomGenerator>
#include <QTest>

using namespace eventloupe;

/// The positions of streams, and what texts and times are made of.
class tst_Postings final : public QObject {
    Q_OBJECT

private slots:
    void listsAnswerAsPlainOnes_data();
    void listsAnswerAsPlainOnes();
    void timesOfAllSpellings_data();
    void timesOfAllSpellings();
    void identifiersStayWhole();
};

void tst_Postings::listsAnswerAsPlainOnes_data()
{
    QTest::addColumn<qint64>("bytesInMemory");
    QTest::newRow("memory") << qint64(SpillMemory::usualBytesInMemory);
    QTest::newRow("spilled") << qint64(1);
}

void tst_Postings::listsAnswerAsPlainOnes()
{
    QFETCH(qint64, bytesInMemory);
    Postings postings { static_cast<std::size_t>(bytesInMemory) };
    QRandomGenerator random(7);
    constexpr std::size_t streams = 40;
    std::vector<PostingList> lists(streams);
    std::vector<std::vector<Position>> plain(streams);
    for (Position position = 1; position < 200'000; position += 1 + random.bounded(3)) {
        // A few long ones, many short ones.
        const auto stream = static_cast<std::size_t>(
            random.bounded(2) == 0 ? random.bounded(2) : random.bounded(static_cast<int>(streams)));
        QVERIFY(postings.add(lists[stream], position));
        plain[stream].push_back(position);
    }
    QCOMPARE(postings.isSpilled(), bytesInMemory == 1);
    for (int round = 0; round < 20'000; ++round) {
        const auto stream = static_cast<std::size_t>(random.bounded(static_cast<int>(streams)));
        const auto& wanted = plain[stream];
        const auto version = StreamVersion(random.bounded(static_cast<int>(wanted.size()) + 2));
        const bool isThere = version >= 1 && version <= StreamVersion(wanted.size());
        QCOMPARE(postings.at(lists[stream], version),
            isThere ? wanted[static_cast<std::size_t>(version - 1)] : 0);
        const Position upTo = random.bounded(210'000);
        const auto count = std::upper_bound(wanted.begin(), wanted.end(), upTo) - wanted.begin();
        QCOMPARE(postings.countUpTo(lists[stream], upTo), StreamVersion(count));
        std::vector<Position> page;
        postings.collect(lists[stream], version, upTo, 7, page);
        std::vector<Position> expected;
        for (auto at = static_cast<std::size_t>(version);
             at < static_cast<std::size_t>(count) && expected.size() < 7; ++at)
            expected.push_back(wanted[at]);
        QCOMPARE(page, expected);
    }
}

void tst_Postings::timesOfAllSpellings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QByteArray>("expected");
    const auto text = int(TimeUnit::Text);
    const QByteArray second = "2026-01-05T08:01:44.000000Z";
    QTest::newRow("sqlite") << QByteArray("2026-01-05 08:01:44") << text << second;
    QTest::newRow("iso") << QByteArray("2026-01-05T08:01:44Z") << text << second;
    QTest::newRow("postgres") << QByteArray("2026-01-05 10:01:44+02") << text << second;
    QTest::newRow("php") << QByteArray("2026-01-05 08:01:44.000000+0000") << text << second;
    QTest::newRow("half") << QByteArray("2026-01-05 13:31:44.5+05:30") << text
                          << QByteArray("2026-01-05T08:01:44.500000Z");
    QTest::newRow("date") << QByteArray("2026-01-05") << text
                          << QByteArray("2026-01-05T00:00:00.000000Z");
    QTest::newRow("seconds") << QByteArray("1767600104") << int(TimeUnit::Seconds) << second;
    QTest::newRow("milliseconds") << QByteArray("1767600104000") << int(TimeUnit::Milliseconds)
                                  << second;
    QTest::newRow("microseconds") << QByteArray("1767600104000000") << int(TimeUnit::Microseconds)
                                  << second;
    QTest::newRow("ticks") << QByteArray("639031969040000000") << int(TimeUnit::Ticks) << second;
    QTest::newRow("none") << QByteArray("yesterday") << text << QByteArray();
    QTest::newRow("tail") << QByteArray("2026-01-05 08:01:44 or so") << text << QByteArray();
}

void tst_Postings::timesOfAllSpellings()
{
    QFETCH(QByteArray, text);
    QFETCH(int, unit);
    QFETCH(QByteArray, expected);
    const auto time = foreignTime(viewOf(text), TimeUnit(unit));
    QCOMPARE(time ? time->toRfc3339() : QByteArray(), expected);
}

void tst_Postings::identifiersStayWhole()
{
    const QString hostile = QStringLiteral("a\"; DROP TABLE x; --`'\\");
    QCOMPARE(
        quoted(ForeignEngine::Sqlite, hostile), std::string("\"a\"\"; DROP TABLE x; --`'\\\""));
    QCOMPARE(quoted(ForeignEngine::MySql, hostile), std::string("`a\"; DROP TABLE x; --``'\\`"));
    QCOMPARE(
        literal(ForeignEngine::PostgreSql, hostile), std::string("'a\"; DROP TABLE x; --`''\\'"));
    QCOMPARE(literal(ForeignEngine::MySql, hostile), std::string("'a\"; DROP TABLE x; --`''\\\\'"));
    QCOMPARE(placeholder(ForeignEngine::PostgreSql, 3), std::string("$3"));
    QCOMPARE(placeholder(ForeignEngine::Sqlite, 3), std::string("?3"));
}

QTEST_GUILESS_MAIN(tst_Postings)
#include "tst_postings.moc"
