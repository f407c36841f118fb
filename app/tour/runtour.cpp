#include "app/tour/runtour.h"

#include "app/gui.h"
#include "app/tour/tour.h"
#include "app/workbench.h"
#include "domain/workspacetemplate.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

namespace eventloupe {

namespace {

constexpr QSize windowSize { 1440, 900 };

int refuse(const QString& reason)
{
    QTextStream(stderr) << QStringLiteral("eventloupe: ") << reason << Qt::endl;
    return 1;
}

} // namespace

int runTour(QApplication& application, const QString& folder)
{
    const QDir pictures(folder);
    const QTemporaryDir scratch;
    if (!pictures.mkpath(QStringLiteral(".")) || !scratch.isValid())
        return refuse(QStringLiteral("the folder %1 cannot be written").arg(folder));
    const auto workspace = scratch.filePath(QStringLiteral("users"));
    if (const auto written = writeWorkspace(QStringLiteral("users"), workspace); !written)
        return refuse(written.error().message);
    qputenv("EVENTLOUPE_CONFIG_DIR", scratch.filePath(QStringLiteral("config")).toUtf8());

    Session session;
    Workbench workbench;
    MainWindow window(workbench.parts(), session);
    joinWindow(workbench, window);
    window.resize(windowSize);
    window.show();
    workbench.open(workspace);

    int differences = 0;
    QTimer::singleShot(0, &window, [&] {
        differences = Tour(window, pictures).run();
        QApplication::exit(0);
    });
    application.exec();
    QTextStream(stdout) << (differences == 0
            ? QStringLiteral("The tour found everything as it should be; its pictures are in %1")
                  .arg(pictures.absolutePath())
            : QStringLiteral("The tour found %1 differences").arg(differences))
                        << Qt::endl;
    return differences == 0 ? 0 : 1;
}

} // namespace eventloupe
