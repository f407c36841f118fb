#pragma once

#include "value/handover.h"
#include "value/workpool.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>

namespace eventloupe {

/// Runs `work` on a thread of the pool and hands its result to `done` on the GUI thread, if the
/// context lives then.
template <class Work, class Done>
void runAside(QThreadPool& pool, QObject* context, Work work, Done done)
{
    const QPointer<QObject> guard(context);
    runOn(pool, [work = std::move(work), done = std::move(done), guard] {
        auto result = std::make_shared<decltype(work())>(work());
        guiCalls().post([done, result, guard] {
            if (guard)
                done(*result);
        });
    });
}

/// On the pool that all share.
template <class Work, class Done> void runAside(QObject* context, Work work, Done done)
{
    runAside(workPool(), context, std::move(work), std::move(done));
}

} // namespace eventloupe
