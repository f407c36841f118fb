#include "foreign/foreignstores.h"
#include "foreign/storeprofiles.h"
#include "mask/masked.h"
#include "support/unknownlog.h"
#include "ui/foreign/columnpicker.h"
#include "ui/foreign/mappingdialog.h"
#include "ui/foreign/mappingproblems.h"
#include "ui/foreign/placepicker.h"
#include "ui/foreign/previewtable.h"
#include "ui/foreign/storemappingform.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// A mapping made for a database that no library is known for.
class MappingDialogTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_file;

    template <class Widget> static Widget& find(const QWidget& dialog, const char* name)
    {
        auto* widget = dialog.findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return *widget;
    }

    static ColumnPicker& picker(const QWidget& dialog, MappingPart part)
    {
        return find<ColumnPicker>(
            dialog, qPrintable(QStringLiteral("mapping%1").arg(static_cast<int>(part))));
    }

    static QString note(const QWidget& dialog, MappingPart part)
    {
        return picker(dialog, part).accessibleDescription();
    }

    static QAbstractItemModel& preview(const MappingDialog& dialog)
    {
        return *find<QTableView>(dialog, "mappingPreview").model();
    }

    static bool awaitReady(const MappingDialog& dialog)
    {
        return QTest::qWaitFor(
            [&dialog] { return find<QPushButton>(dialog, "saveMapping").isEnabled(); }, 20'000);
    }

    /// As a person does.
    static void choose(MappingDialog& dialog, MappingPart part, const QString& column)
    {
        auto& list = *picker(dialog, part).findChild<QComboBox*>();
        const int row = std::max(0, list.findData(column));
        list.setCurrentIndex(row);
        emit list.activated(row);
    }

    static PlacePicker& place(const QWidget& dialog, MappingPart part)
    {
        return find<PlacePicker>(
            dialog, qPrintable(QStringLiteral("mappingPlace%1").arg(static_cast<int>(part))));
    }

    /// Types a place, as a person does.
    static void enter(MappingDialog& dialog, MappingPart part, const QString& text)
    {
        QLineEdit& edit = *place(dialog, part).lineEdit();
        edit.setText(text);
        emit edit.textEdited(text);
    }

    [[nodiscard]] MappingDialog::Subject subject(const QString& workspace = {}) const
    {
        return { m_file, [file = m_file] { return openForeignDatabase(file); }, workspace,
            m_folder.filePath(QStringLiteral("own")) };
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_file = m_folder.filePath(QStringLiteral("odd.db"));
        writeUnknownLog(m_file, 25);
        const auto found = recogniseStores(m_file);
        QVERIFY(found.ok());
        QVERIFY(found->stores.empty());
    }

    void proposesColumnsAndSaysWhy()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        QCOMPARE(
            find<QComboBox>(dialog, "mappingTable").currentText(), QStringLiteral("happenings"));
        QCOMPARE(picker(dialog, MappingPart::Order).picked(), { QStringLiteral("seq") });
        QCOMPARE(picker(dialog, MappingPart::Stream).picked(), { QStringLiteral("subject") });
        QCOMPARE(picker(dialog, MappingPart::Version).picked(), { QStringLiteral("revision") });
        QCOMPARE(picker(dialog, MappingPart::Type).picked(), { QStringLiteral("kind") });
        QCOMPARE(picker(dialog, MappingPart::Data).picked(), { QStringLiteral("body") });
        QCOMPARE(picker(dialog, MappingPart::Time).picked(), { QStringLiteral("recorded_at") });
        QCOMPARE(picker(dialog, MappingPart::Id).picked(), { QStringLiteral("message_id") });
        QVERIFY(note(dialog, MappingPart::Order).contains(QStringLiteral("no two alike")));
        QVERIFY(note(dialog, MappingPart::Time).contains(QStringLiteral("milliseconds")));
        QCOMPARE(find<QComboBox>(dialog, "mappingVersionBase").currentData().toInt(), 0);
    }

    void showsNoDataWhereTheWorkspaceMasks()
    {
        auto masked = subject();
        masked.isMasked = true;
        MappingDialog dialog(masked);
        QVERIFY(awaitReady(dialog));
        const auto& shown = preview(dialog);
        for (int row = 0; row < shown.rowCount(); ++row)
            for (int column = 0; column < shown.columnCount(); ++column)
                for (const int role : { Qt::DisplayRole, Qt::ToolTipRole })
                    QVERIFY(!shown.index(row, column).data(role).toString().contains(u"sku"));
        QCOMPARE(shown.index(3, PreviewTable::Data).data().toString(), maskSignText());
        QVERIFY(find<QLabel>(dialog, "mappingCaption").text().contains(QStringLiteral("masks")));
    }

    void showsTwentyEvents()
    {
        MappingDialog dialog(subject());
        QAbstractItemModelTester tester(&preview(dialog));
        QVERIFY(awaitReady(dialog));
        QCOMPARE(preview(dialog).rowCount(), 20);
        const auto cell = [&dialog](int row, int column) {
            return preview(dialog).index(row, column).data().toString();
        };
        QCOMPARE(cell(3, PreviewTable::Stream), QStringLiteral("cart-0"));
        QCOMPARE(cell(3, PreviewTable::Type), QStringLiteral("ItemAdded"));
        QCOMPARE(cell(3, PreviewTable::Data), QStringLiteral("{\"sku\":\"A3\",\"qty\":3}"));
        QVERIFY(cell(3, PreviewTable::Time).startsWith(QStringLiteral("2026-02-25T")));
    }

    void saysInPlaceWhatLooksWrong()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        choose(dialog, MappingPart::Time, QStringLiteral("kind"));
        QVERIFY(QTest::qWaitFor(
            [&dialog] {
                return note(dialog, MappingPart::Time).contains(QStringLiteral("20 of 20"));
            },
            20'000));
        QVERIFY(preview(dialog).index(0, PreviewTable::Time).data().toString().startsWith(u'⚠'));
        choose(dialog, MappingPart::Id, QStringLiteral("subject"));
        QVERIFY(QTest::qWaitFor(
            [&dialog] {
                return note(dialog, MappingPart::Id).contains(QStringLiteral("several rows"));
            },
            20'000));
    }

    void cannotBeSavedWithoutAPosition()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        choose(dialog, MappingPart::Order, QString());
        QVERIFY(QTest::qWaitFor(
            [&dialog] {
                return find<QWidget>(dialog, "mappingProblem")
                    .accessibleName()
                    .contains(QStringLiteral("position"));
            },
            20'000));
        QVERIFY(!find<QPushButton>(dialog, "saveMapping").isEnabled());
    }

    void streamsAreJoinedOfSeveralColumns()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        auto lists = picker(dialog, MappingPart::Stream).findChildren<QComboBox*>();
        QVERIFY(lists.at(1)->isVisibleTo(&dialog));
        QVERIFY(!lists.at(2)->isVisibleTo(&dialog));
        const int row = lists.at(1)->findData(QStringLiteral("kind"));
        lists.at(1)->setCurrentIndex(row);
        emit lists.at(1)->activated(row);
        QVERIFY(lists.at(2)->isVisibleTo(&dialog));
        QVERIFY(QTest::qWaitFor(
            [&dialog] {
                return preview(dialog).rowCount() == 20
                    && preview(dialog).index(0, PreviewTable::Stream).data().toString()
                    == QStringLiteral("cart-0-Opened");
            },
            20'000));
    }

    void onlyTheLastOfManyChangesIsShown()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        for (const auto* column : { "kind", "body", "message_id", "subject" })
            choose(dialog, MappingPart::Type, QString::fromLatin1(column));
        QVERIFY(awaitReady(dialog));
        QCOMPARE(preview(dialog).index(0, PreviewTable::Type).data().toString(),
            QStringLiteral("cart-0"));
    }

    void placesInsideAPayloadAreProposedAndChosen()
    {
        const QString file = m_folder.filePath(QStringLiteral("inside.db"));
        writePayloadLog(file, 25);
        auto inside = subject();
        inside.location = file;
        inside.open = [file] { return openForeignDatabase(file); };
        MappingDialog dialog(inside);
        QVERIFY(awaitReady(dialog));
        QCOMPARE(place(dialog, MappingPart::Stream).currentText(), QStringLiteral("/about/cart"));
        QCOMPARE(place(dialog, MappingPart::Version).currentText(), QStringLiteral("/about/rev"));
        QCOMPARE(place(dialog, MappingPart::Type).currentText(), QStringLiteral("/kind"));
        QCOMPARE(place(dialog, MappingPart::Time).currentText(), QStringLiteral("/at"));
        QCOMPARE(place(dialog, MappingPart::Data).currentText(), QString());
        QVERIFY(place(dialog, MappingPart::Data).isVisibleTo(&dialog));
        QVERIFY(!place(dialog, MappingPart::Id).isVisibleTo(&dialog));
        QVERIFY(note(dialog, MappingPart::Stream).contains(QStringLiteral("several rows")));
        const auto cell = [&dialog](int column) {
            return preview(dialog).index(3, column).data().toString();
        };
        QCOMPARE(cell(PreviewTable::Stream), QStringLiteral("cart-0"));
        QCOMPARE(cell(PreviewTable::Type), QStringLiteral("ItemAdded"));
        enter(dialog, MappingPart::Data, QStringLiteral("/body"));
        QVERIFY(QTest::qWaitFor(
            [&cell] { return cell(PreviewTable::Data) == QStringLiteral("{\"sku\":\"A3\"}"); },
            20'000));
        QCOMPARE(note(dialog, MappingPart::Data), QStringLiteral("Chosen by you"));
        enter(dialog, MappingPart::Data, QStringLiteral("body~"));
        QVERIFY(note(dialog, MappingPart::Data).contains(QStringLiteral("no JSON Pointer")));
        enter(dialog, MappingPart::Data, QStringLiteral("/body"));
        // In a column that holds no JSON there are no places.
        choose(dialog, MappingPart::Id, QStringLiteral("x"));
        QVERIFY(place(dialog, MappingPart::Id).isVisibleTo(&dialog));
        enter(dialog, MappingPart::Id, QStringLiteral("/body/sku"));
        choose(dialog, MappingPart::Id, QStringLiteral("nr"));
        QVERIFY(!place(dialog, MappingPart::Id).isVisibleTo(&dialog));
        QCOMPARE(place(dialog, MappingPart::Id).currentText(), QString());
        QVERIFY(awaitReady(dialog));
        find<QPushButton>(dialog, "saveMapping").click();
        QVERIFY(QTest::qWaitFor([&dialog] { return !dialog.toOpen().isEmpty(); }, 20'000));
        QFile saved(m_folder.filePath(QStringLiteral("own/stores/notes.json")));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const auto mapping = StoreProfile::fromJson(saved.readAll(), saved.fileName());
        QVERIFY(mapping.ok());
        QCOMPARE(mapping->data.pointer, QList<QByteArray>({ "body" }));
        QCOMPARE(mapping->stream.first().pointer, QList<QByteArray>({ "about", "cart" }));
        QCOMPARE(int(mapping->timeUnit), int(TimeUnit::Milliseconds));
    }

    void isSavedAmongTheUsersOwnAndThenRecognised()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        auto& name = find<QLineEdit>(dialog, "mappingName");
        QCOMPARE(name.text(), QStringLiteral("happenings"));
        name.setText(QStringLiteral("odd-shop"));
        emit name.textEdited(name.text());
        find<QPushButton>(dialog, "saveMapping").click();
        QVERIFY(QTest::qWaitFor([&dialog] { return dialog.toOpen().contains(u'#'); }, 20'000));
        QCOMPARE(dialog.toOpen(), m_file + QStringLiteral("#odd-shop"));
        const QString stores = m_folder.filePath(QStringLiteral("own/stores"));
        QVERIFY(QFileInfo::exists(stores + QStringLiteral("/odd-shop.json")));
        addProfileFolder(stores);
        const auto found = recogniseStores(m_file);
        QVERIFY(found.ok());
        QCOMPARE(found->stores.size(), std::size_t(1));
        QCOMPARE(found->stores.front().profile.name, QStringLiteral("odd-shop"));
    }

    void isSavedInTheOpenWorkspace()
    {
        const QString workspace = m_folder.filePath(QStringLiteral("shop"));
        MappingDialog dialog(subject(workspace));
        QVERIFY(awaitReady(dialog));
        find<QPushButton>(dialog, "saveMapping").click();
        QVERIFY(QTest::qWaitFor([&dialog] { return !dialog.toOpen().isEmpty(); }, 20'000));
        QVERIFY(QFileInfo::exists(workspace + QStringLiteral("/stores/happenings.json")));
    }

    /// Painting asks it, and a payload may have 64 MB: its ends say what it is.
    void whatWasNotDecodedIsKnownByItsEnds()
    {
        Event event;
        event.data = "{\"$bytes\":\"\x01 this is never looked at\",\"kind\":\"Java\"}";
        event.metadata = "{\"$text\":\"\x01\",\"kind\":\"XML\",\"size\":90}";
        QVERIFY(isProblem(event, MappingPart::Data, {}));
        QVERIFY(isProblem(event, MappingPart::Metadata, {}));
        const auto problems = problemsOf({ event }, {});
        QVERIFY(problems.value(MappingPart::Data).endsWith(QStringLiteral("decoded: Java")));
        QVERIFY(problems.value(MappingPart::Metadata).endsWith(QStringLiteral("decoded: XML")));
        event.data = "{\"$text\":\"a\",\"more\":1}";
        QVERIFY(!isProblem(event, MappingPart::Data, {}));
    }

    void refusesANameThatIsNone()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        auto& name = find<QLineEdit>(dialog, "mappingName");
        name.setText(QStringLiteral("../odd"));
        emit name.textEdited(name.text());
        QVERIFY(!find<QPushButton>(dialog, "saveMapping").isEnabled());
        QVERIFY(find<QWidget>(dialog, "mappingProblem").isVisibleTo(&dialog));
    }

    void worksByKeyboardAndFitsASmallScreen()
    {
        MappingDialog dialog(subject());
        QVERIFY(awaitReady(dialog));
        dialog.resize(dialog.minimumSizeHint());
        QVERIFY(dialog.width() <= 1024);
        QVERIFY(dialog.height() <= 700);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QSet<QString> reached;
        const QWidget* first = dialog.focusWidget();
        for (int step = 0; step < 60; ++step) {
            QTest::keyClick(&dialog, Qt::Key_Tab);
            const QWidget* now = dialog.focusWidget();
            if (now == nullptr || now == first)
                break;
            QVERIFY2(!now->accessibleName().isEmpty() || qobject_cast<const QPushButton*>(now),
                now->metaObject()->className());
            reached.insert(now->accessibleName());
        }
        for (const auto* name :
            { "Position", "Stream", "Version", "Type", "Data", "Metadata", "Time", "Id", "Category",
                "Encoding of the data", "Unit of the time", "Name of the mapping" })
            QVERIFY2(reached.contains(QLatin1String(name)), name);
    }

    void aDatabaseThatIsGoneIsTold()
    {
        auto gone = subject();
        gone.open = [] { return openForeignDatabase(QStringLiteral("/nowhere/at/all.db")); };
        MappingDialog dialog(gone);
        QVERIFY(QTest::qWaitFor(
            [&dialog] { return find<QWidget>(dialog, "mappingProblem").isVisibleTo(&dialog); },
            20'000));
        QVERIFY(!find<QPushButton>(dialog, "saveMapping").isEnabled());
    }
};

QTEST_MAIN(MappingDialogTest)
#include "tst_mappingdialog.moc"
