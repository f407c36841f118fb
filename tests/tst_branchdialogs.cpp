#include "ui/branch/appenddialog.h"
#include "ui/branch/eventdialog.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace eventloupe;

class tst_BranchDialogs final : public QObject {
    Q_OBJECT

private:
    static Event sample()
    {
        Event event;
        event.position = 7;
        event.stream = QStringLiteral("user-1");
        event.version = 2;
        event.type = QStringLiteral("RENAMED");
        event.time = { 1'772'373'800'000'000 };
        event.id = QStringLiteral("e-7");
        event.data = "{\"name\":\"Ada\", \"n\":1.50}";
        event.metadata = "{ }";
        return event;
    }

    static bool canAccept(const QDialog& dialog)
    {
        return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled();
    }

    static QString faultOf(const QDialog& dialog)
    {
        return dialog.findChild<PlainLabel*>(QStringLiteral("eventFault"))->text();
    }

private slots:
    void whatIsNotTouchedKeepsItsBytes()
    {
        const EventDialog dialog(EventDialog::Purpose::Change, sample());
        QVERIFY(canAccept(dialog));
        const BranchEvent same = dialog.event();
        QCOMPARE(same.event.data, sample().data);
        QCOMPARE(same.event.metadata, sample().metadata);
        QCOMPARE(same.event.id, QStringLiteral("e-7"));
        auto* data = dialog.findChild<QPlainTextEdit*>(QStringLiteral("eventData"));
        data->setPlainText(QStringLiteral("{\"name\": \"Bea\"}\n"));
        QCOMPARE(dialog.event().event.data, QByteArray("{\"name\": \"Bea\"}"));
        QVERIFY(dialog.findChild<QLineEdit*>(QStringLiteral("eventStream"))->isReadOnly());
    }

    void whatIsNoEventIsSaid()
    {
        const EventDialog dialog(EventDialog::Purpose::Insert, sample());
        QVERIFY(canAccept(dialog));
        QVERIFY(dialog.event().event.id != sample().id);
        auto* data = dialog.findChild<QPlainTextEdit*>(QStringLiteral("eventData"));
        data->setPlainText(QStringLiteral("{\"name\":}"));
        QVERIFY(!canAccept(dialog));
        QVERIFY2(faultOf(dialog).contains(QStringLiteral("byte")), qPrintable(faultOf(dialog)));
        data->setPlainText(QStringLiteral("{}"));
        QVERIFY(canAccept(dialog));
        QCOMPARE(faultOf(dialog), QString());
        auto* time = dialog.findChild<QLineEdit*>(QStringLiteral("eventTime"));
        time->setText(QStringLiteral("yesterday"));
        QVERIFY(!canAccept(dialog));
        time->setText(QStringLiteral("2026-03-01T14:00:00+01:00"));
        QVERIFY(canAccept(dialog));
        QCOMPARE(dialog.event().event.time.toRfc3339(), QByteArray("2026-03-01T13:00:00.000000Z"));
        dialog.findChild<QLineEdit*>(QStringLiteral("eventStream"))->clear();
        QVERIFY(!canAccept(dialog));
    }

    void appendIsShownAndAsked()
    {
        BranchAppend append;
        append.streams = { QStringLiteral("user-1") };
        const NewEvent event { QStringLiteral("RENAMED"), "{\"n\":1}", "{}", {}, {} };
        append.request.events = { { QStringLiteral("user-1"), event },
            { QStringLiteral("user-1"), event } };
        append.request.expected.insert(QStringLiteral("user-1"), ExpectedVersion::exactly(4));
        const AppendDialog dialog(append, QStringLiteral("/tmp/s.eventlog"));
        const auto* list = dialog.findChild<QTreeWidget*>();
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(1)->text(1), QStringLiteral("6"));
        QVERIFY(dialog.findChild<InfoBar*>()->isHidden());
    }

    void movedStreamsOfferTheNewHead()
    {
        BranchAppend append;
        append.request.events = { { QStringLiteral("user-1"), {} } };
        append.request.expected.insert(QStringLiteral("user-1"), ExpectedVersion::exactly(4));
        append.moved = { { QStringLiteral("user-1"), ExpectedVersion::exactly(4), 6 } };
        AppendDialog dialog(append, QStringLiteral("/tmp/s.eventlog"));
        dialog.show();
        QVERIFY(dialog.findChild<InfoBar*>()->message().contains(QStringLiteral("user-1")));
        QVERIFY(!dialog.isRebase());
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("New Head")))
                button->click();
        QVERIFY(dialog.isRebase());
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
};

QTEST_MAIN(tst_BranchDialogs)
#include "tst_branchdialogs.moc"
