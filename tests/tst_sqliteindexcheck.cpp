#include "store/sqliteindexcheck.h"
#include "support/storefiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

using namespace eventloupe;

/// Whether the indexes hold what the events do, with events that were summed up elsewhere.
class tst_SqliteIndexCheck final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theOrderOfTheEventsIsOfNoAccount();
    void eachPartOfAnEventCounts();
    void eventsBehindTheSumsAreRead_data();
    void eventsBehindTheSumsAreRead();
    void sumsOfOtherEventsDoNotAgree();

private:
    IndexSums sumsOf(Position from, Position to) const;
    Result<bool> agree(const SummedEvents& summed) const;

    static constexpr Position events = 30;
    const IndexSums::Key m_key = IndexSums::newKey();
    QTemporaryDir m_folder;
    std::unique_ptr<SqliteConnection> m_connection;
};

void tst_SqliteIndexCheck::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("a.eventlog"));
    makeStoreFile(path, events);
    auto opened = SqliteConnection::open(path, SqliteConnection::Access::QueryOnly);
    QVERIFY(opened.ok());
    m_connection = std::move(*opened);
}

/// As makeStoreFile() makes them.
IndexSums tst_SqliteIndexCheck::sumsOf(Position from, Position to) const
{
    IndexSums sums(m_key);
    for (Position i = from; i <= to; ++i)
        sums.addEvent(
            i, (i - 1) % 3 + 1, (i - 1) / 3 + 1, 1, "id-" + std::to_string(i), true);
    return sums;
}

Result<bool> tst_SqliteIndexCheck::agree(const SummedEvents& summed) const
{
    return eventIndexesAgree(*m_connection, m_key, [&summed] { return summed; });
}

void tst_SqliteIndexCheck::theOrderOfTheEventsIsOfNoAccount()
{
    IndexSums parts = sumsOf(11, 20);
    parts.add(sumsOf(1, 10));
    QVERIFY(parts == sumsOf(1, 20));
    QVERIFY(!(parts == sumsOf(1, 19)));
    IndexSums twice = sumsOf(1, 20);
    twice.add(sumsOf(20, 20));
    QVERIFY(!(parts == twice));
}

void tst_SqliteIndexCheck::eachPartOfAnEventCounts()
{
    const auto sums = [this](qint64 position, qint64 stream, qint64 version, qint64 type,
                          std::string_view id, bool isText) {
        IndexSums of(m_key);
        of.addEvent(position, stream, version, type, id, isText);
        return of;
    };
    const auto own = sums(1, 2, 3, 4, "an id of 18 bytes.", true);
    QVERIFY(own == sums(1, 2, 3, 4, "an id of 18 bytes.", true));
    QVERIFY(!(own == sums(9, 2, 3, 4, "an id of 18 bytes.", true)));
    QVERIFY(!(own == sums(1, 9, 3, 4, "an id of 18 bytes.", true)));
    QVERIFY(!(own == sums(1, 2, 9, 4, "an id of 18 bytes.", true)));
    QVERIFY(!(own == sums(1, 2, 3, 9, "an id of 18 bytes.", true)));
    QVERIFY(!(own == sums(1, 2, 3, 4, "an id of 18 bytes!", true)));
    QVERIFY(!(own == sums(1, 2, 3, 4, "an id of 18 bytes", true)));
    QVERIFY(!(own == sums(1, 2, 3, 4, "an id of 18 bytes.", false)));
}

void tst_SqliteIndexCheck::eventsBehindTheSumsAreRead_data()
{
    QTest::addColumn<Position>("summed");
    for (const Position summed : { Position(0), Position(1), Position(17), events })
        QTest::addRow("%lld of %lld", summed, events) << summed;
}

void tst_SqliteIndexCheck::eventsBehindTheSumsAreRead()
{
    QFETCH(Position, summed);
    const auto agrees = agree({ sumsOf(1, summed), summed + 1 });
    QVERIFY(agrees.ok());
    QVERIFY(*agrees);
    QVERIFY(*agree({ IndexSums(m_key) }));
    QVERIFY(*agree({ sumsOf(1, events), std::nullopt }));
}

void tst_SqliteIndexCheck::sumsOfOtherEventsDoNotAgree()
{
    QVERIFY(!*agree({ sumsOf(1, 16), 18 }));
    QVERIFY(!*agree({ sumsOf(1, 18), 18 }));
    QVERIFY(!*agree({ sumsOf(2, 31), 31 }));
    QVERIFY(!*agree({ sumsOf(1, 29), std::nullopt }));
}

QTEST_GUILESS_MAIN(tst_SqliteIndexCheck)

#include "tst_sqliteindexcheck.moc"
