#include "store/repairstore.h"
#include "store/sqliteeventstore.h"
#include "support/filesizelimit.h"
#include "support/storecontract.h"
#include "support/storefiles.h"
#include "support/treepages.h"
#include "support/walframes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <memory>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int events = 3000;
constexpr int streams = 300;
} // namespace

/// Of a store that has lost pages above others, all is repaired that is on pages which are there.
class tst_RepairTree final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void lostInnerPagesLoseNothing_data();
    void lostInnerPagesLoseNothing();
    void lostLeavesAreAllThatIsLost();
    void aCutFileGivesAllItsLeaves();
    void aStaleLeafIsNotTaken();
    void whatTheLogHoldsIsThere();
    void aSoundStoreIsNotCopied();
    void aDamagedLeafNeedsNoMend();
    void theCopyIsPrivateAndGoesAway();
    void aCancelLeavesNoCopy();
    void withoutRoomForTheCopyItGoesOn();

private:
    struct Outcome {
        RepairSummary summary;
        qint64 told = 0; ///< Events that notes of what was left out are about.
        QString error;
    };
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QString target() const { return m_folder->filePath(QStringLiteral("b.eventlog")); }
    static QList<Event> eventsOf(const QString& path);
    void make(int payload = 10) const;
    /// Repairs, and looks after what may not be touched and may not be left.
    Outcome repair() const;
    /// Compares what was copied with the events before, less those at some positions.
    void compare(const QList<Event>& before, const QList<Position>& lost = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_RepairTree::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

/// All streams are named by the first events.
void tst_RepairTree::make(int payload) const
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store.ok());
    const auto bulk = (*store)->beginBulk();
    for (int i = 1; i <= events; ++i) {
        const NewEvent event { QStringLiteral("E%1").arg(i % 7),
            "{\"n\":" + QByteArray::number(i) + ",\"t\":\"" + QByteArray(payload, 'x') + "\"}",
            "{}", { i }, QStringLiteral("id-%1").arg(i) };
        QVERIFY((*bulk)->add(QStringLiteral("s%1-%2").arg(i % 5).arg(i % streams), event));
    }
    QVERIFY((*bulk)->commit({}));
}

QList<Event> tst_RepairTree::eventsOf(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    return store ? (*store)->readLog(1, 2 * events).value() : QList<Event>();
}

tst_RepairTree::Outcome tst_RepairTree::repair() const
{
    Outcome outcome;
    const QByteArray before = contentOf(path());
    const QDir folder(m_folder->path());
    QStringList files { QStringLiteral("b.eventlog"), QStringLiteral("b.eventlog.head") };
    {
        const auto store = openStore(path(), OpenMode::ReadOnly);
        if (!store)
            return { {}, 0, store.error().message };
        files += folder.entryList(QDir::Files);
        const auto summary = repairStore(**store, target(), {}, {}, [&](const RepairNote& note) {
            if (note.kind == RepairNote::Kind::LeftOut)
                outcome.told += note.last - note.position + 1;
        });
        if (summary)
            outcome.summary = *summary;
        else
            outcome.error = summary.error().message;
    }
    if (contentOf(path()) != before)
        outcome.error += QStringLiteral("the store was changed");
    for (const QString& file : folder.entryList(QDir::Files))
        if (!files.contains(file))
            outcome.error += file + QStringLiteral(" was left");
    return outcome;
}

void tst_RepairTree::compare(const QList<Event>& before, const QList<Position>& lost) const
{
    QList<Event> expected;
    for (const Event& event : before)
        if (!lost.contains(event.position))
            expected.append(event);
    const QList<Event> copied = eventsOf(target());
    QCOMPARE(copied.size(), expected.size());
    for (qsizetype i = 0; i < copied.size(); ++i) {
        QCOMPARE(copied.at(i).stream, expected.at(i).stream);
        QCOMPARE(copied.at(i).type + copied.at(i).id, expected.at(i).type + expected.at(i).id);
        QCOMPARE(copied.at(i).time, expected.at(i).time);
        QCOMPARE(copied.at(i).data, expected.at(i).data);
        QCOMPARE(copied.at(i).metadata, expected.at(i).metadata);
    }
    QCOMPARE(
        StoreContract::faults(*openStore(target(), OpenMode::ReadOnly).value()), QStringList());
}

void tst_RepairTree::lostInnerPagesLoseNothing_data()
{
    QTest::addColumn<int>("pageSize");
    QTest::addColumn<int>("reserved");
    QTest::addColumn<QByteArrayList>("tables");
    QTest::addColumn<bool>("isRoot"); ///< Else an inner page below it, the second one.
    QTest::addColumn<int>("payload");
    const auto row = [](const char* name, int size, int reserved, const QByteArrayList& names,
                         bool isRoot, int payload) {
        QTest::newRow(name) << size << reserved << names << isRoot << payload;
    };
    row("root", 512, 0, { "event" }, true, 10);
    row("inner page", 512, 0, { "event" }, false, 10);
    row("root of the streams", 512, 0, { "stream" }, true, 10);
    row("root of all", 512, 0, { "event", "stream" }, true, 10);
    row("with bytes that are reserved", 512, 32, { "event", "stream" }, true, 10);
    row("with payloads on pages of their own", 512, 16, { "event", "stream" }, true, 1500);
    row("pages of 1024", 1024, 0, { "event" }, false, 100);
    row("as stores are made", 8192, 0, { "event" }, true, 10);
    row("pages of 32768", 32768, 0, { "event" }, true, 300);
}

void tst_RepairTree::lostInnerPagesLoseNothing()
{
    QFETCH(int, pageSize);
    QFETCH(int, reserved);
    QFETCH(QByteArrayList, tables);
    QFETCH(bool, isRoot);
    QFETCH(int, payload);
    make(payload);
    setPageSize(path(), pageSize, reserved);
    const QList<Event> before = eventsOf(path());
    const QByteArray file = contentOf(path());
    QCOMPARE(pageSizeOf(file), pageSize);
    QCOMPARE(int { file.at(20) }, reserved);
    for (const QByteArray& table : tables) {
        const TreePages tree(file, rootOf(path(), table));
        QVERIFY(!tree.inner.empty());
        if (pageSize == 512 && table == "event")
            QVERIFY(tree.depth >= 3);
        if (!isRoot)
            QVERIFY(tree.inner.size() > 1);
        for (const char with : { '\0', '\xff' }) {
            writeContent(path(), file);
            erasePages(path(), { tree.inner.at(isRoot ? 0 : 1) }, with);
            const auto outcome = repair();
            QCOMPARE(outcome.error, QString());
            QCOMPARE(outcome.summary.copied, events);
            QVERIFY(outcome.summary.isWhole());
            QCOMPARE(outcome.summary.notSought, QString());
            compare(before);
            QVERIFY(QFile::remove(target()) && QFile::remove(target() + QStringLiteral(".head")));
        }
    }
}

/// Of the tables' trees nothing is left but leaves, and some of these are lost.
void tst_RepairTree::lostLeavesAreAllThatIsLost()
{
    make();
    setPageSize(path(), 512, 0);
    const QList<Event> before = eventsOf(path());
    const QByteArray file = contentOf(path());
    const TreePages tree(file, rootOf(path(), "event"));
    QVERIFY(tree.leaves.size() > 400);
    std::vector<int> pages = tree.inner;
    const auto streamPages = TreePages(file, rootOf(path(), "stream")).inner;
    pages.insert(pages.end(), streamPages.begin(), streamPages.end());
    QList<Position> lost;
    Position position = 1;
    for (std::size_t i = 0; i < tree.leaves.size(); ++i) {
        const bool isLost = i == 0 || i == 200 || i == 201 || i == tree.leaves.size() - 1;
        if (isLost)
            pages.push_back(tree.leaves[i]);
        for (int cell = 0; cell < tree.cells(tree.leaves[i]); ++cell, ++position)
            if (isLost)
                lost.append(position);
    }
    QCOMPARE(position, events + 1);
    erasePages(path(), pages);
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.copied, events - lost.size());
    QCOMPARE(outcome.summary.leftOut, lost.size());
    QCOMPARE(outcome.told, lost.size());
    compare(before, lost);
}

void tst_RepairTree::aCutFileGivesAllItsLeaves()
{
    make(3000); // one a page
    setPageSize(path(), 4096, 0);
    const QList<Event> before = eventsOf(path());
    const QByteArray file = contentOf(path());
    const TreePages tree(file, rootOf(path(), "event"));
    // The cut takes an inner page whose leaves stand before it as well.
    const int lastInner = *std::ranges::max_element(tree.inner);
    const auto streams = TreePages(file, rootOf(path(), "stream"));
    QVERIFY(*std::ranges::max_element(streams.leaves) < lastInner);
    writeContent(path(), file.first(tree.at(lastInner) + 100));
    QList<Position> lost;
    Position position = 1;
    for (const int leaf : tree.leaves)
        for (int cell = 0; cell < tree.cells(leaf); ++cell, ++position)
            if (leaf >= lastInner)
                lost.append(position);
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QVERIFY(lost.size() < events / 2);
    QCOMPARE(outcome.summary.copied, events - lost.size());
    QCOMPARE(outcome.summary.leftOut, lost.size());
    QCOMPARE(outcome.told, lost.size());
    compare(before, lost);
    QVERIFY(QFile::remove(target()) && QFile::remove(target() + QStringLiteral(".head")));
    // New pages of one table come where another one's are missing.
    writeContent(path(), file.first(tree.at(tree.leaves.back() - 2)));
    erasePages(path(), { streams.inner.at(0) });
    QCOMPARE(repair().summary.copied, events - 3);
    compare(before, { events - 2, events - 1, events });
}

/// A page that was given up may hold rows of an older state.
void tst_RepairTree::aStaleLeafIsNotTaken()
{
    make();
    setPageSize(path(), 512, 0);
    const QList<Event> before = eventsOf(path());
    QByteArray file = contentOf(path());
    const TreePages tree(file, rootOf(path(), "event"));
    const int root = tree.inner.front();
    for (const std::size_t leaf : { 3, 300 }) {
        QByteArray stale = file.mid(tree.at(tree.leaves.at(leaf)), 512);
        stale.replace("xxx", "yyy");
        stale[4] = static_cast<char>(stale.at(4) - 1); // a cell less
        file.append(stale);
    }
    qToBigEndian(static_cast<quint32>(file.size() / 512), file.data() + 28);
    writeContent(path(), file);
    for (const int page : { tree.inner.at(1), root }) {
        erasePages(path(), { page });
        const auto outcome = repair();
        QCOMPARE(outcome.error, QString());
        QVERIFY(outcome.summary.isWhole());
        compare(before);
        QVERIFY(QFile::remove(target()) && QFile::remove(target() + QStringLiteral(".head")));
    }
}

/// The newest events are in the -wal file alone.
void tst_RepairTree::whatTheLogHoldsIsThere()
{
    make();
    const QString log = path() + QStringLiteral("-wal");
    const int root = rootOf(path(), "event");
    QByteArray file;
    QByteArray content;
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**store, QStringLiteral("new-1")));
        file = contentOf(path());
        content = contentOf(log);
    }
    const QList<Event> before = eventsOf(path());
    QCOMPARE(before.size(), events + 1);
    writeContent(path(), file);
    writeContent(log, content);
    for (const WalFrame& frame : walFrames(content))
        QVERIFY(frame.page != root);
    erasePages(path(), { root });
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QVERIFY(outcome.summary.isWhole() && outcome.summary.copied == events + 1);
    QCOMPARE(contentOf(log), content);
    compare(before);
}

void tst_RepairTree::aSoundStoreIsNotCopied()
{
    make();
    const auto store = SqliteEventStore::open(path(), OpenMode::ReadOnly);
    const Progress progress;
    const auto mended
        = dynamic_cast<SqliteEventStore&>(**store).mendTrees(events, target(), progress, {});
    QVERIFY(mended.ok() && *mended == nullptr);
    QCOMPARE(progress.total(), 0); // of the pages of a copy
    QCOMPARE(repair().summary.copied, events);
}

/// The trees lead to all that is there: it is read as it is.
void tst_RepairTree::aDamagedLeafNeedsNoMend()
{
    make();
    const QByteArray file = contentOf(path());
    erasePages(path(), { TreePages(file, rootOf(path(), "event")).leaves.at(3) });
    {
        const auto store = SqliteEventStore::open(path(), OpenMode::ReadOnly);
        const auto mended
            = dynamic_cast<SqliteEventStore&>(**store).mendTrees(events, target(), {}, {});
        QVERIFY(mended.ok() && *mended == nullptr);
    }
    const auto outcome = repair();
    QCOMPARE(outcome.error, QString());
    QVERIFY(outcome.summary.leftOut > 0);
    QCOMPARE(outcome.summary.copied + outcome.summary.leftOut, events);
}

void tst_RepairTree::theCopyIsPrivateAndGoesAway()
{
    make();
    erasePages(path(), { rootOf(path(), "event") });
    const auto store = SqliteEventStore::open(path(), OpenMode::ReadOnly);
    const QStringList before = QDir(m_folder->path()).entryList(QDir::Files);
    {
        const auto copy
            = dynamic_cast<SqliteEventStore&>(**store).mendTrees(events, target(), {}, {});
        QVERIFY(copy.ok() && *copy);
        const QFileInfo made((*copy)->path());
        QCOMPARE(made.absolutePath(), QFileInfo(target()).absolutePath());
        const auto others
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(made.permissions() & others, QFile::Permissions());
        QCOMPARE(eventsOf(made.filePath()).size(), events);
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), before);
}

void tst_RepairTree::aCancelLeavesNoCopy()
{
    make();
    erasePages(path(), { rootOf(path(), "event") });
    const auto store = openStore(path(), OpenMode::ReadOnly);
    const QStringList before = QDir(m_folder->path()).entryList(QDir::Files);
    const CancelToken cancel;
    cancel.cancel();
    const auto summary = repairStore(**store, target(), {}, cancel, [](const RepairNote&) {});
    QVERIFY(!summary);
    QCOMPARE(summary.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), before);
}

/// What the damaged store's own trees lead to is repaired all the same: here, nothing.
void tst_RepairTree::withoutRoomForTheCopyItGoesOn()
{
#ifdef Q_OS_UNIX
    constexpr rlim_t room = 300'000; // enough for an empty store
    make(300);
    QVERIFY(QFileInfo(path()).size() > static_cast<qint64>(2 * room));
    erasePages(path(), { rootOf(path(), "event") });
    const auto outcome = [this] {
        const FileSizeLimit limit(room);
        return repair();
    }();
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.summary.copied, 0);
    QCOMPARE(outcome.told, events);
    QVERIFY2(outcome.summary.notSought.contains(QStringLiteral("room")),
        qPrintable(outcome.summary.notSought));
#else
    QSKIP("the size of files cannot be limited here");
#endif
}

QTEST_GUILESS_MAIN(tst_RepairTree)
#include "tst_repairtree.moc"
