#include "store/repairstore.h"
#include "support/storefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

constexpr int events = 2000;
constexpr qint64 pageSize = 8192;

} // namespace

/// A store whose file ends early, as a copy does that was cut off.
class tst_CutStore final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void whatIsThereIsReadAndRepaired_data();
    void whatIsThereIsReadAndRepaired();
    void aPartOfAPageIsDamageAsAnyOther();
    void tablesThatAreOthersAreNamed_data();
    void tablesThatAreOthersAreNamed();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    void cut(qint64 bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_CutStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), events);
}

void tst_CutStore::cut(qint64 bytes) const
{
    QVERIFY(QFile::resize(path(), QFileInfo(path()).size() - bytes));
}

void tst_CutStore::whatIsThereIsReadAndRepaired_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<OpenMode>("mode");
    for (const int pages : { 1, 3, 10, 25 }) {
        QTest::addRow("%d pages, to read", pages) << pages * pageSize << OpenMode::ReadOnly;
        QTest::addRow("%d pages, to write", pages) << pages * pageSize << OpenMode::ReadWrite;
    }
    QTest::newRow("a page and a half") << pageSize * 3 / 2 << OpenMode::ReadWrite;
}

void tst_CutStore::whatIsThereIsReadAndRepaired()
{
    QFETCH(qint64, bytes);
    QFETCH(OpenMode, mode);
    cut(bytes);
    const QByteArray before = contentOf(path());
    qint64 faults = 0;
    RepairSummary summary;
    {
        const auto store = openStore(path(), mode);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
        QVERIFY2((*store)->openingFault().contains(
                     QStringLiteral("%1 bytes are missing").arg(bytes)),
            qPrintable((*store)->openingFault()));
        QVERIFY(!(*store)->readOnlyReason().isEmpty());
        const auto appended = appendOne(**store, QStringLiteral("s"));
        QVERIFY(!appended.ok());
        QCOMPARE(appended.error().code, ErrorCode::ReadOnly);
        QVERIFY((*store)->verify(
            CancelToken(), [](Position) {}, [&](const StoreFault&) { ++faults; }));
        const auto repaired
            = repairStore(**store, m_folder->filePath(QStringLiteral("b.eventlog")), {},
                CancelToken(), [](const RepairNote&) {});
        QVERIFY2(repaired.ok(), repaired ? "" : qPrintable(repaired.error().message));
        summary = *repaired;
    }
    QVERIFY(faults > 0);
    QCOMPARE(contentOf(path()), before);
    const auto repaired
        = openStore(m_folder->filePath(QStringLiteral("b.eventlog")), OpenMode::ReadOnly);
    QCOMPARE(*(*repaired)->head(), summary.copied);
    QVERIFY(summary.copied > events / 4);
    const auto log = (*repaired)->readLog(1, events);
    for (qsizetype i = 0; i < log->size(); ++i)
        QCOMPARE(log->at(i).data, "{\"n\":" + QByteArray::number(i + 1) + "}");
}

void tst_CutStore::aPartOfAPageIsDamageAsAnyOther()
{
    cut(100);
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store.ok());
    qint64 faults = 0;
    QVERIFY((*store)->verify(
        CancelToken(), [](Position) {}, [&](const StoreFault&) { ++faults; }));
    QVERIFY(faults > 0);
}

void tst_CutStore::tablesThatAreOthersAreNamed_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << QByteArray("DROP TRIGGER event_is_not_updated")
                             << QStringLiteral("trigger event_is_not_updated is missing");
    QTest::newRow("more") << QByteArray("CREATE TABLE x(y)")
                          << QStringLiteral("table x is none of its own");
    QTest::newRow("others") << QByteArray("ALTER TABLE category ADD COLUMN more TEXT")
                            << QStringLiteral("table category is another one");
}

void tst_CutStore::tablesThatAreOthersAreNamed()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, reason);
    QCOMPARE(runSql(path(), sql), QString());
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(!store.ok());
    QVERIFY2(store.error().message.contains(reason), qPrintable(store.error().message));
}

QTEST_GUILESS_MAIN(tst_CutStore)
#include "tst_cutstore.moc"
