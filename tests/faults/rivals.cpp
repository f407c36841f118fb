// Many processes append to one stream of one store, each expecting the version that it read:
//     rivals PROCESSES APPENDS FILE
// A conflict is answered by reading again; every append is repeated at once with the same id.
// Prints the figures as JSON; ends with 1 where an event was lost or stored twice, a version is
// missing, a conflict was not named, or a repeat was stored.

#include "store/openstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QSet>
#include <QStringList>

#include <cstdio>
#include <memory>
#include <vector>

using namespace eventloupe;

namespace {

const QString& rivalStream()
{
    static const QString name = QStringLiteral("rival-1");
    return name;
}

struct Counts {
    qint64 acknowledged = 0;
    qint64 conflicts = 0;
    qint64 busy = 0;
    qint64 wrong = 0;
};

/// Appends one event, however often others come first.
void appendOnce(EventStore& store, const QString& id, StreamVersion& version, Counts& counts)
{
    const NewEvent event { QStringLiteral("R"), "{}", "{}", { 1 }, id };
    for (;;) {
        const auto outcome
            = store.append({ rivalStream(), ExpectedVersion::exactly(version), { event } });
        if (!outcome && outcome.error().code == ErrorCode::Busy) {
            ++counts.busy;
            continue;
        }
        if (!outcome) {
            std::fprintf(stderr, "%s\n", qPrintable(outcome.error().message));
            ++counts.wrong;
            return;
        }
        if (const auto* conflict = std::get_if<VersionConflict>(&*outcome)) {
            ++counts.conflicts;
            if (conflict->stream != rivalStream() || conflict->actual <= version
                || conflict->expected.version() != version)
                ++counts.wrong;
            version = conflict->actual;
            continue;
        }
        const auto& appended = std::get<Appended>(*outcome);
        ++counts.acknowledged;
        if (appended.wasStoredBefore || appended.version != version + 1)
            ++counts.wrong;
        version = appended.version;
        return;
    }
}

int rival(const QString& path, const QString& name, int appends)
{
    const auto store = openStore(path, OpenMode::ReadWrite);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
        return 1;
    }
    Counts counts;
    StreamVersion version = 0;
    for (int i = 0; i < appends; ++i) {
        const QString id = QStringLiteral("%1-%2").arg(name).arg(i);
        appendOnce(**store, id, version, counts);
        const NewEvent again { QStringLiteral("R"), "{}", "{}", { 2 }, id };
        const auto repeat
            = (*store)->append({ rivalStream(), ExpectedVersion::exactly(version - 1), { again } });
        const bool isBusy = !repeat && repeat.error().code == ErrorCode::Busy;
        const auto* appended = repeat ? std::get_if<Appended>(&*repeat) : nullptr;
        if (!isBusy && (!appended || !appended->wasStoredBefore || appended->version != version))
            ++counts.wrong;
    }
    std::printf("%lld %lld %lld %lld\n", counts.acknowledged, counts.conflicts, counts.busy,
        counts.wrong);
    return 0;
}

Counts gather(std::vector<std::unique_ptr<QProcess>>& rivals)
{
    Counts all;
    for (const auto& each : rivals) {
        if (!each->waitForFinished(-1) || each->exitCode() != 0)
            ++all.wrong;
        const auto words = each->readAllStandardOutput().simplified().split(' ');
        if (words.size() != 4) {
            ++all.wrong;
            continue;
        }
        all.acknowledged += words.at(0).toLongLong();
        all.conflicts += words.at(1).toLongLong();
        all.busy += words.at(2).toLongLong();
        all.wrong += words.at(3).toLongLong();
    }
    return all;
}

int race(int processes, int appends, const QString& path)
{
    if (!openStore(path, OpenMode::Create))
        return 1;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::unique_ptr<QProcess>> rivals;
    for (int i = 0; i < processes; ++i) {
        rivals.push_back(std::make_unique<QProcess>());
        rivals.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        rivals.back()->start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--rival"), path, QString::number(i), QString::number(appends) });
    }
    const Counts all = gather(rivals);
    const double seconds = static_cast<double>(timer.elapsed()) / 1000;
    const auto store = openStore(path, OpenMode::ReadOnly);
    if (!store)
        return 1;
    qint64 gaps = 0;
    qint64 faults = 0;
    StreamVersion last = 0;
    QSet<QByteArray> ids;
    (void)(*store)->scanLog(1, processes * qint64(appends) + 1000, ScanColumn::Id, {},
        [&](const EventView& event) {
            gaps += event.version == ++last ? 0 : 1;
            ids.insert(toBytes(event.id));
            return true;
        });
    (void)(*store)->verify({}, {}, [&faults](const StoreFault&) { ++faults; });
    const qint64 due = processes * qint64(appends);
    std::printf("{\"test\":\"rivals\",\"processes\":%d,\"appends\":%d,\"acknowledged\":%lld,"
                "\"stored\":%lld,\"lost\":%lld,\"duplicates\":%lld,\"gaps\":%lld,"
                "\"conflicts\":%lld,\"busy\":%lld,\"wrong\":%lld,\"faults\":%lld,"
                "\"seconds\":%.1f}\n",
        processes, appends, all.acknowledged, last, due - ids.size(), last - ids.size(), gaps,
        all.conflicts, all.busy, all.wrong, faults, seconds);
    const bool isGood = all.acknowledged == due && last == due && ids.size() == due && gaps == 0
        && all.wrong == 0 && faults == 0;
    return isGood ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    if (words.value(1) == QLatin1String("--rival") && words.size() == 5)
        return rival(words.at(2), words.at(3), words.at(4).toInt());
    if (words.size() != 4) {
        std::fprintf(stderr, "rivals PROCESSES APPENDS FILE\n");
        return 2;
    }
    return race(words.at(1).toInt(), words.at(2).toInt(), words.at(3));
}
