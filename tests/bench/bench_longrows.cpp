// What painting the log costs where its events are long, which a frame of 16 ms has to hold:
//     bench_longrows FOLDER [MEGABYTES]
// Makes a store in FOLDER, about five times MEGABYTES (100), and removes it. One JSON object a
// figure: a full paint of the log's page with events of some bytes, and of MEGABYTES and 1 MB each.

#include "benchfigures.h"
#include "store/openstore.h"
#include "ui/log/logview.h"
#include "windowdriver.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QTemporaryDir>

#include <cstdio>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int page = 60; ///< Rows, more than the window has.
constexpr qsizetype megabyte = 1024 * 1024;

QByteArray textOf(qsizetype bytes)
{
    return "{\"text\":\"" + QByteArray("lorem ipsum ").repeated(bytes / 12) + "\"}";
}

/// A page of short events, then a page of long ones.
bool makeStore(const QString& path, qsizetype longest)
{
    const auto store = openStore(path, OpenMode::Create);
    if (!store)
        return false;
    for (int i = 0; i < 2 * page; ++i) {
        AppendRequest request;
        request.stream = QStringLiteral("document-%1").arg(i % 7);
        NewEvent event;
        event.type = QStringLiteral("TEXT_STORED");
        event.data = textOf(i < page ? 40 : i % 15 == 0 ? longest : megabyte);
        request.events.append(event);
        if (!(*store)->append(request))
            return false;
    }
    return true;
}

void measure(WindowDriver& driver, const char* name, Position position)
{
    driver.step(position);
    QWidget* viewport
        = driver.window().findChild<LogView*>(QStringLiteral("logView"))->viewport();
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        QElapsedTimer timer;
        timer.start();
        static_cast<void>(viewport->grab());
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    report(name, "ms", times);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const qsizetype megabytes = arguments.size() > 2 ? arguments.at(2).toInt() : 100;
    if (arguments.size() < 2 || megabytes < 1) {
        std::fputs("usage: bench_longrows FOLDER [MEGABYTES]\n", stderr);
        return 2;
    }
    const QTemporaryDir folder(QDir(arguments.at(1)).filePath(QStringLiteral("longrows-XXXXXX")));
    const QString path = folder.filePath(QStringLiteral("long.eventlog"));
    if (!makeStore(path, megabytes * megabyte)) {
        std::fprintf(stderr, "bench_longrows: cannot make %s\n", qPrintable(path));
        return 1;
    }
    WindowDriver driver;
    if (!driver.open(path))
        return 1;
    driver.settle();
    measure(driver, "paint_short_rows", page);
    measure(driver, "paint_long_rows", 2 * page);
    return 0;
}
