#include "ui/base/plaintext.h"
#include "ui/window/statusarea.h"

#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace eventloupe;

class tst_StatusArea final : public QObject {
    Q_OBJECT

private slots:
    void lostConnectionSaysWhenItIsTriedAgain();
    void aMessageGoesWithTheNextAction();
    void aDamagedStoreIsNotCalledWritable();
};

void tst_StatusArea::aDamagedStoreIsNotCalledWritable()
{
    QStatusBar bar;
    StatusArea area(bar);
    const auto* const mode = bar.findChild<PlainLabel*>(QStringLiteral("statusMode"));
    area.showStore(QStringLiteral("/a/b.eventlog"), {}, {});
    QCOMPARE(mode->text(), QStringLiteral("writable"));
    area.showFault(QStringLiteral("damaged"), QStringLiteral("Verify <b>it</b>"));
    QCOMPARE(mode->text(), QStringLiteral("⚠ damaged"));
    QVERIFY(mode->toolTip().contains(QStringLiteral("Verify")));
    QVERIFY(mode->toolTip().contains(QStringLiteral("&lt;b&gt;")));
    QCOMPARE(mode->accessibleDescription(), QStringLiteral("Verify <b>it</b>"));
    area.showStatus({}, {}); // As polling does.
    QCOMPARE(mode->text(), QStringLiteral("⚠ damaged"));
    area.showFault({}, {});
    QCOMPARE(mode->text(), QStringLiteral("writable"));
    QVERIFY(!mode->toolTip().contains(QStringLiteral("Verify")));
    area.showFault(QStringLiteral("damaged"), QStringLiteral("Verify it"));
    area.showStore(QStringLiteral("/a/c.eventlog"), {}, {});
    QCOMPARE(mode->text(), QStringLiteral("writable"));
}

void tst_StatusArea::lostConnectionSaysWhenItIsTriedAgain()
{
    QStatusBar bar;
    StatusArea area(bar);
    const auto* const trouble = bar.findChild<PlainLabel*>(QStringLiteral("statusTrouble"));
    auto* const button = bar.findChild<QToolButton*>(QStringLiteral("tryNowButton"));
    QVERIFY(trouble && button);
    QVERIFY(trouble->isHidden());
    StoreStatus status;
    status.server.name = QStringLiteral("db.example.org:5432");
    QDeadlineTimer soon(Qt::PreciseTimer);
    soon.setRemainingTime(60'000, Qt::PreciseTimer);
    area.showStatus(status, QStringLiteral("refused"), soon);
    QVERIFY(!trouble->isHidden() && !button->isHidden());
    QCOMPARE(trouble->text(),
        QStringLiteral("⚠ db.example.org:5432 lost 0 s ago, trying again in 60 s"));
    area.showStatus({}, QStringLiteral("refused"));
    QVERIFY(trouble->text().endsWith(QStringLiteral("trying again…")));
    const QSignalSpy asked(&area, &StatusArea::tryAsked);
    button->click();
    QCOMPARE(asked.size(), 1);
    area.showStatus(status, {});
    QVERIFY(trouble->isHidden() && button->isHidden());
}

void tst_StatusArea::aMessageGoesWithTheNextAction()
{
    QStatusBar bar;
    StatusArea area(bar);
    QWidget elsewhere;
    const auto* const message = bar.findChild<PlainLabel*>(QStringLiteral("statusMessage"));
    const QString text = QStringLiteral("user-1 has no further event that way");
    area.say(text);
    QTest::keyClick(&elsewhere, Qt::Key_Control);
    QTest::mouseMove(&elsewhere);
    // New, it can be read all the same.
    QTest::keyClick(&elsewhere, Qt::Key_Down);
    QCOMPARE(message->text(), text);
    QTRY_COMPARE(message->text(), QString());
    // What the action itself says stays.
    QTest::mouseClick(&elsewhere, Qt::LeftButton);
    area.say(text);
    QCOMPARE(message->text(), text);
    auto* const reading = area.findChild<QTimer*>(QStringLiteral("readingTimer"));
    QVERIFY(reading && reading->isActive());
    reading->stop(); // As when it has been read.
    QTest::keyClick(&elsewhere, Qt::Key_Shift);
    QCOMPARE(message->text(), text);
    QTest::mouseClick(&elsewhere, Qt::LeftButton);
    QCOMPARE(message->text(), QString());
    // Of something that goes on.
    area.sayUntilNext(text);
    QTest::mouseClick(&elsewhere, Qt::LeftButton);
    QCOMPARE(message->text(), text);
}

QTEST_MAIN(tst_StatusArea)
#include "tst_statusarea.moc"
