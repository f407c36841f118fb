#include "support/program.h"
#include "support/storefiles.h"
#include "support/treepages.h"

#include <QTest>

#include <memory>

using namespace eventloupe;

/// eventloupe verify on stores that no program of ours would write.
class TestCliVerify final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void aRecordBeforeTheFirstEventIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("positions");
        QTest::addColumn<QByteArray>("counted");
        QTest::newRow("one") << QByteArray("(-5)")
                             << QByteArray("0 left out, and 1 record before the first event\n");
        QTest::newRow("two") << QByteArray("(-5), (0)")
                             << QByteArray("0 left out, and 2 records before the first event\n");
    }

    /// It takes no event's place, and is not copied.
    void aRecordBeforeTheFirstEventIsLeftOut()
    {
        QFETCH(QByteArray, positions);
        QFETCH(QByteArray, counted);
        const QString path = m_program->path(u"s.eventlog"_qs);
        makeStoreFile(path, 30);
        QCOMPARE(tamper(path,
                     "INSERT INTO event SELECT column1, stream_id, 99 + column1, type_id, time,"
                     " 'x' || column1, hash, data, metadata FROM event, (VALUES "
                         + positions + ") WHERE position = 30"),
            QString());
        const auto repaired = m_program->run(u"verify s.eventlog --repair-to new.eventlog"_qs);
        QCOMPARE(repaired.err,
            QByteArray("eventloupe: 30 events copied to new.eventlog, ") + counted);
        QCOMPARE(repaired.code, 1);
        QVERIFY2(repaired.lines().at(0).startsWith(json("{'position':-5,'outcome':'left out',")),
            repaired.out);
        QCOMPARE(m_program->run(u"verify new.eventlog"_qs).code, 0);
        const auto again = m_program->run(u"verify new.eventlog --repair-to sound.eventlog"_qs);
        QCOMPARE(again.err,
            QByteArray("eventloupe: 30 events copied to sound.eventlog, 0 left out\n"));
        QCOMPARE(again.code, 0);
    }

    /// Of events next to each other, of which the same is said.
    void aRangeIsOneLine()
    {
        const QString path = m_program->path(u"s.eventlog"_qs);
        makeStoreFile(path, 3000);
        erasePages(path, { rootOf(path, "event") });
        const auto text = m_program->run(u"verify s.eventlog"_qs);
        QCOMPARE(text.code, 1);
        QCOMPARE(text.lines().at(0),
            QByteArray("#1-3000: Event 1 cannot be read: its page of the file is damaged. The same "
                       "holds for events 2 to 3000."));
        QVERIFY2(text.lines().size() < 20, text.out.constData());
        const auto each = m_program->run(u"verify s.eventlog --json"_qs);
        QCOMPARE(each.code, 1);
        QCOMPARE(each.lines().at(16),
            json("{'position':17,'fault':'Event 17 cannot be read: its page of the file is "
                 "damaged.'}"));
        QVERIFY(each.lines().size() >= 3000);
        QVERIFY(each.err.contains(text.lines().constLast()));
    }
};

QTEST_GUILESS_MAIN(TestCliVerify)
#include "tst_cliverify.moc"
