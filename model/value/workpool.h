#pragma once

#include "value/handover.h"

#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace eventloupe {

/// The threads for work beside the GUI thread and the stores' lanes: layout of long texts, files.
///
/// Not QThreadPool::globalInstance(): Qt paints large areas with the threads of that one, and the
/// GUI thread waits for them. What runs is waited for before the application object goes.
/// Thread-safe.
[[nodiscard]] QThreadPool& workPool();

/// The one thread of letGoAside(): while several give memory back, a thread that wants some of the
/// system, as to start another thread, waits for all of them.
[[nodiscard]] QThreadPool& letGoPool();

/// Lets a value go on another thread: to give 100 MB back to the system takes tens of milliseconds,
/// and 3 million members take a second. Any thread may let the value go.
template <class T> void letGoAside(T&& value)
{
    runOn(letGoPool(),
        [gone = std::make_shared<std::decay_t<T>>(std::forward<T>(value))]() mutable {
            gone.reset();
        });
}

} // namespace eventloupe
