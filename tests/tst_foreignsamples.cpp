#include "foreign/foreignstores.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/exchange/copydialog.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/exchange/exportdialog.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// What a window does with the databases that other libraries wrote: all but commands, as with a
/// store of our own.
class ForeignSamplesTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_file;
    std::unique_ptr<WindowBench> m_bench;

    static bool waitFor(const std::function<bool()>& condition)
    {
        return QTest::qWaitFor(condition, 20'000);
    }
    WindowParts parts() { return m_bench->workbench().parts(); }

    void samples()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("library");
        QTest::addColumn<qint64>("events");
        QTest::newRow("emmett") << QStringLiteral("emmett-sqlite.db")
                                << QStringLiteral("Emmett (SQLite)") << qint64(1625);
        QTest::newRow("eventsourcing") << QStringLiteral("pyeventsourcing-sqlite.db")
                                       << QStringLiteral("eventsourcing for Python (SQLite)")
                                       << qint64(1400);
        QTest::newRow("Rails Event Store") << QStringLiteral("rails-event-store.db")
                                           << QStringLiteral("Rails Event Store") << qint64(1295);
        QTest::newRow("broadway") << QStringLiteral("broadway.db") << QStringLiteral("Broadway")
                                  << qint64(1144);
    }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        addForeignStores();
    }

    void init()
    {
        QFETCH(QString, name);
        QFETCH(qint64, events);
        const QString from = QStringLiteral(EVENTLOUPE_SHARED "/stores/") + name;
        m_file = m_folder.filePath(name);
        if (!QFile::exists(m_file) && !QFile::copy(from, m_file))
            QSKIP("no databases of other libraries here");
        m_bench = std::make_unique<WindowBench>();
        QVERIFY(m_bench->open(m_file));
        QVERIFY(waitFor([&] { return parts().cursor.head() == events; }));
    }
    void cleanup() { m_bench.reset(); }

    void commandsAreOffAndSayWhy_data() { samples(); }
    void commandsAreOffAndSayWhy()
    {
        QFETCH(QString, library);
        auto* const empty = m_bench->find<QLabel>("commandEmpty");
        QVERIFY(empty->isVisible());
        QVERIFY2(empty->text().contains(
                     QStringLiteral("the store of %1, which is only read").arg(library)),
            qPrintable(empty->text()));
        QVERIFY(!m_bench->find<QPushButton>("issueButton")->isVisible());
        QVERIFY(!m_bench->find<QAction>("importAction")->isEnabled());
        QVERIFY(m_bench->find<QAction>("exportAction")->isEnabled());
        QVERIFY(m_bench->find<QAction>("copyAction")->isEnabled());
    }

    void isFiltered_data() { samples(); }
    void isFiltered()
    {
        LogFilter& filter = parts().filter;
        filter.setExpression(QStringLiteral("version == 2"));
        QVERIFY(waitFor([&] { return filter.isComplete(); }));
        // As many as there are streams with two events.
        qint64 second = 0;
        bool isCounted = false;
        parts().client.run<qint64>(
            StoreClient::Lane::Background, this,
            [](EventStore& store, const CancelToken& cancel) -> Result<qint64> {
                qint64 count = 0;
                const auto scanned = store.scanLog(1, *store.head(), {}, cancel,
                    [&count](const EventView& event) { return count += event.version == 2, true; });
                if (!scanned)
                    return scanned.error();
                return count;
            },
            [&](const Result<qint64>& count) { second = count ? *count : -1, isCounted = true; });
        QVERIFY(waitFor([&] { return isCounted; }));
        QVERIFY(second > 0);
        QCOMPARE(filter.matchCount(), second);
        filter.clear();
    }

    void isScrubbed_data() { samples(); }
    void isScrubbed()
    {
        QFETCH(qint64, events);
        for (const Position position : { events / 2, Position(1), events - 1, events / 3 }) {
            parts().cursor.moveTo(position);
            QVERIFY(waitFor([&] {
                const int row = parts().log.rowOf(position);
                const Event* const event = row >= 0 ? parts().log.eventAt(row) : nullptr;
                const auto view = parts().state.view();
                return event != nullptr && !parts().frame.isBehind() && view->position == position
                    && view->stream == event->stream && view->version == event->version
                    && parts().streams.position() == position;
            }));
        }
    }

    void isExported_data() { samples(); }
    void isExported()
    {
        QFETCH(qint64, events);
        auto* const exchange = m_bench->window().findChild<ExchangeController*>();
        const QTemporaryDir scratch;
        ExportRequest wanted;
        wanted.file = scratch.filePath(QStringLiteral("all.ndjson"));
        exchange->runExport(wanted);
        QVERIFY(waitFor([&] { return !exchange->isRunning(); }));
        QFile file(wanted.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), events);
    }

    void nothingIsProposedBesideIt_data() { samples(); }
    void nothingIsProposedBesideIt()
    {
        auto* const exchange = m_bench->window().findChild<ExchangeController*>();
        exchange->exportLog({});
        auto* const exported = m_bench->window().findChild<ExportDialog*>();
        QVERIFY(exported != nullptr);
        QVERIFY2(!exported->request().file.startsWith(m_folder.path()),
            qPrintable(exported->request().file));
        exported->reject();
        exchange->copyLog();
        auto* const copied = m_bench->window().findChild<CopyDialog*>();
        QVERIFY(copied != nullptr);
        QVERIFY2(!copied->request().to.startsWith(m_folder.path()),
            qPrintable(copied->request().to));
        copied->reject();
        m_bench->find<QAction>("describeAction")->trigger();
        const QString folder = m_bench->find<QLineEdit>("describeFolder")->text();
        QVERIFY2(!folder.isEmpty() && !folder.startsWith(m_folder.path()), qPrintable(folder));
    }
};

QTEST_MAIN(ForeignSamplesTest)
#include "tst_foreignsamples.moc"
