#include "ui/foreign/storechoicedialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace eventloupe;

/// Two libraries that may have written a database.
class StoreChoiceDialogTest final : public QObject {
    Q_OBJECT

private:
    static RecognisedStores two()
    {
        RecognisedStores found;
        for (const auto* name : { "axon", "akka-jdbc" }) {
            RecognisedStore store;
            store.profile.name = QString::fromLatin1(name);
            store.profile.title = store.profile.name.toUpper();
            ProfileTable wanted;
            wanted.name = QStringLiteral("events");
            store.profile.tables = { wanted };
            ForeignTable table;
            table.name = QStringLiteral("<b>events</b>");
            store.tables = { table };
            store.certainty = found.stores.empty() ? 70 : 66;
            found.stores.push_back(store);
        }
        return found;
    }

private slots:
    void offersBothTheMoreCertainFirst()
    {
        StoreChoiceDialog dialog(QStringLiteral("shop.db"), two());
        auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("storeChoices"));
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("AXON"));
        QCOMPARE(list->topLevelItem(0)->text(2), QStringLiteral("<b>events</b>"));
        QCOMPARE(dialog.choice(), QStringLiteral("axon"));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(dialog.choice(), QStringLiteral("akka-jdbc"));
    }

    void noneOfThemAsksForAMapping()
    {
        StoreChoiceDialog dialog(QStringLiteral("shop.db"), two());
        QSignalSpy asked(&dialog, &StoreChoiceDialog::mappingAsked);
        dialog.findChild<QPushButton*>(QStringLiteral("mapInstead"))->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Rejected));
    }
};

QTEST_MAIN(StoreChoiceDialogTest)
#include "tst_storechoicedialog.moc"
