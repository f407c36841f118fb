#include "exchange/copylog.h"
#include "support/foreignfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// Copies from and to the databases of other libraries.
class TestForeignCopy final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }

    /// A target that takes long to be counted is not taken for a short one meanwhile: all of the
    /// log is there, so that nothing has to be written.
    void waitsUntilTheTargetIsCounted()
    {
        const QTemporaryDir folder;
        const QString other = folder.filePath(QStringLiteral("other.db"));
        OtherProgram(other).run(emmettTables()
            + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
              " INSERT INTO emt_messages SELECT 'cart-' || (i % 7), (i - 1) / 7 + 1, 'global',"
              " 'E', '{}', '{}', '1', 'ADDED', 'id-' || i, 0, i, '2026-01-05 08:00:00' FROM n;");
        const QString own = folder.filePath(QStringLiteral("own.eventlog"));
        const auto copy = [](const QString& from, const QString& to) -> Result<CopySummary> {
            const auto store = openStore(from, OpenMode::ReadOnly);
            if (!store)
                return store.error();
            return copyLog(**store, { to, false, false, 0 }, Progress(), CancelToken());
        };
        QVERIFY(copy(other, own).ok());
        const auto back = copy(own, other);
        QVERIFY2(back.ok(), qPrintable(back ? QString() : back.error().message));
        QCOMPARE(back->skipped, 200'000);
    }
};

QTEST_GUILESS_MAIN(TestForeignCopy)
#include "tst_foreigncopy.moc"
