#include "support/storecontract.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// The contract of every store, on the embedded one.
class tst_SqliteEventStore final : public StoreContract {
    Q_OBJECT

protected:
    Store makeStore() override
    {
        m_path = m_folder.filePath(QStringLiteral("%1.eventlog").arg(++m_made));
        return opened(OpenMode::Create);
    }
    Store connectAgain() override { return opened(OpenMode::ReadWrite); }

private:
    Store opened(OpenMode mode)
    {
        auto store = openStore(m_path, mode);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return std::move(*store);
    }

    QTemporaryDir m_folder;
    QString m_path;
    int m_made = 0;
};

QTEST_GUILESS_MAIN(tst_SqliteEventStore)
#include "tst_sqliteeventstore.moc"
