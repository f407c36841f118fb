#include "store/maskedeventstore.h"
#include "store/repairstore.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// What is sound of a damaged store becomes a store of its own, and the rest is listed.
class tst_RepairStore final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void damageIsLeftOut_data();
    void damageIsLeftOut();
    void damagedPageIsLeftOut();
    void eachReasonIsItsOwn_data();
    void eachReasonIsItsOwn();
    void damagedStoreIsOnlyRead();
    void masksAreNoneOfItsBusiness();
    void nothingIsOverwritten();
    void aCancelLeavesNoFile();
    void aCancelLeavesWhatOthersMade();

private:
    struct Outcome {
        QStringList notes;
        QStringList reasons; ///< "17: ..."; of those that are left out or not proven.
        QString error;
        RepairSummary summary;
    };
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QString target() const { return m_folder->filePath(QStringLiteral("b.eventlog")); }
    Outcome repair(const CancelToken& cancel = {}) const;
    static QByteArray read(const QString& path);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_RepairStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 30);
}

QByteArray tst_RepairStore::read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

tst_RepairStore::Outcome tst_RepairStore::repair(const CancelToken& cancel) const
{
    Outcome outcome;
    const auto store = openStore(path(), OpenMode::ReadOnly);
    if (!store)
        return { {}, {}, store.error().message, {} };
    const auto summary
        = repairStore(**store, target(), {}, cancel, [&outcome](const RepairNote& note) {
              const auto last
                  = note.last > note.position ? QStringLiteral("-%1").arg(note.last) : QString();
              if (!note.reason.isEmpty())
                  outcome.reasons.append(
                      QStringLiteral("%1: %2").arg(note.position).arg(note.reason));
              const auto place = QStringLiteral("%1%2").arg(note.position).arg(last);
              if (note.kind == RepairNote::Kind::LeftOut)
                  outcome.notes.append(place + QStringLiteral(" left out"));
              else if (note.kind == RepairNote::Kind::Unproven)
                  outcome.notes.append(place + QStringLiteral(" unproven"));
              else
                  outcome.notes.append(QStringLiteral("%1 %2@%3 -%4")
                                           .arg(place, note.stream)
                                           .arg(note.version)
                                           .arg(note.less));
          });
    if (summary)
        outcome.summary = *summary;
    else
        outcome.error = summary.error().message;
    return outcome;
}

void tst_RepairStore::damageIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QList<int>>("lost");
    QTest::addColumn<QStringList>("notes");
    using Lost = QList<int>;
    const QStringList at17 { QStringLiteral("17 left out"), QStringLiteral("20 s-2@7 -1") };
    QTest::newRow("sound") << QByteArray("SELECT 1") << Lost {} << QStringList {};
    for (const char* change : { "data = '{}'", "data = '{'", "time = 1", "id = 'x'", "version = 60",
             "type_id = 9", "stream_id = 9", "stream_id = 1, version = 11" })
        QTest::newRow(change) << "UPDATE event SET " + QByteArray(change) + " WHERE position = 17"
                              << Lost { 17 } << at17;
    QTest::newRow("a hash alone") // The next event's proves that it was changed by itself.
        << QByteArray("UPDATE event SET hash = zeroblob(32) WHERE position = 17") << Lost {}
        << QStringList {};
    QTest::newRow("removed") << QByteArray("DELETE FROM event WHERE position = 17") << Lost { 17 }
                             << QStringList { QStringLiteral("17 left out"),
                                    QStringLiteral("18 unproven"), QStringLiteral("20 s-2@7 -1") };
    QTest::newRow("some removed")
        << QByteArray("DELETE FROM event WHERE position BETWEEN 4 AND 6") << Lost { 4, 5, 6 }
        << QStringList { QStringLiteral("4-6 left out"), QStringLiteral("7 unproven"),
               QStringLiteral("7 s-1@3 -1"), QStringLiteral("8 s-2@3 -1"),
               QStringLiteral("9 s-3@3 -1") };
    QTest::newRow("the last one") << QByteArray("DELETE FROM event WHERE position = 30")
                                  << Lost { 30 } << QStringList { QStringLiteral("30 left out") };
    QTest::newRow("a stream's name") << QByteArray("DELETE FROM stream WHERE id = 2")
                                     << Lost { 2, 5, 8, 11, 14, 17, 20, 23, 26, 29 }
                                     << QStringList();
}

void tst_RepairStore::damageIsLeftOut()
{
    QFETCH(QByteArray, sql);
    QFETCH(QList<int>, lost);
    QFETCH(QStringList, notes);
    QCOMPARE(tamper(path(), sql), QString());
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    if (!notes.isEmpty() || lost.isEmpty())
        QCOMPARE(outcome.notes, notes);
    QCOMPARE(outcome.summary.copied, 30 - lost.size());
    QCOMPARE(outcome.summary.leftOut, lost.size());
    const auto store = openStore(target(), OpenMode::ReadWrite);
    QVERIFY2(store.ok(), qPrintable(store.ok() ? QString() : store.error().message));
    QCOMPARE(StoreContract::faults(**store), QStringList());
    const auto events = (*store)->readLog(1, 100);
    QVERIFY(events.ok());
    QStringList ids;
    for (const Event& each : *events)
        ids.append(each.id);
    QStringList expected;
    for (int i = 1; i <= 30; ++i)
        if (!lost.contains(i))
            expected.append(QStringLiteral("id-%1").arg(i));
    QCOMPARE(ids, expected);
    QVERIFY(appendOne(**store, QStringLiteral("s-2")).ok());
}

void tst_RepairStore::damagedPageIsLeftOut()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 9500);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray content = file.readAll();
    const auto page = content.indexOf("{\"n\":4242}") / 8192 * 8192;
    QVERIFY(page > 0 && file.seek(page));
    file.write(QByteArray(8192, '\xff'));
    file.close();
    qint64 onPage = 0;
    for (int i = 1; i <= 9500; ++i)
        if (content.indexOf("{\"n\":" + QByteArray::number(i) + '}') / 8192 * 8192 == page)
            ++onPage;
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.leftOut, onPage);
    QVERIFY(outcome.reasons.constFirst().endsWith(
        QStringLiteral(": its page of the file is damaged")));
    QCOMPARE(outcome.summary.copied, 9500 - onPage);
    QCOMPARE(StoreContract::faults(*openStore(target(), OpenMode::ReadOnly).value()),
        QStringList());
}

void tst_RepairStore::eachReasonIsItsOwn_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("reasons");
    const auto row = [](const char* name, const char* sql, const QStringList& reasons) {
        QTest::newRow(name) << QByteArray(sql) << reasons;
    };
    row("changed", "UPDATE event SET time = 1 WHERE position = 17",
        { QStringLiteral("17: Event 17 does not fit the hash chain: it, or the event before it, was "
                         "changed.") });
    row("no JSON", "UPDATE event SET data = '{' WHERE position = 17",
        { QStringLiteral("17: The data of event 17 is not JSON: byte 1: the text ends before the "
                         "value does") });
    row("no type", "UPDATE event SET type_id = 9 WHERE position = 17",
        { QStringLiteral("17: Event 17 has an unknown type.") });
    row("removed", "DELETE FROM event WHERE position = 17",
        { QStringLiteral("17: it is not in the log any more"),
            QStringLiteral("18: its proof was lost with the event before it") });
    // Behind one that is lost, it says what cannot be.
    row("unproven, and out of its place",
        "DELETE FROM event WHERE position = 17; UPDATE event SET version = 0 WHERE position = 18",
        { QStringLiteral("17: it is not in the log any more"),
            QStringLiteral("18: it says that it is version 0 of its stream, where version 5 stands "
                           "before it") });
    // The hash of each does not fit either.
    row("a head behind which nothing can stand",
        "UPDATE event SET position = 9223372036854775807 WHERE position = 30",
        { QStringLiteral("30: it is not in the log any more"),
            QStringLiteral("9223372036854775807: its proof was lost with the event before it") });
    row("several at once",
        "UPDATE event SET type_id = 9 WHERE position IN (5, 21);"
        "UPDATE event SET data = '{' WHERE position = 8; UPDATE event SET time = 1"
        " WHERE position = 15; UPDATE event SET stream_id = 9 WHERE position = 30",
        { QStringLiteral("5: Event 5 has an unknown type."),
            QStringLiteral("8: The data of event 8 is not JSON: byte 1: the text ends before the "
                           "value does"),
            QStringLiteral("15: Event 15 does not fit the hash chain: it, or the event before it, "
                           "was changed."),
            QStringLiteral("21: Event 21 has an unknown type."),
            QStringLiteral("30: Event 30 has an unknown stream.") });
    row("the first, behind a record before it",
        "INSERT INTO event SELECT -5, stream_id, 99, type_id, time, 'x', hash, data, metadata"
        " FROM event WHERE position = 30; UPDATE event SET data = '{}' WHERE position = 1",
        { QStringLiteral("-5: it stands before the first event of the log"),
            QStringLiteral("1: Event 1 does not fit the hash chain: it was changed.") });
    row("before the first", "UPDATE event SET position = 0 WHERE position = 30",
        { QStringLiteral("0: it stands before the first event of the log"),
            QStringLiteral("30: it is not in the log any more") });
}

void tst_RepairStore::eachReasonIsItsOwn()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, reasons);
    QCOMPARE(tamper(path(), sql), QString());
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.reasons, reasons);
    QVERIFY(!outcome.summary.isWhole());
}

void tst_RepairStore::damagedStoreIsOnlyRead()
{
    QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17"), QString());
    const QByteArray before = read(path());
    const QByteArray head = read(path() + QStringLiteral(".head"));
    QCOMPARE(repair().error, QString());
    QCOMPARE(read(path()), before);
    QCOMPARE(read(path() + QStringLiteral(".head")), head);
    QVERIFY(!QFile::exists(path() + QStringLiteral("-wal")));
}

/// A window sees its store through the workspace's masks.
void tst_RepairStore::masksAreNoneOfItsBusiness()
{
    auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store.ok());
    EventStore& own = **store;
    MaskedEventStore masked(own, Masks::everything());
    QVERIFY(canRepair(masked));
    const auto summary = repairStore(masked, target(), {}, {}, [](const RepairNote&) {});
    QVERIFY2(summary.ok(), qPrintable(summary.ok() ? QString() : summary.error().message));
    const auto copy = openStore(target(), OpenMode::ReadOnly);
    QVERIFY(copy.ok());
    const auto before = own.readLog(1, 30);
    const auto after = (*copy)->readLog(1, 30);
    QVERIFY(before.ok() && after.ok());
    QCOMPARE(after->size(), before->size());
    for (qsizetype i = 0; i < before->size(); ++i)
        QCOMPARE(after->at(i).data, before->at(i).data);
}

void tst_RepairStore::nothingIsOverwritten()
{
    for (const char* suffix : { "", "-wal", ".head" }) {
        const QString there = target() + QLatin1String(suffix);
        QFile file(there);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        file.close();
        QVERIFY(repair().error.contains(there));
        QCOMPARE(read(there), QByteArray("mine"));
        QVERIFY(file.remove());
    }
    QCOMPARE(repair().error, QString());
    QVERIFY(!repair().error.isEmpty());
}

void tst_RepairStore::aCancelLeavesNoFile()
{
    const CancelToken cancel;
    cancel.cancel();
    QVERIFY(!repair(cancel).error.isEmpty());
    const QStringList left = QDir(m_folder->path()).entryList(QDir::Files);
    QCOMPARE(
        left, QStringList({ QStringLiteral("a.eventlog"), QStringLiteral("a.eventlog.head") }));
}

/// Somebody has put a store of theirs in the place of the one that was made.
void tst_RepairStore::aCancelLeavesWhatOthersMade()
{
    QCOMPARE(tamper(path(), "UPDATE event SET data = '{}' WHERE position = 17"), QString());
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store);
    const CancelToken cancel;
    const QString theirs = m_folder->filePath(QStringLiteral("theirs.eventlog"));
    QVERIFY(openStore(theirs, OpenMode::Create));
    const auto summary = repairStore(**store, target(), {}, cancel, [&](const RepairNote&) {
        if (QFile::rename(target(), m_folder->filePath(QStringLiteral("away.eventlog"))))
            QFile::rename(theirs, target());
        cancel.cancel();
    });
    QVERIFY(!summary);
    QCOMPARE(summary.error().code, ErrorCode::Cancelled);
    QVERIFY(QFile::exists(target()));
    QVERIFY(openStore(target(), OpenMode::ReadOnly));
}

QTEST_GUILESS_MAIN(tst_RepairStore)
#include "tst_repairstore.moc"
