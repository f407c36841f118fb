#include "value/workpool.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

QThreadPool& workPool()
{
    // Never destroyed: what is left at the end of the program may still name it.
    static QThreadPool* const pool = [] {
        auto* made = new QThreadPool;
        // A job that waits for a slow disk is not to keep the next one from its thread.
        made->setMaxThreadCount(std::max(made->maxThreadCount(), 4));
        return made;
    }();
    static const bool isWaitedFor = [] {
        qAddPostRoutine([] { workPool().waitForDone(); });
        return true;
    }();
    Q_UNUSED(isWaitedFor)
    return *pool;
}

} // namespace eventloupe
