#include "foreign/foreignstores.h"
#include "foreign/storeprofiles.h"
#include "support/unknownlog.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/foreign/mappingdialog.h"
#include "ui/window/diagnostics.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace eventloupe;

/// Stores of other libraries in the window.
class ForeignWindowTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// A copy of a database that a library wrote; empty where there are none on this machine.
    QString stored(const QString& name)
    {
        const QString from = QStringLiteral(EVENTLOUPE_SHARED "/stores/") + name;
        const QString to = m_folder.filePath(name);
        return QFile::exists(to) || QFile::copy(from, to) ? to : QString();
    }

private slots:
    void initTestCase() { addForeignStores(); }

    void opensAsItIsAndSaysSo()
    {
        const QString file = stored(QStringLiteral("emmett-sqlite.db"));
        if (file.isEmpty())
            QSKIP("no databases of other libraries here");
        const auto before = QDir(m_folder.path()).entryList();
        WindowBench bench;
        QVERIFY(bench.open(file));
        QVERIFY(
            bench.window().windowTitle().contains(QStringLiteral("Emmett (SQLite), read-only")));
        QCOMPARE(bench.find<QLabel>("statusMode")->text(),
            QStringLiteral("Emmett (SQLite), read-only, opened as it is"));
        QVERIFY(QTest::qWaitFor([&bench] { return bench.cursor().head() == 1625; }, 20'000));
        QVERIFY(bench.find<QLabel>("statusCounts")->text().startsWith(QStringLiteral("1,625 ")));
        QCOMPARE(QDir(m_folder.path()).entryList(), before);
    }

    void missingIndexesAreNamedInABarAndInTheDiagnostics()
    {
        const QString file = stored(QStringLiteral("emmett-sqlite.db"));
        if (file.isEmpty())
            QSKIP("no databases of other libraries here");
        WindowBench bench;
        QVERIFY(bench.open(file));
        QCOMPARE(bench.find<InfoBar>("infoBar")->message(),
            QStringLiteral("An index is missing that would make this store faster to read."));
        const auto now = diagnosticsOf(bench.workbench().parts());
        QCOMPARE(now.advice.size(), 1);
        QVERIFY(now.advice.constFirst().contains(QStringLiteral("message_id")));
    }

    void aFileThatNoLibraryIsKnownForGetsAMapping()
    {
        const QString file = m_folder.filePath(QStringLiteral("odd.db"));
        writeUnknownLog(file, 40);
        WindowBench bench;
        QSignalSpy asked(&bench.workbench(), &Workbench::mappingAsked);
        emit bench.window().openAsked(file);
        QVERIFY(asked.wait(20'000));
        auto* dialog = bench.find<MappingDialog>("mappingDialog");
        auto* save = dialog->findChild<QPushButton*>(QStringLiteral("saveMapping"));
        QVERIFY(QTest::qWaitFor([save] { return save->isEnabled(); }, 20'000));
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        addProfileFolder(bench.configuration() + QStringLiteral("/stores"));
        save->click();
        QVERIFY(opened.wait(20'000));
        QVERIFY(QTest::qWaitFor([&bench] { return bench.cursor().head() == 40; }, 20'000));
        QVERIFY(QFile::exists(bench.configuration() + QStringLiteral("/stores/happenings.json")));
    }

    void anyDatabaseCanBeDroppedOnTheWindow()
    {
        const QString file = stored(QStringLiteral("broadway.db"));
        if (file.isEmpty())
            QSKIP("no databases of other libraries here");
        const QString odd = m_folder.filePath(QStringLiteral("no-suffix"));
        QVERIFY(QFile::copy(file, odd));
        WindowBench bench;
        QSignalSpy opened(&bench.workbench(), &Workbench::opened);
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(odd) });
        QDropEvent drop(
            QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier, QEvent::Drop);
        // Sent by way of the application, it would only reach the target of a drag that is under
        // way.
        static_cast<QObject&>(bench.window()).event(&drop);
        QVERIFY(opened.wait(20'000));
    }

    void aPasswordOfALocationIsNowhere()
    {
        const QString secret = QStringLiteral("hunter2-nowhere");
        WindowBench bench;
        QSignalSpy failed(&bench.workbench(), &Workbench::failed);
        emit bench.window().openAsked(
            QStringLiteral("postgresql://ada:%1@127.0.0.1:1/shop").arg(secret));
        QVERIFY(failed.wait(20'000));
        QString texts = bench.window().windowTitle();
        for (const auto* each : bench.window().findChildren<QWidget*>()) {
            texts += each->toolTip() + each->accessibleName() + each->windowTitle();
            if (const auto* label = qobject_cast<const QLabel*>(each))
                texts += label->text();
            for (const auto* action : each->actions())
                texts += action->text();
        }
        QVERIFY(!texts.contains(secret));
        QVERIFY(texts.contains(QStringLiteral("127.0.0.1")));
        bench.quit();
        QDir settings(bench.configuration());
        for (const QString& name : settings.entryList(QDir::Files)) {
            QFile file(settings.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(secret.toUtf8()), qPrintable(name));
        }
    }
};

QTEST_MAIN(ForeignWindowTest)
#include "tst_foreignwindow.moc"
