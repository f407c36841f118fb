#include "support/windowtour.h"

#include "domain/workspacetemplate.h"
#include "support/shoplog.h"
#include "support/slowfiles.h"
#include "ui/command/commandpanel.h"

#include <QApplication>
#include <QFileInfo>
#include <QLineEdit>
#include <QProcess>
#include <QTest>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include <sqlite3.h>

using namespace eventloupe;

namespace {

constexpr int events = 60;

/// Longer than the limit, so that one call on the watched thread is a stall by itself.
int slowness()
{
    return int(LoopWatch::defaultLimit().count()) * 13 / 10;
}

/// A workspace of the sample shop with some events.
class Shop {
public:
    Shop()
    {
        const auto written = writeWorkspace(QStringLiteral("shop"), folder());
        if (!written)
            qFatal("%s", qPrintable(written.error().message));
        append(events);
    }
    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("shop")); }
    [[nodiscard]] QString store() const { return folder() + QStringLiteral("/events.eventlog"); }
    void append(int count)
    {
        const auto opened = openStore(store(), OpenMode::Create);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        loadShop(**opened, count, ++m_seed);
    }

private:
    QTemporaryDir m_folder;
    quint32 m_seed = 0;
};

/// Holds a store's file for itself, so that nobody else can write it, or read it either with the
/// pragma before; prints a line when it does. In a process of its own: `tst_slowstores --hold FILE
/// MILLISECONDS`.
int holdLock(const char* file, int milliseconds, const std::string& before)
{
    sqlite3* database = nullptr;
    if (sqlite3_open(file, &database) != SQLITE_OK)
        return 1;
    sqlite3_busy_timeout(database, 20'000);
    const std::string sql = before + "BEGIN EXCLUSIVE; SELECT count(*) FROM sqlite_schema";
    const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    std::printf(result == SQLITE_OK ? "held\n" : "not held: %s\n", sqlite3_errmsg(database));
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    sqlite3_close(database);
    return result == SQLITE_OK ? 0 : 1;
}

} // namespace

/// The window over stores and files that are slow to answer, or do not: it goes on.
class tst_SlowStores final : public QObject {
    Q_OBJECT

private:
    static void issue(WindowTour& tour)
    {
        tour.step("type a command", [&] {
            auto* panel = tour.bench().find<CommandPanel>("commandPanel");
            panel->selectCommand(QStringLiteral("OPEN_CART"));
            if (auto* field = panel->findChild<QLineEdit*>(QStringLiteral("field:/cartId")))
                QTest::keyClicks(field, QStringLiteral("new"));
            panel->issue();
        });
    }

    static void check(const WindowTour& tour)
    {
        qInfo("%s", qPrintable(tour.figures()));
        if (const QString faults = tour.faults(); !faults.isEmpty())
            qWarning("%s", qPrintable(faults)); // A message of a check is cut.
        QVERIFY(tour.faults().isEmpty());
    }

private slots:
    void slowDisk()
    {
        Shop shop;
        WindowTour tour(120'000);
        {
            const SlowFiles slow(QFileInfo(shop.folder()).path(), slowness());
            tour.open(shop.folder());
            tour.move();
            tour.search(QStringLiteral("type == \"ITEM_ADDED\""), QStringLiteral("cart"));
            tour.showPanels();
            tour.watch(QStringLiteral("state.currency == \"EUR\""));
            issue(tour);
            tour.branch(events / 2);
            tour.showDialogs();
            tour.closeStore();
            QVERIFY(SlowFiles::calls() > 50);
        }
        check(tour);
    }

    void lockedStore()
    {
        Shop shop;
        WindowTour tour(30'000);
        tour.open(shop.folder());
        tour.move();
        tour.step("close", [&] { tour.trigger("Close"); },
            [&] { return !tour.parts().client.isOpen(); });
        QProcess holder;
        holder.start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--hold"), shop.store(), QStringLiteral("10000") });
        QVERIFY(holder.waitForReadyRead(30'000));
        QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("held"));
        // It may say that it is locked, or wait; it must not stand still.
        tour.step("open a locked store",
            [&] { emit tour.bench().window().openAsked(shop.folder()); },
            [&] { return holder.state() == QProcess::NotRunning; });
        QCOMPARE(holder.exitCode(), 0);
        if (!tour.parts().client.isOpen())
            tour.open(shop.folder());
        tour.move();
        issue(tour);
        tour.closeStore();
        check(tour);
    }

    void lockedWhileOpen()
    {
        Shop shop;
        WindowTour tour(30'000);
        tour.open(shop.folder());
        QProcess holder;
        // As long as a connection is open, a log in WAL mode can be held for writing alone.
        holder.start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--write"), shop.store(), QStringLiteral("10000") });
        QVERIFY(holder.waitForReadyRead(30'000));
        QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("held"));
        issue(tour);
        tour.move();
        tour.search(QStringLiteral("type == \"ITEM_ADDED\""), QStringLiteral("cart"));
        tour.showPanels();
        tour.branch(events / 2);
        tour.step("wait for the lock", [] { },
            [&] { return holder.state() == QProcess::NotRunning; });
        tour.follow([&] { shop.append(3); });
        tour.closeStore();
        check(tour);
    }
};

int main(int argc, char** argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--hold") == 0)
        return holdLock(argv[2], std::atoi(argv[3]), "PRAGMA locking_mode = EXCLUSIVE;");
    if (argc == 4 && qstrcmp(argv[1], "--write") == 0)
        return holdLock(argv[2], std::atoi(argv[3]), "");
    QApplication application(argc, argv);
    tst_SlowStores test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_slowstores.moc"
