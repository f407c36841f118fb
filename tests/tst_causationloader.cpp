#include "causation/causationloader.h"
#include "support/clientjobs.h"

using namespace eventloupe;

class TestCausationLoader final : public QObject, private ClientJobs {
    Q_OBJECT

private slots:
    void init();
    void showsATree();
    void keepsTreesAndReadsOnlyWhatCame();
    void keepsWhatWasFoundWhenCancelled();
    void tellsFailures();
    void forgetsWithTheStore();

private:
    void append(const char* correlation, int count);
    [[nodiscard]] bool isDone() const { return !m_loader->status().isRunning; }

    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<CausationLoader> m_loader;
};

void TestCausationLoader::init()
{
    m_loader.reset();
    m_client = std::make_unique<StoreClient>();
    renew();
    open(*m_client);
    m_loader = std::make_unique<CausationLoader>(*m_client);
}

void TestCausationLoader::append(const char* correlation, int count)
{
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    const auto before = *(*store)->head();
    for (int i = 0; i < count; ++i) {
        auto event = makeEvent("E");
        event.metadata = QByteArray(R"({"correlationId":")") + correlation + R"("})";
        QVERIFY((*store)->append({ QStringLiteral("s-1"), ExpectedVersion::any(), { event } }));
    }
    m_client->checkForGrowth();
    QTRY_COMPARE(m_client->head(), before + count);
}

void TestCausationLoader::showsATree()
{
    append("a", 2);
    append("b", 1);
    QSignalSpy changed(m_loader.get(), &CausationLoader::treeChanged);
    m_loader->showEvent(1);
    QVERIFY(m_loader->status().isRunning);
    QTRY_VERIFY(isDone());
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(2));
    QCOMPARE(m_loader->status().correlation, QByteArray("a"));
    QVERIFY(!m_loader->status().condition.isEmpty());
    QVERIFY(!m_loader->status().isCut);
    QVERIFY(!changed.isEmpty());
    m_loader->showCorrelation("b");
    QTRY_VERIFY(isDone());
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(1));
}

void TestCausationLoader::keepsTreesAndReadsOnlyWhatCame()
{
    append("a", 3);
    m_loader->showEvent(1);
    QTRY_VERIFY(isDone());
    m_loader->clear();
    m_loader->showEvent(2);
    QVERIFY(isDone());
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(3));
    append("a", 2);
    m_loader->showEvent(3);
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(3));
    QVERIFY(!isDone());
    QTRY_VERIFY(isDone());
    QCOMPARE(m_loader->status().total, 2);
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(5));
}

void TestCausationLoader::keepsWhatWasFoundWhenCancelled()
{
    append("a", 1);
    const auto occupied = occupy(*m_client, background);
    QVERIFY(m_started.tryAcquire(1, 5000));
    m_loader->showEvent(1);
    m_loader->cancel();
    QVERIFY(isDone());
    QVERIFY(m_loader->status().isCut);
    occupied.cancel();
    m_loader->showEvent(1);
    QTRY_VERIFY(isDone());
    QVERIFY(!m_loader->status().isCut);
    QCOMPARE(m_loader->tree()->events().size(), std::size_t(1));
}

void TestCausationLoader::tellsFailures()
{
    QSignalSpy failed(m_loader.get(), &CausationLoader::failed);
    m_loader->showEvent(9);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(isDone());
}

void TestCausationLoader::forgetsWithTheStore()
{
    append("a", 1);
    m_loader->showEvent(1);
    QTRY_VERIFY(isDone());
    m_client->close();
    QTRY_VERIFY(m_loader->tree()->events().empty());
    QVERIFY(m_loader->status().correlation.isEmpty());
}

QTEST_GUILESS_MAIN(TestCausationLoader)
#include "tst_causationloader.moc"
