#pragma once

#include "ui/window/windowparts.h"

#include <QString>
#include <QStringList>

namespace eventloupe {

/// What the program holds and how fast it answers, in numbers: nothing of what is stored.
struct Diagnostics {
    struct Checkpoints {
        qint64 count = 0;
        qint64 bytes = 0; ///< As estimated.
        qint64 maximumBytes = 0;
    };
    QString location; ///< Of the store; empty while none is open.
    QString library; ///< Whose store it is; empty for one of our own.
    QString server; ///< Name, version and role of who answers; empty where it is a file.
    QString transport;
    QStringList advice; ///< See EventStore::advice().
    bool isCounting = false;
    qint64 aboutEvents = 0; ///< While they are counted.
    qint64 events = 0;
    qint64 position = 0;
    qint64 streams = 0; ///< At the position.
    qint64 storeBytes = 0;
    qint64 walBytes = 0; ///< Of the file beside it that is not merged into it yet.
    qint64 logPages = 0;
    qint64 logPageBytes = 0; ///< As estimated.
    Checkpoints states;
    Checkpoints headlines;
    qint64 matches = 0; ///< Of the log's filter.
    qint64 matchBytes = 0; ///< As estimated.
    /// Of the projection that is shown, or was before its panel was hidden.
    struct Projection {
        bool isThere = false;
        qint64 rows = 0; ///< That were ever there.
        qint64 rowBytes = 0; ///< As estimated.
        Checkpoints checkpoints;
        qint64 maximumBytes = 0; ///< Of rows and checkpoints.
        qint64 scratchBytes = 0; ///< Of its history, in a temporary file.
        qint64 maximumScratchBytes = 0;
        qint64 builtTo = 0; ///< Events that are folded, of...
        qint64 head = 0;
    };
    Projection projection;
    qint64 frames = 0; ///< That the times are of.
    double lastFrame = 0; ///< Milliseconds from the request to the paint.
    double medianFrame = 0;
    double slowFrame = 0; ///< 99 % took no longer.
    qint64 interactiveJobs = 0; ///< Waiting or running.
    qint64 backgroundJobs = 0;
    qint64 scanJobs = 0;
    qint64 memory = -1; ///< Of the process, in bytes; -1 where the system does not tell.
    qint64 peakMemory = -1;
};

/// As it is now. GUI thread; costs microseconds.
[[nodiscard]] Diagnostics diagnosticsOf(const WindowParts& parts);
/// Adds what the disk has to be asked for: not for the GUI thread.
void addFileSizes(Diagnostics& now);

} // namespace eventloupe
