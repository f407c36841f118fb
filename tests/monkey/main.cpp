// Uses the window at random: see run.sh, which calls it.
//     monkey --scratch DIR [--seconds N] [--seed S] [--log FILE] [--patience N] [--replay FILE]

#include "branch/openbranches.h"
#include "foreign/foreignstores.h"
#include "monkey/confine.h"
#include "monkey/walk.h"
#include "server/serverstores.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace eventloupe;

namespace {

constexpr int leastRests = 4;
constexpr int mostRests = 12;
constexpr int secondsBetweenRests = 30;

/// All that programs take for a person's folders is in the scratch folder.
void moveHome(const QString& folder)
{
    const auto own = [&](const char* variable, const char* name) {
        const QString path = folder + u'/' + QLatin1String(name);
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv(variable, QFile::encodeName(path));
    };
    own("HOME", "home");
    own("XDG_CONFIG_HOME", "home/config");
    own("XDG_DATA_HOME", "home/data");
    own("XDG_CACHE_HOME", "home/cache");
    own("XDG_RUNTIME_DIR", "home/run");
    own("TMPDIR", "tmp");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

std::vector<Step> stepsOf(const QString& path)
{
    std::vector<Step> steps;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    while (!file.atEnd()) {
        if (const auto step = Step::fromLine(file.readLine()))
            steps.push_back(*step);
    }
    return steps;
}

/// The middle of a figure of so many rests.
qint64 middle(const std::vector<MonkeyWalk::Rest>& rests, std::size_t from, std::size_t to,
    qint64 MonkeyWalk::Rest::*figure)
{
    std::vector<qint64> values;
    for (std::size_t i = from; i < std::min(to, rests.size()); ++i)
        values.push_back(rests[i].*figure);
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// At the first rests after the warm-up, a quarter of the time, and at the last.
QJsonObject growthOf(
    const std::vector<MonkeyWalk::Rest>& rests, qint64 MonkeyWalk::Rest::*figure)
{
    const std::size_t warm = rests.size() / 4;
    const qint64 start = middle(rests, warm, warm + 3, figure);
    const qint64 end = middle(rests, rests.size() > 3 ? rests.size() - 3 : 0, rests.size(), figure);
    QJsonArray all;
    for (const auto& rest : rests)
        all.append(rest.*figure);
    return { { QStringLiteral("start"), start }, { QStringLiteral("end"), end },
        { QStringLiteral("growth_percent"),
            start > 0 ? static_cast<double>((end - start) * 1000 / start) / 10 : 0 },
        { QStringLiteral("rests"), all } };
}

QJsonObject figuresOf(const MonkeyWalk& walk, const Witness& witness)
{
    QJsonObject kinds;
    int sum = 0;
    for (auto each = walk.done().cbegin(); each != walk.done().cend(); ++each) {
        kinds.insert(each.key(), each.value());
        sum += each.value();
    }
    QJsonArray faults;
    for (auto each = witness.faults().cbegin(); each != witness.faults().cend(); ++each)
        faults.append(QStringLiteral("%1 times %2").arg(each.value()).arg(each.key()));
    return { { QStringLiteral("actions"), sum }, { QStringLiteral("by_kind"), kinds },
        { QStringLiteral("faults"), faults },
        { QStringLiteral("longest_pause_ms"), witness.longestPause() },
        { QStringLiteral("memory"), growthOf(walk.rests(), &MonkeyWalk::Rest::resident) },
        { QStringLiteral("heap"), growthOf(walk.rests(), &MonkeyWalk::Rest::heap) },
        { QStringLiteral("objects"), growthOf(walk.rests(), &MonkeyWalk::Rest::objects) } };
}

} // namespace

int main(int argc, char** argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    QCommandLineParser parser;
    for (const char* name : { "scratch", "seconds", "seed", "log", "patience", "replay" })
        parser.addOption({ QString::fromLatin1(name), {}, QString::fromLatin1(name) });
    const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
    if (!parser.parse(words) || !QDir(value("scratch")).isEmpty()) {
        std::fputs("usage: monkey --scratch EMPTY_DIR [--seconds N] [--seed S] ...\n", stderr);
        return 2;
    }
    const QString folder = QDir(value("scratch")).absolutePath();
    const QString log = QFileInfo(value("log").isEmpty() ? folder + QStringLiteral("/steps")
                                                         : value("log")).absoluteFilePath();
    const auto steps = value("replay").isEmpty() ? std::vector<Step>() : stepsOf(value("replay"));
    moveHome(folder);
    const bool isConfined = confineWritesTo({ folder, QFileInfo(log).path() });

    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setApplicationName(QStringLiteral("eventloupe"));
    QApplication application(argc, argv);
    addServerStores();
    addForeignStores();
    addBranchKind();
    Scratch scratch(folder);
    QDir::setCurrent(scratch.work());
    Witness witness(log, value("patience").isEmpty() ? 60 : value("patience").toInt());
    MonkeyWalk walk(scratch, witness, value("seed").toUInt());
    const double seconds = value("seconds").toDouble();
    if (steps.empty())
        walk.run(static_cast<qint64>(seconds * 1000),
            std::clamp(static_cast<int>(seconds / secondsBetweenRests), leastRests, mostRests));
    else
        walk.replay(steps);
    QJsonObject figures = figuresOf(walk, witness);
    figures.insert(QStringLiteral("confined"), isConfined);
    std::puts(QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    return witness.faults().isEmpty() ? 0 : 1;
}
