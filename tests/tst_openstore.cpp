#include "store/openstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// Which kind of store a location opens as.
class tst_OpenStore : public QObject {
    Q_OBJECT

private slots:
    void kindsAreAskedBeforeFiles();
    void whatNothingClaimsIsNoStore();
};

void tst_OpenStore::kindsAreAskedBeforeFiles()
{
    int asked = 0;
    addStoreKind({ QStringLiteral("teapot"),
        [](const QString& location) { return location.startsWith(QStringLiteral("teapot://")); },
        [&asked](const QString& location, OpenMode) -> Result<std::unique_ptr<EventStore>> {
            ++asked;
            return Error { ErrorCode::Unsupported, location };
        } });
    addStoreKind({ QStringLiteral("teapot"), [](const QString&) { return true; }, {} });

    const auto teapot = openStore(QStringLiteral("teapot://kettle"), OpenMode::ReadOnly);
    QVERIFY(!teapot);
    QCOMPARE(teapot.error().message, QStringLiteral("teapot://kettle"));
    QCOMPARE(asked, 1);

    const QTemporaryDir folder;
    const auto file = openStore(folder.filePath(QStringLiteral("a.eventlog")), OpenMode::Create);
    QVERIFY(file);
    QCOMPARE(asked, 1);
}

void tst_OpenStore::whatNothingClaimsIsNoStore()
{
    const auto store = openStore(QStringLiteral("kettle://teapot"), OpenMode::ReadOnly);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::Unsupported);
    QVERIFY(store.error().message.contains(QStringLiteral("kettle://teapot")));
}

QTEST_GUILESS_MAIN(tst_OpenStore)
#include "tst_openstore.moc"
