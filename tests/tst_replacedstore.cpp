#include "support/sqlitestrike.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

using namespace eventloupe;

namespace {

constexpr int held = 3; ///< In the store that is written to.
constexpr int heldByNew = 7;

NewEvent eventOf(const QString& id)
{
    return { QStringLiteral("E"), "{\"n\":1}", "{}", { 1 }, id };
}

void pointLink(const QString& link, const QString& target)
{
    std::filesystem::remove(link.toStdString());
    std::filesystem::create_symlink(target.toStdString(), link.toStdString());
}

} // namespace

/// A store in whose place another file is put while it is written to.
class tst_ReplacedStore final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_strike.arm({}, {}); }
    void appendIsNotAcknowledged_data();
    void appendIsNotAcknowledged();
    void repeatIsNotAcknowledged();
    void loadIsNotAcknowledged_data();
    void loadIsNotAcknowledged();
    void loadThatIsGivenUpLeavesTheLogBesideIt();
    void writesAreRefusedAfterwards_data();
    void writesAreRefusedAfterwards();
    void openingIsRefused();
    void writingGoesOnByTheSameFilesOtherName();

private:
    enum class Way { MovedOver, MovedAway, Link, LinkedFolder };
    static void addWays();
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    /// What a writer opens.
    QString location(Way way) const;
    /// Puts the new file, or nothing, in the place of what a writer opened.
    void replace(Way way) const;
    /// The new file as it was, and no older end of a log noted beside it.
    void compareNew(Way way) const;
    static void compareError(const Error& error, bool isCommitted);

    SqliteStrike m_strike;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_newHead;
};

void tst_ReplacedStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    for (const char* name : { "old", "new" })
        QVERIFY(QDir(m_folder->path()).mkdir(QLatin1String(name)));
    makeStoreFile(path("old/a.eventlog"), held);
    makeStoreFile(path("new/a.eventlog"), heldByNew);
    m_newHead = contentOf(path("new/a.eventlog.head"));
    QVERIFY(!m_newHead.isEmpty());
    pointLink(path("link.eventlog"), path("old/a.eventlog"));
    pointLink(path("folder"), path("old"));
}

QString tst_ReplacedStore::location(Way way) const
{
    switch (way) {
    case Way::Link:
        return path("link.eventlog");
    case Way::LinkedFolder:
        return path("folder/a.eventlog");
    default:
        return path("old/a.eventlog");
    }
}

void tst_ReplacedStore::replace(Way way) const
{
    const auto move = [this](const char* from, const char* to) {
        QCOMPARE(std::rename(qPrintable(path(from)), qPrintable(path(to))), 0);
    };
    switch (way) {
    case Way::MovedOver:
        move("new/a.eventlog", "old/a.eventlog");
        move("new/a.eventlog.head", "old/a.eventlog.head");
        break;
    case Way::MovedAway:
        move("old/a.eventlog", "old/away");
        break;
    case Way::Link:
        pointLink(path("link.eventlog"), path("new/a.eventlog"));
        break;
    case Way::LinkedFolder:
        pointLink(path("folder"), path("new"));
        break;
    }
}

void tst_ReplacedStore::compareNew(Way way) const
{
    const QString file = path(way == Way::MovedOver ? "old/a.eventlog" : "new/a.eventlog");
    QCOMPARE(contentOf(file + QStringLiteral(".head")), m_newHead);
    const auto store = openStore(file, OpenMode::ReadWrite);
    QVERIFY2(store, store ? "" : qPrintable(store.error().message));
    QCOMPARE((*store)->openingFault(), QString());
    QCOMPARE((*store)->readOnlyReason(), QString());
    QCOMPARE((*store)->head().value(), heldByNew);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

void tst_ReplacedStore::compareError(const Error& error, bool isCommitted)
{
    QCOMPARE(error.code, ErrorCode::InputOutput);
    const bool isSaid = error.message.contains(QStringLiteral("replaced or moved"));
    QVERIFY2(isSaid, qPrintable(error.message));
    QCOMPARE(error.message.contains(QStringLiteral("may be in the former file")), isCommitted);
}

void tst_ReplacedStore::addWays()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("at");
    for (const auto& [way, name] : { std::pair(Way::MovedOver, "moved over"),
             std::pair(Way::MovedAway, "moved away"), std::pair(Way::Link, "link"),
             std::pair(Way::LinkedFolder, "linked folder") })
        for (const char* at : { "BEGIN", "INSERT INTO event(", "COMMIT" })
            QTest::addRow("%s, %s", name, at) << way << QByteArray(at);
}

void tst_ReplacedStore::appendIsNotAcknowledged_data()
{
    addWays();
}

void tst_ReplacedStore::appendIsNotAcknowledged()
{
    QFETCH(Way, way);
    QFETCH(QByteArray, at);
    const bool isCommitted = at == "COMMIT";
    const QByteArray head = contentOf(path("old/a.eventlog.head"));
    {
        const auto store = openStore(location(way), OpenMode::ReadWrite);
        QVERIFY(store);
        m_strike.arm(at, [this, way] { replace(way); });
        const auto outcome = appendOne(**store, QStringLiteral("s"));
        QVERIFY(m_strike.isDone());
        QVERIFY(!outcome);
        compareError(outcome.error(), isCommitted);
    }
    if (way != Way::MovedOver)
        QCOMPARE(contentOf(path("old/a.eventlog.head")), head);
    // What was committed just then is in the log beside the name, from where SQLite gives it to the
    // file that has the name: nobody can tell whose it is.
    if (way == Way::MovedOver && isCommitted)
        QCOMPARE(contentOf(path("old/a.eventlog.head")), m_newHead);
    else
        compareNew(way);
    if (way == Way::Link || way == Way::LinkedFolder)
        QCOMPARE((*openStore(path("old/a.eventlog"), OpenMode::ReadOnly))->head().value(),
            isCommitted ? held + 1 : held);
}

/// What is said to be stored already is not in the new file.
void tst_ReplacedStore::repeatIsNotAcknowledged()
{
    const auto store = openStore(location(Way::MovedOver), OpenMode::ReadWrite);
    QVERIFY(store);
    const AppendRequest repeat { QStringLiteral("s-1"), ExpectedVersion::any(),
        { eventOf(QStringLiteral("id-1")) } };
    const auto before = (*store)->append(repeat);
    QVERIFY(before && std::get<Appended>(*before).wasStoredBefore);
    m_strike.arm("BEGIN", [this] { replace(Way::MovedOver); });
    const auto outcome = (*store)->append(repeat);
    QVERIFY(!outcome);
    compareError(outcome.error(), false);
}

void tst_ReplacedStore::loadIsNotAcknowledged_data()
{
    addWays();
}

void tst_ReplacedStore::loadIsNotAcknowledged()
{
    QFETCH(Way, way);
    QFETCH(QByteArray, at);
    const bool isCommitted = at == "COMMIT";
    for (const bool isEmpty : { false, true }) {
        init();
        if (isEmpty) {
            QVERIFY(QFile::remove(path("old/a.eventlog")));
            QVERIFY(QFile::remove(path("old/a.eventlog.head")));
            makeStoreFile(path("old/a.eventlog"), 0);
        }
        const QByteArray head = contentOf(path("old/a.eventlog.head"));
        {
            const auto store = openStore(location(way), OpenMode::ReadWrite);
            QVERIFY(store);
            m_strike.arm(at, [this, way] { replace(way); });
            const auto bulk = (*store)->beginBulk();
            QCOMPARE(bulk.ok(), at != "BEGIN");
            if (!bulk) {
                compareError(bulk.error(), false);
            } else {
                QVERIFY((*bulk)->add(QStringLiteral("s"), eventOf(QString())));
                const auto committed = (*bulk)->commit({});
                QVERIFY(!committed);
                compareError(committed.error(), isCommitted);
            }
        }
        if (way != Way::MovedOver)
            QCOMPARE(contentOf(path("old/a.eventlog.head")), head);
        if (way == Way::MovedOver && isCommitted)
            QCOMPARE(contentOf(path("old/a.eventlog.head")), m_newHead);
        else
            compareNew(way);
    }
}

/// What another process has written to the new file by then may be in that log alone.
void tst_ReplacedStore::loadThatIsGivenUpLeavesTheLogBesideIt()
{
    const auto store = openStore(location(Way::MovedOver), OpenMode::ReadWrite);
    QVERIFY(store);
    auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QVERIFY((*bulk)->add(QStringLiteral("s"), eventOf(QString())));
    replace(Way::MovedOver);
    const QString log = path("old/a.eventlog-wal");
    writeContent(log, "of the new file");
    QVERIFY(!(*bulk)->commit({}));
    bulk->reset();
    QCOMPARE(contentOf(log), QByteArray("of the new file"));
}

void tst_ReplacedStore::writesAreRefusedAfterwards_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("moved over") << Way::MovedOver;
    QTest::newRow("moved away") << Way::MovedAway;
    QTest::newRow("link") << Way::Link;
    QTest::newRow("linked folder") << Way::LinkedFolder;
}

void tst_ReplacedStore::writesAreRefusedAfterwards()
{
    QFETCH(Way, way);
    const auto store = openStore(location(way), OpenMode::ReadWrite);
    QVERIFY(store && appendOne(**store, QStringLiteral("s")));
    replace(way);
    m_strike.arm("BEGIN", [] { qFatal("the store was written to"); });
    const auto outcome = appendOne(**store, QStringLiteral("s"));
    QVERIFY(!outcome);
    compareError(outcome.error(), false);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(!bulk);
    compareError(bulk.error(), false);
}

/// A connection waits for a load's lock as long as some seconds.
void tst_ReplacedStore::openingIsRefused()
{
    m_strike.arm(
        "SELECT", [this] { pointLink(path("link.eventlog"), path("new/a.eventlog")); });
    const auto store = openStore(location(Way::Link), OpenMode::ReadWrite);
    QVERIFY(m_strike.isDone());
    QVERIFY(!store);
    compareError(store.error(), false);
}

void tst_ReplacedStore::writingGoesOnByTheSameFilesOtherName()
{
    const auto store = openStore(location(Way::Link), OpenMode::ReadWrite);
    QVERIFY(store && appendOne(**store, QStringLiteral("s")));
    pointLink(path("between.eventlog"), path("old/a.eventlog"));
    pointLink(path("link.eventlog"), path("between.eventlog"));
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), held + 2);
}

QTEST_GUILESS_MAIN(tst_ReplacedStore)
#include "tst_replacedstore.moc"
