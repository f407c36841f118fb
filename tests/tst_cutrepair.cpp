#include "store/repairstore.h"
#include "store/sqliteeventstore.h"
#include "support/storecontract.h"
#include "support/storefiles.h"
#include "support/treepages.h"
#include "support/walframes.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <memory>

using namespace eventloupe;

namespace {

constexpr int events = 3000;

} // namespace

/// Of a loaded store whose file was cut off, all is repaired that stands before the cut.
class tst_CutRepair final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aCutBeforeAnIndexLosesNoMore_data();
    void aCutBeforeAnIndexLosesNoMore();
    void anIndexFarAwayMakesNoLargeCopy();
    void aCutLoadHasTheNamesOfItsEvents_data();
    void aCutLoadHasTheNamesOfItsEvents();

private:
    struct Outcome {
        RepairSummary summary;
        QString error;
    };
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QString target() const { return m_folder->filePath(QStringLiteral("b.eventlog")); }
    static QList<Event> eventsOf(const QString& path);
    Outcome repair() const;
    /// What was copied is the begin of what was there, and without a fault.
    void compare(const QList<Event>& before, qint64 copied) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

QList<Event> tst_CutRepair::eventsOf(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    return store ? (*store)->readLog(1, 2 * events).value() : QList<Event>();
}

tst_CutRepair::Outcome tst_CutRepair::repair() const
{
    const QByteArray before = contentOf(path());
    Result<RepairSummary> summary = Error {};
    {
        const auto store = openStore(path(), OpenMode::ReadOnly);
        if (!store)
            return { {}, store.error().message };
        summary = repairStore(**store, target(), {}, {}, [](const RepairNote&) {});
    }
    if (!summary)
        return { {}, summary.error().message };
    return { *summary, contentOf(path()) == before ? QString() : QStringLiteral("it was changed") };
}

void tst_CutRepair::compare(const QList<Event>& before, qint64 copied) const
{
    const QList<Event> after = eventsOf(target());
    QCOMPARE(after.size(), copied);
    for (qsizetype i = 0; i < after.size(); ++i) {
        QCOMPARE(after.at(i).stream, before.at(i).stream);
        QCOMPARE(after.at(i).version, before.at(i).version);
        QCOMPARE(after.at(i).id + after.at(i).type, before.at(i).id + before.at(i).type);
        QCOMPARE(after.at(i).data, before.at(i).data);
    }
    QCOMPARE(
        StoreContract::faults(*openStore(target(), OpenMode::ReadOnly).value()), QStringList());
}

void tst_CutRepair::aCutBeforeAnIndexLosesNoMore_data()
{
    QTest::addColumn<QByteArray>("index"); // Which the cut file ends before.
    QTest::addColumn<bool>("isRootLost");
    QTest::addColumn<bool>("hasHead");
    for (const bool hasHead : { true, false }) {
        const char* const with = hasHead ? "" : ", no head file";
        for (const char* index : { "event_type_position", "event_stream", "stream_name" }) {
            const QByteArray name(index);
            QTest::addRow("%s%s", index, with) << name << true << hasHead;
            QTest::addRow("%s, no root lost%s", index, with) << name << false << hasHead;
        }
    }
}

/// A first load puts the indexes at the file's end.
void tst_CutRepair::aCutBeforeAnIndexLosesNoMore()
{
    QFETCH(QByteArray, index);
    QFETCH(bool, isRootLost);
    QFETCH(bool, hasHead);
    makeStoreFile(path(), events);
    const QList<Event> before = eventsOf(path());
    const QByteArray file = contentOf(path());
    const TreePages tree(file, rootOf(path(), "event"));
    const int end = rootOf(path(), index);
    QVERIFY(*std::ranges::max_element(tree.leaves) < end);
    writeContent(path(), file.first(tree.at(end)));
    if (isRootLost)
        erasePages(path(), { tree.inner.front() });
    if (!hasHead)
        QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.notSought, QString());
    QCOMPARE(outcome.summary.copied, events);
    QVERIFY(outcome.summary.isWhole());
    compare(before, events);
}

/// As a hostile file may say, with a size that fits.
void tst_CutRepair::anIndexFarAwayMakesNoLargeCopy()
{
    makeStoreFile(path(), events);
    const QList<Event> before = eventsOf(path());
    const int root = rootOf(path(), "event");
    QCOMPARE(runSql(path(),
                 "PRAGMA writable_schema=ON;"
                 "UPDATE sqlite_schema SET rootpage = 2147483646 WHERE name = 'event_id'"),
        QString());
    QByteArray file = contentOf(path());
    qToBigEndian(quint32 { 2147483646 }, file.data() + 28);
    file.replace(92, 4, file.mid(24, 4));
    writeContent(path(), file);
    erasePages(path(), { root });
    {
        const auto store = SqliteEventStore::open(path(), OpenMode::ReadOnly);
        QVERIFY(store.ok());
        const auto copy
            = dynamic_cast<SqliteEventStore&>(**store).mendTrees(events, target(), {}, {});
        QVERIFY(copy.ok() && *copy);
        QVERIFY(QFileInfo((*copy)->path()).size() < 2 * file.size());
    }
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.notSought, QString());
    QVERIFY(outcome.summary.isWhole());
    compare(before, events);
}

void tst_CutRepair::aCutLoadHasTheNamesOfItsEvents_data()
{
    QTest::addColumn<int>("loads");
    QTest::addColumn<int>("percent"); // Of the file that are left.
    QTest::addColumn<bool>("hasHead");
    for (const bool hasHead : { true, false })
        for (const int percent : { 20, 40, 60, 80 })
            for (const int loads : { 1, 2 })
                QTest::addRow("%d loads, %d percent%s", loads, percent,
                    hasHead ? "" : ", no head file")
                    << loads << percent << hasHead;
}

/// Streams are born all along the log, as they are in most.
void tst_CutRepair::aCutLoadHasTheNamesOfItsEvents()
{
    QFETCH(int, loads);
    QFETCH(int, percent);
    QFETCH(bool, hasHead);
    constexpr int nameSize = 200; // About 36 streams a page.
    constexpr int streamSize = 8;
    for (int load = 0; load < loads; ++load) {
        const auto store = openStore(path(), OpenMode::Create);
        QVERIFY(store.ok());
        const auto bulk = (*store)->beginBulk();
        for (int i = load * events / loads; i < (load + 1) * events / loads; ++i) {
            const NewEvent event { QStringLiteral("E"),
                "{\"t\":\"" + QByteArray(100, 'x') + "\"}", "{}", { i },
                QStringLiteral("id-%1").arg(i) };
            // One of each ten events in a stream that is as long as the log.
            const int stream = i % 10 == 0 ? 1'000'000 : i / streamSize;
            const QString name = QStringLiteral("s%1-%2-").arg(stream % 3).arg(stream);
            QVERIFY((*bulk)->add(name + QString(nameSize, u'n'), event));
        }
        QVERIFY((*bulk)->commit({}));
    }
    const QList<Event> before = eventsOf(path());
    QCOMPARE(before.size(), events);
    const QByteArray file = contentOf(path());
    const TreePages tree(file, rootOf(path(), "event"));
    const int pages = static_cast<int>(file.size() / storePageSize) * percent / 100;
    writeContent(path(), file.first(pages * storePageSize));
    if (!hasHead)
        QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
    qint64 there = 0;
    for (const int leaf : tree.leaves)
        there += leaf <= pages ? tree.cells(leaf) : 0;
    QVERIFY(there > events * percent / 200);
    QVERIFY(percent > 40 || there < events);
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.notSought, QString());
    // A page of streams may be lost that names events before it.
    const qint64 least = there - streamSize * storePageSize / nameSize;
    QVERIFY2(outcome.summary.copied >= least,
        qPrintable(QStringLiteral("%1 of %2").arg(outcome.summary.copied).arg(there)));
    QCOMPARE(outcome.summary.isWhole(), outcome.summary.copied == events);
    if (hasHead)
        QCOMPARE(outcome.summary.copied + outcome.summary.leftOut, events);
    // Streams that are lost may leave out events between those that are there.
    if (outcome.summary.copied >= there - streamSize)
        compare(before, outcome.summary.copied);
    QCOMPARE(
        StoreContract::faults(*openStore(target(), OpenMode::ReadOnly).value()), QStringList());
}

QTEST_GUILESS_MAIN(tst_CutRepair)
#include "tst_cutrepair.moc"
