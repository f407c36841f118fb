#include "store/damagenotice.h"
#include "store/sqliteconnection.h"
#include "support/storecontract.h"
#include "support/storefiles.h"
#include "support/treepages.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace eventloupe;

/// Bytes of a store's file that are not what SQLite wrote, and still make rows of it.
class tst_SqliteDamage final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void whatIsBehindADamagedPageIsRead();
    void aFarPositionIsNotSoughtStepByStep();
    void whatASearchMissesIsNamed();
    void anEntryThatOnlyAScanReadsIsNamed();
    void aDamagedStreamLeavesTheOthersTheirNames();
    void readingTellsOfIt();
    void whatIsKnownToBeDamagedTakesNoEvents();
    void aFalseEndOfAStreamIsNotGoneOnFrom_data();
    void aFalseEndOfAStreamIsNotGoneOnFrom();
    void verifyingTellsOfIt();

private:
    void replace(const QByteArray& before, const QByteArray& after) const;
    QList<int> missedBySearch() const;
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList faults() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SqliteDamage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 30);
}

QStringList tst_SqliteDamage::faults() const
{
    const auto store = openStore(path(), OpenMode::ReadOnly);
    return store ? StoreContract::faults(**store) : QStringList({ store.error().message });
}

/// Every event on the page is named, and no other.
void tst_SqliteDamage::whatIsBehindADamagedPageIsRead()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 9500);
    for (const int event : { 4242, 9500 }) { // The log's last page as well.
        const QString copy = path() + QString::number(event);
        QVERIFY(QFile::copy(path(), copy));
        QVERIFY(QFile::copy(path() + QStringLiteral(".head"), copy + QStringLiteral(".head")));
        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray content = file.readAll();
        const auto place = content.indexOf("{\"n\":" + QByteArray::number(event) + '}');
        const auto page = place / 8192 * 8192;
        QVERIFY(page > 0 && file.seek(page));
        file.write(QByteArray(8192, '\xff'));
        file.close();
        const auto store = openStore(copy, OpenMode::ReadOnly);
        QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
        const QStringList found = StoreContract::faults(**store);
        for (int i = 1; i <= 9500; ++i) {
            const auto at = content.indexOf("{\"n\":" + QByteArray::number(i) + '}');
            const bool isLost = at / 8192 * 8192 == page;
            const QString line = QStringLiteral("%1: Event %1 cannot be read").arg(i);
            QCOMPARE(std::any_of(found.begin(), found.end(),
                         [&](const QString& each) { return each.startsWith(line); }),
                isLost);
        }
        for (const QString& each : found)
            QVERIFY2(each.contains(QStringLiteral("cannot be read"))
                    || each.contains(QStringLiteral("cannot be proven"))
                    || each.startsWith(QStringLiteral("0: ")),
                qPrintable(each));
    }
}

/// Bytes that are there once.
void tst_SqliteDamage::replace(const QByteArray& before, const QByteArray& after) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray content = file.readAll();
    QCOMPARE(content.count(before), 1);
    QVERIFY(file.seek(content.indexOf(before)));
    file.write(after);
}

/// Of 30 events, by their positions.
QList<int> tst_SqliteDamage::missedBySearch() const
{
    QList<int> missed;
    const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::QueryOnly);
    for (int i = 1; i <= 30; ++i)
        if (const auto found = (*connection)
                                   ->prepare("SELECT position FROM event WHERE position = ?1")
                                   .bind(1, i)
                                   .number(0);
            !found || *found != i)
            missed.append(i);
    return missed;
}

/// The last page is lost, and a number that was changed says that the log ends far behind it: to
/// look at every position up to there would take days.
void tst_SqliteDamage::aFarPositionIsNotSoughtStepByStep()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 2000);
    QCOMPARE(tamper(path(), "UPDATE stream SET head_position = 1000000000000 WHERE id = 2"),
        QString());
    const QByteArray content = contentOf(path());
    const TreePages tree(content, rootOf(path(), "event"));
    erasePages(path(), { tree.leaves.back() });
    const QStringList found = faults();
    QVERIFY2(found.contains(QStringLiteral("1999: Event 1999 cannot be read: its page of the file "
                                           "is damaged.")),
        qPrintable(found.mid(0, 20).join(u'\n')));
    QVERIFY2(!found.filter(QStringLiteral("to 1000000000000 cannot be read")).isEmpty(),
        qPrintable(found.mid(found.size() - 20).join(u'\n')));
    QVERIFY(found.size() < 10'000);
    QVERIFY(found.filter(QStringLiteral("Event 1 ")).isEmpty());
}

/// Two cells of a page in each other's place: a scan meets both, and a search passes them by.
void tst_SqliteDamage::whatASearchMissesIsNamed()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray content = file.readAll();
    const auto page = content.indexOf("{\"n\":17}") / 8192 * 8192;
    QCOMPARE(content.at(page), char(13)); // A leaf of a table; its pointers begin at 8.
    const auto pointer = [page](int cell) { return page + 8 + 2 * (cell - 1); };
    const QByteArray far = content.mid(pointer(25), 2);
    QVERIFY(file.seek(pointer(25)));
    file.write(content.mid(pointer(15), 2));
    QVERIFY(file.seek(pointer(15)));
    file.write(far);
    file.close();
    const QList<int> missed = missedBySearch();
    QVERIFY(missed.contains(15) && missed.size() > 2);
    const QStringList found = faults();
    const QString message = QStringLiteral("%1: Event %1 is in the log, but is not found by");
    for (int i = 1; i <= 30; ++i) {
        const bool isNamed
            = std::any_of(found.begin(), found.end(), [&](const QString& each) {
                  return each.startsWith(message.arg(i))
                      && each.contains(QStringLiteral("its position"));
              });
        QVERIFY2(isNamed == missed.contains(i), qPrintable(found.join(QLatin1Char('\n'))));
    }
}

/// The head of an entry in the index of types says where its position begins; a scan reads it from
/// the end.
void tst_SqliteDamage::anEntryThatOnlyAScanReadsIsNamed()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 400);
    QCOMPARE(faults(), QStringList());
    // Type 1, which takes no byte, and 371 in two: now the type takes the first of them.
    replace(QByteArray::fromHex("050309020173"), QByteArray::fromHex("050301020173"));
    const QStringList found = faults();
    QVERIFY2(std::any_of(found.begin(), found.end(),
                 [](const QString& each) {
                     return each.startsWith(
                         QStringLiteral("371: Event 371 is in the log, but is not found by its type"));
                 }),
        qPrintable(found.join(QLatin1Char('\n'))));
}

void tst_SqliteDamage::aDamagedStreamLeavesTheOthersTheirNames()
{
    // The name's length, beyond the row.
    replace(QByteArray::fromHex("130901010101") + "s-2",
        QByteArray::fromHex("330901010101") + "s-2");
    const QStringList found = faults();
    for (int i = 1; i <= 30; ++i) {
        const QString unknown = QStringLiteral("%1: Event %1 has an unknown stream").arg(i);
        const bool isNamed = std::any_of(found.begin(), found.end(),
            [&unknown](const QString& each) { return each.startsWith(unknown); });
        QCOMPARE(isNamed, i % 3 == 2);
    }
}

/// Once a file, whoever reads it and whatever for.
void tst_SqliteDamage::readingTellsOfIt()
{
    auto& notice = DamageNotice::instance();
    QSignalSpy found(&notice, &DamageNotice::found);
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto page = file.readAll().indexOf("{\"n\":17}") / 8192 * 8192;
        QVERIFY(page > 0 && file.seek(page));
        file.write(QByteArray(8192, '\xff'));
    }
    notice.forget(path()); // What tests before this one met.
    QVERIFY(!notice.isKnown(path()));
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store.ok());
    QVERIFY(!(*store)->readLog(1, 30).ok());
    QVERIFY(!(*store)->readLog(1, 30).ok());
    QCOMPARE(found.count(), 1);
    QCOMPARE(found.constFirst().constFirst().toString(), path());
    QVERIFY(notice.isKnown(path()));
    QVERIFY(notice.isKnown(m_folder->path() + QStringLiteral("/./a.eventlog")));
    notice.forget(path());
    QVERIFY(!notice.isKnown(path()));
    QVERIFY(!(*store)->readLog(1, 30).ok());
    QCOMPARE(found.count(), 2);
    // What is told while it is verified is no advice to verify.
    for (const QString& each : faults()) {
        QVERIFY2(!each.contains(QStringLiteral("verify")), qPrintable(each));
        QVERIFY2(!each.contains(QStringLiteral("***")), qPrintable(each));
        QVERIFY2(!each.contains(QLatin1Char('\n')), qPrintable(each));
    }
}

/// Also where the pages that the append needs are sound, by whatever connection.
void tst_SqliteDamage::whatIsKnownToBeDamagedTakesNoEvents()
{
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store.ok());
    QVERIFY(appendOne(**store, QStringLiteral("s-1")).ok());
    DamageNotice::instance().note(path());
    const auto again = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(again.ok());
    for (EventStore* each : { store->get(), again->get() }) {
        const auto refused = appendOne(*each, QStringLiteral("s-1"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
        QVERIFY2(refused.error().message.contains(QStringLiteral("Repair To…")),
            qPrintable(refused.error().message));
        QVERIFY(!each->beginBulk().ok());
        QCOMPARE(each->head().value(), 31);
    }
    DamageNotice::instance().forget(path());
    QVERIFY(damageRefusal(path()).isEmpty());
    QVERIFY(appendOne(**store, QStringLiteral("s-1")).ok());
}

void tst_SqliteDamage::aFalseEndOfAStreamIsNotGoneOnFrom_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::newRow("the last there is") << QByteArray("9223372036854775807");
    QTest::newRow("ahead") << QByteArray("999");
    QTest::newRow("behind") << QByteArray("1");
    QTest::newRow("below") << QByteArray("-5");
}

/// A version that follows from it would be acknowledged, and be wrong.
void tst_SqliteDamage::aFalseEndOfAStreamIsNotGoneOnFrom()
{
    QFETCH(QByteArray, version);
    QCOMPARE(runSql(path(),
                 "UPDATE stream SET head_version = " + version + " WHERE name = 's-1'"),
        QString());
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store.ok());
    {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk.ok());
        const auto refused = (*bulk)->add(
            QStringLiteral("s-1"), { QStringLiteral("E"), "{}", "{}", { 1 }, QString() });
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Corrupt);
    }
    DamageNotice::instance().forget(path());
    const auto refused = appendOne(**store, QStringLiteral("s-1"));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Corrupt);
    QVERIFY2(refused.error().message.contains(QStringLiteral("is said to end at version "))
            && refused.error().message.contains(QStringLiteral("stored there is 10.")),
        qPrintable(refused.error().message));
    DamageNotice::instance().forget(path());
    QVERIFY(appendOne(**store, QStringLiteral("s-2")).ok());
    QCOMPARE((*store)->head().value(), 31);
}

void tst_SqliteDamage::verifyingTellsOfIt()
{
    auto& notice = DamageNotice::instance();
    QCOMPARE(faults(), QStringList());
    QVERIFY(!notice.isKnown(path()));
    // Of which reading knows nothing.
    QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17"), QString());
    QVERIFY(!faults().isEmpty());
    QVERIFY(notice.isKnown(path()));
    notice.forget(path());
}

QTEST_GUILESS_MAIN(tst_SqliteDamage)
#include "tst_sqlitedamage.moc"
