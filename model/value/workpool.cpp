#include "value/workpool.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>

namespace eventloupe {

namespace {

/// Never destroyed: what is left at the end of the program may still name it.
QThreadPool* makePool(int threads)
{
    auto* pool = new QThreadPool;
    pool->setMaxThreadCount(threads);
    return pool;
}

} // namespace

QThreadPool& workPool()
{
    // A job that waits for a slow disk is not to keep the next one from its thread.
    static QThreadPool* const pool = makePool(std::max(QThread::idealThreadCount(), 4));
    static const bool isWaitedFor = [] {
        qAddPostRoutine([] { workPool().waitForDone(); });
        return true;
    }();
    Q_UNUSED(isWaitedFor)
    return *pool;
}

QThreadPool& letGoPool()
{
    static QThreadPool* const pool = makePool(1);
    return *pool;
}

} // namespace eventloupe
