#include "support/scratchstore.h"
#include "support/windowbench.h"
#include "ui/domain/describedialog.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace eventloupe;

/// The dialog that describes the open store's log.
class TestDescribeDialog : public QObject {
    Q_OBJECT

private:
    static QString messageOf(WindowBench& bench)
    {
        bench.find<QAction>("describeAction")->trigger();
        const auto* message = bench.find<QLabel>("describeMessage");
        if (!QTest::qWaitFor([&] { return !message->text().endsWith(u'…'); }, bench.patience))
            qFatal("nothing was described");
        return message->text();
    }

private slots:
    void saysWhatItFoundAndWhatIsNext()
    {
        ScratchStore store;
        for (int i = 0; i < 30; ++i) {
            NewEvent event;
            event.type = u"A"_qs;
            event.data = "{}";
            const QString stream = u"file %1-x"_qs.arg(i);
            QVERIFY(store->append({ stream, ExpectedVersion::any(), { event } }).ok());
        }
        WindowBench bench;
        QVERIFY(bench.open(store.path()));
        QCOMPARE(messageOf(bench),
            u"Inferred from 30 events. States stay as they are: events merge their data. Nothing "
            "is overwritten. None of the 30 categories has several streams or at least 20 events, "
            "so no aggregate is described. Next: write and open it. The Domain panel (Ctrl+D) then "
            "lists these definitions, and New > Command there adds what can be asked."_qs);
        auto* write = bench.find<QPushButton>("describeWrite");
        QVERIFY(write->isEnabled());
        bench.find<QLineEdit>("describeFolder")->setText(store.path());
        write->click();
        const auto* message = bench.find<QLabel>("describeMessage");
        QTRY_VERIFY(message->text().contains(u"is a file: name a folder to write into"_qs));
    }

    void anEmptyLogHasNothingToWrite()
    {
        const ScratchStore store;
        WindowBench bench;
        QVERIFY(bench.open(store.path()));
        QVERIFY(messageOf(bench).endsWith(
            u"The log holds no events yet, so there is nothing to describe."_qs));
        QVERIFY(!bench.find<QPushButton>("describeWrite")->isEnabled());
    }
};

QTEST_MAIN(TestDescribeDialog)
#include "tst_describedialog.moc"
