#include "support/foreignfiles.h"

#include "foreign/foreignlog.h"
#include "foreign/sqliteforeigndatabase.h"
#include "foreign/storeprofiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace eventloupe;

namespace {

/// A database whose rows may become visible behind ones that are there, as PostgreSQL's do. What
/// was begun at a sighting has ended once `settled` has reached it.
class LateDatabase final : public ForeignDatabase {
public:
    LateDatabase(std::unique_ptr<ForeignDatabase> below, std::atomic<qint64>& settled)
        : m_below(std::move(below))
        , m_settled(settled)
    {
    }
    QString location() const override { return m_below->location(); }
    ForeignEngine engine() const override { return m_below->engine(); }
    Result<ForeignCatalog> catalog() override { return m_below->catalog(); }
    Result<void> select(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page) override
    {
        return m_below->select(sql, parameters, page);
    }
    Result<bool> hasChanged() override { return m_below->hasChanged(); }
    Result<qint64> aboutRows(const ForeignTable& table) override
    {
        return m_below->aboutRows(table);
    }
    bool commitsOutOfOrder() const override { return true; }
    Result<qint64> sighting() override { return ++m_sightings; }
    Result<bool> hasSettled(qint64 sighting) override { return sighting <= m_settled.load(); }
    const CancelToken* watch(const CancelToken* token) override { return m_below->watch(token); }
    void interrupt() override { m_below->interrupt(); }

private:
    std::unique_ptr<ForeignDatabase> m_below;
    std::atomic<qint64>& m_settled;
    qint64 m_sightings = 0;
};

QByteArray row(qint64 position)
{
    return emmettEvent(position, "s-1", position, "E");
}

} // namespace

/// Logs that grow, and such as change where they must not.
class tst_ForeignGrowth final : public QObject {
    Q_OBJECT

private slots:
    void aLinkIsReadWithTheLogOfItsFile();
    void initTestCase() { addForeignStores(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("shop.db"));
        m_writer = std::make_unique<OtherProgram>(m_path);
        m_writer->run("PRAGMA journal_mode=WAL;" + emmettTables());
    }
    void rowsBehindTheLastAreAdded();
    void lanesShareOneIndex();
    void gapsThatMayBeFilledAreWaitedAt();
    void rowsThatVanishAreNoticed();
    void replacedFilesAreNoticed();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<OtherProgram> m_writer;
};

void tst_ForeignGrowth::rowsBehindTheLastAreAdded()
{
    const auto store = openCounted(m_path);
    QCOMPARE(*store->head(), 0);
    m_writer->run(row(5) + row(6));
    QTRY_COMPARE(*store->head(), 2);
    QVERIFY(*store->hasChanged());
    QVERIFY(!*store->hasChanged());
    // With a gap, as sequences leave them: ranks stay dense.
    m_writer->run(row(40));
    QTRY_COMPARE(*store->head(), 3);
    QCOMPARE(store->readLog(3, 1)->value(0).origin, QByteArray("{\"position\":40,\"version\":40}"));
    QCOMPARE(*store->versionAt(1, 3), 3);
    QVERIFY(!store->counting().isUnderWay);
}

void tst_ForeignGrowth::lanesShareOneIndex()
{
    m_writer->run(row(1));
    const auto store = openCounted(m_path);
    const auto other = openStore(m_path, OpenMode::ReadOnly);
    QVERIFY(other.ok());
    QCOMPARE(*(*other)->head(), 1);
    QVERIFY(store->identity() == (*other)->identity());
    m_writer->run(row(2));
    QTRY_COMPARE(*store->head(), 2);
    QCOMPARE(*(*other)->head(), 2);
}

void tst_ForeignGrowth::gapsThatMayBeFilledAreWaitedAt()
{
    m_writer->run(row(1) + row(2));
    // What was there before the first look is final.
    std::atomic<qint64> settled { 1 };
    const auto open = [this, &settled]() -> Result<std::unique_ptr<ForeignDatabase>> {
        auto below = SqliteForeignDatabase::open(m_path);
        if (!below)
            return below.error();
        return std::unique_ptr<ForeignDatabase>(
            std::make_unique<LateDatabase>(std::move(*below), settled));
    };
    const auto database = open();
    QVERIFY(database.ok());
    auto stores = recogniseStores(**database, m_path);
    QVERIFY(stores.ok());
    ForeignLog log(stores->stores.front(), ForeignEngine::Sqlite, open);
    QTRY_COMPARE(log.index().head(), 2);
    m_writer->run(row(4));
    // Nothing behind the gap, however long it takes.
    QTest::qWait(300);
    QCOMPARE(log.index().head(), 2);
    // The late one comes, and all take their ranks in order.
    m_writer->run(row(3));
    settled = 2;
    QTRY_COMPARE(log.index().head(), 4);
    QCOMPARE(log.index().placeOf(3).key, ForeignKey { qint64(3) });
    // A gap that nobody can fill any more is passed.
    m_writer->run(row(9));
    QTest::qWait(300);
    QCOMPARE(log.index().head(), 4);
    settled = 1000;
    QTRY_COMPARE(log.index().head(), 5);
    QVERIFY(log.staleReason().isEmpty());
}

void tst_ForeignGrowth::rowsThatVanishAreNoticed()
{
    m_writer->run(row(1) + row(2) + row(3));
    const auto store = openCounted(m_path);
    m_writer->run("DELETE FROM emt_messages WHERE global_position = 2");
    const auto read = store->readLog(2, 1);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::InputOutput);
    QVERIFY2(read.error().message.contains(QStringLiteral("open it again")),
        qPrintable(read.error().message));
    QVERIFY(!store->head().ok());
    // Opened again, it is counted anew.
    const auto again = openCounted(m_path);
    QCOMPARE(*again->head(), 2);
}

void tst_ForeignGrowth::replacedFilesAreNoticed()
{
    m_writer->run(row(1));
    const auto store = openCounted(m_path);
    m_writer.reset();
    QVERIFY(QFile::rename(m_path, m_path + QStringLiteral(".old")));
    OtherProgram other(m_path);
    other.run(emmettTables());
    QTRY_VERIFY(!store->counting().fault.isEmpty());
    QVERIFY2(store->counting().fault.contains(QStringLiteral("replaced")),
        qPrintable(store->counting().fault));
}

/// SQLite's log is beside the file, and not beside the link.
void tst_ForeignGrowth::aLinkIsReadWithTheLogOfItsFile()
{
    const QTemporaryDir home;
    const QTemporaryDir elsewhere;
    const QString path = home.filePath(QStringLiteral("shop.db"));
    const QString link = elsewhere.filePath(QStringLiteral("link.db"));
    OtherProgram writer(path);
    writer.run("PRAGMA journal_mode=WAL;" + emmettTables() + row(1));
    writer.run("PRAGMA wal_checkpoint(TRUNCATE);" + row(2));
    QVERIFY(QFile::link(path, link));
    QCOMPARE(*openCounted(path)->head(), 2);
    QCOMPARE(*openCounted(link)->head(), 2);
}

QTEST_GUILESS_MAIN(tst_ForeignGrowth)
#include "tst_foreigngrowth.moc"
