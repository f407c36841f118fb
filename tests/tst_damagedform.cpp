#include "support/commandbench.h"
#include "ui/base/infobar.h"

using namespace eventloupe;

using Bench = CommandBench;

/// The commands' form over a store that is known to be damaged.
class DamagedFormTest final : public QObject {
    Q_OBJECT

private slots:
    void aDamagedStoreTakesNoneAndKeepsWhatWasTyped()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.panel.selectCommand(u"CREATE_USER"_qs);
        bench.type("field:/userId", u"42"_qs);
        bench.panel.setDamage(u"It is <b>damaged</b>, see Repair To"_qs, u"Verify…"_qs);
        auto* bar = bench.find<InfoBar>("damageBar");
        auto* issue = bench.find<QPushButton>("issueButton");
        QVERIFY(bar->message().contains(u"<b>damaged</b>, see Repair To"));
        QVERIFY(!issue->isEnabled());
        QVERIFY(issue->toolTip().contains(u"Repair To"));
        bench.type("field:/name", u"Ada"_qs); // It can be typed on.
        QVERIFY(bench.find<QLineEdit>("field:/name")->isVisible());
        bar->dismiss();
        bench.panel.issue(); // As by the keyboard.
        QVERIFY(bar->isVisible());
        QSignalSpy asked(&bench.panel, &CommandPanel::mendAsked);
        bar->findChild<QPushButton*>()->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(bench.log().size(), 0);
        bench.panel.setDamage({});
        QVERIFY(!bar->isVisible());
        QVERIFY(issue->isEnabled());
        QCOMPARE(bench.text("field:/userId"), u"42"_qs);
        bench.press("issueButton");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(u"stored as"), CommandBench::patience);
    }

    /// What was offered before is not to be had any more.
    void anOfferGoesOnceDamageIsKnown()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.createUser(u"42"_qs, u"Ada"_qs));
        bench.cursor.moveTo(0);
        bench.type("field:/userId", u"43"_qs);
        bench.type("field:/name", u"Bob"_qs);
        bench.press("issueButton");
        QCOMPARE(bench.offer(), u"Issue at the head"_qs);
        bench.panel.setDamage(u"It is damaged"_qs);
        QCOMPARE(bench.offer(), QString());
        QCOMPARE(bench.log().size(), 1);
        QCOMPARE(bench.text("field:/name"), u"Bob"_qs);
    }
};

QTEST_MAIN(DamagedFormTest)
#include "tst_damagedform.moc"
