#include "ui/window/diagnostics.h"

#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "projection/projectionhistory.h"
#include "projection/projectionmodel.h"
#include "state/stateloader.h"
#include "state/streamlistmodel.h"

#include <QFile>
#include <QFileInfo>

namespace eventloupe {

namespace {

/// A value of /proc/self/status ("VmRSS", "VmHWM") in bytes; -1 where there is none.
qint64 memoryOf(const QByteArray& status, const QByteArray& name)
{
    const auto at = status.indexOf('\n' + name + ':');
    if (at < 0)
        return -1;
    const auto start = at + name.size() + 2;
    const auto line = status.mid(start, status.indexOf('\n', start) - start).simplified();
    return line.split(' ').constFirst().toLongLong() * 1024;
}

Diagnostics::Checkpoints checkpointsOf(const CheckpointFigures& figures)
{
    return { figures.count(), figures.bytes(), figures.maximumBytes() };
}

Diagnostics::Projection projectionOf(const ProjectionModel& model)
{
    Diagnostics::Projection now;
    const auto history = model.history();
    if (!history)
        return now;
    const auto figures = history->figures();
    const auto& bounds = history->bounds();
    now.isThere = true;
    now.rows = figures.rows;
    now.rowBytes = figures.rowBytes;
    now.checkpoints = { figures.checkpoints, figures.checkpointBytes, bounds.checkpoints };
    now.maximumBytes = bounds.memory;
    now.scratchBytes = figures.scratchBytes;
    now.maximumScratchBytes = bounds.scratch;
    now.builtTo = model.status().builtTo;
    now.head = model.status().head;
    return now;
}

void addStore(const StoreClient& client, Diagnostics& now)
{
    const StoreServer& server = client.status().server;
    now.location = client.location();
    now.library = client.facts().library;
    now.advice = client.facts().advice;
    now.isCounting = client.status().counting.isUnderWay;
    now.aboutEvents = client.status().counting.about;
    now.transport = server.transport;
    if (!server.name.isEmpty())
        now.server
            = QStringLiteral("%1, %2, %3")
                  .arg(server.name, server.version,
                      server.isStandby ? QStringLiteral("standby") : QStringLiteral("primary"));
}

} // namespace

Diagnostics diagnosticsOf(const WindowParts& parts)
{
    Diagnostics now;
    addStore(parts.client, now);
    now.events = parts.cursor.head();
    now.position = parts.frame.position();
    now.streams = parts.streams.streamCount();
    now.logPages = parts.log.pageCount();
    now.logPageBytes = parts.log.pageBytes();
    now.states = checkpointsOf(parts.state.checkpoints());
    now.headlines = checkpointsOf(parts.streams.checkpoints());
    now.matches = parts.filter.matchCount();
    now.matchBytes = parts.filter.matchBytes();
    now.projection = projectionOf(parts.projections);
    const FrameTimes& times = parts.frame.times();
    now.frames = static_cast<qint64>(times.count());
    now.lastFrame = times.last();
    now.medianFrame = times.quantile(0.5);
    now.slowFrame = times.quantile(0.99);
    now.interactiveJobs = parts.client.jobCount(StoreClient::Lane::Interactive);
    now.backgroundJobs = parts.client.jobCount(StoreClient::Lane::Background);
    now.scanJobs = parts.client.jobCount(StoreClient::Lane::Scan);
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        const auto text = status.readAll();
        now.memory = memoryOf(text, "VmRSS");
        now.peakMemory = memoryOf(text, "VmHWM");
    }
    return now;
}

void addFileSizes(Diagnostics& now)
{
    now.storeBytes = QFileInfo(now.location).size();
    now.walBytes = QFileInfo(now.location + QStringLiteral("-wal")).size();
}

} // namespace eventloupe
