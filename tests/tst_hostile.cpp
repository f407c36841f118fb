#include "hostile/hostilecase.h"

#include <QTest>

using namespace eventloupe;

Q_DECLARE_METATYPE(eventloupe::HostileCase)

/// The table of what is broken or was made to do harm: each row is answered by its message, within
/// a bound of memory, and the store stays as it was. tests/hostile/run.sh has the large rows too.
class tst_Hostile final : public QObject {
    Q_OBJECT

private slots:
    void files_data() { rows(hostileFiles()); }
    void files() { check(); }
    void stores_data() { rows(hostileStores()); }
    void stores() { check(); }
    void workspaces_data() { rows(hostileWorkspaces()); }
    void workspaces() { check(); }

private:
    static void rows(const QList<HostileCase>& cases)
    {
        QTest::addColumn<HostileCase>("row");
        for (const HostileCase& row : cases) {
            if (!row.isLarge)
                QTest::newRow(row.name.constData()) << row;
        }
    }

    static void check()
    {
        QFETCH(HostileCase, row);
        const auto outcome = runCase(row);
        QVERIFY2(outcome.fault.isEmpty(), outcome.fault.constData());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(outcome.run.megabytes < row.most,
            QByteArray::number(outcome.run.megabytes).constData());
#endif
    }
};

QTEST_APPLESS_MAIN(tst_Hostile)
#include "tst_hostile.moc"
