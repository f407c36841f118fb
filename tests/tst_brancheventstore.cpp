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

private:
    QTemporaryDir m_folder;
    std::shared_ptr<SharedBranch> m_branch;
    QString m_location;
    int m_made = 0;
};

QTEST_GUILESS_MAIN(tst_BranchEventStore)
#include "tst_brancheventstore.moc"
