#include "ui/base/plaintext.h"
#include "ui/window/statusarea.h"

#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

using namespace eventloupe;

class tst_StatusArea final : public QObject {
    Q_OBJECT

private slots:
    void lostConnectionSaysWhenItIsTriedAgain();
};

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

QTEST_MAIN(tst_StatusArea)
#include "tst_statusarea.moc"
