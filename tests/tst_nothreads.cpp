#include "exchange/importer.h"
#include "postgres/postgresconnection.h"
#include "support/foreignfiles.h"
#include "support/nothreads.h"
#include "support/postgresserver.h"
#include "support/scratchstore.h"
#include "support/textfile.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace eventloupe;
using namespace std::chrono_literals;

/// What needs a thread where the system gives none: it fails and says so, and the program goes on.
class tst_NoThreads final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!NoThreads::isPossible())
            QSKIP("threads have to be seen by the sanitizer");
        addForeignStores();
    }
    void anotherLibrarysStoreIsNotCounted();
    void aFileIsNotImported();
    void aCancelIsNotSent();
};

void tst_NoThreads::anotherLibrarysStoreIsNotCounted()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + emmettEvent(1, "cart-1", 1, "ADDED"));
    }
    {
        const NoThreads none;
        const auto store = openStore(path, OpenMode::ReadOnly);
        QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
        QVERIFY(!(*store)->counting().isUnderWay);
        QVERIFY2((*store)->counting().fault.contains(QStringLiteral("no further thread")),
            qPrintable((*store)->counting().fault));
        const auto head = (*store)->head();
        QVERIFY(!head && head.error().message.contains(QStringLiteral("no further thread")));
    }
    QCOMPARE(openCounted(path)->head().value(), 1);
}

void tst_NoThreads::aFileIsNotImported()
{
    const ScratchStore store;
    TextFiles files;
    ImportRequest request;
    request.file = files.write(QStringLiteral("a.ndjson"), R"({"stream":"a-1","type":"A"})");
    {
        const NoThreads none;
        const auto imported = importFile(*store, request, Progress(), CancelToken());
        QVERIFY(!imported);
        QVERIFY2(imported.error().message.contains(QStringLiteral("no further thread")),
            qPrintable(imported.error().message));
    }
    QCOMPARE(store->head().value(), 0);
    QVERIFY(importFile(*store, request, Progress(), CancelToken()));
}

/// The session is given up then, as that of a server that does not answer.
void tst_NoThreads::aCancelIsNotSent()
{
    const PostgresServer server;
    QVERIFY2(server.failure().isEmpty(), qPrintable(server.failure()));
    PostgresOptions options;
    options.address = *PostgresAddress::parse(server.location(QStringLiteral("public")));
    const auto connection = PostgresConnection::open(options);
    QVERIFY(connection);
    const CancelToken cancel;
    (*connection)->watch(&cancel);
    std::thread canceller([&cancel] {
        std::this_thread::sleep_for(100ms);
        cancel.cancel();
    });
    const NoThreads none;
    const auto slept = (*connection)->query("SELECT pg_sleep(20)");
    canceller.join();
    QVERIFY(!slept);
    QCOMPARE(slept.error().code, ErrorCode::Cancelled);
    QVERIFY((*connection)->isBroken());
}

QTEST_GUILESS_MAIN(tst_NoThreads)
#include "tst_nothreads.moc"
