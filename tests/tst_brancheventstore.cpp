#include "branch/brancheventstore.h"

#include "support/storecontract.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// The contract of every store, on a branch of an empty log.
class tst_BranchEventStore final : public StoreContract {
    Q_OBJECT

protected:
    Store makeStore() override
    {
        addBranchKind();
        const QString path = m_folder.filePath(QStringLiteral("%1.eventlog").arg(++m_made));
        (void)openStore(path, OpenMode::Create);
        m_branch = std::make_shared<SharedBranch>(Branch(path, 0, {}));
        m_location = offerBranch(m_branch);
        return connectAgain();
    }
    Store connectAgain() override
    {
        auto store = openStore(m_location, OpenMode::ReadWrite);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }

private slots:
    void aLoadCountsFromWhereItBegan()
    {
        const Store store = makeStore();
        const Store other = connectAgain();
        const auto event = [](const char* id) {
            return NewEvent { QStringLiteral("ADDED"), "{}", "{}", { 1 }, QString::fromUtf8(id) };
        };
        const auto bulk = store->beginBulk();
        QVERIFY(bulk);
        QCOMPARE(*(*bulk)->add(QStringLiteral("user-1"), event("a")), 1);
        QVERIFY(other->append(
            { QStringLiteral("user-1"), ExpectedVersion::any(), { event("b") } }));
        // It would be version 2, and nobody was told so.
        const auto committed = (*bulk)->commit({});
        QVERIFY(!committed);
        QCOMPARE(committed.error().code, ErrorCode::Busy);
        QCOMPARE(*store->head(), 1);
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<SharedBranch> m_branch;
    QString m_location;
    int m_made = 0;
};

QTEST_GUILESS_MAIN(tst_BranchEventStore)
#include "tst_brancheventstore.moc"
