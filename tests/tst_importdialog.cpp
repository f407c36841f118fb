#include "support/textfile.h"
#include "ui/exchange/importdialog.h"
#include "ui/exchange/previewmodel.h"
#include "ui/exchange/sourcetext.h"
#include "value/event.h"
#include "value/json.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <sys/stat.h>

using namespace eventloupe;

/// The import dialog as a person uses it, under the offscreen platform.
class ImportDialogTest final : public QObject {
    Q_OBJECT

private:
    TextFiles m_files;

    template <class Widget> static Widget& find(const QWidget& dialog, const char* name)
    {
        auto* widget = dialog.findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return *widget;
    }

    static QAbstractItemModel& preview(const ImportDialog& dialog)
    {
        return *find<QTableView>(dialog, "importPreview").model();
    }

    /// Presses Save Mapping, and chooses a file as a person does.
    static void saveMapping(const ImportDialog& dialog, const QString& file)
    {
        QTimer::singleShot(0, &dialog, [&dialog, file] {
            auto* choice = dialog.findChild<QFileDialog*>();
            QVERIFY(choice);
            choice->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(choice, "accept");
        });
        find<QPushButton>(dialog, "saveMapping").click();
    }

    static QString cell(const ImportDialog& dialog, int row, int column)
    {
        return preview(dialog).index(row, column).data().toString();
    }

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void proposesAndPreviews()
    {
        const ImportDialog dialog(m_files.write(QStringLiteral("a.ndjson"),
            QByteArray("{\"streamId\":\"user-1\",\"eventType\":\"T\",\"payload\":{\"a\":1}}\n")
                .repeated(30)));
        QTRY_COMPARE(preview(dialog).rowCount(), 20);
        QCOMPARE(cell(dialog, 0, PreviewModel::Stream), QStringLiteral("user-1"));
        QCOMPARE(cell(dialog, 19, PreviewModel::Data), QStringLiteral("{\"a\":1}"));
        QCOMPARE(
            find<QComboBox>(dialog, "mapping-stream").currentText(), QStringLiteral("streamId"));
        QCOMPARE(find<QComboBox>(dialog, "mapping-time").currentText(), QString());
        QVERIFY(find<QPushButton>(dialog, "importButton").isEnabled());
        QVERIFY(!dialog.request().mapping.has_value());
        QVERIFY(dialog.newStore().endsWith(QLatin1String("/a.eventlog")));
    }

    void aChangedMappingChangesThePreview()
    {
        const ImportDialog dialog(m_files.write(
            QStringLiteral("b.csv"), "case id,activity,who\n1,pay,Ada\n1,ship,Bob\n"));
        QTRY_COMPARE(preview(dialog).rowCount(), 2);
        QCOMPARE(cell(dialog, 1, PreviewModel::Type), QStringLiteral("ship"));
        auto& type = find<QComboBox>(dialog, "mapping-type");
        type.setCurrentText(QStringLiteral("who"));
        QTRY_COMPARE(cell(dialog, 1, PreviewModel::Type), QStringLiteral("Bob"));
        QCOMPARE(cell(dialog, 1, PreviewModel::Data), QStringLiteral("{\"activity\":\"ship\"}"));
        type.setCurrentText(QStringLiteral("\"STEP\""));
        QTRY_COMPARE(cell(dialog, 1, PreviewModel::Type), QStringLiteral("STEP"));
        find<QComboBox>(dialog, "mapping-stream")
            .setCurrentText(QStringLiteral("case-{case id}-{who}"));
        QTRY_COMPARE(cell(dialog, 1, PreviewModel::Stream), QStringLiteral("case-1-Bob"));
        const auto mapping = dialog.request().mapping;
        QVERIFY(mapping.has_value());
        QCOMPARE(mapping->source(EventField::Type)->kind, FieldSource::Kind::Constant);
    }

    void importWaitsForAStream()
    {
        const ImportDialog dialog(m_files.write(QStringLiteral("c.csv"), "place,kind\nx,owl\n"));
        auto& button = find<QPushButton>(dialog, "importButton");
        auto& problem = find<QLabel>(dialog, "importProblem");
        QTRY_VERIFY(problem.text().contains(QStringLiteral("stream")));
        QVERIFY(!button.isEnabled());
        QVERIFY(!button.toolTip().isEmpty());
        QVERIFY(!problem.text().contains(QStringLiteral("--map")));
        find<QComboBox>(dialog, "mapping-stream").setCurrentText(QStringLiteral("place"));
        QVERIFY(!button.isEnabled());
        QTRY_VERIFY(!problem.text().contains(QStringLiteral("stream")));
        QVERIFY(problem.text().contains(QStringLiteral("type")));
        find<QComboBox>(dialog, "mapping-type").setCurrentText(QStringLiteral("kind"));
        QTRY_VERIFY(button.isEnabled());
        QVERIFY(!problem.isVisibleTo(&dialog));
        find<QComboBox>(dialog, "mapping-stream").setCurrentText(QString());
        QVERIFY(!button.isEnabled());
        QTRY_VERIFY(problem.text().contains(QStringLiteral("stream")));
        QVERIFY(!button.isEnabled());
    }

    void maskedFieldsAreNotSeen()
    {
        auto masks = std::make_shared<Masks>();
        MaskEntry entry;
        entry.type = QStringLiteral("T");
        entry.masks.data.add(JsonPointer({ QByteArrayLiteral("a") }));
        masks->addEntry(entry);
        const ImportDialog dialog(m_files.write(QStringLiteral("seen.ndjson"),
                                      "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"a\":1}}\n"
                                      "{\"stream\":\"s\",\"type\":\"U\",\"data\":{\"a\":1}}\n"),
            masks);
        QTRY_COMPARE(preview(dialog).rowCount(), 2);
        QCOMPARE(cell(dialog, 0, PreviewModel::Data),
            QStringLiteral("{\"a\":\"\u2592\u2592\u2592 masked\"}"));
        QCOMPARE(cell(dialog, 1, PreviewModel::Data), QStringLiteral("{\"a\":1}"));
        QVERIFY(find<QPushButton>(dialog, "importButton").isEnabled());
    }

    void whatWasExportedWithMasksIsToldInPlace()
    {
        const ImportDialog dialog(m_files.write(QStringLiteral("masked.ndjson"),
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"a\":1}}\n"
            "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"a\":\"\u2592\u2592\u2592 masked\"}}\n"));
        QTRY_COMPARE(preview(dialog).rowCount(), 2);
        const QString told = find<QLabel>(dialog, "importProblem").text();
        QVERIFY2(told.contains(QStringLiteral("exported with masks")), qPrintable(told));
        QVERIFY(told.contains(QStringLiteral("masked.ndjson:2")));
        QVERIFY(!find<QPushButton>(dialog, "importButton").isEnabled());
    }

    void aMalformedFileIsToldInPlace()
    {
        const ImportDialog dialog(m_files.write(
            QStringLiteral("d.ndjson"), "{\"stream\":\"s\",\"type\":\"<b>T</b>\"}\noops\n"));
        auto& problem = find<QLabel>(dialog, "importProblem");
        QTRY_VERIFY(problem.text().contains(QStringLiteral("d.ndjson:2: byte 1: ")));
        QCOMPARE(problem.textFormat(), Qt::PlainText);
        QVERIFY(!find<QPushButton>(dialog, "importButton").isEnabled());
        QCOMPARE(cell(dialog, 0, PreviewModel::Type), QStringLiteral("<b>T</b>"));
    }

    void aMissingFileIsTold()
    {
        const ImportDialog dialog(m_files.path(QStringLiteral("none.ndjson")));
        QTRY_VERIFY(
            find<QLabel>(dialog, "importProblem").text().contains(QStringLiteral("none.ndjson")));
        QVERIFY(!find<QPushButton>(dialog, "importButton").isEnabled());
    }

    void choosesWhereItGoes()
    {
        const QString taken = m_files.write(QStringLiteral("e.eventlog"), "x");
        ImportDialog dialog(
            m_files.write(QStringLiteral("e.ndjson"), "{\"stream\":\"s\",\"type\":\"T\"}\n"));
        auto& button = find<QPushButton>(dialog, "importButton");
        QTRY_VERIFY(button.isEnabled());
        QVERIFY(!find<QRadioButton>(dialog, "targetOpen").isEnabled());
        QVERIFY(dialog.newStore().endsWith(QLatin1String("/e-2.eventlog")));
        find<QLineEdit>(dialog, "targetPath").setText(taken);
        QVERIFY(!button.isEnabled());
        QVERIFY(find<QLabel>(dialog, "importProblem").text().contains(QStringLiteral("exists")));
        dialog.setOpenStore(QStringLiteral("/x/open.eventlog"), QStringLiteral("no right"));
        QVERIFY(!dialog.newStore().isEmpty());
        dialog.setOpenStore(QStringLiteral("/x/open.eventlog"), QString());
        QVERIFY(dialog.newStore().isEmpty());
        QVERIFY(button.isEnabled());
    }

    void anotherFormatIsReadAnew()
    {
        const ImportDialog dialog(
            m_files.write(QStringLiteral("f.json"), "[{\"stream\":\"s\",\"type\":\"T\"}]\n"));
        QTRY_COMPARE(preview(dialog).rowCount(), 1);
        auto& format = find<QComboBox>(dialog, "importFormat");
        format.setCurrentIndex(format.findData(QStringLiteral("ndjson")));
        QTRY_VERIFY(
            find<QLabel>(dialog, "importProblem").text().contains(QStringLiteral("JSON object")));
        QVERIFY(!find<QPushButton>(dialog, "importButton").isEnabled());
    }

    void readsSourcesAsTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("pointers");
        QTest::addColumn<int>("kind");
        QTest::newRow("member") << QStringLiteral("a b") << true << int(FieldSource::Kind::Member);
        QTest::newRow("odd member")
            << QStringLiteral("{odd}") << true << int(FieldSource::Kind::Member);
        QTest::newRow("pointer") << QStringLiteral("/a/b") << true
                                 << int(FieldSource::Kind::Pointer);
        QTest::newRow("column") << QStringLiteral("/a/b") << false
                                << int(FieldSource::Kind::Member);
        QTest::newRow("constant") << QStringLiteral("\"x\"") << true
                                  << int(FieldSource::Kind::Constant);
        QTest::newRow("template") << QStringLiteral("x-{a b}") << true
                                  << int(FieldSource::Kind::Template);
        QTest::newRow("none") << QStringLiteral("") << true << int(FieldSource::Kind::None);
    }

    void readsSourcesAsTyped()
    {
        QFETCH(QString, text);
        QFETCH(bool, pointers);
        QFETCH(int, kind);
        const FieldSource source
            = sourceFromText(text, { QStringLiteral("a b"), QStringLiteral("{odd}") }, pointers);
        QCOMPARE(static_cast<int>(source.kind), kind);
        QCOMPARE(sourceText(&source), text);
    }

    void thePreviewIsAGoodModel()
    {
        PreviewModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Event event;
        event.stream = QStringLiteral("a\nb");
        event.data = QByteArray(5000, 'x');
        model.setEvents({ event, event });
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
        QVERIFY(
            !model.index(0, PreviewModel::Stream).data().toString().contains(QLatin1Char('\n')));
        QVERIFY(model.index(0, PreviewModel::Data).data().toString().size() < 400);
        for (int column = 0; column < PreviewModel::COUNT; ++column)
            QVERIFY(
                !model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        model.setEvents({});
        QCOMPARE(model.rowCount(), 0);
    }

    void savesTheMapping()
    {
        const mode_t before = ::umask(022);
        const auto restore = qScopeGuard([before] { ::umask(before); });
        const ImportDialog dialog(m_files.write(
            QStringLiteral("g.csv"), "case id,activity,who\n1,pay,Ada\n1,ship,Bob\n"));
        QTRY_COMPARE(preview(dialog).rowCount(), 2);
        auto& problem = find<QLabel>(dialog, "importProblem");
        saveMapping(dialog, QStringLiteral("/proc/g.map.json"));
        QTRY_VERIFY(problem.isVisibleTo(&dialog));
        QVERIFY2(problem.text().contains(QStringLiteral("/proc/g.map.json cannot be written")),
            qPrintable(problem.text()));
        const QString file = m_files.path(QStringLiteral("g.map.json"));
        saveMapping(dialog, file);
        QTRY_VERIFY(!problem.isVisibleTo(&dialog));
        const auto mapping = parseJson(viewOf(TextFiles::read(file)));
        QVERIFY(mapping);
        QCOMPARE(mapping->find("stream")->toString(), QStringLiteral("case id"));
        QCOMPARE(QFileInfo(file).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
    }

    void everyControlHasAName()
    {
        const ImportDialog dialog(m_files.path(QStringLiteral("none")));
        for (const auto* combo : dialog.findChildren<QComboBox*>())
            QVERIFY2(!combo->accessibleName().isEmpty(), qPrintable(combo->objectName()));
    }
};

QTEST_MAIN(ImportDialogTest)
#include "tst_importdialog.moc"
