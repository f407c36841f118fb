#include "support/textfile.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/exchange/exchangefolder.h"
#include "ui/exchange/exportdialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// What the export dialog's choices mean.
class ExportDialogTest final : public QObject {
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

    static ExportContext context()
    {
        return { "type == \"A\" && data.x > 1", QStringLiteral("user-1"), 5, 9 };
    }

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void asksForWhatIsShown()
    {
        const ExportDialog dialog(context());
        QVERIFY(find<QRadioButton>(dialog, "exportFiltered").isChecked());
        ExportRequest request = dialog.request();
        QCOMPARE(request.where, std::optional<QByteArray>(context().filter));
        QCOMPARE(request.to, 0);
        QCOMPARE(request.stream, QString());
        find<QRadioButton>(dialog, "exportStream").setChecked(true);
        find<QRadioButton>(dialog, "exportToCursor").setChecked(true);
        request = dialog.request();
        QVERIFY(!request.where.has_value());
        QCOMPARE(request.stream, QStringLiteral("user-1"));
        QCOMPARE(request.to, 5);
        find<QRadioButton>(dialog, "exportAll").setChecked(true);
        QCOMPARE(dialog.request().stream, QString());
    }

    void offersOnlyWhatThereIs()
    {
        const ExportDialog dialog(ExportContext {});
        QVERIFY(find<QRadioButton>(dialog, "exportAll").isChecked());
        QVERIFY(!find<QRadioButton>(dialog, "exportFiltered").isEnabled());
        QVERIFY(!find<QRadioButton>(dialog, "exportStream").isEnabled());
        QVERIFY(!find<QRadioButton>(dialog, "exportToCursor").isEnabled());
    }

    void theSuffixFollowsTheFormat()
    {
        const ExportDialog dialog(context());
        auto& file = find<QLineEdit>(dialog, "exportFile");
        auto& format = find<QComboBox>(dialog, "exportFormat");
        file.setText(m_files.path(QStringLiteral("a.ndjson")));
        format.setCurrentIndex(2);
        QCOMPARE(file.text(), m_files.path(QStringLiteral("a.csv")));
        QCOMPARE(dialog.request().format, ExchangeFormat::Csv);
        file.setText(m_files.path(QStringLiteral("a.log")));
        format.setCurrentIndex(1);
        QCOMPARE(file.text(), m_files.path(QStringLiteral("a.log")));
        QCOMPARE(dialog.request().format, ExchangeFormat::Json);
    }

    void theFormatFollowsTheSuffix_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ExchangeFormat>("format");
        QTest::newRow("csv") << "a.csv" << ExchangeFormat::Csv;
        QTest::newRow("json") << "a.json" << ExchangeFormat::Json;
        QTest::newRow("ndjson") << "a.ndjson" << ExchangeFormat::Ndjson;
        QTest::newRow("jsonl") << "a.jsonl" << ExchangeFormat::Ndjson;
        QTest::newRow("capitals") << "a.CSV" << ExchangeFormat::Csv;
        QTest::newRow("unknown") << "a.log" << ExchangeFormat::Json;
    }

    void theFormatFollowsTheSuffix()
    {
        QFETCH(QString, name);
        QFETCH(ExchangeFormat, format);
        const ExportDialog dialog(context());
        auto& file = find<QLineEdit>(dialog, "exportFile");
        auto& choice = find<QComboBox>(dialog, "exportFormat");
        choice.setCurrentIndex(1);
        file.clear();
        QTest::keyClicks(&file, m_files.path(name));
        QCOMPARE(file.text(), m_files.path(name));
        // Each format that is typed on the way to another is left again.
        QCOMPARE(dialog.request().format, format);
        choice.setCurrentIndex(choice.currentIndex() == 2 ? 0 : 2);
        const bool toCsv = choice.currentIndex() == 2;
        QCOMPARE(dialog.request().format, toCsv ? ExchangeFormat::Csv : ExchangeFormat::Ndjson);
        if (name != QLatin1String("a.log"))
            QCOMPARE(QFileInfo(file.text()).suffix(), toCsv ? u"csv"_qs : u"ndjson"_qs);
    }

    void refusesWhatCannotBeWritten()
    {
        const ExportDialog dialog(context());
        auto& file = find<QLineEdit>(dialog, "exportFile");
        auto& button = find<QPushButton>(dialog, "exportButton");
        file.setText(m_files.path(QStringLiteral("a.ndjson")));
        QVERIFY(button.isEnabled());
        for (const QString& bad : { QString(), m_files.path(QString()),
                 m_files.path(QStringLiteral("no/folder/a.ndjson")) }) {
            file.setText(bad);
            QVERIFY2(!button.isEnabled(), qPrintable(bad));
            QVERIFY(!find<QLabel>(dialog, "exportProblem").text().isEmpty());
        }
    }

    void proposesAFileBesideTheStore()
    {
        QTemporaryDir shop;
        QTemporaryDir other;
        QFile store(shop.filePath(QStringLiteral("orders.eventlog")));
        QVERIFY(store.open(QIODevice::WriteOnly));
        rememberExchangeFolder(other.filePath(QStringLiteral("imported.csv")));
        ExportContext asked = context();
        asked.store = store.fileName();
        QCOMPARE(
            ExportDialog(asked).request().file, shop.filePath(QStringLiteral("orders.ndjson")));
        asked.folder = other.path(); // Exported there before.
        QCOMPARE(
            ExportDialog(asked).request().file, other.filePath(QStringLiteral("orders.ndjson")));
        asked.store = QStringLiteral("postgresql://host/orders");
        asked.folder.clear();
        QCOMPARE(
            ExportDialog(asked).request().file, other.filePath(QStringLiteral("events.ndjson")));
    }

    void remembersTheFolder()
    {
        ExportDialog dialog(context());
        const QString file = m_files.path(QStringLiteral("a.ndjson"));
        find<QLineEdit>(dialog, "exportFile").setText(file);
        dialog.accept();
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(exchangeFolder(), QFileInfo(file).absolutePath());
        const ExportDialog next(context());
        QCOMPARE(QFileInfo(next.request().file).absolutePath(), QFileInfo(file).absolutePath());
    }
};

QTEST_MAIN(ExportDialogTest)
#include "tst_exportdialog.moc"
